package web

import (
	"cmp"
	"fmt"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// measureBenefit records what a gain's indicator was on a day.
func (s *Server) measureBenefit(r *request) (*done, error) {
	day := r.form.date("date")
	value, stated := readMilli(r.form, "value"), r.form.get("value") != "" || r.form.get("value_milli") != ""
	if !stated {
		r.form.bad("value", "error.required")
	}
	return r.seenBenefit(portfolio.EditBenefit, func(tx *store.Tx, by portfolio.By, b *portfolio.Benefit) error {
		next, e, err := b.Measure(tx.Portfolio(), by, day, value)
		return save(tx, next, e, err)
	})
}

// convertBenefit makes a budget reduction of freed time, by a decision.
func (s *Server) convertBenefit(r *request) (*done, error) {
	terms := portfolio.Terms{From: r.form.month("from"), Gross: figureOrOre(r.form, "gross"), Running: figureOrOre(r.form, "running")}
	account := r.form.get("account")
	return r.seenBenefit(portfolio.ConvertTime, func(tx *store.Tx, by portfolio.By, b *portfolio.Benefit) error {
		next, e, err := b.Convert(tx.Portfolio(), by, terms, account)
		return save(tx, next, e, err)
	})
}

// allocateBenefit says how much of a gain each programme counts: pairs of a programme's code and a percentage. A programme
// that is not named counts none of it.
func (s *Server) allocateBenefit(r *request) (*done, error) {
	shares := readShares(r)
	return r.seenBenefit(portfolio.EditRequirement, func(tx *store.Tx, by portfolio.By, b *portfolio.Benefit) error {
		next, e, err := b.Allocate(tx.Portfolio(), by, shares)
		return save(tx, next, e, renamed(err, map[string]string{"allocations": "share"}))
	})
}

func readShares(r *request) []portfolio.Allocation {
	f := r.form
	list := []portfolio.Allocation{}
	programmes, shares := f.Values["programme"], f.Values["share"]
	if len(programmes) != len(shares) {
		f.bad("share", "benefits.share_each")
		return nil
	}
	for k, code := range programmes {
		g := r.p.Programme(code)
		if g == nil {
			f.bad("share", "error.unknown_programme")
			continue
		}
		share, err := amount.ParseDanish(cmp.Or(shares[k], "0"))
		if err != nil || share.Ore < 0 || share.Ore > 100*amount.Krone {
			f.bad("share", "error.share")
			continue
		}
		if share.Ore > 0 { // a hundredth of a per cent, as an øre is of a krone
			list = append(list, portfolio.Allocation{Programme: g.ID, Share: portfolio.Basis(share.Ore)})
		}
	}
	return list
}

// offerBenefit offers what the reader may do to the gain on its own page. What was refused stands on top, filled in.
func (r *request) offerBenefit(b *portfolio.Benefit, v *benefitPage) {
	add := func(key, path string, action portfolio.Action, fits bool, fill func(*formView)) {
		address := fmt.Sprintf("/benefits/%d/%s", b.ID, path)
		if !(fits && r.may(action, b)) && !r.sent(address) {
			return
		}
		f := r.offer(key, path, address, b)
		fill(f)
		if f.Sent != nil {
			v.Again = f
			return
		}
		v.Forms = append(v.Forms, f)
	}
	add("measure", "measurements", portfolio.EditBenefit, b.Indicator != nil, func(f *formView) {
		f.date("date", r.p.Today)
		f.field("value", "").Num = true
		f.text("note", "")
	})
	add("convert", "conversion", portfolio.ConvertTime, b.Time != nil && !b.Adverse, func(f *formView) { r.convertFields(f, b) })
	add("benefit_edit", "edit", portfolio.EditBenefit, true, func(f *formView) { r.benefitFields(f, b) })
	counts := b.Cash != nil && b.Cash.Step == portfolio.BudgetReduction && r.p.OverlapOf(b.Initiative) == nil
	add("allocate", "allocations", portfolio.EditRequirement, counts, func(f *formView) { r.shareFields(f, b) })
}

// convertFields propose what the hours are worth at their rate, from the month after this one.
func (r *request) convertFields(f *formView, b *portfolio.Benefit) {
	var worth amount.Figure
	if b.Time != nil {
		worth = b.Time.Worth()
		f.Intro = r.say("benefits.convert_intro", r.hours(b.Time.HoursPerYear), r.rate(b.Time), worth)
	}
	f.choose("decision", "", r.decisions(r.say("initiatives.choose")))
	f.figure("gross", worth)
	f.figure("running", amount.Exactly(0))
	f.month("from", max(b.From, r.p.Today.Month()+1))
	f.text("account", "")
	f.area("note", "")
}

// rate says what an hour costs.
func (r *request) rate(t *portfolio.FreedTime) string {
	if t.Rate == 0 {
		return r.say("figure.unknown")
	}
	return r.lang.Style.Kroner(t.Rate)
}

// shareFields are one share for each programme; the sum so far stands above them.
func (r *request) shareFields(f *formView, b *portfolio.Benefit) {
	var sum portfolio.Basis
	k := 0
	for g := range r.p.Programmes.All() {
		var own portfolio.Basis
		for _, a := range b.Allocations {
			if a.Programme == g.ID {
				own = a.Share
			}
		}
		sum += own
		in := f.field("share", amount.Danish.Thousandths(int64(own)*10))
		in.Num, in.Label, in.With = true, r.say("benefits.share_of", g.Name), queryField{"programme", g.Code}
		if f.Sent != nil && k < len(f.Sent.Values["share"]) {
			in.Value = f.Sent.Values["share"][k]
		}
		if k > 0 {
			in.ID, in.Error = fmt.Sprintf("%s-%d", in.ID, k), ""
		}
		k++
	}
	f.Intro = r.say("benefits.share_sum", r.lang.Percent(sum))
	f.text("note", "")
}
