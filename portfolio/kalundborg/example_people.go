package kalundborg

import "gevinst/portfolio"

// The accounts that the example adds: a second director, and a head of each area but the one that has an account already.
const (
	welfare portfolio.UserID = iota + planner + 1
	adultsHead
	digitalHead
	elderlyHead
	financeHead
	citizensHead
	employmentHead
	familiesHead
	schoolsHead
	cultureHead
)

// people makes the accounts and gives each area its director.
func people() []act {
	admin, by := voice{user: administrator, source: example}, voice{user: office, source: example}
	head := func(id portfolio.UserID, area, mail string) act {
		return account(admin, id, portfolio.ProjectOwner, "Projektejer, "+area, "project_owner."+mail)
	}
	acts := []act{
		account(admin, welfare, portfolio.Director, "Direktør, velfærd", "director.welfare"),
		head(adultsHead, "Voksenspecialområdet", "adults"),
		head(digitalHead, "Digitalisering & IT", "digital"),
		head(elderlyHead, "Ældre- og Sundhedsområdet", "elderly"),
		head(financeHead, "Økonomi & Løn", "finance"),
		head(citizensHead, "Borgerservice & Ydelse", "citizens"),
		head(employmentHead, "Arbejdsmarked", "employment"),
		head(familiesHead, "Børn & Familie", "families"),
		head(schoolsHead, "Skole & Dagtilbud", "schools"),
		head(cultureHead, "Kultur, Fritid & Ejendomme", "culture"),
		newArea(by, citizens, "Borgerservice & Ydelse"),
		newArea(by, employment, "Arbejdsmarked"),
		newArea(by, families, "Børn & Familie"),
		newArea(by, schools, "Skole & Dagtilbud"),
		newArea(by, culture, "Kultur, Fritid & Ejendomme"),
	}
	for id := adults; id <= culture; id++ {
		find := func(p *portfolio.Portfolio) *portfolio.Area { return p.Areas.Get(id) }
		acts = append(acts, on(by, find, func(a *portfolio.Area, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return a.SetDirector(p, by, directorOf(id))
		}))
	}
	return acts
}

// directorOf gives the director of an area.
func directorOf(id portfolio.AreaID) portfolio.UserID {
	switch id {
	case adults, elderly, employment, families, schools:
		return welfare
	}
	return director
}
