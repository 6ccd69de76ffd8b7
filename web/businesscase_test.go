package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio"
)

// caseJSON is what a program reads of a business case.
type caseJSON struct {
	Case *struct {
		ID      int64
		Version int64
		No      int
		State   string
		Lines   []struct {
			ID      int64
			Kind    string
			Title   string
			Amounts []struct {
				Year   int
				Likely *int64 `json:"likely_ore"`
				About  bool   `json:"likely_approximate"`
			}
			Restated *int64 `json:"restated_ore"`
		}
		Figures struct {
			OneOff     *int64   `json:"one_off_ore"`
			Running    *int64   `json:"running_ore"`
			Saving     *int64   `json:"saving_ore"`
			NPV        *int64   `json:"npv_ore"`
			Payback    *float64 `json:"payback_years"`
			IRR        *float64 `json:"irr"`
			Net        []*int64 `json:"net_ore"`
			Cumulative []*int64 `json:"cumulative_ore"`
			Unknown    int      `json:"unknown"`
			Reason     string   `json:"payback_reason"`
		}
	}
	Versions []struct {
		No    int
		State string
	}
}

// caseDesk is an initiative whose owner writes its business case.
type caseDesk struct {
	*site
	owner, office, chief, director, stranger *reader
	initiative                               *portfolio.Initiative
	at                                       string
}

func newCaseDesk(t *testing.T) *caseDesk {
	t.Helper()
	s := newSite(t, true)
	d := &caseDesk{site: s, office: s.as("programme_office"), chief: s.as("economy_chief")}
	p := s.now()
	for i := range p.Initiatives.All() { // the tests begin where no case has been written
		if len(p.CasesOf(i.ID)) == 0 && i.ProjectOwner != 0 && i.Area != 0 && p.Areas.Get(i.Area).Director != 0 {
			d.initiative = i
		}
	}
	if d.initiative == nil {
		t.Fatal("every initiative of the example has a case: leave one without")
	}
	d.owner, d.at = s.asUser(d.initiative.ProjectOwner), fmt.Sprintf("/initiatives/%d/case", d.initiative.ID)
	d.director = s.asUser(p.Areas.Get(d.initiative.Area).Director)
	for u := range p.Users.All() {
		if u.Role == portfolio.ProjectOwner && u.ID != d.initiative.ProjectOwner && u.ID != d.initiative.BenefitOwner {
			d.stranger = s.asUser(u.ID)
		}
	}
	return d
}

func (d *caseDesk) read() (c caseJSON) {
	d.Helper()
	d.owner.json(d.at+".json", &c)
	return c
}

func (d *caseDesk) version() string {
	d.Helper()
	return strconv.FormatInt(d.read().Case.Version, 10)
}

// grid sends a form of the grid, on the present version unless one is named.
func (d *caseDesk) grid(as *reader, pairs ...string) answer {
	d.Helper()
	return as.post(d.at+"/content", append([]string{"version", d.version(), "subject", "business_case"}, pairs...)...)
}

// act carries out a step on the present version.
func (d *caseDesk) act(as *reader, name string, pairs ...string) answer {
	d.Helper()
	return as.post(d.at+"/"+name, append([]string{"version", d.version()}, pairs...)...)
}

// begun has a draft with the worked example: 1,000,000 kr. once, and from the second year on 500,000 kr. saved and 50,000 kr.
// more in running costs, dated when the rate was 4 percent.
func begun(t *testing.T) *caseDesk {
	t.Helper()
	d := newCaseDesk(t)
	wantStatus(t, d.owner.post(d.at), http.StatusSeeOther)
	pairs := []string{"dated", "06-11-2017", "price_year", "2018", "first_year", "2018", "years", "4", "financing", "pool"}
	for k, l := range d.read().Case.Lines { // what the initiative already says gives way to the example
		pairs = append(pairs, lineField(k, "id"), strconv.FormatInt(l.ID, 10), lineField(k, "remove"), "1")
	}
	line := func(key int, kind, title string, cells ...string) {
		pairs = append(pairs, lineField(key, "kind"), kind, lineField(key, "title"), title)
		for t, text := range cells {
			pairs = append(pairs, cellField(key, 2018+t, portfolio.Likely), text)
		}
	}
	line(101, "one_off", "Indkøb", "1 mio. kr.")
	line(102, "running", "Licenser", "0", "50.000", "50 t.kr.", "50.000")
	line(103, "benefit", "Færre timer", "0", "500.000", "0,5 mio. kr.", "500000")
	wantStatus(t, d.grid(d.owner, pairs...), http.StatusSeeOther)
	return d
}

func TestBusinessCaseFigures(t *testing.T) {
	d := begun(t)

	t.Run("the worked example comes out to the øre, from the typed cells to the JSON", func(t *testing.T) {
		f := d.read().Case.Figures
		if *f.NPV != 248_790_96 || *f.OneOff != 1_000_000_00 || *f.Running != 50_000_00 || *f.Saving != 500_000_00 {
			t.Errorf("NPV %d, one-off %d, running %d, saving %d", *f.NPV, *f.OneOff, *f.Running, *f.Saving)
		}
		if got := fmt.Sprintf("%.4f %.4f", *f.Payback, *f.IRR); got != "2.2222 0.1665" {
			t.Errorf("payback and IRR are %s", got)
		}
		if len(f.Net) != 4 || *f.Net[0] != -1_000_000_00 || *f.Net[3] != 450_000_00 || *f.Cumulative[3] != 350_000_00 {
			t.Errorf("net %v", f.Net)
		}
	})

	t.Run("the page leads with the three lines and payback, and has the grid to write in", func(t *testing.T) {
		body := d.owner.page(d.at)
		wantText(t, body, "Koster 1,0 mio. kr. én gang, ændrer driften med 50 t.kr. om året og sparer 0,5 mio. kr. om året. Tilbagebetalt efter 2,2 år.",
			"248.791 kr.", "16,6 %", fmt.Sprintf(`data-draft="case-%d-u`, d.read().Case.ID), `-v2"`, `name="line.2.y2019.likely" value="500.000"`, `data-total="net.2018">−1.000.000<`, "Finansministeriet")
	})

	t.Run("who may not write reads the same figures and finds nothing to type in", func(t *testing.T) {
		body := d.director.page(d.at)
		wantText(t, body, "248.791 kr.", "500.000")
		if strings.Contains(body, "data-case-grid") || strings.Contains(body, `name="line.`) {
			t.Error("a director can type in the grid")
		}
	})

	t.Run("as a file it has a row for each line and year", func(t *testing.T) {
		got := d.owner.do(http.MethodGet, d.at+".csv", nil)
		wantText(t, got.body, "line;kind;title;price_year;year;low;likely;high;note;example", ";benefit;Færre timer;2018;2019;;500")
	})
}

func TestBusinessCaseDraft(t *testing.T) {
	d := begun(t)
	lines := d.read().Case.Lines
	benefit, running := lines[2], lines[1]
	cell := func(year int, point portfolio.Point) string { return cellField(0, year, point) }
	of := func(id int64, pairs ...string) []string {
		return append([]string{lineField(0, "id"), strconv.FormatInt(id, 10)}, pairs...)
	}

	t.Run("an empty cell before a filled one is unknown, one at the end is nothing, 0 is zero and ca. is kept", func(t *testing.T) {
		wantStatus(t, d.grid(d.owner, of(benefit.ID, cell(2018, portfolio.Likely), "0", cell(2019, portfolio.Likely), "", cell(2020, portfolio.Likely), "ca. 0,3 mio. kr.", cell(2021, portfolio.Likely), "")...), http.StatusSeeOther)
		c := d.read().Case
		amounts := c.Lines[2].Amounts
		if len(amounts) != 3 || *amounts[0].Likely != 0 || amounts[1].Likely != nil || *amounts[2].Likely != 300_000_00 || !amounts[2].About {
			t.Errorf("the amounts are %+v", amounts)
		}
		if c.Figures.Unknown != 1 {
			t.Errorf("%d unknown", c.Figures.Unknown)
		}
		wantText(t, d.owner.page(d.at), `name="line.2.y2019.likely" value="?"`, `name="line.2.y2020.likely" value="ca. 300.000"`, "Ét beløb er ukendt")
	})

	t.Run("what cannot be read comes back at its cell, all of it at once, and nothing is stored", func(t *testing.T) {
		recorded := d.watch()
		got := d.grid(d.owner, of(benefit.ID, cell(2018, portfolio.Likely), "1.2345", cell(2019, portfolio.Likely), "mange", cell(2020, portfolio.Low), "9", cell(2020, portfolio.Likely), "3", lineField(0, "title"), "Mit navn")...)
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "3 ting skal rettes", `id="f-line-0-y2018-likely-error"`, `href="#f-line-0-y2019-likely"`, `value="mange"`, "kan læses på to måder",
			"Lav, sandsynlig og høj skal stå i stigende orden", "Mit navn", `data-warn="unsaved"`)
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("amounts in years that the case no longer has are asked about, not dropped", func(t *testing.T) {
		got := d.grid(d.owner, "years", "2")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "uden for 2018–2019", `id="f-years-error"`)
	})

	t.Run("a longer horizon leaves the three lines as they were, and says of which year they are", func(t *testing.T) {
		before := d.read().Case.Figures
		wantStatus(t, d.grid(d.owner, "years", "6"), http.StatusSeeOther)
		wantText(t, d.owner.page(d.at), `data-result="full_year">pr. år, i 2021<`)
		if f := d.read().Case.Figures; *f.Running != 50_000_00 || *f.Saving != *before.Saving {
			t.Errorf("running %d, saving %d, before %d", *f.Running, *f.Saving, *before.Saving)
		}
		wantStatus(t, d.grid(d.owner, "years", "4"), http.StatusSeeOther)
	})

	t.Run("a rate of one's own is written in percent, and needs its reason", func(t *testing.T) {
		wantText(t, d.grid(d.owner, "rate", "3,5 %").body, `id="f-rate_note-error"`)
		wantStatus(t, d.grid(d.owner, "rate", "3,5 %", "rate_note", "Kommunens egen"), http.StatusSeeOther)
		wantText(t, d.owner.page(d.at), `name="rate" value="3,5"`, "ved 3,5 %")
		if got := d.now().CurrentCase(d.initiative.ID).Rate; got != "0.035" {
			t.Errorf("kept as %q", got)
		}
		wantStatus(t, d.grid(d.owner, "rate", "", "rate_note", ""), http.StatusSeeOther)
	})

	t.Run("without a script a button saves and gives a further line", func(t *testing.T) {
		wantStatus(t, d.grid(d.owner, "add", "running", "summary", "Kort sagt"), http.StatusSeeOther)
		c := d.now().CurrentCase(d.initiative.ID)
		if len(c.Lines) != 4 || c.Lines[3].Kind.String() != "running" || c.Summary != "Kort sagt" {
			t.Errorf("%d lines, summary %q", len(c.Lines), c.Summary)
		}
		wantStatus(t, d.grid(d.owner, of(int64(c.Lines[3].ID), lineField(0, "remove"), "1")...), http.StatusSeeOther)
	})

	t.Run("assumptions keep their source, and one that is emptied is gone", func(t *testing.T) {
		wantStatus(t, d.grid(d.owner, "assumption.0.text", "200 brugere", "assumption.0.document", "17/1234", "assumption.1.text", "Udbud i 2018"), http.StatusSeeOther)
		wantText(t, d.owner.page(d.at), `value="200 brugere"`, `value="17/1234"`)
		wantStatus(t, d.grid(d.owner, "assumption.0.text", "200 brugere", "assumption.0.document", "17/1234", "assumption.1.text", ""), http.StatusSeeOther)
		if got := d.now().CurrentCase(d.initiative.ID).Assumptions; len(got) != 1 || got[0].Source.Document != "17/1234" {
			t.Errorf("%+v", got)
		}
	})

	t.Run("saving what changes nothing writes nothing", func(t *testing.T) {
		recorded := d.watch()
		wantStatus(t, d.grid(d.owner, of(running.ID, lineField(0, "title"), running.Title)...), http.StatusSeeOther)
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("a program names only what it changes", func(t *testing.T) {
		body := fmt.Sprintf(`{"version":%s,"line.0.id":%d,"line.0.y2019.likely":"60.000"}`, d.version(), running.ID)
		got := d.owner.do(http.MethodPost, d.at+"/content", strings.NewReader(body), "Content-Type", "application/json")
		wantStatus(t, got, http.StatusOK)
		if a := d.read().Case.Lines[1].Amounts; *a[1].Likely != 60_000_00 || *a[2].Likely != 50_000_00 {
			t.Errorf("%+v", a)
		}
	})
}

func TestBusinessCaseTotals(t *testing.T) {
	d := begun(t)
	benefit := d.read().Case.Lines[2]
	ask := func(as *reader, pairs ...string) (got struct{ Readings, Errors, Totals, Results map[string]string }) {
		t.Helper()
		form := url.Values{"version": {d.version()}, lineField(2, "id"): {strconv.FormatInt(benefit.ID, 10)}}
		for k := 0; k+1 < len(pairs); k += 2 {
			form.Set(pairs[k], pairs[k+1])
		}
		sent := as.do(http.MethodPost, d.at+"/totals", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		wantStatus(t, sent, http.StatusOK)
		if err := json.Unmarshal([]byte(strings.ReplaceAll(sent.body, "\u00a0", " ")), &got); err != nil {
			t.Fatal(err)
		}
		return got
	}

	t.Run("they are the same figures as the page shows once it is saved, and nothing is stored", func(t *testing.T) {
		before := d.seq()
		got := ask(d.owner, cellField(2, 2019, portfolio.Likely), "0,6 mio. kr.", cellField(2, 2020, portfolio.Likely), "ca. 500 t.kr.")
		if got.Readings["line.2.y2019.likely"] != "0,6 mio. kr. = 600.000 kr." || got.Readings["line.2.y2020.likely"] != "ca. 500 t.kr. = ca. 500.000 kr." {
			t.Errorf("read as %v", got.Readings)
		}
		if d.seq() != before {
			t.Error("an event was written")
		}
		wantStatus(t, d.grid(d.owner, lineField(2, "id"), strconv.FormatInt(benefit.ID, 10), cellField(2, 2019, portfolio.Likely), "0,6 mio. kr.", cellField(2, 2020, portfolio.Likely), "ca. 500 t.kr."), http.StatusSeeOther)
		page := d.owner.page(d.at)
		for name, text := range got.Results {
			wantText(t, page, `data-result="`+name+`">`+text+`<`)
		}
		for name, text := range got.Totals {
			wantText(t, page, `data-total="`+name+`">`+text+`<`)
		}
	})

	t.Run("what is said of the results follows them", func(t *testing.T) {
		got := ask(d.owner, "rate", "3", "rate_note", "Kommunens egen", lineField(1, "id"), strconv.FormatInt(d.read().Case.Lines[1].ID, 10), cellField(1, 2019, portfolio.Likely), "?").Results
		for name, want := range map[string]string{
			"headline": "Om den betaler sig tilbage, kan ikke siges endnu. Ét beløb er ukendt og regnet fra.", "payback": "ukendt",
			"payback_reason": "Kan ikke regnes ud, før alle udgifter kendes.", "irr_reason": "Kan ikke regnes ud, før alle udgifter kendes.",
			"left_out": "Ét ukendt beløb.", "rate": "3 %", "rate_note": "ved 3 %", "rate_source": "Kommunens egen", "full_year": "pr. år, i 2021",
		} {
			if !strings.Contains(got[name], want) {
				t.Errorf("%s is %q, want %q", name, got[name], want)
			}
		}
		if got := ask(d.owner).Results; got["irr_reason"] != "" || !strings.Contains(got["headline"], "Tilbagebetalt efter") || got["left_out"] != "intet" {
			t.Errorf("as it stands: %v", got)
		}
	})

	t.Run("what cannot be read is told by its name, and the rest is counted", func(t *testing.T) {
		got := ask(d.owner, cellField(2, 2019, portfolio.Likely), "mange", cellField(2, 2021, portfolio.Likely), "1.000")
		if got.Errors["line.2.y2019.likely"] == "" || len(got.Errors) != 1 || got.Totals["net.2021"] != "−49.000" {
			t.Errorf("errors %v, totals %v", got.Errors, got.Totals)
		}
	})

	t.Run("they are for who may write in the case", func(t *testing.T) {
		for _, as := range []*reader{d.stranger, d.chief} {
			wantStatus(t, as.post(d.at+"/totals", "version", "1"), http.StatusForbidden)
		}
	})
}

func TestBusinessCaseMerge(t *testing.T) {
	d := begun(t)
	benefit, seen := d.read().Case.Lines[2], d.version()
	id := strconv.FormatInt(benefit.ID, 10)
	wantStatus(t, d.grid(d.office, lineField(7, "id"), id, cellField(7, 2019, portfolio.Likely), "400.000", cellField(7, 2020, portfolio.Likely), "410.000"), http.StatusSeeOther)

	recorded := d.watch()
	late := d.owner.post(d.at+"/content", "version", seen, lineField(2, "id"), id, lineField(2, "title"), "Sparede timer",
		cellField(2, 2019, portfolio.Likely), "450.000", cellField(2, 2020, portfolio.Likely), "500.000")

	t.Run("the second is told who changed what, with both values where both wrote, and keeps his own", func(t *testing.T) {
		wantStatus(t, late, http.StatusConflict)
		wantText(t, late.body, "Digitaliseringskonsulent", "Andre har skrevet 400.000 kr., du har skrevet 450.000 kr.", `name="line.2.y2019.likely" value="450.000"`, "Sparede timer",
			fmt.Sprintf(`name="version" value="%s"`, d.version()), `href="#f-line-2-y2019-likely"`)
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("a cell that only the other changed is taken over", func(t *testing.T) {
		wantText(t, late.body, `name="line.2.y2020.likely" value="410.000"`)
	})

	t.Run("sending it again saves it", func(t *testing.T) {
		wantStatus(t, d.grid(d.owner, lineField(2, "id"), id, lineField(2, "title"), "Sparede timer", cellField(2, 2019, portfolio.Likely), "450.000", cellField(2, 2020, portfolio.Likely), "410.000"), http.StatusSeeOther)
		l := d.read().Case.Lines[2]
		if *l.Amounts[1].Likely != 450_000_00 || *l.Amounts[2].Likely != 410_000_00 || l.Title != "Sparede timer" {
			t.Errorf("%+v", l)
		}
	})
}
