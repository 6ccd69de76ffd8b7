package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio"
)

func TestBusinessCaseApproval(t *testing.T) {
	d := begun(t)

	t.Run("others' drafts are not for another owner, nor for Finance, to write in", func(t *testing.T) {
		before := d.seq()
		for _, as := range []*reader{d.stranger, d.chief, d.director} {
			wantStatus(t, d.grid(as, "summary", "x"), http.StatusForbidden)
			wantStatus(t, d.act(as, "submit"), http.StatusForbidden)
			wantStatus(t, d.act(as, "discard"), http.StatusForbidden)
		}
		wantStatus(t, d.stranger.post("/initiatives/9999/case/content", "version", "1"), http.StatusNotFound)
		if d.seq() != before {
			t.Error("an event was written")
		}
	})

	t.Run("it goes from draft to Finance, back with a reason, and on to approval, each step by whose it is", func(t *testing.T) {
		recorded := d.watch()
		wantStatus(t, d.act(d.owner, "submit", "note", "Klar"), http.StatusSeeOther)
		wantStatus(t, d.act(d.owner, "assure"), http.StatusForbidden)
		wantStatus(t, d.act(d.chief, "return"), http.StatusUnprocessableEntity)
		wantStatus(t, d.act(d.chief, "return", "note", "Licenserne mangler"), http.StatusSeeOther)
		wantText(t, d.owner.page(d.at), "Sendt tilbage af", "Licenserne mangler")
		wantStatus(t, d.act(d.owner, "submit"), http.StatusSeeOther)
		wantStatus(t, d.act(d.owner, "recall"), http.StatusSeeOther)
		wantStatus(t, d.act(d.owner, "submit"), http.StatusSeeOther)
		wantStatus(t, d.act(d.chief, "assure", "note", "Tallene holder"), http.StatusSeeOther)
		wantStatus(t, d.act(d.office, "approve"), http.StatusForbidden)
		wantStatus(t, d.act(d.director, "approve"), http.StatusSeeOther)
		want := []string{
			"business_case.submit", "business_case.return", "business_case.submit", "business_case.recall", "business_case.submit",
			"business_case.assure", "business_case.approve",
		}
		if verbs := recorded(); !slices.Equal(verbs, want) {
			t.Errorf("recorded %v", verbs)
		}
		wantText(t, d.owner.page(d.at), "Godkendt", "Kvalitetssikret af", "Tallene holder")
	})

	t.Run("what is approved is never changed: a new version begins from it, and takes its place by a decision", func(t *testing.T) {
		wantStatus(t, d.owner.post(d.at+"/content", "version", "9", "summary", "x"), http.StatusNotFound)
		wantStatus(t, d.owner.post(d.at), http.StatusSeeOther)
		c := d.read().Case
		wantStatus(t, d.grid(d.owner, lineField(2, "id"), strconv.FormatInt(c.Lines[2].ID, 10), cellField(2, 2019, portfolio.Likely), "400.000"), http.StatusSeeOther)
		wantStatus(t, d.act(d.owner, "submit"), http.StatusSeeOther)
		wantStatus(t, d.act(d.chief, "assure"), http.StatusSeeOther)
		wantStatus(t, d.act(d.director, "approve", "decision", "1"), http.StatusSeeOther)
		versions := d.read().Versions
		if len(versions) != 2 || versions[0].State != "superseded" || versions[1].State != "approved" {
			t.Errorf("%+v", versions)
		}
		wantText(t, d.owner.page(d.at+"?no=1"), "Afløst", "248.791 kr.")
		wantStatus(t, d.owner.get(d.at+"?no=3"), http.StatusNotFound)
	})

	t.Run("two versions are compared by amount and percent", func(t *testing.T) {
		body := d.owner.page(d.at + "/compare?a=1&b=2")
		wantText(t, body, "Der er én forskel", "Besparelse: Færre timer, 2019", "500.000 kr.", "400.000 kr.", "−100.000 kr.", "−20,0 %")
		var same struct{ Changes []any }
		d.owner.json(d.at+"/compare.json?a=2&b=2", &same)
		if len(same.Changes) != 0 {
			t.Errorf("a version differs from itself: %v", same.Changes)
		}
	})

	t.Run("a draft that is discarded is gone from the page", func(t *testing.T) {
		wantStatus(t, d.owner.post(d.at), http.StatusSeeOther)
		wantStatus(t, d.act(d.owner, "discard"), http.StatusSeeOther)
		if c := d.read().Case; c.No != 2 || c.State != "approved" {
			t.Errorf("version %d, %s", c.No, c.State)
		}
	})
}

func TestBusinessCaseOfManyLines(t *testing.T) {
	d := begun(t)
	first := d.read().Case.Lines[0]
	filled := func(lines int) []string {
		pairs := []string{"version", d.version(), "years", "10", lineField(0, "id"), strconv.FormatInt(first.ID, 10)}
		for key := 1; key <= lines; key++ {
			pairs = append(pairs, lineField(key, "kind"), "benefit", lineField(key, "title"), "Linje")
			for year := 2018; year < 2028; year++ {
				for k, p := range portfolio.Points() {
					pairs = append(pairs, cellField(key, year, p), fmt.Sprintf("1.%03d.000", 100+k))
				}
			}
		}
		return pairs
	}

	t.Run("sixty lines of ten years at three points are saved and shown", func(t *testing.T) {
		wantStatus(t, d.owner.post(d.at+"/content", filled(57)...), http.StatusSeeOther)
		if n := len(d.read().Case.Lines); n != 60 {
			t.Errorf("%d lines", n)
		}
		wantText(t, d.owner.page(d.at), `name="line.59.y2027.high" value="1.102.000"`)
	})

	t.Run("more than can be read at once is refused in words", func(t *testing.T) {
		got := d.owner.post(d.at+"/content", filled(500)...)
		if got.status != http.StatusRequestEntityTooLarge && got.status != http.StatusUnprocessableEntity {
			t.Errorf("status %d", got.status)
		}
		if !strings.Contains(got.body, "problem") && !strings.Contains(got.body, "<h1") {
			t.Errorf("no words: %.200s", got.body)
		}
	})
}
