package amount

import (
	"encoding/json"
	"errors"
	"strconv"
)

// Figure is an amount as somebody stated it: exact, approximate or unknown.
// The zero value is unknown, which is not zero øre.
type Figure struct {
	Ore                Money
	Known, Approximate bool
}

// Exactly is a known, exact figure.
func Exactly(m Money) Figure { return Figure{Ore: m, Known: true} }

// About is a known, approximate figure.
func About(m Money) Figure { return Figure{Ore: m, Known: true, Approximate: true} }

// IsZero reports that the figure is unknown, so that omitzero leaves it out.
func (f Figure) IsZero() bool { return !f.Known }

// MarshalJSON writes null, {"ore":123} or {"ore":123,"approximate":true}.
func (f Figure) MarshalJSON() ([]byte, error) {
	return f.Append(nil), nil
}

// Append writes the figure's JSON after b.
func (f Figure) Append(b []byte) []byte {
	if !f.Known {
		return append(b, "null"...)
	}
	b = strconv.AppendInt(append(b, `{"ore":`...), int64(f.Ore), 10)
	if f.Approximate {
		b = append(b, `,"approximate":true`...)
	}
	return append(b, '}')
}

// UnmarshalJSON reads what MarshalJSON writes. An object without "ore" is
// refused: unknown is written null and nothing else.
func (f *Figure) UnmarshalJSON(b []byte) error {
	var in *struct {
		Ore         *Money `json:"ore"`
		Approximate bool   `json:"approximate"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	switch {
	case in == nil:
		*f = Figure{}
	case in.Ore == nil:
		return errors.New(`amount: a figure needs "ore"`)
	default:
		*f = Figure{Ore: *in.Ore, Known: true, Approximate: in.Approximate}
	}
	return nil
}

// Total is a sum of figures that remembers what it could not add.
type Total struct {
	Ore         Money // of the known parts
	Approximate bool  // a known part is approximate
	Unknown     int   // parts without an amount
	Taken       int   // those of them that are to be taken away
	Parts       int   // all parts
}

// Sum adds figures up.
func Sum(figures ...Figure) Total {
	var t Total
	for _, f := range figures {
		t.Add(f)
	}
	return t
}

// Add counts one more part.
func (t *Total) Add(f Figure) {
	t.Parts++
	if !f.Known {
		t.Unknown++
		return
	}
	t.Ore += f.Ore
	t.Approximate = t.Approximate || f.Approximate
}

// Take counts one more part, which is taken away.
func (t *Total) Take(f Figure) {
	f.Ore = -f.Ore
	t.Add(f)
	if !f.Known {
		t.Taken++
	}
}

// AddTotal adds all parts of o.
func (t *Total) AddTotal(o Total) {
	t.Ore += o.Ore
	t.Approximate = t.Approximate || o.Approximate
	t.Unknown += o.Unknown
	t.Taken += o.Taken
	t.Parts += o.Parts
}

// Known reports that at least one part is known.
func (t Total) Known() bool { return t.Parts > t.Unknown }

// Bound is what a sum of the known parts says of the sum of all, as long as no part is below zero.
type Bound uint8

// A sum is the whole one, or the whole one is at least or at most that; where unknown parts are added and taken away, it is the
// known part of one that may be either.
const (
	Whole Bound = iota
	AtLeast
	AtMost
	KnownPart
)

// Bound tells how the total stands to what it would be if every part were known.
func (t Total) Bound() Bound {
	switch {
	case t.Unknown == 0:
		return Whole
	case t.Taken == 0:
		return AtLeast
	case t.Taken == t.Unknown:
		return AtMost
	}
	return KnownPart
}

// String is at_least, at_most or known_part; nothing for the whole.
func (b Bound) String() string { return [...]string{"", "at_least", "at_most", "known_part"}[b] }
