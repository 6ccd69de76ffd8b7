package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/web/locale"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages are one language's templates: the parts, and each page's own content, which is put to them when the page is first asked
// for. Most of what the program would do at its start, and a third of what it would hold, is for pages that nobody opens.
type pages struct {
	// parts are what pages are cloned from, and so are never written themselves; rows is their clone that is.
	parts, rows *template.Template
	texts       map[string]string
	says        func(string) string
	mu          sync.Mutex
	made        map[string]*template.Template
}

// parse reads the templates for one language: its words and figures are bound once, not at each page. A file that defines
// "content" is a page, named after the file; the others are parts that every page may use.
func (s *Server) parse(l *locale.Language) (*pages, error) {
	set := &pages{
		parts: template.New("").Funcs(s.functions(l)), says: s.bound(l),
		texts: map[string]string{}, made: map[string]*template.Template{},
	}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, file := range names {
		b, err := templateFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name, text := strings.TrimSuffix(path.Base(file), ".html"), string(b)
		if strings.Contains(text, `{{define "content"`) {
			set.texts[name] = text
			continue
		}
		if _, err := set.parts.New(name).Parse(set.says(text)); err != nil {
			return nil, err
		}
	}
	set.rows, err = set.parts.Clone()
	return set, err
}

// page gives a page with the parts.
func (p *pages) page(name string) (*template.Template, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t, ok := p.made[name]; ok {
		return t, nil
	}
	text, ok := p.texts[name]
	if !ok {
		return nil, fmt.Errorf("no template %q", name)
	}
	t, err := p.parts.Clone()
	if err != nil {
		return nil, err
	}
	if p.made[name], err = t.New(name).Parse(p.says(text)); err != nil {
		delete(p.made, name)
		return nil, err
	}
	return p.made[name], nil
}

// saying finds the words and the assets that a template names outright.
var saying = regexp.MustCompile(`\{\{(t|asset) "([^"]+)"\}\}`)

// bound puts them into the text itself: most of a page's words are the same on every page, and to call for each costs more than
// all its figures.
func (s *Server) bound(l *locale.Language) func(string) string {
	return func(text string) string {
		return saying.ReplaceAllStringFunc(text, func(call string) string {
			parts := saying.FindStringSubmatch(call)
			if parts[1] == "asset" {
				return template.HTMLEscapeString(s.assets.Path(parts[2]))
			}
			return template.HTMLEscapeString(l.Say(parts[2]))
		})
	}
}

// functions are what every template can say. Those that need the request are methods on it, reached as $.R.
func (s *Server) functions(l *locale.Language) template.FuncMap {
	return template.FuncMap{
		"t":       l.Say,
		"count":   l.Count,
		"counted": l.Counted,
		"asset":   s.assets.Path,
		// code says an enum's value by its name: {{code "stage" .Stage}}
		"code": func(family string, v fmt.Stringer) string {
			if v.String() == "" {
				return ""
			}
			return l.Say(family + "." + v.String())
		},
		"kr": func(v any) string { return money(l, v, l.Style.Kroner) },
		"short": func(v any) string {
			return money(l, v, func(m amount.Money) string { return l.Style.Figure(amount.Exactly(m)) })
		},
		"mio":         func(v any) string { return money(l, v, l.Style.Millions) },
		"tkr":         func(v any) string { return thousands(l, v) },
		"date":        l.Style.Date,
		"shortdate":   l.Style.ShortDate,
		"month":       l.Style.MonthName,
		"shortmonth":  l.Style.ShortMonth,
		"number":      l.Number,
		"percent":     l.Percent,
		"fragment":    func(name string, v any) (template.HTML, error) { return s.fragment(l, name, v) },
		"queryFields": queryFields,
		"queryValue":  queryValue,
		"chartRows":   chartRows(l),
		"dict":        dict,
		"join":        strings.Join,
		"json":        func(b []byte) template.JS { return template.JS(b) }, //nolint:gosec // made by json.Marshal, which escapes < > &
	}
}

// money writes an amount, a figure or a total; what is not known is said in words.
func money(l *locale.Language, v any, exact func(amount.Money) string) string {
	switch v := v.(type) {
	case amount.Money:
		return exact(v)
	case ore:
		return money(l, v.Figure, exact)
	case amount.Figure:
		switch {
		case !v.Known:
			return l.Say("figure.unknown")
		case v.Approximate:
			return l.Say("figure.about", exact(v.Ore))
		}
		return exact(v.Ore)
	}
	return fmt.Sprint(v)
}

// thousands writes whole thousands of kroner without the unit, as the columns of a table have them.
func thousands(l *locale.Language, v any) string {
	return money(l, v, func(m amount.Money) string {
		text, _, _ := strings.Cut(strings.TrimPrefix(l.Style.Thousands(m), "DKK\u00a0"), "\u00a0")
		return text
	})
}

// dict passes several values to a template.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: odd number of arguments")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is not a name", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}

// html writes the page in its frame.
func (s *Server) html(r *request, pg *page) ([]byte, error) {
	set, err := s.templates[r.lang.Code]()
	if err != nil {
		return nil, err
	}
	t, err := set.page(pg.Template)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", &layout{Frame: r.frame(pg), Page: pg.View, Form: r.form, R: r}); err != nil {
		return nil, fmt.Errorf("write %s: %w", pg.Template, err)
	}
	return b.Bytes(), nil
}

// undated are the pages that show nothing of the portfolio, and so are the same on any day.
var undated = []string{"problem", "session", "statement", "rights", "account", "person", "welcome"}

func (r *request) frame(pg *page) frame {
	f := frame{
		Lang: r.lang.Code, Title: pg.Title, Demo: r.s.Demo, Example: pg.Example, Notice: pg.Notice,
		LangHref: r.self(), LangLabel: r.say("frame.other_language"), Search: r.value("q"), Query: r.query.Encode(),
		Path: r.path, Today: r.lang.Style.ShortDate(r.p.Today), ReadOnly: r.asOf != 0, Charts: pg.Charts,
		Dated: r.user != nil && !slices.Contains(undated, pg.Template),
	}
	f.Nav, f.Rooms = r.navigation()
	if r.p.Strategy != nil {
		f.Municipality = r.p.Strategy.Municipality
	}
	if r.user != nil {
		f.User = &frameUser{r.name(r.user.ID), r.say("role." + r.user.Role.String())}
	}
	if f.Demo {
		for _, role := range portfolio.Roles() {
			f.DemoRoles = append(f.DemoRoles, roleItem{role.String(), r.say("role." + role.String())})
		}
	}
	if r.asOf != 0 {
		f.AsOf, f.AsOfDay, f.AsOfToday = r.lang.Style.Date(r.asOf), r.asOf, r.with("as_of", "")
		if of := r.moment.frozen; of != nil {
			f.Frozen = of.Name
		}
	}
	return f
}

// fragments keeps rows of lists that have been written, by what they show. A row shows other subjects' figures too, so
// never by its subject's version.
type fragments struct {
	mu   sync.RWMutex
	rows map[any]template.HTML
}

const maxFragments = 20_000

func newFragments() *fragments { return &fragments{rows: map[any]template.HTML{}} }

type fragmentKey struct {
	name string
	row  any
}

// fragment writes a named template for a comparable value, once.
func (s *Server) fragment(l *locale.Language, name string, v any) (template.HTML, error) {
	f, key := s.fragments[l.Code], fragmentKey{name, v}
	f.mu.RLock()
	html, ok := f.rows[key]
	f.mu.RUnlock()
	if ok {
		return html, nil
	}
	html, err := s.written(l, name, v)
	if err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.rows) >= maxFragments {
		clear(f.rows)
	}
	f.rows[key] = html
	return html, nil
}

// written writes a named template.
func (s *Server) written(l *locale.Language, name string, v any) (template.HTML, error) {
	var b bytes.Buffer
	set, err := s.templates[l.Code]()
	if err != nil {
		return "", err
	}
	if err := set.rows.ExecuteTemplate(&b, name, v); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	return template.HTML(b.String()), nil //nolint:gosec // written by html/template itself
}

func appendInt(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }
