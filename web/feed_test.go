package web

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestFeed(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")
	sum := func(path, measure string) (total int64) {
		t.Helper()
		var feed struct {
			Items []struct {
				Programme string
				Year      int
				Measure   string
				Amount    *int64 `json:"amount_ore"`
			}
			Next *int64
		}
		got := viewer.get(path)
		if err := json.Unmarshal([]byte(got.body), &feed); err != nil || feed.Next != nil {
			t.Fatalf("%v, next %v", err, feed.Next)
		}
		for _, row := range feed.Items {
			if row.Programme == "DIG" && row.Year == 2018 && row.Measure == measure && row.Amount != nil {
				total += *row.Amount
			}
		}
		return total
	}

	t.Run("the year's rows add up to the figures of the year's page, now and as known earlier", func(t *testing.T) {
		for _, day := range []string{"", "?as_of=2018-05-31"} {
			var year struct {
				Net       int64 `json:"net_requirement_ore"`
				Confirmed int64 `json:"confirmed_ore"`
				Claimed   int64 `json:"claimed_ore"`
				Months    []struct {
					Plan int64 `json:"plan_ore"`
				}
			}
			if err := json.Unmarshal([]byte(viewer.get("/savings/2018.json"+day).body), &year); err != nil {
				t.Fatal(err)
			}
			var plan int64
			for _, m := range year.Months {
				plan += m.Plan
			}
			for measure, want := range map[string]int64{"requirement": year.Net, "confirmed": year.Confirmed, "claimed": year.Claimed, "plan": plan} {
				if got := sum("/feed.json"+day, measure); got != want {
					t.Errorf("%s%s: the rows have %d øre, the page %d", measure, day, got, want)
				}
			}
			if year.Confirmed == 0 || plan == 0 {
				t.Error("there is nothing to compare")
			}
		}
	})

	t.Run("the file has the same rows", func(t *testing.T) {
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(viewer.get("/feed.csv?from=2018&to=2018").body, "\ufeff")))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) < 100 || strings.Join(rows[0][:4], " ") != "programme area initiative_id initiative" {
			t.Fatalf("%v, %d rows", err, len(rows))
		}
		for _, row := range rows[1:] {
			if row[9] != "2018" {
				t.Errorf("year %s", row[9])
			}
		}
	})

	t.Run("the page tells of its addresses and measures, and years out of reason are refused", func(t *testing.T) {
		body := viewer.page("/feed")
		for _, part := range []string{"/feed.csv", "/feed.json", "confirmed", "amount_ore", "Power BI"} {
			if !strings.Contains(body, part) {
				t.Errorf("%q is not on the page", part)
			}
		}
		if got := viewer.get("/feed.json?from=1&to=9999"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%d", got.status)
		}
		if got := s.as("").get("/feed.json"); got.status != http.StatusUnauthorized {
			t.Errorf("not signed in: %d", got.status)
		}
	})
}
