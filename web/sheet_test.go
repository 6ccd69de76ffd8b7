package web

import (
	"fmt"
	"regexp"
	"testing"

	"gevinst/web/browser"
)

// TestSheets holds how much paper the pages of the savings take: none begins a sheet for a line or two.
func TestSheets(t *testing.T) {
	s := newSite(t, true)
	if !s.web.assets.Built() {
		t.Fatal("the bundle is missing; run: make bundle")
	}
	b := browser.Start(t)
	for _, c := range []struct {
		path   string
		sheets int
	}{{"/", 3}, {"/savings/2018", 6}, {"/follow-ups/compare", 3}} {
		t.Run(fmt.Sprintf("%s is printed on %d sheets of A4", c.path, c.sheets), func(t *testing.T) {
			p := b.Page(t, 1280, 900)
			p.Goto(s.server.URL + "/session")
			p.Eval(`fetch("/demo/session", {method: "POST", body: new URLSearchParams({role: "economy_chief"})}).then(r => r.status)`, nil)
			p.Goto(s.server.URL + c.path)
			if n := len(sheet.FindAll(p.PDF(), -1)); n != c.sheets {
				t.Errorf("%d sheets, want %d", n, c.sheets)
			}
		})
	}
}

// sheet matches a page of a PDF, and not the tree of them.
var sheet = regexp.MustCompile(`/Type\s*/Page[^s]`)

func TestDirectorSheet(t *testing.T) {
	s := newSite(t, true)
	if !s.web.assets.Built() {
		t.Fatal("the bundle is missing; run: make bundle")
	}
	b := browser.Start(t)
	t.Run("the director's page is one sheet of A4", func(t *testing.T) {
		p := b.Page(t, 1280, 900)
		p.Goto(s.server.URL + "/session")
		p.Eval(`fetch("/demo/session", {method: "POST", body: new URLSearchParams({role: "director"})}).then(r => r.status)`, nil)
		p.Goto(s.server.URL + "/director")
		if n := len(sheet.FindAll(p.PDF(), -1)); n != 1 {
			t.Errorf("%d sheets", n)
		}
	})
	for _, page := range []struct{ role, path string }{
		{"director", "/director"}, {"programme_office", "/reports"}, {"programme_office", "/reports/new"}, {"viewer", "/reports/1"}, {"viewer", "/reports/compare"},
	} {
		for _, width := range []int{1280, 390} {
			t.Run(page.path+" breaks no rule of accessibility and is not wider than the window", func(t *testing.T) {
				p := b.Page(t, width, 900)
				p.Goto(s.server.URL + "/session")
				p.Eval(`fetch("/demo/session", {method: "POST", body: new URLSearchParams({role: "`+page.role+`"})}).then(r => r.status)`, nil)
				p.Goto(s.server.URL + page.path)
				for _, e := range p.ConsoleErrors() {
					t.Error(e)
				}
				for _, v := range p.Axe() {
					t.Errorf("%s (%s): %s %v", v.ID, v.Impact, v.Help, v.Nodes)
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
