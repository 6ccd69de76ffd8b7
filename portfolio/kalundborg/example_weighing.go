package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// The rounds and scenarios, in the order in which they are recorded.
const (
	winterRound portfolio.RoundID = iota + 1
	autumnRound
)

const lettersEarlier portfolio.ScenarioID = 1

// weighing is the scoring round that the board decided on in April 2018, the next one, which is open, and what bringing the
// letters forward would do. None of it moves a figure.
func weighing() []Step {
	by := voice{user: office, source: example}
	return []Step{
		step(at(2018, 2, 19, 10, 0), "example: a scoring round opens", openRound(by, portfolio.Round{
			ID: winterRound, Name: "Vinter 2018", Period: "2018-2019", Criteria: criteria(), Items: []portfolio.ItemID{6, 8, 13, 17, 20, 21, 22, 31, 45, 52},
		})),
		step(at(2018, 2, 26, 11, 0), "example: a director scores", score(1, director, winterRound, map[portfolio.ItemID][]int{
			6: {2, 3, 2, 3, 3, 2, 2}, 8: {4, 4, 5, 4, 4, 5, 2}, 13: {4, 3, 3, 4, 5, 5, 4}, 17: {3, 4, 4, 2, 4, 4, 3}, 20: {4, 4, 4, 4, 5, 4, 4},
			21: {4, 5, 5, 4, 3, 2, 1}, 22: {5, 3, 3, 4, 4, 3, 3}, 31: {4, 2, 2, 3, 3, 2, 4}, 45: {3, 3, 2, 3, 3, 3, 2}, 52: {4, 4, 4, 4, 3, 3, 2},
		})),
		step(at(2018, 3, 5, 10, 0), "example: the other director scores", score(2, welfare, winterRound, map[portfolio.ItemID][]int{
			6: {3, 3, 2, 4, 3, 2, 2}, 8: {3, 4, 4, 4, 4, 4, 2}, 13: {3, 2, 2, 3, 4, 4, 5}, 17: {3, 3, 3, 2, 3, 4, 3}, 20: {5, 4, 3, 5, 4, 4, 4},
			21: {5, 5, 5, 4, 4, 2, 1}, 22: {3, 3, 2, 3, 4, 2, 4}, 31: {5, 4, 4, 5, 4, 2, 3}, 45: {3, 3, 3, 3, 2, 3, 2}, 52: {4, 3, 4, 4, 4, 3, 2},
		})),
		step(at(2018, 4, 9, 11, 0), "example: the round is closed by the board", closeRound(by.under(plan2019Approved), winterRound)),
		step(at(2018, 8, 13, 10, 0), "example: the next round opens", openRound(by, portfolio.Round{
			ID: autumnRound, Name: "Efterår 2018", Period: "2019-2020", Criteria: criteria(), Items: []portfolio.ItemID{11, 12, 23, 35, 48, 64},
		})),
		step(at(2018, 8, 22, 10, 0), "example: one of the directors has scored", score(3, welfare, autumnRound, map[portfolio.ItemID][]int{
			11: {3, 3, 2, 3, 4, 2, 3}, 12: {3, 4, 3, 3, 4, 3, 2}, 23: {4, 3, 3, 3, 3, 2, 3}, 35: {4, 4, 4, 4, 3, 2, 2}, 48: {3, 3, 3, 2, 3, 4, 3}, 64: {5, 3, 2, 4, 4, 2, 4},
		})),
		step(at(2018, 8, 28, 10, 0), "example: what bringing the letters forward would do", by.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewScenario(p, by, portfolio.Scenario{
				ID: lettersEarlier, Name: "Fjernprint allerede i oktober", Note: "Printaftalerne opsiges til oktober 2018 i stedet for februar 2019.",
				Alterations: []portfolio.Alteration{{Kind: portfolio.Shift, Initiative: letters, Months: -4}},
			})
		})),
	}
}

// criteria are those that the strategy names, and three more that a choice needs. Each step of a scale has its word.
func criteria() []portfolio.Criterion {
	usual := []string{"slet ikke", "i ringe grad", "i nogen grad", "i høj grad", "helt"}
	return []portfolio.Criterion{
		{Name: "Kerneopgave", Weight: 20, Scale: usual},
		{Name: "Implementering", Weight: 15, Scale: []string{"ingen plan", "en idé", "et udkast", "en plan", "klar til start"}},
		{Name: "Umiddelbar værdi", Weight: 15, Scale: []string{"efter flere år", "efter to år", "næste år", "inden for et år", "straks"}},
		{Name: "Ejerskab", Weight: 10, Scale: []string{"ingen ejer", "en mulig ejer", "en ejer", "ejer og leder", "ejer, leder og brugere"}},
		{Name: "Strategisk match", Weight: 15, Scale: usual},
		{Name: "Besparelse", Weight: 15, Scale: []string{"ingen", "lille", "mærkbar", "stor", "meget stor"}},
		{Name: "Kompleksitet", Weight: 10, Scale: []string{"helt enkel", "enkel", "middel", "svær", "meget svær"}, Cost: true},
	}
}

func openRound(by voice, r portfolio.Round) act {
	return by.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewRound(p, by, r)
	})
}

func closeRound(by voice, id portfolio.RoundID) act {
	find := func(p *portfolio.Portfolio) *portfolio.Round { return p.Rounds.Get(id) }
	return on(by, find, func(r *portfolio.Round, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return r.Close(p, by)
	})
}

// score gives a director's scores, item by item in the round's order.
func score(id portfolio.ScoreID, user portfolio.UserID, of portfolio.RoundID, scores map[portfolio.ItemID][]int) act {
	find := func(p *portfolio.Portfolio) *portfolio.Round { return p.Rounds.Get(of) }
	return func(tx *store.Tx) error {
		r := find(tx.Portfolio())
		if r == nil {
			return errMissing
		}
		var given []portfolio.Scored
		for _, item := range r.Items {
			given = append(given, portfolio.Scored{Item: item, Scores: scores[item]})
		}
		return voice{user: user, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return r.GiveScores(p, by, id, given)
		})(tx)
	}
}
