package web

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

type followUpsJSON struct {
	OpenFrom string `json:"open_from"`
	Days     []struct {
		Date   string `json:"date"`
		State  string `json:"state"`
		Closes *struct {
			From    string `json:"from"`
			To      string `json:"to"`
			Waiting int    `json:"claims_waiting"`
		} `json:"closes"`
	} `json:"days"`
	Items []struct {
		ID       int64  `json:"id"`
		Name     string `json:"name"`
		ClosedTo string `json:"closed_through"`
		FrozenBy string `json:"frozen_by"`
		FrozenOn string `json:"frozen_on"`
	} `json:"items"`
}

// waitingBefore counts the claims that wait for Finance in a month before the given one.
func (s *site) waitingBefore(m portfolio.Month) (n int) {
	for b := range s.now().Benefits.All() {
		for _, e := range s.entries(b.ID) {
			if e.State() == portfolio.Claimed && e.Months[0].Month < m {
				n++
			}
		}
	}
	return n
}

func TestFollowUps(t *testing.T) {
	s := newSite(t, true)
	chief, viewer := s.as("economy_chief"), s.as("viewer")
	september := amount.NewMonth(2018, 9)
	waiting := s.waitingBefore(september)
	if waiting == 0 {
		t.Fatal("the example has no claim that waits")
	}

	t.Run("the year's days are the policy's, and tell what is frozen, due and to come", func(t *testing.T) {
		var v followUpsJSON
		viewer.json("/follow-ups.json", &v)
		got := ""
		for _, d := range v.Days {
			got += d.Date + " " + d.State + "\n"
		}
		if got != "2018-03-31 passed\n2018-06-30 frozen\n2018-08-31 due\n2018-12-31 to_come\n" {
			t.Error(got)
		}
		if c := v.Days[2].Closes; c == nil || c.From != "2018-07" || c.To != "2018-08" || c.Waiting != waiting {
			t.Errorf("%+v, want %d waiting", c, waiting)
		}
		if len(v.Items) != 1 || v.Items[0].ClosedTo != "2018-06-30" || v.Items[0].FrozenBy == "" || v.Items[0].FrozenOn == "" || v.OpenFrom != "2018-07" {
			t.Errorf("%+v", v)
		}
		if body := viewer.page("/follow-ups"); strings.Contains(body, "freeze-form") {
			t.Error("a viewer is offered to freeze")
		}
	})
	t.Run("before anything is sent the page proposes the day and its name, and tells what it closes and what still waits", func(t *testing.T) {
		body := chief.page("/follow-ups")
		says(t, body, `value="Budgetopfølgning pr. 31. august 2018"`, `value="31-08-2018"`, "Frysning pr. 31. august 2018 lukker jul 18 – aug 18", "kun afvises")
	})
	t.Run("another day is shown before it is frozen, and nothing is written", func(t *testing.T) {
		s.wrote(t, 0, func() {
			got := chief.post("/follow-ups/preview", "name", "Ekstra", "date", "31-07-2018")
			wantStatus(t, got, http.StatusOK)
			says(t, got.body, "Intet er frosset endnu.", "Frysning pr. 31. juli 2018 lukker jul 18", `value="Ekstra"`)
			wantStatus(t, chief.post("/follow-ups/preview", "name", "Ekstra", "date", ""), http.StatusUnprocessableEntity)
		})
	})
	t.Run("a day to come, a day without a name and a frozen day are refused, with what was typed", func(t *testing.T) {
		s.wrote(t, 0, func() {
			for _, c := range [...][3]string{{"For tidligt", "2018-12-31", `id="date-error"`}, {"", "2018-08-31", `id="name-error"`}, {"Igen", "2018-06-30", "er allerede frosset: »Budgetopfølgning pr. 30. juni 2018«"}} {
				got := chief.post("/follow-ups", "name", c[0], "date", c[1])
				wantStatus(t, got, http.StatusUnprocessableEntity)
				says(t, got.body, c[2], fmt.Sprintf("value=%q", c[1]))
			}
			wantStatus(t, s.as("programme_office").post("/follow-ups", "name", "x", "date", "2018-08-31"), http.StatusForbidden)
		})
	})
	t.Run("freezing closes the months before, says so, and claims in them can no longer be confirmed", func(t *testing.T) {
		s.wrote(t, 1, func() {
			wantStatus(t, chief.post("/follow-ups", "name", "August", "date", "2018-08-31"), http.StatusSeeOther)
		})
		if got := s.now().OpenFrom(); got != september {
			t.Errorf("open from %s", got)
		}
		says(t, chief.page("/follow-ups"), "August", "Den første åbne måned er september 2018", "med den forrige", "Lukkede til og med")
		claims := 0
		for b := range s.now().Benefits.All() {
			for _, e := range s.entries(b.ID) {
				if e.State() != portfolio.Claimed || e.Months[0].Month >= september {
					continue
				}
				claims++
				got := s.asUser(s.independent(e)).post(fmt.Sprintf("/entries/%d/settlement", e.ID), "version", versionOf(e), "settlement", "accept")
				if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "lukket af en budgetopfølgning") {
					t.Errorf("entry %d: %d", e.ID, got.status)
				}
			}
		}
		if claims != waiting {
			t.Errorf("%d claims wait, and %d were told of", claims, waiting)
		}
	})
	t.Run("the list is a file too", func(t *testing.T) {
		if rows := viewer.csv("/follow-ups.csv"); len(rows) != 3 || rows[1][1] != "August" {
			t.Errorf("%v", rows)
		}
	})
}

// independent is a controller who has neither claimed the entry nor owns its gain.
func (s *site) independent(e *portfolio.Entry) portfolio.UserID {
	b := s.now().Benefits.Get(e.Benefit)
	i := s.now().Initiatives.Get(b.Initiative)
	for _, id := range s.ofRole(portfolio.EconomyChief) {
		if id != e.Claim.By && id != b.Owner && id != i.BenefitOwner && id != i.ProjectOwner {
			return id
		}
	}
	s.Fatal("no controller is independent")
	return 0
}

type comparedJSON struct {
	A, B struct {
		FollowUp *int64 `json:"follow_up"`
		Date     string `json:"date"`
	}
	Items []struct {
		ID        int64 `json:"id"`
		Title     string
		Confirmed struct {
			A    *int64 `json:"a_ore"`
			B    *int64 `json:"b_ore"`
			More *int64 `json:"difference_ore"`
		} `json:"confirmed"`
		Forecast struct {
			A    *int64 `json:"a_ore"`
			B    *int64 `json:"b_ore"`
			More *int64 `json:"difference_ore"`
		} `json:"forecast"`
		SaidA *struct{ Text string } `json:"commentary_a"`
		SaidB *struct{ Text string } `json:"commentary_b"`
	} `json:"items"`
	Total struct {
		Confirmed struct {
			A *int64 `json:"a_ore"`
			B *int64 `json:"b_ore"`
		} `json:"confirmed"`
		Forecast struct {
			A *int64 `json:"a_ore"`
			B *int64 `json:"b_ore"`
		} `json:"forecast"`
	} `json:"total"`
}

func TestComparedFollowUps(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")

	t.Run("what was frozen is as it was known then, and today as it is", func(t *testing.T) {
		var v comparedJSON
		viewer.json("/follow-ups/compare.json", &v)
		f := s.now().FollowUps.Get(1)
		past, err := s.store.At(s.Context(), f.Frozen, f.Date)
		if err != nil {
			t.Fatal(err)
		}
		was, is := past.YearOf(1, 2018), s.now().YearOf(1, 2018)
		if *v.Total.Confirmed.A != int64(was.Confirmed.Net()) || *v.Total.Confirmed.B != int64(is.Confirmed.Net()) ||
			*v.Total.Forecast.A != int64(was.Forecast().Ore) || *v.Total.Forecast.B != int64(is.Forecast().Ore) {
			t.Errorf("%+v", v.Total)
		}
		if was.Forecast() == is.Forecast() {
			t.Error("nothing has moved, and so nothing is tested")
		}
		if v.A.FollowUp == nil || *v.A.FollowUp != 1 || v.B.FollowUp != nil {
			t.Errorf("%+v %+v", v.A, v.B)
		}
	})
	t.Run("the initiatives' differences add up to the total's", func(t *testing.T) {
		var v comparedJSON
		viewer.json("/follow-ups/compare.json", &v)
		var confirmed, forecast int64
		for _, row := range v.Items {
			if row.Confirmed.More != nil {
				confirmed += *row.Confirmed.More
			}
			if row.Forecast.More != nil {
				forecast += *row.Forecast.More
			}
		}
		if confirmed != *v.Total.Confirmed.B-*v.Total.Confirmed.A || forecast != *v.Total.Forecast.B-*v.Total.Forecast.A {
			t.Errorf("%d and %d, total %+v", confirmed, forecast, v.Total)
		}
	})
	t.Run("the page draws what moved, with the figures as a table", func(t *testing.T) {
		body := viewer.page("/follow-ups/compare")
		says(t, body, "Hvad der er ændret i prognosen", "Prognose, pr. 30. juni 2018", "Prognose, i dag", "data-chart", "Office 365", "Eksempeldata")
	})
	t.Run("an owner's words for each stand beside the figures", func(t *testing.T) {
		i := s.titled("Digital sagsbehandling")
		owner := s.as("project_owner")
		wantStatus(t, owner.post(fmt.Sprintf("/initiatives/%d/commentaries", i.ID), "follow_up", "2018-08-31", "outlook", "at_risk", "text", "Opsigelsen trækker ud."), http.StatusSeeOther)
		chief := s.as("economy_chief")
		wantStatus(t, chief.post("/follow-ups", "name", "August", "date", "2018-08-31"), http.StatusSeeOther)
		path := "/follow-ups/compare?a=1&b=2"
		says(t, chief.page(path), "Opsigelsen trækker ud.", "I fare", "Ingen kommentar.", "pr. 31. august 2018")
		var v comparedJSON
		viewer.json("/follow-ups/compare.json?a=1&b=2", &v)
		for _, row := range v.Items {
			if row.ID == int64(i.ID) && (row.SaidB == nil || row.SaidB.Text != "Opsigelsen trækker ud.") {
				t.Errorf("%+v", row)
			}
		}
		rows := viewer.csv("/follow-ups/compare.csv?a=1&b=2")
		if len(rows) != len(v.Items)+1 {
			t.Errorf("%d rows of %d", len(rows)-1, len(v.Items))
		}
	})
	t.Run("a follow-up compared with itself has moved nothing", func(t *testing.T) {
		var v comparedJSON
		viewer.json("/follow-ups/compare.json?a=1&b=1", &v)
		for _, row := range v.Items {
			if row.Confirmed.More == nil || *row.Confirmed.More != 0 {
				t.Errorf("%+v", row)
			}
		}
	})
	t.Run("a follow-up that there is not is refused", func(t *testing.T) {
		for _, path := range []string{"/follow-ups/compare?a=99", "/follow-ups/compare?b=garbage"} {
			wantStatus(t, viewer.get(path), http.StatusUnprocessableEntity)
		}
	})
	t.Run("with the facts alone there is nothing frozen, and the page says what to do", func(t *testing.T) {
		facts := newSite(t, false).as("economy_chief")
		says(t, facts.page("/follow-ups"), "Ingen opfølgning er frosset endnu")
		says(t, facts.page("/follow-ups/compare"), "Prognosen er ukendt")
	})
}

func TestFrozenFollowUp(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")
	f := s.now().FollowUps.Get(1)
	type figures struct {
		Confirmed int64 `json:"confirmed_ore"`
		Forecast  int64 `json:"forecast_ore"`
		ToDate    int64 `json:"confirmed_to_date_ore"`
	}
	link := regexp.MustCompile(`href="(/savings/2018[^"]*)">Se tallene, som de var`).FindStringSubmatch(viewer.page("/savings/2018"))
	if link == nil {
		t.Fatal("the year leads to no frozen figures")
	}
	href := strings.Replace(html.UnescapeString(link[1]), "/savings/2018", "/savings/2018.json", 1)
	var page figures
	viewer.json(href, &page)

	t.Run("the year as it was, the comparison and the year's course show what was frozen", func(t *testing.T) {
		past, err := s.store.At(s.Context(), f.Frozen, f.Date)
		if err != nil {
			t.Fatal(err)
		}
		y := past.YearOf(1, 2018)
		want := figures{int64(y.Confirmed.Net()), int64(y.Forecast().Ore), int64(y.ToDate.Net())}
		var v comparedJSON
		viewer.json("/follow-ups/compare.json?a=1&b=now", &v)
		var course struct {
			Items []struct {
				Name string `json:"follow_up"`
				Day  string `json:"known_on"`
				figures
			}
		}
		viewer.json("/savings/2018/over-time.json", &course)
		at := slices.IndexFunc(course.Items, func(row struct {
			Name string `json:"follow_up"`
			Day  string `json:"known_on"`
			figures
		},
		) bool {
			return row.Name == f.Name
		})
		if at < 0 || course.Items[at].Day != f.Date.String() {
			t.Fatalf("%+v", course)
		}
		if page != want || course.Items[at].figures != want || *v.Total.Confirmed.A != want.Confirmed || *v.Total.Forecast.A != want.Forecast {
			t.Errorf("page %+v, course %+v, comparison %d and %d, want %+v", page, course.Items[at].figures, *v.Total.Confirmed.A, *v.Total.Forecast.A, want)
		}
	})
	t.Run("its day's close is another moment: it was frozen later", func(t *testing.T) {
		var close figures
		viewer.json("/savings/2018.json?as_of="+f.Date.String(), &close)
		if close == page {
			t.Error("the two are the same, and so nothing is tested")
		}
	})
	t.Run("the page says so, leads on in the same moment, and nothing can be changed in it", func(t *testing.T) {
		body := s.as("economy_chief").page("/savings/2018?as_of=follow-up-1")
		says(t, body, "som den var, da »"+f.Name+"« blev frosset", "as_of=follow-up-1")
		if strings.Contains(body, "as_of="+f.Date.String()) {
			t.Error("it leads to its day's close")
		}
		for _, path := range []string{"/", "/initiatives/9", "/plan", "/savings/2018/over-time", "/reports/new"} {
			wantStatus(t, s.as("programme_office").get(path+"?as_of=follow-up-1"), http.StatusOK)
		}
		for _, bad := range []string{"follow-up-99", "follow-up-", "follow-up-x"} {
			wantStatus(t, viewer.get("/savings/2018?as_of="+bad), http.StatusUnprocessableEntity)
		}
	})
}
