// Package portfoliotest makes portfolios for tests: a small valid one, and random ones by random sequences of verbs.
package portfoliotest

import (
	"time"

	"gevinst/portfolio"
)

// Writer is where verbs are carried out: a transaction of the store, or a Book in memory.
type Writer interface {
	Portfolio() *portfolio.Portfolio
	By(user portfolio.UserID, note string) portfolio.By
	NextID(kind portfolio.Kind) (int64, error)
	Save(r portfolio.Record, e portfolio.Event)
}

// Today is the day of every Book: the end of the launch data's story.
var Today = portfolio.Date(20180903)

// Start is the instant of a Book's first event.
var Start = portfolio.InstantOf(time.Date(2018, 9, 3, 6, 0, 0, 0, time.UTC))

// Book is a portfolio in memory that numbers its events as the store does, one transaction to each.
type Book struct {
	Day     portfolio.Date
	Changes []portfolio.Change
	now     *portfolio.Portfolio
	ids     map[portfolio.Kind]int64
}

// NewBook gives an empty Book.
func NewBook() *Book {
	return &Book{Day: Today, now: portfolio.New(Today), ids: map[portfolio.Kind]int64{}}
}

// Portfolio is the portfolio with everything saved so far.
func (b *Book) Portfolio() *portfolio.Portfolio { return b.now }

// By gives the circumstances of an act; each is a second after the one before.
func (b *Book) By(user portfolio.UserID, note string) portfolio.By {
	at := Start + portfolio.Instant(len(b.Changes))*1_000_000
	return portfolio.By{User: b.now.Users.Get(user), At: at, Today: b.Day, Note: note}
}

// NextID gives a kind's next id. It never fails.
func (b *Book) NextID(kind portfolio.Kind) (int64, error) {
	b.ids[kind]++
	return b.ids[kind], nil
}

// Save numbers the change and carries the portfolio forward.
func (b *Book) Save(r portfolio.Record, e portfolio.Event) {
	e.Kind, e.Subject = r.Kind(), r.Key()
	e.Seq = int64(len(b.Changes)) + 1
	e.Batch = e.Seq
	portfolio.MetaOf(r).Version++
	c := portfolio.Change{Record: r, Event: e}
	b.Changes = append(b.Changes, c)
	b.now = b.now.Extend(c)
}
