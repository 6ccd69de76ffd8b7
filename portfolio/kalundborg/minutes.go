package kalundborg

import "gevinst/portfolio"

// The document numbers of the two items of the minutes, and of the attachment to the second.
const (
	february2017 = "326-2017-60501"
	november2017 = "326-2017-315951"
	draftPlan    = "326-2017-301865"
)

func m1(quote string) portfolio.Source { return portfolio.Source{Document: february2017, Quote: quote} }

func m2(quote string) portfolio.Source { return portfolio.Source{Document: november2017, Quote: quote} }

// derived marks what follows from a source without being stated in it.
func derived(s portfolio.Source) portfolio.Source {
	s.Derived = true
	return s
}

// example is the mark of everything invented.
var example = portfolio.Source{Example: true}

// noOwnerNamed stands on every initiative.
var noOwnerNamed = portfolio.Note{
	Text:   "Chefen er både projekt- og gevinstejer. Referatet nævner ingen ved navn, kun områderne; ejeren er derfor ukendt.",
	Source: m2("De chefer, der er projekt- og gevinstejere på ovennævnte projekter er orienteret"),
}

func note(text string, source portfolio.Source) portfolio.Note {
	return portfolio.Note{Text: text, Source: source}
}
