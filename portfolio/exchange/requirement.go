package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// requirementDraft is a programme's year as its rows tell of it: together they are all of its lines.
type requirementDraft struct {
	now *portfolio.Requirement
	to  portfolio.Requirement
	// line is the one that the present row writes: a line, or the reading of one.
	line *portfolio.Line
	net  bool // the file states the net, or says nothing of it
}

var requirementLayout = layout[requirementDraft]{
	key: "year", grouped: true,
	made: portfolio.KindRequirement,
	told: []string{"id", "line", "line_example", "net_source", "example", "source"},
	columns: []column[requirementDraft]{
		{name: "programme", danish: []string{"program"}, required: true, form: Reference},
		{name: "year", danish: []string{"år"}, required: true, form: Number},
		{name: "reading", danish: []string{"læsning"}, form: Number},
		{
			name: "kind", danish: []string{"art", "slags"}, required: true, form: Choice, codes: lineKindWords.list,
			set: func(c cell, d *requirementDraft) bool {
				return d.line == nil || choice(c, lineKindWords, &d.line.Kind) && (d.line.Kind != 0 || c.refuse("import.empty"))
			},
		},
		{
			name: "label", danish: []string{"tekst", "betegnelse"}, form: Text,
			set: func(c cell, d *requirementDraft) bool { return d.line == nil || c.string(&d.line.Label) },
		},
		{
			name: "amount", danish: []string{"beløb"}, required: true, form: Amount,
			set: func(c cell, d *requirementDraft) bool { return d.line == nil || c.figure(&d.line.Amount) },
		},
		{
			name: "permanence", danish: []string{"varighed"}, form: Choice, codes: permanenceWords.list,
			set: func(c cell, d *requirementDraft) bool {
				return d.line == nil || choice(c, permanenceWords, &d.line.Permanence)
			},
		},
		{
			name: "line_source", danish: []string{"kilde"}, form: Text,
			set: func(c cell, d *requirementDraft) bool {
				if d.line != nil {
					d.line.Source = sourceOf(c.text)
				}
				return true
			},
		},
		{
			name: "stated_net", danish: []string{"netto"}, form: Amount,
			set: func(c cell, d *requirementDraft) bool {
				var net amount.Figure
				if !c.figure(&net) {
					return false
				}
				if d.net && net != d.to.StatedNet {
					return c.refuse("import.differs")
				}
				d.net, d.to.StatedNet = true, net
				return true
			},
		},
	},
	about: func(r cells) (string, requirementDraft, bool) {
		var of portfolio.ProgrammeID
		var year int
		ok := r.get("programme").programme(&of)
		c := r.get("year")
		if ok = c.whole(&year, 9999) && ok; !ok {
			return "", requirementDraft{}, false
		}
		if year == 0 {
			return "", requirementDraft{}, c.refuse("import.empty")
		}
		d := requirementDraft{now: r.in.p.Requirement(of, year), to: portfolio.Requirement{Programme: of, Year: year}}
		if d.now != nil {
			d.to = *d.now
			d.to.Lines = nil
		}
		return fmt.Sprint(of, " ", year), d, true
	},
	begin: func(r cells, d *requirementDraft) bool {
		d.line = nil
		if r.get("kind").empty() && r.get("amount").empty() && d.to.Lines == nil {
			return true // a requirement without lines
		}
		line := portfolio.Line{Permanence: portfolio.NotStated}
		var reading int
		c := r.get("reading")
		if !c.whole(&reading, 1000) {
			return false
		}
		if reading == 0 {
			d.to.Lines = append(d.to.Lines, line)
			d.line = &d.to.Lines[len(d.to.Lines)-1]
			return true
		}
		if len(d.to.Lines) == 0 {
			return c.refuse("import.reading_first")
		}
		of := &d.to.Lines[len(d.to.Lines)-1]
		of.Reading = append(of.Reading, line)
		d.line = &of.Reading[len(of.Reading)-1]
		return true
	},
	end: func(r cells, d *requirementDraft) bool {
		d.keepSources(r.given("line_source"))
		return true
	},
	before: func(_ *portfolio.Portfolio, d *requirementDraft) []said { return requirementSaid(d.now) },
	after:  func(_ *portfolio.Portfolio, d *requirementDraft) []said { return requirementSaid(&d.to) },
	stands: func(d *requirementDraft) portfolio.Record { return present(d.now) },
	title: func(p *portfolio.Portfolio, d *requirementDraft) (label, title string) {
		return strconv.Itoa(d.to.Year), programmeCode(p, d.to.Programme)
	},
	taken: func(p *portfolio.Portfolio, d *requirementDraft) bool {
		return p.Requirement(d.to.Programme, d.to.Year) != nil
	},
	write: func(a act, d *requirementDraft) error {
		if d.now != nil {
			next, e, err := d.now.Edit(a.p, a.by, d.to.Lines, d.to.StatedNet)
			_, err = kept(a, next, e, err)
			return err
		}
		d.to.ID = portfolio.RequirementID(a.id)
		next, e, err := portfolio.NewRequirement(a.p, a.by, d.to)
		_, err = kept(a, next, e, err)
		return err
	},
	fields: map[string]string{"lines": "amount"},
}

// keepSources gives a line that stands as it did its source again, whole: a file has it as one text, without the mark of an
// example.
func (d *requirementDraft) keepSources(given bool) {
	if d.now == nil {
		return
	}
	keep := func(to, was []portfolio.Line) {
		for i := range min(len(to), len(was)) {
			if same(&to[i], &was[i]) && (!given || sourceText(to[i].Source) == sourceText(was[i].Source)) {
				to[i].Source = was[i].Source
			}
		}
	}
	keep(d.to.Lines, d.now.Lines)
	for i := range min(len(d.to.Lines), len(d.now.Lines)) {
		keep(d.to.Lines[i].Reading, d.now.Lines[i].Reading)
	}
}

func same(a, b *portfolio.Line) bool {
	return a.Kind == b.Kind && a.Label == b.Label && a.Amount == b.Amount && a.Permanence == b.Permanence
}

// sourceOf reads what sourceText writes: document, quote, and whether the value only follows from them.
func sourceOf(text string) (s portfolio.Source) {
	parts := strings.Split(text, " | ")
	if last := len(parts) - 1; strings.TrimSpace(parts[last]) == "derived" {
		s.Derived = true
		parts = parts[:last]
	}
	if len(parts) > 0 {
		s.Document = strings.TrimSpace(parts[0])
		s.Quote = strings.TrimSpace(strings.Join(parts[1:], " | "))
	}
	return s
}

// requirementSaid gives a requirement as our files write it, line by line.
func requirementSaid(r *portfolio.Requirement) []said {
	list := []said{{"stated_net", text(r.StatedNet)}}
	say := func(prefix string, l *portfolio.Line) {
		list = append(
			list, said{prefix + " kind", l.Kind.String()}, said{prefix + " label", l.Label}, said{prefix + " amount", text(l.Amount)},
			said{prefix + " permanence", l.Permanence.String()}, said{prefix + " line_source", sourceText(l.Source)},
		)
	}
	for i := range r.Lines {
		line := strconv.Itoa(i + 1)
		say(line, &r.Lines[i])
		for k := range r.Lines[i].Reading {
			say(line+"."+strconv.Itoa(k+1), &r.Lines[i].Reading[k])
		}
	}
	return list
}
