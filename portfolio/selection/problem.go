package selection

import (
	"fmt"
	"math"
	"time"
)

// What a problem may hold. Sums of MaxItems amounts of MaxAmount stay within an int64.
const (
	MaxItems        = 1000
	MaxLimits       = 40
	MaxAmount int64 = 1_000_000_000_000_000
	MaxSum          = MaxItems * MaxAmount
)

// NoLimit is the limit of a dimension that has none, as where only a floor is set.
const NoLimit int64 = math.MaxInt64

// Problem asks for the set of items with the most value.
type Problem struct {
	Items []Item
	// Limits holds for each dimension what the chosen items' weights may sum to at most; NoLimit where there is none.
	Limits []int64
	// Floors holds what they must sum to at least; nil or 0 where there is none.
	Floors []int64
	// TimeLimit ends the search; 0 leaves that to the context.
	TimeLimit time.Duration
}

// Item is a thing to choose or leave.
type Item struct {
	ID string
	// Value may be negative: such an item comes in when it is mandatory, required, or needed to reach a floor.
	Value int64
	// Weights has one amount per dimension, none of them negative: what an item gives back is a lower weight elsewhere or
	// a higher limit, and with weights of one sign a set that is too heavy stays so whatever is added.
	Weights   []int64
	Mandatory bool
	// Requires names the items without which this one cannot be chosen. Items that require each other are chosen together.
	Requires []string
	// Excludes names the items that cannot be chosen beside this one; to say it on one of the two is enough.
	Excludes []string
}

// Error refuses a problem that is not well formed.
type Error struct {
	// Field is the path of what is wrong, by the caller's own order: "items[3].weights[0]".
	Field string
	Code  Fault
	// Args are the id or the bound that the sentence needs.
	Args []any
}

// Fault is what is wrong with a field.
type Fault string

// The faults of a problem.
const (
	TooMany   Fault = "too_many"   // more than the bound: Args[0]
	NoID      Fault = "no_id"      // an empty id
	Duplicate Fault = "duplicate"  // the id occurs before: Args[0]
	Unknown   Fault = "unknown"    // there is no item of the id: Args[0]
	Self      Fault = "self"       // an item excludes itself: Args[0]
	Negative  Fault = "negative"   // a weight below 0
	TooLarge  Fault = "too_large"  // an amount beyond the bound: Args[0]
	Length    Fault = "wrong_size" // not one amount per dimension, of which there are Args[0]
)

func (e *Error) Error() string {
	return fmt.Sprint(append([]any{e.Field, ": ", string(e.Code), " "}, e.Args...)...)
}

// check refuses the first thing that is wrong, reading top down.
func (p Problem) check() error {
	switch {
	case len(p.Items) > MaxItems:
		return &Error{"items", TooMany, []any{MaxItems}}
	case len(p.Limits) > MaxLimits:
		return &Error{"limits", TooMany, []any{MaxLimits}}
	case p.Floors != nil && len(p.Floors) != len(p.Limits):
		return &Error{"floors", Length, []any{len(p.Limits)}}
	}
	known := make(map[string]bool, len(p.Items))
	for i, it := range p.Items {
		if err := it.check(fmt.Sprintf("items[%d]", i), len(p.Limits), known); err != nil {
			return err
		}
		known[it.ID] = true
	}
	for i, it := range p.Items {
		if err := it.checkRelations(fmt.Sprintf("items[%d]", i), known); err != nil {
			return err
		}
	}
	for d, limit := range p.Limits {
		if limit != NoLimit && beyond(limit, MaxSum) {
			return &Error{fmt.Sprintf("limits[%d]", d), TooLarge, []any{MaxSum}}
		}
	}
	for d, floor := range p.Floors {
		if beyond(floor, MaxSum) {
			return &Error{fmt.Sprintf("floors[%d]", d), TooLarge, []any{MaxSum}}
		}
	}
	return nil
}

func (it Item) check(path string, dimensions int, known map[string]bool) error {
	switch {
	case it.ID == "":
		return &Error{path + ".id", NoID, nil}
	case known[it.ID]:
		return &Error{path + ".id", Duplicate, []any{it.ID}}
	case beyond(it.Value, MaxAmount):
		return &Error{path + ".value", TooLarge, []any{MaxAmount}}
	case len(it.Weights) != dimensions:
		return &Error{path + ".weights", Length, []any{dimensions}}
	}
	for d, w := range it.Weights {
		switch {
		case w < 0:
			return &Error{fmt.Sprintf("%s.weights[%d]", path, d), Negative, nil}
		case w > MaxAmount:
			return &Error{fmt.Sprintf("%s.weights[%d]", path, d), TooLarge, []any{MaxAmount}}
		}
	}
	return nil
}

func (it Item) checkRelations(path string, known map[string]bool) error {
	for k, id := range it.Requires {
		if !known[id] {
			return &Error{fmt.Sprintf("%s.requires[%d]", path, k), Unknown, []any{id}}
		}
	}
	for k, id := range it.Excludes {
		switch {
		case !known[id]:
			return &Error{fmt.Sprintf("%s.excludes[%d]", path, k), Unknown, []any{id}}
		case id == it.ID:
			return &Error{fmt.Sprintf("%s.excludes[%d]", path, k), Self, []any{id}}
		}
	}
	return nil
}

func beyond(v, bound int64) bool { return v > bound || v < -bound }
