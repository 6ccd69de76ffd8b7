package portfolio_test

import (
	"fmt"
	"slices"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func month(m int) portfolio.Month { return amount.NewMonth(2018, m) }

// claim reports kroner in each month of 2018 on the desk's benefit.
func (d *desk) claim(by portfolio.UserID, kroner int64, months ...int) (*portfolio.Entry, portfolio.Event, error) {
	id, _ := d.NextID(portfolio.KindEntry)
	e := portfolio.Entry{ID: portfolio.EntryID(id), Benefit: d.x.Benefit}
	for _, m := range months {
		e.Months = append(e.Months, portfolio.MonthGain{Month: month(m), Gross: amount.Money(kroner) * amount.Krone})
	}
	return portfolio.NewClaim(d.Portfolio(), d.By(by, ""), e)
}

func (d *desk) claimed(months ...int) *portfolio.Entry {
	d.Helper()
	e, event, err := d.claim(d.x.Owner, 1_000, months...)
	return kept(d, e, event, err)
}

func (d *desk) settled(e *portfolio.Entry, accept bool) *portfolio.Entry {
	d.Helper()
	e, event, err := e.Settle(d.Portfolio(), d.By(d.x.Chief, "set"), accept)
	return kept(d, e, event, err)
}

func (d *desk) freeze(date portfolio.Date) {
	d.Helper()
	id, _ := d.NextID(portfolio.KindFollowUp)
	f, e, err := portfolio.NewFollowUp(d.Portfolio(), d.By(d.x.Chief, ""), portfolio.FollowUpID(id), "opfølgning", date)
	kept(d, f, e, err)
}

func TestClaim(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		title string
		entry portfolio.Entry
		want  string
	}{
		{"without months", portfolio.Entry{}, "error.required"},
		{"of one month twice", portfolio.Entry{Months: []portfolio.MonthGain{{Month: month(4), Gross: 1}, {Month: month(4), Gross: 2}}}, "error.month_twice"},
		{"of nothing", portfolio.Entry{Months: []portfolio.MonthGain{{Month: month(4)}}}, "error.required"},
		{"of no month", portfolio.Entry{Months: []portfolio.MonthGain{{Gross: 1}}}, "error.month"},
		{"of too much", portfolio.Entry{Months: []portfolio.MonthGain{{Month: month(4), Running: amount.Max + 1}}}, "error.too_large"},
		{"of more than ten years", portfolio.Entry{Months: make([]portfolio.MonthGain, 121)}, "error.too_many"},
		{"on a gain without kroner", portfolio.Entry{Benefit: d.x.Quality, Months: []portfolio.MonthGain{{Month: month(4), Gross: 1}}}, "error.kroner_not_here"},
		{"on no gain", portfolio.Entry{Benefit: 99}, "error.not_found"},
	} {
		t.Run("no claim "+c.title, func(t *testing.T) {
			c.entry.ID = 1
			if c.entry.Benefit == 0 {
				c.entry.Benefit = d.x.Benefit
			}
			_, _, err := portfolio.NewClaim(d.Portfolio(), d.By(d.x.Owner, ""), c.entry)
			refused(t, err, c.want)
		})
	}
	t.Run("a claim cannot come settled, reversed, or by another", func(t *testing.T) {
		e, _, err := portfolio.NewClaim(d.Portfolio(), d.By(d.x.Owner, ""), portfolio.Entry{
			ID: 1, Benefit: d.x.Benefit, Months: []portfolio.MonthGain{{Month: month(5), Gross: 2}, {Month: month(4), Gross: 1}},
			Settled: &portfolio.Settlement{Accepted: true, By: d.x.Chief}, Reverses: 3, ReversedBy: 4, Claim: portfolio.Claim{By: d.x.Chief},
		})
		if err != nil || e.State() != portfolio.Claimed || e.Reverses != 0 || e.Claim.By != d.x.Owner {
			t.Errorf("%+v, %v", e, err)
		}
		if !slices.IsSortedFunc(e.Months, func(a, b portfolio.MonthGain) int { return int(a.Month - b.Month) }) {
			t.Errorf("months %v, want them in their order", e.Months)
		}
	})
	t.Run("a negative amount takes back, and counts", func(t *testing.T) {
		d := newDesk(t)
		e, event, err := d.claim(d.x.Owner, -500, 4)
		d.settled(kept(d, e, event, err), true)
		if got := d.Portfolio().YearOf(d.x.DIGIT, 2018).Confirmed.Net(); got != -500*amount.Krone {
			t.Errorf("confirmed %d øre", got)
		}
	})
	t.Run("what is claimed on an invented gain is invented too", func(t *testing.T) {
		d := newDesk(t)
		by := d.decided()
		by.Source = portfolio.Source{Example: true}
		b := *d.Portfolio().Benefits.Get(d.x.Benefit)
		b.ID, b.Meta = 3, portfolio.Meta{}
		made, event, err := portfolio.NewBenefit(d.Portfolio(), by, b)
		d.x.Benefit = kept(d, made, event, err).ID
		if e := d.claimed(4); !e.Example() {
			t.Error("it has lost its mark")
		}
	})
}

func TestSettle(t *testing.T) {
	t.Run("nobody settles his own", func(t *testing.T) {
		for _, c := range []struct {
			title   string
			arrange func(d *desk) *portfolio.Entry
			want    string
		}{
			{"claim", func(d *desk) *portfolio.Entry {
				e := *d.claimed(4)
				e.Claim.By = d.x.Chief
				return &e
			}, "error.own_claim"},
			{"project's gain", func(d *desk) *portfolio.Entry {
				e := d.claimed(4)
				i, event, err := d.initiative().Assign(d.Portfolio(), d.decided(), d.x.Chief, 0)
				kept(d, i, event, err)
				return e
			}, "error.own_benefit"},
			{"gain as the initiative's benefit owner", func(d *desk) *portfolio.Entry {
				e := d.claimed(4)
				i, event, err := d.initiative().Assign(d.Portfolio(), d.decided(), d.x.Owner, d.x.Chief)
				kept(d, i, event, err)
				return e
			}, "error.own_benefit"},
			{"gain as its own owner", func(d *desk) *portfolio.Entry {
				e := d.claimed(4)
				b := *d.Portfolio().Benefits.Get(d.x.Benefit)
				b.Owner = d.x.Chief
				to, event, err := d.Portfolio().Benefits.Get(d.x.Benefit).Edit(d.Portfolio(), d.decided(), b)
				kept(d, to, event, err)
				return e
			}, "error.own_benefit"},
		} {
			t.Run(c.title, func(t *testing.T) {
				d := newDesk(t)
				e := c.arrange(d)
				for _, accept := range []bool{true, false} {
					refused(t, err3(e.Settle(d.Portfolio(), d.By(d.x.Chief, "x"), accept)), c.want)
				}
				confirmed := *e
				confirmed.Settled = &portfolio.Settlement{Accepted: true, By: d.x.Deputy}
				refused(t, err2(confirmed.Reverse(d.Portfolio(), d.By(d.x.Chief, "x"), 9)), c.want)
				if err := err3(e.Settle(d.Portfolio(), d.By(d.x.Deputy, "x"), true)); err != nil {
					t.Errorf("the deputy: %v", err)
				}
			})
		}
	})
	t.Run("a claim is settled once", func(t *testing.T) {
		for _, first := range []bool{true, false} {
			d := newDesk(t)
			e := d.settled(d.claimed(4), first)
			for _, again := range []bool{true, false} {
				refused(t, err3(e.Settle(d.Portfolio(), d.By(d.x.Deputy, "x"), again)), "error.settled")
			}
		}
	})
	t.Run("a rejection says why, and leaves nothing", func(t *testing.T) {
		d := newDesk(t)
		e := d.claimed(4)
		refused(t, err3(e.Settle(d.Portfolio(), d.By(d.x.Chief, ""), false)), "error.required")
		if e = d.settled(e, false); e.State() != portfolio.Rejected || d.Portfolio().Ledger(d.x.Benefit).Any() {
			t.Errorf("%s, and the ledger has entries: %t", e.State(), d.Portfolio().Ledger(d.x.Benefit).Any())
		}
	})
	t.Run("a claim counts as claimed, then as confirmed, never as both", func(t *testing.T) {
		d := newDesk(t)
		e := d.claimed(4, 5, 11)
		y := d.Portfolio().YearOf(d.x.DIGIT, 2018)
		if y.Claimed.Net() != 3_000*amount.Krone || y.Confirmed.Net() != 0 || y.ToDate.Net() != 0 {
			t.Errorf("claimed %v, confirmed %v, to date %v", y.Claimed, y.Confirmed, y.ToDate)
		}
		d.settled(e, true)
		y = d.Portfolio().YearOf(d.x.DIGIT, 2018)
		if y.Claimed.Net() != 0 || y.Confirmed.Net() != 3_000*amount.Krone || y.ToDate.Net() != 2_000*amount.Krone {
			t.Errorf("claimed %v, confirmed %v, to date %v; want what has passed to date", y.Claimed, y.Confirmed, y.ToDate)
		}
	})
}

func TestReverse(t *testing.T) {
	d := newDesk(t)
	e := d.settled(d.claimed(4, 5), true)
	d.freeze(20180630)
	refused(t, err2(e.Reverse(d.Portfolio(), d.By(d.x.Chief, ""), 9)), "error.required") // why?
	changes, err := e.Reverse(d.Portfolio(), d.By(d.x.Chief, "forkert konto"), 9)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		d.Save(c.Record, c.Event)
	}
	was, r := changes[0].Record.(*portfolio.Entry), changes[1].Record.(*portfolio.Entry)
	t.Run("a reversal nets to zero in every month, also in a closed one", func(t *testing.T) {
		if was.Total().Plus(r.Total()) != (portfolio.Gain{}) {
			t.Errorf("%v and %v", was.Total(), r.Total())
		}
		for m := range d.Portfolio().YearOf(d.x.DIGIT, 2018).Months {
			if c := d.Portfolio().YearOf(d.x.DIGIT, 2018).Months[m].Confirmed; c != (portfolio.Gain{}) {
				t.Errorf("month %d still has %v", m+1, c)
			}
		}
		if bad := d.Portfolio().CheckEntry(r, was); len(bad) != 0 {
			t.Error(bad)
		}
	})
	t.Run("what was reversed is expected again", func(t *testing.T) {
		if got := d.Portfolio().YearOf(d.x.DIGIT, 2018).Expected.Net(); got != 900_000*amount.Krone {
			t.Errorf("expected %d øre", got)
		}
	})
	t.Run("each names the other, and the reason stands on the reversal", func(t *testing.T) {
		if was.State() != portfolio.Reversed || was.ReversedBy != r.ID || r.Reverses != was.ID || r.Note != "forkert konto" {
			t.Errorf("%+v\n%+v", was, r)
		}
	})
	for title, e := range map[string]*portfolio.Entry{
		"what is reversed": was, "a reversal": r, "what is only claimed": d.claimed(9), "what was rejected": d.settled(d.claimed(9), false),
	} {
		t.Run(title+" is not reversed", func(t *testing.T) {
			refused(t, err2(e.Reverse(d.Portfolio(), d.By(d.x.Deputy, "x"), 10)), "error.not_reversible")
		})
	}
	t.Run("a reversal that does not net to zero is found", func(t *testing.T) {
		off := *r
		off.Months = []portfolio.MonthGain{{Month: month(4), Gross: -999}, r.Months[1]}
		if bad := d.Portfolio().CheckEntry(&off, was); len(bad) != 1 || bad[0].Rule != "reversal" {
			t.Errorf("%v", bad)
		}
		if bad := d.Portfolio().CheckEntry(r, nil); len(bad) != 1 {
			t.Errorf("%v", bad)
		}
	})
}

func TestClosedMonths(t *testing.T) {
	for _, c := range []struct {
		date  portfolio.Date
		first int // the first month that stays open
	}{{20180331, 4}, {20180330, 3}, {20180630, 7}, {20180801, 8}} {
		t.Run(fmt.Sprintf("a follow-up of %d leaves month %d open and closes those before", c.date, c.first), func(t *testing.T) {
			d := newDesk(t)
			waiting := d.claimed(c.first - 1)
			seq := d.Portfolio().Seq
			d.freeze(c.date)
			if f := d.Portfolio().FollowUps.Get(1); f.Frozen != seq || f.ClosesBefore != month(c.first) {
				t.Errorf("%+v, want frozen as of event %d", f, seq)
			}
			refused(t, err3(d.claim(d.x.Owner, 1, c.first-1)), "error.month_closed")
			refused(t, err3(d.claim(d.x.Owner, 1, c.first, c.first-1)), "error.month_closed")
			if err := err3(d.claim(d.x.Owner, 1, c.first)); err != nil {
				t.Error(err)
			}
			refused(t, err3(waiting.Settle(d.Portfolio(), d.By(d.x.Chief, ""), true)), "error.month_closed")
			d.settled(waiting, false) // but it need not wait for ever
			d.freeze(20180228)
			refused(t, err3(d.claim(d.x.Owner, 1, c.first-1)), "error.month_closed") // an earlier date opens nothing
		})
	}
	t.Run("no day to come is frozen, nor without a name", func(t *testing.T) {
		d := newDesk(t)
		refused(t, err3(portfolio.NewFollowUp(d.Portfolio(), d.By(d.x.Chief, ""), 1, "x", 20180904)), "error.date_to_come")
		refused(t, err3(portfolio.NewFollowUp(d.Portfolio(), d.By(d.x.Chief, ""), 1, "", 20180831)), "error.required")
	})
}
