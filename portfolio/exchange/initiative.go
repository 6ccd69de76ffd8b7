package exchange

import (
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// maxID bounds a number that names a record.
const maxID = 1_000_000_000

// initiativeDraft is an initiative as a row tells of it.
type initiativeDraft struct {
	now *portfolio.Initiative
	to  portfolio.Initiative
}

// initiativeLayout finds an initiative by its number or, without one, by its title. What no verb changes (title, programme,
// background, item and area of one that is there) is refused where the file says otherwise.
var initiativeLayout = layout[initiativeDraft]{
	key:  "title",
	made: portfolio.KindInitiative,
	told: []string{"replanned", "planned_start", "planned_done", "case_file_no", "case_file_url", "left_plan", "example", "source"},
	columns: []column[initiativeDraft]{
		{name: "id", danish: []string{"nr", "nummer", "indsatsnr"}, form: Number},
		{
			name: "title", danish: []string{"titel", "indsats", "projekt"}, required: true, form: Text,
			set: func(c cell, d *initiativeDraft) bool { return c.fixed(d.now != nil) && c.title(&d.to.Title) },
		},
		{
			name: "programme", danish: []string{"program"}, form: Reference,
			set: func(c cell, d *initiativeDraft) bool { return c.fixed(d.now != nil) && c.programme(&d.to.Programme) },
		},
		{
			name: "background", danish: []string{"baggrund"}, form: Choice, codes: backgroundWords.list,
			set: func(c cell, d *initiativeDraft) bool {
				return c.fixed(d.now != nil) && choice(c, backgroundWords, &d.to.Background)
			},
		},
		{
			name: "item", danish: []string{"katalognr", "katalogindsats"}, form: Number,
			set: func(c cell, d *initiativeDraft) bool { return c.fixed(d.now != nil) && c.item(&d.to.Item) },
		},
		{
			name: "area", danish: []string{"område", "fagområde"}, form: Reference,
			set: func(c cell, d *initiativeDraft) bool { return c.fixed(d.now != nil) && c.area(&d.to.Area, false) },
		},
		{
			name: "project_owner", danish: []string{"projektejer"}, form: Reference,
			set: func(c cell, d *initiativeDraft) bool { return c.user(&d.to.ProjectOwner) },
		},
		{
			name: "benefit_owner", danish: []string{"gevinstejer"}, form: Reference,
			set: func(c cell, d *initiativeDraft) bool { return c.user(&d.to.BenefitOwner) },
		},
		{
			name: "stage", danish: []string{"fase"}, form: Choice, codes: stageWords.list,
			set: func(c cell, d *initiativeDraft) bool {
				return c.empty() || choice(c, stageWords, &d.to.Stage)
			},
		},
		{
			name: "plan", danish: []string{"handlingsplan"}, form: Choice, codes: planWords.list,
			set: func(c cell, d *initiativeDraft) bool { return choice(c, planWords, &d.to.Plan.State) },
		},
		{
			name: "plan_reason", danish: []string{"begrundelse"}, form: Text,
			set: func(c cell, d *initiativeDraft) bool { return c.string(&d.to.Plan.Reason) },
		},
		{
			name: "plan_decision", danish: []string{"beslutning"}, form: Number,
			set: func(c cell, d *initiativeDraft) bool { return c.decision(&d.to.Plan.Decision) },
		},
		{
			name: "one_off", danish: []string{"engangsudgift"}, form: Amount,
			set: func(c cell, d *initiativeDraft) bool { return c.figure(&d.to.OneOff) },
		},
		{
			name: "start", danish: []string{"startmåned"}, form: MonthForm,
			set: func(c cell, d *initiativeDraft) bool { return c.month(&d.to.Now.Start) },
		},
		{
			name: "done", danish: []string{"slut", "slutmåned"}, form: MonthForm,
			set: func(c cell, d *initiativeDraft) bool { return c.month(&d.to.Now.Done) },
		},
		{
			name: "summary", danish: []string{"beskrivelse"}, form: Text,
			set: func(c cell, d *initiativeDraft) bool { return c.string(&d.to.Summary) },
		},
	},
	about: func(r cells) (string, initiativeDraft, bool) {
		var id int
		if !r.get("id").whole(&id, maxID) {
			return "", initiativeDraft{}, false
		}
		if id == 0 {
			switch found := r.in.titled(r.get("title").text); len(found) {
			case 0:
				d := initiativeDraft{to: portfolio.Initiative{Stage: portfolio.Selected, Background: portfolio.NewIdea}}
				return strings.ToLower(strings.TrimSpace(r.get("title").text)), d, true
			case 1:
				id = int(found[0])
			default:
				return "", initiativeDraft{}, r.get("title").refuse("import.ambiguous")
			}
		}
		now := r.in.p.Initiatives.Get(portfolio.InitiativeID(id))
		if now == nil {
			return "", initiativeDraft{}, r.get("id").refuse("import.id_unknown")
		}
		return strconv.Itoa(id), initiativeDraft{now, *now}, true
	},
	end: func(r cells, d *initiativeDraft) bool {
		return d.now != nil || d.to.Programme != 0 || r.get("programme").refuse("import.empty")
	},
	before: func(p *portfolio.Portfolio, d *initiativeDraft) []said { return initiativeSaid(p, d.now) },
	after:  func(p *portfolio.Portfolio, d *initiativeDraft) []said { return initiativeSaid(p, &d.to) },
	stands: func(d *initiativeDraft) portfolio.Record { return present(d.now) },
	title: func(_ *portfolio.Portfolio, d *initiativeDraft) (label, title string) {
		if d.now != nil {
			label = strconv.FormatInt(int64(d.now.ID), 10)
		}
		return label, d.to.Title
	},
	taken: func(p *portfolio.Portfolio, d *initiativeDraft) bool {
		for i := range p.Initiatives.All() {
			if strings.EqualFold(i.Title, d.to.Title) {
				return true
			}
		}
		return false
	},
	write: func(a act, d *initiativeDraft) error { return d.write(a) },
	fields: map[string]string{
		"state": "plan", "reason": "plan_reason", "decision": "plan_decision",
	},
}

// write carries out what the row says, a verb for each sort of thing.
func (d *initiativeDraft) write(a act) error {
	i, to := d.now, &d.to
	var err error
	if i == nil {
		to.ID = portfolio.InitiativeID(a.id)
		next, e, no := portfolio.NewInitiative(a.p, a.by, *to)
		if i, err = kept(a, next, e, no); err != nil {
			return err
		}
	} else if i.Summary != to.Summary || i.OneOff != to.OneOff || i.Now != to.Now {
		next, e, no := i.Edit(a.p, a.by, *to)
		if i, err = kept(a, next, e, no); err != nil {
			return err
		}
	}
	if i.ProjectOwner != to.ProjectOwner || i.BenefitOwner != to.BenefitOwner {
		next, e, no := i.Assign(a.p, a.by, to.ProjectOwner, to.BenefitOwner)
		if i, err = kept(a, next, e, no); err != nil {
			return err
		}
	}
	for i.Stage != to.Stage {
		step := to.Stage // a step back is the domain's to refuse
		if step > i.Stage {
			step = i.Stage + 1
		}
		next, e, no := i.Advance(a.p, a.by, step)
		if i, err = kept(a, next, e, no); err != nil {
			return err
		}
	}
	if i.Plan != to.Plan {
		a.by.Decision = to.Plan.Decision
		next, e, no := i.SetPlan(a.p, a.by, to.Plan.State, to.Plan.Reason)
		_, err = kept(a, next, e, no)
	}
	return err
}

// initiativeSaid gives an initiative as our files write it.
func initiativeSaid(p *portfolio.Portfolio, i *portfolio.Initiative) []said {
	row := initiativeCells(p)(i)
	list := make([]said, 0, len(initiativeColumns))
	for at, name := range initiativeColumns {
		if at > 0 { // the number is nobody's to change
			list = append(list, said{name, text(row[at])})
		}
	}
	return list
}

// fixed refuses a change of what stays as it is.
func (c cell) fixed(there bool) bool { return !there || c.refuse("import.fixed") }

func (c cell) item(into *portfolio.ItemID) bool {
	var no int
	if !c.whole(&no, maxNo) {
		return false
	}
	*into = 0
	if no == 0 {
		return true
	}
	item := c.in.p.ItemByNo(no)
	if item == nil {
		return c.refuse("import.item_unknown")
	}
	*into = item.ID
	return true
}

func (c cell) decision(into *portfolio.DecisionID) bool {
	var id int
	ok := c.whole(&id, maxID)
	*into = portfolio.DecisionID(id)
	return ok && (id == 0 || c.in.p.Decisions.Get(*into) != nil || c.refuse("import.decision_unknown"))
}
