package portfolio

import (
	"slices"
	"strings"
)

// Portfolio is everything that is known at one sequence number. It is immutable: every page, chart, file and check is a
// function of one, and a change gives a new one that shares all it did not touch.
type Portfolio struct {
	// Seq and At are the last event's. Today is the domain's day: what is past, due, or to come.
	Seq   int64
	At    Instant
	Today Date
	// PeopleSeq counts the changes to Person, which are outside the events.
	PeopleSeq int64

	Strategy *Strategy
	Policy   *Policy

	Users        Table[UserID, User]
	Areas        Table[AreaID, Area]
	Programmes   Table[ProgrammeID, Programme]
	Items        Table[ItemID, CatalogueItem]
	Initiatives  Table[InitiativeID, Initiative]
	Benefits     Table[BenefitID, Benefit]
	Requirements Table[RequirementID, Requirement]
	Overlaps     Table[OverlapID, Overlap]
	Meetings     Table[MeetingID, Meeting]
	Decisions    Table[DecisionID, Decision]
	FollowUps    Table[FollowUpID, FollowUp]
	Indexes      Table[PriceIndexID, PriceIndex]
	Cases        Table[CaseID, BusinessCase]
	Milestones   Table[MilestoneID, Milestone]
	Risks        Table[RiskID, Risk]
	Questions    Table[QuestionID, Question]
	Commentaries Table[CommentaryID, Commentary]
	Accounts     Table[AccountID, Account]
	Files        Table[FinanceFileID, FinanceFile]
	Explanations Table[ExplanationID, Explanation]
	Mappings     Table[MappingID, Mapping]
	Rounds       Table[RoundID, Round]
	Scenarios    Table[ScenarioID, Scenario]
	Reports      Table[ReportID, Report]

	scores     Table[ScoreID, Score] // seen through ScoresFor alone: they are secret while their round is open
	people     map[UserID]Person
	named      map[UserID]Person // the same without mail addresses, for all but administrators
	ledgers    []*Ledger         // by benefit
	benefitsOf [][]BenefitID     // by initiative
	casesOf    [][]CaseID        // by initiative
	posted     []accountLedger   // by account
	years      *yearMemo
}

// New gives the empty portfolio as of a day.
func New(today Date) *Portfolio { return &Portfolio{Today: today, years: &yearMemo{}} }

// On gives the same portfolio on another day.
func (p *Portfolio) On(today Date) *Portfolio {
	if p.Today == today {
		return p
	}
	next := *p
	next.Today, next.years = today, &yearMemo{}
	return &next
}

// WithPeople gives the same portfolio with the names of its users.
func (p *Portfolio) WithPeople(people map[UserID]Person, seq int64) *Portfolio {
	next := *p
	next.people, next.named, next.PeopleSeq = make(map[UserID]Person, len(people)), make(map[UserID]Person, len(people)), seq
	shared := map[string]int{}
	for _, person := range people {
		shared[spoken(person.Name)]++
	}
	for id, person := range people {
		person.Namesake = shared[spoken(person.Name)] > 1
		next.people[id] = person
		person.Email = ""
		next.named[id] = person
	}
	return &next
}

// spoken is a name as one hears it: whoever writes it in capitals, or with more spaces, is not told apart by that.
func spoken(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// Person finds who a user is; the name is "" for one who has been erased.
func (p *Portfolio) Person(id UserID) Person { return p.people[id] }

// For gives the portfolio as the user may see it: mail addresses are for administrators alone.
func (p *Portfolio) For(u *User) *Portfolio {
	if p.May(u, ViewAccounts, nil) {
		return p
	}
	next := *p
	next.people = p.named
	return &next
}

// Ledger gives a benefit's sums; nil, which is an empty one, where nothing has been claimed.
func (p *Portfolio) Ledger(id BenefitID) *Ledger {
	if id < 1 || int(id) > len(p.ledgers) {
		return nil
	}
	return p.ledgers[id-1]
}

// BenefitsOf lists the gains of an initiative.
func (p *Portfolio) BenefitsOf(id InitiativeID) []*Benefit {
	if id < 1 || int(id) > len(p.benefitsOf) {
		return nil
	}
	list := make([]*Benefit, 0, len(p.benefitsOf[id-1]))
	for _, b := range p.benefitsOf[id-1] {
		if benefit := p.Benefits.Get(b); benefit != nil {
			list = append(list, benefit)
		}
	}
	return list
}

// ItemByNo finds a catalogue item by its running number.
func (p *Portfolio) ItemByNo(no int) *CatalogueItem {
	if c := p.Items.Get(ItemID(no)); c != nil && c.No == no { // as a rule the two are the same
		return c
	}
	for c := range p.Items.All() {
		if c.No == no {
			return c
		}
	}
	return nil
}

// Requirement finds what a programme must deliver in a year, or nil.
func (p *Portfolio) Requirement(programme ProgrammeID, year int) *Requirement {
	for r := range p.Requirements.All() {
		if r.Programme == programme && r.Year == year {
			return r
		}
	}
	return nil
}

// Programme finds a programme by its code, or nil.
func (p *Portfolio) Programme(code string) *Programme {
	for g := range p.Programmes.All() {
		if g.Code == code {
			return g
		}
	}
	return nil
}

// OpenFrom is the first month that no budget follow-up has closed; 0 when none has been frozen.
func (p *Portfolio) OpenFrom() Month {
	var open Month
	for f := range p.FollowUps.All() {
		open = max(open, f.ClosesBefore)
	}
	return open
}

// LastBoardMeeting is the latest meeting of the board on or before the day, or nil.
func (p *Portfolio) LastBoardMeeting() *Meeting {
	var last *Meeting
	for m := range p.Meetings.All() {
		if m.Type == BoardMeeting && m.Date <= p.Today && (last == nil || m.Date > last.Date) {
			last = m
		}
	}
	return last
}

// InitiativesOf lists the initiatives that came of a catalogue item.
func (p *Portfolio) InitiativesOf(id ItemID) []*Initiative {
	return slices.DeleteFunc(p.Initiatives.List(), func(i *Initiative) bool { return i.Item != id })
}

// People gives who the users are; it must not be changed.
func (p *Portfolio) People() map[UserID]Person { return p.people }

// Records lists every record that has not been removed, kind by kind. Ledger entries and postings are not among them.
func (p *Portfolio) Records() []Record {
	var list []Record
	if p.Strategy != nil {
		list = append(list, p.Strategy)
	}
	if p.Policy != nil {
		list = append(list, p.Policy)
	}
	list = appendRecords(list, p.Users)
	list = appendRecords(list, p.Areas)
	list = appendRecords(list, p.Programmes)
	list = appendRecords(list, p.Items)
	list = appendRecords(list, p.Initiatives)
	list = appendRecords(list, p.Benefits)
	list = appendRecords(list, p.Requirements)
	list = appendRecords(list, p.Overlaps)
	list = appendRecords(list, p.Meetings)
	list = appendRecords(list, p.Decisions)
	list = appendRecords(list, p.FollowUps)
	list = appendRecords(list, p.Indexes)
	list = appendRecords(list, p.Cases)
	list = appendRecords(list, p.Milestones)
	list = appendRecords(list, p.Risks)
	list = appendRecords(list, p.Questions)
	list = appendRecords(list, p.Commentaries)
	list = appendRecords(list, p.Accounts)
	list = appendRecords(list, p.Files)
	list = appendRecords(list, p.Explanations)
	list = appendRecords(list, p.Mappings)
	list = appendRecords(list, p.Rounds)
	list = appendRecords(list, p.scores)
	list = appendRecords(list, p.Scenarios)
	return appendRecords(list, p.Reports)
}

func appendRecords[K ~int64, T any](list []Record, t Table[K, T]) []Record {
	for r := range t.All() {
		list = append(list, any(r).(Record))
	}
	return list
}
