package portfolio

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gevinst/portfolio/amount"
)

// Date and Month are the calendar of the domain; meetings have dates, money has months.
type (
	Date  = amount.Date
	Month = amount.Month
)

// Instant is when an event was recorded, in microseconds since 1970 UTC. Instants never decrease with the sequence.
type Instant int64

// InstantOf converts a time.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time gives the instant in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// Verb names what was done, as "kind.act".
type Verb string

// Event is one change of one subject: who did what, when and why, and the subject's whole new value.
// A change that touches several subjects is several events of one transaction, with the same Batch.
type Event struct {
	Seq      int64      `db:"seq"`
	At       Instant    `db:"at"`
	Actor    UserID     `db:"actor"`
	Verb     Verb       `db:"verb"`
	Kind     Kind       `db:"kind"`
	Subject  int64      `db:"subject"`
	Note     string     `db:"note"`
	Decision DecisionID `db:"decision"`
	// Batch is the sequence number of the transaction's first event.
	Batch int64 `db:"batch"`
	// Format is the version of the payload's layout; Payload is the record as JSON, exactly as stored.
	Format  int64  `db:"format"`
	Payload string `db:"payload"`
	// Hash is over the hash before it and every field above; a change anywhere breaks the chain from there on.
	Hash string `db:"hash"`
}

// Chain computes the event's hash, given the hash of the event before it ("" for the first).
func (e *Event) Chain(before string) string {
	b := make([]byte, 0, 192+len(e.Payload)+len(e.Note))
	field := func(s string) { // lengths first: no two different events may give the same bytes
		b = strconv.AppendInt(b, int64(len(s)), 10)
		b = append(append(b, ':'), s...)
	}
	for _, n := range [...]int64{e.Seq, int64(e.At), int64(e.Actor), int64(e.Kind), e.Subject, int64(e.Decision), e.Batch, e.Format} {
		b = append(strconv.AppendInt(b, n, 10), ' ')
	}
	for _, s := range [...]string{before, string(e.Verb), e.Note, e.Payload} {
		field(s)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Change is a record's new value and the event that tells of it.
type Change struct {
	Record Record
	Event  Event
}

func (by By) event(v Verb) Event {
	e := Event{At: by.At, Verb: v, Note: by.Note, Decision: by.Decision}
	if by.User != nil {
		e.Actor = by.User.ID
	}
	return e
}

func newMeta(by By) Meta {
	m := Meta{}
	if !by.Source.IsZero() {
		m.Sources = Sources{"": by.Source}
	}
	return m
}

// touch records that the fields have the act's source from now on.
func (m *Meta) touch(by By, fields ...string) { m.Sources = m.Sources.with(by.Source, fields...) }

// format is the present layout of each kind's payload. When a record's layout changes, its number grows, the struct
// as it was is frozen beside it, and lifts gets a pure function from the one to the next. Events are never rewritten.
var format = map[Kind]int64{
	KindUser: 2, KindArea: 2, KindStrategy: 1, KindProgramme: 1, KindPolicy: 2, KindCatalogueItem: 2, KindInitiative: 4,
	KindBenefit: 2, KindEntry: 1, KindRequirement: 1, KindOverlap: 1, KindMeeting: 1, KindDecision: 2, KindFollowUp: 1,
	KindPriceIndex: 1, KindBusinessCase: 1, KindMilestone: 1, KindRisk: 1, KindQuestion: 1, KindCommentary: 1,
	KindAccount: 1, KindFinanceFile: 1, KindPosting: 2, KindExplanation: 1, KindMapping: 1,
	KindRound: 1, KindScore: 1, KindScenario: 2, KindReport: 1,
}

// lifts turns a payload of one format into the next, by kind and format.
var lifts = map[Kind]map[int64]func(payload string) (string, error){
	KindCatalogueItem: {1: asItWas}, // before what a unit proposes, and the day on which a director approved
	KindUser:          {1: asItWas}, // before it was sealed, reset and erased by events
	KindPolicy:        {1: asItWas}, // before the days of budget follow-ups
	KindArea:          {1: asItWas}, // before what a unit has for initiatives
	// before the case in the document system; before what it needs; before it told that it had left the plan
	KindInitiative: {1: asItWas, 2: asItWas, 3: asItWas},
	KindScenario:   {1: asItWas}, // before it kept from which month a shift moves
	KindDecision:   {1: asItWas}, // before it told when what waits is taken up, and what was delivered
	KindPosting:    {1: asItWas}, // before balances
	KindBenefit:    {1: asItWas}, // before measurements, dis-benefits, the benefit map and converted time
}

// asItWas lifts a payload that only lacks what came later: what it does not say is none.
func asItWas(payload string) (string, error) { return payload, nil }

// Encode gives a record's payload and its format.
func Encode(r Record) (payload string, f int64, err error) {
	var b []byte
	if c, ok := r.(*BusinessCase); ok {
		b, err = c.encode()
	} else {
		b, err = json.Marshal(r)
	}
	if err != nil {
		return "", 0, fmt.Errorf("encode %s %d: %w", r.Kind(), r.Key(), err)
	}
	return string(b), format[r.Kind()], nil
}

// Decode reads a payload of any format that was ever written.
func Decode(kind Kind, f int64, payload string) (Record, error) {
	for ; f < format[kind]; f++ {
		lift, ok := lifts[kind][f]
		if !ok {
			return nil, fmt.Errorf("decode %s: no way from format %d to %d", kind, f, f+1)
		}
		var err error
		if payload, err = lift(payload); err != nil {
			return nil, fmt.Errorf("decode %s format %d: %w", kind, f, err)
		}
	}
	if f != format[kind] {
		return nil, fmt.Errorf("decode %s: format %d is newer than this program", kind, f)
	}
	r := empty(kind)
	if r == nil {
		return nil, fmt.Errorf("decode: unknown kind %d", kind)
	}
	if err := json.Unmarshal([]byte(payload), r); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	if r.Key() < 1 || parent(r) < 1 {
		return nil, fmt.Errorf("decode %s: it does not say which, or of what it is a part", kind)
	}
	return r, nil
}

// parent is what a record is a part of, and cannot be without; 1 for one that stands alone.
func parent(r Record) int64 {
	switch r := r.(type) {
	case *Benefit:
		return int64(r.Initiative)
	case *Entry:
		return int64(r.Benefit)
	case *BusinessCase:
		return int64(r.Initiative)
	case *Milestone:
		return int64(r.Initiative)
	case *Risk:
		return int64(r.Initiative)
	case *Question:
		return int64(r.Initiative)
	case *Commentary:
		return int64(r.Initiative)
	case *Posting:
		return int64(r.Account)
	case *Explanation:
		return int64(r.Account)
	case *Score:
		return int64(r.Round)
	}
	return 1
}

func empty(kind Kind) Record {
	switch kind {
	case KindUser:
		return &User{}
	case KindArea:
		return &Area{}
	case KindStrategy:
		return &Strategy{}
	case KindProgramme:
		return &Programme{}
	case KindPolicy:
		return &Policy{}
	case KindCatalogueItem:
		return &CatalogueItem{}
	case KindInitiative:
		return &Initiative{}
	case KindBenefit:
		return &Benefit{}
	case KindEntry:
		return &Entry{}
	case KindRequirement:
		return &Requirement{}
	case KindOverlap:
		return &Overlap{}
	case KindMeeting:
		return &Meeting{}
	case KindDecision:
		return &Decision{}
	case KindFollowUp:
		return &FollowUp{}
	case KindPriceIndex:
		return &PriceIndex{}
	case KindBusinessCase:
		return &BusinessCase{}
	case KindMilestone:
		return &Milestone{}
	case KindRisk:
		return &Risk{}
	case KindQuestion:
		return &Question{}
	case KindCommentary:
		return &Commentary{}
	case KindAccount:
		return &Account{}
	case KindFinanceFile:
		return &FinanceFile{}
	case KindPosting:
		return &Posting{}
	case KindExplanation:
		return &Explanation{}
	case KindMapping:
		return &Mapping{}
	case KindRound:
		return &Round{}
	case KindScore:
		return &Score{}
	case KindScenario:
		return &Scenario{}
	case KindReport:
		return &Report{}
	}
	return nil
}
