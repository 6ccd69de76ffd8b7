package exchange

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// claimDraft is a ledger entry as its rows tell of it, a row a month.
type claimDraft struct {
	entry portfolio.Entry
	// rows are those of the months, in the same order; state is what the file says has become of the entry.
	rows  []cells
	state portfolio.EntryState
	// there is set where the ledger has the entry already.
	there *portfolio.Entry
}

// claimLayout takes the rows of one entry together by what the column entry says, which is a name inside the file and no
// number of ours. An entry is known again by all that it says: the ledger that has as many of them as the file does gets none.
var claimLayout = layout[claimDraft]{
	key: "entry", grouped: true,
	made: portfolio.KindEntry,
	told: []string{
		"claimed_by", "claimed_at", "accepted", "settled_by", "settled_at", "settled_note", "reverses", "reversed_by", "example", "source",
	},
	columns: []column[claimDraft]{
		{name: "entry", danish: []string{"bilag", "registrering", "postering"}, form: Text},
		{name: "benefit", danish: []string{"gevinst", "gevinstnr"}, required: true, form: Number},
		{name: "month", danish: []string{"måned"}, required: true, form: MonthForm},
		{name: "gross", danish: []string{"brutto", "beløb", "bruttobesparelse"}, required: true, form: Amount},
		{name: "running", danish: []string{"drift", "nye driftsudgifter"}, form: Amount},
		{name: "state", danish: []string{"status"}, form: Choice, codes: func() []string { return []string{portfolio.Claimed.String()} }, set: claimState},
		{name: "document", danish: []string{"dokument", "dokumentnr"}, form: Text},
		{name: "account", danish: []string{"konto"}, form: Text},
		{name: "transfer", danish: []string{"omplacering", "tillægsbevilling"}, form: Text},
		{name: "note", danish: []string{"bemærkning"}, form: Text},
	},
	about:  aboutClaim,
	begin:  claimMonth,
	known:  knownClaims,
	before: func(p *portfolio.Portfolio, d *claimDraft) []said { return claimSaid(d) },
	after:  func(p *portfolio.Portfolio, d *claimDraft) []said { return claimSaid(d) },
	stands: func(d *claimDraft) portfolio.Record { return present(d.there) },
	title: func(p *portfolio.Portfolio, d *claimDraft) (label, title string) {
		if b := p.Benefits.Get(d.entry.Benefit); b != nil {
			title = b.Title
		}
		return strconv.FormatInt(int64(d.entry.Benefit), 10), title
	},
	taken: func(*portfolio.Portfolio, *claimDraft) bool { return false }, // see reserve
	end: func(r cells, d *claimDraft) bool {
		if d.there == nil && d.state > portfolio.Claimed {
			return r.get("state").refuse("import.only_claims")
		}
		return true
	},
	write: func(a act, d *claimDraft) error {
		d.entry.ID = portfolio.EntryID(a.id)
		e, event, err := portfolio.NewClaim(a.p, a.by, d.entry)
		_, err = kept(a, e, event, err)
		return err
	},
	fields: map[string]string{"months": "month", "amount": "gross"},
	row: func(d *claimDraft, e *portfolio.Error) cells {
		for i, m := range slices.Backward(d.entry.Months) { // of a month that stands twice, the second
			if len(e.Args) > 0 && e.Args[0] == m.Month {
				return d.rows[i]
			}
		}
		return cells{}
	},
}

func aboutClaim(r cells) (string, claimDraft, bool) {
	var benefit, n int
	c := r.get("benefit")
	if c.empty() {
		return "", claimDraft{}, c.refuse("import.empty")
	}
	if !c.whole(&benefit, maxID) {
		return "", claimDraft{}, false
	}
	if r.in.p.Benefits.Get(portfolio.BenefitID(benefit)) == nil {
		return "", claimDraft{}, c.refuse("import.benefit_unknown")
	}
	d := claimDraft{entry: portfolio.Entry{Benefit: portfolio.BenefitID(benefit)}}
	for _, e := range d.evidence() {
		*e.to = strings.TrimSpace(r.get(e.column).text)
	}
	key := strings.TrimSpace(r.get("entry").text)
	if key == "" { // rows without a name are an entry each
		n = r.row
	}
	return fmt.Sprint(n, " ", key), d, true
}

type textOfEntry struct {
	column string
	to     *string
}

// evidence are the texts that every row of an entry says.
func (d *claimDraft) evidence() [4]textOfEntry {
	e := &d.entry
	return [...]textOfEntry{{"document", &e.Evidence.Document}, {"account", &e.Evidence.Account}, {"transfer", &e.Evidence.Transfer}, {"note", &e.Note}}
}

func claimState(c cell, d *claimDraft) bool { return choice(c, stateWords, &d.state) }

// claimMonth adds the row's month to the entry, whose rows must tell of one benefit and one evidence.
func claimMonth(r cells, d *claimDraft) bool {
	if strings.TrimSpace(r.get("benefit").text) != strconv.FormatInt(int64(d.entry.Benefit), 10) {
		return r.get("benefit").refuse("import.differs")
	}
	for _, e := range d.evidence() {
		if c := r.get(e.column); !sameText(strings.TrimSpace(c.text), *e.to) {
			return c.refuse("import.differs")
		}
	}
	var m portfolio.MonthGain
	c := r.get("month")
	ok := c.month(&m.Month) && (m.Month != 0 || c.refuse("import.empty"))
	ok = r.get("gross").money(&m.Gross) && ok
	ok = r.get("running").money(&m.Running) && ok
	d.entry.Months = append(d.entry.Months, m)
	d.rows = append(d.rows, r)
	return ok
}

// oneBreak writes line breaks in one way; spreadsheets and browsers have two.
var oneBreak = strings.NewReplacer("\r\n", "\n")

// claimKey sums up all that an entry says.
func claimKey(e *portfolio.Entry) [sha256.Size]byte {
	months := slices.SortedFunc(slices.Values(e.Months), func(a, b portfolio.MonthGain) int { return int(a.Month - b.Month) })
	return sha256.Sum256(fmt.Appendf(nil, "%d %v %q %q %q %q", e.Benefit, months,
		oneBreak.Replace(e.Evidence.Document), oneBreak.Replace(e.Evidence.Account), oneBreak.Replace(e.Evidence.Transfer), oneBreak.Replace(e.Note)))
}

// maxNamed is up to how many benefits the ledger is asked for by name.
const maxNamed = 500

// knownClaims finds which of the entries the ledger has already: of those that say the same, as many as it has.
func knownClaims(ctx context.Context, in *reader, all []*claimDraft) error {
	var filter store.EntryFilter
	named := map[portfolio.BenefitID]bool{}
	for _, d := range all {
		named[d.entry.Benefit] = true
	}
	if len(named) <= maxNamed {
		filter.Benefits = slices.Sorted(maps.Keys(named))
	}
	have := map[[sha256.Size]byte]int{}
	for e, err := range Entries(ctx, in.Store, in.p, filter) {
		if err != nil {
			return err
		}
		if named[e.Benefit] {
			have[claimKey(e)]++
		}
	}
	there := &portfolio.Entry{}
	for _, d := range all {
		if key := claimKey(&d.entry); have[key] > 0 {
			have[key]--
			d.there = there
		}
	}
	return nil
}

// claimSaid sums up an entry for the preview.
func claimSaid(d *claimDraft) []said {
	first, last := d.entry.Months[0].Month, d.entry.Months[0].Month
	for _, m := range d.entry.Months {
		first, last = min(first, m.Month), max(last, m.Month)
	}
	months := first.String()
	if last != first {
		months += " - " + last.String()
	}
	sum := d.entry.Total()
	list := []said{{"month", months}, {"gross", text(sum.Gross)}}
	if sum.Running != 0 {
		list = append(list, said{"running", text(sum.Running)})
	}
	for _, e := range d.evidence() {
		list = append(list, said{e.column, *e.to})
	}
	return list
}
