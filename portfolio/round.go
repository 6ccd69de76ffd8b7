package portfolio

import (
	"fmt"
	"slices"

	"gevinst/portfolio/amount"
)

// Criterion is what candidates are scored by: its weight in points, and what the scores 1 to 5 mean in words.
type Criterion struct {
	Name   string   `json:"name"`
	Weight int64    `json:"weight"`
	Scale  []string `json:"scale"`
	// Cost turns the scale round: a high score counts against the candidate, as complexity does.
	Cost bool `json:"cost,omitempty"`
}

// MaxScore is the highest score; the lowest is 1.
const MaxScore = 5

// Round is a scoring round (prioriteringsrunde): directors score alone, and see the others' scores when it is closed.
type Round struct {
	ID       RoundID     `json:"id"`
	Name     string      `json:"name"`
	Period   string      `json:"period"`
	Criteria []Criterion `json:"criteria"`
	// Items are the catalogue's ideas that are scored.
	Items  []ItemID  `json:"items"`
	Opened CaseStep  `json:"opened"`
	Closed *CaseStep `json:"closed,omitempty"`
	Meta
}

func (r *Round) Kind() Kind { return KindRound }
func (r *Round) Key() int64 { return int64(r.ID) }

func (r *Round) refuse(p *Portfolio) error {
	no := refuseText("name", r.Name, 200, true)
	no = append(no, refuseText("period", r.Period, 40, true)...)
	if len(r.Criteria) == 0 || len(r.Criteria) > 20 {
		no = append(no, invalid("criteria", "error.too_many", 20))
	}
	total := int64(0)
	for k, c := range r.Criteria {
		field := fmt.Sprintf("criteria.%d", k)
		no = append(no, refuseText(field+".name", c.Name, 100, true)...)
		if c.Weight < 0 || c.Weight > 1000 {
			no = append(no, invalid(field+".weight", "error.weight"))
		}
		total += c.Weight
		if len(c.Scale) != MaxScore {
			no = append(no, invalid(field+".scale", "error.scale", MaxScore))
		}
		for _, word := range c.Scale {
			no = append(no, refuseText(field+".scale", word, 200, true)...)
		}
	}
	if len(r.Criteria) > 0 && total == 0 {
		no = append(no, invalid("criteria", "error.weight"))
	}
	if len(r.Items) == 0 || len(r.Items) > 1000 {
		no = append(no, invalid("items", "error.required"))
	}
	for k, id := range r.Items {
		if p.Items.Get(id) == nil || slices.Contains(r.Items[:k], id) {
			no = append(no, invalid("items", "error.unknown_item"))
		}
	}
	return no.Or()
}

// NewRound opens a scoring round.
func NewRound(p *Portfolio, by By, r Round) (*Round, Event, error) {
	if err := by.may(HoldRound, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := r.refuse(p); err != nil {
		return nil, Event{}, err
	}
	r.Opened, r.Closed, r.Meta = CaseStep{By: by.User.ID, At: by.At}, nil, newMeta(by)
	return &r, by.event("round.open"), nil
}

// Edit changes a round's criteria and items, until the first score has been given.
func (r *Round) Edit(p *Portfolio, by By, to Round) (*Round, Event, error) {
	if err := by.may(HoldRound, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := r.Editable(p); err != nil {
		return nil, Event{}, err
	}
	next := *r
	next.Name, next.Period, next.Criteria, next.Items = to.Name, to.Period, to.Criteria, to.Items
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	next.touch(by, "name", "period", "criteria", "items")
	return &next, by.event("round.edit"), nil
}

// Editable refuses to change a round that is closed, or that a score has been given in: what was scored by stands.
func (r *Round) Editable(p *Portfolio) error {
	if err := r.unlocked(); err != nil {
		return err
	}
	if len(p.scoresOf(r.ID)) > 0 {
		return &Error{Kind: Conflict, Code: "error.round_scored"}
	}
	return nil
}

func (r *Round) unlocked() error {
	if r.Closed != nil {
		return &Error{Kind: Conflict, Code: "error.round_closed"}
	}
	return nil
}

// Close ends a round by a decision, which cannot be older than the round; from then on it is locked, and everybody sees the scores.
func (r *Round) Close(p *Portfolio, by By) (*Round, Event, error) {
	if err := by.may(HoldRound, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := r.unlocked(); err != nil {
		return nil, Event{}, err
	}
	var no Refusals
	switch d := p.Decisions.Get(by.Decision); {
	case d == nil:
		no = append(no, invalid("decision", "error.decision_required"))
	case !r.ClosedBy(p, d):
		no = append(no, invalid("decision", "error.decision_before_round"))
	}
	if len(p.scoresOf(r.ID)) == 0 {
		no = append(no, invalid("", "error.round_unscored"))
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	next := *r
	next.Closed = by.step()
	return &next, by.event("round.close"), nil
}

// ClosedBy tells that a decision can close the round: its meeting was not held before the round opened.
func (r *Round) ClosedBy(p *Portfolio, d *Decision) bool {
	return p.HeldOn(d) >= amount.DateOf(r.Opened.At.Time())
}

// Scored is what one director gives one item: a score for each criterion, 0 where none is given.
type Scored struct {
	Item   ItemID `json:"item"`
	Scores []int  `json:"scores"`
}

// Score is one director's scores in a round.
type Score struct {
	ID    ScoreID  `json:"id"`
	Round RoundID  `json:"round"`
	By    UserID   `json:"by"`
	Given []Scored `json:"given"`
	Meta
}

func (s *Score) Kind() Kind { return KindScore }
func (s *Score) Key() int64 { return int64(s.ID) }

// GiveScores records a director's scores in an open round; scores given again take the place of the ones before. id is a new
// record's, used where the director has none yet.
func (r *Round) GiveScores(p *Portfolio, by By, id ScoreID, given []Scored) (*Score, Event, error) {
	if err := by.may(ScoreItems, relation{}); err != nil {
		return nil, Event{}, err
	}
	if err := r.unlocked(); err != nil {
		return nil, Event{}, err
	}
	var no Refusals
	seen := map[ItemID]bool{}
	for _, g := range given {
		field := fmt.Sprintf("item.%d", g.Item)
		if !slices.Contains(r.Items, g.Item) || seen[g.Item] || len(g.Scores) != len(r.Criteria) {
			no = append(no, invalid(field, "error.unknown_item"))
		}
		seen[g.Item] = true
		for k, s := range g.Scores {
			if s < 0 || s > MaxScore {
				no = append(no, invalid(fmt.Sprintf("%s.%d", field, k), "error.score", MaxScore))
			}
		}
	}
	if len(no) > 0 {
		return nil, Event{}, no
	}
	for _, s := range p.scoresOf(r.ID) {
		if s.By == by.User.ID {
			next := *s
			next.Given = given
			return &next, by.event("score.give"), nil
		}
	}
	return &Score{ID: id, Round: r.ID, By: by.User.ID, Given: given, Meta: newMeta(by)}, by.event("score.give"), nil
}

func (p *Portfolio) scoresOf(id RoundID) []*Score {
	var list []*Score
	for s := range p.scores.All() {
		if s.Round == id {
			list = append(list, s)
		}
	}
	return list
}

// ScoresFor lists the scores of a round that a user may see: while it is open his own, when it is closed all.
func (p *Portfolio) ScoresFor(u *User, r *Round) []*Score {
	list := p.scoresOf(r.ID)
	if r.Closed == nil {
		list = slices.DeleteFunc(list, func(s *Score) bool { return u == nil || s.By != u.ID })
	}
	return list
}

// ScoredBy counts the directors who have given scores in a round: that much is told while it is open.
func (p *Portfolio) ScoredBy(r *Round) int { return len(p.scoresOf(r.ID)) }
