package web

import (
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// scoreForm is the grid in which a director scores: a choice for each item and criterion.
type scoreForm struct {
	Action string
	Rows   []scoreRow
}

type scoreRow struct {
	Item  roundItem
	Cells []scoreCell
}

type scoreCell struct {
	Name, Label, Error string
	Options            []optionView
}

func (r *request) scoreForm(round *portfolio.Round, items []roundItem) *scoreForm {
	f := &scoreForm{Action: fmt.Sprintf("/priorities/%d/scores", round.ID)}
	for _, item := range items {
		row := scoreRow{Item: item}
		id := r.p.ItemByNo(item.No).ID
		for k, c := range round.Criteria {
			name := fmt.Sprintf("item.%d.%d", id, k)
			cell := scoreCell{Name: name, Label: r.say("priorities.score_of", item.Title, c.Name)}
			given := ""
			if k < len(item.Mine) && item.Mine[k] > 0 {
				given = strconv.Itoa(item.Mine[k])
			}
			if r.sent(f.Action) {
				given, cell.Error = r.form.get(name), r.form.Errors[name]
				r.form.Labels[name] = cell.Label
			}
			cell.Options = append(cell.Options, optionView{Label: r.say("priorities.no_score")})
			for n, word := range c.Scale {
				value := strconv.Itoa(n + 1)
				cell.Options = append(cell.Options, optionView{Value: value, Label: value + " " + word, Selected: value == given})
			}
			row.Cells = append(row.Cells, cell)
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// decisionChoices lists those of the decisions that fit, the latest meeting first, after a new one.
func (r *request) decisionChoices(fits func(*portfolio.Decision) bool) []optionView {
	options := []optionView{{Label: r.say("decisions.new_below")}}
	for _, d := range r.decisionOrder() {
		if !fits(d) {
			continue
		}
		options = append(options, optionView{Value: strconv.FormatInt(int64(d.ID), 10), Label: r.lang.Style.ShortDate(r.p.HeldOn(d)) + " " + d.Title})
	}
	return options
}

func (r *request) closeForm(round *portfolio.Round) *recordForm {
	f := r.record("close", fmt.Sprintf("/priorities/%d/close", round.ID), r.say("priorities.close"), r.say("priorities.close_do"))
	f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(round.Version, 10)})
	f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/%d", round.Kind(), round.ID)})
	r.addDeciding(f, r.say("priorities.close_hint"), func(d *portfolio.Decision) bool { return round.ClosedBy(r.p, d) })
	return f
}

// roundDone leads to a round's page.
func roundDone(id portfolio.RoundID, seq int64, created bool) *done {
	return &done{location: fmt.Sprintf("/priorities/%d", id), seq: seq, created: created, resource: func(r *request) (*page, error) { return r.roundPage(id) }}
}

// giveScores records what a director gives. A program that names a few scores changes those alone.
func (s *Server) giveScores(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindRound)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		round := tx.Portfolio().Rounds.Get(portfolio.RoundID(id))
		if round == nil {
			return portfolio.Missing(portfolio.KindRound, id)
		}
		mine := tx.Portfolio().ScoresFor(by.User, round)
		mine = slices.DeleteFunc(mine, func(s *portfolio.Score) bool { return s.By != by.User.ID })
		given := r.given(round, mine)
		if err := r.form.err(); err != nil {
			return err
		}
		next := portfolio.ScoreID(0)
		if len(mine) == 0 {
			n, err := tx.NextID(portfolio.KindScore)
			if err != nil {
				return err
			}
			next = portfolio.ScoreID(n)
		}
		score, e, err := round.GiveScores(tx.Portfolio(), by, next, given)
		if err != nil {
			return err
		}
		tx.Save(score, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return roundDone(portfolio.RoundID(id), seq, false), nil
}

// given are the scores that the form states, over those that its sender has given before.
func (r *request) given(round *portfolio.Round, before []*portfolio.Score) []portfolio.Scored {
	var list []portfolio.Scored
	for _, item := range round.Items {
		scored := portfolio.Scored{Item: item, Scores: make([]int, len(round.Criteria))}
		for _, s := range before {
			copy(scored.Scores, givenFor(s, item))
		}
		for k := range round.Criteria {
			if name := fmt.Sprintf("item.%d.%d", item, k); r.form.states(name) {
				scored.Scores[k] = int(min(max(r.form.int(name), -1), portfolio.MaxScore+1))
			}
		}
		list = append(list, scored)
	}
	return list
}

// closeRound ends a round by a decision that is recorded, or that is recorded with it.
func (s *Server) closeRound(r *request) (*done, error) {
	decision := r.form.decision()
	id, err := pathID(r, portfolio.KindRound)
	if err != nil {
		return nil, err
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		round := tx.Portfolio().Rounds.Get(portfolio.RoundID(id))
		if round == nil {
			return portfolio.Missing(portfolio.KindRound, id)
		}
		if err := r.form.seen(round); err != nil {
			return err
		}
		by, err := r.form.decided(tx, by, decision)
		if err != nil {
			return err
		}
		closed, e, err := round.Close(tx.Portfolio(), by)
		return save(tx, closed, e, err)
	})
	if err != nil {
		return nil, err
	}
	return roundDone(portfolio.RoundID(id), seq, false), nil
}
