package kalundborg

import "gevinst/portfolio"

// juneReport is the agenda item that lay before the board in June: its texts name no amounts, for its tables have them as they
// were known that day.
func juneReport(by voice) act {
	return by.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewReport(p, by, portfolio.Report{
			ID: 1, Title: "Digitaliseringsprogrammet, status før sommeren 2018", Meeting: boardJune2018, Case: "326-2017-40384", KLE: "85.13.00",
			Type: "Drøftelse", Programme: dig, Year: 2018, AsOf: 20180625, Known: p.Seq,
			Sections: []portfolio.Section{
				{Code: "summary", Text: "Direktionen bad den 9. april 2018 om, at næste status viser, hvad forsinkelsen af Office 365 / Cloud betyder for kravet i 2018."},
				{Code: "recommendations", Text: "Direktøren indstiller, at\n- Status tages til efterretning\n- Det undersøges, hvilke indsatser der kan fremrykkes til 2018"},
				{Code: "consideration", Text: "Direktionen"},
				{Code: "presentation", Text: "Tabellen viser, hvordan indsatserne står. Office 365 / Cloud er et halvt år forsinket; varigt er intet tabt."},
				{Code: "economy", Text: "Tabellen viser kravet og det, der mangler, hvis alt forventet kommer."},
				{Code: "attachments", Text: "- Projektprogrammet \"Digital Ledelse & Gevinstrealisering\" Handlingsplan 2018 - 2020, 326-2017-301865"},
			},
		})
	})
}
