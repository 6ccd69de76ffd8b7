package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// watch remembers where the log ends; what it gives tells the verbs that have been recorded since, the first first.
func (s *site) watch() func() []string {
	s.Helper()
	from := s.now().Seq
	return func() []string {
		s.Helper()
		p := s.now()
		events, err := s.store.Events(context.Background(), p, store.EventFilter{After: from, Limit: 100})
		if err != nil {
			s.Fatal(err)
		}
		var verbs []string
		for _, e := range slices.Backward(events) {
			verbs = append(verbs, string(e.Verb))
		}
		return verbs
	}
}

func (s *site) now() *portfolio.Portfolio {
	s.Helper()
	p, err := s.store.Snapshot(context.Background())
	if err != nil {
		s.Fatal(err)
	}
	return p
}

// titled finds an initiative of the launch data by the beginning of its title.
func (s *site) titled(start string) *portfolio.Initiative {
	s.Helper()
	for i := range s.now().Initiatives.All() {
		if strings.HasPrefix(i.Title, start) {
			return i
		}
	}
	s.Fatalf("no initiative begins with %q", start)
	return nil
}

func versionOf(r portfolio.Record) string {
	return strconv.FormatInt(portfolio.MetaOf(r).Version, 10)
}

func wantStatus(t testing.TB, got answer, status int) {
	t.Helper()
	if got.status != status {
		t.Fatalf("status %d, want %d\n%s", got.status, status, got.body)
	}
}

func wantText(t *testing.T, body string, texts ...string) {
	t.Helper()
	body = strings.ReplaceAll(body, "\u00a0", " ") // a figure and its unit are held together
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
}

func TestInitiativeList(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")
	type list struct {
		Items []struct {
			ID                                 int64
			Title, Stage, Plan                 string
			Plan_ore, Confirmed_ore, Drawn_ore *int64 //nolint:revive // as the interface spells them
			Expected_ore, Full_year_ore        *int64 //nolint:revive // as the interface spells them
		}
		Next *int64
	}
	read := func(query string) (l list) {
		t.Helper()
		viewer.json("/initiatives.json"+query, &l)
		return l
	}

	t.Run("it has every initiative and its part in 2018", func(t *testing.T) {
		all := read("")
		if len(all.Items) != s.now().Initiatives.Len() || all.Next != nil {
			t.Fatalf("%d items, next %v", len(all.Items), all.Next)
		}
		var plan, confirmed int64
		for _, i := range all.Items {
			if i.Plan_ore != nil {
				plan += *i.Plan_ore
			}
			confirmed += *i.Confirmed_ore
		}
		if plan != 3_920_000_00 || confirmed != 2_440_000_00 {
			t.Errorf("plan %d and confirmed %d øre; the example's story has 3.92 and 2.44 million kroner", plan, confirmed)
		}
	})

	t.Run("each facet narrows it", func(t *testing.T) {
		office := s.titled("Office 365")
		for query, want := range map[string]int{
			"?stage=realizing": 4, "?plan=awaiting": 1, "?plan=out": 1, "?q=office": 1, "?programme=KME": 0,
			"?owner=" + idText(office.ProjectOwner): len(s.now().Where(portfolio.Filter{Owner: office.ProjectOwner})),
			"?area=" + idText(office.Area):          len(s.now().Where(portfolio.Filter{Area: office.Area})),
		} {
			if got := read(query); len(got.Items) != want {
				t.Errorf("%s: %d initiatives, want %d", query, len(got.Items), want)
			}
		}
	})

	t.Run("a facet that does not exist is refused, not ignored", func(t *testing.T) {
		wantStatus(t, viewer.get("/initiatives?stage=asleep"), http.StatusUnprocessableEntity)
	})

	t.Run("what awaits a decision is drawn and does not count", func(t *testing.T) {
		opus := read("?q=opus").Items
		if len(opus) != 1 || opus[0].Drawn_ore == nil || *opus[0].Drawn_ore != 600_000_00 || *opus[0].Plan_ore != 0 {
			t.Errorf("OPUS: %+v", opus)
		}
	})

	t.Run("an initiative whose amount is not known has none, not zero", func(t *testing.T) {
		facts := newSite(t, false).as("viewer")
		var l list
		facts.json("/initiatives.json", &l)
		for _, i := range l.Items {
			if i.Plan_ore != nil || i.Expected_ore != nil || i.Full_year_ore != nil {
				t.Errorf("%s: planned %v, expected %v", i.Title, i.Plan_ore, i.Expected_ore)
			}
		}
	})

	t.Run("the file has every row of the view", func(t *testing.T) {
		got := viewer.do(http.MethodGet, "/initiatives.csv?stage=realizing", nil)
		wantStatus(t, got, http.StatusOK)
		if lines := strings.Count(got.body, "\n"); lines != 5 {
			t.Errorf("%d lines, want a header and four rows:\n%s", lines, got.body)
		}
	})

	t.Run("a long list comes by the hundred", func(t *testing.T) {
		office := s.as("programme_office")
		for n := range 130 {
			wantStatus(t, office.post("/initiatives", "title", fmt.Sprintf("Prøve %d", n), "background", "new"), http.StatusSeeOther)
		}
		first := read("")
		if len(first.Items) != pageRows || first.Next == nil {
			t.Fatalf("%d items, next %v", len(first.Items), first.Next)
		}
		rest := read(fmt.Sprintf("?after=%d", *first.Next))
		if got := len(first.Items) + len(rest.Items); got != s.now().Initiatives.Len() || rest.Next != nil {
			t.Errorf("%d rows in two pages, next %v", got, rest.Next)
		}
		if rest.Items[0].ID <= first.Items[pageRows-1].ID {
			t.Error("the second page begins before the first one ends")
		}
		wantText(t, viewer.page("/initiatives"), "after="+strconv.FormatInt(*first.Next, 10))
	})
}

func TestNewInitiative(t *testing.T) {
	s := newSite(t, false)
	office := s.as("programme_office")

	t.Run("a program creates one and is told where it is", func(t *testing.T) {
		recorded := s.watch()
		got := office.do(http.MethodPost, "/initiatives", strings.NewReader(
			`{"title":"Digital post","programme":"DIG","background":"catalogue","item":3,"one_off_ore":12345600,"start":"2018-10"}`),
			"Content-Type", "application/json")
		wantStatus(t, got, http.StatusCreated)
		if verbs := recorded(); !slices.Equal(verbs, []string{"initiative.create"}) {
			t.Fatalf("recorded %v", verbs)
		}
		var made struct {
			Title      string
			OneOffOre  int64 `json:"one_off_ore"`
			Item       int   `json:"catalogue_item"`
			Background string
			Schedule   struct{ Start string }
		}
		office.json(got.header.Get("Location")+".json", &made)
		if made.Title != "Digital post" || made.OneOffOre != 12345600 || made.Item != 3 || made.Schedule.Start != "2018-10" {
			t.Errorf("made %+v", made)
		}
	})

	t.Run("a refused form comes back filled in, with the reason at the field", func(t *testing.T) {
		recorded := s.watch()
		got := office.post("/initiatives", "title", "Ny portal", "one_off", "1,234", "background", "new")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `value="Ny portal"`, `value="1,234"`, `id="one_off-error"`, `aria-invalid="true"`, `role="alert"`, `href="#one_off"`)
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("only those who may select initiatives reach the form", func(t *testing.T) {
		for _, role := range []string{"project_owner", "economy_chief", "administrator", "viewer"} {
			r := s.as(role)
			wantStatus(t, r.get("/initiatives/new"), http.StatusForbidden)
			wantStatus(t, r.post("/initiatives", "title", "Ny", "background", "new"), http.StatusForbidden)
		}
	})
}

func TestInitiativePage(t *testing.T) {
	s := newSite(t, true)
	viewer := s.as("viewer")
	address := func(start string) string { return fmt.Sprintf("/initiatives/%d", s.titled(start).ID) }

	t.Run("it begins with what the initiative is to bring, what is confirmed and what is missing", func(t *testing.T) {
		wantText(t, viewer.page(address("Digital sagsbehandling")),
			"Skal efter planen give 560 t.kr. i 2018", "Bekræftet er 140 t.kr.", "der mangler 420 t.kr.", "280 t.kr. forventes")
		wantText(t, viewer.page(address("Office 365")), "0,6 mio. kr. nås ikke i 2018")
	})

	t.Run("it has the ledger, the rejection with its note, and the decisions", func(t *testing.T) {
		wantText(t, viewer.page(address("Digital sagsbehandling")), "Afvist", "ikke trukket fra", "Godkendt. Dog beslutning omkring",
			`id="entry-4"`, "Eksempelbilag")
	})

	t.Run("an overlap without a home counts nowhere and says so", func(t *testing.T) {
		wantText(t, viewer.page(address("OPUS")), "Det tæller ingen steder, før det er besluttet", "0,6 mio. kr.")
	})

	t.Run("invented values carry the mark and stated ones their source", func(t *testing.T) {
		page := viewer.page(address("Office 365"))
		wantText(t, page, "Eksempeldata", "326-2017-315951")
	})

	t.Run("what is not known is said, not shown as zero", func(t *testing.T) {
		facts := newSite(t, false)
		page := facts.as("viewer").page(fmt.Sprintf("/initiatives/%d", facts.titled("Device").ID))
		wantText(t, page, "ukendt", "Der er")
		if strings.Contains(page, "Eksempeldata</span></dd>") {
			t.Error("the facts alone carry the mark of an example")
		}
	})

	t.Run("the past has no forms", func(t *testing.T) {
		page := s.as("programme_office").page(address("Office 365") + "?as_of=2018-02-01")
		if strings.Contains(page, `action="/initiatives/`) && strings.Contains(page, `method="post" action="/initiatives/`) {
			t.Error("a form is offered in the past")
		}
	})

	t.Run("an initiative that does not exist is not found", func(t *testing.T) {
		for _, path := range []string{"/initiatives/999", "/initiatives/x", "/initiatives/0", "/benefits/999", "/benefits/x"} {
			wantStatus(t, viewer.get(path), http.StatusNotFound)
		}
	})

	t.Run("English says the same", func(t *testing.T) {
		r := s.as("viewer")
		wantStatus(t, r.post("/language", "lang", "en"), http.StatusSeeOther)
		wantText(t, r.page(address("Digital sagsbehandling")), "by the plan", "Ledger entries")
	})
}

func TestInitiativeForms(t *testing.T) {
	s := newSite(t, true)
	owner, office, viewer := s.asUser(s.titled("Office 365").ProjectOwner), s.as("programme_office"), s.as("viewer")
	mine, other := s.titled("Office 365"), s.titled("Digital sagsbehandling")
	at := func(i *portfolio.Initiative, name string) string {
		return fmt.Sprintf("/initiatives/%d/%s", i.ID, name)
	}
	fresh := func(i *portfolio.Initiative) string { return versionOf(s.now().Initiatives.Get(i.ID)) }

	t.Run("an owner's own are changed, each form by its one event", func(t *testing.T) {
		for name, c := range map[string]struct {
			fields []string
			verb   string
		}{
			"edit":    {[]string{"summary", "Fælles kontorpakke.", "one_off", "1,6 mio. kr."}, "initiative.edit"},
			"comment": {[]string{"note", "Vi venter på leverandøren."}, "initiative.comment"},
			"stage":   {[]string{"stage", "implemented"}, "initiative.implement"},
		} {
			recorded := s.watch()
			wantStatus(t, owner.post(at(mine, name), append(c.fields, "version", fresh(mine))...), http.StatusSeeOther)
			if verbs := recorded(); !slices.Equal(verbs, []string{c.verb}) {
				t.Errorf("%s recorded %v, want %s", name, verbs, c.verb)
			}
		}
		wantText(t, owner.page(fmt.Sprintf("/initiatives/%d", mine.ID)), "Fælles kontorpakke.", "1.600.000 kr.", "Vi venter på leverandøren.", "Implementeret")
	})

	t.Run("another's are refused, and so is everything to a viewer", func(t *testing.T) {
		recorded := s.watch()
		for name, fields := range map[string][]string{
			"edit": {"summary", "x"}, "comment": {"note", "x"}, "stage": {"stage", "closed"}, "delay": {"months", "1", "note", "x"},
			"benefits": {"title", "x", "type", "quality", "cashability", "non_financial", "unit", "x"}, "owners": {"project_owner", ""},
			"plan": {"state", "out", "reason", "x", "decision", "1"},
		} {
			fields = append(fields, "version", fresh(other))
			wantStatus(t, owner.post(at(other, name), fields...), http.StatusForbidden)
			wantStatus(t, viewer.post(at(other, name), fields...), http.StatusForbidden)
		}
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
		for _, r := range []*reader{owner, viewer} {
			if strings.Contains(r.page(fmt.Sprintf("/initiatives/%d", other.ID)), `action="`+at(other, "edit")) {
				t.Error("a form is offered to who may not use it")
			}
		}
	})

	t.Run("a delay moves what has not begun, and the notice says what it does to the year", func(t *testing.T) {
		recorded := s.watch()
		got := owner.post(at(mine, "delay"), "months", "2", "note", "Leverandøren er forsinket", "version", fresh(mine))
		wantStatus(t, got, http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"initiative.delay", "benefit.move"}) {
			t.Fatalf("recorded %v", verbs)
		}
		wantText(t, owner.page(got.header.Get("Location")), "meldte Office 365 / Cloud forsinket",
			"Virkningen i 2018 var 0,3 mio. kr. og er nu 0,1 mio. kr.")
	})

	t.Run("owners are named by the programme office", func(t *testing.T) {
		recorded := s.watch()
		got := office.post(at(mine, "owners"), "project_owner", idText(other.ProjectOwner), "benefit_owner", idText(other.ProjectOwner), "version", fresh(mine))
		wantStatus(t, got, http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"initiative.assign"}) {
			t.Fatalf("recorded %v", verbs)
		}
		wantStatus(t, owner.post(at(mine, "edit"), "summary", "x", "version", fresh(mine)), http.StatusForbidden)
	})

	t.Run("leaving the plan needs a reason and a decision", func(t *testing.T) {
		got := office.post(at(mine, "plan"), "state", "out", "version", fresh(mine))
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `id="reason-error"`, `id="decision-error"`)
		recorded := s.watch()
		wantStatus(t, office.post(at(mine, "plan"), "state", "out", "reason", "Udgår", "decision", "3", "version", fresh(mine)), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"initiative.withdraw"}) {
			t.Fatalf("recorded %v", verbs)
		}
		wantText(t, office.page(fmt.Sprintf("/initiatives/%d", mine.ID)), "udgået af handlingsplanen", "Udgået af planen: Udgår")
	})
}
