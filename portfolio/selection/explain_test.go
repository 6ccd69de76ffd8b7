package selection

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestExplain(t *testing.T) {
	for name, k := range families {
		t.Run("every reason is what trying everything finds: "+name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(30) {
				p := k.make(rand.New(rand.NewPCG(seed, 4)))
				r, err := Solve(context.Background(), p)
				if err != nil {
					t.Fatal(err)
				}
				why, err := Explain(context.Background(), p, r, 0)
				if err != nil {
					t.Fatal(err)
				}
				if !r.Found {
					continue
				}
				if len(why) != len(p.Items) {
					t.Fatalf("seed %d: %d reasons for %d items", seed, len(why), len(p.Items))
				}
				for _, w := range why {
					checkWhy(t, p, r, w, fmt.Sprintf("seed %d %+v\n%+v", seed, w, p))
				}
			}
		})
	}
}

func checkWhy(t *testing.T, p Problem, r *Result, w Why, name string) {
	t.Helper()
	i := slices.IndexFunc(p.Items, func(it Item) bool { return it.ID == w.ID })
	if w.Chosen != slices.Contains(r.Chosen, w.ID) {
		t.Fatalf("%s: chosen or not", name)
	}
	other := p
	other.Items = slices.Clone(p.Items)
	if p.Items[i].Mandatory {
		other.Items[i].Mandatory = false
		_, value, _ := brute(other, meets)
		if w.Code != Mandatory || !w.Exact || w.Amount != value-r.Value {
			t.Fatalf("%s: without it being mandatory %d", name, value)
		}
		return
	}
	_, value, found := brute(other, func(p Problem, chosen []bool) bool { return chosen[i] != w.Chosen && meets(p, chosen) })
	_, _, alone := brute(other, func(p Problem, chosen []bool) bool { return chosen[i] != w.Chosen && related(p, chosen) })
	_, _, limited := brute(other, func(p Problem, chosen []bool) bool {
		p.Floors = nil
		return chosen[i] != w.Chosen && meets(p, chosen)
	})
	var want Reason
	switch {
	case found && w.Chosen:
		want = Gains
	case found:
		want = Displaces
	case w.Chosen && !alone:
		want = Needed
	case w.Chosen:
		want = Indispensable
	case !alone:
		want = Barred
	case !limited:
		want = NoRoom
	default:
		want = NoWay
	}
	if w.Code != want {
		t.Fatalf("%s: want %s", name, want)
	}
	if found && (!w.Exact || w.Amount != r.Value-value) {
		t.Fatalf("%s: the other way is worth %d", name, value)
	}
	if (want == Barred || want == Needed) && len(w.Items) == 0 || want == NoRoom && len(w.Lacks) == 0 {
		t.Fatalf("%s: says nothing", name)
	}
}

func TestExplainKeepsItsTime(t *testing.T) {
	t.Run("a reason that takes too long is left at what is known", func(t *testing.T) {
		p := hard.make(rand.New(rand.NewPCG(1, 5)))
		p.TimeLimit = 50 * time.Millisecond
		r, err := Solve(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		why, err := Explain(ctx, p, r, 10*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if last := why[len(why)-1]; last.Code != Unexplained || last.Exact {
			t.Fatalf("the last of %d is %+v", len(why), last)
		}
		if first := why[0]; first.Exact || first.Code == Unexplained {
			t.Fatalf("the first is %+v", first)
		}
	})
	t.Run("a problem that is not well formed is refused", func(t *testing.T) {
		if _, err := Explain(t.Context(), Problem{Items: []Item{{}}}, &Result{Found: true}, 0); err == nil {
			t.Fatal("accepted")
		}
	})
}
