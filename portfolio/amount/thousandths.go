package amount

// Thousandths writes a count of thousandths, such as an indicator's value, with no more decimals than it has.
func (s Style) Thousandths(n int64) string {
	decimals := 3
	for decimals > 0 && n%10 == 0 {
		n /= 10
		decimals--
	}
	unit := Money(1)
	for range decimals {
		unit *= 10
	}
	return s.number(Money(n), unit, decimals, minus)
}
