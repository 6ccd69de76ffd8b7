package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gevinst/portfolio/amount"
	"gevinst/web/locale"
)

// gridPage is a page of the grid's own markup on the real bundle, policy and texts, of any size: the business case's page
// has as many lines as its case.
type gridPage struct {
	lines, years int
	values       map[string]string
	version      int
}

const firstGridYear = 2018

var gridTemplate = `{{define "page"}}<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Gitter</title>
<link rel="stylesheet" href="{{asset "app.css"}}"><link rel="icon" href="{{asset "favicon.svg"}}"><script type="module" src="{{asset "app.js"}}"></script></head><body><main>
<h1>Businesscase</h1>
{{template "gridtexts"}}
<form data-case-grid action="/content" method="post" data-totals="/totals" data-draft="case-12-v{{.Version}}" data-warn{{if .Refused}}="unsaved"{{end}}>
<input type="hidden" name="version" value="{{.Version}}">
{{with .Refused}}<p id="refused">{{.}}</p>{{end}}
<p><label><input type="checkbox" data-grid-points> Tre punkter</label></p>
<div class="scroll always" tabindex="0" role="region" aria-label="Linjer">
<table class="data grid" data-grid><caption>Linjer</caption>
<thead><tr><th scope="col" id="c-title">Linje</th>{{range .Years}}<th scope="col" class="num" id="c-{{.}}">{{.}}</th>{{end}}<th scope="col" class="num">I alt</th></tr></thead>
<tbody>{{range $r, $line := .Lines}}
<tr data-line="{{$line.K}}"><th scope="row" id="r-{{$line.K}}" data-row="{{$r}}" data-col="title"><input type="text" name="line.{{$line.K}}.title" aria-labelledby="c-title" value="{{$line.Title}}"></th>
{{range $line.Likely}}<td class="cell" data-row="{{$r}}" data-col="{{.Year}}"><input class="cell num" name="{{.Name}}" aria-labelledby="r-{{$line.K}} c-{{.Year}}" inputmode="decimal" autocomplete="off" value="{{.Value}}"></td>{{end}}<td class="num"><output data-total="sum.{{$line.K}}"></output></td></tr>
<tr data-line="{{$line.K}}" data-point="low"><th scope="row" id="l-{{$line.K}}">Lav</th>
{{range $line.Low}}<td class="cell" data-row="{{$r}}" data-col="{{.Year}}"><input class="cell num" name="{{.Name}}" aria-labelledby="l-{{$line.K}} c-{{.Year}}" inputmode="decimal" autocomplete="off" value="{{.Value}}"></td>{{end}}<td></td></tr>{{end}}</tbody>
<tfoot><tr class="total"><th scope="row">Netto</th>{{range .Years}}<td class="num"><output data-total="net.{{.}}"></output></td>{{end}}<td></td></tr></tfoot></table></div>
<p data-grid-reading aria-live="polite"></p>
<p>Nutidsværdi <output data-result="npv"></output></p>
<button class="button button-primary">Gem</button></form></main></body></html>{{end}}`

type (
	gridField struct {
		Year        int
		Name, Value string
	}
	gridLine struct {
		K           int
		Title       string
		Likely, Low []gridField
	}
)

func (g *gridPage) list() []int {
	years := make([]int, g.years)
	for i := range years {
		years[i] = firstGridYear + i
	}
	return years
}

func newGridPage(t *testing.T, lines, years int) (*gridPage, string) {
	t.Helper()
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	assets, err := LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	if assets.Path("grid.js") == "" {
		t.Fatal("the bundle has no grid: run make build")
	}
	texts, err := templateFiles.ReadFile("templates/part_gridtexts.html")
	if err != nil {
		t.Fatal(err)
	}
	shown := template.Must(template.New("").Funcs(template.FuncMap{"t": languages["da"].Say, "asset": assets.Path, "dict": dict}).
		Parse(gridTemplate + string(texts)))
	g := &gridPage{lines: lines, years: years, values: map[string]string{}, version: 1}
	show := func(w http.ResponseWriter, status int, values url.Values, refused string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		if err := shown.ExecuteTemplate(w, "page", g.view(values, refused)); err != nil {
			t.Error(err)
		}
	}
	mux := http.NewServeMux()
	mux.Handle(AssetsPrefix, assets)
	mux.HandleFunc("GET /healthz", healthy)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { show(w, http.StatusOK, nil, "") })
	mux.HandleFunc("POST /totals", func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewEncoder(w).Encode(g.totals(r)); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("POST /content", func(w http.ResponseWriter, r *http.Request) {
		totals := g.totals(r)
		switch {
		case r.PostForm.Get("version") != fmt.Sprint(g.version):
			show(w, http.StatusConflict, r.PostForm, "En anden har gemt imens.")
		case len(totals.Errors) > 0:
			show(w, http.StatusUnprocessableEntity, r.PostForm, "Et beløb kan ikke læses.")
		default:
			for name, v := range r.PostForm {
				g.values[name] = v[0]
			}
			g.version++
			http.Redirect(w, r, fmt.Sprintf("/?saved=%d", g.version), http.StatusSeeOther)
		}
	})
	server := httptest.NewServer((&Server{}).securityHeaders(mux))
	t.Cleanup(server.Close)
	return g, server.URL
}

// view is what the page shows: the values sent, else those stored.
func (g *gridPage) view(sent url.Values, refused string) map[string]any {
	value := func(name string) string {
		if sent.Has(name) {
			return sent.Get(name)
		}
		return g.values[name]
	}
	lines := make([]gridLine, g.lines)
	for k := range lines {
		lines[k] = gridLine{K: k, Title: value(fmt.Sprintf("line.%d.title", k))}
		for _, y := range g.list() {
			likely, low := fmt.Sprintf("line.%d.y%d.likely", k, y), fmt.Sprintf("line.%d.y%d.low", k, y)
			lines[k].Likely = append(lines[k].Likely, gridField{y, likely, value(likely)})
			lines[k].Low = append(lines[k].Low, gridField{y, low, value(low)})
		}
	}
	return map[string]any{"Lines": lines, "Years": g.list(), "Version": g.version, "Refused": refused}
}

type gridTotals struct {
	Readings map[string]string `json:"readings"`
	Errors   map[string]string `json:"errors"`
	Totals   map[string]string `json:"totals"`
	Results  map[string]string `json:"results"`
}

// totals reads the figures as the domain does and adds them up.
func (g *gridPage) totals(r *http.Request) gridTotals {
	out := gridTotals{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	sums := map[string]amount.Money{}
	var all amount.Money
	for k := range g.lines {
		for _, y := range g.list() {
			name := fmt.Sprintf("line.%d.y%d.likely", k, y)
			text := r.FormValue(name)
			if text == "" {
				continue
			}
			figure, err := amount.ParseDanish(text)
			var refused *amount.FigureError
			if errors.As(err, &refused) {
				out.Errors[name] = strings.TrimSpace(fmt.Sprintf("»%s« kan ikke læses: %s", text, refused.Reading))
				continue
			}
			out.Readings[name] = text + " = " + amount.Danish.Kroner(figure.Ore)
			sums[fmt.Sprintf("sum.%d", k)] += figure.Ore
			sums[fmt.Sprintf("net.%d", y)] += figure.Ore
			all += figure.Ore
		}
	}
	for k := range g.lines {
		name := fmt.Sprintf("sum.%d", k)
		out.Totals[name] = amount.Danish.Kroner(sums[name])
	}
	for _, y := range g.list() {
		name := fmt.Sprintf("net.%d", y)
		out.Totals[name] = amount.Danish.Kroner(sums[name])
	}
	out.Results["npv"] = amount.Danish.Kroner(all)
	return out
}
