package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func TestClaimForm(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Office 365")
	gain := s.now().BenefitsOf(i.ID)[0]
	owner, viewer := s.asUser(i.ProjectOwner), s.as("viewer")
	at := claimHref(gain.ID)

	t.Run("the one button stands on the initiative and on the gain, for its owner and not for a viewer", func(t *testing.T) {
		for _, path := range []string{fmt.Sprintf("/initiatives/%d", i.ID), fmt.Sprintf("/benefits/%d", gain.ID)} {
			wantText(t, owner.page(path), `href="`+at+`"`)
			if strings.Contains(viewer.page(path), at) {
				t.Errorf("%s offers a viewer to claim", path)
			}
		}
		wantStatus(t, viewer.get(at), http.StatusForbidden)
	})

	t.Run("a budget change is previewed month by month, to the øre, and nothing is written", func(t *testing.T) {
		recorded := s.watch()
		got := owner.post(at+"/preview", "spread", "yearly", "from", "2018-11", "through", "2019", "gross", "1.000,01", "running", "100", "document", "2018-7")
		wantStatus(t, got, http.StatusOK)
		wantText(t, got.body, "14 måneder", "nov 18", "dec 19", "83,33 kr.", "83,34 kr.", `value="2018-7"`, `name="spread" value="yearly"`)
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("it is recorded as it was previewed", func(t *testing.T) {
		sent := `{"spread":"yearly","from":"2018-11","through":2020,"gross_ore":120000001,"running_ore":1200}`
		preview := owner.do(http.MethodPost, at+"/preview", strings.NewReader(sent), "Content-Type", "application/json")
		wantStatus(t, preview, http.StatusOK)
		var shown struct {
			Months []portfolio.MonthGain `json:"months"`
			Gross  int64                 `json:"gross_ore"`
		}
		if err := json.Unmarshal([]byte(preview.body), &shown); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, owner.do(http.MethodPost, at, strings.NewReader(sent), "Content-Type", "application/json"), http.StatusCreated)
		all := s.entries(gain.ID)
		made := all[len(all)-1]
		if len(made.Months) != 26 || fmt.Sprint(made.Months) != fmt.Sprint(shown.Months) || int64(made.Total().Gross) != shown.Gross {
			t.Errorf("recorded %v, previewed %v", made.Months, shown.Months)
		}
	})

	t.Run("what a claim would be refused for, its preview is refused for, at the field", func(t *testing.T) {
		for name, c := range map[string]struct {
			field, says string
			fields      []string
		}{
			"a closed month":  {"from", "lukket", []string{"from", "2018-06", "to", "2018-06", "gross", "1000"}},
			"no year":         {"through", "", []string{"spread", "yearly", "from", "2019-01", "gross", "1000"}},
			"a year too far":  {"through", "", []string{"spread", "yearly", "from", "2019-01", "through", "2040", "gross", "1000"}},
			"a year backward": {"through", "", []string{"spread", "yearly", "from", "2019-01", "through", "2018", "gross", "1000"}},
			"no amount":       {"gross", "", []string{"spread", "yearly", "from", "2019-01", "through", "2019"}},
		} {
			got := owner.post(at+"/preview", c.fields...)
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="`+c.field+`-error"`) || !strings.Contains(got.body, c.says) {
				t.Errorf("%s: %d, an error at %s: %v", name, got.status, c.field, strings.Contains(got.body, c.field+"-error"))
			}
		}
	})

	t.Run("whoever may not claim on the gain, and a gain without kroner, get words and no form", func(t *testing.T) {
		other := s.now().BenefitsOf(s.titled("Digital sagsbehandling").ID)[0]
		body := owner.page(claimHref(other.ID))
		wantText(t, body, "Her kan intet indmeldes", "Kun gevinstens ejere")
		if strings.Contains(body, `id="claim"`) {
			t.Error("the form is offered")
		}
		wantStatus(t, owner.post(claimHref(other.ID)+"/preview", "from", "2019-01", "gross", "1000"), http.StatusForbidden)
		for b := range s.now().Benefits.All() {
			if b.Cash == nil {
				wantText(t, owner.page(claimHref(b.ID)), "Gevinsten har ingen kroner")
			}
		}
	})

	t.Run("a budget change is filled in with the planned full year, from the first month that nothing is reported of", func(t *testing.T) {
		other := s.now().BenefitsOf(s.titled("Digital sagsbehandling").ID)[0]
		body := s.as("programme_office").page(claimHref(other.ID) + "?spread=yearly")
		wantText(t, body, `value="`+typed(amount.Exactly(other.FullYear().Gross))+`"`, `<option value="2021" selected>`, `name="account" value="`+other.Cash.Account)
	})
}

func TestBudgetChange(t *testing.T) {
	t.Run("twelve months in a row of any budget change are the year's amount to the øre, from whatever month it begins", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			from := amount.NewMonth(rapid.IntRange(2017, 2030).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
			years := rapid.IntRange(1, 8).Draw(t, "years")
			gross := rapid.Int64Range(-int64(amount.Max), int64(amount.Max)).Draw(t, "gross")
			running := rapid.Int64Range(-int64(amount.Max), int64(amount.Max)).Draw(t, "running")
			f := &form{Values: map[string][]string{
				"spread": {yearly}, "from": {from.String()}, "through": {fmt.Sprint(from.Year() + years)},
				"gross_ore": {fmt.Sprint(gross)}, "running_ore": {fmt.Sprint(running)},
			}}
			months := claimedMonths(f)
			if last := amount.NewMonth(from.Year()+years, 12); f.err() != nil || len(months) == 0 || months[len(months)-1].Month != last {
				t.Fatalf("%d months, %v", len(months), f.err())
			}
			for k := 0; k+12 <= len(months); k += 12 {
				year := (&portfolio.Entry{Months: months[k : k+12]}).Total()
				if int64(year.Gross) != gross || int64(year.Running) != running {
					t.Fatalf("the twelve from %v are %+v", months[k].Month, year)
				}
			}
		})
	})
}
