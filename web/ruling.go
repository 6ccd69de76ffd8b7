package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// rulingFields say what a decision changes: where an initiative stands in the plan, by its number, which rounds it closes, and which
// programme counts an overlap, by its number.
var rulingFields = fields{"plan.#": portfolio.Membership(0), "reason": "", "close_rounds": []portfolio.RoundID{}, "home.#": portfolio.ProgrammeID(0)}

// rulingForm is the part of a decision's form that says what the decision changes.
type rulingForm struct {
	Places []placeRow
	Fields []recordField
	Open   bool
}

// placeRow asks where one initiative is to stand.
type placeRow struct {
	recordField
	Now string
}

// addRuling offers what the decision changes; of each thing only what the reader may change.
func (r *request) addRuling(f *recordForm) {
	v := &rulingForm{Open: f.sent != nil}
	if r.may(portfolio.ChangePlan, nil) {
		for _, i := range r.placed() {
			now := r.say("ruling.never")
			if i.Plan.State != 0 {
				now = r.say("plan_state." + i.Plan.State.String())
			}
			v.Places = append(v.Places, placeRow{f.field(r.placeField(i)), now})
		}
		if len(v.Places) > 0 {
			v.Fields = append(v.Fields, f.field(recordField{Name: "reason", Label: r.say("ruling.reason"), Hint: r.say("ruling.reason_hint"), Kind: "text"}))
		}
	}
	rounds := []optionView{{Label: r.say("ruling.no_round")}}
	for round := range r.p.Rounds.All() {
		if round.Closed == nil && r.p.ScoredBy(round) > 0 && r.may(portfolio.HoldRound, round) {
			rounds = append(rounds, optionView{Value: idText(round.ID), Label: round.Name})
		}
	}
	if len(rounds) > 1 {
		v.Fields = append(v.Fields, f.field(recordField{Name: "close_rounds", Label: r.say("ruling.close"), Kind: "select", Options: rounds}))
	}
	for o := range r.p.Overlaps.All() {
		if !r.may(portfolio.SettleOverlap, o) {
			continue
		}
		homes := []optionView{{Label: r.say("ruling.unchanged")}}
		for _, id := range o.Programmes {
			if g := r.p.Programmes.Get(id); g != nil && id != o.Home {
				homes = append(homes, optionView{Value: idText(id), Label: g.Name})
			}
		}
		v.Fields = append(v.Fields, f.field(recordField{Name: fmt.Sprintf("home.%d", o.ID), Label: r.say("ruling.home", o.Title), Kind: "select", Options: homes}))
	}
	if len(v.Places)+len(v.Fields) > 0 {
		f.Ruling = v
	}
}

// placed lists the initiatives that a decision may move: those that wait first, then by name. What is closed has had its place.
func (r *request) placed() []*portfolio.Initiative {
	list := slices.DeleteFunc(r.p.Initiatives.List(), func(i *portfolio.Initiative) bool {
		return i.Stage == portfolio.Closed && i.Plan.State != portfolio.Awaiting
	})
	settled := func(i *portfolio.Initiative) int {
		if i.Plan.State == portfolio.Awaiting {
			return 0
		}
		return 1
	}
	sorter := r.lang.Sorter()
	slices.SortFunc(list, func(a, b *portfolio.Initiative) int {
		return cmp.Or(cmp.Compare(settled(a), settled(b)), sorter(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// placeField offers the places where the initiative does not stand; one that waits may go on waiting.
func (r *request) placeField(i *portfolio.Initiative) recordField {
	options := []optionView{{Label: r.say("ruling.unchanged")}}
	for _, m := range portfolio.Memberships() {
		key := "ruling." + m.String()
		if m == i.Plan.State {
			key = "ruling.still"
		}
		if m != i.Plan.State || m == portfolio.Awaiting {
			options = append(options, optionView{Value: m.String(), Label: r.say(key)})
		}
	}
	return recordField{Name: fmt.Sprintf("plan.%d", i.ID), Label: i.Title, Options: options}
}

// ruling reads what the decision changes; what the form leaves empty stays as it is.
func (f *form) ruling() portfolio.Ruling {
	of := portfolio.Ruling{
		Places: map[portfolio.InitiativeID]portfolio.Membership{}, Reason: f.get("reason"), Closes: idsOf[portfolio.RoundID](f, "close_rounds"),
		Homes: map[portfolio.OverlapID]portfolio.ProgrammeID{},
	}
	for name := range f.Values {
		kind, no, _ := strings.Cut(name, ".")
		id, err := strconv.ParseInt(no, 10, 64)
		if err != nil || f.get(name) == "" {
			continue // another field, or one that says nothing
		}
		switch kind {
		case "plan":
			var to portfolio.Membership
			f.code(name, &to)
			of.Places[portfolio.InitiativeID(id)] = to
		case "home":
			of.Homes[portfolio.OverlapID(id)] = portfolio.ProgrammeID(f.int(name))
		}
	}
	return of
}

// enact makes what the act's decision changes, in the transaction that records it.
func enact(tx *store.Tx, by portfolio.By, of portfolio.Ruling) error {
	changes, err := tx.Portfolio().Enact(by, of)
	if err != nil {
		return err
	}
	tx.SaveAll(changes)
	return nil
}
