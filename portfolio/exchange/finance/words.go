package finance

import (
	"maps"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// Words is a language, as far as a preview is told in it.
type Words interface {
	Say(key string, args ...any) string
	// Counted says key.one or key.many, with the number written out.
	Counted(key string, n int) string
}

// Told says what the file would bring, or brought.
func (p *Preview) Told(w Words) []string {
	rows, fresh, known := w.Counted("finance.rows_read", p.Rows), w.Counted("finance.new_of", p.New), w.Counted("finance.known_of", p.Postings-p.New)
	list := []string{w.Say("finance.would", rows, w.Counted("finance.postings_of", p.Postings), fresh, known)}
	if p.Balances {
		fresh, known = w.Counted("finance.new_of", p.New-p.Changed), w.Counted("finance.same_of", p.Postings-p.New)
		list[0] = w.Say("finance.would_balances", rows, w.Counted("finance.balances_of", p.Postings), fresh, w.Counted("finance.changed_of", p.Changed), known)
	}
	if p.Totals > 0 {
		list = append(list, w.Counted("finance.totals_skipped", p.Totals))
	}
	if p.Heads > 0 {
		list = append(list, w.Counted("finance.heads_skipped", p.Heads))
	}
	if len(p.Unread) > 0 {
		list = append(list, w.Say("finance.unread", strings.Join(p.Unread, ", ")))
	}
	return list
}

// Unread names the columns of a file that a mapping reads nothing of.
func Unread(m portfolio.Mapping, header []string) (list []string) {
	used := slices.Collect(maps.Values(m.Columns))
	for _, name := range header {
		if !slices.Contains(used, name) {
			list = append(list, name)
		}
	}
	return list
}

// Shown gives a workbook's cells as its reader knows them. A workbook holds the number of a day: where the column is read as days, or
// is called a date, that is written out.
func Shown(m portfolio.Mapping, header, cells []string) []string {
	list := slices.Clone(cells)
	for at, name := range header[:min(len(header), len(list))] {
		read := name == m.Columns[Month] && strings.Contains(m.Options[Dates], "dd")
		if day := serial(list[at]); day != 0 && (read || strings.Contains(plain(name), "dato")) {
			list[at] = amount.Danish.ShortDate(day)
		}
	}
	return list
}
