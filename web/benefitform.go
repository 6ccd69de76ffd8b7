package web

import (
	"fmt"
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

// benefitFields are the inputs of a gain. What does not apply to its kind is left empty.
func (r *request) benefitFields(f *formView, b *portfolio.Benefit) {
	none := r.say("initiatives.choose")
	step := ""
	if b.Cash != nil || b.Time != nil || b.Indicator != nil {
		step = b.Cashability().String()
	}
	f.text("title", b.Title)
	f.choose("type", b.Type.String(), codes(r, "benefit_type", portfolio.BenefitTypes(), none))
	f.choose("cashability", step, codes(r, "cashability", portfolio.Cashabilities(), none))
	f.choose("owner", idText(b.Owner), r.people(r.say("initiatives.owner_of_initiative"), mayOwn))
	f.month("from", b.From)
	f.figure("gross", b.Gross)
	f.figure("running", b.Running)
	kind := recurring
	if b.OneOff {
		kind = once
	}
	f.choose("recurrence", kind, []optionView{
		{Value: recurring, Label: r.say("initiatives.recurring")}, {Value: once, Label: r.say("initiatives.once")},
	})
	f.text("ramp", rampText(b.Ramp))
	account := ""
	if b.Cash != nil {
		account = b.Cash.Account
	}
	f.text("account", account)
	f.whole("price_year", int64(b.PriceYear))
	var time portfolio.FreedTime
	if b.Time != nil {
		time = *b.Time
	}
	f.whole("hours", time.HoursPerYear)
	var in portfolio.Indicator
	if b.Indicator != nil {
		in = *b.Indicator
	}
	f.text("unit", in.Unit)
	baseline, target := "", ""
	if b.Indicator != nil {
		baseline, target = thousandths(in.Baseline), thousandths(in.Target)
	}
	f.text("baseline", baseline)
	f.text("target", target)
	f.text("note", "")
}

// rampText writes a ramp as percentages, one a month.
func rampText(ramp amount.Ramp) string {
	words := make([]string, len(ramp))
	for i, share := range ramp {
		words[i] = thousandths(int64(share) * 10)
	}
	return strings.Join(words, " ")
}

// readRamp reads whole percentages with spaces between; empty is all at once.
func readRamp(f *form) amount.Ramp {
	var ramp amount.Ramp
	for word := range strings.FieldsSeq(f.get("ramp")) {
		n, err := strconv.ParseInt(strings.TrimSuffix(word, "%"), 10, 32)
		if err != nil || n < 0 || n > 100 {
			f.bad("ramp", "error.whole_number", word)
			return nil
		}
		ramp = append(ramp, int32(n)*100)
	}
	return ramp
}

// readMilli reads a measured value; a figure has hundredths, which is fine enough for a person to type.
func readMilli(f *form, name string) int64 {
	if given(f, name+"_milli") {
		return f.int(name + "_milli")
	}
	return int64(f.figure(name).Ore) * 10
}

// readBenefit reads what was sent of a gain, and gives the change that puts it on. What was not sent stays as it is.
func readBenefit(f *form) func(*portfolio.Benefit) {
	var sent portfolio.Benefit
	var step portfolio.Cashability
	f.code("type", &sent.Type)
	f.code("cashability", &step)
	sent.Title, sent.Owner, sent.PriceYear = f.get("title"), portfolio.UserID(f.int("owner")), int(f.int("price_year"))
	sent.Terms = portfolio.Terms{
		From: f.month("from"), Gross: figureOrOre(f, "gross"), Running: figureOrOre(f, "running"), Ramp: readRamp(f),
		OneOff: f.get("recurrence") == once,
	}
	account := f.get("account")
	time := portfolio.FreedTime{HoursPerYear: f.int("hours")}
	in := portfolio.Indicator{Unit: f.get("unit"), Baseline: readMilli(f, "baseline"), Target: readMilli(f, "target")}
	return func(b *portfolio.Benefit) {
		put := func(set func(), names ...string) {
			for _, name := range names {
				if given(f, name) {
					set()
					return
				}
			}
		}
		put(func() { b.Title = sent.Title }, "title")
		put(func() { b.Type = sent.Type }, "type")
		put(func() { b.Owner = sent.Owner }, "owner")
		put(func() { b.PriceYear = sent.PriceYear }, "price_year")
		put(func() { b.From = sent.From }, "from")
		put(func() { b.Gross = sent.Gross }, "gross", "gross_ore")
		put(func() { b.Running = sent.Running }, "running", "running_ore")
		put(func() { b.Ramp = sent.Ramp }, "ramp")
		put(func() { b.OneOff = sent.OneOff }, "recurrence")
		put(func() { setStep(b, step) }, "cashability")
		// Records are never changed in place: each part is a copy.
		if b.Cash != nil {
			cash := *b.Cash
			put(func() { cash.Account = account }, "account")
			b.Cash = &cash
		}
		if b.Time != nil {
			own := *b.Time
			put(func() { own.HoursPerYear = time.HoursPerYear }, "hours")
			b.Time = &own
		}
		if b.Indicator != nil {
			own := *b.Indicator
			put(func() { own.Unit = in.Unit }, "unit")
			put(func() { own.Baseline = in.Baseline }, "baseline", "baseline_milli")
			put(func() { own.Target = in.Target }, "target", "target_milli")
			b.Indicator = &own
		}
	}
}

// setStep gives the gain the one part that its step of the ladder has.
func setStep(b *portfolio.Benefit, step portfolio.Cashability) {
	cash, time, in := b.Cash, b.Time, b.Indicator
	b.Cash, b.Time, b.Indicator = nil, nil, nil
	switch step {
	case portfolio.BudgetReduction, portfolio.SpentLess, portfolio.AvoidedCost:
		next := portfolio.Cash{Step: step}
		if cash != nil {
			next.Account = cash.Account
		}
		b.Cash = &next
	case portfolio.FreedTimeGain:
		if b.Time = time; time == nil {
			b.Time = &portfolio.FreedTime{}
		}
	case portfolio.NonFinancial:
		if b.Indicator = in; in == nil {
			b.Indicator = &portfolio.Indicator{}
		}
	}
}

// newBenefit describes another gain of an initiative. It takes nothing from what others write, so it is not held to a version
// unless the sender names one.
func (s *Server) newBenefit(r *request) (*done, error) {
	of, err := pathID(r, portfolio.KindInitiative)
	if err != nil {
		return nil, err
	}
	put := readBenefit(r.form)
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
		put(&b)
		next, e, err := portfolio.NewBenefit(tx.Portfolio(), by, b)
		return save(tx, next, e, err)
	})
	location := fmt.Sprintf("/benefits/%d", id)
	if r.wantsPage() {
		location = fmt.Sprintf("/initiatives/%d", of)
	}
	return &done{location: location, created: true, seq: seq}, err
}

func (s *Server) editBenefit(r *request) (*done, error) {
	put := readBenefit(r.form)
	return r.onBenefit(portfolio.EditBenefit, func(tx *store.Tx, by portfolio.By, b *portfolio.Benefit) error {
		if err := r.form.seen(b); err != nil {
			return err
		}
		to := *b
		put(&to)
		next, e, err := b.Edit(tx.Portfolio(), by, to)
		return save(tx, next, e, err)
	})
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
