package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// aprilMeeting takes an invented initiative for 2019 into the plan.
func aprilMeeting() []act {
	by := voice{user: office, source: example}
	decided := by.under(plan2019Approved)
	return []act{
		newMeeting(by, board(boardApril2018, 20180409)),
		newDecision(by, portfolio.Decision{
			ID: plan2019Approved, Meeting: boardApril2018, Item: 3, Title: "Digitaliseringsprogrammet, status for 1. kvartal 2018",
			Type: "Beslutning", Recommender: "Direktøren",
			Recommendations: []string{
				"Status tages til efterretning",
				"\"Samlet fjernprint og udsendelse af post\" optages i handlingsplanen for 2019",
				"De kvalitetssikrede businesscases for indsatser uden et enkelt fagområde godkendes",
			},
			Outcome:   "Godkendt. Direktionen noterer, at Office 365 / Cloud er forsinket et halvt år.",
			FollowUps: []string{"Næste status viser, hvad forsinkelsen betyder for kravet i 2018."},
		}),
		decided.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewInitiative(p, by, portfolio.Initiative{
				ID: letters, Title: "Samlet fjernprint og udsendelse af post", Programme: dig, Background: portfolio.NewIdea, Area: citizens,
				OneOff: exactly(250), Now: from(2018, 4, 2018, 10),
				Summary: "Breve samles og udsendes ét sted, og egne printaftaler opsiges. Besparelsen falder, når aftalerne udløber i februar 2019; de kan opsiges til oktober 2018.",
			})
		}),
		setPlan(decided, letters, portfolio.InPlan, ""),
		assign(by, letters, citizensHead),
	}
}

var lettersReduction = serving(
	reduction(lettersGain, letters, "Opsagte printaftaler og mindre porto", 1_020, 60, amount.NewMonth(2019, 2)),
	"Breve samles og udsendes ét sted", implementation,
)

// juneMeeting hears what the slip means for 2018.
func juneMeeting() []act {
	by := voice{user: office, source: example}
	return []act{
		newMeeting(by, board(boardJune2018, 20180625)),
		juneReport(by),
		newDecision(by, portfolio.Decision{
			ID: statusNoted, Meeting: boardJune2018, Item: 2, Title: "Digitaliseringsprogrammet, status før sommeren 2018",
			Type: "Drøftelse", Recommender: "Direktøren",
			Recommendations: []string{"Status tages til efterretning", "Det undersøges, hvilke indsatser der kan fremrykkes til 2018"},
			Outcome:         "Taget til efterretning. Forslag til fremrykning forelægges efter sommerferien.",
			FollowUps:       []string{"Forslag til fremrykning med virkning i 2018 forelægges efter sommerferien."},
		}),
	}
}
