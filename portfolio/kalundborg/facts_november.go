package kalundborg

import "gevinst/portfolio"

func novemberMeeting() []act {
	by := voice{user: office}
	return []act{
		newMeeting(by.from(m2("Mandag d. 06. november 2017 kl. 11:30")), board(boardNovember2017, 20171106)),
		newMeeting(by.from(m2("Samtalerne er igangsat og er iøvrigt planlagt gennemført inden den 13. november 2017.")), portfolio.Meeting{
			ID: interviewsDue, Date: 20171113, Name: "Frist: samtaler med projekt- og gevinstejere", Type: portfolio.Deadline,
			Notes: []portfolio.Note{note(
				"Hver ejer leverer sit bidrag til handlingsplanen: først og fremmest en businesscase, men også eventuelle ændringer til idébeskrivelsen i kataloget.",
				m2("først og fremmest en businesscase, men også evt. ændringer til den idebeskrivelse"),
			)},
		}),
		newDecision(by.from(m2("Godkendt. Dog beslutning omkring \"bedre udnyttelse af Opus\" afventer")), portfolio.Decision{
			ID: draftApproved, Meeting: boardNovember2017, Item: 4, Title: "Digitaliseringsprogrammet, handlingsplan 2018 - 2020.",
			Case: "326-2017-40384", KLE: "85.13.00", Document: november2017, Type: "Drøftelse", Recommender: "Direktøren",
			Recommendations: []string{
				"Det foreliggende, ufærdige udkast til handlingsplan drøftes",
				"Orienteringen om status på arbejdet tages til efterretning",
				"De oprindelige projektforslag \"Kopiering af tekst fra PDF-filer\" samt \"bedre udnyttelse af OPUS\" udgår af handlingsplanen.",
			},
			Outcome: "Godkendt. Dog beslutning omkring \"bedre udnyttelse af Opus\" afventer, at vi har et billede af hvilke konkrete indsatser ERP-samarbejdet i DIGIT Sjælland bidrager med. " +
				"Til næste status på effektiviseringsprojekter, beder Direktionen om, at den indeholder et overblik over potentialet i KME (KL's moderniserings- og effektiviseringsprogram), " +
				"så indsatserne i effektiviseringsprogrammet og digitaliseringsprogrammet ses i sammenhæng). Dette drøftes på det kommende møde for administrative chefer.",
			Waiting: "\"Bedre udnyttelse af OPUS\" afventer et billede af, hvilke konkrete indsatser ERP-samarbejdet i DIGIT Sjælland bidrager med.",
			FollowUps: []string{
				"Næste status på effektiviseringsprojekter indeholder et overblik over potentialet i KME.",
				"Overblikket drøftes på det kommende møde for administrative chefer.",
			},
			Attachments: []portfolio.Attachment{{
				Title: "Projektprogrammet \"Digital Ledelse & Gevinstrealisering\" Handlingsplan 2018 - 2020", Document: draftPlan,
			}},
			Notes: []portfolio.Note{
				note(
					"Indstillingen var, at OPUS skulle udgå; beslutningen er, at det afventer. Begge dele står.",
					m2("På den baggrund anbefales, at projektet udtages af digitaliseringshandlingsplanen for 2018."),
				),
				countNote, besideNote, noOwnerNamed,
			},
		}),
	}
}

// actionPlan gives each initiative its place after the decision, and brings the PDF project to where its head says it is.
func actionPlan() []act {
	by := voice{user: office}.under(draftApproved)
	in := by.from(m2("Godkendt."))
	var acts []act
	for _, id := range []portfolio.InitiativeID{tgk, device, sso, office365, esdh, telemedicine, sms, cases} {
		acts = append(acts, setPlan(in, id, portfolio.InPlan, ""))
	}
	done := by.from(m2("meddeler, at projektet \"kopiering af tekst fra PDF-filer\" er gennemført og implementeret"))
	return append(acts,
		setPlan(done, pdf, portfolio.OutOfPlan, "Chefen for Voksenspecialenheden meddeler, at projektet er gennemført og implementeret."),
		advance(done, pdf, portfolio.Analysis), advance(done, pdf, portfolio.Started), advance(done, pdf, portfolio.Implemented),
		setPlan(by.from(m2("Dog beslutning omkring \"bedre udnyttelse af Opus\" afventer, at vi har et billede af hvilke konkrete indsatser ERP-samarbejdet i DIGIT Sjælland bidrager med")),
			opus, portfolio.Awaiting, "Det er indstillet, at projektet udgår. Beslutningen afventer et billede af, hvilke konkrete indsatser ERP-samarbejdet i DIGIT Sjælland bidrager med."),
	)
}

func initiative(id portfolio.InitiativeID) func(*portfolio.Portfolio) *portfolio.Initiative {
	return func(p *portfolio.Portfolio) *portfolio.Initiative { return p.Initiatives.Get(id) }
}

func setPlan(v voice, id portfolio.InitiativeID, to portfolio.Membership, reason string) act {
	return on(v, initiative(id), func(i *portfolio.Initiative, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return i.SetPlan(p, by, to, reason)
	})
}

func advance(v voice, id portfolio.InitiativeID, to portfolio.Stage) act {
	return on(v, initiative(id), func(i *portfolio.Initiative, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return i.Advance(p, by, to)
	})
}
