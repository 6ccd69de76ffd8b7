package kalundborg

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// The gains that are claimed.
const (
	tgkGain portfolio.BenefitID = iota + 1
	deviceGain
	smsGain
	casesGain
	officeGain
	esdhGain
	ssoGain
	ssoTime
	telemedicineDays
	telemedicineRunning
	opusGain
	lettersGain
	telemedicineWatch
)

// The strategy's focuses, as the gains name them.
var (
	coreTask       = strategy.Focus[0]
	implementation = strategy.Focus[1]
	ownership      = strategy.Focus[2]
)

// reduction is a budget reduction: a saving a full year and the new running costs that it takes, in thousands of kroner.
func reduction(id portfolio.BenefitID, i portfolio.InitiativeID, title string, gross, running int64, effect amount.Month) portfolio.Benefit {
	return portfolio.Benefit{
		ID: id, Initiative: i, Title: title, Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
		Terms: portfolio.Terms{From: effect, Gross: exactly(gross), Running: exactly(running)}, PriceYear: 2018,
	}
}

// serving tells what is done otherwise so that the gain comes, and which of the strategy's focuses it serves.
func serving(b portfolio.Benefit, change string, focus ...string) portfolio.Benefit {
	b.Change, b.Focus = change, focus
	return b
}

var gains = []portfolio.Benefit{
	serving(reduction(tgkGain, tgk, "Mindre tid til skriftlig dokumentation", 1_680, 240, amount.NewMonth(2018, 4)), "Sagsbehandlere dikterer notater og afgørelser", coreTask, ownership),
	serving(reduction(deviceGain, device, "Færre og billigere enheder", 1_200, 0, amount.NewMonth(2018, 3)), "Fælles indkøb og færre typer af udstyr", implementation),
	serving(reduction(smsGain, sms, "Færre forgæves besøg og breve", 276, 36, amount.NewMonth(2018, 2)), "Borgere påmindes på SMS om aftaler og tilsyn", coreTask),
	serving(reduction(casesGain, cases, "Kortere sagsbehandling og opsagte systemer", 960, 120, amount.NewMonth(2018, 5)), "Sager behandles digitalt fra ansøgning til afgørelse", coreTask, implementation),
	serving(reduction(officeGain, office365, "Lukkede servere og licenser", 1_800, 600, amount.NewMonth(2018, 4)), "Kontorpakke og filer flyttes, og egne servere lukkes", implementation),
	serving(reduction(esdhGain, esdh, "Mindre dobbeltarbejde ved journalisering", 480, 0, amount.NewMonth(2018, 9)), "Arbejdsgange ved siden af ESDH lukkes", implementation, ownership),
	serving(reduction(ssoGain, sso, "Sparede licenser, som betaler den nye drift", 96, 96, amount.NewMonth(2018, 6)), "Medarbejdere logger på én gang", implementation),
	{
		ID: ssoTime, Initiative: sso, Title: "Frigjort tid ved færre logins", Type: portfolio.Efficiency,
		Time: &portfolio.FreedTime{HoursPerYear: 6_000, Rate: 300 * amount.Krone}, Terms: portfolio.Terms{From: amount.NewMonth(2018, 6)},
		Change: "Medarbejdere logger på én gang", Focus: []string{coreTask},
	},
	{
		ID: telemedicineDays, Initiative: telemedicine, Title: "Færre dage på sygehus for borgere med KOL", Type: portfolio.Quality,
		Indicator: &portfolio.Indicator{
			Unit: "sengedage pr. borger om året", Baseline: 8_200, Target: 6_000, BaselineDate: 20171031,
			Method: "Sengedage for borgere med KOL i de seneste tolv måneder, delt med antallet af borgere.",
		},
		Terms:  portfolio.Terms{From: amount.NewMonth(2019, 10)},
		Change: "Borgere måler hjemme og følges på afstand", Focus: []string{coreTask, ownership},
	},
	serving(reduction(telemedicineRunning, telemedicine, "Drift af hjemmemonitorering", 0, 240, amount.NewMonth(2019, 1)), "Borgere måler hjemme og følges på afstand", coreTask),
	kmeGain(),
}

// kmeGain is OPUS' saving, which draws on the cut that KME is to make.
func kmeGain() portfolio.Benefit {
	b := reduction(opusGain, opus, "Mere effektiv brug af OPUS", 600, 0, amount.NewMonth(2019, 1))
	b.Allocations = []portfolio.Allocation{{Programme: kme, Share: portfolio.Whole}}
	return b
}

// watchGain is what gets worse: somebody must follow what the citizens measure. It takes hours, which are in no sum of kroner.
var watchGain = portfolio.Benefit{
	ID: telemedicineWatch, Initiative: telemedicine, Title: "Tid til at følge målingerne", Type: portfolio.Quality, Adverse: true,
	Time: &portfolio.FreedTime{HoursPerYear: -900}, Terms: portfolio.Terms{From: amount.NewMonth(2019, 10)},
	Change: "Borgere måler hjemme og følges på afstand", Focus: []string{coreTask},
}

// measure records the telemedicine indicator on a day, in thousandths of its unit.
func measure(day portfolio.Date, value int64, note string) act {
	find := func(p *portfolio.Portfolio) *portfolio.Benefit { return p.Benefits.Get(telemedicineDays) }
	return on(voice{user: elderlyHead, source: example}.because(note), find,
		func(b *portfolio.Benefit, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return b.Measure(p, by, day, value)
		})
}
