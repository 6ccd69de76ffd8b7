package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/appraisal"
)

// An unknown cost is not a cost of nothing, and what is not known is told wherever a result is shown.
func TestBusinessCaseUnknowns(t *testing.T) {
	t.Run("a new case with nothing but its saving filled in promises nothing", func(t *testing.T) {
		d := newCaseDesk(t)
		wantStatus(t, d.owner.post(d.at), http.StatusSeeOther)
		var pairs []string
		for k, l := range d.read().Case.Lines { // three lines without amounts take the place of what the initiative says
			pairs = append(pairs, lineField(k, "id"), strconv.FormatInt(l.ID, 10), lineField(k, "remove"), "1")
		}
		pairs = append(pairs, "dated", "06-11-2017", "first_year", "2018", "years", "2", lineField(103, "kind"), "benefit",
			cellField(103, 2018, portfolio.Likely), "0", cellField(103, 2019, portfolio.Likely), "104.000")
		for key, kind := range map[int]string{101: "one_off", 102: "running"} {
			pairs = append(pairs, lineField(key, "kind"), kind, lineField(key, "title"), "Mangler")
		}
		wantStatus(t, d.grid(d.owner, pairs...), http.StatusSeeOther)
		f := d.read().Case.Figures
		if f.Payback != nil || f.IRR != nil || f.Unknown != 2 || f.Reason == "" || *f.NPV != 100_000_00 {
			t.Errorf("%+v", f)
		}
		page := d.owner.page(d.at)
		wantText(t, page, "Koster ukendt én gang", "Om den betaler sig tilbage, kan ikke siges endnu. 2 beløb er ukendte og regnet fra.",
			`data-result="payback">ukendt<`, `data-result="npv">højst 100.000 kr.<`, `data-result="break_even">ukendt<`, `data-total="net.2019">højst 104.000<`,
			"giver casen højst 0,1", "Om den betaler sig tilbage, kan ikke siges, før alle beløb kendes.")
		if strings.Contains(page, "0,0 år") {
			t.Error("it says that the case is paid back at once")
		}
	})

	cost, gain := cellField(1, 2020, portfolio.Likely), cellField(2, 2021, portfolio.Likely)
	for title, c := range map[string]struct {
		unknown []string
		want    []string
	}{
		"a cost": {[]string{cost}, []string{
			`data-total="net.2020">højst 500.000<`, `data-total="cumulative.2021">højst 400.000<`, `data-result="npv">højst 295.`, `data-result="mean">højst `,
			`data-result="payback">ukendt<`, `data-result="irr">ukendt<`, "Kan ikke regnes ud, før alle udgifter kendes.",
		}},
		"a saving without which it does not pay": {[]string{gain}, []string{
			`data-total="net.2021">mindst −50.000<`, `data-result="npv">mindst −195.`, `data-result="payback">ukendt<`, "Kan ikke regnes ud, før alle besparelser kendes.",
		}},
		"a saving without which it pays": {[]string{cellField(2, 2018, portfolio.Likely)}, []string{
			`data-total="net.2018">mindst −1.000.000<`, `data-result="npv">mindst 248.791 kr.<`, `data-result="payback">efter højst 2,2 år<`,
			`data-result="irr">mindst 16,6 %<`, "Tilbagebetalt efter højst 2,2 år.", "Den er tilbagebetalt efter højst 2,2 år.",
		}},
		"some of both": {[]string{cost, gain}, []string{
			`data-total="net.2020">højst 500.000<`, `data-total="cumulative.2020">højst −50.000<`, `data-total="cumulative.2021">kendt del −100.000<`,
			`data-result="npv">kendt del −149.`, "2 beløb er ukendte",
		}},
	} {
		t.Run("a mark says which way the results are bound by "+title+" that is not known", func(t *testing.T) {
			d := begun(t)
			lines := d.read().Case.Lines
			pairs := []string{lineField(1, "id"), strconv.FormatInt(lines[1].ID, 10), lineField(2, "id"), strconv.FormatInt(lines[2].ID, 10)}
			for _, name := range c.unknown {
				pairs = append(pairs, name, "?")
			}
			wantStatus(t, d.grid(d.owner, pairs...), http.StatusSeeOther)
			wantText(t, d.owner.page(d.at), c.want...)
		})
	}

	t.Run("so do the list of versions and their comparison, which does not tell a change that is not known", func(t *testing.T) {
		d := begun(t)
		d.approved()
		wantStatus(t, d.owner.post(d.at), http.StatusSeeOther)
		wantStatus(t, d.grid(d.owner, lineField(1, "id"), strconv.FormatInt(d.read().Case.Lines[1].ID, 10), cost, "?"), http.StatusSeeOther)
		wantText(t, d.owner.page(d.at), `data-label="Nutidsværdi">højst 295.`, `data-label="Tilbagebetales">ukendt<`, "mio. kr. til højst 0,")
		var got struct {
			Results []struct {
				Label       string
				Change      *int64 `json:"change_ore"`
				BeforeBound string `json:"before_bound"`
				AfterBound  string `json:"after_bound"`
			}
		}
		d.owner.json(d.at+"/compare.json?a=1&b=2", &got)
		for _, row := range got.Results {
			if row.Label == "Nutidsværdi" && (row.Change != nil || row.BeforeBound != "" || row.AfterBound != "at_most") {
				t.Errorf("%+v", row)
			}
		}
		wantText(t, d.owner.page(d.at+"/compare?a=1&b=2"), "højst 295.")
	})
}

// A case that has a cost still to be stated cannot be held against others by what it is worth.
func TestSelectionLeavesOutWhatMayCostMore(t *testing.T) {
	s := newSite(t, true)
	var draft *portfolio.BusinessCase
	for c := range s.now().Cases.All() {
		if c.State == portfolio.Draft && s.now().CurrentCase(c.Initiative) == c {
			draft = c
		}
	}
	if draft == nil {
		t.Fatal("the example has no first version that is being drafted")
	}
	title := s.now().Initiatives.Get(draft.Initiative).Title
	leftOut := func() bool {
		t.Helper()
		var v chosenJSON
		s.as("director").json("/priorities/selection.json?year=2018&value=npv", &v)
		for _, item := range v.LeftOut {
			if item.Title == title {
				return true
			}
		}
		return false
	}
	if leftOut() {
		t.Fatal("it is left out although all of it is known")
	}
	cost := draft.Lines[slices.IndexFunc(draft.Lines, func(l portfolio.CaseLine) bool { return l.Kind == appraisal.Running })]
	wantStatus(t, s.as("programme_office").post(caseHref(draft.Initiative)+"/content", "version", strconv.FormatInt(draft.Version, 10),
		lineField(0, "id"), strconv.FormatInt(int64(cost.ID), 10), cellField(0, draft.FirstYear+1, portfolio.Likely), "?"), http.StatusSeeOther)
	if !leftOut() {
		t.Error("it is chosen by a value that leaves an unknown cost out")
	}
}

// approved takes the draft through Finance to the director's approval.
func (d *caseDesk) approved() {
	d.Helper()
	wantStatus(d, d.act(d.owner, "submit", "note", "Klar til økonomi"), http.StatusSeeOther)
	wantStatus(d, d.act(d.chief, "assure", "note", "Tallene holder"), http.StatusSeeOther)
	wantStatus(d, d.act(d.director, "approve", "note", "Godkendt på mødet"), http.StatusSeeOther)
}
