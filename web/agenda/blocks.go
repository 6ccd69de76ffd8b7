package agenda

import (
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// blocks are a section's tables and charts.
func (w *writer) blocks(code string) []Block {
	switch code {
	case "presentation":
		list := []Block{{Heading: w.say("report.block.status"), Table: w.statusTable()}}
		if t := w.commentTable(); t != nil {
			list = append(list, Block{Heading: w.say("report.block.comments"), Table: t})
		}
		if c := w.effects(); c != nil {
			list = append(list, Block{Chart: c})
		}
		return append(list, w.together()...)
	case "economy":
		list := []Block{{Heading: w.say("report.block.requirement"), Table: w.requirementTable()}}
		for _, c := range w.moneyCharts() {
			list = append(list, Block{Chart: c})
		}
		return list
	}
	return nil
}

// tkr writes an amount in whole thousands of kroner without the unit, which stands in the caption.
func (w *writer) tkr(f amount.Figure) string {
	if !f.Known {
		return w.lang.Say("figure.unknown")
	}
	text, _, _ := strings.Cut(strings.TrimPrefix(w.lang.Style.Thousands(f.Ore), "DKK\u00a0"), "\u00a0")
	if f.Approximate {
		return w.lang.Say("figure.about", text)
	}
	return text
}

func (w *writer) column(key string, num bool) Column {
	return Column{Label: w.say(key), Num: num}
}

// state is an initiative's stage, or why it stands outside the plan.
func (w *writer) state(s *Status) string {
	stage := w.lang.Say("stage." + s.Stage.String())
	if s.Membership == portfolio.InPlan {
		return stage
	}
	return w.lang.Say("plan_state."+s.Membership.String()) + " (" + strings.ToLower(stage) + ")"
}

// statusTable has one row for each initiative, those outside the sums last, and the sums.
func (w *writer) statusTable() *Table {
	t := &Table{Caption: w.say("report.caption.status", w.item.Year), Columns: []Column{
		w.column("report.column.initiative", false), w.column("report.column.state", false), w.column("report.column.plan", true), w.column("report.column.confirmed", true),
		w.column("report.column.claimed", true), w.column("report.column.expected", true), w.column("report.column.outlook", false),
	}}
	for _, outside := range []bool{false, true} {
		for k := range w.item.Status {
			s := &w.item.Status[k]
			if s.Outside != outside {
				continue
			}
			row := Row{Muted: outside, Example: s.Example, Cells: []string{s.Title, w.state(s), "", "", "", "", ""}}
			if !outside || s.Plan.Known {
				copy(row.Cells[2:], []string{w.tkr(s.Plan), w.tkr(s.Confirmed), w.tkr(s.Claimed), w.tkr(s.Expected)})
			}
			switch {
			case s.Now != 0 && s.Outlook <= portfolio.OnTrack:
				row.Cells[6] = w.lang.Count("report.later", int(s.Now-s.Adopted))
			case s.Outlook != 0:
				row.Cells[6] = w.lang.Say("outlook." + s.Outlook.String())
			}
			t.Rows = append(t.Rows, row)
		}
	}
	f := w.item.Figures
	t.Rows = append(t.Rows, Row{Total: true, Example: w.item.Example, Cells: []string{
		w.say("report.total"), "", w.tkr(f.Plan), w.tkr(f.Confirmed), w.tkr(f.Claimed), w.tkr(f.Expected), "",
	}})
	return t
}

// commentTable has the owners' own words; nil where nobody has written any.
func (w *writer) commentTable() *Table {
	t := &Table{Caption: w.say("report.caption.comments"), Columns: []Column{
		w.column("report.column.initiative", false), w.column("report.column.follow_up", false), {Label: w.say("report.column.comment"), Wide: true},
	}}
	for _, s := range w.item.Status {
		switch {
		case s.Comment != "":
			text := s.Comment
			if s.Overtaken() {
				text += " " + w.say("report.overtaken", s.Now, s.Adopted)
			}
			t.Rows = append(t.Rows, Row{Example: s.Example, Cells: []string{s.Title, w.lang.Style.ShortDate(s.Commented), text}})
		case s.Membership != portfolio.InPlan && s.Reason != "":
			t.Rows = append(t.Rows, Row{Muted: true, Example: s.Example, Cells: []string{s.Title, "", s.Reason}})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// requirementTable is the requirement line by line with its source, and the arithmetic down to what is missing.
func (w *writer) requirementTable() *Table {
	t := &Table{Caption: w.say("report.caption.requirement", w.g.Name, w.item.Year), Columns: []Column{
		{Label: w.say("report.column.line"), Wide: true}, w.column("report.column.amount", true), {Label: w.say("report.column.source"), Wide: true},
	}}
	f := w.item.Figures
	if r := w.year.Requirement; r != nil {
		for _, l := range r.Lines {
			of := l.Amount
			if l.Kind == portfolio.AlreadyRealized {
				of.Ore = -of.Ore
			}
			t.Rows = append(t.Rows, Row{Example: l.Source.Example, Cells: []string{l.Label, w.tkr(of), l.Source.Document}})
		}
	}
	for _, line := range []struct {
		key   string
		of    amount.Figure
		minus bool
		total bool
	}{
		{"report.line.net", f.Net, false, true},
		{"report.line.confirmed", f.Confirmed, true, false},
		{"report.line.claimed", f.Claimed, true, false},
		{"report.line.expected", f.Expected, true, false},
		{"report.line.gap_if_all", f.GapIfAll, false, true},
	} {
		if line.minus && line.of.Known {
			line.of.Ore = -line.of.Ore
		}
		t.Rows = append(t.Rows, Row{Total: line.total, Cells: []string{w.say(line.key), w.tkr(line.of), ""}})
	}
	t.Rows = append(t.Rows, Row{Cells: []string{w.say("report.line.forecast"), w.tkr(f.Forecast), ""}}, Row{Cells: []string{w.say("report.line.expected_gap"), w.tkr(f.ExpectedGap), ""}})
	return t
}

// together puts the programmes beside each other, and what more than one of them draws on in a row of its own, once.
func (w *writer) together() []Block {
	t := &Table{Caption: w.say("report.caption.programmes"), Columns: []Column{w.column("report.column.programme", false)}}
	years := []int{w.item.Year, w.item.Year + 1}
	for _, y := range years {
		t.Columns = append(t.Columns, Column{Label: w.say("report.column.required", strconv.Itoa(y)), Num: true}, Column{Label: w.say("report.column.planned", strconv.Itoa(y)), Num: true})
	}
	for g := range w.p.Programmes.All() {
		row := Row{Cells: []string{g.Name}}
		for _, y := range years {
			year := w.p.YearOf(g.ID, y)
			planned := w.say("report.nothing_entered")
			if year.Known+year.Unknown > 0 || year.Planned() != 0 {
				planned = w.tkr(year.PlannedTotal())
				row.Example = row.Example || year.Invented > 0
			}
			row.Cells = append(row.Cells, w.tkr(year.Net()), planned)
		}
		t.Rows = append(t.Rows, row)
	}
	list := []Block{{Heading: w.say("report.block.programmes"), Table: t}}
	overlaps := &Table{Caption: w.say("report.caption.overlap"), Columns: []Column{
		{Label: w.say("report.column.overlap"), Wide: true}, w.column("report.column.drawn_by", false), w.column("report.column.counts_in", false), w.column("report.column.drawn", true),
	}}
	for o := range w.p.Overlaps.All() {
		overlaps.Rows = append(overlaps.Rows, w.overlap(o))
		for _, n := range o.Notes {
			list = append(list, Block{Text: n.Text})
		}
	}
	if len(overlaps.Rows) > 0 {
		list = append(list[:1:1], append([]Block{{Heading: w.say("report.block.overlap"), Table: overlaps}}, list[1:]...)...)
	}
	return list
}

// overlap is the amount that programmes draw on together: it is written once, and not in both of them.
func (w *writer) overlap(o *portfolio.Overlap) Row {
	drawn, unknown, row := amount.Money(0), 0, Row{Example: o.AnyExample()}
	for _, id := range o.Initiatives {
		benefits := w.p.BenefitsOf(id)
		if len(benefits) == 0 {
			unknown++
		}
		for _, b := range benefits {
			if b.Cash == nil {
				continue
			}
			if b.Unknown() {
				unknown++
				continue
			}
			drawn += b.FullYear().Net()
			row.Example = row.Example || b.AnyExample()
		}
	}
	var names []string
	for _, id := range o.Programmes {
		if g := w.p.Programmes.Get(id); g != nil {
			names = append(names, g.Code)
		}
	}
	home := w.say("report.counts_nowhere")
	if g := w.p.Programmes.Get(o.Home); g != nil {
		home = g.Name
	}
	row.Cells = []string{o.Title, strings.Join(names, ", "), home, w.tkr(amount.Figure{Ore: drawn, Known: unknown == 0})}
	return row
}
