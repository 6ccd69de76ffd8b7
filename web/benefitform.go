package web

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// once and recurring are whether a gain in kroner comes back every year.
const (
	recurring = "recurring"
	once      = "once"
)

// measure is what a gain is counted in; it decides which of the ladder's steps and which inputs fit.
type measure string

const (
	inKroner    measure = "kroner"
	inHours     measure = "hours"
	inIndicator measure = "indicator"
)

// measures are the three, each with the steps of the ladder that it can stand on.
var measures = []struct {
	measure
	label string
	steps []portfolio.Cashability
}{
	{inKroner, "benefits.in_kroner", []portfolio.Cashability{portfolio.BudgetReduction, portfolio.SpentLess, portfolio.AvoidedCost}},
	{inHours, "benefits.in_hours", []portfolio.Cashability{portfolio.FreedTimeGain}},
	{inIndicator, "benefits.in_indicator", []portfolio.Cashability{portfolio.NonFinancial}},
}

// measureOf tells what a step of the ladder is counted in, and which steps that leaves.
func measureOf(step portfolio.Cashability) (measure, []portfolio.Cashability) {
	for _, m := range measures {
		if slices.Contains(m.steps, step) {
			return m.measure, m.steps
		}
	}
	return inKroner, measures[0].steps
}

// benefitFields are the inputs of a gain that fit what it is counted in: kroner are efficiency and nothing else.
func (r *request) benefitFields(f *formView, b *portfolio.Benefit) {
	in, steps := measureOf(b.Cashability())
	types := portfolio.BenefitTypes()
	if in == inKroner {
		types = []portfolio.BenefitType{portfolio.Efficiency}
	}
	f.text("title", b.Title)
	f.choose("type", b.Type.String(), codes(r, "benefit_type", types, ""))
	f.choose("cashability", b.Cashability().String(), codes(r, "cashability", steps, ""))
	f.choose("adverse", strconv.FormatBool(b.Adverse), []optionView{
		{Value: "false", Label: r.say("benefits.gain")}, {Value: "true", Label: r.say("benefits.adverse")},
	})
	f.choose("owner", idText(b.Owner), r.people(r.say("initiatives.owner_of_initiative"), mayOwn))
	f.month("from", b.From)
	switch in {
	case inKroner:
		r.cashFields(f, b)
	case inHours:
		r.timeFields(f, b)
	case inIndicator:
		indicatorFields(f, b)
	}
	f.area("change", b.Change)
	r.focusField(f, b)
	f.text("note", "")
}

func (r *request) cashFields(f *formView, b *portfolio.Benefit) {
	f.figure("gross", costs(b, b.Gross))
	f.figure("running", b.Running)
	kind := recurring
	if b.OneOff {
		kind = once
	}
	f.choose("recurrence", kind, []optionView{
		{Value: recurring, Label: r.say("initiatives.recurring")}, {Value: once, Label: r.say("initiatives.once")},
	})
	in := f.field("ramp", rampText(b.Ramp))
	if reading := r.rampReading(&b.Terms); reading != "" {
		in.Hint += " " + r.say("benefits.ramp_now", reading)
	}
	account := ""
	if b.Cash != nil {
		account = b.Cash.Account
	}
	f.text("account", account)
	f.whole("price_year", int64(b.PriceYear))
}

func (r *request) timeFields(f *formView, b *portfolio.Benefit) {
	var rate amount.Figure
	if b.Time.Rate != 0 {
		rate = amount.Exactly(b.Time.Rate)
	}
	hours := b.Time.HoursPerYear
	f.whole("hours", max(hours, -hours))
	f.figure("rate", rate)
}

func indicatorFields(f *formView, b *portfolio.Benefit) {
	in := b.Indicator
	baseline, target := "", ""
	if in.Unit != "" { // one that has just been begun has neither
		baseline, target = amount.Danish.Thousandths(in.Baseline), amount.Danish.Thousandths(in.Target)
	}
	f.text("unit", in.Unit)
	f.field("baseline", baseline).Num = true
	f.date("baseline_date", in.BaselineDate)
	f.area("method", in.Method)
	f.field("target", target).Num = true
}

// focusField offers the strategy's focuses, and what the gain names besides.
func (r *request) focusField(f *formView, b *portfolio.Benefit) {
	offered := r.focuses(b)
	if len(offered) == 0 {
		return
	}
	in := f.field("focus", "")
	in.Boxes = true
	chosen := b.Focus
	if f.Sent != nil {
		chosen = f.Sent.Values["focus"]
	}
	for _, focus := range offered {
		in.Options = append(in.Options, optionView{Value: focus, Label: focus, Selected: slices.Contains(chosen, focus)})
	}
}

// focuses are the strategy's, and those that the gain names already.
func (r *request) focuses(b *portfolio.Benefit) []string {
	var list []string
	if r.p.Strategy != nil {
		list = append(list, r.p.Strategy.Focus...)
	}
	for _, focus := range b.Focus {
		if !slices.Contains(list, focus) {
			list = append(list, focus)
		}
	}
	return list
}

// costs turns the sign of what a dis-benefit costs: people write and read it as a cost, the sums have it as a negative saving.
func costs(b *portfolio.Benefit, f amount.Figure) amount.Figure {
	if b.Adverse {
		f.Ore = -f.Ore
	}
	return f
}

// rampText writes a ramp as percentages, one a month.
func rampText(ramp amount.Ramp) string {
	words := make([]string, len(ramp))
	for i, share := range ramp {
		words[i] = amount.Danish.Thousandths(int64(share) * 10)
	}
	return strings.Join(words, ", ")
}

// rampReading says which share comes in which month, from the effect month on.
func (r *request) rampReading(t *portfolio.Terms) string {
	if len(t.Ramp) == 0 || t.From == 0 {
		return ""
	}
	words := make([]string, len(t.Ramp))
	for k, share := range t.Ramp {
		key := "benefits.ramp_in"
		if k == len(t.Ramp)-1 {
			key = "benefits.ramp_from"
		}
		words[k] = r.say(key, r.lang.Percent(portfolio.Basis(share)), r.lang.Style.ShortMonth(t.From+portfolio.Month(k)))
	}
	return strings.Join(words, ", ")
}

// newBenefit describes another gain of an initiative. It takes nothing from what others write, so it is not held to a version
// unless the sender names one.
func (s *Server) newBenefit(r *request) (*done, error) {
	of, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	putOn := r.readBenefit()
	var id int64
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		i := tx.Portfolio().Initiatives.Get(portfolio.InitiativeID(of))
		if i == nil {
			return portfolio.Missing(portfolio.KindInitiative, of)
		}
		if err := allowed(tx, by, portfolio.EditBenefit, i); err != nil {
			return err
		}
		if err := seenIfSent(r.form, i); err != nil {
			return err
		}
		var err error
		if id, err = tx.NextID(portfolio.KindBenefit); err != nil {
			return err
		}
		b := portfolio.Benefit{ID: portfolio.BenefitID(id), Initiative: i.ID}
		putOn(&b)
		if err := knownFocus(tx.Portfolio(), &portfolio.Benefit{}, &b); err != nil {
			return err
		}
		next, e, err := portfolio.NewBenefit(tx.Portfolio(), by, b)
		return save(tx, next, e, err)
	})
	return &done{location: fmt.Sprintf("/benefits/%d", id), created: true, seq: seq}, err
}

func (s *Server) editBenefit(r *request) (*done, error) {
	putOn := r.readBenefit()
	return r.seenBenefit(portfolio.EditBenefit, func(tx *store.Tx, by portfolio.By, b *portfolio.Benefit) error {
		to := *b
		putOn(&to)
		if err := knownFocus(tx.Portfolio(), b, &to); err != nil {
			return err
		}
		next, e, err := b.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	})
}

// seenBenefit carries out a change of the gain in the address, of the version that the sender saw, and leads to its own page.
func (r *request) seenBenefit(action portfolio.Action, change func(*store.Tx, portfolio.By, *portfolio.Benefit) error) (*done, error) {
	d, err := r.onBenefit(action, func(tx *store.Tx, by portfolio.By, b *portfolio.Benefit) error {
		if err := r.form.seen(b); err != nil {
			return err
		}
		return change(tx, by, b)
	})
	if err == nil {
		d.location = path.Dir(r.path)
	}
	return d, err
}

// onBenefit carries out a change of the gain in the address, and leads to its initiative's page; a program is led to the gain.
func (r *request) onBenefit(action portfolio.Action, change func(*store.Tx, portfolio.By, *portfolio.Benefit) error) (*done, error) {
	id, err := pathID(r, portfolio.KindBenefit)
	if err != nil {
		return nil, err
	}
	location := fmt.Sprintf("/benefits/%d", id)
	if b := r.p.Benefits.Get(portfolio.BenefitID(id)); b != nil && r.wantsPage() {
		location = fmt.Sprintf("/initiatives/%d", b.Initiative)
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		b := tx.Portfolio().Benefits.Get(portfolio.BenefitID(id))
		if b == nil {
			return portfolio.Missing(portfolio.KindBenefit, id)
		}
		if err := allowed(tx, by, action, b); err != nil {
			return err
		}
		return change(tx, by, b)
	})
	return &done{location: location, seq: seq}, err
}
