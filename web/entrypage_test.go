package web

import (
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
)

func TestEntryPage(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")
	gain := s.now().BenefitsOf(i.ID)[0]
	e := s.entries(gain.ID)[0]
	viewer := s.as("viewer")

	t.Run("an entry tells its months, evidence, claim and settlement, and leads to gain, initiative and decision", func(t *testing.T) {
		body := viewer.page(fmt.Sprintf("/entries/%d", e.ID))
		wantText(t, body, fmt.Sprintf(`href="/benefits/%d"`, gain.ID), fmt.Sprintf(`href="/initiatives/%d"`, i.ID), "indmeldte", "Afgjort",
			html.EscapeString(s.now().Person(e.Claim.By).Name), html.EscapeString(s.now().Person(e.Settled.By).Name),
			strings.ReplaceAll(s.web.languages["da"].Style.Kroner(e.Total().Net()), "\u00a0", " "))
		if strings.Contains(body, "/reversal") {
			t.Error("a viewer is offered to reverse it")
		}
		wantStatus(t, viewer.get("/entries/999999"), http.StatusNotFound)
	})

	t.Run("as of a day before it was settled it stands as claimed", func(t *testing.T) {
		all := s.entries(gain.ID)
		var seen bool
		for _, one := range all {
			claimed, settled := one.Claim.At.Time(), one.Settled
			if settled == nil || settled.At.Time().Sub(claimed).Hours() < 48 {
				continue
			}
			seen = true
			wantText(t, viewer.page(fmt.Sprintf("/entries/%d?as_of=%s", one.ID, claimed.AddDate(0, 0, 1).Format("2006-01-02"))), "Indmeldt</span>")
		}
		if !seen {
			t.Fatal("the example has no claim that waited for two days")
		}
	})
}

func TestEntries(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Office 365")
	gain := s.now().BenefitsOf(i.ID)[0]
	viewer := s.as("viewer")
	before := len(s.entries(gain.ID))
	ids := s.claims(i.ProjectOwner, gain.ID, 2019, 250)
	type listed struct {
		Items []struct {
			ID    portfolio.EntryID    `json:"id"`
			State portfolio.EntryState `json:"state"`
		} `json:"items"`
		Next     *int64 `json:"next"`
		Previous *int64 `json:"previous"`
	}
	read := func(query string) (l listed) {
		t.Helper()
		viewer.json("/entries.json?"+query, &l)
		return l
	}
	of := fmt.Sprintf("initiative=%d", i.ID)

	t.Run("the initiative and the gain show the latest, say so, and lead to all", func(t *testing.T) {
		for path, all := range map[string]string{
			fmt.Sprintf("/initiatives/%d", i.ID): "/entries?" + of, fmt.Sprintf("/benefits/%d", gain.ID): fmt.Sprintf("/entries?benefit=%d", gain.ID),
		} {
			body := viewer.page(path)
			wantText(t, body, "Her vises de seneste 50", `href="`+all+`"`, fmt.Sprintf(`href="/entries/%d"`, ids[249]))
			if strings.Contains(body, fmt.Sprintf(`href="/entries/%d"`, ids[0])) {
				t.Errorf("%s shows them all", path)
			}
		}
	})

	t.Run("the list is read on and back, the latest first", func(t *testing.T) {
		first := read(of)
		second := read(fmt.Sprintf("%s&after=%d", of, *first.Next))
		third := read(fmt.Sprintf("%s&after=%d", of, *second.Next))
		if n := len(first.Items) + len(second.Items) + len(third.Items); n != 250+before || third.Next != nil {
			t.Fatalf("%d entries, next %v", n, third.Next)
		}
		if first.Items[0].ID != ids[249] || second.Items[0].ID != ids[149] || first.Previous != nil {
			t.Errorf("the pages begin with %d and %d", first.Items[0].ID, second.Items[0].ID)
		}
		if back := read(fmt.Sprintf("%s&before=%d", of, *second.Previous)); !slices.Equal(back.Items, first.Items) {
			t.Errorf("back leads to %v", back.Items[0])
		}
	})

	t.Run("state, month and gain narrow it, and a file has every row", func(t *testing.T) {
		for _, state := range portfolio.EntryStates() {
			for _, row := range read("state=" + state.String()).Items {
				if row.State != state {
					t.Errorf("%d is %v among those that are %v", row.ID, row.State, state)
				}
			}
		}
		if got := len(read(of + "&month=2019-01").Items); got != 11 {
			t.Errorf("%d entries touch January 2019", got)
		}
		if got := len(read(fmt.Sprintf("%s&benefit=%d&month=2022-01", of, gain.ID)).Items); got != 0 {
			t.Errorf("%d entries touch January 2022", got)
		}
		got := viewer.do(http.MethodGet, "/entries.csv?"+of, nil)
		if lines := strings.Count(strings.TrimSpace(got.body), "\n"); got.status != http.StatusOK || lines != 250+before {
			t.Errorf("%d with %d rows", got.status, lines)
		}
		wantStatus(t, viewer.do(http.MethodGet, "/entries.json?month=januar", nil), http.StatusUnprocessableEntity)
	})
}
