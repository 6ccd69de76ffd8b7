package portfolio

import "slices"

// Invented lists the invented records that can be removed: those that nothing which stays names. A user's own gain of an
// invented initiative, for instance, keeps the initiative, with its mark.
func (p *Portfolio) Invented() []Record {
	all := p.Records()
	byRef := make(map[ref]Record, len(all))
	var held []Record
	for _, r := range all {
		byRef[ref{r.Kind(), r.Key()}] = r
		if !r.meta().Example() {
			held = append(held, r)
		}
	}
	stays := map[ref]bool{}
	for len(held) > 0 {
		r := held[len(held)-1]
		held = held[:len(held)-1]
		for _, named := range namedBy(r) {
			if other := byRef[named]; other != nil && other.meta().Example() && !stays[named] {
				stays[named] = true
				held = append(held, other)
			}
		}
	}
	var free []Record
	for _, r := range all {
		if r.meta().Example() && !stays[ref{r.Kind(), r.Key()}] {
			free = append(free, r)
		}
	}
	return free
}

// ref names a record.
type ref struct {
	kind Kind
	id   int64
}

// namedBy lists the records that a record cannot do without. Accounts are never removed, so they are left out.
func namedBy(r Record) []ref {
	switch r := r.(type) {
	case *CatalogueItem:
		refs := []ref{{KindArea, int64(r.Area)}}
		if r.Selection != nil {
			refs = append(refs, ref{KindDecision, int64(r.Selection.Decision)})
		}
		return refs
	case *Initiative:
		refs := []ref{
			{KindProgramme, int64(r.Programme)},
			{KindCatalogueItem, int64(r.Item)},
			{KindArea, int64(r.Area)},
			{KindDecision, int64(r.Plan.Decision)},
		}
		return append(refs, r.Needs.refs()...)
	case *Benefit:
		refs := []ref{{KindInitiative, int64(r.Initiative)}}
		for _, a := range r.Allocations {
			refs = append(refs, ref{KindProgramme, int64(a.Programme)})
		}
		return refs
	case *BusinessCase:
		refs := []ref{{KindInitiative, int64(r.Initiative)}}
		for _, l := range r.Lines {
			refs = append(refs, ref{KindBenefit, int64(l.Benefit)}, ref{KindPriceIndex, int64(l.Index)})
		}
		return refs
	case *Milestone:
		return []ref{{KindInitiative, int64(r.Initiative)}}
	case *Risk:
		return []ref{{KindInitiative, int64(r.Initiative)}}
	case *Question:
		return []ref{{KindInitiative, int64(r.Initiative)}, {KindBenefit, int64(r.Benefit)}, {KindBusinessCase, int64(r.Case)}}
	case *Commentary:
		return []ref{{KindInitiative, int64(r.Initiative)}}
	case *Round:
		var refs []ref
		for _, id := range r.Items {
			refs = append(refs, ref{KindCatalogueItem, int64(id)})
		}
		return refs
	case *Score:
		return []ref{{KindRound, int64(r.Round)}}
	case *Report:
		return []ref{{KindProgramme, int64(r.Programme)}, {KindMeeting, int64(r.Meeting)}}
	case *Explanation:
		return []ref{{KindAccount, int64(r.Account)}}
	case *Requirement:
		return []ref{{KindProgramme, int64(r.Programme)}}
	case *Overlap:
		var refs []ref
		for _, id := range r.Initiatives {
			refs = append(refs, ref{KindInitiative, int64(id)})
		}
		for _, id := range r.Programmes {
			refs = append(refs, ref{KindProgramme, int64(id)})
		}
		return refs
	case *Decision:
		refs := []ref{{KindMeeting, int64(r.Meeting)}, {KindMeeting, int64(r.TakenUpAt)}}
		if r.Settled != nil {
			refs = append(refs, ref{KindDecision, int64(r.Settled.Decision)})
		}
		return refs
	}
	return nil
}

// refs are the initiatives and units that needs name.
func (n Needs) refs() (refs []ref) {
	for _, id := range slices.Concat(n.Requires, n.Excludes) {
		refs = append(refs, ref{KindInitiative, int64(id)})
	}
	if n.Effort != nil {
		for _, u := range n.Effort.Uses {
			refs = append(refs, ref{KindArea, int64(u.Area)})
		}
	}
	return refs
}
