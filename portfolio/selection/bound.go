package selection

import "math"

// pricing computes, in integers, the bound that prices on the rows give: whoever pays the price for what he uses of a row
// and is paid for what he leaves loses nothing by the limit, so no selection is worth more than the items' surplus. It holds
// for every price that is not negative; good ones come from the guide.
type pricing struct {
	rows    []row
	value   []int64
	shift   uint // of the values
	scale   uint // of bound and surplus: the core's units shifted by this
	price   []int64
	surplus []wide // by item: its value less the price of what it uses
	bound   wide
}

func newPricing(value []int64, rows []row) *pricing {
	return &pricing{rows: rows, value: value, shift: shiftOf(value), price: make([]int64, len(rows)), surplus: make([]wide, len(value))}
}

// set computes bound and surplus for the prices, given what is decided.
func (p *pricing) set(prices []float64, state []choice) {
	e := p.round(prices)
	p.scale = p.shift + e
	for j, v := range p.value {
		p.surplus[j] = wideOf(v, p.scale)
	}
	p.sum(state)
}

// shows reports whether the prices prove that nothing meets the rows: even what uses least of them costs more than there is.
func (p *pricing) shows(prices []float64, state []choice) bool {
	p.round(prices)
	clear(p.surplus)
	p.sum(state)
	return p.bound.negative()
}

// round turns prices into integers with as many binary places as fit.
func (p *pricing) round(prices []float64) (places uint) {
	largest := 1.0
	for r, x := range prices {
		if math.IsNaN(x) {
			prices[r] = 0
			continue
		}
		largest = max(largest, x)
	}
	_, exp := math.Frexp(largest)
	e := max(0, rowBits-exp)
	for r, x := range prices {
		p.price[r] = int64(min(math.Ldexp(x, e), 1<<rowBits))
	}
	return uint(e)
}

func (p *pricing) sum(state []choice) {
	p.bound = wide{}
	for r, price := range p.price {
		if price == 0 {
			continue
		}
		row := &p.rows[r]
		p.bound = p.bound.plus(product(price, row.rhs))
		for k, j := range row.item {
			p.surplus[j] = p.surplus[j].minus(product(price, row.coef[k]))
		}
	}
	for j, s := range p.surplus {
		if state[j] == in || state[j] == open && !s.negative() {
			p.bound = p.bound.plus(s)
		}
	}
}

// most is the bound in the core's units, rounded down: values are whole.
func (p *pricing) most() int64 { return p.whole(p.bound) }

// without is what the bound becomes when an open item is decided against its surplus.
func (p *pricing) without(j int) int64 { return p.whole(p.bound.minus(p.surplus[j].abs())) }

// whole is a bound in the core's units; one that says nothing is cut to what does not overflow.
func (p *pricing) whole(b wide) int64 {
	if b.abs().length() < p.scale+60 {
		return b.down(p.scale)
	}
	if b.negative() {
		return -nothingKnown
	}
	return nothingKnown
}

// nothingKnown is beyond every sum of values.
const nothingKnown = 2 * MaxSum

// favours is what the prices would decide about an item.
func (p *pricing) favours(j int) choice {
	if p.surplus[j].negative() {
		return out
	}
	return in
}
