package web

import (
	"fmt"
	"slices"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
)

// uploadView is a file on its way in: how it is read, what is wrong with it, what it would bring or has brought.
type uploadView struct {
	// State is none, mapping, reading, refused, preview, writing, done or failed.
	State    string            `json:"state"`
	Name     string            `json:"name"`
	Encoding string            `json:"encoding"`
	Header   []string          `json:"header"`
	Mapping  string            `json:"mapping"`
	Columns  map[string]string `json:"columns"`
	Options  map[string]string `json:"options"`
	// Rows have been read or written, of so many; 0 where that is not known.
	Rows int `json:"rows"`
	Of   int `json:"of"`
	// Known is when that was so: a program tells of its work every second, save while it writes on an embedded database.
	Known   string       `json:"known"`
	Errors  []string     `json:"errors"`
	Preview *previewView `json:"preview"`
	// Unread are the columns that nothing is read of.
	Unread []string `json:"unread"`

	First     [][]string    `json:"-"`
	Fields    []mappingPart `json:"-"`
	Choices   []mappingPart `json:"-"`
	Percent   int           `json:"-"`
	KnownText string        `json:"-"`
	Progress  string        `json:"-"`
	Running   bool          `json:"-"`
	Mappable  bool          `json:"-"`
	// Refused tells that the mapping's form was sent with something wrong.
	Refused bool     `json:"-"`
	Nav     []choice `json:"-"`
}

// mappingPart is one question of the mapping's form.
type mappingPart struct {
	ID, Label, Hint, Value, Error string
	Options                       []optionView
}

// previewView is what a file would bring, or did.
type previewView struct {
	// Before names the file that was taken in with the same bytes.
	Before string `json:"taken_before"`
	// Balances tells that the file says what stands: only differences to that are posted.
	Balances bool            `json:"balances"`
	Rows     int             `json:"rows"`
	Totals   int             `json:"totals_rows"`
	Heads    int             `json:"header_rows"`
	Postings int             `json:"postings"`
	New      int             `json:"new"`
	Known    int             `json:"known"`
	Sum      ore             `json:"sum_ore"`
	First    portfolio.Month `json:"first_month"`
	Last     portfolio.Month `json:"last_month"`
	Accounts []string        `json:"accounts_made"`
	Sums     []monthSum      `json:"sums"`
	Warnings []string        `json:"warnings"`
	// Changes are the first hundred of the amounts that stand and become others; Changed counts all. Beside counts those to which the
	// file's postings are added without repeating what stands.
	Changed int            `json:"changed"`
	Beside  int            `json:"beside"`
	Changes []postedChange `json:"changes"`

	More    int          `json:"-"`
	Told    []string     `json:"-"`
	Samples []sampleView `json:"-"`
}

// monthSum is what a file has of each measure in a month.
type monthSum struct {
	Month    portfolio.Month `json:"month"`
	Original ore             `json:"original_budget_ore"`
	Change   ore             `json:"budget_change_ore"`
	Actual   ore             `json:"actual_ore"`
}

// postedChange is what an account has of a measure in a month, before and after.
type postedChange struct {
	Account string            `json:"account"`
	Month   portfolio.Month   `json:"month"`
	Measure portfolio.Measure `json:"measure"`
	From    ore               `json:"from_ore"`
	To      ore               `json:"to_ore"`
}

type sampleView struct {
	Row   int
	Cells []string
	Read  []string
}

// financeUpload is the page of the file that the reader is taking in.
func (s *Server) financeUpload(r *request) (*page, error) {
	r.path = "/finance/upload"
	j, err := r.financeJob()
	if err != nil {
		return nil, err
	}
	if j == nil {
		return r.uploadShown(&uploadView{State: uploadNone}), nil
	}
	v := r.uploadView(j)
	if v.Running && r.reply != nil {
		r.reply.Set("Refresh", "2") // the page follows the work without a script
	}
	return r.uploadShown(v), nil
}

func (r *request) uploadShown(v *uploadView) *page {
	v.Nav = r.financeNav("/finance/upload")
	if v.Columns == nil {
		v.Columns, v.Options = map[string]string{}, map[string]string{}
	}
	return &page{Template: "financeupload", Title: r.say("finance.upload"), View: v}
}

func (r *request) uploadView(j *financeJob) *uploadView {
	t := &j.told
	v := &uploadView{
		State: j.State, Name: j.Name, Encoding: t.Encoding, Header: t.Head.Header, Mapping: t.Mapping.Name,
		Columns: t.Mapping.Columns, Options: t.Mapping.Options, Rows: t.Rows, Of: t.Of, First: t.Head.Rows,
		Running:  j.State == uploadReading || j.State == uploadWriting,
		Mappable: j.State == uploadMapping || j.State == uploadRefused || j.State == uploadPreview || j.State == uploadFailed,
		Errors:   t.Errors[r.lang.Code], Known: clock(j.Seen), KnownText: j.Seen.Time().In(store.Copenhagen).Format("15:04:05"),
	}
	v.Progress = r.lang.Counted("finance.rows_read", v.Rows)
	if v.Of > 0 {
		v.Progress = r.say("finance.progress_of", r.lang.Number(int64(v.Rows)), r.lang.Number(int64(v.Of)))
		v.Percent = min(100, v.Rows*100/v.Of)
	}
	if t.Preview != nil && (j.State == uploadPreview || j.State == uploadDone) {
		v.Preview = r.previewView(t)
	}
	v.Unread = finance.Unread(t.Mapping, v.Header)
	if v.Encoding == finance.Workbook.String() {
		for k, cells := range v.First {
			v.First[k] = finance.Shown(t.Mapping, v.Header, cells)
		}
		if v.Preview != nil {
			for k := range v.Preview.Samples {
				one := &v.Preview.Samples[k]
				one.Cells = finance.Shown(t.Mapping, v.Header, one.Cells)
			}
		}
	}
	v.Fields, v.Choices = r.mappingForm(t)
	if v.Refused = r.form != nil && len(r.form.Errors) > 0; v.Refused {
		v.Mapping = r.form.get("name")
	}
	return v
}

// refusedWords says why a file was not taken in.
func (r *request) refusedWords(err error) (list []string) {
	for _, e := range portfolio.AsRefusals(err) {
		list = append(list, r.refusal(e))
	}
	if len(list) == 0 {
		list = []string{r.say("finance.failed")}
	}
	return list
}

// maxAccountsNamed is how many of the accounts that a file would make are named.
const maxAccountsNamed = 50

func (r *request) previewView(t *uploadTold) *previewView {
	p := t.Preview
	v := &previewView{
		Rows: p.Rows, Totals: p.Totals, Heads: p.Heads, Postings: p.Postings, New: p.New, Known: p.Postings - p.New, Sum: exactly(p.Sum), First: p.First, Last: p.Last,
		Accounts: []string{}, Sums: []monthSum{}, Warnings: append([]string{}, t.Warnings[r.lang.Code]...), More: t.MoreAccounts,
		Balances: p.Balances, Changed: p.Changed, Beside: p.Beside, Changes: []postedChange{}, Told: p.Told(r.lang),
	}
	for _, c := range p.Changes {
		v.Changes = append(v.Changes, postedChange{c.Account, c.Month, c.Measure, exactly(c.From), exactly(c.To)})
	}
	if p.Before != nil {
		v.Before = p.Before.Name
	}
	for _, a := range p.Accounts {
		v.Accounts = append(v.Accounts, a.No)
	}
	for _, s := range p.Sums {
		if len(v.Sums) == 0 || v.Sums[len(v.Sums)-1].Month != s.Month {
			v.Sums = append(v.Sums, monthSum{Month: s.Month})
		}
		of := &v.Sums[len(v.Sums)-1]
		switch s.Measure {
		case portfolio.OriginalBudget:
			of.Original = exactly(s.Ore)
		case portfolio.BudgetChange:
			of.Change = exactly(s.Ore)
		case portfolio.Actual:
			of.Actual = exactly(s.Ore)
		}
	}
	for _, s := range p.Samples {
		one := sampleView{Row: s.Row, Cells: s.Cells}
		for _, a := range s.Read {
			one.Read = append(one.Read, fmt.Sprintf("%s · %s · %s · %s", a.Account, r.lang.Style.ShortMonth(a.Month), r.say("measure."+a.Measure.String()), r.lang.Style.Kroner(a.Ore)))
		}
		v.Samples = append(v.Samples, one)
	}
	return v
}

// mappingForm asks which column holds what, and how values are written, with the present answers.
func (r *request) mappingForm(t *uploadTold) (columns, options []mappingPart) {
	value := func(kind, name, present string) string {
		if r.form != nil && r.form.Values.Has(kind+name) {
			return r.form.get(kind + name)
		}
		return present
	}
	for _, field := range finance.Fields() {
		part := mappingPart{ID: "column_" + field, Label: r.fieldWord(field), Value: value("column_", field, t.Mapping.Columns[field])}
		part.Options = []optionView{{Label: r.say("finance.not_read")}}
		for _, name := range t.Head.Header {
			part.Options = append(part.Options, optionView{Value: name, Label: name, Selected: name == part.Value})
		}
		columns = append(columns, part)
	}
	choices := finance.Choices()
	for _, o := range finance.Options() {
		part := mappingPart{ID: "option_" + o, Label: r.say("finance.option." + o), Value: value("option_", o, t.Mapping.Options[o])}
		if key := "finance.hint." + o; r.lang.Has(key) {
			part.Hint = r.say(key)
		}
		if list := choices[o]; list != nil {
			if o == finance.FixedMeasure {
				part.Options = append(part.Options, optionView{Label: r.say("finance.none")})
			}
			for _, c := range list {
				part.Options = append(part.Options, optionView{Value: c, Label: r.choiceWord(o, c), Selected: c == part.Value})
			}
		}
		if r.form != nil {
			part.Error = r.form.Errors[part.ID]
		}
		options = append(options, part)
	}
	return columns, options
}

func (r *request) fieldWord(field string) string {
	if slices.ContainsFunc(portfolio.Measures(), func(m portfolio.Measure) bool { return m.String() == field }) {
		return r.say("measure." + field)
	}
	for m := 1; m <= 12; m++ {
		if field == finance.MonthField(m) {
			return r.lang.Style.MonthName(portfolio.Month(2018*12 + m - 1))[:3]
		}
	}
	return r.say("finance.column." + field)
}

func (r *request) choiceWord(option, choice string) string {
	switch option {
	case finance.Dates:
		if choice != "p" {
			return choice
		}
	case finance.FixedMeasure:
		return r.say("measure." + choice)
	case finance.Decimal, finance.Thousands:
		return r.say("finance.mark." + choice)
	}
	return r.say("finance.choice." + option + "." + choice)
}
