package web

import (
	"bytes"
	"html"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
)

// bookAt is where the workbook of the case is sent.
func (d *caseDesk) bookAt() string { return d.at + "/workbook" }

// filled downloads the case as a workbook and fills in cells of the sheet of lines.
func (d *caseDesk) filled(as *reader, address string, cells map[string]any) string {
	d.Helper()
	got := as.do(http.MethodGet, address, nil)
	wantStatus(d, got, http.StatusOK)
	f, err := excelize.OpenReader(strings.NewReader(got.body))
	if err != nil {
		d.Fatal(err)
	}
	for cell, v := range cells {
		if err := f.SetCellValue("Businesscase", cell, v); err != nil {
			d.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		d.Fatal(err)
	}
	return b.String()
}

// taken sends the preview's form: the file is to be taken in.
func (d *caseDesk) taken(preview string) answer {
	d.Helper()
	return d.owner.post(d.bookAt(), asked(preview)...)
}

func TestCaseBook(t *testing.T) {
	d := begun(t)
	benefit := d.read().Case.Lines[2]

	t.Run("the case as Excel is a workbook to fill in, of the version that is asked for", func(t *testing.T) {
		d.filled(d.director, d.at+".xlsx?no=1", nil)
		wantText(t, d.owner.page(d.at), d.bookAt())
		wantStatus(t, d.owner.get(d.at+".xlsx?no=7"), http.StatusNotFound)
	})

	t.Run("what a file would change is shown cell by cell, and nothing is written until it is asked for", func(t *testing.T) {
		before := d.seq()
		file := d.filled(d.owner, d.at+".xlsx", map[string]any{"H6": 400_000, "I6": "ca. 0,4 mio. kr.", "J6": "?", "B7": "Engangsudgift", "C7": "Uddannelse", "G7": 25_000.5})
		got := d.owner.upload(d.bookAt(), "case.xlsx", file)
		wantStatus(t, got, http.StatusOK)
		wantText(t, got.body, "Besparelse: Færre timer, 2019", "Businesscase!H6", "500.000 kr.", "400.000 kr.", "ca. 400.000 kr.", "Engangsudgift: Uddannelse, 2018", "25.000,50 kr.")
		if d.seq() != before {
			t.Fatal("an event was written")
		}
		recorded := d.watch()
		wantStatus(t, d.taken(got.body), http.StatusSeeOther)
		if verbs := recorded(); len(verbs) != 1 || verbs[0] != "business_case.edit" {
			t.Errorf("recorded %v", verbs)
		}
		lines := d.read().Case.Lines
		if a := lines[2].Amounts; *a[1].Likely != 400_000_00 || *a[2].Likely != 400_000_00 || !a[2].About || a[3].Likely != nil {
			t.Errorf("%+v", a)
		}
		if len(lines) != 4 || lines[3].Title != "Uddannelse" || *lines[3].Amounts[0].Likely != 25_000_50 {
			t.Errorf("%+v", lines)
		}
		again := d.owner.upload(d.bookAt(), "case.xlsx", d.filled(d.owner, d.at+".xlsx", nil))
		wantText(t, again.body, "der er intet at ændre")
	})

	t.Run("what others have changed since the file was downloaded stays, and where both have, both values are shown", func(t *testing.T) {
		file := d.filled(d.owner, d.at+".xlsx", map[string]any{"H6": 410_000, "G5": 5})
		of := []string{lineField(0, "id"), idText(portfolio.LineID(benefit.ID))}
		wantStatus(t, d.grid(d.owner, append(of, cellField(0, 2019, portfolio.Likely), "420.000", cellField(0, 2018, portfolio.Likely), "7")...), http.StatusSeeOther)
		got := d.owner.upload(d.bookAt(), "case.xlsx", file)
		wantStatus(t, got, http.StatusOK)
		wantText(t, got.body, "Én ting er ændret både i filen og i systemet", "Ændret af begge", "400.000 kr.", "410.000 kr.", "420.000 kr.", "filens værdier gælder")
		wantStatus(t, d.grid(d.owner, append(of, cellField(0, 2018, portfolio.Likely), "8")...), http.StatusSeeOther)
		before := d.seq()
		stale := d.taken(got.body)
		wantStatus(t, stale, http.StatusConflict)
		wantText(t, stale.body, "Der er sket ændringer, siden du så filen sidst")
		if d.seq() != before {
			t.Error("an event was written")
		}
		wantStatus(t, d.taken(stale.body), http.StatusSeeOther)
		lines := d.read().Case.Lines
		if *lines[2].Amounts[0].Likely != 8_00 || *lines[2].Amounts[1].Likely != 410_000_00 || *lines[1].Amounts[0].Likely != 5_00 {
			t.Errorf("%+v", lines[1:3])
		}
	})

	t.Run("a file with wrong cells names each of them, and nothing of it is written", func(t *testing.T) {
		before := d.seq()
		got := d.owner.upload(d.bookAt(), "case.xlsx", d.filled(d.owner, d.at+".xlsx", map[string]any{"H6": "mange", "B5": "Gebyr"}))
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, html.UnescapeString(got.body), "Arket »Businesscase«, cellen H6, værdien »mange«", "cellen B5, værdien »Gebyr«")
		wantStatus(t, d.owner.upload(d.bookAt(), "x.xlsx", "PK\x03\x04"), http.StatusUnprocessableEntity)
		wantStatus(t, d.owner.post(d.bookAt(), "content", "%"), http.StatusUnprocessableEntity)
		for i := range d.now().Initiatives.All() { // another initiative's, of the same owner or not
			if other := d.now().CurrentCase(i.ID); other != nil && i.ID != d.initiative.ID {
				got := d.owner.upload(d.bookAt(), "case.xlsx", d.filled(d.owner, caseHref(i.ID)+".xlsx", nil))
				wantText(t, got.body, "Filen er fra en anden indsats")
				break
			}
		}
		if d.seq() != before {
			t.Error("an event was written")
		}
	})

	t.Run("only who may write in the case may send a file", func(t *testing.T) {
		file := d.filled(d.stranger, d.at+".xlsx", map[string]any{"H6": 1})
		for _, as := range []*reader{d.stranger, d.chief, d.director} {
			wantStatus(t, as.upload(d.bookAt(), "case.xlsx", file), http.StatusForbidden)
		}
		if body := d.stranger.page(d.bookAt()); strings.Contains(body, `type="file"`) {
			t.Error("a stranger is offered to send a file")
		}
	})

	t.Run("once the case is no draft the page says so and offers a new version, which takes the old file's changes", func(t *testing.T) {
		file := d.filled(d.owner, d.at+".xlsx", map[string]any{"H6": 1_000_000})
		wantStatus(t, d.act(d.owner, "submit"), http.StatusSeeOther)
		got := d.owner.upload(d.bookAt(), "case.xlsx", file)
		wantStatus(t, got, http.StatusConflict)
		wantText(t, got.body, "ikke længere en kladde")
		wantStatus(t, d.act(d.chief, "assure"), http.StatusSeeOther)
		wantStatus(t, d.act(d.director, "approve"), http.StatusSeeOther)
		got = d.owner.upload(d.bookAt(), "case.xlsx", file)
		wantStatus(t, got, http.StatusConflict)
		wantText(t, got.body, "Begynd en ny version", `action="`+d.at+`"`)
		wantStatus(t, d.owner.post(d.at), http.StatusSeeOther)
		got = d.owner.upload(d.bookAt(), "case.xlsx", file)
		wantStatus(t, got, http.StatusOK)
		wantStatus(t, d.taken(got.body), http.StatusSeeOther)
		if c := d.read().Case; c.No != 2 || *c.Lines[2].Amounts[1].Likely != 1_000_000_00 {
			t.Errorf("%+v", c)
		}
	})
}
