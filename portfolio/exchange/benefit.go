package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// benefitDraft is a gain as a row tells of it. What it is a gain of (kroner, hours, or something measured) is put together
// once all the cells are read.
type benefitDraft struct {
	now         *portfolio.Benefit
	to          portfolio.Benefit
	cashability portfolio.Cashability
	cash        portfolio.Cash
	time        portfolio.FreedTime
	indicator   portfolio.Indicator
}

// benefitLayout finds a gain by its number or, without one, by its title under its initiative. The initiative and the
// allocation of one that is there stay.
var benefitLayout = layout[benefitDraft]{
	key:  "title",
	made: portfolio.KindBenefit,
	told: []string{
		"replanned", "planned_from", "planned_ramp", "planned_one_off", "planned_gross", "planned_running",
		"example", "source",
	},
	columns: slices.Concat(benefitHead, gainColumns, termColumns, meantColumns, []column[benefitDraft]{
		{
			name: "price_year", danish: []string{"prisår", "p/l-år"}, form: Number,
			set: func(c cell, d *benefitDraft) bool { return c.whole(&d.to.PriceYear, 9999) },
		},
		{
			name: "allocations", danish: []string{"fordeling"}, form: Text,
			set: func(c cell, d *benefitDraft) bool { return c.fixed(d.now != nil) && c.allocations(&d.to.Allocations) },
		},
	}),
	about: aboutBenefit,
	end: func(r cells, d *benefitDraft) bool {
		return d.gain(r)
	},
	before: func(p *portfolio.Portfolio, d *benefitDraft) []said { return benefitSaid(p, d.now) },
	after:  func(p *portfolio.Portfolio, d *benefitDraft) []said { return benefitSaid(p, &d.to) },
	stands: func(d *benefitDraft) portfolio.Record { return present(d.now) },
	title: func(_ *portfolio.Portfolio, d *benefitDraft) (label, title string) {
		if d.now != nil {
			label = strconv.FormatInt(int64(d.now.ID), 10)
		}
		return label, d.to.Title
	},
	taken: func(p *portfolio.Portfolio, d *benefitDraft) bool {
		return titledBenefit(p, d.to.Initiative, d.to.Title) != nil
	},
	write: func(a act, d *benefitDraft) error { return d.write(a) },
	fields: map[string]string{
		"hours": "hours_per_year", "baseline": "baseline_milli", "target": "target_milli", "date": "measurements", "value": "measurements",
	},
}

var benefitHead = []column[benefitDraft]{
	{name: "id", danish: []string{"nr", "nummer", "gevinstnr"}, form: Number},
	{name: "initiative", danish: []string{"indsats", "indsatsnr"}, required: true, form: Reference},
	{
		name: "title", danish: []string{"titel", "gevinst"}, required: true, form: Text,
		set: func(c cell, d *benefitDraft) bool { return c.title(&d.to.Title) },
	},
	{
		name: "type", danish: []string{"gevinsttype"}, required: true, form: Choice, codes: typeWords.list,
		set: func(c cell, d *benefitDraft) bool { return choice(c, typeWords, &d.to.Type) },
	},
	{
		name: "cashability", danish: []string{"økonomisk karakter", "gevinstart"}, required: true, form: Choice, codes: cashabilityWords.list,
		set: func(c cell, d *benefitDraft) bool { return choice(c, cashabilityWords, &d.cashability) },
	},
	{
		name: "owner", danish: []string{"ejer", "gevinstejer"}, form: Reference,
		set: func(c cell, d *benefitDraft) bool { return c.user(&d.to.Owner) },
	},
}

// gainColumns are those of which a gain has one group or another.
var gainColumns = []column[benefitDraft]{
	{
		name: "account", danish: []string{"konto"}, form: Text,
		set: func(c cell, d *benefitDraft) bool { return c.string(&d.cash.Account) },
	},
	{
		name: "hours_per_year", danish: []string{"timer pr år", "timer"}, form: Number,
		set: func(c cell, d *benefitDraft) bool { return c.milli(&d.time.HoursPerYear) },
	},
	{
		name: "rate", danish: []string{"timesats"}, form: Amount,
		set: func(c cell, d *benefitDraft) bool { return c.money(&d.time.Rate) },
	},
	{
		name: "unit", danish: []string{"enhed"}, form: Text,
		set: func(c cell, d *benefitDraft) bool { return c.string(&d.indicator.Unit) },
	},
	{name: "baseline_milli", danish: []string{"udgangspunkt i tusindedele"}, form: Number},
	{name: "target_milli", danish: []string{"mål i tusindedele"}, form: Number},
	{name: "baseline", danish: []string{"udgangspunkt"}, form: Decimal}, // the two values are read at the row's end
	{name: "target", danish: []string{"mål"}, form: Decimal},
	{
		name: "baseline_date", danish: []string{"udgangspunkt målt"}, form: DateForm,
		set: func(c cell, d *benefitDraft) bool { return c.date(&d.indicator.BaselineDate) },
	},
	{
		name: "method", danish: []string{"målemetode", "metode"}, form: Text,
		set: func(c cell, d *benefitDraft) bool { return c.string(&d.indicator.Method) },
	},
	{
		name: "measurements", danish: []string{"målinger"}, form: Lines,
		set: func(c cell, d *benefitDraft) bool { return c.measurements(&d.indicator.Measurements) },
	},
}

// meantColumns are what a gain is meant to be: good or bad, and what it comes of and serves.
var meantColumns = []column[benefitDraft]{
	{
		name: "adverse", danish: []string{"ulempe"}, form: YesNo,
		set: func(c cell, d *benefitDraft) bool { return c.yes(&d.to.Adverse) },
	},
	{
		name: "change", danish: []string{"ændring"}, form: Text,
		set: func(c cell, d *benefitDraft) bool { return c.string(&d.to.Change) },
	},
	{
		name: "focus", danish: []string{"strategisk fokus", "fokus"}, form: Lines,
		set: func(c cell, d *benefitDraft) bool { return c.focus(&d.to.Focus) },
	},
}

var termColumns = []column[benefitDraft]{
	{
		name: "from", danish: []string{"virkning fra", "fra"}, form: MonthForm,
		set: func(c cell, d *benefitDraft) bool { return c.month(&d.to.From) },
	},
	{
		name: "ramp", danish: []string{"indfasning"}, form: Text,
		set: func(c cell, d *benefitDraft) bool { return c.ramp(&d.to.Ramp) },
	},
	{
		name: "one_off", danish: []string{"engangs"}, form: YesNo,
		set: func(c cell, d *benefitDraft) bool { return c.yes(&d.to.OneOff) },
	},
	{
		name: "gross", danish: []string{"bruttobesparelse", "brutto"}, form: Amount,
		set: func(c cell, d *benefitDraft) bool { return c.figure(&d.to.Gross) },
	},
	{
		name: "running", danish: []string{"nye driftsudgifter", "driftsudgifter"}, form: Amount,
		set: func(c cell, d *benefitDraft) bool { return c.figure(&d.to.Running) },
	},
}

func aboutBenefit(r cells) (string, benefitDraft, bool) {
	var id int
	if !r.get("id").whole(&id, maxID) {
		return "", benefitDraft{}, false
	}
	var of portfolio.InitiativeID
	if !r.get("initiative").initiative(&of) {
		return "", benefitDraft{}, false
	}
	title := r.get("title").text
	now := titledBenefit(r.in.p, of, title)
	if id != 0 {
		if now = r.in.p.Benefits.Get(portfolio.BenefitID(id)); now == nil {
			return "", benefitDraft{}, r.get("id").refuse("import.id_unknown")
		}
		if now.Initiative != of {
			return "", benefitDraft{}, r.get("initiative").fixed(true)
		}
	}
	if now == nil {
		key := fmt.Sprint(of, " ", strings.ToLower(strings.TrimSpace(title)))
		return key, benefitDraft{to: portfolio.Benefit{Initiative: of}}, true
	}
	d := benefitDraft{now: now, to: *now, cashability: now.Cashability()}
	switch {
	case now.Cash != nil:
		d.cash = *now.Cash
	case now.Time != nil:
		d.time = *now.Time
	case now.Indicator != nil:
		d.indicator = *now.Indicator
	}
	return strconv.FormatInt(int64(now.ID), 10), d, true
}

func titledBenefit(p *portfolio.Portfolio, of portfolio.InitiativeID, title string) *portfolio.Benefit {
	for _, b := range p.BenefitsOf(of) {
		if strings.EqualFold(b.Title, strings.TrimSpace(title)) {
			return b
		}
	}
	return nil
}

// gain puts the one part together that the cashability has, and refuses what belongs to another.
func (d *benefitDraft) gain(r cells) bool {
	if d.cashability == 0 {
		return r.get("cashability").refuse("import.not_a_choice", cashabilityWords.codes())
	}
	d.to.Cash, d.to.Time, d.to.Indicator = nil, nil, nil
	foreign := []string{
		"account", "hours_per_year", "rate", "unit", "baseline_milli", "target_milli", "baseline", "target", "baseline_date", "method",
		"measurements",
	}
	switch d.cashability {
	case portfolio.FreedTimeGain:
		d.to.Time, foreign = &d.time, slices.Concat(foreign[:1], foreign[3:])
	case portfolio.NonFinancial:
		d.to.Indicator, foreign = &d.indicator, foreign[:3]
	default:
		d.cash.Step = d.cashability
		d.to.Cash, foreign = &d.cash, foreign[1:]
	}
	for _, column := range foreign {
		if c := r.get(column); !c.empty() {
			return c.refuse("import.not_of_cashability", d.cashability)
		}
	}
	return d.to.Indicator == nil || r.measured("baseline", &d.indicator.Baseline) && r.measured("target", &d.indicator.Target)
}

// benefitSaid gives a gain as our files write it.
func benefitSaid(p *portfolio.Portfolio, b *portfolio.Benefit) []said {
	row := benefitCells(p)(b)
	list := make([]said, 0, len(benefitColumns))
	for at, name := range benefitColumns {
		if at > 0 {
			list = append(list, said{name, text(row[at])})
		}
	}
	return list
}

// ramp reads shares in basis points with commas between.
func (c cell) ramp(into *amount.Ramp) bool {
	*into = nil
	for word := range strings.FieldsFuncSeq(c.text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		share, err := strconv.ParseInt(word, 10, 32)
		if err != nil {
			return c.refuse("import.not_shares")
		}
		*into = append(*into, int32(share))
	}
	return true
}

// allocations reads "DIG 6000, KME 4000": programmes with their shares in basis points; empty is the initiative's programme.
func (c cell) allocations(into *[]portfolio.Allocation) bool {
	*into = nil
	for part := range strings.SplitSeq(c.text, ",") {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		share, err := strconv.ParseInt(words[len(words)-1], 10, 32)
		g := c.in.p.Programme(strings.Join(words[:len(words)-1], " "))
		if err != nil || g == nil {
			return c.refuse("import.not_allocations")
		}
		*into = append(*into, portfolio.Allocation{Programme: g.ID, Share: portfolio.Basis(share)})
	}
	return true
}
