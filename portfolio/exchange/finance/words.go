package finance

// Words is a language, as far as a preview is told in it.
type Words interface {
	Say(key string, args ...any) string
	// Counted says key.one or key.many, with the number written out.
	Counted(key string, n int) string
}

// Told says what the file would bring, or brought.
func (p *Preview) Told(w Words) []string {
	rows, fresh, known := w.Counted("finance.rows_read", p.Rows), w.Counted("finance.new_of", p.New), w.Counted("finance.known_of", p.Postings-p.New)
	list := []string{w.Say("finance.would", rows, w.Counted("finance.postings_of", p.Postings), fresh, known)}
	if p.Balances {
		fresh, known = w.Counted("finance.new_of", p.New-p.Changed), w.Counted("finance.same_of", p.Postings-p.New)
		list[0] = w.Say("finance.would_balances", rows, w.Counted("finance.balances_of", p.Postings), fresh, w.Counted("finance.changed_of", p.Changed), known)
	}
	if p.Totals > 0 {
		list = append(list, w.Counted("finance.totals_skipped", p.Totals))
	}
	if p.Heads > 0 {
		list = append(list, w.Counted("finance.heads_skipped", p.Heads))
	}
	return list
}
