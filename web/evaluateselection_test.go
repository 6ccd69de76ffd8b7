package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gevinst/portfolio/selection"
)

const evaluateSelectionAt = "/evaluate/selection.json"

func TestEvaluateSelection(t *testing.T) {
	s := newSite(t, false)
	viewer := s.as("viewer")
	before := s.seq()
	three := `[{"id":"a","value":6,"weights":[3]},{"id":"b","value":5,"weights":[2],"requires":["c"]},{"id":"c","value":1,"weights":[1],"excludes":["a"]}]`

	for _, c := range []struct{ title, question, want string }{
		{
			"the best choice with why each item is in or out",
			`{"items":` + three + `,"limits":[3]}`,
			`{"chosen":["a"],"value":6,"proven":true,"settled":true,"bound":6,"why":{
			  "a":"Med: værdien er den samme uden den, og reglen mellem lige gode valg taler for den.",
			  "b":"Ikke med: værdien er den samme med den, og reglen mellem lige gode valg taler for de andre. Så gik disse ud: a.",
			  "c":"Ikke med: værdien er den samme med den, og reglen mellem lige gode valg taler for de andre. Så gik disse ud: a."}}`,
		},
		{
			"what is mandatory says what it costs, and what is out what would bring it in",
			`{"items":[{"id":"m","value":1,"weights":[3],"mandatory":true},{"id":"x","value":9,"weights":[4]},{"id":"y","value":2,"weights":[1]},{"id":"z","value":1,"weights":[1]},{"id":"w","value":9,"weights":[9]}],"limits":[4]}`,
			`{"chosen":["m","y"],"value":3,"proven":true,"settled":true,"bound":3,"why":{
			  "m":"Skal med. Det koster 6 i værdi. Ellers var disse kommet med: x.",
			  "x":"Ikke med: der er ikke plads. Grænse 1 er 3 for lav til den, selv uden de andre, der kan vælges fra.",
			  "y":"Med: uden den var værdien 1 lavere.",
			  "z":"Ikke med: med den var værdien 1 lavere. Den kom med, hvis den var mere end det mere værd. Så gik disse ud: y. Ved siden af de valgte mangler der 1 på grænse 1.",
			  "w":"Ikke med: der er ikke plads. Grænse 1 er 8 for lav til den, selv uden de andre, der kan vælges fra."}}`,
		},
		{
			"the largest amounts, and a limit that is none",
			`{"items":[{"id":"a","value":1000000000000000,"weights":[1000000000000000,1]},{"id":"b","value":-1,"weights":[1,1]}],"limits":[null,2],"floors":[1000000000000001,null],"time_limit_ms":10000}`,
			`{"chosen":["a","b"],"value":999999999999999,"proven":true,"settled":true,"bound":999999999999999,"why":{
			  "a":"Med: uden den kan mindstekravene ikke nås.","b":"Med: uden den kan mindstekravene ikke nås."}}`,
		},
		{
			"nothing to choose from",
			`{"items":[],"limits":[]}`,
			`{"chosen":[],"value":0,"proven":true,"settled":true,"bound":0,"why":{}}`,
		},
		{
			"what cannot be met says by how much, and what would do",
			`{"items":[{"id":"a","value":1,"weights":[5,1],"mandatory":true},{"id":"b","value":1,"weights":[2,3]}],"limits":[4,null],"floors":[0,9]}`,
			`{"infeasible":true,"gap":[1,8],"over_limit":[1,0],"below_floor":[0,8],"complete":true,"reasons":[
			  "Det, der skal med, går 1 over grænse 1.","Mindstekrav 2 kan ikke nås inden for grænserne: der mangler 8."]}`,
		},
		{
			"a floor against a limit: either can give way",
			`{"items":[{"id":"a","value":1,"weights":[5,4]},{"id":"b","value":1,"weights":[2,3]}],"limits":[4,null],"floors":[0,4]}`,
			`{"infeasible":true,"gap":[0,1],"over_limit":[0,0],"below_floor":[0,1],"complete":true,"reasons":[
			  "Mindstekrav 2 kan ikke nås inden for grænserne: der mangler 1.","Disse kan ikke holdes sammen: grænse 1, mindstekrav 2.",
			  "Det går, hvis grænse 1 alene hæves med 1.","Det går, hvis mindstekrav 2 alene sænkes med 1."]}`,
		},
		{
			"mandatory items that exclude each other are named",
			`{"items":[{"id":"a","value":1,"weights":[],"mandatory":true},{"id":"b","value":1,"weights":[],"mandatory":true,"excludes":["a"]}],"limits":[]}`,
			`{"infeasible":true,"gap":[],"over_limit":[],"below_floor":[],"complete":true,"reasons":["a og b udelukker hinanden, men begge skal med, på grund af a og b."]}`,
		},
	} {
		t.Run(c.title, func(t *testing.T) {
			got := viewer.ask(evaluateSelectionAt, c.question)
			if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/json" || !sameJSON(t, got.body, c.want) {
				t.Errorf("%d %s, want %s", got.status, got.body, c.want)
			}
		})
	}

	t.Run("what cannot be solved is refused by the field's name", func(t *testing.T) {
		item := func(more string) string {
			return `{"items":[{"id":"a","value":1,"weights":[1]` + more + `}],"limits":[1]}`
		}
		for _, c := range []struct{ field, question string }{
			{"", `[]`},
			{"items", `{"limits":[1]}`},
			{"limits", `{"items":[]}`},
			{"limits", `{"items":[],"limits":[0` + strings.Repeat(",0", selection.MaxLimits) + `]}`},
			{"limits[0]", `{"items":[],"limits":[1000000000000000001]}`},
			{"floors", `{"items":[],"limits":[1],"floors":[1,2]}`},
			{"time_limit_ms", `{"items":[],"limits":[],"time_limit_ms":10001}`},
			{"time_limit_ms", `{"items":[],"limits":[],"time_limit_ms":0}`},
			{"weight", item(`,"weight":1`)},
			{"items", `{"items":[{"id":"0","value":1,"weights":[]}` + strings.Repeat(`,{"id":"0","value":1,"weights":[]}`, 1000) + `],"limits":[]}`},
			{"items[0].id", `{"items":[{"value":1,"weights":[]}],"limits":[]}`},
			{"items[1].id", `{"items":[{"id":"a","value":1,"weights":[]},{"id":"a","value":1,"weights":[]}],"limits":[]}`},
			{"items[0].value", `{"items":[{"id":"a","weights":[]}],"limits":[]}`},
			{"items[0].value", `{"items":[{"id":"a","value":1000000000000001,"weights":[]}],"limits":[]}`},
			{"items[0].weights", `{"items":[{"id":"a","value":1}],"limits":[1]}`},
			{"items[0].weights[1]", `{"items":[{"id":"a","value":1,"weights":[1,null]}],"limits":[1,1]}`},
			{"items[0].weights[0]", `{"items":[{"id":"a","value":1,"weights":[-1]}],"limits":[1]}`},
			{"items[0].requires[0]", item(`,"requires":["b"]`)},
			{"items[0].excludes[0]", item(`,"excludes":["b"]`)},
			{"items[0].excludes[0]", item(`,"excludes":["a"]`)},
		} {
			got := viewer.ask(evaluateSelectionAt, c.question)
			var p problem
			if err := json.Unmarshal([]byte(got.body), &p); err != nil {
				t.Fatalf("%v: %.200s", err, got.body)
			}
			if got.status != http.StatusUnprocessableEntity || got.header.Get("Content-Type") != "application/problem+json" ||
				len(p.Errors) != 1 || p.Errors[0].Field != c.field || strings.Contains(p.Detail, "[") || strings.Contains(p.Detail, "%!") || p.Detail == "" {
				t.Errorf("want %q, got %d %s for %.200s", c.field, got.status, got.body, c.question)
			}
		}
	})

	t.Run("a hard question is answered with the best so far and a bound", func(t *testing.T) {
		var items []string
		for i := range 200 {
			w := 1_000_003 * (i*i%97 + i + 17)
			items = append(items, fmt.Sprintf(`{"id":"%d","value":%d,"weights":[%d,%d,%d]}`, i, w, w+i%7, w-i%11, w+i%5))
		}
		got := viewer.ask(evaluateSelectionAt, `{"items":[`+strings.Join(items, ",")+`],"limits":[9000000007,9000000009,8999999999],"time_limit_ms":300}`)
		var a selectionAnswer
		if err := json.Unmarshal([]byte(got.body), &a); err != nil || got.status != http.StatusOK || a.Value == nil {
			t.Fatalf("%d %.300s", got.status, got.body)
		}
		if *a.Value > a.Bound || len(a.Chosen) == 0 || len(a.Why) != 200 {
			t.Errorf("got %.300s", got.body)
		}
	})

	t.Run("it speaks the reader's language", func(t *testing.T) {
		reader := s.as("viewer")
		reader.post("/language", "lang", "en")
		got := reader.ask(evaluateSelectionAt, `{"items":[{"id":"a","value":6,"weights":[3]}],"limits":[2]}`)
		if !strings.Contains(got.body, "Out: there is no room. Limit 1 is too low for it by 1, even without the others that can be left out.") {
			t.Errorf("got %s", got.body)
		}
	})

	t.Run("it asks for signing in, and changes nothing", func(t *testing.T) {
		if got := s.as("").ask(evaluateSelectionAt, `{"items":[],"limits":[]}`); got.status != http.StatusUnauthorized {
			t.Errorf("got %d", got.status)
		}
		if now := s.seq(); now != before {
			t.Errorf("the log went from %d to %d", before, now)
		}
	})
}
