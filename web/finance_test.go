package web

import (
	"fmt"
	"html"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
)

const opusFile = "\ufeffPosteringsliste;;;;;\r\nKonto;Kontonavn;Regnskabsperiode;Bilagsnr.;Tekst;Beløb\r\n" +
	"Prøve 1.01;Prøvekonto;001.2018;51000001;Varer;1.234,50\r\nPrøve 1.01;Prøvekonto;002.2018;51000002;Kreditnota;100,00-\r\nI alt;;;;;1.134,50\r\n"

var presetShape = regexp.MustCompile(`<option value="([^"]*)" selected>|<input class="form-input[^"]*" id="((?:option|column)_[a-z_0-9]*)" name="[^"]*" value="([^"]*)"`)

// mapped is what the mapping's form would send as it was shown, the amounts being actuals where that is asked.
func mapped(page string) (pairs []string) {
	for _, part := range strings.Split(page, `<div class="form-group">`) {
		name := regexp.MustCompile(`name="((?:option|column)_[a-z_0-9]+)"`).FindStringSubmatch(part)
		if name == nil {
			continue
		}
		value := ""
		if m := presetShape.FindStringSubmatch(part); m != nil {
			value = html.UnescapeString(m[1] + m[3])
		}
		if name[1] == "option_measure" && value == "" {
			value = "actual"
		}
		pairs = append(pairs, name[1], value)
	}
	return pairs
}

// settled waits until the file is no longer being read or written.
func (r *reader) settled() string {
	r.Helper()
	for range 200 {
		var v struct{ State string }
		r.json("/finance/upload.json", &v)
		if v.State != uploadReading && v.State != uploadWriting {
			return r.page("/finance/upload")
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.Fatal("it does not end")
	return ""
}

func TestFinanceUpload(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")

	t.Run("a file is mapped, shown and taken in, and its figures stand on its account", func(t *testing.T) {
		before := s.seq()
		if got := chief.upload("/finance/upload", `C:\filer\opus.csv`, opusFile); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		page := chief.page("/finance/upload")
		if !strings.Contains(page, "opus.csv (UTF-8 (BOM))") || !strings.Contains(page, "Kreditnota") {
			t.Errorf("the first rows are not shown:\n%s", page)
		}
		if got := chief.post("/finance/upload/mapping", append(mapped(page), "name", "OPUS posteringer")...); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		shown := chief.settled()
		for _, want := range []string{"2 rækker giver 2 posteringer: 2 nye", "Prøve 1.01", "Én sumrække er sprunget over", "Prøve 1.01 · "} {
			if !strings.Contains(shown, want) {
				t.Errorf("the preview does not say %q\n%s", want, shown)
			}
		}
		if n := s.seq() - before; n != 1 {
			t.Errorf("%d events before it was taken in, want the mapping's alone", n)
		}
		if got := chief.post("/finance/upload/apply"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if done := chief.settled(); !strings.Contains(done, "Filen er indlæst") {
			t.Errorf("it does not say that it is done:\n%s", done)
		}
		if n := s.seq() - before; n != 1+1+1+2 {
			t.Errorf("%d events, want the mapping, the account, the file and two postings", n)
		}
		account := chief.page("/finance/accounts/6?year=2018")
		for _, want := range []string{"Prøve 1.01 Prøvekonto", "Kreditnota", "−100"} {
			if !strings.Contains(account, want) {
				t.Errorf("the account does not show %q", want)
			}
		}
		if csv := chief.get("/finance/accounts/6.csv?year=2018").body; strings.Count(csv, "\r\n") != 3 {
			t.Errorf("the account's file is %q", csv)
		}
	})
	t.Run("the same file again is known by its mapping, and changes nothing", func(t *testing.T) {
		before := s.seq()
		chief.upload("/finance/upload", "igen.csv", opusFile)
		page := chief.page("/finance/upload")
		if !strings.Contains(page, `value="OPUS posteringer"`) {
			t.Error("the saved mapping was not presetShape")
		}
		chief.post("/finance/upload/mapping", append(mapped(page), "name", "OPUS posteringer")...)
		shown := chief.settled()
		if !strings.Contains(shown, "indlæst før, som »opus.csv«") || strings.Contains(shown, `action="/finance/upload/apply"`) {
			t.Errorf("it is offered again:\n%s", shown)
		}
		if s.seq() != before {
			t.Errorf("%d events", s.seq()-before)
		}
	})
	t.Run("what the amounts are is asked at its field where the file does not say, and what was chosen stays", func(t *testing.T) {
		before := s.seq()
		chief.upload("/finance/upload", "uden.csv", strings.Replace(opusFile, "Kontonavn", "Navn", 1))
		send := mapped(chief.page("/finance/upload"))
		send[slices.Index(send, "option_measure")+1] = ""
		send[slices.Index(send, "option_unit")+1] = "tkr"
		got := chief.post("/finance/upload/mapping", append(send, "name", "Uden art")...)
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `id="option_measure-error">Sig, hvad beløbene er`, `<option value="tkr" selected>`, `value="Uden art"`)
		if s.seq() != before {
			t.Error("the mapping was saved")
		}
	})
	t.Run("a wrong row is named, and nothing can be taken in", func(t *testing.T) {
		before := s.seq()
		chief.upload("/finance/upload", "forkert.csv", strings.Replace(opusFile, "1.234,50\r\nP", "12.34,50\r\nP", 1))
		chief.post("/finance/upload/mapping", mapped(chief.page("/finance/upload"))...)
		page := html.UnescapeString(chief.settled())
		if !strings.Contains(page, "Række 3") || !strings.Contains(page, "12.34,50") {
			t.Errorf("the row is not named:\n%s", page)
		}
		if got := chief.post("/finance/upload/apply"); got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Errorf("%d, %d events", got.status, s.seq()-before)
		}
	})
	t.Run("a file that is no text is refused at once, and a file that was put away is gone", func(t *testing.T) {
		if got := chief.upload("/finance/upload", "billede.csv", "\x89PNG\x00\x01"); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%d", got.status)
		}
		chief.post("/finance/upload/discard")
		if page := chief.page("/finance/upload"); strings.Contains(page, "forkert.csv") {
			t.Error("it is still there")
		}
	})
	t.Run("a file of nothing is said to be empty, and where none was chosen that is said", func(t *testing.T) {
		got := chief.upload("/finance/upload", "tom.csv", "")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "tom.csv kan ikke indlæses", "Filen er tom.")
		got = chief.upload("/finance/upload", "", "")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "Udfyld feltet.")
	})
	t.Run("a file larger than memory is taken in from where it came in", func(t *testing.T) {
		var b strings.Builder
		b.WriteString("Konto;Måned;Bilagsnr.;Tekst;Beløb\n")
		for k := 0; b.Len() < maxUpload+1<<20; k++ {
			fmt.Fprintf(&b, "Prøve 2;2018-03;%d;%s;10,00\n", k, strings.Repeat("x", 280))
		}
		chief.upload("/finance/upload", "stor.csv", b.String())
		chief.post("/finance/upload/mapping", mapped(chief.page("/finance/upload"))...)
		if page := chief.settled(); !strings.Contains(page, "nye og 0 kendte") {
			t.Errorf("it was not read:\n%.3000s", page)
		}
	})
	t.Run("only the economy chief takes files in, and everyone sees the figures", func(t *testing.T) {
		viewer := s.as("viewer")
		if got := viewer.upload("/finance/upload", "x.csv", opusFile); got.status != http.StatusForbidden {
			t.Errorf("%d", got.status)
		}
		for _, path := range []string{"/finance", "/finance/accounts", "/finance/accounts/1", "/finance/reconciliation"} {
			if strings.Contains(viewer.page(path), "/finance/upload") {
				t.Errorf("%s offers it to a viewer", path)
			}
		}
	})
}

func TestBalancesPage(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")
	send := func(file string, changed ...string) string {
		t.Helper()
		wantStatus(t, chief.upload("/finance/upload", "saldi.csv", file), http.StatusSeeOther)
		pairs := mapped(chief.page("/finance/upload"))
		for k := 0; k+1 < len(changed); k += 2 {
			pairs[slices.Index(pairs, changed[k])+1] = changed[k+1]
		}
		wantStatus(t, chief.post("/finance/upload/mapping", append(pairs, "name", "")...), http.StatusSeeOther)
		return chief.settled()
	}
	const first, next = "Konto;Periode;Forbrug\nPrøve 9;001.2018;50.000,00\n", "Konto;Periode;Forbrug\nPrøve 9;001.2018;60.000,00\nPrøve 9;002.2018;1.000,00\n"
	send(first)
	wantStatus(t, chief.post("/finance/upload/apply"), http.StatusSeeOther)
	chief.settled()

	t.Run("taken for postings, a report that stands already warns of what it is added to", func(t *testing.T) {
		wantText(t, send(next, "option_amounts", "postings"), "Ét beløb står der allerede", "110.000 kr.", "2 nye og 0 kendte")
	})
	t.Run("next month's report is shown as changes, and its figures are what stands afterwards", func(t *testing.T) {
		shown := send(next)
		wantText(t, shown, `<option value="balances" selected>`, "2 rækker giver 2 saldi: 1 ny, 1 ændret og 0 uændrede", "Ét beløb ændres", "50.000 kr.", "60.000 kr.", "Forskellen til det, der står, er 11.000 kr.")
		wantNoText(t, shown, "står der allerede")
		var v struct {
			Preview struct {
				Balances bool
				Changed  int
				Changes  []struct {
					From int64 `json:"from_ore"`
					To   int64 `json:"to_ore"`
				}
			}
		}
		if chief.json("/finance/upload.json", &v); !v.Preview.Balances || v.Preview.Changed != 1 || v.Preview.Changes[0].From != 50_000_00 || v.Preview.Changes[0].To != 60_000_00 {
			t.Errorf("%+v", v)
		}
		wantStatus(t, chief.post("/finance/upload/apply"), http.StatusSeeOther)
		chief.settled()
		a := s.now().AccountByNo("Prøve 9")
		if sum, _ := s.now().PostedIn(a.ID, 2018, portfolio.Actual); sum != 61_000_00 {
			t.Errorf("the account stands at %d", sum)
		}
		wantText(t, chief.page(fmt.Sprintf("/finance/accounts/%d?year=2018", a.ID)), "Saldo 60.000 kr.")
	})
}

func TestPreviewDetails(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")
	book := excelize.NewFile()
	for at, v := range map[string]any{
		"A1": "Konto", "B1": "Bogf.dato", "C1": "Bilagsdato", "D1": "Beløb", "E1": "Restbeløb",
		"A2": "Prøve 7", "B2": 43131, "C2": 43160, "D2": -100, "E2": 43131,
	} {
		if err := book.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	var file strings.Builder
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, chief.upload("/finance/upload", "dage.xlsx", file.String()), http.StatusSeeOther)
	first := chief.page("/finance/upload")
	wantStatus(t, chief.post("/finance/upload/mapping", append(mapped(first), "name", "")...), http.StatusSeeOther)
	shown := chief.settled()
	t.Run("a workbook's days are shown as days, before and after it is read, and its other numbers as they are", func(t *testing.T) {
		for _, page := range []string{first, shown} {
			wantText(t, page, "<td>31-01-2018</td><td>01-03-2018</td><td>-100</td><td>43131</td>")
		}
	})
	t.Run("columns that are not read are named", func(t *testing.T) {
		for _, page := range []string{first, shown} {
			wantText(t, page, "Disse kolonner læses ikke: Bilagsdato, Restbeløb.")
		}
	})
	t.Run("a small amount is no nought", func(t *testing.T) {
		wantText(t, shown, `<td class="num">−100 kr.</td>`, "Én række giver én postering: 1 ny og 0 kendte i forvejen.")
	})
	t.Run("the list of files says when each was taken in, and by whom, and leads to what the history has of it", func(t *testing.T) {
		wantStatus(t, chief.post("/finance/upload/apply"), http.StatusSeeOther)
		chief.settled()
		page := chief.page("/finance")
		at := strings.Index(page, "dage.xlsx")
		wantText(t, page[at-100:at+300], `/history?kind=finance_file&amp;subject=2"`, "03-09-2018, ")
		wantText(t, page[at:at+300], s.now().Person(kalundborg.SignIn(portfolio.EconomyChief)).Name)
		wantText(t, chief.page("/history?kind=finance_file&subject=2"), "dage.xlsx")
	})
}

func TestSavedMappings(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")
	chief.upload("/finance/upload", "opus.csv", opusFile)
	for _, name := range []string{"OPUS posteringer", "OPUS budget"} {
		wantStatus(t, chief.post("/finance/upload/mapping", append(mapped(chief.page("/finance/upload")), "name", name)...), http.StatusSeeOther)
		chief.settled()
	}
	at := func(name string) (*portfolio.Mapping, string) {
		m := s.now().MappingBy("finance", name)
		if m == nil {
			t.Fatalf("there is no mapping %s", name)
		}
		return m, fmt.Sprintf("/finance/mappings/%d", m.ID)
	}
	m, address := at("OPUS posteringer")

	t.Run("everyone sees what a mapping reads, and who takes files in is offered to rename and remove it", func(t *testing.T) {
		wantText(t, chief.page("/finance"), "OPUS posteringer", "Konto: »Konto«", "Alle beløb er Forbrug", `action="`+address+`/rename"`, `action="`+address+`/remove"`)
		viewer := s.as("viewer")
		wantText(t, viewer.page("/finance"), "OPUS posteringer")
		wantNoText(t, viewer.page("/finance"), address)
		wantStatus(t, viewer.post(address+"/remove", "version", versionOf(m)), http.StatusForbidden)
		wantStatus(t, s.as("director").post(address+"/rename", "version", versionOf(m), "name", "X"), http.StatusForbidden)
	})
	t.Run("a name that another has is refused at its field, and stays typed", func(t *testing.T) {
		got := chief.post(address+"/rename", "version", versionOf(m), "subject", fmt.Sprintf("mapping/%d", m.ID), "name", "OPUS budget")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `id="name-error"`, `value="OPUS budget"`)
	})
	t.Run("it is renamed and removed by an event each, on the version that was seen", func(t *testing.T) {
		recorded, seen := s.watch(), versionOf(m)
		wantStatus(t, chief.post(address+"/rename", "version", seen, "name", "KMD posteringer"), http.StatusSeeOther)
		wantStatus(t, chief.post(address+"/remove", "version", seen), http.StatusConflict)
		m, _ := at("KMD posteringer")
		wantStatus(t, chief.post(address+"/remove", "version", versionOf(m), "note", "Systemet er lukket"), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"mapping.edit", "mapping.remove"}) {
			t.Errorf("recorded %v", verbs)
		}
		wantNoText(t, chief.page("/finance"), "KMD posteringer")
		wantText(t, chief.page("/history"), "fjernede kolonneopsætningen", "KMD posteringer", "Systemet er lukket")
		wantStatus(t, chief.post(address+"/remove", "version", "3"), http.StatusNotFound)
	})
}

func TestLargeUpload(t *testing.T) {
	t.Run("a file too large for memory leaves nothing behind once it has been answered", func(t *testing.T) {
		place := t.TempDir()
		t.Setenv("TMPDIR", place)
		finance := newSite(t, true).as("economy_chief")
		if got := finance.upload("/finance/upload", "stor.csv", opusFile+strings.Repeat(";;;;;\r\n", 3<<20)); got.status != http.StatusSeeOther {
			t.Fatalf("%d\n%s", got.status, got.body)
		}
		finance.post("/finance/upload/discard")
		left, err := filepath.Glob(filepath.Join(place, "*-*"))
		if err != nil || len(left) > 0 {
			t.Errorf("%v %v", left, err)
		}
	})
}

func TestReconciliationPage(t *testing.T) {
	s := newSite(t, true)
	chief := s.as("economy_chief")
	type rows struct {
		Open  int
		Items []struct {
			ID         int64  `json:"account_id"`
			Difference *int64 `json:"difference_ore"`
			State      string
		}
	}
	t.Run("a difference is open until it is explained, by the economy chief alone", func(t *testing.T) {
		var before rows
		chief.json("/finance/reconciliation.json?year=2018", &before)
		open := int64(0)
		for _, i := range before.Items {
			if i.State == stillOpen && *i.Difference != 0 {
				open = i.ID
			}
		}
		if open == 0 {
			t.Fatalf("the example data has no open difference: %+v", before)
		}
		address := fmt.Sprintf("/finance/accounts/%d/explain", open)
		if got := s.as("director").post(address, "year", "2018", "note", "fordi"); got.status != http.StatusForbidden {
			t.Errorf("a director: %d", got.status)
		}
		if got := chief.post(address, "year", "2018", "note", ""); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "Forklar differencen") {
			t.Errorf("without words: %d", got.status)
		}
		seq := s.seq()
		if got := chief.post(address, "year", "2018", "note", "Juli blev flyttet, før den var bekræftet."); got.status != http.StatusSeeOther || s.seq() != seq+1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		var after rows
		chief.json("/finance/reconciliation.json?year=2018", &after)
		if after.Open != before.Open-1 {
			t.Errorf("%d open, %d before", after.Open, before.Open)
		}
		if page := chief.page("/finance/reconciliation?year=2018"); !strings.Contains(page, "Juli blev flyttet") {
			t.Error("the explanation is not shown")
		}
	})
	t.Run("the adopted reduction is set with its document, and on the version that was seen", func(t *testing.T) {
		var a struct{ Version int64 }
		chief.json("/finance/accounts/2.json", &a)
		send := []string{"version", fmt.Sprint(a.Version), "subject", "account/2", "name", "It-udstyr", "year", "2019", "reduction", "1.200.000", "document", "Budget 2019, punkt 4"}
		if got := chief.post("/finance/accounts/2/cap", send...); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		page := chief.page("/finance/accounts/2?year=2019")
		if !strings.Contains(page, "Budget 2019, punkt 4") || !strings.Contains(page, "1.200") {
			t.Error("the reduction is not shown")
		}
		if got := chief.post("/finance/accounts/2/cap", send...); got.status != http.StatusConflict {
			t.Errorf("the version before: %d", got.status)
		}
	})
}
