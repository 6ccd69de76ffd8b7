package web

import (
	"net/http"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/store"
)

func (s *Server) queueRoutes() []route {
	return []route{
		{method: http.MethodGet, pattern: "/savings/queue", action: portfolio.ViewPortfolio, page: s.queue, list: true, view: queueView{}, query: queueFields},
		{method: http.MethodPost, pattern: "/savings/queue", action: portfolio.SettleClaim, page: s.queue, form: s.settleQueue, view: queueView{}, sends: queueSent},
	}
}

var (
	queueFields = listFields.and(fields{
		"before": int64(0), "area": portfolio.AreaID(0), "programme": "", "year": int64(0), "initiative": portfolio.InitiativeID(0),
		"claimed_by": portfolio.UserID(0), "over": amount.Figure{}, "under": amount.Figure{}, "mine": "",
	})
	// row, row_version and row_note are lists that belong together: the claims that the sender saw, and what he says of each.
	queueSent = fields{
		"settlement": "", "note": "", "chosen": []portfolio.EntryID{}, "row": []portfolio.EntryID{}, "row_version": []int64{}, "row_note": []string{},
	}
)

// queueView is every claim that waits for Finance, the oldest first, as the filter leaves it.
type queueView struct {
	Items []queueRow `json:"items"`
	// Next is what to send as "after" for the rows that follow; Previous as "before" for those that led up to these.
	Next     *int64 `json:"next"`
	Previous *int64 `json:"previous"`
	// Waiting is all that is claimed and not settled on the gains that the filter leaves, whoever claimed it and whenever.
	Waiting ore `json:"waiting_ore"`
	Gains   int `json:"benefits_waiting"`

	// May tells that the reader settles claims; Chosen adds up what he has chosen, Shown what he sees.
	May           bool         `json:"-"`
	Chosen, Shown queueSum     `json:"-"`
	Note          string       `json:"-"`
	Action        string       `json:"-"`
	Filters       []filterView `json:"-"`
	Facets        []facet      `json:"-"`
	Hidden        []queryField `json:"-"`
	Chips         []queryTag   `json:"-"`
	Pages         pageLinks    `json:"-"`
	Links         listLinks    `json:"-"`
}

// queueRow is one claim that waits.
type queueRow struct {
	entryView
	Initiative      portfolio.InitiativeID `json:"initiative_id"`
	InitiativeTitle string                 `json:"initiative"`
	Area            string                 `json:"area"`
	// Blocked says why the reader, who settles claims, may not settle this one.
	Blocked string `json:"blocked,omitempty"`

	// Closed tells that the claim can only be sent back: its months are closed.
	Closed  bool   `json:"-"`
	OfHref  string `json:"-"`
	Chosen  bool   `json:"-"`
	RowNote string `json:"-"`
	Refused string `json:"-"`
}

// queueSum is what some claims add up to.
type queueSum struct {
	Count               int
	Gross, Running, Net amount.Money
}

func (q *queueSum) add(e *entryView) {
	q.Count++
	q.Gross, q.Running, q.Net = q.Gross+e.Gross.Ore, q.Running+e.Running.Ore, q.Net+e.Net.Ore
}

// filterView is an input that narrows a list by what is typed.
type filterView struct{ Name, Label, Value string }

// queue is the page of the claims that wait.
func (s *Server) queue(r *request) (*page, error) {
	f, v, err := r.queueFilter()
	if err != nil {
		return nil, err
	}
	if r.asFile() {
		all, err := r.allEntries(f)
		if err != nil {
			return nil, err
		}
		return &page{View: v, Table: func() exchange.Table { return r.entriesTable(all) }}, nil
	}
	f.Limit = pageRows
	found, err := r.s.Store.EntryPage(r.Context(), r.p, f)
	if err != nil {
		return nil, err
	}
	v.May, v.Action = r.may(portfolio.SettleClaim, nil), r.self()
	sent := r.queueChoice()
	v.Note = r.form.get("note")
	for _, e := range found.Entries {
		row := r.queueRow(e, v.May)
		if one, ok := sent[e.ID]; ok {
			row.Chosen, row.RowNote = one.chosen && row.Blocked == "", one.note
			row.Refused = r.form.Errors[rowField(e.ID)]
		}
		v.Shown.add(&row.entryView)
		if row.Chosen {
			v.Chosen.add(&row.entryView)
		}
		v.Items = append(v.Items, row)
	}
	v.Next, v.Previous, v.Pages = r.turn(found)
	v.Links = r.entryFiles()
	if err := r.queueFacets(v); err != nil {
		return nil, err
	}
	notice, err := r.queueNotice()
	if err != nil {
		return nil, err
	}
	return &page{Template: "queue", Title: r.say("queue.title"), View: v, Notice: notice}, nil
}

func (r *request) queueRow(e *portfolio.Entry, may bool) queueRow {
	b := r.p.Benefits.Ever(e.Benefit)
	i := r.p.Initiatives.Ever(b.Initiative)
	row := queueRow{
		entryView: r.entryView(e), Initiative: i.ID, InitiativeTitle: i.Title, Area: r.area(i.Area),
		OfHref: r.link("/initiatives/" + idText(i.ID)), Closed: e.Months[0].Month < r.p.OpenFrom(),
	}
	if may {
		if code := r.notMine(e); code != "" {
			row.Blocked = r.say(code)
		}
	}
	return row
}

// queueFilter reads the filter in the address. What concerns the initiative is decided here, on the portfolio: the gains that
// anything waits on are few beside the entries there are.
func (r *request) queueFilter() (store.EntryFilter, *queueView, error) {
	of, after, err := r.initiativeFilter()
	if err != nil {
		return store.EntryFilter{}, nil, err
	}
	of.Query = ""
	q := form{Values: r.query}
	f := store.EntryFilter{
		Waiting: true, After: portfolio.EntryID(after), Before: portfolio.EntryID(q.int("before")), Benefits: []portfolio.BenefitID{},
		By: portfolio.UserID(q.int("claimed_by")), Over: q.figure("over"), Under: q.figure("under"),
	}
	if year := int(q.int("year")); year != 0 {
		if year < 2000 || year > 2100 {
			q.bad("year", "error.year")
		} else {
			f.First, f.Last = amount.NewMonth(year, 1), amount.NewMonth(year, 12)
		}
	}
	only, mine := portfolio.InitiativeID(q.int("initiative")), q.get("mine") != "" && r.user != nil
	if mine {
		f.NotBy = r.user.ID
	}
	if err := q.err(); err != nil {
		return f, nil, err
	}
	v := &queueView{Items: []queueRow{}, Waiting: exactly(0)}
	waits := r.waiting()
	for _, i := range r.p.Where(of) {
		if only != 0 && i.ID != only {
			continue
		}
		for _, b := range r.p.BenefitsOf(i.ID) {
			if gain, ok := waits[b.ID]; ok && !(mine && r.owns(b)) {
				f.Benefits = append(f.Benefits, b.ID)
				v.Waiting.Ore += gain.Net()
				v.Gains++
			}
		}
	}
	return f, v, nil
}

// waiting adds up what is claimed and not settled, gain by gain.
func (r *request) waiting() map[portfolio.BenefitID]portfolio.Gain {
	sums := map[portfolio.BenefitID]portfolio.Gain{}
	for t := range r.p.Tallies() {
		if t.Claimed && t.Entries > 0 {
			sums[t.Benefit] = sums[t.Benefit].Plus(portfolio.Gain{Gross: amount.Money(t.Gross), Running: amount.Money(t.Running)})
		}
	}
	return sums
}

// queueFacets are the ways to narrow the queue; who and what is offered is who and what waits, or what is chosen already.
func (r *request) queueFacets(v *queueView) error {
	waits := r.waiting()
	var initiatives, years []optionView
	offered := map[portfolio.InitiativeID]bool{}
	for b := range r.p.Benefits.All() {
		if _, ok := waits[b.ID]; ok && !offered[b.Initiative] {
			offered[b.Initiative] = true
			initiatives = append(initiatives, optionView{Value: idText(b.Initiative), Label: r.initiativeTitle(b.Initiative)})
		}
	}
	byLabel(r, initiatives)
	for y := r.p.Today.Year() - 2; y <= r.p.Today.Year()+claimThrough; y++ {
		years = append(years, optionView{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	claimers := r.people("", mayClaim)[1:]
	v.Facets = []facet{
		r.facet("area", r.say("field.area"), r.areas()),
		r.facet("programme", r.say("kind.programme"), r.programmes()),
		r.facet("year", r.say("queue.year"), years),
		r.facet("initiative", r.say("kind.initiative"), initiatives),
		r.facet("claimed_by", r.say("initiatives.entry_claimed"), claimers),
	}
	if v.May {
		v.Facets = append(v.Facets, r.facet("mine", r.say("queue.mine"), []optionView{{Value: "1", Label: r.say("queue.mine_only")}}))
	}
	v.Chips = r.chips(v.Facets)
	v.Filters = []filterView{{"over", r.say("queue.over"), r.value("over")}, {"under", r.say("queue.under"), r.value("under")}}
	for _, f := range v.Filters {
		if f.Value != "" {
			v.Chips = append(v.Chips, queryTag{f.Label + " " + f.Value, r.turned("", "", f.Name)})
		}
	}
	if at := r.value("as_of"); at != "" {
		v.Hidden = append(v.Hidden, queryField{"as_of", at})
	}
	return nil
}

// mayClaim are the roles that claims come from.
func mayClaim(u *portfolio.User) bool {
	return portfolio.Reach(portfolio.ClaimSaving, u.Role) != portfolio.Never
}

// queueNotice says what the write that led here did: of one claim as everywhere, of several how many and how much.
func (r *request) queueNotice() (string, error) {
	q := form{Values: r.query}
	seq := q.int("saved")
	if seq <= 0 || seq > r.p.Seq || q.err() != nil {
		return "", nil
	}
	last, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{After: seq - 1, Before: seq + 1, Limit: 1})
	if err != nil {
		return "", err
	}
	if len(last) == 0 || seq == last[0].Batch || last[0].Kind != portfolio.KindEntry {
		return r.notice()
	}
	batch, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{After: last[0].Batch - 1, Before: seq + 1, Limit: maxSettled})
	if err != nil {
		return "", err
	}
	var sum amount.Money
	said := "queue.done.reject"
	for _, e := range batch {
		record, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		if err != nil {
			return "", err
		}
		entry, ok := record.(*portfolio.Entry)
		if !ok || entry.Settled == nil || entry.Reverses != 0 || entry.ReversedBy != 0 {
			return r.notice() // it was another write
		}
		sum += entry.Total().Net()
		if entry.Settled.Accepted {
			said = "queue.done.confirm"
		}
	}
	return r.say(said, r.name(batch[0].Actor), len(batch), amount.Exactly(sum)), nil
}
