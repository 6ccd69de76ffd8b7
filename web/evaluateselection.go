package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/selection"
)

// How long a selection may take: what is spent when nothing is said, and at most.
const (
	usualSelectionTime = time.Second
	mostSelectionTime  = 10 * time.Second
)

func (s *Server) evaluateSelectionRoutes() []route {
	return []route{{method: http.MethodPost, pattern: "/evaluate/selection.json", action: portfolio.ViewPortfolio, call: evaluateSelection, view: either{selectionAnswer{}, impossibleAnswer{}}, sends: selectionQuestion{}}}
}

// selectionQuestion is a selection as a program sends it, in whole numbers of any unit. A limit or floor that is null is none.
// How much it may hold is selection.MaxItems, MaxLimits and MaxAmount.
type selectionQuestion struct {
	Items []struct {
		ID        string   `json:"id"`
		Value     *int64   `json:"value" holds:"integer"`
		Weights   []*int64 `json:"weights" holds:"integer"`
		Mandatory bool     `json:"mandatory,omitempty"`
		Requires  []string `json:"requires,omitempty"`
		Excludes  []string `json:"excludes,omitempty"`
	} `json:"items"`
	Limits    []*int64 `json:"limits"`
	Floors    []*int64 `json:"floors,omitempty"`
	TimeLimit *int64   `json:"time_limit_ms,omitempty" holds:"integer"`
}

// selectionAnswer is the best choice: proven when bound, which no choice can pass, equals value; settled when the rule among
// equals (the fewest items, then the smallest sorted ids) was followed to its end as well. When the time ended before any
// choice was found, chosen and value are null and the reason says so.
type selectionAnswer struct {
	Chosen  []string          `json:"chosen"`
	Value   *int64            `json:"value"`
	Proven  bool              `json:"proven"`
	Settled bool              `json:"settled"`
	Bound   int64             `json:"bound"`
	Why     map[string]string `json:"why"`
	Reason  string            `json:"reason,omitempty"`
}

// impossibleAnswer tells that nothing meets the limits and floors. Gap is, by dimension, what the nearest choice misses:
// over_limit and below_floor together.
type impossibleAnswer struct {
	Infeasible bool     `json:"infeasible"`
	Gap        []int64  `json:"gap"`
	OverLimit  []int64  `json:"over_limit"`
	BelowFloor []int64  `json:"below_floor"`
	Complete   bool     `json:"complete"`
	Reasons    []string `json:"reasons"`
}

func evaluateSelection(r *request) (any, error) {
	var q selectionQuestion
	if err := r.read(&q); err != nil {
		return nil, err
	}
	p, limit, err := q.problem()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	p.TimeLimit = limit * 3 / 4 // the rest is for the reasons
	result, err := selection.Solve(ctx, p)
	if err != nil {
		return nil, refuseSelection(err)
	}
	switch {
	case result.Infeasible != nil:
		return r.impossible(result.Infeasible), nil
	case !result.Found:
		return selectionAnswer{Bound: result.Bound, Why: map[string]string{}, Reason: r.say("selection.time_over")}, nil
	}
	a := selectionAnswer{
		Chosen: result.Chosen, Value: &result.Value, Proven: result.Proven, Settled: result.Settled, Bound: result.Bound,
		Why: make(map[string]string, len(p.Items)),
	}
	why, err := selection.Explain(ctx, p, result, limit/time.Duration(max(1, len(p.Items))))
	if err != nil {
		return nil, refuseSelection(err)
	}
	for _, w := range why {
		a.Why[w.ID] = r.whySelected(w)
	}
	return a, nil
}

// problem reads the question; what is missing is refused here, what is wrong where it is solved.
func (q selectionQuestion) problem() (selection.Problem, time.Duration, error) {
	var p selection.Problem
	limit := usualSelectionTime
	if q.TimeLimit != nil {
		if *q.TimeLimit < 1 || *q.TimeLimit > mostSelectionTime.Milliseconds() {
			return p, 0, badCase("time_limit_ms", "error.selection.time_limit", mostSelectionTime.Milliseconds())
		}
		limit = time.Duration(*q.TimeLimit) * time.Millisecond
	}
	switch {
	case q.Items == nil:
		return p, 0, badCase("items", "error.required")
	case q.Limits == nil:
		return p, 0, badCase("limits", "error.required")
	}
	for i, it := range q.Items {
		if it.Value == nil {
			return p, 0, badCase(fmt.Sprintf("items[%d].value", i), "error.required")
		}
		for d, w := range it.Weights {
			if w == nil { // what is unknown is not nothing
				return p, 0, badCase(fmt.Sprintf("items[%d].weights[%d]", i, d), "error.required")
			}
		}
		p.Items = append(p.Items, selection.Item{
			ID: it.ID, Value: *it.Value, Weights: orElse(it.Weights, 0), Mandatory: it.Mandatory, Requires: it.Requires, Excludes: it.Excludes,
		})
	}
	p.Limits = orElse(q.Limits, selection.NoLimit)
	if q.Floors != nil {
		p.Floors = orElse(q.Floors, 0)
	}
	return p, limit, nil
}

// orElse takes the amounts that are given, and none for those that are null.
func orElse(given []*int64, none int64) []int64 {
	out := make([]int64, len(given))
	for i, v := range given {
		if out[i] = none; v != nil {
			out[i] = *v
		}
	}
	return out
}

var selectionFaults = map[selection.Fault]string{
	selection.TooMany:   "error.too_many",
	selection.NoID:      "error.required",
	selection.Duplicate: "error.selection.duplicate",
	selection.Unknown:   "error.selection.unknown",
	selection.Self:      "error.selection.self",
	selection.Negative:  "error.selection.negative",
	selection.TooLarge:  "error.too_large",
	selection.Length:    "error.selection.wrong_size",
}

func refuseSelection(err error) error {
	var e *selection.Error
	if !errors.As(err, &e) {
		return err
	}
	return badCase(e.Field, selectionFaults[e.Code], e.Args...)
}
