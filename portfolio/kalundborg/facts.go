package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// Facts gives the launch data, for an empty portfolio: accounts and structure first, then what each meeting decided, recorded
// on its day.
func Facts() []Step {
	return []Step{
		{at(2016, 11, 28, 9, 0), "accounts and structure", do(join(accounts(), structure())...)},
		{at(2016, 12, 12, 9, 0), "board, 12 December 2016", do(decemberMeeting()...)},
		{at(2017, 2, 20, 12, 30), "board, 20 February 2017", do(join(februaryMeeting(), catalogue())...)},
		{at(2017, 10, 2, 10, 0), "board, 2 October 2017", do(join(octoberMeeting(), selection())...)},
		{at(2017, 11, 6, 11, 30), "board, 6 November 2017", do(join(novemberMeeting(), actionPlan(), requirements())...)},
	}
}

// account makes a user and says who it is. No password opens it: the demonstration signs in by role.
func account(by voice, id portfolio.UserID, role portfolio.Role, name, mail string) act {
	return func(tx *store.Tx) error {
		err := by.changes(func(p *portfolio.Portfolio, b portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewUser(p, b, id, role)
		})(tx)
		if err != nil {
			return err
		}
		tx.SavePerson(portfolio.Person{User: id, Name: name, Email: mail + "@example.invalid"})
		return nil
	}
}

func accounts() []act {
	first, by := voice{source: example}, voice{user: administrator, source: example}
	return []act{
		account(first, administrator, portfolio.Administrator, "Administrator", "administrator"),
		account(by, office, portfolio.ProgrammeOffice, "Digitaliseringskonsulent", "programme_office"),
		account(by, chief, portfolio.EconomyChief, "Økonomichef", "economy_chief"),
		account(by, deputy, portfolio.EconomyChief, "Gevinstcontroller, stedfortræder", "deputy_controller"),
		account(by, director, portfolio.Director, "Direktør", "director"),
		account(by, viewer, portfolio.Viewer, "Læser", "viewer"),
		account(by, planner, portfolio.ProjectOwner, "Projektejer, Plan, Byg & Miljø", "project_owner"),
	}
}

func newArea(v voice, id portfolio.AreaID, name string) act {
	return v.changes(func(_ *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewArea(by, portfolio.Area{ID: id, Name: name})
	})
}

func newProgramme(v voice, g portfolio.Programme) act {
	return v.changes(func(_ *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewProgramme(by, g)
	})
}

func structure() []act {
	by := voice{user: office}
	finances := voice{user: chief, source: example}.because("standardsandsynligheder, som programmet leveres med; kommunen sætter sine egne.")
	return []act{
		newArea(by.from(m2("Voksenspecialområdet:")), adults, "Voksenspecialområdet"),
		newArea(by.from(m2("Digitalisering & IT:")), digital, "Digitalisering & IT"),
		newArea(by.from(m2("Plan, Byg & Miljø:")), planning, "Plan, Byg & Miljø"),
		newArea(by.from(m2("Ældre- og Sundhedsområdet:")), elderly, "Ældre- og Sundhedsområdet"),
		newArea(by.from(m2("Økonomi & Løn:")), finance, "Økonomi & Løn"),
		newProgramme(by.from(m2("Digitaliseringsprogrammet, handlingsplan 2018 - 2020.")), portfolio.Programme{
			ID: dig, Code: "DIG", Name: "Digitaliseringsprogrammet", Notes: digitalNotes,
		}),
		newProgramme(by.from(m2("KL's Moderniserings- og effektiviseringsprogram (KME)")), portfolio.Programme{
			ID: kme, Code: "KME", Name: "KL's Moderniserings- og effektiviseringsprogram (KME)", Notes: efficiencyNotes,
		}),
		finances.changes(func(_ *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewPolicy(by, portfolio.Policy{Probability: map[portfolio.Stage]portfolio.Basis{
				portfolio.Selected: 1_000, portfolio.Analysis: 2_500, portfolio.Started: 5_000,
				portfolio.Implemented: 7_500, portfolio.Realizing: 9_000, portfolio.Closed: portfolio.Whole,
			}})
		}),
		newMeeting(by.from(m1("workshoppen der blev afholdt d. 28. november 2016, hvor Direktionen deltog")), portfolio.Meeting{
			ID: workshop, Date: portfolio.Date(20161128), Name: "Workshop med enhederne", Type: portfolio.Workshop,
		}),
	}
}

var digitalNotes = []portfolio.Note{
	note(
		"Kommunalbestyrelsen besluttede med B-2016, at der gennem digitalisering skulle findes effektiviseringsgevinster for ca. 10 mio. kr. "+
			"Hvilke år beløbet gælder, og om det er varigt, er ikke oplyst.",
		m2("at der gennem digitalisering skulle findes effektiviseringsgevinster for ca. 10 mio. kr."),
	),
	note("Budgetmålet for 2016 blev nået. Beløbet er ikke oplyst.", m2("Budgetmålet for 2016 blev nået")),
	note("For 2017 ventes der at mangle ca. 1,7 mio. kr.", m2("for 2017 kommer der til at mangle ca. 1,7 mio. kr.")),
	note(
		"Handlingsplanen dækker 2018, 2019 og 2020, så der er rum for fremrykning, hvis indsatser bliver forsinket eller ikke leverer.",
		m2("således at der blev etableret et handlerum gennem fremrykning af indsatser"),
	),
	noOwnerNamed,
}

var efficiencyNotes = []portfolio.Note{
	note(
		"U14 kaldes i referatet både et punkt i budgetaftalen og et punkt i hensigtserklæringen.",
		m2("hensigtserklæringens pkt. U14, KME, er planlagt hjemtaget bl.a. gennem ovennævnte indsatser"),
	),
	note(
		"Budgetreduktionen på U14 er planlagt hjemtaget blandt andet gennem fire processer i DIGIT Sjælland: fælles kontoplan; fra indkøb til betaling "+
			"(automatisk betaling af bilag på for eksempel 5.000 kr.); fra sygemelding til refusion (automatisering af hjemtagelse af refusion); fælles brugerstyring.",
		m2("samarbejder de kommuner, som har deltaget i ERP-udbuddet, i øjeblikket om 4 processer"),
	),
	note(
		"Direktionen beder om, at næste status indeholder et overblik over potentialet i KME, så de to programmer ses i sammenhæng.",
		m2("så indsatserne i effektiviseringsprogrammet og digitaliseringsprogrammet ses i sammenhæng"),
	),
}
