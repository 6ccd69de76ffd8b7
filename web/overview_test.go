package web

import (
	"strings"
	"testing"
)

func TestOverview(t *testing.T) {
	t.Run("with the facts alone the front page says what must be found, and why", func(t *testing.T) {
		s := newSite(t, false)
		body := s.as("viewer").page("/")
		for _, want := range []string{"3,9\u00a0mio. kr.", "4,2\u00a0mio. kr.", "ca. 0,3\u00a0mio. kr."} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if strings.Contains(body, "Eksempeldata</span>") {
			t.Error("facts carry the mark of example data")
		}
	})
	t.Run("a finance file is one change since the board met, not one for each posting", func(t *testing.T) {
		body := newSite(t, true).as("viewer").page("/")
		if posting := "indlæste posteringen"; strings.Contains(body, posting) {
			t.Errorf("the front page says %q", posting)
		}
		if twice := "kr.."; strings.Contains(body, twice) {
			t.Errorf("the front page says %q", twice)
		}
	})

	t.Run("every page a role may see is written in both languages without a missing word", func(t *testing.T) {
		s := newSite(t, true)
		for _, role := range []string{"project_owner", "economy_chief", "director", "programme_office", "administrator", "viewer"} {
			r := s.as(role)
			for _, lang := range []string{"da", "en"} {
				r.post("/language", "lang", lang)
				for _, path := range []string{"/", "/savings", "/savings/2018", "/savings/2019", "/savings/2018?programme=KME", "/savings/2018?as_of=2017-11-06"} {
					body := r.page(path)
					for _, broken := range []string{"[error.", "[savings.", "[overview.", "[frame.", "[event.", "[chart.", "%!", "ZgotmplZ", "<no value>"} {
						if i := strings.Index(body, broken); i >= 0 {
							t.Errorf("%s %s %s: …%s…", role, lang, path, body[max(0, i-80):min(len(body), i+80)])
						}
					}
				}
			}
		}
	})
}

// TestYear holds the year's interface to the figures that the minutes and the example's story give, in øre.
func TestYear(t *testing.T) {
	type figures map[string]any
	tests := map[string]struct {
		examples bool
		path     string
		want     figures
	}{
		"the facts alone": {false, "/savings/2018.json", figures{
			"requirement_ore": 420000000.0, "already_realized_ore": 30000000.0, "net_requirement_ore": 390000000.0,
			"already_realized_approximate": true, "confirmed_ore": 0.0, "claimed_ore": 0.0, "forecast_ore": nil,
			"expected_gap_ore": nil, "gap_ore": 390000000.0, "approximate": true, "planned_ore": nil, "as_of": "2017-11-06",
		}},
		"the example data": {true, "/savings/2018.json", figures{
			"net_requirement_ore": 390000000.0, "confirmed_ore": 244000000.0, "confirmed_to_date_ore": 148000000.0,
			"claimed_ore": 14000000.0, "planned_ore": 332000000.0, "gap_ore": 146000000.0, "forecast_ore": 308800000.0,
			"expected_gap_ore": 81200000.0, "plan_ore": 392000000.0, "full_year_ore": 540000000.0, "as_of": "2018-09-03",
		}},
		"the board's picture of 6 November 2017": {true, "/savings/2018.json?as_of=2017-11-06", figures{
			"requirement_ore": 420000000.0, "net_requirement_ore": 390000000.0, "confirmed_ore": 0.0, "claimed_ore": 0.0,
			"forecast_ore": nil, "gap_ore": 390000000.0, "as_of": "2017-11-06", "example": false,
		}},
		"a year without a requirement": {true, "/savings/2015.json", figures{"requirement_ore": nil, "net_requirement_ore": nil, "gap_ore": nil}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got figures
			newSite(t, test.examples).as("economy_chief").json(test.path, &got)
			for field, want := range test.want {
				if got[field] != want {
					t.Errorf("%s = %v, want %v", field, got[field], want)
				}
			}
			if _, ok := got["forecast_reason"]; got["forecast_ore"] == nil && test.want["forecast_ore"] == nil && test.want["confirmed_ore"] != nil && !ok {
				t.Error("there is no forecast, and no reason why")
			}
			if months, ok := got["months"].([]any); !ok || len(months) != 12 {
				t.Errorf("months: %v", got["months"])
			}
		})
	}
}
