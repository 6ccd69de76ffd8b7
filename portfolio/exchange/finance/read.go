package finance

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// item is one amount of a row, as it becomes a posting. Costs are positive.
type item struct {
	row           int
	account, name string
	month         portfolio.Month
	measure       portfolio.Measure
	ore           amount.Money
	voucher, text string
}

// walker reads a file's rows by a plan.
type walker struct {
	file *File
	head *Head
	plan *plan
	bad  refusals
	// rows counts those with amounts, totals those that add others up, heads those that repeat the page's head.
	rows, totals, heads int
	warnings            refusals
	sums                []running
	line                line
	items               []item
}

// running is what a column has added up to, in the file's own sign, now and at its latest totals rows.
type running struct {
	sum   amount.Money
	marks []amount.Money
}

// maxMarks bounds how many totals rows back a sum may begin.
const maxMarks = 200

func newWalker(f *File, h *Head, p *plan) *walker {
	w := &walker{file: f, head: h, plan: p, sums: make([]running, len(p.amounts))}
	for k := range w.sums {
		w.sums[k].marks = []amount.Money{0}
	}
	return w
}

// walk reads every row and gives its items while nothing is wrong with it. What is wrong is in bad afterwards. give returns false
// to stop.
func (w *walker) walk(ctx context.Context, give func(l line, items []item) bool) error {
	for l, err := range w.file.rows(ctx, w.head.style) {
		if bad := asFileError(err); bad != nil {
			for _, e := range bad.Rows {
				w.bad.add(e)
			}
			return nil
		}
		if err != nil {
			return err
		}
		if l.row <= w.head.Row || blank(l.cells) {
			continue
		}
		if w.rows >= w.file.limits.Rows {
			w.bad.add(exchange.RowError{Row: l.row, Code: "import.too_many_rows", Args: []any{w.file.limits.Rows}})
			return nil
		}
		if w.head.again(l.cells) {
			w.heads++
			continue
		}
		w.line = l
		if w.total() {
			w.totals++
			continue
		}
		w.rows++
		if w.read() && !give(l, w.items) {
			return nil
		}
	}
	if w.rows == 0 && w.bad.err() == nil {
		w.bad.add(exchange.RowError{Code: "import.no_rows"})
	}
	return nil
}

// cell is a column's in the present row.
func (w *walker) cell(at int) string { return cellOf(w.line.cells, at) }

func (w *walker) get(field string) string { return w.cell(w.plan.place(field)) }

// refuse tells what is wrong with the cell of a column; -1 is the row.
func (w *walker) refuse(at int, code string, args ...any) {
	e := exchange.RowError{Row: w.line.row, Code: code, Args: args}
	if at >= 0 {
		e.Column, e.Value = w.head.Header[at], w.cell(at)
	}
	w.bad.add(e)
}

// total recognises a row that adds others up: it has no account, or says so in its place. What it says is held against what
// stands above it.
func (w *walker) total() bool {
	account := w.get(Account)
	if account == "" && (w.get(Month) != "" || w.get(Voucher) != "") {
		return false
	}
	if account != "" && !saysTotal(account) {
		return false
	}
	for k, c := range w.plan.amounts {
		s := &w.sums[k]
		said, code := w.plan.figures.parse(w.cell(c.at))
		if code == "" && !slices.Contains(s.marks, s.sum-said) {
			above := s.sum - s.marks[len(s.marks)-1]
			w.warnings.add(exchange.RowError{
				Row: w.line.row, Column: w.head.Header[c.at], Value: w.cell(c.at), Code: "finance.total_differs",
				Args: []any{amount.Danish.Plain(above)},
			})
		}
		if s.sum != s.marks[len(s.marks)-1] {
			s.marks = append(s.marks, s.sum)
			s.marks = s.marks[max(0, len(s.marks)-maxMarks):]
		}
	}
	return true
}

// totalWords begin the account's cell of a row that adds up.
var totalWords = []string{"sum", "summa", "total", "totalt", "subtotal", "hovedtotal", "ialt", "i alt", "resultat"}

func saysTotal(account string) bool {
	if strings.HasPrefix(account, "*") {
		return true
	}
	if account[0] >= '0' && account[0] <= '9' { // as accounts do
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(account), func(r rune) bool { return !unicode.IsLetter(r) })
	return len(words) > 0 && slices.Contains(totalWords, words[0]) || len(words) > 1 && slices.Contains(totalWords, words[0]+" "+words[1])
}

// Bounds of what a posting holds, in bytes.
const (
	maxAccount = 100
	maxText    = 300
	maxVoucher = 100
)

// read makes the row's items; false where something is wrong with it.
func (w *walker) read() bool {
	before := len(w.bad.Rows) + w.bad.More
	w.items = w.items[:0]
	w.shape()
	base := item{row: w.line.row}
	base.account = w.text(Account, maxAccount)
	if base.account == "" {
		w.refuse(w.plan.place(Account), "finance.account_empty")
	}
	base.name = w.text(AccountName, maxText)
	base.voucher, base.text = w.text(Voucher, maxVoucher), w.text(Text, maxText)
	base.measure = w.measure()
	year := w.year()
	if w.plan.place(Month) >= 0 {
		var code string
		if base.month, code = w.plan.dates.parse(w.get(Month), year); code != "" {
			w.refuse(w.plan.place(Month), code, formArgs(code, w.plan.dates.form)...)
		}
	} else {
		base.month = w.plan.month
	}
	for k, c := range w.plan.amounts {
		w.amount(k, c, base, year)
	}
	return len(w.bad.Rows)+w.bad.More == before
}

// formArgs tells the form that a date should have.
func formArgs(code, form string) []any {
	if code == "finance.month_form" {
		return []any{form}
	}
	return nil
}

// shape refuses a row that is wider than the header, or ends before what is read of it.
func (w *walker) shape() {
	n := len(w.line.cells)
	for n > len(w.head.Header) && strings.TrimSpace(w.line.cells[n-1]) == "" {
		n--
	}
	if n > len(w.head.Header) {
		w.refuse(-1, "import.too_many_cells", n, len(w.head.Header), shown(w.line.cells[len(w.head.Header)]))
	}
	if w.file.Encoding == Workbook { // which leaves out what is empty
		return
	}
	for _, c := range w.plan.amounts {
		if c.at >= n {
			w.refuse(-1, "import.too_few_cells", n, len(w.head.Header), w.head.Header[n])
			return
		}
	}
}

// breaks are what divides the lines of a cell, and what is put between its columns.
var breaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\v", " ", "\t", " ")

// text reads a cell that is kept as it stands, on one line. An account is what other rows must name the same way, so it has none to
// take off.
func (w *walker) text(field string, most int) string {
	at := w.plan.place(field)
	s := w.cell(at)
	if field != Account {
		s = breaks.Replace(s)
	}
	if len(s) > most {
		w.refuse(at, "finance.too_long", most)
	}
	for _, r := range s {
		switch {
		case r == unicode.ReplacementChar:
			w.refuse(at, "import.damaged")
			return s
		case unicode.IsControl(r):
			w.refuse(at, "import.control", int(r))
			return s
		}
	}
	return s
}

// measureWords are what a column of measures may say.
var measureWords = map[string]portfolio.Measure{
	"budget": portfolio.OriginalBudget, "oprindeligtbudget": portfolio.OriginalBudget, "oprbudget": portfolio.OriginalBudget,
	"vedtagetbudget": portfolio.OriginalBudget, "originalbudget": portfolio.OriginalBudget,
	"omplacering": portfolio.BudgetChange, "omplaceringer": portfolio.BudgetChange, "tillægsbevilling": portfolio.BudgetChange,
	"budgetændring": portfolio.BudgetChange, "budgetchange": portfolio.BudgetChange,
	"forbrug": portfolio.Actual, "regnskab": portfolio.Actual, "faktisk": portfolio.Actual, "actual": portfolio.Actual,
}

func (w *walker) measure() portfolio.Measure {
	at := w.plan.place(Measure)
	if at < 0 {
		return w.plan.measure
	}
	m, ok := measureWords[plain(w.cell(at))]
	if !ok {
		w.refuse(at, "finance.measure_unknown")
	}
	return m
}

func (w *walker) year() int {
	at := w.plan.place(Year)
	if at < 0 {
		return w.plan.year
	}
	s := w.cell(at)
	n := whole4(s)
	if !digits(s) || n < firstYear || n > lastYear {
		w.refuse(at, "finance.year_wrong")
		return firstYear
	}
	return n
}

// amount reads a column's amount. Where there are several columns an empty cell is no amount.
func (w *walker) amount(k int, c column, base item, year int) {
	text := w.cell(c.at)
	if text == "" && len(w.plan.amounts) > 1 {
		return
	}
	raw, code := w.parsed(c.at, text)
	if code != "" {
		return
	}
	w.sums[k].sum += raw
	if c.less >= 0 && w.cell(c.less) != "" {
		less, code := w.plan.figures.parse(w.cell(c.less))
		if code != "" {
			return // its own column tells
		}
		raw -= less
	}
	if w.plan.turned {
		raw = -raw
	}
	base.ore = raw
	if c.measure != 0 {
		base.measure = c.measure
	}
	if c.month != 0 {
		base.month = amount.NewMonth(year, c.month)
	}
	w.items = append(w.items, base)
}

func (w *walker) parsed(at int, text string) (amount.Money, string) {
	if strings.HasPrefix(text, "#") {
		w.refuse(at, "import.sheet_error")
		return 0, "import.sheet_error"
	}
	raw, code := w.plan.figures.parse(text)
	if code != "" {
		w.refuse(at, code)
	}
	return raw, code
}
