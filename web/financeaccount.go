package web

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

// accountsView lists the budget accounts with a year's figures.
type accountsView struct {
	Year  int          `json:"year"`
	Items []accountRow `json:"items"`
	Next  *int64       `json:"next"`

	Links listLinks `json:"-"`
	Nav   []choice  `json:"-"`
	Total int       `json:"-"`
}

// accountFigures are what the finance system says of an account in a year or a month, null where it says nothing.
type accountFigures struct {
	Original  ore `json:"original_budget_ore"`
	Change    ore `json:"budget_change_ore"`
	Corrected ore `json:"corrected_budget_ore"`
	Actual    ore `json:"actual_ore"`
}

// accountRow is an account in a year; Reduction is what was adopted to be cut, null where that is not known.
type accountRow struct {
	ID   portfolio.AccountID `json:"id"`
	No   string              `json:"no"`
	Name string              `json:"name"`
	accountFigures
	Reduction ore    `json:"reduction_ore"`
	Benefits  int    `json:"benefits"`
	Example   bool   `json:"example"`
	Href      string `json:"-"`
}

// budgetAccountView is an account's own page: its year by months, the gains that are cut there, and its postings.
type budgetAccountView struct {
	accountRow
	Version int64           `json:"version"`
	Year    int             `json:"year"`
	Months  []accountMonth  `json:"months"`
	Caps    []capView       `json:"caps"`
	Gains   []gainOnAccount `json:"gains"`
	Items   []postingView   `json:"items"`
	Next    *int64          `json:"next"`

	Links listLinks     `json:"-"`
	Nav   []choice      `json:"-"`
	Years []choice      `json:"-"`
	Forms []*recordForm `json:"-"`
}

type accountMonth struct {
	Month portfolio.Month `json:"month"`
	accountFigures
}

type capView struct {
	Year      int    `json:"year"`
	Reduction ore    `json:"reduction_ore"`
	Document  string `json:"document"`
	Example   bool   `json:"example"`
}

// gainOnAccount is a gain that is cut on the account, with what is confirmed and claimed of it in the year, gross.
type gainOnAccount struct {
	ID        portfolio.BenefitID `json:"id"`
	Title     string              `json:"title"`
	Confirmed ore                 `json:"confirmed_ore"`
	Claimed   ore                 `json:"claimed_ore"`
	Href      string              `json:"-"`
}

type postingView struct {
	ID      portfolio.PostingID `json:"id"`
	Month   portfolio.Month     `json:"month"`
	Measure portfolio.Measure   `json:"measure"`
	Amount  ore                 `json:"amount_ore"`
	Voucher string              `json:"voucher"`
	Text    string              `json:"text"`
	File    string              `json:"file"`
	Row     int64               `json:"row"`
	// Balance is what the file says that the account has in the month, null where the file lists postings.
	Balance ore  `json:"balance_ore"`
	Example bool `json:"example"`
}

func known(sum amount.Money, ok bool) ore { return ore{amount.Figure{Ore: sum, Known: ok}} }

// figuresOf takes an account's figures of a year or a month.
func figuresOf(of func(portfolio.Measure) (amount.Money, bool)) accountFigures {
	original, hasOriginal := of(portfolio.OriginalBudget)
	change, hasChange := of(portfolio.BudgetChange)
	actual, hasActual := of(portfolio.Actual)
	return accountFigures{known(original, hasOriginal), known(change, hasChange), known(original+change, hasOriginal), known(actual, hasActual)}
}

func (r *request) accountRow(a *portfolio.Account, year int, gains int) accountRow {
	return accountRow{
		ID: a.ID, No: a.No, Name: a.Name, Reduction: ore{a.Cap(year)}, Benefits: gains, Example: a.AnyExample(),
		Href:           r.link(accountPath(a.ID) + "?year=" + strconv.Itoa(year)),
		accountFigures: figuresOf(func(m portfolio.Measure) (amount.Money, bool) { return r.p.PostedIn(a.ID, year, m) }),
	}
}

func accountPath(id portfolio.AccountID) string { return fmt.Sprintf("/finance/accounts/%d", id) }

// financeAccounts is the list of the budget accounts.
func (s *Server) financeAccounts(r *request) (*page, error) {
	year, err := r.financeYear()
	f := form{Values: r.query}
	after := f.int("after")
	if err = firstOf(err, f.err()); err != nil {
		return nil, err
	}
	gains := map[string]int{}
	for b := range r.p.Benefits.All() {
		if b.Cash != nil {
			gains[b.Cash.Account]++
		}
	}
	all := r.p.Accounts.List()
	slices.SortFunc(all, func(a, b *portfolio.Account) int { return r.lang.Sorter()(a.No, b.No) })
	shown, next := paged(all, after, func(a *portfolio.Account) int64 { return int64(a.ID) })
	v := &accountsView{Year: year, Items: []accountRow{}, Next: next, Links: r.listLinks(after, next), Nav: r.financeNav("/finance/accounts"), Total: len(all)}
	for _, a := range shown {
		v.Items = append(v.Items, r.accountRow(a, year, gains[a.No]))
	}
	return &page{Template: "financeaccounts", Title: r.say("finance.accounts"), View: v, Table: func() exchange.Table {
		t := exchange.Table{Columns: []string{"account", "no", "name", "year", "original_budget", "budget_change", "corrected_budget", "actual", "reduction", "benefits", "example"}}
		for _, a := range all {
			row := r.accountRow(a, year, gains[a.No])
			t.Add(int64(a.ID), a.No, a.Name, year, row.Original.Figure, row.Change.Figure, row.Corrected.Figure, row.Actual.Figure, row.Reduction.Figure, row.Benefits, row.Example)
		}
		return t
	}}, nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// budgetAccount is the account that the address names.
func (r *request) budgetAccount(p *portfolio.Portfolio) (*portfolio.Account, error) {
	number := chi.URLParam(r.Request, "id")
	n, err := strconv.ParseInt(number, 10, 64)
	if a := p.Accounts.Get(portfolio.AccountID(n)); err == nil && a != nil {
		return a, nil
	}
	return nil, portfolio.Missing(portfolio.KindAccount, number)
}

// financeAccount is the page of one account.
func (s *Server) financeAccount(r *request) (*page, error) {
	a, err := r.budgetAccount(r.p)
	if err != nil {
		return nil, err
	}
	r.path = accountPath(a.ID)
	year, err := r.financeYear()
	f := form{Values: r.query}
	after := f.int("after")
	if err = firstOf(err, f.err()); err != nil {
		return nil, err
	}
	v := &budgetAccountView{accountRow: r.accountRow(a, year, 0), Version: a.Version, Year: year, Months: []accountMonth{}, Caps: []capView{}, Gains: r.gainsOn(a, year), Nav: r.financeNav("/finance/accounts")}
	v.accountRow.Benefits = len(v.Gains)
	for m := amount.NewMonth(year, 1); m <= amount.NewMonth(year, 12); m++ {
		v.Months = append(v.Months, accountMonth{m, figuresOf(func(of portfolio.Measure) (amount.Money, bool) { return r.p.Posted(a.ID, m, of) })})
	}
	for _, c := range a.Caps {
		v.Caps = append(v.Caps, capView{c.Year, exactly(c.Reduction), c.Source.Document, c.Source.Example})
	}
	if v.Items, v.Next, err = r.postings(a.ID, year, portfolio.PostingID(after), pageRows); err != nil {
		return nil, err
	}
	v.Links = r.listLinks(after, v.Next)
	for _, y := range []int{year - 1, year, year + 1} {
		v.Years = append(v.Years, choice{strconv.Itoa(y), r.with("year", strconv.Itoa(y)), y == year})
	}
	if r.may(portfolio.ImportFinance, a) {
		v.Forms = []*recordForm{r.capForm(a, year)}
	}
	notice, err := r.notice()
	if err != nil {
		return nil, err
	}
	title := a.No
	if a.Name != "" {
		title += " " + a.Name
	}
	return &page{Template: "financeaccount", Title: title, View: v, Notice: notice, Example: a.Example(), Table: func() exchange.Table { return r.postingsTable(a, year) }}, nil
}

// gainsOn lists the gains that are cut on the account.
func (r *request) gainsOn(a *portfolio.Account, year int) []gainOnAccount {
	list := []gainOnAccount{}
	for b := range r.p.Benefits.All() {
		if b.Cash == nil || b.Cash.Account != a.No {
			continue
		}
		g := gainOnAccount{ID: b.ID, Title: r.benefitTitle(b), Confirmed: exactly(0), Claimed: exactly(0), Href: r.link(fmt.Sprintf("/benefits/%d", b.ID))}
		for m := amount.NewMonth(year, 1); m <= amount.NewMonth(year, 12); m++ {
			claimed, _ := r.p.Ledger(b.ID).Claimed(m)
			confirmed, _ := r.p.Ledger(b.ID).Confirmed(m)
			g.Claimed.Ore += claimed.Gross
			g.Confirmed.Ore += confirmed.Gross
		}
		list = append(list, g)
	}
	return list
}

// postings reads an account's postings of a year, and where they go on.
func (r *request) postings(id portfolio.AccountID, year int, after portfolio.PostingID, n int) (list []postingView, next *int64, err error) {
	rows, err := r.s.Store.Postings(r.Context(), r.p, store.PostingFilter{
		Account: id, First: amount.NewMonth(year, 1), Last: amount.NewMonth(year, 12), After: after, Limit: n + 1,
	})
	if err != nil {
		return nil, nil, err
	}
	if len(rows) > n {
		last := int64(rows[n-1].ID)
		rows, next = rows[:n], &last
	}
	list = make([]postingView, len(rows))
	for k, t := range rows {
		list[k] = postingView{ID: t.ID, Month: t.Month, Measure: t.Measure, Amount: exactly(t.Ore), Voucher: t.Voucher, Text: t.Text, Row: t.Row, Example: t.AnyExample()}
		if t.Balance != nil {
			list[k].Balance = exactly(*t.Balance)
		}
		if f := r.p.Files.Ever(t.File); f != nil {
			list[k].File = f.Name
		}
	}
	return list, next, nil
}

// postingsTable has every posting of the account's year. One that cannot be read leaves the file short of what follows, which its
// sums show.
func (r *request) postingsTable(a *portfolio.Account, year int) exchange.Table {
	t := exchange.Table{Columns: []string{"posting", "account", "month", "measure", "amount", "voucher", "text", "file", "row", "example", "balance"}}
	const step = 5_000
	for after, more := portfolio.PostingID(0), true; more; {
		list, next, err := r.postings(a.ID, year, after, step)
		if err != nil {
			panic(err) // the server answers that it failed, rather than with half a file
		}
		for _, p := range list {
			t.Add(int64(p.ID), a.No, p.Month, p.Measure.String(), p.Amount.Figure, p.Voucher, p.Text, p.File, p.Row, p.Example, p.Balance.Figure)
		}
		if more = next != nil; more {
			after = portfolio.PostingID(*next)
		}
	}
	return t
}

// capForm sets by how much the account's budget of a year was cut, as adopted.
func (r *request) capForm(a *portfolio.Account, year int) *recordForm {
	f := r.record("cap", accountPath(a.ID)+"/cap", r.say("finance.set_cap"), r.say("form.save"))
	f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(a.Version, 10)})
	f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/%d", a.Kind(), a.ID)})
	f.add(recordField{Name: "name", Label: r.say("finance.column.account_name"), Kind: "text", Value: a.Name})
	f.add(recordField{Name: "year", Label: r.say("finance.year"), Kind: "number", Value: strconv.Itoa(year), Required: true})
	f.add(recordField{Name: "reduction", Label: r.say("finance.reduction"), Hint: r.say("finance.reduction_hint"), Kind: "text", Required: true})
	f.add(recordField{Name: "document", Label: r.say("finance.document"), Hint: r.say("finance.document_hint"), Kind: "text", Required: true})
	return f
}

// capAccount records the adopted reduction of a year, with the document that says so.
func (s *Server) capAccount(r *request) (*done, error) {
	reduction := r.form.figure("reduction")
	document := r.form.get("document")
	year := int(r.form.int("year"))
	if !reduction.Known {
		r.form.bad("reduction", "error.required")
	}
	if document == "" {
		r.form.bad("document", "error.required")
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		a, err := r.budgetAccount(tx.Portfolio())
		if err != nil {
			return err
		}
		if err := r.form.seen(a); err != nil {
			return err
		}
		name := a.Name
		if r.form.states("name") {
			name = r.form.get("name")
		}
		caps := slices.DeleteFunc(slices.Clone(a.Caps), func(c portfolio.YearCap) bool { return c.Year == year })
		caps = append(caps, portfolio.YearCap{Year: year, Reduction: reduction.Ore, Source: portfolio.Source{Document: document}})
		next, e, err := a.Edit(tx.Portfolio(), by, name, caps)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: "/finance/accounts/" + chi.URLParam(r.Request, "id") + "?year=" + strconv.Itoa(year), seq: seq}, nil
}
