package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

const evaluateCaseAt = "/evaluate/case.json"

// caseOf writes a question dated 2017-11-06 with one more name, or another value for one.
func caseOf(lines string, more ...string) string {
	return `{"dated":"2017-11-06","price_year":2018,"first_year":2018,"lines":` + lines + strings.Join(more, "") + `}`
}

func (r *reader) ask(path, body string) answer {
	r.Helper()
	return r.do(http.MethodPost, path, strings.NewReader(body), "Content-Type", "application/json")
}

func TestEvaluateCase(t *testing.T) {
	s := newSite(t, false)
	viewer := s.as("viewer")
	before := s.seq()

	// The figures were computed apart from this program, with Python's fractions, rounded half to even.
	for _, c := range []struct {
		title, question, want string
	}{
		{
			"a case that is paid back within its third year",
			caseOf(`[{"kind":"benefit","amounts_ore":[0,500,500,500]},{"kind":"running","amounts_ore":[0,50,50,50]},{"kind":"one_off","amounts_ore":[1000]}]`),
			`{"npv_ore":249,"payback_years":2.2222222222222223,"discounted_payback_years":2.3780977777777776,"irr":0.16648741726482208,
			  "net_ore":[-1000,450,450,450],"cumulative_ore":[-1000,-550,-100,350],"unknown":0}`,
		},
		{
			"the largest amounts come back to the øre",
			strings.Replace(caseOf(`[{"kind":"one_off","amounts_ore":[1000000000000000]},{"kind":"benefit","amounts_ore":[null`+strings.Repeat(",999999999999993", 10)+`]}]`), "2017-11-06", "2021-01-07", 1),
			`{"npv_ore":7316605322577896,"payback_years":1.000000000000007,"discounted_payback_years":1.0362250000000075,"irr":0.9990186327100941,
			  "net_ore":[-1000000000000000` + strings.Repeat(",999999999999993", 10) + `],
			  "cumulative_ore":[-1000000000000000,-7,999999999999986,1999999999999979,2999999999999972,3999999999999965,4999999999999958,5999999999999951,6999999999999944,7999999999999937,8999999999999930],"unknown":1,"npv_bound":"at_least"}`,
		},
		{
			"what is unknown is left out, counted, and null where there is nothing else",
			caseOf(`[{"kind":"one_off","amounts_ore":[null,100]},{"kind":"benefit","amounts_ore":[null,null,300]}]`),
			`{"npv_ore":181,"npv_bound":"known_part","payback_years":null,"payback_reason":"Kan ikke regnes ud, før alle udgifter kendes.",
			  "discounted_payback_years":null,"discounted_payback_reason":"Kan ikke regnes ud, før alle udgifter kendes.",
			  "irr":null,"irr_reason":"Kan ikke regnes ud, før alle udgifter kendes.","net_ore":[null,-100,300],"cumulative_ore":[null,-100,200],"unknown":3}`,
		},
		{
			"a cost of which nothing is known is not a cost of nothing",
			caseOf(`[{"kind":"one_off","amounts_ore":[null,null]},{"kind":"benefit","amounts_ore":[0,104]}]`),
			`{"npv_ore":100,"npv_bound":"at_most","payback_years":null,"payback_reason":"Kan ikke regnes ud, før alle udgifter kendes.",
			  "discounted_payback_years":null,"discounted_payback_reason":"Kan ikke regnes ud, før alle udgifter kendes.",
			  "irr":null,"irr_reason":"Kan ikke regnes ud, før alle udgifter kendes.","net_ore":[0,104],"cumulative_ore":[0,104],"unknown":2}`,
		},
		{
			"given rates, of which the first counts for nothing, and no day",
			`{"price_year":2018,"first_year":2018,"lines":[{"kind":"benefit","amounts_ore":[-100000000,30000000,40000000,50000000]}],"rates":[null,0.05,0.03,1.25e-2]}`,
			`{"npv_ore":11218415,"payback_years":2.6,"discounted_payback_years":2.7543125,"irr":0.08896339469334993,
			  "net_ore":[-100000000,30000000,40000000,50000000],"cumulative_ore":[-100000000,-70000000,-30000000,20000000],"unknown":0}`,
		},
	} {
		t.Run(c.title, func(t *testing.T) {
			got := viewer.ask(evaluateCaseAt, c.question)
			if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/json" || !sameJSON(t, got.body, c.want) {
				t.Errorf("%d %s, want %s", got.status, got.body, c.want)
			}
		})
	}

	t.Run("a value that does not exist is null and says why", func(t *testing.T) {
		for question, reasons := range map[string][]string{
			caseOf(`[]`): {"npv_ore npv_reason", "payback_years payback_reason", "discounted_payback_years discounted_payback_reason", "irr irr_reason"},
			caseOf(`[{"kind":"benefit","amounts_ore":[null]}]`):          {"npv_ore npv_reason", "irr irr_reason"},
			caseOf(`[{"kind":"one_off","amounts_ore":[100]}]`):           {"payback_years payback_reason", "discounted_payback_years discounted_payback_reason", "irr irr_reason"},
			caseOf(`[{"kind":"benefit","amounts_ore":[-100,230,-132]}]`): {"irr irr_reason"},
			caseOf(`[{"kind":"benefit","amounts_ore":[1`+strings.Repeat(",1000000000000000", 70)+`]}]`, `,"rates":[0`+strings.Repeat(",-0.5", 70)+`]`): {"npv_ore npv_reason"},
		} {
			got := viewer.ask(evaluateCaseAt, question)
			var fields map[string]any
			if err := json.Unmarshal([]byte(got.body), &fields); err != nil || got.status != http.StatusOK {
				t.Fatalf("%d %s", got.status, got.body)
			}
			for _, pair := range reasons {
				name, reason, _ := strings.Cut(pair, " ")
				text, _ := fields[reason].(string)
				if v, stated := fields[name]; !stated || v != nil || text == "" || strings.HasPrefix(text, "[") {
					t.Errorf("%s: %v, %q, in %s", name, v, text, got.body)
				}
			}
		}
	})

	t.Run("what cannot be counted is refused by the field's name", func(t *testing.T) {
		good := `[{"kind":"benefit","amounts_ore":[1,2]}]`
		for _, c := range []struct{ field, question string }{
			{"", `[]`},
			{"", `{"dated":`},
			{"", caseOf(good) + `{}`},
			{"dated", strings.Replace(caseOf(good), "2017-11-06", "yesterday", 1)},
			{"dated", strings.Replace(caseOf(good), "2017-11-06", "", 1)},
			{"dated", strings.Replace(caseOf(good), "2017-11-06", "2013-05-30", 1)},
			{"dated", strings.Replace(caseOf(good), `"2017-11-06"`, "20171106", 1)},
			{"price_year", strings.Replace(caseOf(good), `"price_year":2018,`, "", 1)},
			{"first_year", strings.Replace(caseOf(good), `"first_year":2018`, `"first_year":18`, 1)},
			{"first_year", strings.Replace(caseOf(good), `"first_year":2018`, `"first_year":2018.5`, 1)},
			{"rate", caseOf(good, `,"rate":[0,0.04]`)},
			{"lines", caseOf(`null`)},
			{"lines", caseOf(`{}`)},
			{"lines", caseOf("[" + strings.Repeat(`{"kind":"benefit","amounts_ore":[1]},`, 1000) + `{"kind":"benefit","amounts_ore":[1]}]`)},
			{"lines", caseOf("[" + strings.Repeat(`{"kind":"benefit","amounts_ore":[1`+strings.Repeat(",1000000000000000", 45)+`]},`, 999) + `{"kind":"benefit","amounts_ore":[1]}]`)},
			{"lines[1].kind", caseOf(`[{"kind":"benefit","amounts_ore":[1]},{"kind":"cost","amounts_ore":[1]}]`)},
			{"lines[0].amounts_ore", caseOf(`[{"kind":"benefit"}]`)},
			{"lines[0].amounts_ore", caseOf(`[{"kind":"benefit","amounts_ore":[0` + strings.Repeat(",0", 71) + `]}]`)},
			{"lines[0].amounts_ore[1]", caseOf(`[{"kind":"benefit","amounts_ore":[1,1.5]}]`)},
			{"lines[0].amounts_ore[1]", caseOf(`[{"kind":"benefit","amounts_ore":[1,"2"]}]`)},
			{"lines[0].amounts_ore[1]", caseOf(`[{"kind":"benefit","amounts_ore":[1,1000000000000001]}]`)},
			{"lines[0].amounts_ore[1]", caseOf(`[{"kind":"benefit","amounts_ore":[1,-99999999999999999999]}]`)},
			{"rates", caseOf(good, `,"rates":[0]`)},
			{"rates", caseOf(good, `,"rates":[0`+strings.Repeat(",0", 71)+`]`)},
			{"rates[1]", caseOf(good, `,"rates":[0,4]`)},
			{"rates[1]", caseOf(good, `,"rates":[0,null]`)},
			{"rates[1]", caseOf(good, `,"rates":[0,1e-999999999]`)},
		} {
			got := viewer.ask(evaluateCaseAt, c.question)
			var p problem
			if err := json.Unmarshal([]byte(got.body), &p); err != nil {
				t.Fatalf("%v: %.200s", err, got.body)
			}
			if got.status != http.StatusUnprocessableEntity || got.header.Get("Content-Type") != "application/problem+json" ||
				len(p.Errors) != 1 || p.Errors[0].Field != c.field || strings.HasPrefix(p.Detail, "[") || p.Detail == "" {
				t.Errorf("want %q, got %d %s for %.200s", c.field, got.status, got.body, c.question)
			}
		}
	})

	t.Run("more than a megabyte is not read", func(t *testing.T) {
		if got := viewer.ask(evaluateCaseAt, caseOf(`[{"kind":"benefit","amounts_ore":[`+strings.Repeat(" ", maxBody)+`1]}]`)); got.status != http.StatusRequestEntityTooLarge {
			t.Errorf("got %d %s", got.status, got.body)
		}
	})

	t.Run("it asks for signing in, and not from another site", func(t *testing.T) {
		if got := s.as("").ask(evaluateCaseAt, caseOf(`[]`)); got.status != http.StatusUnauthorized {
			t.Errorf("got %d", got.status)
		}
		if got := viewer.do(http.MethodPost, evaluateCaseAt, strings.NewReader(caseOf(`[]`)), "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"); got.status != http.StatusForbidden {
			t.Errorf("got %d", got.status)
		}
	})

	t.Run("nothing is stored", func(t *testing.T) {
		if after := s.seq(); after != before {
			t.Errorf("%d events", after-before)
		}
	})
}

// sameJSON compares two texts by what they say. Numbers are compared as they are written: money must not pass a float.
func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var values [2]any
	for i, text := range []string{a, b} {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&values[i]); err != nil {
			t.Fatal(fmt.Errorf("%w: %s", err, text))
		}
	}
	return reflect.DeepEqual(values[0], values[1])
}
