package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"gevinst/web/browser"
)

// seen lists the pages that are looked at in a real browser.
var seen = []struct{ role, path string }{
	{"", "/session"},
	{"economy_chief", "/"},
	{"project_owner", "/"},
	{"project_owner", "/tasks"},
	{"economy_chief", "/savings/2018"},
	{"viewer", "/savings/2018?programme=KME"},
	{"economy_chief", "/savings"},
	{"economy_chief", "/savings/2018?by=area"},
	{"viewer", "/savings/2018/bullets"},
	{"viewer", "/savings/2018/variance?by=owner"},
	{"viewer", "/savings/2018/months"},
	{"viewer", "/savings/2018/forecast"},
	{"viewer", "/savings/2018/over-time"},
	{"viewer", "/savings/2018/credited"},
	{"economy_chief", "/policy"},
	{"director", "/savings/2018?as_of=2017-11-06"},
	{"programme_office", "/catalogue"},
	{"viewer", "/catalogue?type=efficiency&origin=local"},
	{"programme_office", "/catalogue/1"},
	{"programme_office", "/catalogue/new"},
	{"programme_office", "/import/catalogue"},
	{"director", "/plan"},
	{"project_owner", "/initiatives"},
	{"project_owner", "/initiatives/9"},
	{"economy_chief", "/initiatives/9"},
	{"programme_office", "/initiatives/4"},
	{"viewer", "/initiatives/9/case"},
	{"programme_office", "/initiatives/6/case"},
	{"viewer", "/initiatives/4/case/compare"},
	{"economy_chief", "/indexes"},
	{"programme_office", "/initiatives/new"},
	{"viewer", "/benefits"},
	{"viewer", "/benefits/1"},
	{"project_owner", "/benefits/4"},
	{"programme_office", "/benefits/8"},
	{"programme_office", "/benefits/9"},
	{"economy_chief", "/benefits/5"},
	{"programme_office", "/initiatives/9/benefits/new?measure=indicator"},
	{"project_owner", "/benefits/4/claim"},
	{"programme_office", "/benefits/4/claim?spread=yearly"},
	{"economy_chief", "/savings/queue"},
	{"viewer", "/savings/queue?year=2018"},
	{"economy_chief", "/entries/8"},
	{"viewer", "/entries?initiative=9"},
	{"viewer", "/benefits/map"},
	{"viewer", "/benefits/map?initiative=6"},
	{"viewer", "/effects"},
	{"director", "/effects?by=programme"},
	{"economy_chief", "/requirements"},
	{"economy_chief", "/requirements/1"},
	{"economy_chief", "/follow-ups"},
	{"viewer", "/follow-ups/compare"},
	{"viewer", "/savings/2018/over-time?area=1"},
	{"economy_chief", "/finance"},
	{"economy_chief", "/finance/upload"},
	{"economy_chief", "/finance/accounts"},
	{"economy_chief", "/finance/accounts/2?year=2018"},
	{"viewer", "/finance/accounts/4?year=2018"},
	{"economy_chief", "/finance/reconciliation?year=2018"},
	{"viewer", "/feed"},
	{"economy_chief", "/overlaps"},
	{"director", "/priorities"},
	{"director", "/priorities/selection?year=2018&limit_1=2.000.000"},
	{"director", "/priorities/selection?year=2018&value=score"},
	{"director", "/priorities/selection?year=2018&value=score&round=1&limit_1=1.000.000"},
	{"viewer", "/capacity"},
	{"programme_office", "/capacity/2"},
	{"director", "/capacity/4"},
	{"programme_office", "/initiatives/5"},
	{"director", "/scenarios"},
	{"programme_office", "/scenarios/1"},
	{"viewer", "/priorities/1"},
	{"director", "/priorities/2"},
	{"programme_office", "/priorities/new"},
	{"programme_office", "/priorities/2/edit"},
	{"director", "/scenarios/carry-out?initiative=11&months=-4"},
	{"programme_office", "/decisions"},
	{"director", "/meetings"},
	{"viewer", "/meetings/1"},
	{"viewer", "/history"},
	{"administrator", "/users"},
	{"administrator", "/users/2"},
	{"viewer", "/account"},
	{"viewer", "/rights"},
	{"", "/accessibility"},
	{"", "/privacy"},
}

func TestPagesInBrowser(t *testing.T) {
	s := newSite(t, true)
	if !s.web.assets.Built() {
		t.Fatal("the bundle has not been built: run make build")
	}
	chief := s.as("economy_chief") // with a file of the finance system on the way in, read by a saved mapping
	wantStatus(t, chief.upload("/finance/upload", "opus.csv", opusFile), http.StatusSeeOther)
	wantStatus(t, chief.post("/finance/upload/mapping", append(mapped(chief.page("/finance/upload")), "name", "OPUS posteringer")...), http.StatusSeeOther)
	wantText(t, chief.settled(), "2 rækker giver 2 posteringer")
	b := browser.Start(t)
	for _, width := range []int{1280, 390} {
		for _, page := range seen {
			t.Run(fmt.Sprintf("%s as %s at %d px breaks no rule of content or accessibility, and stays still", page.path, page.role, width), func(t *testing.T) {
				p := b.Page(t, width, 900)
				if page.role != "" {
					p.Goto(s.server.URL + "/session")
					p.Eval(`fetch("/demo/session", {method: "POST", body: new URLSearchParams({role: "`+page.role+`"})}).then(r => r.status)`, nil)
				}
				p.Goto(s.server.URL + page.path)
				p.Screenshot(fmt.Sprintf("%s-%d", strings.Trim(strings.NewReplacer("/", "_", "?", "_", "=", "-").Replace(page.path+"-"+page.role), "_"), width))
				for _, e := range p.ConsoleErrors() {
					t.Error(e)
				}
				for _, v := range p.Axe() {
					t.Errorf("%s (%s): %s %v", v.ID, v.Impact, v.Help, v.Nodes)
				}
				if shift := p.LayoutShift(); shift.Sum > 0.001 {
					t.Errorf("the layout shifts: %+v", shift)
				}
				var overflow bool
				p.Eval(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`, &overflow)
				if overflow {
					t.Error("the page is wider than the window")
				}
			})
		}
	}
}

// A browser shows what it has of a page while the rest is on its way, and half a table has other columns than the whole.
func TestPageThatComesInPieces(t *testing.T) {
	s := newSite(t, true)
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Accept-Encoding")
		whole := httptest.NewRecorder()
		s.web.ServeHTTP(whole, r)
		for name, values := range whole.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(whole.Code)
		body := whole.Body.Bytes()
		if !strings.HasPrefix(whole.Header().Get("Content-Type"), "text/html") {
			_, _ = w.Write(body)
			return
		}
		for piece := range slices.Chunk(body, len(body)/16+1) {
			_, _ = w.Write(piece)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(30 * time.Millisecond)
		}
	}))
	defer slow.Close()
	b := browser.Start(t)
	for _, path := range []string{"/", "/savings/2018?programme=KME", "/catalogue", "/initiatives"} {
		t.Run(path+" stays still", func(t *testing.T) {
			p := b.Page(t, 1280, 900)
			p.Goto(slow.URL + "/accessibility")
			p.Eval(`fetch("/demo/session", {method: "POST", body: new URLSearchParams({role: "viewer"})}).then(r => r.status)`, nil)
			p.Goto(slow.URL + path)
			if shift := p.LayoutShift(); shift.Sum > 0.0001 {
				t.Errorf("the layout shifts: %+v", shift)
			}
		})
	}
}
