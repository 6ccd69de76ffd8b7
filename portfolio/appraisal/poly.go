package appraisal

import "math/big"

// poly is a polynomial over the whole numbers, by rising power; the last coefficient is not zero.
type poly []*big.Int

func (p poly) trim() poly {
	for len(p) > 0 && p[len(p)-1].Sign() == 0 {
		p = p[:len(p)-1]
	}
	return p
}

func (p poly) lead() *big.Int { return p[len(p)-1] }

// signAt is the sign of p(y), by Horner's rule on 2^(shift x degree) p(y), which is whole.
func (p poly) signAt(y point) int {
	sum, term := new(big.Int).Set(p.lead()), new(big.Int)
	for i, shift := len(p)-2, y.shift; i >= 0; i, shift = i-1, shift+y.shift {
		sum.Mul(sum, y.num)
		sum.Add(sum, term.Lsh(p[i], shift))
	}
	return sum.Sign()
}

func (p poly) signChanges() int {
	return changes(len(p), func(i int) int { return p[i].Sign() })
}

// changes counts how often a row of signs turns; zeros are passed over.
func changes(n int, sign func(int) int) int {
	count, last := 0, 0
	for i := range n {
		s := sign(i)
		if s == 0 {
			continue
		}
		if last != 0 && s != last {
			count++
		}
		last = s
	}
	return count
}

// positiveRoots counts the different roots above zero by Sturm's theorem, and gives a polynomial that has the same roots,
// each once. p(0) must not be zero.
func (p poly) positiveRoots() (int, poly) {
	chain := []poly{p, p.derivative()}
	for {
		n := len(chain)
		rest := chain[n-2].remainder(chain[n-1])
		if len(rest) == 0 {
			break
		}
		for _, c := range rest {
			c.Neg(c)
		}
		chain = append(chain, rest)
	}
	atZero := changes(len(chain), func(i int) int { return chain[i][0].Sign() })
	atInfinity := changes(len(chain), func(i int) int { return chain[i].lead().Sign() })
	return atZero - atInfinity, p.quotient(chain[len(chain)-1].primitive()) // the chain ends in the roots that p repeats
}

func (p poly) derivative() poly {
	d := make(poly, len(p)-1)
	for i := range d {
		d[i] = new(big.Int).Mul(p[i+1], big.NewInt(int64(i+1)))
	}
	return d
}

// remainder is that of p by q, times some positive number, without a common factor.
func (p poly) remainder(q poly) poly {
	rest := make(poly, len(p))
	for i, c := range p {
		rest[i] = new(big.Int).Set(c)
	}
	size, term := new(big.Int).Abs(q.lead()), new(big.Int)
	for len(rest) >= len(q) {
		top := new(big.Int).Set(rest.lead())
		if q.lead().Sign() < 0 {
			top.Neg(top)
		}
		offset := len(rest) - len(q)
		for i, c := range rest {
			c.Mul(c, size)
			if i >= offset {
				c.Sub(c, term.Mul(top, q[i-offset]))
			}
		}
		rest = rest.trim()
	}
	return rest.primitive()
}

// primitive divides the coefficients, in place, by what they share; the signs stay.
func (p poly) primitive() poly {
	shared := new(big.Int)
	for _, c := range p {
		shared.GCD(nil, nil, shared, new(big.Int).Abs(c))
	}
	for _, c := range p {
		c.Quo(c, shared)
	}
	return p
}

// quotient divides p by q, which must divide it and have no common factor: then the quotient is whole (Gauss).
func (p poly) quotient(q poly) poly {
	rest := make(poly, len(p))
	for i, c := range p {
		rest[i] = new(big.Int).Set(c)
	}
	out, term := make(poly, len(p)-len(q)+1), new(big.Int)
	for k := len(out) - 1; k >= 0; k-- {
		out[k] = new(big.Int).Quo(rest[k+len(q)-1], q.lead())
		for i, c := range q {
			rest[k+i].Sub(rest[k+i], term.Mul(out[k], c))
		}
	}
	return out
}
