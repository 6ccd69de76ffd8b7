package agenda

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/web/locale"
)

// writer makes one item.
type writer struct {
	p     *portfolio.Portfolio
	lang  *locale.Language
	g     *portfolio.Programme
	year  *portfolio.Year
	item  *Item
	words map[portfolio.InitiativeID]*portfolio.Commentary
}

// commentaries finds the latest word on each initiative for a budget follow-up: all of them in one pass.
func commentaries(p *portfolio.Portfolio) map[portfolio.InitiativeID]*portfolio.Commentary {
	latest := map[portfolio.InitiativeID]*portfolio.Commentary{}
	for c := range p.Commentaries.All() {
		if was := latest[c.Initiative]; was == nil || c.FollowUp > was.FollowUp {
			latest[c.Initiative] = c
		}
	}
	return latest
}

func (w *writer) status(row *portfolio.InitiativeYear) Status {
	i := row.Initiative
	s := Status{
		Initiative: i.ID, Title: i.Title, Stage: i.Stage, Membership: i.Plan.State, Reason: i.Plan.Reason, Outside: row.Outside,
		Confirmed: amount.Exactly(row.Confirmed.Net()), Claimed: amount.Exactly(row.Claimed.Net()), Example: row.Invented > 0,
	}
	if a := w.p.Areas.Ever(i.Area); a != nil {
		s.Area = a.Name
	}
	if row.Unknown == 0 && (!row.Outside || row.Figures != (portfolio.Figures{})) && len(w.p.BenefitsOf(i.ID)) > 0 {
		about := row.Approximate > 0
		s.Plan = amount.Figure{Ore: row.Plan.Net(), Known: true, Approximate: about}
		s.Expected = amount.Figure{Ore: row.Expected.Net(), Known: true, Approximate: about}
	}
	if row.Drawn != (portfolio.Gain{}) {
		s.Drawn = amount.Exactly(row.Drawn.Net())
	}
	if now, was := w.moved(i); now > was {
		s.Now, s.Adopted = now, was
	}
	if c := w.words[i.ID]; c != nil {
		s.Outlook, s.Comment, s.Commented = c.Outlook, c.Text, c.FollowUp
		s.Example = s.Example || c.AnyExample()
	}
	return s
}

func figures(y *portfolio.Year) Figures {
	f := Figures{
		Requirement: y.Requirement.Gross(), AlreadyRealized: y.Requirement.Realized(), Net: y.Net(),
		Confirmed: amount.Exactly(y.Confirmed.Net()), ToDate: amount.Exactly(y.ToDate.Net()), Claimed: amount.Exactly(y.Claimed.Net()),
		Planned: y.PlannedTotal(), Forecast: y.Forecast(), Gap: y.Gap(), ExpectedGap: y.ExpectedGap(),
	}
	if f.Planned.Known {
		f.Plan = amount.Figure{Ore: y.Plan.Net(), Known: true, Approximate: f.Planned.Approximate}
		f.Expected = amount.Figure{Ore: y.Expected.Net(), Known: true, Approximate: f.Planned.Approximate}
	}
	if f.Planned.Known && f.Net.Known {
		f.GapIfAll = amount.Figure{Ore: max(0, f.Net.Ore-f.Planned.Ore), Known: true, Approximate: f.Net.Approximate || f.Planned.Approximate}
	}
	return f
}
