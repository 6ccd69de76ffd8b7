package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// pages are measured by their first rendering after a change.
var pages = []string{"/", "/catalogue", "/initiatives", "/plan", "/savings/2018"}

// renderedPages measures the first rendering after a change against html/template writing the rows of the same page, and
// against the same page of other sizes.
func renderedPages(b *testing.B) {
	base := changing(b, embedded(b, small))
	others := []struct {
		z    size
		most float64
	}{{deep, 1.1}, {middling, 2}, {wide, 2}, {large, 2}}
	all := base.page(b, "/initiatives")
	for _, path := range pages {
		page := base.page(b, path)
		what := fmt.Sprintf("first rendering of %s after a change; the rows of its tables", path)
		if path == "/" { // it says what all the initiatives come to and shows the largest alone
			got := race(b, base.first(path), plainRows(b, all))
			atMost("first rendering of / after a change; the rows of the initiatives", got[0], got[1], 1.2)
		}
		got := race(b, base.first(path), plainRows(b, page))
		atMost(what, got[0], got[1], 1.2)
	}
	for _, o := range others {
		other := changing(b, embedded(b, o.z))
		for _, path := range pages {
			got := race(b, other.first(path), base.first(path))
			atMost(fmt.Sprintf("%s at %s, against %s", path, o.z, small), got[0], got[1], o.most)
		}
		other.web = nil
		forget(b, "embedded", o.z)
	}
}

// changer is a site in which something changes between two readings.
type changer struct {
	*site
	*client
	store *store.Store
	turn  int
}

func changing(b *testing.B, s *store.Store) *changer {
	t := newSite(b, s)
	return &changer{site: t, client: dial(b, t.URL), store: s}
}

func (c *changer) first(path string) contestant {
	return contestant{
		before: c.change,
		act:    func(tb testing.TB) { c.get(tb, ask(path, c.cookie), http.StatusOK, "") },
	}
}

// change moves one gain's amount, and with it a row, the sums and the pictures.
func (c *changer) change(tb testing.TB) {
	c.turn++
	if err := editBenefit(context.Background(), c.store, portfolio.BenefitID(c.turn%80+1), c.turn); err != nil {
		tb.Fatal(err)
	}
}

// editBenefit is one change: one event and one record.
func editBenefit(ctx context.Context, s *store.Store, id portfolio.BenefitID, turn int) error {
	_, err := s.Write(ctx, func(tx *store.Tx) error {
		p := tx.Portfolio()
		was := p.Benefits.Get(id)
		to := *was
		to.Gross = amount.Exactly(amount.Money(60+turn%600) * 1000 * amount.Krone)
		b, e, err := was.Edit(p, tx.By(office, ""), to)
		if err != nil {
			return err
		}
		tx.Save(b, e)
		return nil
	})
	return err
}

// page reads a page's text.
func (c *changer) page(b *testing.B, path string) string {
	b.Helper()
	_, body := c.get(b, ask(path, c.cookie), http.StatusOK, "")
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

// cell is a cell of a table as html/template gets it.
type cell struct{ Text, Href, Class string }

var plain = template.Must(template.New("").Parse(`<!doctype html><table>{{range .}}<tr>{{range .}}<td{{with .Class}} class="{{.}}"{{end}}>` +
	`{{if .Href}}<a href="{{.Href}}">{{.Text}}</a>{{else}}{{.Text}}{{end}}</td>{{end}}</tr>
{{end}}</table>`))

// plainRows writes every row of the page's tables with html/template, the cells' texts being ready. It sends them as they
// are, while the page is compressed.
func plainRows(b *testing.B, page string) contestant {
	b.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		b.Fatal(err)
	}
	var rows [][]cell
	for n := range doc.Descendants() {
		if n.Data != "tr" {
			continue
		}
		var row []cell
		for c := range n.ChildNodes() {
			if c.Data == "td" || c.Data == "th" {
				row = append(row, cellOf(c))
			}
		}
		rows = append(rows, row)
	}
	tell("rows of tables, "+title1(page), fmt.Sprintf("%d rows, %d bytes of HTML", len(rows), len(page)))
	c := serve(b, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var out bytes.Buffer
		if err := plain.Execute(&out, rows); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", fmt.Sprint(out.Len()))
		w.Write(out.Bytes()) //nolint:errcheck // the client would tell
	}))
	return contestant{act: func(tb testing.TB) { c.get(tb, ask("/", ""), http.StatusOK, "") }}
}

func title1(page string) string {
	_, rest, _ := strings.Cut(page, "<title>")
	text, _, _ := strings.Cut(rest, "</title>")
	return text
}

func cellOf(n *html.Node) cell {
	var c cell
	for _, a := range n.Attr {
		if a.Key == "class" {
			c.Class = a.Val
		}
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			c.Text += d.Data
		}
		for _, a := range d.Attr {
			if a.Key == "href" {
				c.Href = a.Val
			}
		}
	}
	return c
}
