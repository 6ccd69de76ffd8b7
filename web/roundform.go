package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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

// decisionChoices lists what has been decided, the latest meeting first.
func (r *request) decisionChoices() []optionView {
	options := []optionView{{Label: r.say("priorities.choose_decision")}}
	for _, d := range r.decisionOrder() {
		options = append(options, optionView{Value: strconv.FormatInt(int64(d.ID), 10), Label: r.lang.Style.ShortDate(r.heldOn(d)) + " " + d.Title})
	}
	return options
}

func (r *request) closeForm(round *portfolio.Round) *recordForm {
	f := r.record("close", fmt.Sprintf("/priorities/%d/close", round.ID), r.say("priorities.close"), r.say("priorities.close_do"))
	f.add(recordField{Name: "version", Kind: "hidden", Value: strconv.FormatInt(round.Version, 10)})
	f.add(recordField{Name: "subject", Kind: "hidden", Value: fmt.Sprintf("%s/%d", round.Kind(), round.ID)})
	f.add(recordField{Name: "decision", Label: r.say("priorities.decision"), Hint: r.say("priorities.close_hint"), Kind: "select", Options: r.decisionChoices(), Required: true})
	f.add(recordField{Name: "note", Label: r.say("priorities.note"), Kind: "text"})
	return f
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
	return &done{location: fmt.Sprintf("/priorities/%d", id), seq: seq, resource: func(r *request) (*page, error) {
		return r.roundPage(portfolio.RoundID(id))
	}}, nil
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

// closeRound ends a round by a decision.
func (s *Server) closeRound(r *request) (*done, error) {
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
		closed, e, err := round.Close(tx.Portfolio(), by)
		if err != nil {
			return err
		}
		tx.Save(closed, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: fmt.Sprintf("/priorities/%d", id), seq: seq, resource: func(r *request) (*page, error) {
		return r.roundPage(portfolio.RoundID(id))
	}}, nil
}

// newRoundView is the form that opens a round.
type newRoundView struct {
	Name     string        `json:"-"`
	Period   string        `json:"-"`
	Criteria []criterionIn `json:"-"`
	Items    []itemIn      `json:"-"`
}

type criterionIn struct {
	No                        int
	Name, Weight, Scale       string
	NameError, WeightError    string
	ScaleError                string
	Cost                      bool
	NameID, WeightID, WordsID string
}

type itemIn struct {
	ID                 portfolio.ItemID
	Title, Area, State string
	Chosen, Mandatory  bool
}

// presets are the strategy's own criteria, and three more that a choice needs, with usual weights in points of a hundred.
var presets = []struct {
	name, scale string
	weight      int64
	cost        bool
}{
	{"priorities.preset.core_task", "priorities.scale.core_task", 20, false},
	{"priorities.preset.implementation", "priorities.scale.implementation", 15, false},
	{"priorities.preset.immediate_value", "priorities.scale.immediate_value", 15, false},
	{"priorities.preset.ownership", "priorities.scale.ownership", 10, false},
	{"priorities.preset.strategic_fit", "priorities.scale.strategic_fit", 15, false},
	{"priorities.preset.saving", "priorities.scale.saving", 15, false},
	{"priorities.preset.complexity", "priorities.scale.complexity", 10, true},
}

// spareCriteria are the empty rows under the presets.
const spareCriteria = 2

func (s *Server) newRoundPage(r *request) (*page, error) {
	v := &newRoundView{}
	for k := range len(presets) + spareCriteria {
		c := criterionIn{No: k + 1, NameID: fmt.Sprintf("criteria.%d.name", k), WeightID: fmt.Sprintf("criteria.%d.weight", k), WordsID: fmt.Sprintf("criteria.%d.scale", k)}
		if k < len(presets) {
			c.Name, c.Weight, c.Cost = r.say(presets[k].name), strconv.FormatInt(presets[k].weight, 10), presets[k].cost
			c.Scale = strings.ReplaceAll(r.say(presets[k].scale), "/", "\n")
		}
		if r.sent("/priorities") {
			f := r.form
			c.Name, c.Weight, c.Scale, c.Cost = f.get(c.NameID), f.get(c.WeightID), strings.Join(f.lines(c.WordsID), "\n"), f.get(fmt.Sprintf("criteria.%d.cost", k)) != ""
			c.NameError, c.WeightError, c.ScaleError = f.Errors[c.NameID], f.Errors[c.WeightID], f.Errors[c.WordsID]
		}
		v.Criteria = append(v.Criteria, c)
	}
	if r.sent("/priorities") {
		v.Name, v.Period = r.form.get("name"), r.form.get("period")
	}
	for _, c := range r.prioritised(0, "") {
		id := strconv.FormatInt(int64(c.ID), 10)
		v.Items = append(v.Items, itemIn{
			ID: c.ID, Title: fmt.Sprintf("%d. %s", c.No, r.itemTitle(c)), Area: r.area(c.Area), State: c.Priority.Period, Mandatory: c.Mandatory,
			Chosen: r.sent("/priorities") && slices.Contains(r.form.Values["items"], id),
		})
	}
	return &page{Template: "roundnew", Title: r.say("priorities.new_round"), View: v}, nil
}

// openRound opens a round on the items that were chosen. A row without a name is no criterion.
func (s *Server) openRound(r *request) (*done, error) {
	round := portfolio.Round{Name: r.form.get("name"), Period: r.form.get("period")}
	const most = 20
	for k := range most {
		name := fmt.Sprintf("criteria.%d", k)
		if r.form.get(name+".name") == "" {
			continue
		}
		round.Criteria = append(round.Criteria, portfolio.Criterion{
			Name: r.form.get(name + ".name"), Weight: r.form.int(name + ".weight"), Scale: r.form.lines(name + ".scale"),
			Cost: !slices.Contains([]string{"", "false"}, r.form.get(name+".cost")),
		})
	}
	for _, text := range r.form.Values["items"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			r.form.bad("items", "error.whole_number", text)
			continue
		}
		round.Items = append(round.Items, portfolio.ItemID(id))
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		id, err := tx.NextID(portfolio.KindRound)
		if err != nil {
			return err
		}
		round.ID = portfolio.RoundID(id)
		next, e, err := portfolio.NewRound(tx.Portfolio(), by, round)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done{location: fmt.Sprintf("/priorities/%d", round.ID), created: true, seq: seq, resource: func(r *request) (*page, error) {
		return r.roundPage(round.ID)
	}}, nil
}
