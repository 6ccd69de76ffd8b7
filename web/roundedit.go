package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// roundFormView is the form that opens a round, or changes one that nobody has scored in.
type roundFormView struct {
	Action   string        `json:"-"`
	Button   string        `json:"-"`
	ID       int64         `json:"-"` // 0 for a new one
	Version  int64         `json:"-"`
	Locked   string        `json:"-"` // why it cannot be changed
	Back     string        `json:"-"`
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
	v := &roundFormView{Action: "/priorities", Button: r.say("priorities.open")}
	for k := range len(presets) + spareCriteria {
		c := criterionIn{}
		if k < len(presets) {
			c.Name, c.Weight, c.Cost = r.say(presets[k].name), strconv.FormatInt(presets[k].weight, 10), presets[k].cost
			c.Scale = strings.ReplaceAll(r.say(presets[k].scale), "/", "\n")
		}
		v.Criteria = append(v.Criteria, c)
	}
	v.fill(r, nil)
	return &page{Template: "roundnew", Title: r.say("priorities.new_round"), View: v}, nil
}

// editRoundPage changes a round that is open and that nobody has scored in; of another it says why it stands.
func (s *Server) editRoundPage(r *request) (*page, error) {
	id, err := pathID(r, portfolio.KindRound)
	if err != nil {
		return nil, err
	}
	round := r.p.Rounds.Get(portfolio.RoundID(id))
	if round == nil {
		return nil, portfolio.Missing(portfolio.KindRound, id)
	}
	at := fmt.Sprintf("/priorities/%d", id)
	v := &roundFormView{Action: at, Button: r.say("priorities.edit_do"), ID: id, Version: round.Version, Back: r.link(at), Name: round.Name, Period: round.Period}
	if err := round.Editable(r.p); err != nil {
		v.Locked = r.refusal(portfolio.AsRefusals(err)[0])
	}
	for k := range min(len(round.Criteria)+spareCriteria, maxCriteria) {
		c := criterionIn{}
		if k < len(round.Criteria) {
			was := round.Criteria[k]
			c.Name, c.Weight, c.Scale, c.Cost = was.Name, strconv.FormatInt(was.Weight, 10), strings.Join(was.Scale, "\n"), was.Cost
		}
		v.Criteria = append(v.Criteria, c)
	}
	v.fill(r, round.Items)
	return &page{Template: "roundnew", Title: r.say("priorities.edit_of", round.Name), View: v}, nil
}

// fill names the criteria's fields, offers the items, and puts back what a refused form held.
func (v *roundFormView) fill(r *request, chosen []portfolio.ItemID) {
	sent := r.sent(v.Action)
	for k := range v.Criteria {
		c := &v.Criteria[k]
		c.No, c.NameID, c.WeightID, c.WordsID = k+1, fmt.Sprintf("criteria.%d.name", k), fmt.Sprintf("criteria.%d.weight", k), fmt.Sprintf("criteria.%d.scale", k)
		if sent {
			f := r.form
			c.Name, c.Weight, c.Scale, c.Cost = f.get(c.NameID), f.get(c.WeightID), strings.Join(f.lines(c.WordsID), "\n"), f.get(fmt.Sprintf("criteria.%d.cost", k)) != ""
			c.NameError, c.WeightError, c.ScaleError = f.Errors[c.NameID], f.Errors[c.WeightID], f.Errors[c.WordsID]
		}
	}
	if sent {
		v.Name, v.Period = r.form.get("name"), r.form.get("period")
		if version := r.form.int("version"); version != 0 { // the one that stands now, after a change meanwhile
			v.Version = version
		}
	}
	offered := r.prioritised(0, "")
	for _, id := range chosen {
		if c := r.p.Items.Get(id); c != nil && c.Priority == nil {
			offered = append(offered, c)
		}
	}
	for _, c := range offered {
		in := itemIn{ID: c.ID, Title: fmt.Sprintf("%d. %s", c.No, r.itemTitle(c)), Area: r.area(c.Area), Mandatory: c.Mandatory, Chosen: slices.Contains(chosen, c.ID)}
		if c.Priority != nil {
			in.State = c.Priority.Period
		}
		if sent {
			in.Chosen = slices.Contains(r.form.Values["items"], strconv.FormatInt(int64(c.ID), 10))
		}
		v.Items = append(v.Items, in)
	}
}

// maxCriteria is how many criteria a round has at most.
const maxCriteria = 20

// round reads a round as its form states it. A row without a name is no criterion.
func (f *form) round() portfolio.Round {
	round := portfolio.Round{Name: f.get("name"), Period: f.get("period")}
	for k := range maxCriteria {
		name := fmt.Sprintf("criteria.%d", k)
		if f.get(name+".name") == "" {
			continue
		}
		round.Criteria = append(round.Criteria, portfolio.Criterion{
			Name: f.get(name + ".name"), Weight: f.int(name + ".weight"), Scale: f.lines(name + ".scale"),
			Cost: !slices.Contains([]string{"", "false"}, f.get(name+".cost")),
		})
	}
	for _, text := range f.Values["items"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			f.bad("items", "error.whole_number", text)
			continue
		}
		round.Items = append(round.Items, portfolio.ItemID(id))
	}
	return round
}

// openRound opens a round on the items that were chosen.
func (s *Server) openRound(r *request) (*done, error) {
	round := r.form.round()
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
	return roundDone(round.ID, seq, true), nil
}

// editRound changes a round as it was seen; a program that names a few of its parts changes those alone.
func (s *Server) editRound(r *request) (*done, error) {
	id, err := pathID(r, portfolio.KindRound)
	if err != nil {
		return nil, err
	}
	sent := r.form.round()
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		round := tx.Portfolio().Rounds.Get(portfolio.RoundID(id))
		if round == nil {
			return portfolio.Missing(portfolio.KindRound, id)
		}
		if err := r.form.seen(round); err != nil {
			return err
		}
		to := *round
		if r.form.states("name") {
			to.Name = sent.Name
		}
		if r.form.states("period") {
			to.Period = sent.Period
		}
		if r.form.states("items") {
			to.Items = sent.Items
		}
		if r.form.states("criteria.0.name") {
			to.Criteria = sent.Criteria
		}
		next, e, err := round.Edit(tx.Portfolio(), by, to)
		if err != nil {
			return err
		}
		tx.Save(next, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return roundDone(portfolio.RoundID(id), seq, false), nil
}
