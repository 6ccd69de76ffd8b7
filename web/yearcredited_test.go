package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// closed is the example's place on a day of January 2019, when the controller has closed 2018.
func closed(t *testing.T) (*site, *reader) {
	s := newSite(t, true)
	s.clock(time.Date(2019, 1, 15, 9, 0, 0, 0, store.Copenhagen))
	chief := s.as("economy_chief")
	wantStatus(t, chief.post("/follow-ups", "name", "Regnskab 2018", "date", "2018-12-31"), 303)
	return s, chief
}

type countedYear struct {
	Closed       bool
	Requirement  *int64 `json:"net_requirement_ore"`
	Confirmed    int64  `json:"confirmed_ore"`
	Claimed      int64  `json:"claimed_ore"`
	Expected     int64  `json:"expected_ore"`
	Planned      int64  `json:"planned_ore"`
	Forecast     int64  `json:"forecast_ore"`
	Gap          int64  `json:"gap_ore"`
	ExpectedGap  int64  `json:"expected_gap_ore"`
	FullYear     int64  `json:"full_year_ore"`
	Credited     int64  `json:"credited_ore"`
	CreditedFrom int    `json:"credited_from"`
	Missed       int64  `json:"not_fetched_ore"`
}

func TestClosedYear(t *testing.T) {
	_, chief := closed(t)
	t.Run("nothing is forecast of a closed year: it says what is confirmed and what was not fetched", func(t *testing.T) {
		var y countedYear
		chief.json("/savings/2018.json", &y)
		want := countedYear{
			Closed: true, Requirement: y.Requirement, Confirmed: 244_000_000, Claimed: 14_000_000, Planned: 258_000_000, Forecast: 244_000_000, Gap: 146_000_000,
			ExpectedGap: 146_000_000, FullYear: y.FullYear, Missed: 74_000_000,
		}
		if y != want {
			t.Errorf("%+v, want %+v", y, want)
		}
		body := breaking(chief.page("/savings/2018"))
		says(t, body, "Året er lukket: 2,44 mio. kr. er bekræftet, og der mangler 1,46 mio. kr.", "Mangler ud over det indmeldte", "Ikke hentet", "ikke hentet: 740 t.kr.", "for sent til at blive bekræftet: 140 t.kr.")
		for _, gone := range []string{"prognosen er 3,", "Der ventes at mangle", "er planlagt uden at være indmeldt", "Mangler, selv om alt forventet hentes", "Selv om alt forventet hentes"} {
			if strings.Contains(body, gone) {
				t.Errorf("it still says %q", gone)
			}
		}
		says(t, breaking(chief.page("/savings/2018/forecast")), "Året er lukket, så intet ventes mere")
	})
	t.Run("the year that is open goes on as it was", func(t *testing.T) {
		var y countedYear
		chief.json("/savings/2019.json", &y)
		if y.Closed || y.Missed != 0 || y.Expected == 0 {
			t.Errorf("%+v", y)
		}
		if strings.Contains(chief.page("/savings/2019"), "Året er lukket") {
			t.Error("it says that it is closed")
		}
	})
}

func TestCreditedYear(t *testing.T) {
	s, chief := closed(t)
	var before countedYear
	chief.json("/savings/2019.json", &before)
	q := s.now().Requirement(1, 2018)
	wantStatus(t, chief.post(fmt.Sprintf("/requirements/%d/carry-over", q.ID), "decision", "1", "carried", "1.020.000"), 303)
	next := s.now().Requirement(1, 2019)
	at := fmt.Sprintf("/requirements/%d", next.ID)

	t.Run("what met the requirement of 2018 does not meet that of 2019 again", func(t *testing.T) {
		var y countedYear
		chief.json("/savings/2019.json", &y)
		const credited = 288_000_000
		if y.Credited != credited || y.CreditedFrom != 2018 || y.Planned != before.Planned-credited || y.FullYear != before.FullYear-credited {
			t.Errorf("%+v, before %+v", y, before)
		}
		sms := s.titled("Udbredelse af SMS")
		gain := s.now().BenefitsOf(sms.ID)[0]
		owner := s.asUser(sms.ProjectOwner)
		wantStatus(t, owner.post(claimHref(gain.ID), "spread", "yearly", "from", "2019-01", "through", "2019", "gross", "276.000", "running", "36.000", "document", "2019-4"), 303)
		all := s.entries(gain.ID)
		e := all[len(all)-1]
		wantStatus(t, s.asUser(s.independent(e)).post(fmt.Sprintf("/entries/%d/settlement", e.ID), "settlement", "accept", "version", versionOf(e), "subject", fmt.Sprintf("entry/%d", e.ID)), 303)
		now := s.now()
		if got, _ := now.Ledger(gain.ID).Confirmed(portfolio.Month(2019*12 + 11)); got.Net() != 2_000_000 {
			t.Fatalf("December 2019 has %+v", got)
		}
		s.as("viewer").json("/savings/2019.json", &y)
		if y.Confirmed != 0 || y.Gap != 102_000_000 {
			t.Errorf("%+v", y)
		}
		if c := now.CarryOver(1, 2019); c.Permanent().Ore != 102_000_000 {
			t.Errorf("%+v", c)
		}
	})
	viewer := s.as("viewer")
	t.Run("the year says what was left out and why, down to the gains", func(t *testing.T) {
		says(t, breaking(viewer.page("/savings/2019")), "2,88 mio. kr. om året er godskrevet kravet i 2018 og tæller ikke igen", `id="credited"`, "Godskrevet tidligere krav")
		var v struct {
			Items []struct {
				ID  int64 `json:"id"`
				Net int64 `json:"net_full_year_ore"`
			}
			Total struct {
				Net int64 `json:"net_full_year_ore"`
			}
		}
		viewer.json("/savings/2019/credited.json", &v)
		var sum int64
		for _, row := range v.Items {
			sum += row.Net
		}
		if len(v.Items) != 3 || sum != 288_000_000 || v.Total.Net != sum {
			t.Errorf("%+v", v)
		}
		says(t, breaking(viewer.page(at)), "H og V er det, der kommer ud over 2,88 mio. kr. om året", "godskrevet kravet i 2018", "1.020.000 kr. − 0 kr. = 1.020.000 kr.")
		says(t, breaking(viewer.page("/effects")), "hvad tidligere års krav er godskrevet")
		sms := s.titled("Udbredelse af SMS")
		says(t, breaking(viewer.page(fmt.Sprintf("/initiatives/%d", sms.ID))), "240 t.kr. om året er godskrevet kravet i 2018")
	})
	t.Run("the first year has nothing of it", func(t *testing.T) {
		if body := viewer.page("/savings/2018"); strings.Contains(body, "odskrevet") {
			t.Error("2018 speaks of a credit")
		}
		says(t, breaking(viewer.page("/savings/2018/credited")), "Intet er godskrevet: kravet for 2018")
	})
}
