package web

import (
	"fmt"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// planRow is an initiative's line in the plan. Months are the first and the last of the work, both included; 0 where there is
// no date.
type planRow struct {
	ID          portfolio.InitiativeID `json:"id"`
	Title       string                 `json:"title"`
	Area        string                 `json:"area"`
	Owner       string                 `json:"owner"`
	Stage       portfolio.Stage        `json:"stage"`
	Plan        portfolio.Membership   `json:"plan"`
	Reason      string                 `json:"reason,omitempty"`
	PlannedFrom portfolio.Month        `json:"planned_from"`
	PlannedTo   portfolio.Month        `json:"planned_to"`
	From        portfolio.Month        `json:"from"`
	To          portfolio.Month        `json:"to"`
	// Slip is how many months later than planned, negative when brought forward; null where dates are missing.
	Slip    *int         `json:"slip_months"`
	Marks   []planMark   `json:"effect_months"`
	Effects []planEffect `json:"effects"`
	Href    string       `json:"href"`
	// Example marks an invented initiative; the others mark parts of one that is not.
	Example       bool `json:"example"`
	ExampleStage  bool `json:"stage_example"`
	ExampleDates  bool `json:"dates_example"`
	ExampleEffect bool `json:"effect_example"`

	Group string   `json:"-"`
	Bars  []span   `json:"-"`
	Move  planMove `json:"-"`
	// State is the look of the stage's word; the others are the dates and the slip in words.
	State, Words, SlipWords, PlannedWords, NowWords string `json:"-"`
}

// planMark is the month from which a benefit takes effect, now and as planned.
type planMark struct {
	Benefit portfolio.BenefitID `json:"benefit"`
	Title   string              `json:"title"`
	From    portfolio.Month     `json:"from"`
	Planned portfolio.Month     `json:"planned_from"`
	Example bool                `json:"example"`
}

// planEffect is what an initiative brings in a year, net: by the present terms and as adopted, in øre. Both are null where
// the amount is not known, and where the initiative adds nothing because it is outside the plan; one that has left it keeps what
// was adopted.
type planEffect struct {
	Year              int  `json:"year"`
	Effect            ore  `json:"effect_ore"`
	EffectApproximate bool `json:"effect_approximate"`
	Plan              ore  `json:"plan_ore"`
	PlanApproximate   bool `json:"plan_approximate"`
	// Outside tells that the row adds nothing to the year's effect.
	Outside bool `json:"outside"`
}

// span is a piece of the time line, in months from its beginning.
type span struct {
	Class     string
	From, Len int
	Text      string
}

func (r *request) planRow(i *portfolio.Initiative, years []*portfolio.Year) planRow {
	was := i.PlannedSchedule()
	v := planRow{
		ID: i.ID, Title: i.Title, Area: r.area(i.Area), Owner: r.name(i.ProjectOwner), Stage: i.Stage, Plan: i.Plan.State, Reason: i.Plan.Reason,
		PlannedFrom: was.Start, PlannedTo: lastMonth(was.Done), From: i.Now.Start, To: lastMonth(i.Now.Done),
		Href: r.link(fmt.Sprintf("/initiatives/%d", i.ID)), Example: i.Example(), State: stageLook(i), Group: r.planGroup(i),
	}
	v.ExampleStage = !v.Example && i.ExampleField("stage")
	v.ExampleDates = !v.Example && i.ExampleField("now") && i.Now != portfolio.Schedule{}
	v.Marks = r.planMarks(i)
	for _, m := range v.Marks {
		v.ExampleDates = v.ExampleDates || (!v.Example && m.Example)
	}
	v.Slip = slip(i.Now, was, v.Marks)
	for _, y := range years {
		e := planEffect{Year: y.Year}
		if row := y.Row(i.ID); row != nil {
			e = r.planEffect(row, y.Year)
			v.ExampleEffect = v.ExampleEffect || (!v.Example && e.Effect.Known && row.Invented > 0)
		}
		v.Effects = append(v.Effects, e)
	}
	v.PlannedWords, v.NowWords, v.SlipWords = r.planPeriod(v.PlannedFrom, v.PlannedTo), r.planPeriod(v.From, v.To), r.slipWords(v.Slip)
	v.Words = r.planWords(&v)
	v.Bars = r.bars(i, &v, amount.Period{From: amount.NewMonth(years[0].Year, 1), To: amount.NewMonth(years[len(years)-1].Year+1, 1)})
	return v
}

// lastMonth is the last month of work where the schedule says from which month it is done.
func lastMonth(done portfolio.Month) portfolio.Month {
	if done == 0 {
		return 0
	}
	return done - 1
}

func (r *request) planGroup(i *portfolio.Initiative) string {
	switch {
	case i.Plan.State == portfolio.OutOfPlan:
		return r.say("plan_state.out")
	case i.Plan.State == 0:
		return r.say("plan.not_in_plan")
	case i.Area == 0:
		return r.say("plan.no_area")
	}
	return r.area(i.Area)
}

// stageLook is the shape that goes with the stage's word.
func stageLook(i *portfolio.Initiative) string {
	switch {
	case i.Plan.State == portfolio.Awaiting:
		return "state-wait"
	case i.Stage >= portfolio.Implemented:
		return "state-done"
	case i.Stage >= portfolio.Analysis:
		return "state-busy"
	}
	return "state-open"
}

func (r *request) planMarks(i *portfolio.Initiative) []planMark {
	marks := []planMark{}
	for _, b := range r.p.BenefitsOf(i.ID) {
		if was := b.PlannedTerms(); b.From != 0 || was.From != 0 {
			marks = append(marks, planMark{b.ID, b.Title, b.From, was.From, b.ExampleField("terms") || b.ExampleField("from")})
		}
	}
	return marks
}

// slip is by how many months the end has moved; the beginning where no end is set. Where the work stands still or has no dates it is
// the effect's move, the greatest where there are several.
func slip(now, was portfolio.Schedule, marks []planMark) *int {
	var moved *int
	for _, pair := range [][2]portfolio.Month{{now.Done, was.Done}, {now.Start, was.Start}} {
		if pair[0] != 0 && pair[1] != 0 {
			months := int(pair[0] - pair[1])
			moved = &months
			break
		}
	}
	if moved != nil && *moved != 0 {
		return moved
	}
	for _, m := range marks {
		if months := m.slip(); m.From != 0 && m.Planned != 0 && (moved == nil || max(months, -months) > max(*moved, -*moved)) {
			moved = &months
		}
	}
	return moved
}

// slip is by how many months the effect has moved.
func (m planMark) slip() int { return int(m.From - m.Planned) }

// planEffect is the row's part in the year. Known follows the year's own count, so that the rows add up to its sum.
func (r *request) planEffect(row *portfolio.InitiativeYear, year int) planEffect {
	e := planEffect{Year: year, Outside: row.Outside}
	if row.Outside {
		if row.Left > 0 {
			e.PlanApproximate = row.LeftApproximate > 0
			e.Plan = ore{amount.Figure{Ore: row.Plan.Net(), Known: true, Approximate: e.PlanApproximate}}
		}
		return e
	}
	if row.Unknown > 0 || len(r.p.BenefitsOf(row.Initiative.ID)) == 0 {
		return e
	}
	e.EffectApproximate = row.Approximate > 0
	e.PlanApproximate = e.EffectApproximate
	e.Effect = ore{amount.Figure{Ore: row.Now.Net(), Known: true, Approximate: e.EffectApproximate}}
	e.Plan = ore{amount.Figure{Ore: row.Plan.Net(), Known: true, Approximate: e.PlanApproximate}}
	return e
}

// planColumns are the file's columns; each year has two.
func planColumns(from, to int) []string {
	columns := []string{
		"initiative", "title", "area", "owner", "stage", "plan", "reason", "planned_from", "planned_to", "from", "to", "slip_months",
		"effect_months",
	}
	for y := from; y <= to; y++ {
		columns = append(columns, fmt.Sprintf("effect_%d", y), fmt.Sprintf("plan_%d", y))
	}
	return append(columns, "example")
}

// planTable is the plan as a file: every row, whatever the page shows of it.
func (r *request) planTable(list []portfolio.InitiativeID, years []*portfolio.Year) exchange.Table {
	t := exchange.Table{Columns: planColumns(years[0].Year, years[len(years)-1].Year)}
	for _, id := range list {
		row := r.planRow(years[0].Row(id).Initiative, years)
		var months []string
		for _, m := range row.Marks {
			months = append(months, m.From.String())
		}
		var slip any
		if row.Slip != nil {
			slip = *row.Slip
		}
		cells := []any{
			int64(row.ID), row.Title, row.Area, row.Owner, row.Stage.String(), row.Plan.String(), row.Reason, row.PlannedFrom, row.PlannedTo,
			row.From, row.To, slip, strings.Join(months, " "),
		}
		for _, e := range row.Effects {
			cells = append(cells, e.Effect.Figure, e.Plan.Figure)
		}
		t.Add(append(cells, row.Example || row.ExampleStage || row.ExampleDates || row.ExampleEffect)...)
	}
	return t
}
