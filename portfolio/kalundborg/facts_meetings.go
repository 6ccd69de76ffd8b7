package kalundborg

import "gevinst/portfolio"

func newMeeting(v voice, m portfolio.Meeting) act {
	return v.changes(func(_ *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewMeeting(by, m)
	})
}

func newDecision(v voice, d portfolio.Decision) act {
	return v.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewDecision(p, by, d)
	})
}

func board(id portfolio.MeetingID, day portfolio.Date, notes ...portfolio.Note) portfolio.Meeting {
	return portfolio.Meeting{ID: id, Date: day, Name: "Direktionen", Type: portfolio.BoardMeeting, Notes: notes}
}

func decemberMeeting() []act {
	said := m1("På baggrund af Direktionens drøftelse på mødet d. 12. december 2016 har enhederne siden da arbejdet med at prioritere de beskrevne indsatser.")
	return []act{newMeeting(voice{user: office, source: said}, board(boardDecember2016, 20161212, portfolio.Note{
		Text: "Mødet er kun kendt fra referatet af 20. februar 2017: Direktionen drøftede strategien, og enhederne gik i gang med at prioritere.", Source: said,
	}))}
}

func februaryMeeting() []act {
	by := voice{user: office}
	return []act{
		newMeeting(by.from(m1("Mandag d. 20. februar 2017 kl. 12:30")), board(boardFebruary2017, 20170220)),
		newMeeting(by.from(m1("Digitalisering & IT vil sørge for at give den orientering på mødet d. 9. marts 2017.")), portfolio.Meeting{
			ID: briefing, Date: 20170309, Name: "Niveau 2-ledermøde: orientering om strategien", Type: portfolio.Briefing,
		}),
		newMeeting(by.from(m1("Senest ved udgangen af 1. kvartal 2017 vil Direktionen blive præsenteret for en samlet oversigt")), portfolio.Meeting{
			ID: overviewDue, Date: 20170331, Name: "Frist: oversigt over, hvad enhederne har prioriteret for 2017-2018", Type: portfolio.Deadline,
			Notes: []portfolio.Note{note(
				"Oversigten viser gevinsttyper for hver indsats, men ikke et foreløbigt bud på gevinsternes størrelse.",
				m1("Der vil således ikke være inkluderet et foreløbigt bud på størrelsen af disse gevinster."),
			)},
		}),
		newDecision(by.from(m1("Godkendes.")), portfolio.Decision{
			ID: strategyApproved, Meeting: boardFebruary2017, Item: 1,
			Title: "IT - Proces i Kalundborg Kommune i forhold til Den Fælleskommunale samt Fællesoffentlig digitaliseringsstrategi 2016-2020",
			Case:  "326-2016-32587", KLE: "85.13.00", Document: february2017, Type: "Beslutning", Recommender: "Digitaliserings- og IT-chefen",
			Recommendations: []string{
				"Digitaliseringsstrategi godkendes",
				"Status på processen for udviklingen af digitaliseringsstrategien drøftes og tages til efterretning",
				"Det godkendes, at strategien fremlægges på niveau2-ledermødet d. 9. marts, samt at cheferne orienteres om status på processen",
			},
			Outcome:     "Godkendes.",
			Attachments: []portfolio.Attachment{{Title: "Digitaliseringsstrategi 2017-2020"}},
		}),
		by.from(m1("Kalundborg Kommunes digitaliseringsstrategi for perioden 2017-2020")).changes(
			func(_ *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				return portfolio.NewStrategy(by, strategy)
			}),
	}
}

var strategy = portfolio.Strategy{
	Municipality: "Kalundborg Kommune", Title: "Digitaliseringsstrategi 2017-2020", From: 2017, To: 2020,
	Focus: []string{
		"At digitalisering skal understøtte udførelsen af kerneopgaven",
		"Implementeringen af digitale initiativer som en grundlæggende disciplin",
		"Ejerskab og den brede involvering af ledere og medarbejdere.",
	},
	Notes: []portfolio.Note{
		note(
			"Handlingskataloget har 81 indsatsområder, beskrevet af enhederne. Referaterne nævner otte af dem; de øvrige 73 er ikke nævnt.",
			m1("det udarbejdede handlingskatalog, med 81 indsatsområder"),
		),
		note(
			"En central del af indsatsområderne er projekter fra de fællesoffentlige strategier, og der skal være plads til lokale. Hvilke af de 81 der er hvad, er ikke oplyst.",
			m1("En central del af disse indsatsområder er netop de projekter, der fremgår af de fællesoffentlige digitaliseringsstrategier."),
		),
		note(
			"Der tales om service- og kvalitetsmæssige gevinster og om effektiviseringsgevinster.",
			m1("Uanset om der er tale om service- og kvalitetsmæssige gevinster eller effektiviseringsgevinster."),
		),
		note(
			"Enhederne prioriterer for 2017-2018 med godkendelse fra egen direktør og uden hensyn til gevinsttype; implementering og umiddelbar værdi vægtes.",
			m1("Her vægtes i stedet indsatser, hvor implementering og umiddelbar værdi er i fokus."),
		),
		note(
			"Kommunalbestyrelsen besluttede med B-2016, at der gennem digitalisering skulle findes effektiviseringsgevinster for ca. 10 mio. kr. Målet for 2016 blev nået; for 2017 ventes der at mangle ca. 1,7 mio. kr.",
			m2("Budgetmålet for 2016 blev nået, med for 2017 kommer der til at mangle ca. 1,7 mio. kr."),
		),
	},
}

func octoberMeeting() []act {
	by := voice{user: office, source: m2("sit møde den 2.-10.-2017 blev det besluttet at arbejde videre med 10 konkrete indsatser")}
	return []act{
		newMeeting(by, board(boardOctober2017, 20171002)),
		newDecision(by, portfolio.Decision{
			ID: tenChosen, Meeting: boardOctober2017, Title: "Digitaliseringsprogrammet",
			Outcome: "Det blev besluttet at arbejde videre med 10 konkrete indsatser, hvoraf de 8 var hentet fra \"katalog over indsatsområder\", " +
				"og at der skulle udarbejdes et udkast til en handlingsplan for 2018, 2019 og 2020.",
			Notes: []portfolio.Note{
				note(
					"Beslutningen er kun kendt fra referatet af 6. november 2017; punktets nummer, sagsnummer og dokumentnummer er ikke oplyst.",
					by.source,
				),
				countNote, besideNote,
			},
		}),
	}
}

// The minutes' numbers do not add up; the list is kept as it stands, and the difference is told.
var (
	countNote = portfolio.Note{
		Text: "Referatet taler om 10 indsatser: 8 fra kataloget og 2 som bedre udnyttelse af eksisterende løsninger. Listen har 7 med egen side i kataloget, ESDH og OPUS, altså 9. " +
			"Enten er KMD NOVA ESDH (side 63) den ottende, eller også er én ikke nævnt.",
		Source: m2("hvoraf de 8 var hentet fra bilaget til Kalundborg Kommunes Digitaliseringsstrategi 2017 - 2020"),
	}
	besideNote = portfolio.Note{
		Text:   "Talegenkendelse nævnes ud over de 10 (\"Desuden\"): den var allerede besluttet. De ti rækker her er Talegenkendelse og listens ni.",
		Source: m2("Det er allerede besluttet, at Talegenkendelse (TGK) skal indgå i handlingsplanen. Desuden blev der udvalgt 8 indsatser"),
	}
)
