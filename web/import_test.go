package web

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// upload sends a file as the import's form does.
func (r *reader) upload(path, name, content string) answer {
	r.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		r.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		r.Fatal(err)
	}
	if err := m.Close(); err != nil {
		r.Fatal(err)
	}
	return r.do(http.MethodPost, path, &b, "Content-Type", m.FormDataContentType(), "Accept", "text/html")
}

var (
	kept = regexp.MustCompile(`name="content" value="([^"]*)"`)
	mark = regexp.MustCompile(`name="mark" value="([^"]*)"`)
)

// asked is what the preview's form sends.
func asked(preview string) []string {
	return []string{
		"content", html.UnescapeString(kept.FindStringSubmatch(preview)[1]), "name", "ideer.csv",
		"mark", html.UnescapeString(mark.FindStringSubmatch(preview)[1]), "do", "apply",
	}
}

func TestImportPage(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	const good = "nr;titel;område;idébeskrivelse\r\n82;Ny idé fra en fil;Arbejdsmarked;\"Første linje\nanden linje\"\r\n"

	t.Run("a file is shown first, and read in when that is asked for; the same file again changes nothing", func(t *testing.T) {
		before := s.seq()
		seen := office.upload("/import/catalogue", "ideer.csv", good)
		if seen.status != http.StatusOK || !strings.Contains(seen.body, "Ny idé fra en fil") || s.seq() != before {
			t.Fatalf("preview: %d, %d events\n%s", seen.status, s.seq()-before, seen.body)
		}
		got := office.post("/import/catalogue", asked(seen.body)...)
		if got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Fatalf("apply: %d, %d events\n%s", got.status, s.seq()-before, got.body)
		}
		if body := office.page("/catalogue/82"); !strings.Contains(body, "anden linje") {
			t.Error("the item's page does not show what the file said")
		}
		if again := office.upload("/import/catalogue", "ideer.csv", good); !strings.Contains(again.body, "der er intet at ændre") {
			t.Errorf("the same file again:\n%s", again.body)
		}
	})

	t.Run("what others changed since the preview is shown before it is overwritten", func(t *testing.T) {
		seen := office.upload("/import/catalogue", "ideer.csv", "nr;titel;område\n82;Titel fra filen;Arbejdsmarked\n")
		others := office.upload("/import/catalogue", "andre.csv", "nr;titel;område\n82;Titel fra andre;Arbejdsmarked\n")
		if got := office.post("/import/catalogue", asked(others.body)...); got.status != http.StatusSeeOther {
			t.Fatalf("the other's file: %d", got.status)
		}
		before := s.seq()
		again := office.post("/import/catalogue", asked(seen.body)...)
		if again.status != http.StatusConflict || !strings.Contains(again.body, "Titel fra andre") || s.seq() != before {
			t.Fatalf("%d, %d events\n%s", again.status, s.seq()-before, again.body)
		}
		if got := office.post("/import/catalogue", asked(again.body)...); got.status != http.StatusSeeOther || s.seq() != before+1 {
			t.Errorf("once seen: %d, %d events", got.status, s.seq()-before)
		}
	})

	t.Run("a bad file is refused with row and column, and changes nothing", func(t *testing.T) {
		before := s.seq()
		got := office.upload("/import/catalogue", "dårlig.csv", "nr;titel;område\r\n83;God;Arbejdsmarked\r\nx;Dårlig;Arbejdsmarked\r\n")
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "Række 3") || s.seq() != before {
			t.Errorf("%d, %d events\n%s", got.status, s.seq()-before, got.body)
		}
	})

	t.Run("a form without a file says so at the field, and a file of nothing is said to be empty", func(t *testing.T) {
		for name, want := range map[string]string{"": "Udfyld feltet.", "tom.csv": "Filen er tom."} {
			got := office.upload("/import/catalogue", name, "")
			wantStatus(t, got, http.StatusUnprocessableEntity)
			wantText(t, got.body, want)
		}
	})

	t.Run("a file that is too large is refused as that", func(t *testing.T) {
		got := office.upload("/import/catalogue", "stor.csv", strings.Repeat("x", maxUpload+1))
		if got.status != http.StatusRequestEntityTooLarge {
			t.Errorf("%d", got.status)
		}
	})

	t.Run("a viewer is neither offered nor allowed to", func(t *testing.T) {
		viewer := s.as("viewer")
		if got := viewer.upload("/import/catalogue", "ideer.csv", good); got.status != http.StatusForbidden {
			t.Errorf("%d", got.status)
		}
		if strings.Contains(viewer.page("/catalogue"), `href="/import"`) {
			t.Error("the catalogue offers it")
		}
	})

	t.Run("the economy chief sets a requirement by a file, and claims come by one from those who may", func(t *testing.T) {
		for _, c := range []struct{ role, kind, file, seen string }{
			{"economy_chief", "requirements", "program;år;art;beløb\nDIG;2022;grundkrav;1.000.000\n", "1000000,00"},
			{"programme_office", "initiatives", "titel;program\nIndsats fra fil;DIG\n", "Indsats fra fil"},
		} {
			before, page := s.seq(), "/import/"+c.kind
			seen := s.as(c.role).upload(page, c.kind+".csv", c.file)
			if seen.status != http.StatusOK || !strings.Contains(seen.body, c.seen) || s.seq() != before {
				t.Fatalf("%s: preview %d\n%s", c.kind, seen.status, seen.body)
			}
			if got := s.as(c.role).post(page, asked(seen.body)...); got.status != http.StatusSeeOther || s.seq() != before+1 {
				t.Errorf("%s: %d, %d events\n%s", c.kind, got.status, s.seq()-before, got.body)
			}
		}
	})

	t.Run("each is offered the kinds of file that he may read in, and no others", func(t *testing.T) {
		for role, want := range map[string]string{
			"programme_office": `"catalogue","initiatives","benefits","ledger"`, "economy_chief": `"requirements"`, "project_owner": `"ledger"`, "viewer": ``,
		} {
			if got := s.as(role).get("/import.json"); !strings.Contains(got.body, `"kinds":[`+want+`]`) {
				t.Errorf("%s: %s", role, got.body)
			}
		}
	})

	t.Run("what stands is there as a file to begin with, and is read in without a change", func(t *testing.T) {
		for _, kind := range []string{"catalogue", "initiatives", "benefits"} {
			for _, suffix := range []string{".csv", ".xlsx"} {
				file := office.get("/import/" + kind + suffix)
				if seen := office.upload("/import/"+kind, kind+suffix, file.body); !strings.Contains(seen.body, "der er intet at ændre") {
					t.Errorf("%s%s: %d\n%s", kind, suffix, seen.status, seen.body)
				}
			}
		}
	})
}

func TestEditableFiles(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	for _, kind := range []string{"catalogue", "initiatives", "benefits"} {
		t.Run("the list of "+kind+" offers a file that comes back without a change, to those who may read one in", func(t *testing.T) {
			at := "/import/" + kind + ".xlsx"
			if !strings.Contains(office.page("/"+kind), `href="`+at+`"`) {
				t.Fatal("it is not offered")
			}
			got := office.do(http.MethodGet, at, nil)
			back := office.upload("/import/"+kind, kind+".xlsx", got.body)
			if back.status != http.StatusOK || !strings.Contains(back.body, s.web.languages["da"].Say("import.nothing")) {
				t.Errorf("%d %s", back.status, back.body)
			}
			if strings.Contains(s.as("viewer").page("/"+kind), at) {
				t.Error("a viewer is offered it")
			}
		})
	}
}

// columnsOf is what the form of columns would send as it was shown, with some of them changed.
func columnsOf(page string, changed ...string) []string {
	form := page[strings.Index(page, "<summary>Ret, hvilken kolonne"):]
	form = form[:strings.Index(form, "</details>")]
	pairs := []string{"content", html.UnescapeString(kept.FindStringSubmatch(form)[1]), "name", "fil.csv"}
	for _, part := range strings.Split(form, `<div class="form-group">`) {
		name := regexp.MustCompile(`name="(column_[a-z_]+)"`).FindStringSubmatch(part)
		if name == nil {
			continue
		}
		value := ""
		if m := presetShape.FindStringSubmatch(part); m != nil {
			value = html.UnescapeString(m[1])
		}
		pairs = append(pairs, name[1], value)
	}
	for k := 0; k+1 < len(changed); k += 2 {
		pairs[slices.Index(pairs, changed[k])+1] = changed[k+1]
	}
	return pairs
}

func TestImportColumns(t *testing.T) {
	s := newSite(t, true)
	office, owner := s.as("programme_office"), s.as("project_owner")
	open := int64(0)
	for b := range s.now().Benefits.All() {
		if open == 0 && b.Cash != nil {
			open = int64(b.ID)
		}
	}
	file := func(gross string) string {
		return fmt.Sprintf("Sag;Gevinst nr.;Periode;Besparelse\nx;%d;2018-11;%s\n", open, gross)
	}
	chosen := []string{"column_benefit", "Gevinst nr.", "column_month", "Periode", "column_gross", "Besparelse"}

	t.Run("a ledger whose columns are called otherwise is refused with a form of them, which keeps the file", func(t *testing.T) {
		got := office.upload("/import/ledger", "fil.csv", file("1,00"))
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "Kolonnen kendes ikke", "<details open>", `<option value="Besparelse">`)
	})
	t.Run("once it is said which column is what, the file is shown, the mapping is saved, and the whole of it is read in", func(t *testing.T) {
		recorded := s.watch()
		form := columnsOf(office.upload("/import/ledger", "fil.csv", file("1,00")).body, chosen...)
		seen := office.post("/import/ledger", append(form, "mapping", "Fagsystem")...)
		wantStatus(t, seen, http.StatusOK)
		wantText(t, seen.body, "2018-11", "1,00", `value="Fagsystem"`, "Kolonner, der ikke importeres: Sag")
		apply := append(columnsOf(seen.body), "mark", html.UnescapeString(mark.FindStringSubmatch(seen.body)[1]), "do", "apply")
		wantStatus(t, office.post("/import/ledger", apply...), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"mapping.save", "entry.claim"}) {
			t.Errorf("recorded %v", verbs)
		}
	})
	t.Run("the next file of the same columns is read by the saved mapping, also for whoever may save none", func(t *testing.T) {
		for _, who := range []*reader{office, owner} {
			seen := who.upload("/import/ledger", "fil.csv", file("1,00"))
			wantStatus(t, seen, http.StatusOK)
			wantText(t, seen.body, "intet at ændre")
		}
		wantNoText(t, owner.upload("/import/ledger", "fil.csv", file("1,00")).body, `name="mapping"`, "/remove")
		got := owner.post("/import/ledger", append(columnsOf(owner.upload("/import/ledger", "fil.csv", file("1,00")).body), "mapping", "Min egen")...)
		wantStatus(t, got, http.StatusForbidden)
	})
	t.Run("a column that is chosen for nothing is not read, and a file that lacks what it must have names that", func(t *testing.T) {
		form := columnsOf(office.upload("/import/ledger", "fil.csv", file("1,00")).body, "column_gross", "")
		got := office.post("/import/ledger", append(form, "mapping", "Uden beløb")...)
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "gross", "Kolonnen mangler", `value="Uden beløb"`)
		if s.now().MappingBy("ledger", "Uden beløb") != nil {
			t.Error("it was saved")
		}
	})
	t.Run("a saved mapping is removed where it is used, and nowhere else", func(t *testing.T) {
		m := s.now().MappingBy("ledger", "Fagsystem")
		wantText(t, office.page("/import/ledger"), "Fagsystem", "gevinst: »Gevinst nr.«")
		wantStatus(t, s.as("economy_chief").post(fmt.Sprintf("/finance/mappings/%d/remove", m.ID), "version", versionOf(m)), http.StatusNotFound)
		wantStatus(t, office.post(fmt.Sprintf("/import/catalogue/mappings/%d/remove", m.ID), "version", versionOf(m)), http.StatusNotFound)
		wantStatus(t, owner.post(fmt.Sprintf("/import/ledger/mappings/%d/remove", m.ID), "version", versionOf(m)), http.StatusForbidden)
		wantStatus(t, office.post(fmt.Sprintf("/import/ledger/mappings/%d/remove", m.ID), "version", versionOf(m)), http.StatusSeeOther)
		wantNoText(t, office.page("/import/ledger"), "Fagsystem")
	})
	t.Run("who confirms claims is told why he imports none", func(t *testing.T) {
		wantText(t, s.as("economy_chief").page("/import"), "ingen bekræfter, hvad han selv har indmeldt")
		wantNoText(t, office.page("/import"), "ingen bekræfter, hvad han selv har indmeldt")
	})
}
