package web

import (
	"fmt"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// newInitiativeView is the form for what has been selected to be done.
type newInitiativeView struct {
	Form *formView `json:"-"`
}

func (s *Server) newInitiativePage(r *request) (*page, error) {
	f := r.offer("new", "new", "/initiatives", &portfolio.Initiative{})
	f.Subject, f.Version = "", 0
	code := ""
	if g := r.programme(); g != nil {
		code = g.Code
	}
	none := r.say("initiatives.choose")
	f.text("title", "")
	f.choose("programme", code, r.programmes())
	f.choose("background", portfolio.FromCatalogue.String(), codes(r, "background",
		[]portfolio.Background{portfolio.FromCatalogue, portfolio.BetterUse, portfolio.DecidedEarlier, portfolio.NewIdea}, none))
	f.choose("item", r.value("item"), r.itemChoices(none))
	f.choose("area", "", append([]optionView{{Label: none}}, r.areas()...))
	f.area("summary", "")
	f.text("one_off", "")
	f.text("start", "")
	f.text("done", "")
	f.choose("decision", "", r.decisions(none))
	return &page{Template: "initiativenew", Title: r.say("initiatives.form.new"), View: newInitiativeView{f}}, nil
}

// itemChoices are the catalogue's items by their running number.
func (r *request) itemChoices(none string) []optionView {
	list := []optionView{{Label: none}}
	for c := range r.p.Items.All() {
		list = append(list, optionView{Value: strconv.Itoa(c.No), Label: fmt.Sprintf("%d. %s", c.No, r.itemTitle(c))})
	}
	return list
}

func (s *Server) newInitiative(r *request) (*done, error) {
	f := r.form
	i := portfolio.Initiative{
		Title: f.get("title"), Area: portfolio.AreaID(f.int("area")), Summary: f.get("summary"), OneOff: figureOrOre(f, "one_off"),
		Now: portfolio.Schedule{Start: f.month("start"), Done: f.month("done")},
	}
	f.code("background", &i.Background)
	g := r.programme()
	if code := f.get("programme"); code != "" {
		g = r.p.Programme(code)
	}
	if g != nil {
		i.Programme = g.ID
	}
	if no := f.int("item"); no != 0 {
		c := r.p.ItemByNo(int(no))
		if c == nil {
			f.bad("item", "error.unknown_item")
		} else {
			i.Item = c.ID
		}
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		id, err := tx.NextID(portfolio.KindInitiative)
		if err != nil {
			return err
		}
		i.ID = portfolio.InitiativeID(id)
		next, e, err := portfolio.NewInitiative(tx.Portfolio(), by, i)
		return save(tx, next, e, err)
	})
	return &done{location: fmt.Sprintf("/initiatives/%d", i.ID), created: true, seq: seq}, err
}
