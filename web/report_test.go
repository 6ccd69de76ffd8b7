package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gevinst/portfolio/exchange/officetest"
	"gevinst/web/agenda"
)

var tags = regexp.MustCompile(`<[^>]*>`)

func TestReports(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")

	t.Run("a new item is filled in and can be edited", func(t *testing.T) {
		body := office.page("/reports/new")
		for _, want := range []string{"326-2017-40384", "85.13.00", "Resume og sagens baggrund", "580\u00a0t.kr.", "Office 365 / Cloud", `name="economy"`, "OPUS, DIGIT Sjælland og KME (U14)"} {
			if !strings.Contains(body, want) {
				t.Errorf("%q is not there", want)
			}
		}
	})

	t.Run("what is kept as sent stays as it was sent", func(t *testing.T) {
		sent := []string{"title", "Status, rettet", "year", "2018", "as_of", "2018-09-03", "summary", "Egen tekst.", "type", "Drøftelse", "case", "326-2017-40384"}
		got := office.post("/reports", sent...)
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		at, _, _ := strings.Cut(got.header.Get("Location"), "?")
		before := office.page(at)
		for _, want := range []string{"Status, rettet", "Egen tekst.", "2.440"} {
			if !strings.Contains(before, want) {
				t.Errorf("%q is not there", want)
			}
		}
		var kept struct {
			Known     int64 `json:"known_seq"`
			Confirmed int64 `json:"confirmed_ore"`
		}
		office.json(at+".json", &kept)
		if kept.Known == 0 || kept.Confirmed != 244000000 {
			t.Errorf("%+v", kept)
		}
		list := office.page("/reports")
		if !strings.Contains(list, "Status, rettet") {
			t.Error("the list does not name it")
		}
		compared := office.page("/reports/compare?a=" + at[strings.LastIndex(at, "/")+1:])
		if !strings.Contains(compared, "Egen tekst.") {
			t.Error("the comparison does not tell the text")
		}
		doc := office.get(at + "/document")
		if doc.status != http.StatusOK || doc.header.Get("Content-Type") != docxType || !strings.HasPrefix(doc.body, "PK") {
			t.Errorf("%d %v", doc.status, doc.header)
		}
	})

	t.Run("only the programme office keeps one as sent", func(t *testing.T) {
		for _, role := range []string{"project_owner", "economy_chief", "director", "viewer"} {
			if got := s.as(role).post("/reports", "title", "X", "year", "2018"); got.status != http.StatusForbidden {
				t.Errorf("%s: %d", role, got.status)
			}
		}
	})

	t.Run("a sheet without a title is shown again with what was typed", func(t *testing.T) {
		got := office.post("/reports", "title", "", "year", "2018", "summary", "Skrevet i hånden")
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "Skrevet i hånden") {
			t.Errorf("%d %.300s", got.status, got.body)
		}
	})

	t.Run("LibreOffice opens the document, and its headings stand in the order of the minutes", func(t *testing.T) {
		doc := office.get("/reports/1/document")
		saved := officetest.Saved(t, "fodt", map[string][]byte{"item.docx": []byte(doc.body)})["item.docx"]
		_, body, _ := strings.Cut(string(saved), "<office:body>")
		text := tags.ReplaceAllString(body, "")
		at := -1
		for _, want := range []string{
			"326-2017-40384", "Sagstype", "Resume og sagens baggrund", "Indstillinger", "Behandling", "Sagsfremstilling", "Status pr. indsats",
			"Office 365 / Cloud", "Økonomiske konsekvenser", "Kravet, og hvad der mangler", "Bilag",
		} {
			next := strings.Index(text[at+1:], want)
			if next < 0 {
				t.Fatalf("%q does not follow in:\n%s", want, text)
			}
			at += 1 + next
		}
	})

	t.Run("the draft is shown and given as a document without being kept", func(t *testing.T) {
		for _, path := range []string{"/reports/preview", "/reports/document"} {
			got := s.as("director").post(path, "title", "Udkast", "year", "2018", "summary", "Mit")
			if got.status != http.StatusOK {
				t.Errorf("%s: %d %.500s", path, got.status, got.body)
			}
		}
	})

	t.Run("the director's page says what is red, what is to be decided and what is missing", func(t *testing.T) {
		body := s.as("director").page("/director")
		for _, want := range []string{"Office 365 / Cloud", "Følger ikke planen", "Samlet fjernprint", "580\u00a0t.kr."} {
			if !strings.Contains(body, want) {
				t.Errorf("%q is not there", want)
			}
		}
	})
}

func TestDocumentColumns(t *testing.T) {
	t.Run("no table's column is narrower than its longest word, and more room goes to what says more", func(t *testing.T) {
		num, text := agenda.Column{Num: true}, agenda.Column{}
		for title, table := range map[string]*agenda.Table{
			"the status": {
				Columns: []agenda.Column{{Label: "Indsats"}, {Label: "Status"}, {Label: "Plan", Num: true}, {Label: "Indarbejdet", Num: true}, {Label: "Indmeldt", Num: true}, {Label: "Forventet", Num: true}, {Label: "Udsigt"}},
				Rows:    []agenda.Row{{Cells: []string{"Telemedicinsk hjemmemonitorering til KOL-patienter", "Udgået af planen (implementeret)", "1.000", "0", "0", "0", "3 måneder senere end vedtaget"}}},
			},
			"figures alone": {Columns: []agenda.Column{text, num, num}, Rows: []agenda.Row{{Cells: []string{"x", "1.234.567,89", "1"}}}},
		} {
			columns, all := documentColumns(table), 0
			for _, c := range columns {
				all += c.Weight
			}
			for k, c := range columns {
				for _, words := range []string{table.Columns[k].Label, table.Rows[0].Cells[k]} {
					if room := float64(c.Weight) * lineLetters / float64(all); room < float64(longestWord(words)) {
						t.Errorf("%s: %q has room for %.1f letters", title, words, room)
					}
				}
			}
			if columns[0].Weight < columns[len(columns)-1].Weight {
				t.Errorf("%s: the first column is narrower than the last", title)
			}
		}
	})
}
