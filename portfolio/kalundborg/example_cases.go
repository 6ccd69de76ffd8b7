package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// story is what the example tells of an initiative: who answers for it, what it costs once, and when it is worked on.
type story struct {
	id      portfolio.InitiativeID
	owner   portfolio.UserID
	oneOff  amount.Figure
	now     portfolio.Schedule
	summary string
}

func thousand(n int64) amount.Money { return amount.Money(n) * 1_000 * amount.Krone }

func exactly(thousands int64) amount.Figure { return amount.Exactly(thousand(thousands)) }

func from(startYear, start, doneYear, done int) portfolio.Schedule {
	return portfolio.Schedule{Start: amount.NewMonth(startYear, start), Done: amount.NewMonth(doneYear, done)}
}

// stories are the initiatives of the minutes. Nothing is told of the PDF project but its owner.
var stories = []story{
	{
		tgk, employmentHead, exactly(600), from(2017, 12, 2018, 4),
		"Sagsbehandlere dikterer notater og afgørelser i stedet for at skrive dem. Den sparede tid er taget ud af budgettet ved én omplacering.",
	},
	{
		device, digitalHead, exactly(300), from(2017, 12, 2018, 3),
		"Færre typer af udstyr, længere levetid og fælles indkøb. Medarbejdere får det udstyr, som deres arbejde kræver, og ikke flere enheder end det.",
	},
	{
		sso, digitalHead, exactly(900), from(2018, 2, 2018, 6),
		"Medarbejdere logger på én gang. Sparede licenser betaler den nye drift; gevinsten er frigjort tid, som ikke tæller i kravet.",
	},
	{
		office365, digitalHead, exactly(1_500), from(2018, 1, 2018, 4),
		"Kontorpakke og filer flyttes til skyen, og egne servere lukkes. Lukningen af serverne er det, der kan spares.",
	},
	{
		esdh, digitalHead, exactly(150), from(2018, 1, 2018, 9),
		"De dele af ESDH, som der betales for, men som ikke bruges, tages i brug, og arbejdsgange ved siden af systemet lukkes.",
	},
	{
		telemedicine, elderlyHead, exactly(350), from(2018, 6, 2019, 10),
		"Borgere med KOL måler hjemme og følges på afstand. Gevinsten er kvalitet: færre dage på sygehus. Driften koster fra 2019.",
	},
	{id: pdf, owner: adultsHead},
	{
		sms, planner, exactly(60), from(2017, 12, 2018, 2),
		"Påmindelser på SMS om aftaler og tilsyn. Færre forgæves besøg og færre breve.",
	},
	{
		cases, planner, exactly(700), from(2018, 1, 2018, 5),
		"Sager behandles digitalt fra ansøgning til afgørelse, og systemer, der overlapper, opsiges. Besparelsen indmeldes måned for måned.",
	},
	{id: opus, owner: financeHead, summary: "Gevinsten trækker på samme budgetreduktion som KME og tæller ikke her, før det er afgjort, hvor den hører hjemme."},
}

func assign(v voice, id portfolio.InitiativeID, owner portfolio.UserID) act {
	return on(v, initiative(id), func(i *portfolio.Initiative, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return i.Assign(p, by, owner, owner)
	})
}

// owners names the heads, after the interviews.
func owners() []act {
	by := voice{user: office, source: example}
	return each(stories, func(s story) act { return assign(by, s.id, s.owner) })
}

// businessCases are what the heads deliver: cost and dates, and the gains.
func businessCases() []act {
	tell := func(s story) act {
		if s.summary == "" {
			return do()
		}
		return on(voice{user: s.owner, source: example}, initiative(s.id),
			func(i *portfolio.Initiative, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
				to := *i
				to.OneOff, to.Now, to.Summary = s.oneOff, s.now, s.summary
				return i.Edit(p, by, to)
			})
	}
	owner := map[portfolio.InitiativeID]portfolio.UserID{}
	for _, s := range stories {
		owner[s.id] = s.owner
	}
	return join(each(stories, tell), each(gains, func(b portfolio.Benefit) act { return newBenefit(owner[b.Initiative], b) }))
}

func newBenefit(owner portfolio.UserID, b portfolio.Benefit) act {
	b = onAccount(b)
	return voice{user: owner, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewBenefit(p, by, b)
	})
}
