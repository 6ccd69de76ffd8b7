package web

import (
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func TestBenefitList(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")
	var all struct {
		Items []struct {
			ID          int64
			Cashability string
			Gross       *int64 `json:"gross_ore"`
			InYear      *int64 `json:"in_year_ore"`
			Confirmed   *int64 `json:"confirmed_ore"`
			Hours       int64  `json:"hours_per_year"`
		}
	}

	t.Run("it has every gain, and kroner only where there are any", func(t *testing.T) {
		viewer.json("/benefits.json", &all)
		if len(all.Items) != s.now().Benefits.Len() {
			t.Fatalf("%d gains of %d", len(all.Items), s.now().Benefits.Len())
		}
		var confirmed int64
		for _, b := range all.Items {
			switch b.Cashability {
			case "freed_time":
				if (b.Hours != 6000 && b.Hours != -900) || b.Gross != nil || b.Confirmed != nil {
					t.Errorf("freed time: %+v", b)
				}
			case "non_financial":
				if b.Gross != nil || b.InYear != nil {
					t.Errorf("an indicator with kroner: %+v", b)
				}
			default:
				confirmed += *b.Confirmed
			}
		}
		if confirmed != 2_440_000_00 {
			t.Errorf("confirmed %d øre, the example's story has 2.44 million kroner", confirmed)
		}
	})

	t.Run("facets narrow it", func(t *testing.T) {
		for query, want := range map[string]int{"?cashability=freed_time": 2, "?q=sagsbehandling": 1, "?programme=KME": 0} {
			viewer.json("/benefits.json"+query, &all)
			if len(all.Items) != want {
				t.Errorf("%s: %d gains, want %d", query, len(all.Items), want)
			}
		}
	})

	t.Run("the page and the file show them", func(t *testing.T) {
		wantText(t, viewer.page("/benefits"), "6.000 timer om året", "Budgetreduktion", "Eksempeldata")
		got := viewer.do(http.MethodGet, "/benefits.csv", nil)
		wantStatus(t, got, http.StatusOK)
		if lines := strings.Count(got.body, "\n"); lines != s.now().Benefits.Len()+1 {
			t.Errorf("%d lines", lines)
		}
	})
}

func TestBenefitPage(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")
	b := s.now().BenefitsOf(s.titled("Office 365").ID)[0]
	address := fmt.Sprintf("/benefits/%d", b.ID)

	t.Run("it tells the year's effect and the full year's apart", func(t *testing.T) {
		var v struct {
			Years []struct {
				Year   int
				Plan   int64 `json:"plan_ore"`
				InYear int64 `json:"in_year_ore"`
				Level  int64 `json:"full_year_ore"`
			}
		}
		viewer.json(address+".json", &v)
		if len(v.Years) < 2 || v.Years[0].Plan != 900_000_00 || v.Years[0].InYear != 300_000_00 || v.Years[0].Level != 1_200_000_00 || v.Years[1].InYear != 1_200_000_00 {
			t.Errorf("years %+v", v.Years)
		}
		wantText(t, viewer.page(address), "1.800.000 kr.", "600.000 kr.", "okt 18", "plan: apr 18")
	})

	t.Run("a gain without kroner says what it is measured in", func(t *testing.T) {
		telemedicine := s.now().BenefitsOf(s.titled("Telemedicin").ID)[0]
		wantText(t, viewer.page(fmt.Sprintf("/benefits/%d", telemedicine.ID)), "Ikke-økonomisk", telemedicine.Indicator.Unit)
	})
}

func TestBenefitForms(t *testing.T) {
	s := newSite(t, true)
	owner := s.asUser(s.titled("Office 365").ProjectOwner)
	i := s.titled("Office 365")
	b := s.now().BenefitsOf(i.ID)[0]
	edit := fmt.Sprintf("/benefits/%d/edit", b.ID)

	t.Run("each kind of gain is described, by one event", func(t *testing.T) {
		for kind, fields := range map[string][]string{
			"kroner":    {"type", "efficiency", "cashability", "budget_reduction", "from", "2019-01", "gross", "1,2 mio. kr.", "running", "200.000", "ramp", "50 100", "account", "6.45"},
			"time":      {"type", "quality", "cashability", "freed_time", "hours", "400"},
			"indicator": {"type", "service", "cashability", "non_financial", "unit", "dage", "baseline", "12,5", "target", "8"},
		} {
			recorded := s.watch()
			got := owner.post(fmt.Sprintf("/initiatives/%d/benefits", i.ID), append(fields, "title", "Ny: "+kind)...)
			wantStatus(t, got, http.StatusSeeOther)
			if verbs := recorded(); !slices.Equal(verbs, []string{"benefit.create"}) {
				t.Errorf("%s recorded %v", kind, verbs)
			}
		}
		for _, made := range s.now().BenefitsOf(i.ID)[1:] {
			switch {
			case made.Cash != nil:
				if made.Gross != amount.Exactly(1_200_000_00) || made.Running != amount.Exactly(200_000_00) || !slices.Equal(made.Ramp, amount.Ramp{5000, 10000}) || made.Cash.Account != "6.45" {
					t.Errorf("kroner: %+v", made)
				}
			case made.Time != nil:
				if made.Time.HoursPerYear != 400 {
					t.Errorf("time: %+v", made.Time)
				}
			default:
				if !reflect.DeepEqual(*made.Indicator, portfolio.Indicator{Unit: "dage", Baseline: 12_500, Target: 8_000}) {
					t.Errorf("indicator: %+v", made.Indicator)
				}
			}
		}
	})

	t.Run("an owner edits his own; what is not sent stays", func(t *testing.T) {
		recorded := s.watch()
		wantStatus(t, owner.post(edit, "gross", "1.900.000", "version", versionOf(b)), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"benefit.edit"}) {
			t.Fatalf("recorded %v", verbs)
		}
		now := s.now().Benefits.Get(b.ID)
		if now.Gross != amount.Exactly(1_900_000_00) || now.Title != b.Title || now.Running != b.Running || now.From != b.From {
			t.Errorf("now %+v", now)
		}
		if now.ExampleField("gross") && !b.ExampleField("gross") {
			t.Error("what a user states is marked as an example")
		}
	})

	t.Run("sending the whole form as the page fills it in changes nothing of the gain", func(t *testing.T) {
		before := s.now().Benefits.Get(b.ID)
		f := (&request{s: s.web, p: s.now(), lang: s.web.languages["da"]}).offer("benefit_edit", "edit", edit, before)
		f.r.benefitFields(f, before)
		pairs := []string{"version", versionOf(before)}
		for _, in := range f.Fields {
			pairs = append(pairs, in.Name, in.Value)
		}
		wantStatus(t, owner.post(edit, pairs...), http.StatusSeeOther)
		after := s.now().Benefits.Get(b.ID)
		if after.Title != before.Title || after.Terms.Gross != before.Gross || after.Running != before.Running || after.From != before.From ||
			after.OneOff != before.OneOff || *after.Cash != *before.Cash || after.PriceYear != before.PriceYear || after.Owner != before.Owner {
			t.Errorf("before %+v\nafter %+v", before, after)
		}
	})

	t.Run("figures that cannot be read are refused where they stand", func(t *testing.T) {
		got := owner.post(edit, "title", "Nyt navn", "gross", "1,234", "ramp", "50 x", "from", "2018", "version", versionOf(s.now().Benefits.Get(b.ID)))
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `value="Nyt navn"`, `id="gross-error"`, `id="ramp-error"`, `id="from-error"`, `value="1,234"`)
	})

	t.Run("an amount on a quality gain is refused by the domain", func(t *testing.T) {
		got := owner.post(fmt.Sprintf("/initiatives/%d/benefits", i.ID), "title", "Bedre", "type", "quality", "cashability", "non_financial", "unit", "x", "gross", "1.000")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "error-summary", "#gross", "kroner")
	})

	t.Run("another owner may not", func(t *testing.T) {
		other := s.now().BenefitsOf(s.titled("Digital sagsbehandling").ID)[0]
		wantStatus(t, owner.post(fmt.Sprintf("/benefits/%d/edit", other.ID), "gross", "1", "version", versionOf(other)), http.StatusForbidden)
	})
}

func TestBenefitAmountsInWords(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	at := fmt.Sprintf("/initiatives/%d", s.titled("Digital sagsbehandling").ID)
	for _, c := range []struct {
		recurrence string
		own, other string
	}{
		{"once", "Netto, én gang", "Netto, helår"},
		{"", "Netto, helår", "Netto, én gang"},
	} {
		t.Run("a gain is called by how it comes, and no more than its gross amount while its running costs are unknown: "+c.own, func(t *testing.T) {
			before := s.now()
			office.post(at+"/benefits", "title", "Salg", "type", "efficiency", "cashability", "budget_reduction", "recurrence", c.recurrence,
				"from", "2018-10", "gross", "12.345", "running", "", "version", versionOf(s.titled("Digital sagsbehandling")))
			now := s.now()
			if now.Benefits.Len() != before.Benefits.Len()+1 {
				t.Fatal("there is no new gain")
			}
			b := last(now.Benefits)
			body := strings.ReplaceAll(office.page(fmt.Sprintf("/benefits/%d", b.ID)), "\u00a0", " ")
			if !strings.Contains(body, c.own) || strings.Contains(body, c.other) || !strings.Contains(body, "<dd>højst 12.345 kr.</dd>") {
				t.Errorf("%q, not %q, and at most 12.345: %s", c.own, c.other, body)
			}
			for _, list := range []string{at, "/benefits?q=Salg"} {
				rows := strings.ReplaceAll(office.page(list), "\u00a0", " ")
				if !strings.Contains(rows, ">højst 12</td>") || !strings.Contains(rows, `<span class="muted">én gang</span>`) {
					t.Errorf("%s: %s", list, rows)
				}
			}
		})
	}
}

func TestFullYearWithoutAnAmount(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	of := s.titled("Digital sagsbehandling")
	at := fmt.Sprintf("/initiatives/%d", of.ID)
	page := func() string { return strings.ReplaceAll(office.page(at), "\u00a0", " ") }
	kpi := regexp.MustCompile(`>Helår</span> <span class="kpi-value">([^<]*)</span> <span class="kpi-note">([^<]*)<`)
	was := kpi.FindStringSubmatch(page())
	for _, c := range []struct{ adverse, value, note string }{
		{"", "mindst " + was[1], "Én gevinst uden beløb."},
		{"true", "ukendt", "fuldt indfaset"},
	} {
		t.Run("a gain without a month leaves what the others bring, unless it takes off that: "+c.value, func(t *testing.T) {
			office.post(at+"/benefits", "title", "Uden måned", "type", "efficiency", "cashability", "budget_reduction", "adverse", c.adverse,
				"gross", "120.000", "running", "0", "version", versionOf(s.now().Initiatives.Get(of.ID)))
			if got := kpi.FindStringSubmatch(page()); len(got) != 3 || got[1] != c.value || got[2] != c.note {
				t.Errorf("%q, want %q and %q", got, c.value, c.note)
			}
		})
	}
}
