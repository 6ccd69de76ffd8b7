package amount

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestFigureJSON(t *testing.T) {
	for _, c := range []struct {
		title  string
		figure Figure
		json   string
	}{
		{"unknown is null", Figure{}, `null`},
		{"an exact figure has its øre", Exactly(123), `{"ore":123}`},
		{"zero is known", Exactly(0), `{"ore":0}`},
		{"approximate travels along", About(-5), `{"ore":-5,"approximate":true}`},
	} {
		t.Run(c.title, func(t *testing.T) {
			b, err := json.Marshal(c.figure)
			if err != nil || string(b) != c.json {
				t.Errorf("Marshal(%+v) = %s, %v, want %s", c.figure, b, err, c.json)
			}
			got := About(99) // what stood there before must not shine through
			if err := json.Unmarshal([]byte(c.json), &got); err != nil || got != c.figure {
				t.Errorf("Unmarshal(%s) = %+v, %v, want %+v", c.json, got, err, c.figure)
			}
		})
	}
	t.Run("an object without øre or with a fraction is refused", func(t *testing.T) {
		for _, text := range []string{`{}`, `{"approximate":true}`, `{"ore":null}`, `{"ore":1.5}`, `{"ore":"1"}`, `7`} {
			var f Figure
			if err := json.Unmarshal([]byte(text), &f); err == nil {
				t.Errorf("%s was read as %+v", text, f)
			}
		}
	})
	t.Run("omitzero leaves out the unknown and keeps zero", func(t *testing.T) {
		type row struct {
			A Figure `json:"a,omitzero"`
			B Figure `json:"b,omitzero"`
		}
		b, err := json.Marshal(row{B: Exactly(0)})
		if want := `{"b":{"ore":0}}`; err != nil || string(b) != want {
			t.Errorf("got %s, %v, want %s", b, err, want)
		}
	})
}

func TestTotal(t *testing.T) {
	for _, c := range []struct {
		title string
		parts []Figure
		want  Total
		known bool
	}{
		{"no parts are not known", nil, Total{}, false},
		{"only unknown parts are not known", []Figure{{}, {}}, Total{Unknown: 2, Parts: 2}, false},
		{"zero is known", []Figure{Exactly(0)}, Total{Parts: 1}, true},
		{"unknown parts are counted, not added", []Figure{Exactly(5), {}, Exactly(7)}, Total{Ore: 12, Unknown: 1, Parts: 3}, true},
		{"one approximate part makes the total approximate", []Figure{Exactly(5), About(7)}, Total{Ore: 12, Approximate: true, Parts: 2}, true},
		{"an unknown part's leftovers do not count", []Figure{{Ore: 9, Approximate: true}}, Total{Unknown: 1, Parts: 1}, false},
	} {
		t.Run(c.title, func(t *testing.T) {
			if got := Sum(c.parts...); got != c.want || got.Known() != c.known {
				t.Errorf("Sum(%+v) = %+v (known %v), want %+v (known %v)", c.parts, got, got.Known(), c.want, c.known)
			}
		})
	}
}

func TestTotalsAddUpHoweverTheyAreGrouped(t *testing.T) {
	figure := rapid.Custom(func(t *rapid.T) Figure {
		if rapid.Bool().Draw(t, "unknown") {
			return Figure{}
		}
		return Figure{Ore: Money(rapid.Int64Range(-1e15, 1e15).Draw(t, "ore")), Known: true, Approximate: rapid.Bool().Draw(t, "approximate")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOf(figure).Draw(t, "a"), rapid.SliceOf(figure).Draw(t, "b")
		got := Sum(a...)
		got.AddTotal(Sum(b...))
		if want := Sum(append(a, b...)...); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}
