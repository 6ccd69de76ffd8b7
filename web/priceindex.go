package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

var indexFields = fields{"name": "", "source": "", "points": ""}

// indexesView are the price and wage indexes, by which a line of a business case is restated in another year's prices.
type indexesView struct {
	Items []indexView `json:"items"`
	Next  *int64      `json:"next"`
	New   *recordForm `json:"-"`
	Links listLinks   `json:"-"`
}

// indexView is one index. Its points are in thousandths: only their ratios count.
type indexView struct {
	ID      portfolio.PriceIndexID `json:"id"`
	Version int64                  `json:"version"`
	Name    string                 `json:"name"`
	Source  string                 `json:"source"`
	Points  []indexPoint           `json:"points"`
	Example bool                   `json:"example"`
	Edit    *recordForm            `json:"-"`
}

type indexPoint struct {
	Year  int    `json:"year"`
	Milli int64  `json:"value_milli"`
	Text  string `json:"-"`
}

func (s *Server) indexes(r *request) (*page, error) {
	r.path = "/indexes"
	v := &indexesView{Items: []indexView{}, Links: r.listLinks(0, nil)}
	for x := range r.p.Indexes.All() {
		one := indexView{ID: x.ID, Version: x.Version, Name: x.Name, Source: x.Source, Points: []indexPoint{}, Example: x.AnyExample()}
		for _, p := range indexPoints(x) {
			one.Points = append(one.Points, indexPoint{p.Year, p.Milli, pointText(p.Milli)})
		}
		if r.may(portfolio.EditRequirement, x) || r.sent(indexHref(x.ID)) {
			one.Edit = r.indexForm(fmt.Sprintf("index-%d", x.ID), indexHref(x.ID), r.say("indexes.edit", x.Name), x)
		}
		v.Items = append(v.Items, one)
	}
	if r.may(portfolio.EditRequirement, nil) || r.sent("/indexes") {
		v.New = r.indexForm("index", "/indexes", r.say("indexes.new"), nil)
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "indexes", Title: r.say("indexes.title"), View: v, Notice: notice, Table: func() exchange.Table { return v.table() }}, nil
}

func indexHref(id portfolio.PriceIndexID) string { return fmt.Sprintf("/indexes/%d", id) }

func indexPoints(x *portfolio.PriceIndex) []portfolio.IndexPoint {
	points := slices.Clone(x.Points)
	slices.SortFunc(points, func(a, b portfolio.IndexPoint) int { return a.Year - b.Year })
	return points
}

func (v *indexesView) table() exchange.Table {
	t := exchange.Table{Columns: []string{"index", "name", "year", "value_milli", "source", "example"}}
	for _, x := range v.Items {
		for _, p := range x.Points {
			t.Add(int64(x.ID), x.Name, p.Year, p.Milli, x.Source, x.Example)
		}
	}
	return t
}

// indexForm describes an index, or changes one.
func (r *request) indexForm(id, action, title string, x *portfolio.PriceIndex) *recordForm {
	f := r.record(id, action, title, r.say("form.save"))
	name, source, points := "", "", ""
	if x != nil {
		name, source = x.Name, x.Source
		for _, p := range indexPoints(x) {
			points += fmt.Sprintf("%d %s\n", p.Year, pointText(p.Milli))
		}
		version := strconv.FormatInt(x.Version, 10)
		f.add(recordField{Name: "version", Kind: "hidden", Value: version})
		f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/%d", x.Kind(), x.ID)})
	}
	f.add(recordField{Name: "name", Label: r.say("indexes.name"), Hint: r.say("indexes.name_hint"), Kind: "text", Value: name, Required: true})
	f.add(recordField{Name: "points", Label: r.say("indexes.points"), Hint: r.say("indexes.points_hint"), Kind: "lines", Value: points, Required: true})
	f.add(recordField{Name: "source", Label: r.say("indexes.source"), Hint: r.say("indexes.source_hint"), Kind: "text", Value: source, Required: true})
	return f
}

// readIndex lays what was sent over the index that stands.
func readIndex(f *form, to portfolio.PriceIndex) portfolio.PriceIndex {
	if given(f, "name") {
		to.Name = f.get("name")
	}
	if given(f, "source") {
		to.Source = f.get("source")
	}
	if given(f, "points") {
		to.Points = readPoints(f)
	}
	return to
}

// pointText writes a point as readPoints reads it: with a decimal comma, and never in groups.
func pointText(milli int64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d,%03d", milli/1000, milli%1000), "0"), ",")
}

// readPoints reads a year and a value on each line, such as 2018 103,2.
func readPoints(f *form) []portfolio.IndexPoint {
	var points []portfolio.IndexPoint
	for line := range strings.Lines(strings.Join(f.Values["points"], "\n")) {
		words := strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(" \t\r\n;:\u00a0", c) })
		if len(words) == 0 {
			continue
		}
		year, err := strconv.Atoi(words[0])
		var milli int64
		if err == nil && len(words) == 2 {
			milli, err = readThousandths(words[1])
		}
		if err != nil || len(words) != 2 {
			f.bad("points", "error.index_line", strings.TrimSpace(line))
			continue
		}
		points = append(points, portfolio.IndexPoint{Year: year, Milli: milli})
	}
	return points
}

// readThousandths reads a number with up to three decimals, in thousandths. Either mark is taken for the decimal one: an index
// is never in the thousands.
func readThousandths(text string) (int64, error) {
	whole, decimals, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if len(whole) > 6 || len(decimals) > 3 || strings.Trim(whole+decimals, "0123456789") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(whole+decimals+strings.Repeat("0", 3-len(decimals)), 10, 64)
}

func (s *Server) newIndex(r *request) (*done, error) {
	sent := readIndex(r.form, portfolio.PriceIndex{})
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if err := allowed(tx, by, portfolio.EditRequirement, nil); err != nil {
			return err
		}
		id, err := tx.NextID(portfolio.KindPriceIndex)
		if err != nil {
			return err
		}
		x := sent
		x.ID = portfolio.PriceIndexID(id)
		next, e, err := portfolio.NewPriceIndex(by, x)
		return save(tx, next, e, err)
	})
	return &done{location: "/indexes", seq: seq, created: true}, err
}

func (s *Server) editIndex(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindPriceIndex)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		x := tx.Portfolio().Indexes.Get(portfolio.PriceIndexID(id))
		if x == nil {
			return portfolio.Missing(portfolio.KindPriceIndex, id)
		}
		if err := allowed(tx, by, portfolio.EditRequirement, x); err != nil {
			return err
		}
		if err := r.form.seen(x); err != nil {
			return err
		}
		to := readIndex(r.form, *x)
		if err := r.form.err(); err != nil {
			return err
		}
		next, e, err := x.Edit(by, to)
		return save(tx, next, e, err)
	})
	return &done{location: "/indexes", seq: seq}, err
}
