package web

import (
	"fmt"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// readCitedLine reads a line of a requirement; a program may send only what it changes.
func readCitedLine(f *form) func(*portfolio.Line) {
	sent := portfolio.Line{
		Label: f.get("label"), Amount: figureOrOre(f, "amount"),
		Source: portfolio.Source{Document: f.get("document"), Quote: f.get("quote"), Derived: f.get("derived") == "true"},
	}
	f.code("kind", &sent.Kind)
	f.code("permanence", &sent.Permanence)
	for _, name := range [...]string{"label", "document", "quote"} {
		if len(f.get(name)) > maxLineText {
			f.bad(name, "error.too_long", maxLineText)
		}
	}
	return func(l *portfolio.Line) {
		for name, put := range map[string]func(){
			"kind":       func() { l.Kind = sent.Kind },
			"label":      func() { l.Label = sent.Label },
			"amount":     func() { l.Amount = sent.Amount },
			"amount_ore": func() { l.Amount = sent.Amount },
			"permanence": func() { l.Permanence = sent.Permanence },
			"document":   func() { l.Source.Document = sent.Source.Document },
			"quote":      func() { l.Source.Quote = sent.Source.Quote },
			"derived":    func() { l.Source.Derived = sent.Source.Derived },
		} {
			if given(f, name) {
				put()
			}
		}
		l.Source.Example = false // whoever writes it states it
	}
}

// maxLineText bounds the name of a line and what is quoted for it, in bytes.
const maxLineText = 1000

var lineNames = map[string]string{"lines": "amount", "stated_net": "stated"}

// onRequirement carries out a change of the lines of the requirement in the address. A net requirement that a document states
// stays unless the sender gives it up: lines that do not make it are refused.
func (r *request) onRequirement(change func(lines []portfolio.Line) ([]portfolio.Line, error)) (*done, error) {
	id, err := pathID(r, portfolio.KindRequirement)
	if err != nil {
		return nil, err
	}
	if stated := r.form.get("stated"); stated != "" && stated != keepStated && stated != dropStated {
		r.form.bad("stated", "error.choice", stated)
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		q := tx.Portfolio().Requirements.Get(portfolio.RequirementID(id))
		if q == nil {
			return portfolio.Missing(portfolio.KindRequirement, id)
		}
		if err := allowed(tx, by, portfolio.EditRequirement, q); err != nil {
			return err
		}
		if err := r.form.seen(q); err != nil {
			return err
		}
		lines, err := change(slices.Clone(q.Lines))
		if err != nil {
			return err
		}
		net := q.StatedNet
		if r.form.get("stated") == dropStated {
			net = amount.Figure{}
		}
		next, e, err := q.Edit(tx.Portfolio(), by, lines, net)
		return save(tx, next, e, renamed(err, lineNames))
	})
	return &done{location: fmt.Sprintf("/requirements/%d", id), seq: seq}, err
}

func (s *Server) addLine(r *request) (*done, error) {
	l := portfolio.Line{Permanence: portfolio.NotStated}
	put := readCitedLine(r.form)
	put(&l)
	r.nameLine(l)
	return r.onRequirement(func(lines []portfolio.Line) ([]portfolio.Line, error) { return append(lines, l), nil })
}

// nameLine asks for a line's name: the history and the sum's parts call it by that.
func (r *request) nameLine(l portfolio.Line) {
	if l.Label == "" {
		r.form.bad("label", "error.required")
	}
}

func (s *Server) changeLine(r *request) (*done, error) {
	put := readCitedLine(r.form)
	if given(r.form, "label") {
		r.nameLine(portfolio.Line{Label: r.form.get("label")})
	}
	return r.onLine(func(lines []portfolio.Line, k int) []portfolio.Line {
		put(&lines[k])
		return lines
	})
}

func (s *Server) removeLine(r *request) (*done, error) {
	return r.onLine(func(lines []portfolio.Line, k int) []portfolio.Line { return slices.Delete(lines, k, k+1) })
}

// onLine changes the line whose number is sent, counted from 1 as the page shows them.
func (r *request) onLine(change func(lines []portfolio.Line, k int) []portfolio.Line) (*done, error) {
	no := r.form.int("line")
	return r.onRequirement(func(lines []portfolio.Line) ([]portfolio.Line, error) {
		if no < 1 || no > int64(len(lines)) {
			return nil, &portfolio.Error{Kind: portfolio.Invalid, Field: "line", Code: "requirements.no_line", Args: []any{no}}
		}
		return change(lines, int(no-1)), nil
	})
}

// newRequirement sets what a programme must deliver in a year, by its first line.
func (s *Server) newRequirement(r *request) (*done, error) {
	f := r.form
	l := portfolio.Line{Permanence: portfolio.NotStated}
	put := readCitedLine(f)
	put(&l)
	r.nameLine(l)
	q := portfolio.Requirement{Year: int(f.int("year")), Lines: []portfolio.Line{l}}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if g := tx.Portfolio().Programme(f.get("programme")); g != nil {
			q.Programme = g.ID
		}
		id, err := tx.NextID(portfolio.KindRequirement)
		if err != nil {
			return err
		}
		q.ID = portfolio.RequirementID(id)
		next, e, err := portfolio.NewRequirement(tx.Portfolio(), by, q)
		return save(tx, next, e, renamed(err, lineNames))
	})
	return &done{location: fmt.Sprintf("/requirements/%d", q.ID), seq: seq, created: true}, err
}

// carryOver puts what a closed year leaves into the next year's requirement.
func (s *Server) carryOver(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindRequirement)
	if err != nil {
		return nil, err
	}
	shown := figureOrOre(r.form, "carried")
	var to portfolio.RequirementID
	seq, err := r.carryOut(func(tx *store.Tx, by portfolio.By) error {
		p := tx.Portfolio()
		q := p.Requirements.Get(portfolio.RequirementID(id))
		if q == nil {
			return portfolio.Missing(portfolio.KindRequirement, id)
		}
		if err := allowed(tx, by, portfolio.EditRequirement, q); err != nil {
			return err
		}
		next := p.Requirement(q.Programme, q.Year+1)
		if next != nil {
			if err := r.form.seen(next); err != nil {
				return err
			}
			to = next.ID
		} else {
			fresh, err := tx.NextID(portfolio.KindRequirement)
			if err != nil {
				return err
			}
			to = portfolio.RequirementID(fresh)
		}
		c := p.CarryOver(q.Programme, q.Year)
		if shown.Known && shown.Ore != c.Amount().Ore {
			return &portfolio.Error{Kind: portfolio.Conflict, Code: "requirements.carry_moved", Args: []any{shown, c.Amount()}}
		}
		made, e, err := c.Apply(p, by, to)
		return save(tx, made, e, err)
	})
	return &done{location: fmt.Sprintf("/requirements/%d", to), seq: seq}, err
}
