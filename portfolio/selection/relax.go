package selection

// relaxation is the core without the demand for whole items, at its best point, with the rows that mattered.
type relaxation struct {
	rows    []row
	guide   *guide
	pricing *pricing
	prices  []float64
	// hopeless is set when it is proved that nothing meets the rows.
	hopeless bool
}

// How many relations become rows: each costs at every node, and the others are held by branching.
const (
	relationRounds  = 8
	relationsARound = 20
	relationsAtMost = 60
	tableauAtMost   = 1 << 18 // cells
)

func (c *core) relax() *relaxation {
	r := &relaxation{rows: c.rows()}
	r.solve(c)
	most := min(relationsAtMost, tableauAtMost/max(1, len(c.item))) - len(r.rows)
	for range relationRounds {
		cuts := c.broken(r.guide.x, min(relationsARound, most))
		if r.hopeless || len(cuts) == 0 {
			break
		}
		most -= len(cuts)
		r.rows = append(r.rows, cuts...)
		r.solve(c)
	}
	return r
}

func (r *relaxation) solve(c *core) {
	r.guide = newGuide(c.value, r.rows)
	r.pricing = newPricing(c.value, r.rows)
	r.prices = make([]float64, len(r.rows))
	state := make([]choice, len(c.item))
	if broken, more, ok := r.guide.solve(-1e300); !ok {
		r.guide.ray(broken, more, r.prices)
		r.hopeless = r.pricing.shows(r.prices, state)
	}
	if !r.hopeless {
		r.guide.prices(r.prices)
		r.pricing.set(r.prices, state)
	}
}
