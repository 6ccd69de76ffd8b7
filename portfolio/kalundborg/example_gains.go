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
)

// reduction is a budget reduction: a saving a full year and the new running costs that it takes, in thousands of kroner.
func reduction(id portfolio.BenefitID, i portfolio.InitiativeID, title string, gross, running int64, effect amount.Month) portfolio.Benefit {
	return portfolio.Benefit{
		ID: id, Initiative: i, Title: title, Type: portfolio.Efficiency, Cash: &portfolio.Cash{Step: portfolio.BudgetReduction},
		Terms: portfolio.Terms{From: effect, Gross: exactly(gross), Running: exactly(running)}, PriceYear: 2018,
	}
}

var gains = []portfolio.Benefit{
	reduction(tgkGain, tgk, "Mindre tid til skriftlig dokumentation", 1_680, 240, amount.NewMonth(2018, 4)),
	reduction(deviceGain, device, "Færre og billigere enheder", 1_200, 0, amount.NewMonth(2018, 3)),
	reduction(smsGain, sms, "Færre forgæves besøg og breve", 276, 36, amount.NewMonth(2018, 2)),
	reduction(casesGain, cases, "Kortere sagsbehandling og opsagte systemer", 960, 120, amount.NewMonth(2018, 5)),
	reduction(officeGain, office365, "Lukkede servere og licenser", 1_800, 600, amount.NewMonth(2018, 4)),
	reduction(esdhGain, esdh, "Mindre dobbeltarbejde ved journalisering", 480, 0, amount.NewMonth(2018, 9)),
	reduction(ssoGain, sso, "Sparede licenser, som betaler den nye drift", 96, 96, amount.NewMonth(2018, 6)),
	{
		ID: ssoTime, Initiative: sso, Title: "Frigjort tid ved færre logins", Type: portfolio.Efficiency,
		Time: &portfolio.FreedTime{HoursPerYear: 6_000}, Terms: portfolio.Terms{From: amount.NewMonth(2018, 6)},
	},
	{
		ID: telemedicineDays, Initiative: telemedicine, Title: "Færre dage på sygehus for borgere med KOL", Type: portfolio.Quality,
		Indicator: &portfolio.Indicator{Unit: "sengedage pr. borger om året", Baseline: 8_200, Target: 6_000},
		Terms:     portfolio.Terms{From: amount.NewMonth(2019, 10)},
	},
	reduction(telemedicineRunning, telemedicine, "Drift af hjemmemonitorering", 0, 240, amount.NewMonth(2019, 1)),
	kmeGain(),
}

// kmeGain is OPUS' saving, which draws on the cut that KME is to make.
func kmeGain() portfolio.Benefit {
	b := reduction(opusGain, opus, "Mere effektiv brug af OPUS", 600, 0, amount.NewMonth(2019, 1))
	b.Allocations = []portfolio.Allocation{{Programme: kme, Share: portfolio.Whole}}
	return b
}
