package portfoliotest

import (
	"testing"

	"pgregory.net/rapid"
)

func TestActs(t *testing.T) {
	t.Run("every deed is done now and then, and refused now and then", func(t *testing.T) {
		done, refusals := map[string]int{}, map[string]int{}
		rapid.Check(t, func(t *rapid.T) {
			b := NewBook()
			a := NewActs(Small(b))
			for range 240 { // a business case is approved after four deeds of three people
				name, ok, err := a.Act(t, b)
				if err != nil {
					t.Fatal(err)
				}
				if ok {
					done[name]++
				} else {
					refusals[name]++
				}
			}
		})
		for _, a := range acts {
			if done[a.name] == 0 || refusals[a.name] == 0 {
				t.Errorf("%s: done %d times, refused %d times", a.name, done[a.name], refusals[a.name])
			}
		}
		t.Log(done, refusals)
	})
}
