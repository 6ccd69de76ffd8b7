package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// events gives the log after a number, the latest first.
func itemEvents(s *site, after int64) []portfolio.Event {
	s.Helper()
	p, err := s.store.Snapshot(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	events, err := s.store.Events(s.Context(), p, store.EventFilter{After: after, Limit: 100})
	if err != nil {
		s.Fatal(err)
	}
	return events
}

// wrote holds that exactly these verbs were written since, the earliest first.
func (r *reader) wrote(after int64, verbs ...string) {
	r.Helper()
	events := itemEvents(r.site, after)
	var got []string
	for k := len(events) - 1; k >= 0; k-- {
		got = append(got, string(events[k].Verb))
	}
	if strings.Join(got, " ") != strings.Join(verbs, " ") {
		r.Errorf("events written: %v, want %v", got, verbs)
	}
}

func lastEvent(s *site) int64 {
	s.Helper()
	return itemEvents(s, 0)[0].Seq
}

func (r *reader) itemVersion(no int) string {
	r.Helper()
	var item struct{ Version int }
	r.json("/catalogue/"+strconv.Itoa(no)+".json", &item)
	return strconv.Itoa(item.Version)
}

// send posts JSON and reads the answer's JSON.
func (r *reader) send(path, body string, headers ...string) (answer, map[string]any) {
	r.Helper()
	got := r.do(http.MethodPost, path, strings.NewReader(body), append(headers, "Content-Type", "application/json")...)
	var v map[string]any
	if err := json.Unmarshal([]byte(got.body), &v); err != nil {
		r.Fatalf("POST %s: %v\n%s", path, err, got.body)
	}
	return got, v
}

func describedForm(version string, more ...string) []string {
	return append([]string{
		"version", version, "title", "Device Strategi", "area", "2", "origin", "joint_municipal", "page", "54",
		"types", "efficiency", "types", "quality", "idea", "Færre og bedre enheder.", "note", "efter samtale",
	}, more...)
}

func TestItemEdit(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")

	t.Run("an edit is one event, leads back to the item, and what changed is seen there", func(t *testing.T) {
		before := lastEvent(s)
		got := office.post("/catalogue/8/edit", describedForm(office.itemVersion(8))...)
		at := got.header.Get("Location")
		if got.status != http.StatusSeeOther || !strings.HasPrefix(at, "/catalogue/8?saved=") {
			t.Fatalf("%d to %q\n%s", got.status, at, got.body)
		}
		office.wrote(before, "catalogue_item.edit")
		body := office.page(at)
		for _, want := range []string{
			"Færre og bedre enheder.", "Effektivisering, Kvalitet", "Gemt:", "efter samtale", "fra »Ukendt« til »Fælleskommunal«",
			"Indtastet af en bruger",
		} {
			if !strings.Contains(body, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	})

	t.Run("an edit that changes nothing leaves no trace", func(t *testing.T) {
		before := lastEvent(s)
		if got := office.post("/catalogue/8/edit", describedForm(office.itemVersion(8))...); got.status != http.StatusSeeOther {
			t.Fatalf("%d", got.status)
		}
		office.wrote(before)
	})

	t.Run("what is refused comes back filled in, with the reasons at the fields, and nothing is written", func(t *testing.T) {
		before := lastEvent(s)
		got := office.post("/catalogue/8/edit", "version", office.itemVersion(8), "title", "", "area", "77", "origin", "local", "page", "elleve",
			"types", "service", "mandatory", "true", "idea", "Det her må <ikke> gå tabt")
		if got.status != http.StatusUnprocessableEntity {
			t.Fatalf("%d", got.status)
		}
		for _, want := range []string{
			`role="alert"`, `href="#page"`, `id="page-error"`, `value="elleve"`, "Det her må &lt;ikke&gt; gå tabt", `value="local" selected`,
			`value="service" checked`, `name="mandatory" value="true" checked`, `data-warn="unsaved"`, `aria-describedby="page-error page-hint"`,
		} {
			if !strings.Contains(got.body, want) {
				t.Errorf("the form lacks %q", want)
			}
		}
		office.wrote(before)
		got = office.post("/catalogue/8/edit", "version", office.itemVersion(8), "title", "", "area", "", "origin", "local")
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="title-error"`) || !strings.Contains(got.body, `id="area-error"`) {
			t.Errorf("%d, or the title and the area are not asked for", got.status)
		}
		office.wrote(before)
	})

	t.Run("a conflict shows what the other changed and keeps one's own input, which can then be sent again", func(t *testing.T) {
		seen := office.itemVersion(9)
		other := s.as("director")
		if got := other.post("/catalogue/9/edit", "version", seen, "title", "Single Sign On", "area", "2", "origin", "unknown", "page", "59", "idea", "Direktørens ord"); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		before := lastEvent(s)
		mine := []string{"title", "Single Sign On", "area", "2", "origin", "local", "page", "59", "idea", "Mine ord"}
		got := office.post("/catalogue/9/edit", append(mine, "version", seen)...)
		if got.status != http.StatusConflict {
			t.Fatalf("%d", got.status)
		}
		for _, want := range []string{"Det har andre ændret imens", "Idébeskrivelse: »Direktørens ord«", ">Mine ord</textarea>"} {
			if !strings.Contains(got.body, want) {
				t.Errorf("the form lacks %q", want)
			}
		}
		office.wrote(before)
		version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(got.body)
		if version == nil || version[1] != office.itemVersion(9) {
			t.Fatalf("the form has version %v", version)
		}
		if got := office.post("/catalogue/9/edit", append(mine, "version", version[1])...); got.status != http.StatusSeeOther {
			t.Errorf("sent again: %d", got.status)
		}
	})

	t.Run("a program changes only what it names, and gets the item", func(t *testing.T) {
		got, item := office.send("/catalogue/20/edit", `{"idea":"Samlet sagsgang","types":["service","efficiency"]}`, "If-Match", `"`+office.itemVersion(20)+`"`)
		if got.status != http.StatusOK || item["idea"] != "Samlet sagsgang" || item["title"] != "Digital sagsbehandling og bedre udnyttelse af systemlandskab" || item["page"] != 98.0 {
			t.Errorf("%d %s", got.status, got.body)
		}
		got, item = office.send("/catalogue/20/edit", `{"types":[],"page":null,"version":`+office.itemVersion(20)+`}`)
		if got.status != http.StatusOK || len(item["types"].([]any)) != 0 || item["page"] != nil || item["idea"] != "Samlet sagsgang" {
			t.Errorf("%d %s", got.status, got.body)
		}
		got, problem := office.send("/catalogue/20/edit", `{"idea":"igen"}`, "If-Match", "1")
		if meanwhile, _ := problem["meanwhile"].([]any); got.status != http.StatusPreconditionFailed || len(meanwhile) < 2 {
			t.Errorf("%d %s", got.status, got.body)
		}
		if got, _ := office.send("/catalogue/20/edit", `{"idea":"uden version"}`); got.status != http.StatusUnprocessableEntity {
			t.Errorf("without a version: %d", got.status)
		}
	})
}

func TestItemRights(t *testing.T) {
	s := newSite(t, true)
	before := lastEvent(s)
	t.Run("who may not is refused, and offered nothing", func(t *testing.T) {
		for _, role := range []string{"viewer", "project_owner", "economy_chief", "administrator"} {
			r := s.as(role)
			for _, path := range []string{"/catalogue/1/edit", "/catalogue/1/priority", "/catalogue/1/selection", "/catalogue/new", "/catalogue"} {
				if got := r.post(path, "version", "1", "title", "x", "period", "2019", "decision", "1"); got.status != http.StatusForbidden {
					t.Errorf("%s %s: %d", role, path, got.status)
				}
			}
			if body := r.page("/catalogue/1") + r.page("/catalogue"); strings.Contains(body, "/edit") || strings.Contains(body, "/priority") || strings.Contains(body, "/catalogue/new") {
				t.Errorf("%s is offered what is refused", role)
			}
		}
		s.as("viewer").wrote(before)
	})

	t.Run("a director edits and prioritises in the areas he directs, and in no other", func(t *testing.T) {
		director := s.as("director")
		own, other := 19, 1 // Plan, Byg & Miljø is his; Voksenspecialområdet another's
		if got := director.post("/catalogue/1/priority", "version", director.itemVersion(other), "period", "2019"); got.status != http.StatusForbidden {
			t.Errorf("another's: %d", got.status)
		}
		if got := director.post("/catalogue/1/edit", "version", director.itemVersion(other), "title", "x", "area", "1", "origin", "local"); got.status != http.StatusForbidden {
			t.Errorf("another's: %d", got.status)
		}
		director.wrote(before)
		if strings.Contains(director.page("/catalogue/1"), "/catalogue/1/priority") {
			t.Error("another's priority is offered")
		}
		if !strings.Contains(director.page("/catalogue/19"), "/catalogue/19/priority") {
			t.Error("his own priority is not offered")
		}
		got := director.post("/catalogue/19/priority", "version", director.itemVersion(own), "period", "2019-2020", "note", "vi er klar")
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		director.wrote(before, "catalogue_item.prioritise")
		body := director.page("/catalogue/19")
		if !strings.Contains(body, "Prioriteret til 2019-2020, godkendt af Direktør, 3. september 2018") || !strings.Contains(body, "vi er klar") {
			t.Error("the page does not say who prioritised it, when and why")
		}
	})

	t.Run("a period that is missing is asked for at its own form, and the other form is as it was", func(t *testing.T) {
		office := s.as("programme_office")
		got := office.post("/catalogue/2/priority", "version", office.itemVersion(2), "period", "", "director", itoa(int64(s.ofRole(portfolio.Director)[0])), "approved", "20-08-2018", "note", "glem mig ikke")
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="period-error"`) || strings.Count(got.body, "glem mig ikke") != 1 {
			t.Errorf("%d", got.status)
		}
		if strings.Contains(got.body, "%!") || !strings.Contains(got.body, "Én ting skal rettes<") {
			t.Error("the summary does not say in words that one thing is to be mended")
		}
		if !strings.Contains(got.body, `action="/catalogue/2"`) {
			t.Error("the page's own forms do not lead back to the item")
		}
	})

	t.Run("nothing is offered in the past", func(t *testing.T) {
		if body := s.as("programme_office").page("/catalogue/1?as_of=2018-06-01"); strings.Contains(body, "/priority") || strings.Contains(body, "/catalogue/1/edit") {
			t.Error("the past can be changed")
		}
	})
}

func TestItemSelection(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")

	t.Run("what a board selects becomes an initiative of the programme, in the same transaction", func(t *testing.T) {
		before := lastEvent(s)
		got := office.post("/catalogue/3/selection", "version", office.itemVersion(3), "outcome", "selected", "decision", "1", "programme", "DIG", "title", "Ny voksenudredning")
		if got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.body)
		}
		office.wrote(before, "catalogue_item.select", "initiative.create")
		events := itemEvents(s, before)
		if events[0].Batch != events[1].Batch || events[0].Decision != 1 || events[1].Decision != 1 {
			t.Errorf("batches %d and %d, decisions %d and %d", events[0].Batch, events[1].Batch, events[0].Decision, events[1].Decision)
		}
		var item struct {
			State       string
			Initiatives []struct{ Title, Stage, Href string }
		}
		office.json("/catalogue/3.json", &item)
		if item.State != "selected" || len(item.Initiatives) != 1 || item.Initiatives[0].Title != "Ny voksenudredning" || item.Initiatives[0].Stage != "selected" {
			t.Errorf("%+v", item)
		}
		if body := office.page("/catalogue/3"); !strings.Contains(body, "Udvalgt ved beslutningen") || !strings.Contains(body, item.Initiatives[0].Href) || strings.Contains(body, "/selection") {
			t.Error("the page does not tell of the selection, or offers another")
		}
	})

	t.Run("without decision, programme or title nothing is written, and all of it is told at once", func(t *testing.T) {
		before := lastEvent(s)
		got := office.post("/catalogue/4/selection", "version", office.itemVersion(4), "outcome", "selected", "decision", "", "programme", "", "title", "", "note", "mit notat")
		if got.status != http.StatusUnprocessableEntity {
			t.Fatalf("%d", got.status)
		}
		for _, want := range []string{`id="decision-error"`, `id="programme-error"`, `id="title-error"`, `value="mit notat"`} {
			if !strings.Contains(got.body, want) {
				t.Errorf("the form lacks %q", want)
			}
		}
		if got := office.post("/catalogue/4/selection", "version", office.itemVersion(4), "decision", "1"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="outcome-error"`) {
			t.Errorf("without an outcome: %d", got.status)
		}
		office.wrote(before)
	})

	t.Run("what a board does not select stays in the catalogue, and no initiative comes of it", func(t *testing.T) {
		before := lastEvent(s)
		got, item := office.send("/catalogue/5/selection", `{"version":`+office.itemVersion(5)+`,"outcome":"not_selected","decision":1}`)
		if got.status != http.StatusOK || item["state"] != "not_selected" || len(item["initiatives"].([]any)) != 0 {
			t.Errorf("%d %s", got.status, got.body)
		}
		office.wrote(before, "catalogue_item.not_select")
	})

	t.Run("what is selected already cannot be decided on again", func(t *testing.T) {
		before := lastEvent(s)
		got, problem := office.send("/catalogue/8/selection", `{"version":`+office.itemVersion(8)+`,"outcome":"not_selected","decision":1}`)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "error.item_decided") {
			t.Errorf("%d %v", got.status, problem)
		}
		office.wrote(before)
	})
}

func TestItemNew(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")

	t.Run("a new item gets the next number and stands in the catalogue, without the mark", func(t *testing.T) {
		before := lastEvent(s)
		got := office.post("/catalogue/new", "title", "Åben data", "area", "2", "origin", "local", "types", "service", "idea", "Data til fri brug.")
		if at := got.header.Get("Location"); got.status != http.StatusSeeOther || !strings.HasPrefix(at, "/catalogue/82?saved=") {
			t.Fatalf("%d to %q %s", got.status, at, got.body)
		}
		office.wrote(before, "catalogue_item.create")
		body := office.page("/catalogue/82")
		if !strings.Contains(body, "<h1>Åben data</h1>") || strings.Contains(body, "Eksempeldata</span>") {
			t.Error("the item is not there, or is marked as an example")
		}
	})

	t.Run("a program gets the item and its address", func(t *testing.T) {
		got, item := office.send("/catalogue", `{"title":"Ældreportal","area":4,"mandatory":true}`)
		if got.status != http.StatusCreated || got.header.Get("Location") != "/catalogue/83" || item["no"] != 83.0 || item["page"] != nil || item["origin"] != "unknown" || item["mandatory"] != true {
			t.Errorf("%d %s", got.status, got.body)
		}
	})

	t.Run("what is refused comes back filled in", func(t *testing.T) {
		before := lastEvent(s)
		for _, path := range []string{"/catalogue/new", "/catalogue"} {
			got := office.post(path, "title", "", "area", "2", "origin", "local", "idea", "En halv idé")
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "En halv idé") || !strings.Contains(got.body, `id="title-error"`) {
				t.Errorf("%s: %d", path, got.status)
			}
		}
		office.wrote(before)
	})
}

func TestCatalogueLanguages(t *testing.T) {
	s := newSite(t, true)
	broken := regexp.MustCompile(`\[[a-z_]+\.[a-z_.]+\]|%!|ZgotmplZ|<no value>`)
	for _, role := range portfolio.Roles() {
		r := s.as(role.String())
		for _, lang := range []string{"da", "en"} {
			r.post("/language", "lang", lang)
			paths := []string{"/catalogue", "/catalogue?area=unknown&state=selected&q=x", "/catalogue/1", "/catalogue/8", "/catalogue/8?as_of=2017-11-06", "/catalogue/1?as_of=2017-11-06"}
			if portfolio.Reach(portfolio.EditCatalogue, role) != portfolio.Never {
				paths = append(paths, "/catalogue/new", "/catalogue/1/edit", "/catalogue/20/edit")
			}
			for _, path := range paths {
				body := r.page(path)
				main := body[strings.Index(body, "<main"):strings.Index(body, "</main>")]
				if at := broken.FindStringIndex(main); at != nil {
					t.Errorf("%s %s %s: …%s…", role, lang, path, main[max(0, at[0]-80):min(len(main), at[1]+80)])
				}
			}
		}
	}
}
