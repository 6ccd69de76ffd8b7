package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gevinst/portfolio"
)

var (
	linkShape   = regexp.MustCompile(`<a [^>]*href="([^"]*)"`)
	actionShape = regexp.MustCompile(`<form [^>]*method="get"[^>]*action="([^"]*)"`)
	idShape     = regexp.MustCompile(` id="([^"]*)"`)
	// oneOfMany are pages like many others, which lead from each to the next: a hundred years, most of the catalogue.
	oneOfMany = regexp.MustCompile(`^/savings/20(0|1[0-6]|[2-9])|^/catalogue/[2-6]\d$`)
)

// TestLinks follows every link of every page, as everyone who may see it.
func TestLinks(t *testing.T) {
	for _, test := range []struct {
		title    string
		examples bool
		start    string
	}{
		{"with the facts alone no link is dead", false, "/"},
		{"with the example data no link is dead", true, "/"},
		{"in the board's picture of 6 November 2017 no link is dead", true, "/?as_of=2017-11-06"},
	} {
		t.Run(test.title, func(t *testing.T) {
			s := newSite(t, test.examples)
			for _, role := range portfolio.Roles() {
				c := crawl{reader: s.as(role.String()), past: strings.TrimPrefix(test.start, "/"), seen: map[string]*crawled{}}
				c.visit(test.start, "", role.String())
				if len(c.seen) < 30 {
					t.Errorf("as %s only %d addresses were found", role, len(c.seen))
				}
			}
		})
	}
}

// crawl is one reader's walk. Pages whose query differs from the start's are asked for and not walked from: the filters'
// combinations have no end.
type crawl struct {
	*reader
	past string
	seen map[string]*crawled
}

type crawled struct {
	status int
	ids    map[string]bool
}

func (c *crawl) visit(address, from, role string) {
	c.Helper()
	address, fragment, _ := strings.Cut(html.UnescapeString(address), "#")
	if address == "" {
		address = from
	}
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || !strings.HasPrefix(u.Path, "/") {
		c.Errorf("as %s: %s links to %q", role, from, address)
		return
	}
	page, known := c.seen[address]
	if !known {
		page = c.ask(u, address, from, role)
	}
	if fragment != "" && page.status == http.StatusOK && !page.ids[fragment] {
		c.Errorf("as %s: %s links to %s#%s, and nothing there has that name", role, from, address, fragment)
	}
}

func (c *crawl) ask(u *url.URL, address, from, role string) *crawled {
	c.Helper()
	got := c.get(address)
	page := &crawled{status: got.status, ids: map[string]bool{}}
	c.seen[address] = page
	if got.status != http.StatusOK {
		c.Errorf("as %s: %s links to %s, which answers %d", role, from, address, got.status)
		return page
	}
	if !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
		return page
	}
	for _, m := range idShape.FindAllStringSubmatch(got.body, -1) {
		if page.ids[html.UnescapeString(m[1])] {
			c.Errorf("as %s: %s has two elements named %q", role, address, m[1])
		}
		page.ids[html.UnescapeString(m[1])] = true
	}
	if "?"+u.RawQuery != "?"+strings.TrimPrefix(c.past, "?") || oneOfMany.MatchString(u.Path) {
		return page
	}
	for _, shape := range []*regexp.Regexp{linkShape, actionShape} {
		for _, m := range shape.FindAllStringSubmatch(got.body, -1) {
			c.visit(m[1], address, role)
		}
	}
	return page
}
