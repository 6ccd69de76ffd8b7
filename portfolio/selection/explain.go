package selection

import (
	"context"
	"time"
)

// Why tells why an item is in or out of a choice.
type Why struct {
	ID     string
	Chosen bool
	Code   Reason
	// Amount is a value: what the code says. Exact is false when it is only known that it is at least this much.
	Amount int64
	Exact  bool
	// Items are the ids that the code speaks of, sorted.
	Items []string
	// Lacks are the limits that would have to be higher for an item that is out to come in beside the chosen ones, with what
	// it requires.
	Lacks []Lack
}

// Lack is by how much a limit would have to be higher.
type Lack struct {
	Dimension int
	By        int64
}

// Reason is why an item is in or out.
type Reason string

// The reasons.
const (
	// Mandatory: in because the problem says so. Without that the value would be higher by Amount, with Items in addition.
	Mandatory Reason = "mandatory"
	// Needed: in because Items, which are mandatory, require it.
	Needed Reason = "needed"
	// Indispensable: in because the floors cannot be reached without it.
	Indispensable Reason = "indispensable"
	// Gains: in because without it the value would be lower by Amount.
	Gains Reason = "gains"
	// Displaces: out because with it the value would be lower by Amount; it would be in if it were worth more than that much
	// more. Items would leave for it. Amount 0 means that only the rule among equals leaves it out.
	Displaces Reason = "displaces"
	// Barred: out because it, or what it requires, is excluded by Items, which are mandatory or required by what is.
	Barred Reason = "barred"
	// NoRoom: out because beside what is mandatory it passes the limits in Lacks.
	NoRoom Reason = "no_room"
	// NoWay: out because with it the limits and floors cannot all be met.
	NoWay Reason = "no_way"
	// Unexplained says only that the time ended before a reason was found.
	Unexplained Reason = "unexplained"
)

// Explain tells for every item, by ascending id, why it is in or out of the choice. It solves the problem once more for each
// item, with that item decided the other way, spending at most each on it; 0 leaves that to the context.
func Explain(ctx context.Context, p Problem, r *Result, each time.Duration) ([]Why, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if !r.Found {
		return nil, nil
	}
	m := newModel(p)
	e := explainer{model: m, chosen: make([]bool, len(m.ids)), value: r.Value, proven: r.Proven}
	at := 0
	for i, id := range m.ids { // both are sorted
		if at < len(r.Chosen) && r.Chosen[at] == id {
			e.chosen[i] = true
			at++
		}
	}
	e.must, _ = m.closure(m.mandatory())
	why := make([]Why, len(m.ids))
	for i := range m.ids {
		why[i] = e.item(ctx, i, each)
	}
	return why, nil
}

type explainer struct {
	model  *model
	chosen []bool
	must   []bool
	value  int64
	proven bool
}

func (e *explainer) item(ctx context.Context, i int, each time.Duration) Why {
	w := Why{ID: e.model.ids[i], Chosen: e.chosen[i], Code: Unexplained}
	if each > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, each)
		defer cancel()
	}
	switch {
	case e.model.first[i] == in:
		e.mandatory(ctx, i, &w)
	case e.chosen[i]:
		e.gains(ctx, i, &w)
	default:
		e.leaves(ctx, i, &w)
	}
	return w
}

func (e *explainer) mandatory(ctx context.Context, i int, w *Why) {
	w.Code = Mandatory
	if ctx.Err() != nil {
		return
	}
	o := e.model.with(i, open).optimum(ctx)
	w.Exact = e.proven && o.proven()
	if o.found && o.value > e.value {
		w.Amount = o.value - e.value
		w.Items = e.model.names(minus(o.chosen, e.chosen))
	}
}

func (e *explainer) gains(ctx context.Context, i int, w *Why) {
	if e.must[i] {
		w.Code = Needed
		for _, k := range e.model.mandatory() {
			if held, _ := e.model.closure([]int32{k}); held[i] {
				w.Items = append(w.Items, e.model.ids[k])
			}
		}
		return
	}
	if ctx.Err() != nil {
		return
	}
	o := e.model.with(i, out).optimum(ctx)
	if o.impossible {
		w.Code = Indispensable
		return
	}
	w.Code = Gains
	e.measure(&o, w)
}

func (e *explainer) leaves(ctx context.Context, i int, w *Why) {
	held, contradiction := e.model.closure(append(e.model.mandatory(), int32(i)))
	if contradiction != nil {
		w.Code = Barred
		w.Items = e.barring(i)
		return
	}
	if w.Lacks = e.lacks(held); len(w.Lacks) > 0 {
		w.Code = NoRoom
		return
	}
	if added, contradiction := e.model.closure(append(e.indices(), int32(i))); contradiction == nil {
		w.Lacks = e.lacks(added)
	}
	if ctx.Err() != nil {
		return
	}
	o := e.model.with(i, in).optimum(ctx)
	if o.impossible {
		w.Code = NoWay
		return
	}
	w.Code = Displaces
	e.measure(&o, w)
	if o.found {
		w.Items = e.model.names(minus(e.chosen, o.chosen))
	}
}

// measure says what the other way costs: exactly, or at least by its bound.
func (e *explainer) measure(o *outcome, w *Why) {
	w.Exact = e.proven && o.proven()
	w.Amount = max(0, e.value-o.bound)
}

// barring are the items of what is mandatory that exclude the item or something that it requires; or, where it is in
// contradiction with itself, those.
func (e *explainer) barring(i int) []string {
	own, _ := e.model.closure([]int32{int32(i)})
	names := make([]bool, len(own))
	for k, held := range own {
		if !held {
			continue
		}
		for _, other := range e.model.rel.bars[k] {
			if e.must[other] || own[other] {
				names[other] = true
			}
		}
	}
	return e.model.names(names)
}

func (e *explainer) lacks(chosen []bool) []Lack {
	var lacks []Lack
	for d, limit := range e.model.upper {
		if s := e.model.sum(d, chosen); s > limit {
			lacks = append(lacks, Lack{d, s - limit})
		}
	}
	return lacks
}

func (e *explainer) indices() []int32 {
	var all []int32
	for i, c := range e.chosen {
		if c {
			all = append(all, int32(i))
		}
	}
	return all
}

// minus is what a holds and b does not.
func minus(a, b []bool) []bool {
	d := make([]bool, len(a))
	for i := range a {
		d[i] = a[i] && !b[i]
	}
	return d
}
