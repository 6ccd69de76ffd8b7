package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// tenths gives tenths of a million kroner, as the minutes state amounts.
func tenths(n int64) amount.Money { return amount.Money(n) * 100_000 * amount.Krone }

func newRequirement(v voice, r portfolio.Requirement) act {
	return v.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewRequirement(p, by, r)
	})
}

// requirements are what the programmes must deliver, and the overlap between them.
func requirements() []act {
	by := voice{user: chief}
	u14 := m2("hvor der er besluttet budgetreduktioner på 2,5 mio. kr. i B-2018 og yderligere 1,5 mio. kr. i B-2019")
	permanence := note("Om beløbene er varige, er ikke oplyst. Hvis de er, er kravet 4,0 mio. kr. fra 2019.", derived(u14))
	return []act{
		newRequirement(by.from(m2(net2018)), digital2018),
		newRequirement(by.from(u14), portfolio.Requirement{
			ID: 2, Programme: kme, Year: 2018, Notes: []portfolio.Note{permanence},
			Lines: []portfolio.Line{line(portfolio.Base, "U14, budgetreduktion i B-2018", amount.Exactly(tenths(25)), u14)},
		}),
		newRequirement(by.from(u14), portfolio.Requirement{
			ID: 3, Programme: kme, Year: 2019, Notes: []portfolio.Note{permanence},
			Lines: []portfolio.Line{
				line(portfolio.EarlierYears, "U14, budgetreduktionen fra B-2018, hvis den er varig", amount.Exactly(tenths(25)), derived(u14)),
				line(portfolio.Base, "U14, yderligere budgetreduktion i B-2019", amount.Exactly(tenths(15)), u14),
			},
		}),
		by.from(m2("er sammenfaldende med dels samarbejdet i DIGIT Sjælland vedr. udbud af ERP-system, dels budgetaftalens pkt. U 14")).changes(
			func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				return portfolio.NewOverlap(p, by, overlap)
			}),
	}
}

func line(k portfolio.LineKind, label string, f amount.Figure, s portfolio.Source) portfolio.Line {
	return portfolio.Line{Kind: k, Label: label, Amount: f, Permanence: portfolio.NotStated, Source: s}
}

const net2018 = "Kravet er således, at handlingsplanens projekter tilsammen kan hjemføre budgetreduktioner for 3,9 mio. kr. i 2018."

var digital2018 = func() portfolio.Requirement {
	total := line(portfolio.Base, "Budgetreduktionskrav 2018", amount.Exactly(tenths(42)), m2("Derfor er budgetreduktionskravet i 2018 4,2 mio. kr."))
	reading := derived(m2("for 2017 kommer der til at mangle ca. 1,7 mio. kr. Derfor er budgetreduktionskravet i 2018 4,2 mio. kr."))
	// What is left when an approximate amount is taken off is approximate.
	total.Reading = []portfolio.Line{
		line(portfolio.Base, "Årets eget krav, 2018", amount.About(tenths(25)), reading),
		line(portfolio.CarriedOver, "Manglende fra 2017", amount.About(tenths(17)), reading),
	}
	return portfolio.Requirement{
		ID: 1, Programme: dig, Year: 2018,
		Lines: []portfolio.Line{
			total,
			line(portfolio.AlreadyRealized, "Realiseret gennem projekter opstartet i 2017", amount.About(tenths(3)),
				m2("hvoraf ca. 0,3 mio. kr. er realiseret gennem projekter opstartet i 2017")),
		},
		StatedNet: amount.Exactly(tenths(39)), NetSource: m2(net2018),
		Notes: []portfolio.Note{
			note("At de 4,2 mio. kr. indeholder de ca. 1,7 mio. kr., der manglede i 2017, så ca. 2,5 mio. kr. er årets eget krav, er en læsning af \"Derfor\", ikke et oplyst tal.", reading),
			note("Læsningens 2,5 mio. kr. er ikke de 2,5 mio. kr., som KME skal levere i B-2018; de to lægges aldrig sammen.", reading),
			note("Om en gevinst af det gennemførte projekt \"Kopiering af tekst fra PDF-filer\" ligger i de ca. 0,3 mio. kr., er ikke oplyst.",
				m2("hvoraf ca. 0,3 mio. kr. er realiseret gennem projekter opstartet i 2017")),
			note("Kommunalbestyrelsens beslutning med B-2016 var effektiviseringsgevinster for ca. 10 mio. kr. gennem digitalisering; hvilke år, og om de er varige, er ikke oplyst. "+
				"Målet for 2016 blev nået; for 2017 ventes der at mangle ca. 1,7 mio. kr.",
				m2("at der gennem digitalisering skulle findes effektiviseringsgevinster for ca. 10 mio. kr. Budgetmålet for 2016 blev nået")),
		},
	}
}()

var overlap = portfolio.Overlap{
	ID: 1, Title: "OPUS, DIGIT Sjælland og KME (U14)", Initiatives: []portfolio.InitiativeID{opus}, Programmes: []portfolio.ProgrammeID{dig, kme},
	Notes: []portfolio.Note{
		note("Hvor OPUS tæller, er ikke afgjort; indtil da tæller den ingen steder.", m2("Dog beslutning omkring \"bedre udnyttelse af Opus\" afventer")),
		note("Budgetreduktionen på U14 er planlagt hjemtaget blandt andet gennem de fire processer i DIGIT Sjælland.",
			m2("er planlagt hjemtaget bl.a. gennem ovennævnte indsatser")),
	},
}
