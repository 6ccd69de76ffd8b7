package portfolio

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"

	"gevinst/portfolio/amount"
)

// Measure is what a posting is an amount of.
type Measure uint8

// The adopted budget, a change to it (a transfer or a supplementary appropriation), and what was spent.
const (
	OriginalBudget Measure = iota + 1
	BudgetChange
	Actual
)

var measures = names[Measure]{"original_budget", "budget_change", "actual"}

func (m Measure) String() string                { return measures.code(m) }
func (m Measure) MarshalText() ([]byte, error)  { return measures.text(m) }
func (m *Measure) UnmarshalText(b []byte) error { return measures.parse(b, m) }

// Measures lists them.
func Measures() []Measure { return measures.all() }

// FinanceFile is a file of budget or actuals that was taken in, whole.
type FinanceFile struct {
	ID   FinanceFileID `json:"id"`
	Name string        `json:"name"`
	// Digest is the SHA-256 of the file: the same file twice changes nothing.
	Digest  string `json:"digest"`
	Mapping string `json:"mapping,omitempty"`
	// Rows are the file's, Taken the postings that it brought; the others were known already.
	Rows  int64 `json:"rows"`
	Taken int64 `json:"taken"`
	// Sum is the taken postings' sum, in øre.
	Sum amount.Money `json:"sum_ore"`
	Meta
}

func (f *FinanceFile) Kind() Kind { return KindFinanceFile }
func (f *FinanceFile) Key() int64 { return int64(f.ID) }

// NewFinanceFile records that a file is taken in.
func NewFinanceFile(by By, f FinanceFile) (*FinanceFile, Event, error) {
	if err := by.may(ImportFinance, relation{}); err != nil {
		return nil, Event{}, err
	}
	if no := refuseText("name", f.Name, 300, true); no != nil {
		return nil, Event{}, no
	}
	f.Meta = newMeta(by)
	return &f, by.event("finance_file.import"), nil
}

// FileByDigest finds a file that was taken in before, or nil.
func (p *Portfolio) FileByDigest(digest string) *FinanceFile {
	for f := range p.Files.All() {
		if f.Digest == digest {
			return f
		}
	}
	return nil
}

// Posting is one row of a finance file: an amount on an account in a month. It never changes; what was wrong is set right by
// another posting. Costs are positive, income negative, whatever the file's own sign.
//
// A report of balances says what stands, not what was added. Of it a posting is the difference to what stood before, so that
// next month's report, which tells of the same months again, does not count them twice.
type Posting struct {
	ID      PostingID     `json:"id"`
	File    FinanceFileID `json:"file"`
	Row     int64         `json:"row"`
	Account AccountID     `json:"account"`
	Month   Month         `json:"month"`
	Measure Measure       `json:"measure"`
	Ore     amount.Money  `json:"ore"`
	Voucher string        `json:"voucher,omitempty"`
	Text    string        `json:"text,omitempty"`
	// Same tells apart postings that are alike in everything else, in the order of their file.
	Same int64 `json:"same,omitempty"`
	// Balance is what a report says that the account has in the month; nil where the file lists postings.
	Balance *amount.Money `json:"balance_ore,omitempty"`
	Meta
}

func (t *Posting) Kind() Kind { return KindPosting }
func (t *Posting) Key() int64 { return int64(t.ID) }

// Identity tells a posting from every other, whichever file brings it: a file that repeats an earlier one's rows brings
// nothing new. Of a balance there is one a file, for the same difference may well come again.
func (t *Posting) Identity() string {
	text := fmt.Sprintf("%d %d %d %d %q %q %d", t.Account, t.Month, t.Measure, t.Ore, t.Voucher, t.Text, t.Same)
	if t.Balance != nil {
		text = fmt.Sprintf("balance %d %d %d %d", t.File, t.Account, t.Month, t.Measure)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// NewPosting records a row of a finance file; of a balance it records the difference to what stands.
func NewPosting(p *Portfolio, by By, t Posting) (*Posting, Event, error) {
	if err := by.may(ImportFinance, relation{}); err != nil {
		return nil, Event{}, err
	}
	var no Refusals
	if p.Accounts.Get(t.Account) == nil {
		no = append(no, invalid("account", "error.unknown_account"))
	}
	if t.Measure == 0 {
		no = append(no, invalid("measure", "error.required"))
	}
	if t.Month.Year() < 2000 || t.Month.Year() > 2100 {
		no = append(no, invalid("month", "error.month"))
	}
	if t.Balance != nil {
		stands, _ := p.Posted(t.Account, t.Month, t.Measure)
		t.Ore = *t.Balance - stands
	}
	if t.Ore > amount.Max || t.Ore < -amount.Max {
		no = append(no, invalid("amount", "error.too_large"))
	}
	no = append(no, refuseText("voucher", t.Voucher, 100, false)...)
	no = append(no, refuseText("text", t.Text, 300, false)...)
	if len(no) > 0 {
		return nil, Event{}, no
	}
	t.Meta = newMeta(by)
	return &t, by.event("posting.import"), nil
}

// AccountTally is one line of the postings' sums: what an account has in a month, in øre.
type AccountTally struct {
	Account AccountID `db:"account_id"`
	Month   Month     `db:"month"`
	Measure Measure   `db:"measure"`
	Ore     int64     `db:"ore"`
}

type postingKey struct {
	month   Month
	measure Measure
}

// accountLedger is what an account's postings add up to, by month and measure.
type accountLedger map[postingKey]amount.Money

// Posted is what an account has of a measure in a month, in øre; ok is false where no posting says.
func (p *Portfolio) Posted(id AccountID, m Month, of Measure) (ore amount.Money, ok bool) {
	if id < 1 || int(id) > len(p.posted) {
		return 0, false
	}
	ore, ok = p.posted[id-1][postingKey{m, of}]
	return ore, ok
}

// PostedIn is what an account has of a measure in a year.
func (p *Portfolio) PostedIn(id AccountID, year int, of Measure) (sum amount.Money, ok bool) {
	for m := amount.NewMonth(year, 1); m <= amount.NewMonth(year, 12); m++ {
		ore, has := p.Posted(id, m, of)
		sum, ok = sum+ore, ok || has
	}
	return sum, ok
}

// AccountTallies walks every sum of the postings, for checking.
func (p *Portfolio) AccountTallies() iter.Seq[AccountTally] {
	return func(yield func(AccountTally) bool) {
		for k, l := range p.posted {
			for key, ore := range l {
				if !yield(AccountTally{AccountID(k + 1), key.month, key.measure, int64(ore)}) {
					return
				}
			}
		}
	}
}
