package kalundborg

import (
	"slices"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func TestFacts(t *testing.T) {
	o, p := factsAlone(t)
	year := p.YearOf(dig, 2018)

	t.Run("the requirement is 4.2, of which ca. 0.3 is realized and 3.9 is left", func(t *testing.T) {
		r := p.Requirement(dig, 2018)
		for _, c := range []struct {
			name      string
			got, want amount.Figure
		}{
			{"K", r.Gross(), amount.Exactly(420_000_000)},
			{"already realized", r.Realized(), amount.About(30_000_000)},
			{"N", r.Net(), amount.Exactly(390_000_000)},
			{"gap", year.Gap(), amount.Exactly(390_000_000)},
			{"KME 2018", p.Requirement(kme, 2018).Net(), amount.Exactly(250_000_000)},
			{"KME 2019", p.Requirement(kme, 2019).Net(), amount.Exactly(400_000_000)},
		} {
			if c.got != c.want {
				t.Errorf("%s is %+v, want %+v", c.name, c.got, c.want)
			}
		}
		if p.Requirement(dig, 2016) != nil || p.Requirement(dig, 2017) != nil || p.Requirements.Len() != 3 {
			t.Error("there is a requirement that the minutes do not state")
		}
	})

	t.Run("the reading of the 4.2 is derived, approximate where 1.7 is, and adds up to it", func(t *testing.T) {
		lines := p.Requirement(dig, 2018).Lines
		var sum amount.Money
		for _, l := range lines[0].Reading {
			if !l.Source.Derived || !l.Amount.Approximate {
				t.Errorf("%+v", l)
			}
			sum += l.Amount.Ore
		}
		if len(lines) != 2 || len(lines[0].Reading) != 2 || sum != lines[0].Amount.Ore {
			t.Errorf("%+v", lines)
		}
		if !p.Requirement(kme, 2019).Lines[0].Source.Derived {
			t.Error("that KME's 2.5 comes back in 2019 is not marked as derived")
		}
	})

	t.Run("nothing is known of any effect, and unknown is not zero", func(t *testing.T) {
		if year.Known != 0 || year.Unknown != 8 || year.OneOffUnknown != 8 {
			t.Errorf("known %d, unknown %d, costs unknown %d", year.Known, year.Unknown, year.OneOffUnknown)
		}
		if year.Forecast().Known || year.ExpectedGap().Known || year.PlannedTotal().Known {
			t.Error("a forecast is given although nothing is known")
		}
		if year.Confirmed != (portfolio.Gain{}) || year.Claimed != (portfolio.Gain{}) || p.Benefits.Len() != 0 || len(o.entries(t)) != 0 {
			t.Error("something is realized")
		}
	})

	t.Run("the catalogue has 81 entries and the eight that are named have a page", func(t *testing.T) {
		pages := map[int]string{}
		for c := range p.Items.All() {
			switch {
			case c.Page != 0:
				pages[c.Page] = c.Title
			case c.Title != "" || c.Area != 0 || c.Idea != "":
				t.Errorf("something is told of number %d, which the minutes do not name", c.No)
			}
			if c.Origin != portfolio.OriginUnknown || len(c.Types) != 0 || c.Mandatory || c.Priority != nil {
				t.Errorf("number %d: %+v", c.No, c)
			}
		}
		want := []int{49, 54, 59, 63, 73, 98, 103, 182}
		var got []int
		for page := range pages {
			got = append(got, page)
		}
		slices.Sort(got)
		if p.Items.Len() != 81 || !slices.Equal(got, want) || pages[63] != "KMD NOVA ESDH" {
			t.Errorf("%d entries, pages %v", p.Items.Len(), pages)
		}
	})

	t.Run("the ten initiatives stand in the plan as after 6 November 2017, without owners", func(t *testing.T) {
		type row struct {
			title      string
			background portfolio.Background
			page       int
			area       string
			plan       portfolio.Membership
			stage      portfolio.Stage
		}
		var got []row
		for i := range p.Initiatives.All() {
			r := row{title: i.Title, background: i.Background, plan: i.Plan.State, stage: i.Stage}
			if c := p.Items.Get(i.Item); c != nil {
				r.page = c.Page
			}
			if a := p.Areas.Get(i.Area); a != nil {
				r.area = a.Name
			}
			if i.ProjectOwner != 0 || i.BenefitOwner != 0 || i.Plan.Decision != draftApproved {
				t.Errorf("%s: %+v", i.Title, i)
			}
			got = append(got, r)
		}
		const in, catalogue, selected = portfolio.InPlan, portfolio.FromCatalogue, portfolio.Selected
		want := []row{
			{"Talegenkendelse (TGK)", portfolio.DecidedEarlier, 0, "", in, selected},
			{"Device Strategi", catalogue, 54, "Digitalisering & IT", in, selected},
			{"Single Sign On", catalogue, 59, "Digitalisering & IT", in, selected},
			{"Office 365 / Cloud", catalogue, 73, "Digitalisering & IT", in, selected},
			{"ESDH, bedre udnyttelse", portfolio.BetterUse, 0, "Digitalisering & IT", in, selected},
			{"Telemedicinsk hjemmemonitorering til KOL-patienter", catalogue, 182, "Ældre- og Sundhedsområdet", in, selected},
			{"Kopiering af tekst fra PDF-filer", catalogue, 49, "Voksenspecialområdet", portfolio.OutOfPlan, portfolio.Implemented},
			{"Udbredelse af SMS-service", catalogue, 103, "Plan, Byg & Miljø", in, selected},
			{"Digital sagsbehandling og bedre udnyttelse af systemlandskab", catalogue, 98, "Plan, Byg & Miljø", in, selected},
			{"OPUS (ERP), bedre udnyttelse", portfolio.BetterUse, 0, "Økonomi & Løn", portfolio.Awaiting, selected},
		}
		if !slices.Equal(got, want) {
			t.Errorf("got\n%v\nwant\n%v", got, want)
		}
		if n := len(p.ItemsWhere(portfolio.Filter{State: portfolio.ItemSelected})); n != 7 {
			t.Errorf("%d entries are selected, want the 7 with a page of their own", n)
		}
	})

	t.Run("OPUS counts nowhere, and is seen in both programmes", func(t *testing.T) {
		if overlap := p.OverlapOf(opus); overlap == nil || overlap.Home != 0 {
			t.Fatalf("%+v", overlap)
		}
		for _, g := range []portfolio.ProgrammeID{dig, kme} {
			if row := p.YearOf(g, 2018).Row(opus); row == nil || !row.Outside {
				t.Errorf("programme %d: %+v", g, row)
			}
		}
	})

	t.Run("a decision and its recommendation are both kept", func(t *testing.T) {
		d := p.Decisions.Get(draftApproved)
		if len(d.Recommendations) != 3 || d.Waiting == "" || len(d.FollowUps) != 2 || d.Item != 4 || d.Attachments[0].Document != "326-2017-301865" {
			t.Errorf("%+v", d)
		}
	})

	t.Run("the days that the minutes refer to are there", func(t *testing.T) {
		var got []portfolio.Date
		for m := range p.Meetings.All() {
			got = append(got, m.Date)
		}
		slices.Sort(got)
		want := []portfolio.Date{20161128, 20161212, 20170220, 20170309, 20170331, 20171002, 20171106, 20171113}
		if !slices.Equal(got, want) {
			t.Errorf("%v", got)
		}
	})
}
