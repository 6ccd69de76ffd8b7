package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func TestNewBenefitPage(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Office 365")
	owner := s.asUser(i.ProjectOwner)
	at, post := fmt.Sprintf("/initiatives/%d/benefits/new", i.ID), fmt.Sprintf("/initiatives/%d/benefits", i.ID)

	t.Run("it offers only what fits what the gain is counted in", func(t *testing.T) {
		kroner := owner.page(at)
		wantText(t, kroner, `name="gross"`, `name="ramp"`, `value="avoided_cost"`, `value="efficiency"`)
		wantNoText(t, kroner, `name="hours"`, `name="unit"`, `value="quality"`, `value="freed_time"`)
		hours := owner.page(at + "?measure=hours")
		wantText(t, hours, `name="hours"`, `name="rate"`, `value="service"`)
		wantNoText(t, hours, `name="gross"`, `name="unit"`, `value="budget_reduction"`)
		indicator := owner.page(at + "?measure=indicator")
		wantText(t, indicator, `name="baseline_date"`, `name="method"`, `value="non_financial"`)
		wantNoText(t, indicator, `name="gross"`, `name="hours"`)
	})

	t.Run("a refused one comes back in the form that it was sent from", func(t *testing.T) {
		got := owner.post(post, "title", "Timer", "type", "service", "cashability", "freed_time", "hours", "x")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `value="Timer"`, `id="hours-error"`)
	})

	t.Run("whoever may not is told who may", func(t *testing.T) {
		other := s.asUser(s.titled("Digital sagsbehandling").ProjectOwner)
		body := other.page(at)
		wantText(t, body, "Du kan ikke beskrive gevinster her")
		wantNoText(t, body, `<form method="post" action="`+post+`"`)
	})

	t.Run("a dis-benefit is written as what it costs and stored as a negative saving", func(t *testing.T) {
		wantStatus(t, owner.post(post, "title", "Dyrere drift", "type", "efficiency", "cashability", "avoided_cost", "adverse", "true",
			"gross", "40.000", "from", "2019-01"), http.StatusSeeOther)
		list := s.now().BenefitsOf(i.ID)
		made := list[len(list)-1]
		if !made.Adverse || made.Gross != amount.Exactly(-40_000_00) {
			t.Fatalf("%+v", made)
		}
		body := owner.page(fmt.Sprintf("/benefits/%d", made.ID))
		wantText(t, body, "Ulempe", "Koster, helår", `value="40.000"`)
		wantStatus(t, owner.post(fmt.Sprintf("/benefits/%d/edit", made.ID), "adverse", "true", "gross", "50.000", "version", versionOf(made)), http.StatusSeeOther)
		if now := s.now().Benefits.Get(made.ID); now.Gross != amount.Exactly(-50_000_00) {
			t.Errorf("%+v", now.Gross)
		}
	})
}

func TestBenefitDetails(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Office 365")
	owner := s.asUser(i.ProjectOwner)
	b := s.now().BenefitsOf(i.ID)[0]
	edit := fmt.Sprintf("/benefits/%d/edit", b.ID)
	fresh := func() string { return versionOf(s.now().Benefits.Get(b.ID)) }

	t.Run("a ramp is written as Danish percentages and read back month by month", func(t *testing.T) {
		for typed, want := range map[string]amount.Ramp{
			"25, 50, 100": {2_500, 5_000, 10_000}, "25 % 50 % 100 %": {2_500, 5_000, 10_000}, "12,5; 100": {1_250, 10_000}, "": nil,
		} {
			wantStatus(t, owner.post(edit, "ramp", typed, "version", fresh()), http.StatusSeeOther)
			if got := s.now().Benefits.Get(b.ID).Ramp; !slices.Equal(got, want) {
				t.Errorf("%q is read as %v", typed, got)
			}
		}
		wantStatus(t, owner.post(edit, "ramp", "25, 50, 100", "version", fresh()), http.StatusSeeOther)
		wantText(t, owner.page(fmt.Sprintf("/benefits/%d", b.ID)), "25 % i okt 18, 50 % i nov 18, 100 % fra dec 18")
		for _, typed := range []string{"25,50,100", "50 110", "50 -1", "halvt", "50 60"} {
			got := owner.post(edit, "ramp", typed, "version", fresh())
			wantStatus(t, got, http.StatusUnprocessableEntity)
			wantText(t, got.body, `id="ramp-error"`)
		}
	})

	t.Run("a gain serves the strategy's focuses, and no other", func(t *testing.T) {
		focus := s.now().Strategy.Focus
		wantStatus(t, owner.post(edit, "focus", "", "focus", focus[0], "focus", focus[2], "change", "Servere lukkes", "version", fresh()), http.StatusSeeOther)
		now := s.now().Benefits.Get(b.ID)
		if !slices.Equal(now.Focus, []string{focus[0], focus[2]}) || now.Change != "Servere lukkes" {
			t.Errorf("%v %q", now.Focus, now.Change)
		}
		wantStatus(t, owner.post(edit, "focus", "opfundet", "version", fresh()), http.StatusUnprocessableEntity)
		wantStatus(t, owner.post(edit, "focus", "", "version", fresh()), http.StatusSeeOther)
		if now := s.now().Benefits.Get(b.ID); len(now.Focus) != 0 {
			t.Errorf("none was ticked: %v", now.Focus)
		}
	})
}

func TestMeasurements(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Telemedicin")
	owner := s.asUser(i.ProjectOwner)
	b := s.now().BenefitsOf(i.ID)[0]
	page, post := fmt.Sprintf("/benefits/%d", b.ID), fmt.Sprintf("/benefits/%d/measurements", b.ID)
	fresh := func() string { return versionOf(s.now().Benefits.Get(b.ID)) }
	var v struct {
		Indicator struct {
			Measurements []struct {
				Value int64 `json:"value_milli"`
			}
			Achievement *int64 `json:"achievement_basis_points"`
		}
	}

	t.Run("the page tells the baseline, the target, what was measured, and how far that is", func(t *testing.T) {
		wantText(t, owner.page(page), "8,2 sengedage", "31. oktober 2017", "7,9", "af vejen fra udgangspunkt til mål", "Registrér måling", "data-chart")
		owner.json(page+".json", &v)
		if len(v.Indicator.Measurements) != 2 || v.Indicator.Achievement == nil || *v.Indicator.Achievement != 1364 {
			t.Errorf("%+v", v.Indicator)
		}
	})

	t.Run("a measurement is recorded by one event, in order of its day", func(t *testing.T) {
		recorded := s.watch()
		wantStatus(t, owner.post(post, "date", "2018-08-31", "value", "7,1", "version", fresh()), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"benefit.measure"}) {
			t.Errorf("recorded %v", verbs)
		}
		owner.json(page+".json", &v)
		if n := len(v.Indicator.Measurements); n != 3 || v.Indicator.Measurements[2].Value != 7_100 || *v.Indicator.Achievement != 5_000 {
			t.Errorf("%+v", v.Indicator)
		}
	})

	t.Run("a day to come, no value, and somebody else's gain are refused", func(t *testing.T) {
		got := owner.post(post, "date", "2019-08-31", "value", "7", "version", fresh())
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `id="date-error"`, `value="7"`)
		wantStatus(t, owner.post(post, "date", "2018-08-30", "version", fresh()), http.StatusUnprocessableEntity)
		wantStatus(t, s.asUser(s.titled("Office 365").ProjectOwner).post(post, "date", "2018-08-30", "value", "7", "version", fresh()), http.StatusForbidden)
	})

	t.Run("where the target is the baseline, achievement is not defined", func(t *testing.T) {
		wantStatus(t, owner.post(fmt.Sprintf("/benefits/%d/edit", b.ID), "target", "8,2", "version", fresh()), http.StatusSeeOther)
		wantText(t, owner.page(page), "kan ikke opgøres: mål og udgangspunkt er ens")
		v.Indicator.Achievement = nil
		owner.json(page+".json", &v)
		if v.Indicator.Achievement != nil {
			t.Errorf("%d", *v.Indicator.Achievement)
		}
	})
}

func TestConversion(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Single Sign On")
	var hours *portfolio.Benefit
	for _, b := range s.now().BenefitsOf(i.ID) {
		if b.Time != nil {
			hours = b
		}
	}
	office := s.as("programme_office")
	page, post := fmt.Sprintf("/benefits/%d", hours.ID), fmt.Sprintf("/benefits/%d/conversion", hours.ID)
	fresh := func() string { return versionOf(s.now().Benefits.Get(hours.ID)) }

	t.Run("it is offered to those who may, with hours times rate proposed", func(t *testing.T) {
		wantText(t, office.page(page), `action="`+post+`"`, `value="1.800.000"`, "6.000 timer om året")
		wantNoText(t, s.as("economy_chief").page(page), `action="`+post+`"`)
		wantNoText(t, s.asUser(i.ProjectOwner).page(page), `action="`+post+`"`)
	})

	t.Run("without a decision it is refused, and an owner may not", func(t *testing.T) {
		got := office.post(post, "gross", "1.800.000", "from", "2019-01", "version", fresh())
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `id="decision-error"`, `value="1.800.000"`)
		wantStatus(t, s.asUser(i.ProjectOwner).post(post, "gross", "1", "from", "2019-01", "version", fresh()), http.StatusForbidden)
	})

	t.Run("by a decision the hours become a budget reduction, and the page tells both", func(t *testing.T) {
		d := s.now().Decisions.List()[0]
		recorded := s.watch()
		wantStatus(t, office.post(post, "decision", idText(d.ID), "gross", "1,5 mio.", "running", "0", "from", "2019-01", "account", "6.45", "version", fresh()), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"benefit.convert"}) {
			t.Errorf("recorded %v", verbs)
		}
		now := s.now().Benefits.Get(hours.ID)
		if now.Cash == nil || now.Cash.Step != portfolio.BudgetReduction || now.Gross != amount.Exactly(1_500_000_00) || now.Cash.Account != "6.45" {
			t.Fatalf("%+v", now)
		}
		wantText(t, office.page(page), "Var frigjort tid: 6.000 timer om året, 300 kr. i timen", d.Title, "1.500.000 kr.")
	})
}

func TestAllocations(t *testing.T) {
	s := newSite(t, true)
	b := s.now().BenefitsOf(s.titled("Office 365").ID)[0]
	chief := s.as("economy_chief")
	post := fmt.Sprintf("/benefits/%d/allocations", b.ID)

	t.Run("the economy chief sees the shares and their sum, and others do not see the form", func(t *testing.T) {
		wantText(t, chief.page(fmt.Sprintf("/benefits/%d", b.ID)), `action="`+post+`"`, "Fordelt er 100 % i alt", `name="programme" value="KME"`)
		wantNoText(t, s.as("programme_office").page(fmt.Sprintf("/benefits/%d", b.ID)), `action="`+post+`"`)
	})

	t.Run("a gain is divided, and never more than the whole of it", func(t *testing.T) {
		got := chief.post(post, "programme", "DIG", "share", "60", "programme", "KME", "share", "50", "version", versionOf(b))
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `value="60"`, `value="50"`, `id="share-error"`, "Andelene er tilsammen 110 %", "tæller allerede med i kravet til "+s.now().Programme("DIG").Name+" 100 %")
		wantStatus(t, chief.post("/language", "lang", "en"), http.StatusSeeOther)
		got = chief.post(post, "programme", "DIG", "share", "60", "programme", "KME", "share", "50", "version", versionOf(b))
		wantText(t, got.body, "The shares come to 110 %", "already counts toward the requirement of "+s.now().Programme("DIG").Name+" 100 %")
		wantStatus(t, chief.post("/language", "lang", "da"), http.StatusSeeOther)
		wantStatus(t, chief.post(post, "programme", "DIG", "share", "62,5", "programme", "KME", "share", "25", "version", versionOf(b)), http.StatusSeeOther)
		want := map[string]portfolio.Basis{"DIG": 6_250, "KME": 2_500}
		for _, a := range s.now().Benefits.Get(b.ID).Allocations {
			if code := s.now().Programmes.Get(a.Programme).Code; want[code] != a.Share {
				t.Errorf("%s has %d", code, a.Share)
			}
		}
		wantStatus(t, s.as("director").post(post, "programme", "DIG", "share", "1", "version", "2"), http.StatusForbidden)
	})
}

func TestClosedInitiative(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("ESDH")
	office := s.as("programme_office")
	for _, stage := range []string{"realizing", "closed"} {
		wantNoText(t, office.page(fmt.Sprintf("/initiatives/%d", i.ID)), `id="owed"`)
		wantStatus(t, office.post(fmt.Sprintf("/initiatives/%d/stage", i.ID), "stage", stage, "version", versionOf(s.now().Initiatives.Get(i.ID))), http.StatusSeeOther)
	}
	body := office.page(fmt.Sprintf("/initiatives/%d", i.ID))
	b := s.now().BenefitsOf(i.ID)[0]
	wantText(t, body, `id="owed"`, fmt.Sprintf(`href="/benefits/%d"`, b.ID), "Spørges: "+strings.ReplaceAll(s.now().Person(i.BenefitOwner).Name, "&", "&amp;"),
		"fuld virkning først fra september 2018")
}

func wantNoText(t *testing.T, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(body, text) {
			t.Errorf("the page says %q", text)
		}
	}
}
