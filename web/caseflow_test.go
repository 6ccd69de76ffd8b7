package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
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

	t.Run("the way there keeps every step with its words, also those before it was sent in again", func(t *testing.T) {
		var got struct {
			Case struct {
				Steps []struct{ Step, By, Note string }
			}
		}
		d.owner.json(d.at+".json", &got)
		var steps []string
		for _, s := range got.Case.Steps {
			steps = append(steps, strings.TrimSpace(s.Step+" "+s.Note))
		}
		want := []string{"submitted Klar", "returned Licenserne mangler", "submitted", "recalled", "submitted", "assured Tallene holder", "approved"}
		if !slices.Equal(steps, want) {
			t.Errorf("%q, want %q", steps, want)
		}
		if strings.Contains(d.owner.page(d.at), "alert-warning") {
			t.Error("an approved version still says that it was sent back")
		}
	})

	t.Run("what is approved is never changed: a new version begins from it, and takes its place by a decision", func(t *testing.T) {
		wantStatus(t, d.owner.post(d.at+"/content", "version", "9", "summary", "x"), http.StatusNotFound)
		wantStatus(t, d.owner.post(d.at), http.StatusSeeOther)
		c := d.read().Case
		wantStatus(t, d.grid(d.owner, lineField(2, "id"), strconv.FormatInt(c.Lines[2].ID, 10), cellField(2, 2019, portfolio.Likely), "400.000", "note", "Færre bruger det end ventet"), http.StatusSeeOther)
		wantStatus(t, d.act(d.owner, "submit"), http.StatusSeeOther)
		wantStatus(t, d.act(d.chief, "assure"), http.StatusSeeOther)
		wantStatus(t, d.act(d.director, "approve", "decision", "1"), http.StatusSeeOther)
		versions := d.read().Versions
		if len(versions) != 2 || versions[0].State != "superseded" || versions[1].State != "approved" {
			t.Errorf("%+v", versions)
		}
		wantText(t, d.owner.page(d.at+"?no=1"), "Afløst", "248.791 kr.", "Afløst af version 2, godkendt af")
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

	t.Run("the comparison tells who moved the versions on, when and in what words, and how the years and rates have changed", func(t *testing.T) {
		body := d.owner.page(d.at + "/compare?a=1&b=2")
		wantText(t, body, "Hvem, hvornår og hvorfor", "Licenserne mangler", "Tallene holder", "Færre bruger det end ventet", "Afløst af version 2, godkendt af", "efter styregruppens beslutning",
			`data-label="Ændring">&#43;0,2 år<`, `data-label="Ændring">−5,1 procentpoint<`)
		var got struct {
			Results []struct {
				Label                 string
				Before, After, Change *float64
			}
			Course []struct {
				No      int
				Authors []string
				Steps   []struct{ Step, At string }
			}
		}
		d.owner.json(d.at+"/compare.json?a=1&b=2", &got)
		if len(got.Course) != 2 || got.Course[1].No != 2 || len(got.Course[1].Steps) != 4 || len(got.Course[1].Authors) != 1 {
			t.Errorf("%+v", got.Course)
		}
		for _, row := range got.Results {
			if row.Label == "Tilbagebetales" && (row.Change == nil || *row.Change != *row.After-*row.Before) {
				t.Errorf("%+v", row)
			}
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

// The example has a version that waits for its approval since long after the one before it was approved.
func TestSupersededVersionTellsWhenItWas(t *testing.T) {
	s := newSite(t, true)
	var waits, old *portfolio.BusinessCase
	for c := range s.now().Cases.All() {
		if c.State == portfolio.Assured && c.No > 1 {
			waits, old = c, s.now().CurrentCase(c.Initiative)
		}
	}
	if old == nil || old.State != portfolio.Approved {
		t.Fatal("the example has no second version that waits for approval")
	}
	at := caseHref(waits.Initiative)
	wantStatus(t, s.as("director").post(at+"/approve", "version", strconv.FormatInt(waits.Version, 10), "decision", "1"), http.StatusSeeOther)
	day := func(step *portfolio.CaseStep) string {
		return s.web.languages["da"].Style.ShortDate(store.DayOf(step.At))
	}
	now := s.now().Cases.Get(waits.ID).Approved
	if day(now) == day(old.Approved) {
		t.Fatal("both were approved on one day")
	}
	for _, path := range []string{at, fmt.Sprintf("%s/compare?a=%d&b=%d", at, old.No, waits.No)} {
		page := s.as("viewer").page(path)
		wantText(t, page, "Afløst "+day(now))
		if strings.Contains(page, "Afløst "+day(old.Approved)) {
			t.Errorf("%s says that it was superseded on the day that it was approved", path)
		}
	}
	wantText(t, s.as("viewer").page(fmt.Sprintf("%s?no=%d", at, old.No)), fmt.Sprintf("Afløst af version %d, godkendt af", waits.No))
}
