package web

import (
	"fmt"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// reconciliationView holds what is counted in a year against what the accounts show.
type reconciliationView struct {
	Year  int                 `json:"year"`
	Items []reconciliationRow `json:"items"`
	Next  *int64              `json:"next"`
	// Open counts the differences that nobody has explained, Difference adds them up.
	Open       int `json:"open"`
	Difference ore `json:"open_difference_ore"`

	Links listLinks `json:"-"`
	Nav   []choice  `json:"-"`
	Years []choice  `json:"-"`
	Total int       `json:"-"`
}

// reconciliationRow is an account in the year. Difference is what is confirmed beyond what the account shows as cut, null where the
// account has no postings.
type reconciliationRow struct {
	ID         portfolio.AccountID `json:"account_id"`
	No         string              `json:"no"`
	Name       string              `json:"name"`
	Confirmed  ore                 `json:"confirmed_ore"`
	Claimed    ore                 `json:"claimed_ore"`
	Cut        ore                 `json:"cut_ore"`
	Difference ore                 `json:"difference_ore"`
	Budget     ore                 `json:"corrected_budget_ore"`
	Actual     ore                 `json:"actual_ore"`
	// State is agrees, open, explained or no_postings.
	State     string         `json:"state"`
	Explained string         `json:"explanation"`
	By        string         `json:"explained_by"`
	On        portfolio.Date `json:"explained_on"`
	Example   bool           `json:"example"`

	Href string      `json:"-"`
	Form *recordForm `json:"-"`
}

// The states of an account's year.
const (
	accountAgrees = "agrees"
	stillOpen     = "open"
	explained     = "explained"
	noPostings    = "no_postings"
)

// reconciliation is the page of a year's differences.
func (s *Server) reconciliation(r *request) (*page, error) {
	r.path = "/finance/reconciliation"
	year, err := r.financeYear()
	f := form{Values: r.query}
	after := f.int("after")
	if err = firstOf(err, f.err()); err != nil {
		return nil, err
	}
	all := r.p.Reconcile(year)
	shown, next := paged(all, after, func(c portfolio.Reconciliation) int64 { return int64(c.Account.ID) })
	v := &reconciliationView{Year: year, Items: []reconciliationRow{}, Next: next, Difference: exactly(0), Links: r.listLinks(after, next), Nav: r.financeNav("/finance/reconciliation"), Total: len(all)}
	for k := range all {
		if row := r.reconciliationRow(&all[k]); row.State == stillOpen {
			v.Open++
			v.Difference.Ore += row.Difference.Ore
		}
	}
	for k := range shown {
		row := r.reconciliationRow(&shown[k])
		if action := accountPath(row.ID) + "/explain"; row.State == stillOpen && (r.may(portfolio.ImportFinance, shown[k].Account) || r.sent(action)) {
			row.Form = r.explainForm(action, row.ID, year)
		}
		v.Items = append(v.Items, row)
	}
	for _, y := range []int{year - 1, year, year + 1} {
		v.Years = append(v.Years, choice{strconv.Itoa(y), r.with("year", strconv.Itoa(y)), y == year})
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "reconciliation", Title: r.say("finance.reconciliation"), View: v, Notice: notice, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"account", "no", "name", "year", "confirmed", "claimed", "cut", "difference", "corrected_budget", "actual", "state", "explanation", "example"}}
		for k := range all {
			row := r.reconciliationRow(&all[k])
			t.Add(int64(row.ID), row.No, row.Name, year, row.Confirmed.Figure, row.Claimed.Figure, row.Cut.Figure, row.Difference.Figure, row.Budget.Figure, row.Actual.Figure, row.State, row.Explained, row.Example)
		}
		return t
	}}, nil
}

func (r *request) reconciliationRow(c *portfolio.Reconciliation) reconciliationRow {
	a := c.Account
	figures := figuresOf(func(m portfolio.Measure) (amount.Money, bool) { return r.p.PostedIn(a.ID, c.Year, m) })
	// An account that has postings, and none of them a change of its budget, has not been cut.
	told := c.Known || figures.Original.Known || figures.Actual.Known
	row := reconciliationRow{
		ID: a.ID, No: a.No, Name: a.Name, Confirmed: exactly(c.Confirmed), Claimed: exactly(c.Claimed), Cut: known(c.Cut, told),
		Difference: known(c.Difference(), told), Budget: figures.Corrected, Actual: figures.Actual, Example: a.AnyExample(),
		Href: r.link(accountPath(a.ID) + "?year=" + strconv.Itoa(c.Year)),
	}
	switch {
	case !told:
		row.State = noPostings
	case c.Open():
		row.State = stillOpen
	case c.Difference() != 0:
		row.State, row.Explained, row.By, row.On = explained, c.Explained.Text, r.name(c.Explained.Given.By), store.DayOf(c.Explained.Given.At)
	default:
		row.State = accountAgrees
	}
	return row
}

func (r *request) explainForm(action string, id portfolio.AccountID, year int) *recordForm {
	f := r.record(fmt.Sprintf("explain-%d", id), action, r.say("finance.explain"), r.say("finance.explain_save"))
	f.add(recordField{Name: "year", Kind: "hidden", Value: strconv.Itoa(year)})
	f.add(recordField{Name: "note", Label: r.say("finance.explanation"), Hint: r.say("finance.explanation_hint"), Kind: "lines", Required: true})
	return f
}

// explainAccount says why an account and what is counted differ in a year.
func (s *Server) explainAccount(r *request) (*done, error) {
	year := int(r.form.int("year"))
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		a, err := r.budgetAccount(tx.Portfolio())
		if err != nil {
			return err
		}
		id, err := tx.NextID(portfolio.KindExplanation)
		if err != nil {
			return err
		}
		x, e, err := a.Explain(tx.Portfolio(), by, portfolio.ExplanationID(id), year)
		if err != nil {
			return err
		}
		tx.Save(x, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/finance/reconciliation?year=" + strconv.Itoa(year), seq: seq}, nil
}
