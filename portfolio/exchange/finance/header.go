package finance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"gevinst/portfolio"
)

// The fields that a column can hold. A field of a measure holds its amounts; month_01 to month_12 hold a month's each.
const (
	Account     = "account"
	AccountName = "account_name"
	Month       = "month"
	Year        = "year"
	Amount      = "amount"
	Measure     = "measure"
	Voucher     = "voucher"
	Text        = "text"
	// CorrectedBudget is the adopted budget and its changes together: the changes are what it has more.
	CorrectedBudget = "corrected_budget"
)

// MonthField names the column of a month, 1 to 12.
func MonthField(month int) string { return fmt.Sprintf("month_%02d", month) }

// Fields lists them in the order in which a person is asked.
func Fields() []string {
	list := []string{Account, AccountName, Month, Year, Measure, Amount}
	for _, m := range portfolio.Measures() {
		list = append(list, m.String())
	}
	list = append(list, CorrectedBudget, Voucher, Text)
	for m := 1; m <= 12; m++ {
		list = append(list, MonthField(m))
	}
	return list
}

// known are the headers that finance systems in Denmark write, the surest first.
var known = map[string][]string{
	Account: {"konto", "kontonr", "kontonummer", "budgetkonto", "kontostreng", "pspelement", "psp", "omkostningssted", "omkostningsstednr", "profitcenter", "artskonto", "account", "accountno"},
	AccountName: {
		"kontonavn", "kontotekst", "kontobetegnelse", "pspelementnavn", "pspnavn", "omkostningsstednavn", "artskontonavn", "betegnelse", "navn", "accountname",
	},
	Month:                             {"regnskabsperiode", "periode", "måned", "budgetperiode", "bogførtperiode", "bogfdato", "bogføringsdato", "posteringsdato", "bilagsdato", "dato", "month", "period", "postingdate"},
	Year:                              {"år", "regnskabsår", "budgetår", "year", "fiscalyear"},
	Amount:                            {"beløb", "beløbdkk", "beløbidkk", "beløbikr", "beløbkr", "saldo", "amount"},
	Measure:                           {"beløbstype", "budgetforbrug", "budgetregnskab", "måltal", "værditype", "type", "measure"},
	portfolio.OriginalBudget.String(): {"oprbudget", "oprindeligtbudget", "opribudget", "vedtagetbudget", "budget", "originalbudget"},
	CorrectedBudget:                   {"korrbudget", "korrigeretbudget", "korrigbudget", "correctedbudget"},
	portfolio.BudgetChange.String():   {"omplacering", "omplaceringer", "tillæg", "tillægsbevilling", "tillægsbevillinger", "budgetændring", "budgetændringer", "budgetchange"},
	portfolio.Actual.String():         {"forbrug", "regnskab", "forbrugåtd", "faktisk", "realiseret", "actual", "actuals"},
	Voucher:                           {"bilagsnr", "bilagsnummer", "bilag", "dokumentnr", "voucher", "voucherno"},
	Text:                              {"posteringstekst", "bilagstekst", "tekst", "bemærkning", "text"},
}

// plain makes a word comparable: letters and digits alone, in lower case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// fieldOf gives the field that a header is known to hold, and how sure that is (0 the surest).
func fieldOf(header string) (field string, rank int) {
	if strings.HasPrefix(header, "(") { // a column without a name
		return "", 0
	}
	word := plain(header[strings.LastIndex(header, ":")+1:])
	for _, f := range Fields() {
		if k := slices.Index(known[f], word); k >= 0 {
			return f, k
		}
	}
	word = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(word, "periode"), "p"), "0")
	for m := 1; m <= 12; m++ {
		if word == fmt.Sprint(m) || (len(word) <= 10 && monthWord(word) == m && strings.TrimFunc(word, unicode.IsLetter) == "") {
			return MonthField(m), 0
		}
	}
	return "", 0
}

// headRows is how far down the header is looked for.
const headRows = 50

// sampleRows is how many of the first rows are shown, and guessed from.
const sampleRows = 12

// Head is the beginning of a file: where its header is, and its first rows.
type Head struct {
	// Row is the header's, as a spreadsheet counts.
	Row    int
	Header []string
	// Rows are the first below it, as wide as it.
	Rows [][]string

	style style
	// page is the header as it stands and what is above it: a list prints them again at the head of every page.
	page [][]string
}

// again reports a row of the page's head that comes once more.
func (h *Head) again(cells []string) bool {
	return slices.ContainsFunc(h.page, func(row []string) bool {
		for i := range max(len(row), len(cells)) {
			if cellOf(row, i) != cellOf(cells, i) {
				return false
			}
		}
		return true
	})
}

// cellOf is a row's cell, "" where the row ends before it.
func cellOf(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[at])
}

// head reads the beginning. The header is the row that the mapping names, else the first with all of its columns, else the one
// that has most known words.
func (f *File) head(ctx context.Context, m portfolio.Mapping) (*Head, error) {
	h := &Head{style: style{comma: ';', quoted: m.Options[Quotes] != NoQuotes}}
	if f.Encoding != Workbook {
		var err error
		if h.style.comma, err = f.comma(); err != nil {
			return nil, err
		}
	}
	top, err := f.begins(ctx, h.style)
	if err != nil {
		return nil, err
	}
	at := headerAt(top, m)
	if at < 0 {
		return nil, whole("finance.no_header")
	}
	h.Row, h.Header = top[at].row, header(top, at)
	for _, l := range top[:at+1] {
		h.page = append(h.page, l.cells)
	}
	for _, l := range top[at+1:] {
		if len(h.Rows) < sampleRows && !h.again(l.cells) {
			h.Rows = append(h.Rows, wide(l.cells, len(h.Header)))
		}
	}
	return h, nil
}

// begins gives the first rows that are not empty. They are read once, however many mappings are held against them.
func (f *File) begins(ctx context.Context, s style) (top []line, err error) {
	if top, ok := f.tops[s]; ok {
		return top, nil
	}
	for l, err := range f.rows(ctx, s) {
		if err != nil && (len(top) == 0 || asFileError(err) == nil) {
			return nil, err
		}
		if err != nil {
			break // further down: the whole reading tells where
		}
		if blank(l.cells) {
			continue
		}
		top = append(top, line{l.row, slices.Clone(l.cells)})
		if len(top) == headRows+sampleRows {
			break
		}
	}
	if len(top) == 0 {
		return nil, whole("import.file_empty")
	}
	f.tops[s] = top
	return top, nil
}

func headerAt(top []line, m portfolio.Mapping) int {
	if row := m.Options[HeaderRow]; row != "" {
		return slices.IndexFunc(top, func(l line) bool { return fmt.Sprint(l.row) == row })
	}
	best, most := -1, 1
	for i := range top[:min(len(top), headRows)] {
		names := header(top, i)
		if len(m.Columns) > 0 && fits(m, names) {
			return i
		}
		fields := map[string]bool{}
		for _, name := range names {
			if f, _ := fieldOf(name); f != "" {
				fields[f] = true
			}
		}
		if len(fields) > most {
			best, most = i, len(fields)
		}
	}
	if best < 0 {
		best = slices.IndexFunc(top, func(l line) bool { return len(wordsOf(l.cells)) >= 2 })
	}
	return best
}

func wordsOf(cells []string) (list []string) {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			list = append(list, c)
		}
	}
	return list
}

// header names the columns. Where a row of groups stands above, columns of the same name are told apart by their group's, which
// goes on to the right until the next; columns that are still alike, and those without a name, by their number.
func header(top []line, at int) []string {
	names := slices.Clone(top[at].cells)
	for len(names) > 0 && strings.TrimSpace(names[len(names)-1]) == "" {
		names = names[:len(names)-1]
	}
	count := map[string]int{}
	for i, name := range names {
		names[i] = strings.Join(strings.Fields(blanks.Replace(name)), " ")
		count[names[i]]++
	}
	group := ""
	seen := map[string]bool{}
	for i, name := range names {
		if at > 0 && top[at-1].row == top[at].row-1 && i < len(top[at-1].cells) {
			if g := strings.TrimSpace(top[at-1].cells[i]); g != "" {
				group = g
			}
		}
		if count[name] > 1 && group != "" {
			name = strings.TrimSuffix(group+": "+name, ": ")
		}
		if name == "" || seen[name] {
			name = strings.TrimSpace(fmt.Sprintf("%s (%d)", name, i+1))
		}
		seen[name] = true
		names[i] = name
	}
	return names
}

// fits reports that all columns of a mapping are there.
func fits(m portfolio.Mapping, header []string) bool {
	for _, column := range m.Columns {
		if column != "" && !slices.Contains(header, column) {
			return false
		}
	}
	return true
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// wide makes a row as wide as the header.
func wide(cells []string, n int) []string {
	for len(cells) < n {
		cells = append(cells, "")
	}
	return cells[:n]
}

// comma finds the sign that divides the rows: the one that most of the first rows have equally often.
func (f *File) comma() (rune, error) {
	top, err := f.top()
	if err != nil {
		return 0, err
	}
	best, most := ';', 0
	for _, c := range []rune{';', '\t', '|', ','} {
		often := map[int]int{}
		for _, l := range top {
			if n := outside(l, c); n > 0 {
				often[n]++
			}
		}
		for n, rows := range often {
			if rows*min(n, 4) > most {
				best, most = c, rows*min(n, 4)
			}
		}
	}
	return best, nil
}

// outside counts a sign outside quotation marks.
func outside(s string, c rune) (n int) {
	quoted := false
	for _, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
		case r == c && !quoted:
			n++
		}
	}
	return n
}
