package web

import (
	"net/http"
	"strings"
	"testing"
)

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
		if got := s.as("economy_chief").post("/initiatives/8/claims", "x", "y"); got.status == 0 {
			t.Error(got.status)
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
	t.Run("the draft is shown and given as a document without being kept", func(t *testing.T) {
		for _, path := range []string{"/reports/preview", "/reports/document"} {
			got := s.as("director").post(path, "title", "Udkast", "year", "2018", "summary", "Mit")
			if got.status != http.StatusOK {
				t.Errorf("%s: %d %.500s", path, got.status, got.body)
			}
		}
	})
	t.Run("the director's page", func(t *testing.T) {
		body := s.as("director").page("/director")
		for _, want := range []string{"Office 365 / Cloud", "Følger ikke planen", "Samlet fjernprint", "580\u00a0t.kr."} {
			if !strings.Contains(body, want) {
				t.Errorf("%q is not there", want)
			}
		}
	})
}
