package portfolio

import "slices"

// Action is something a role may be allowed to do. Every verb asks for one in its first line.
type Action uint8

// The actions.
const (
	ViewPortfolio Action = iota + 1
	ViewAccounts
	ManageAccounts
	EditCatalogue
	PrioritiseItem
	SelectItem
	AssignOwner
	AdvanceInitiative
	ReportDelay
	ChangePlan
	Comment
	EditBenefit
	ClaimSaving
	SettleClaim
	ReverseEntry
	EditRequirement
	EditOverlap
	RecordDecision
	CloseMonths
	EditStructure
	ImportFile
	RemoveExamples
	EditCase
	AssureCase
	ApproveCase
	AdoptCase
	EditMilestone
	AskQuestion
	AnswerQuestion
	WriteCommentary
	ConvertTime
	ImportFinance
	HoldRound
	ScoreItems
	KeepScenario
	SendReport
	StateNeeds
	PlanCapacity
	KeepAccount
	SettleOverlap
	ProposeItem
)

var actions = names[Action]{
	"view_portfolio", "view_accounts", "manage_accounts", "edit_catalogue", "prioritise_item", "select_item", "assign_owner",
	"advance_initiative", "report_delay", "change_plan", "comment", "edit_benefit", "claim_saving", "settle_claim",
	"reverse_entry", "edit_requirement", "edit_overlap", "record_decision", "close_months", "edit_structure", "import_file",
	"remove_examples", "edit_case", "assure_case", "approve_case", "adopt_case", "edit_milestone", "ask_question", "answer_question",
	"write_commentary", "convert_time", "import_finance", "hold_round", "score_items", "keep_scenario", "send_report",
	"state_needs", "plan_capacity", "keep_account", "settle_overlap", "propose_item",
}

func (a Action) String() string               { return actions.code(a) }
func (a Action) MarshalText() ([]byte, error) { return actions.text(a) }

// Actions lists the actions.
func Actions() []Action { return actions.all() }

// Scope is how far a grant reaches.
type Scope uint8

// A grant reaches nothing (zero), what the user owns, the areas the user directs, or all.
const (
	Never Scope = iota
	Own
	OwnArea
	Any
)

func (s Scope) String() string { return [...]string{"-", "own", "area", "any"}[s] }

type grants map[Role]Scope

// everyone is granted what every signed-in user may.
var everyone = grants{ProjectOwner: Any, EconomyChief: Any, Director: Any, ProgrammeOffice: Any, Administrator: Any, Viewer: Any}

// themselves is granted what every signed-in user may do with what is his own alone.
var themselves = grants{ProjectOwner: Own, EconomyChief: Own, Director: Own, ProgrammeOffice: Own, Administrator: Own, Viewer: Own}

// grantTable is the whole of the rights: who may do what, to which subjects. Finance settles and sets the requirement,
// owners report on their own, directors decide, the programme office keeps the books and records what was decided.
// An administrator keeps accounts and sees no more than a viewer.
var grantTable = map[Action]grants{
	ViewPortfolio:     everyone,
	ViewAccounts:      {Administrator: Any},
	ManageAccounts:    {Administrator: Any},
	EditCatalogue:     {ProgrammeOffice: Any, Director: OwnArea},
	PrioritiseItem:    {ProgrammeOffice: Any, Director: OwnArea},
	SelectItem:        {ProgrammeOffice: Any, Director: Any},
	AssignOwner:       {ProgrammeOffice: Any, Director: OwnArea},
	AdvanceInitiative: {ProjectOwner: Own, Director: OwnArea, ProgrammeOffice: Any},
	ReportDelay:       {ProjectOwner: Own, Director: OwnArea, ProgrammeOffice: Any},
	ChangePlan:        {Director: Any, ProgrammeOffice: Any},
	Comment:           {ProjectOwner: Own, EconomyChief: Any, Director: Any, ProgrammeOffice: Any},
	EditBenefit:       {ProjectOwner: Own, Director: OwnArea, ProgrammeOffice: Any},
	ClaimSaving:       {ProjectOwner: Own, ProgrammeOffice: Any},
	SettleClaim:       {EconomyChief: Any},
	ReverseEntry:      {EconomyChief: Any},
	EditRequirement:   {EconomyChief: Any},
	EditOverlap:       {EconomyChief: Any},
	RecordDecision:    {ProgrammeOffice: Any, Director: Any},
	CloseMonths:       {EconomyChief: Any},
	EditStructure:     {ProgrammeOffice: Any},
	ImportFile:        {ProgrammeOffice: Any},
	RemoveExamples:    {ProgrammeOffice: Any},
	EditCase:          {ProjectOwner: Own, ProgrammeOffice: Any},
	AssureCase:        {EconomyChief: Any},
	ApproveCase:       {Director: OwnArea},
	AdoptCase:         {Director: Any},
	EditMilestone:     {ProjectOwner: Own, Director: OwnArea, ProgrammeOffice: Any},
	AskQuestion:       {EconomyChief: Any, Director: Any, ProgrammeOffice: Any},
	AnswerQuestion:    {ProjectOwner: Own, ProgrammeOffice: Any},
	WriteCommentary:   {ProjectOwner: Own, ProgrammeOffice: Any},
	ConvertTime:       {Director: Any, ProgrammeOffice: Any},
	ImportFinance:     {EconomyChief: Any},
	HoldRound:         {ProgrammeOffice: Any},
	ScoreItems:        {Director: Any},
	KeepScenario:      {Director: Any, ProgrammeOffice: Any, EconomyChief: Any},
	SendReport:        {ProgrammeOffice: Any},
	StateNeeds:        {ProjectOwner: Own, ProgrammeOffice: Any},
	PlanCapacity:      {Director: OwnArea, ProgrammeOffice: Any},
	KeepAccount:       themselves,
	ProposeItem:       {ProjectOwner: Any, ProgrammeOffice: Any},
	SettleOverlap:     {EconomyChief: Any, Director: Any, ProgrammeOffice: Any},
}

// Reach tells how far a role's grant of an action goes.
func Reach(a Action, r Role) Scope { return grantTable[a][r] }

// relation is what ties a user to a subject: the owners it has, and who directs its area.
type relation struct {
	owners   [3]UserID
	director UserID
}

// owns tells one who answers for the subject.
func (rel relation) owns(id UserID) bool { return id != 0 && slices.Contains(rel.owners[:], id) }

func (by By) may(a Action, rel relation) error {
	if by.User == nil || by.User.Disabled {
		return &Error{Kind: Forbidden, Code: "error.forbidden", Args: []any{a.String()}}
	}
	if granted(by.User, a, rel) {
		return nil
	}
	return &Error{Kind: Forbidden, Code: "error.forbidden", Args: []any{a.String()}}
}

func granted(u *User, a Action, rel relation) bool {
	switch Reach(a, u.Role) {
	case Any:
		return true
	case Own:
		return rel.owns(u.ID)
	case OwnArea:
		return rel.director == u.ID
	}
	return false
}

// May tells a page whether to offer an action on the subject (nil where the action has none).
// It asks the same table as the verbs do.
func (p *Portfolio) May(u *User, a Action, subject Record) bool {
	return u != nil && !u.Disabled && granted(u, a, p.relationTo(subject))
}

// relationTo finds the owners and the director that a subject has.
func (p *Portfolio) relationTo(subject Record) relation {
	switch s := subject.(type) {
	case *CatalogueItem:
		return relation{director: p.directorOf(s.Area)}
	case *Area:
		return relation{director: s.Director}
	case *Initiative:
		return relation{owners: [3]UserID{s.ProjectOwner, s.BenefitOwner}, director: p.directorOf(s.Area)}
	case *Benefit:
		rel := relation{}
		if i := p.Initiatives.Get(s.Initiative); i != nil {
			rel = p.relationTo(i)
		}
		if s.Owner != 0 { // a benefit without an owner of its own has the initiative's
			rel.owners[1] = s.Owner
		}
		return rel
	case *BusinessCase:
		return p.ofInitiative(s.Initiative, 0)
	case *Milestone:
		return p.ofInitiative(s.Initiative, s.Owner)
	case *Risk:
		return p.ofInitiative(s.Initiative, s.Owner)
	case *Question:
		return p.ofInitiative(s.Initiative, 0)
	case *Commentary:
		return p.ofInitiative(s.Initiative, 0)
	case *Entry:
		if b := p.Benefits.Get(s.Benefit); b != nil {
			return p.relationTo(b)
		}
	}
	return relation{}
}

// ofInitiative is the relation of a part of an initiative. An owner of its own stands beside the initiative's project owner.
func (p *Portfolio) ofInitiative(id InitiativeID, own UserID) relation {
	rel := relation{}
	if i := p.Initiatives.Get(id); i != nil {
		rel = p.relationTo(i)
	}
	if own != 0 {
		rel.owners[2] = own
	}
	return rel
}

func (p *Portfolio) directorOf(area AreaID) UserID {
	if a := p.Areas.Get(area); a != nil {
		return a.Director
	}
	return 0
}
