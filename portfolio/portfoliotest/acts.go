package portfoliotest

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"gevinst/portfolio"
)

// Acts carries out random verbs in a World, one at a time. It remembers the ledger's entries, which a portfolio does not
// hold one by one.
type Acts struct {
	World   World
	entries map[portfolio.EntryID]*portfolio.Entry
}

// NewActs begins with a portfolio that has no entries.
func NewActs(x World) *Acts { return &Acts{x, map[portfolio.EntryID]*portfolio.Entry{}} }

// Know tells of entries as they now are, where others act too.
func (a *Acts) Know(entries ...*portfolio.Entry) {
	for _, e := range entries {
		a.entries[e.ID] = e
	}
}

// Entries lists the entries as they now are, by id.
func (a *Acts) Entries() []*portfolio.Entry {
	var list []*portfolio.Entry
	for _, id := range slices.Sorted(maps.Keys(a.entries)) {
		list = append(list, a.entries[id])
	}
	return list
}

// act is one random deed: who usually does it, and the doing.
type act struct {
	name string
	role portfolio.Role
	do   func(d *draw) error
}

// acts name the deeds; those of the ledger come twice, for they are the most frequent.
var acts = []act{
	{"claim", portfolio.ProgrammeOffice, (*draw).claim},
	{"claim", portfolio.ProgrammeOffice, (*draw).claim},
	{"confirm", portfolio.EconomyChief, func(d *draw) error { return d.settle(true) }},
	{"confirm", portfolio.EconomyChief, func(d *draw) error { return d.settle(true) }},
	{"reject", portfolio.EconomyChief, func(d *draw) error { return d.settle(false) }},
	{"reverse", portfolio.EconomyChief, (*draw).reverse},
	{"new benefit", portfolio.ProgrammeOffice, (*draw).newBenefit},
	{"edit benefit", portfolio.ProgrammeOffice, (*draw).editBenefit},
	{"new initiative", portfolio.ProgrammeOffice, (*draw).newInitiative},
	{"edit initiative", portfolio.ProgrammeOffice, (*draw).editInitiative},
	{"assign", portfolio.ProgrammeOffice, (*draw).assign},
	{"advance", portfolio.ProgrammeOffice, (*draw).advance},
	{"plan", portfolio.ProgrammeOffice, (*draw).plan},
	{"comment", portfolio.ProgrammeOffice, (*draw).comment},
	{"delay", portfolio.ProgrammeOffice, (*draw).delay},
	{"state needs", portfolio.ProgrammeOffice, (*draw).stateNeeds},
	{"capacity", portfolio.ProgrammeOffice, (*draw).capacity},
	{"new item", portfolio.ProgrammeOffice, (*draw).newItem},
	{"edit item", portfolio.ProgrammeOffice, (*draw).editItem},
	{"prioritise", portfolio.ProgrammeOffice, (*draw).prioritise},
	{"decide item", portfolio.ProgrammeOffice, (*draw).decideItem},
	{"new requirement", portfolio.EconomyChief, (*draw).newRequirement},
	{"edit requirement", portfolio.EconomyChief, (*draw).editRequirement},
	{"policy", portfolio.EconomyChief, (*draw).policy},
	{"overlap", portfolio.EconomyChief, (*draw).overlap},
	{"follow-up", portfolio.EconomyChief, (*draw).followUp},
	{"new case", portfolio.ProgrammeOffice, (*draw).newCase},
	{"edit case", portfolio.ProgrammeOffice, (*draw).editCase},
	{"case step", portfolio.ProgrammeOffice, (*draw).stepCase},
	{"assure case", portfolio.EconomyChief, (*draw).assureCase},
	{"approve case", portfolio.Director, (*draw).approveCase},
	{"milestone", portfolio.ProgrammeOffice, (*draw).milestone},
	{"commentary", portfolio.ProgrammeOffice, (*draw).commentary},
	{"account", portfolio.EconomyChief, (*draw).onAccount},
	{"cut on an account", portfolio.ProgrammeOffice, (*draw).cutOnAccount},
	{"overlap's home", portfolio.EconomyChief, (*draw).overlapHome},
	{"scenario", portfolio.ProgrammeOffice, (*draw).carryOut},
	{"meeting", portfolio.ProgrammeOffice, (*draw).meeting},
	{"decision", portfolio.ProgrammeOffice, (*draw).decision},
	{"after a decision", portfolio.ProgrammeOffice, (*draw).afterDecision},
	{"director", portfolio.ProgrammeOffice, (*draw).director},
	{"new area", portfolio.ProgrammeOffice, (*draw).newArea},
	{"new user", portfolio.Administrator, (*draw).newUser},
	{"role", portfolio.Administrator, (*draw).role},
	{"disable", portfolio.Administrator, (*draw).disable},
	{"enable", portfolio.Administrator, (*draw).enable},
}

// Act carries out one random deed on w. A refusal is a deed that changed nothing; any other error is a fault. It gives the
// deed's name, and whether it was done.
func (a *Acts) Act(t *rapid.T, w Writer) (name string, done bool, err error) {
	chosen := rapid.SampledFrom(acts).Draw(t, "act")
	d := &draw{Acts: a, t: t, w: w, p: w.Portfolio()}
	d.by = d.circumstances(chosen.role)
	err = chosen.do(d)
	if portfolio.AsRefusals(err) != nil {
		return chosen.name, false, nil
	}
	if err != nil {
		return chosen.name, false, fmt.Errorf("%s: %w", chosen.name, err)
	}
	return chosen.name, true, nil
}

// draw is one deed being drawn.
type draw struct {
	*Acts
	t  *rapid.T
	w  Writer
	p  *portfolio.Portfolio
	by portfolio.By
}

// circumstances draws who acts, mostly one whose role may, and where the values come from.
func (d *draw) circumstances(role portfolio.Role) portfolio.By {
	users := d.p.Users.List()
	if rapid.IntRange(0, 9).Draw(d.t, "stranger") > 0 {
		fit := slices.DeleteFunc(slices.Clone(users), func(u *portfolio.User) bool { return u.Role != role || u.Disabled })
		if len(fit) > 0 {
			users = fit
		}
	}
	by := d.w.By(rapid.SampledFrom(users).Draw(d.t, "actor").ID, rapid.SampledFrom([]string{"", "efter aftale", "æøå → \"'"}).Draw(d.t, "note"))
	by.Source = rapid.SampledFrom([]portfolio.Source{{}, {}, {Example: true}, {Document: "2017-1", Quote: "ca. 3,9 mio."}}).Draw(d.t, "source")
	by.Decision = d.w.Portfolio().Decisions.List()[0].ID
	return by
}

func (d *draw) id(k portfolio.Kind) (int64, error) { return d.w.NextID(k) }

func (d *draw) entry() *portfolio.Entry {
	ids := slices.Sorted(maps.Keys(d.entries))
	if len(ids) == 0 {
		return nil
	}
	return d.entries[rapid.SampledFrom(ids).Draw(d.t, "entry")]
}

// save keeps what a verb gave, if it gave something.
func save[R portfolio.Record](d *draw, r R, e portfolio.Event, err error) error {
	if err != nil {
		return err
	}
	d.w.Save(r, e)
	return nil
}

func (d *draw) saveAll(changes []portfolio.Change, err error) error {
	if err != nil {
		return err
	}
	for _, c := range changes {
		d.w.Save(c.Record, c.Event)
		if e, ok := c.Record.(*portfolio.Entry); ok {
			d.Know(e)
		}
	}
	return nil
}

// errNothing stands for a deed that had nothing to be done to.
var errNothing = &portfolio.Error{Kind: portfolio.NotFound, Code: "error.not_found"}
