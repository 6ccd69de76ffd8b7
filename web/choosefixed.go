package web

import (
	"fmt"
	"slices"

	"gevinst/portfolio"
)

// mandatory is what the address says, and where it says nothing what the catalogue does; what has begun is fixed then too.
func (v *chooseView) mandatory(r *request, i *portfolio.Initiative, f *form) (must, begun bool) {
	if f.get("asked") != "" {
		must = slices.Contains(r.query["must"], itemID(i.ID))
	} else {
		must = r.p.Mandatory(i) || i.Begun()
	}
	return must, must && i.Begun()
}

// holdBegun lets the work that has begun keep the person-days it takes: what is left out of the choice leaves fewer for it, and where
// an area has stated fewer than the choice's own take, the rest gets none. A number in the address holds all the same.
func (v *chooseView) holdBegun(r *request, asked []*portfolio.InitiativeYear) {
	part := map[portfolio.InitiativeID]bool{}
	for _, c := range v.Items {
		part[c.ID] = true
	}
	for k, l := range v.Capacity {
		if l.Stated == nil {
			continue
		}
		var taken, outside int64
		for _, row := range asked {
			if i := row.Initiative; i.Begun() && i.Effort != nil && !part[i.ID] {
				outside += i.Effort.In(l.Area, l.Year)
			}
		}
		for n := range v.Items {
			if v.Items[n].Begun {
				taken += v.Items[n].Days[k]
			}
		}
		*l.Stated = max(0, *l.Stated-outside)
		l.StatedWords = r.say("choose.stated", *l.Stated)
		if l.Limit == l.Stated && taken > *l.Stated {
			l.Limit, l.Over = &taken, true
		}
	}
}

// ideas lists what the round ranked and nobody has taken in: without an initiative it has no amounts to choose by.
func (v *chooseView) ideas(r *request, round *portfolio.Round, scores map[portfolio.ItemID]int64) {
	became := r.initiativesByItem()
	for _, id := range round.Items {
		item := r.p.Items.Get(id)
		score, ranked := scores[id]
		if item == nil || !ranked || len(became[id]) > 0 {
			continue
		}
		out := leftOut{Item: id, Title: r.itemTitle(item), Reason: r.say("choose.only_idea", v.words(r, score)), Href: r.link(fmt.Sprintf("/catalogue/%d", item.No))}
		if item.State() != portfolio.ItemSelected && r.may(portfolio.SelectItem, nil) {
			out.TakeIn = out.Href + "#decide"
		}
		v.LeftOut = append(v.LeftOut, out)
	}
}
