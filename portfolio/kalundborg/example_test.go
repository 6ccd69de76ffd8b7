package kalundborg

import (
	"context"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

func TestExampleFigures(t *testing.T) {
	_, p := withExamples(t)
	year := p.YearOf(dig, 2018)

	type figures struct {
		oneOff, gross, running, level                    int64
		plan, incorporated, toDate, claimed, expectation int64
	}
	of := func(s *portfolio.Sums) figures {
		return figures{
			thousands(s.OneOff), thousands(s.Level.Gross), thousands(s.Level.Running), thousands(s.Level.Net()),
			thousands(s.Plan.Net()), thousands(s.Confirmed.Net()), thousands(s.ToDate.Net()), thousands(s.Claimed.Net()), thousands(s.Expected.Net()),
		}
	}

	t.Run("each initiative brings what the story tells, in thousands of kroner", func(t *testing.T) {
		var sum figures
		for _, c := range []struct {
			id    portfolio.InitiativeID
			stage portfolio.Stage
			from  amount.Month
			want  figures
		}{
			{tgk, portfolio.Realizing, amount.NewMonth(2018, 4), figures{600, 1_680, 240, 1_440, 1_080, 1_080, 600, 0, 0}},
			{device, portfolio.Realizing, amount.NewMonth(2018, 3), figures{300, 1_200, 0, 1_200, 1_000, 1_000, 600, 0, 0}},
			{sms, portfolio.Realizing, amount.NewMonth(2018, 2), figures{60, 276, 36, 240, 220, 220, 140, 0, 0}},
			{cases, portfolio.Realizing, amount.NewMonth(2018, 5), figures{700, 960, 120, 840, 560, 140, 140, 140, 280}},
			{office365, portfolio.Started, amount.NewMonth(2018, 10), figures{1_500, 1_800, 600, 1_200, 900, 0, 0, 0, 300}},
			{esdh, portfolio.Implemented, amount.NewMonth(2018, 9), figures{150, 480, 0, 480, 160, 0, 0, 0, 160}},
			{sso, portfolio.Implemented, amount.NewMonth(2018, 6), figures{900, 96, 96, 0, 0, 0, 0, 0, 0}},
			{telemedicine, portfolio.Started, amount.NewMonth(2019, 10), figures{350, 0, 0, 0, 0, 0, 0, 0, 0}},
		} {
			row := year.Row(c.id)
			got := of(&row.Sums)
			if got != c.want {
				t.Errorf("%s: %+v, want %+v", row.Initiative.Title, got, c.want)
			}
			if row.Initiative.Stage != c.stage || p.BenefitsOf(c.id)[0].From != c.from {
				t.Errorf("%s: %s, from %s", row.Initiative.Title, row.Initiative.Stage, p.BenefitsOf(c.id)[0].From)
			}
			sum.oneOff += got.oneOff
		}
		if sum.oneOff != 4_560 {
			t.Errorf("one-off costs of the minutes' initiatives are %d", sum.oneOff)
		}
	})

	t.Run("the year adds up, with the cost of the initiative for 2019 on top", func(t *testing.T) {
		want := figures{4_560 + 250, 6_492, 1_092, 5_400, 3_920, 2_440, 1_480, 140, 740}
		if got := of(&year.Sums); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	})

	t.Run("3,320 of 3,900 is planned, and with the default probabilities 3,088 is to be expected", func(t *testing.T) {
		missing := year.Net().Ore - year.PlannedTotal().Ore
		for _, c := range []struct {
			name      string
			got, want int64
		}{
			{"required", thousands(year.Net().Ore), 3_900},
			{"planned", thousands(year.PlannedTotal().Ore), 3_320},
			{"missing", thousands(missing), 580},
			{"gap", thousands(year.Gap().Ore), 1_460},
			{"weighted: case handling", thousands(year.Row(cases).Weighted), 378},
			{"weighted: ESDH", thousands(year.Row(esdh).Weighted), 120},
			{"weighted: Office 365", thousands(year.Row(office365).Weighted), 150},
			{"weighted", thousands(year.Weighted), 648},
			{"forecast", thousands(year.Forecast().Ore), 3_088},
			{"expected gap", thousands(year.ExpectedGap().Ore), 812},
		} {
			if c.got != c.want {
				t.Errorf("%s is %d, want %d", c.name, c.got, c.want)
			}
		}
	})

	t.Run("the slip of Office 365 costs 600 in 2018 and nothing permanent", func(t *testing.T) {
		row := year.Row(office365)
		b := p.Benefits.Get(officeGain)
		planned := b.PlannedTerms()
		if planned.From != amount.NewMonth(2018, 4) || thousands(row.Now.Net()-row.Plan.Net()) != -600 || planned.FullYear() != b.FullYear() {
			t.Errorf("planned from %s, now %d, plan %d", planned.From, row.Now.Net(), row.Plan.Net())
		}
		if i := row.Initiative; i.Planned == nil || i.Planned.Done != amount.NewMonth(2018, 4) || i.Now.Done != amount.NewMonth(2018, 10) {
			t.Errorf("%+v", i)
		}
	})

	t.Run("the initiative for 2019 brings 240 to 2018 if it comes forward to October", func(t *testing.T) {
		b := p.Benefits.Get(lettersGain)
		if got := year.Row(letters); thousands(got.OneOff) != 250 || got.Now.Net() != 0 {
			t.Fatalf("%+v", got.Sums)
		}
		if full := b.FullYear(); thousands(full.Gross) != 1_020 || thousands(full.Running) != 60 || b.From != amount.NewMonth(2019, 2) {
			t.Fatalf("%+v", b.Terms)
		}
		forward := *b
		forward.From = amount.NewMonth(2018, 10)
		then := p.Extend(portfolio.Change{Record: &forward}).YearOf(dig, 2018)
		for _, c := range []struct {
			name      string
			got, want int64
		}{
			{"planned", thousands(then.PlannedTotal().Ore - year.PlannedTotal().Ore), 240},
			{"missing", thousands(then.Net().Ore - then.PlannedTotal().Ore), 340},
			{"weighted", thousands(then.Weighted - year.Weighted), 180},
			{"expected gap", thousands(then.ExpectedGap().Ore), 632},
		} {
			if c.got != c.want {
				t.Errorf("%s is %d, want %d", c.name, c.got, c.want)
			}
		}
	})

	t.Run("what stands outside the sums adds nothing", func(t *testing.T) {
		for _, g := range []portfolio.ProgrammeID{dig, kme} {
			row := p.YearOf(g, 2018).Row(opus)
			if thousands(row.Drawn.Net()) != 600 || row.Figures != (portfolio.Figures{}) || row.FullYear != (portfolio.Gain{}) {
				t.Errorf("programme %d: %+v", g, row)
			}
		}
		if row := year.Row(pdf); !row.Outside || row.Figures != (portfolio.Figures{}) || row.Initiative.OneOff.Known || len(p.BenefitsOf(pdf)) != 0 {
			t.Errorf("%+v", row)
		}
	})

	t.Run("gains that are not kroner have their own measure", func(t *testing.T) {
		if b := p.Benefits.Get(ssoTime); b.Time == nil || b.Time.HoursPerYear != 6_000 {
			t.Errorf("%+v", b)
		}
		if b := p.Benefits.Get(telemedicineDays); b.Indicator == nil || b.Indicator.Unit == "" || b.Indicator.Baseline == b.Indicator.Target {
			t.Errorf("%+v", b)
		}
		if running := p.YearOf(dig, 2019).Row(telemedicine).Now; thousands(running.Running) != 240 || running.Gross != 0 {
			t.Errorf("%+v", running)
		}
	})
}

func thousands(m amount.Money) int64 {
	if m%(1_000*amount.Krone) != 0 {
		return -1 // no figure of the story has a fraction
	}
	return int64(m / (1_000 * amount.Krone))
}

func TestExampleStory(t *testing.T) {
	ctx := context.Background()
	o, p := withExamples(t)

	t.Run("as of 6 November 2017 the portfolio is the facts', event by event", func(t *testing.T) {
		f, facts := factsAlone(t)
		past, err := o.AsOf(ctx, 20171106)
		if err != nil {
			t.Fatal(err)
		}
		if past.Seq != facts.Seq {
			t.Fatalf("event %d, the facts end at %d", past.Seq, facts.Seq)
		}
		all, theirs := unsealed(t, o.events(t)), unsealed(t, f.events(t))
		if last := all[len(all)-int(past.Seq)]; last.Hash != theirs[0].Hash {
			t.Error("the events up to then differ")
		}
		a, b := past.YearOf(dig, 2018), facts.YearOf(dig, 2018)
		if a.Sums != b.Sums || a.Net() != b.Net() || a.Requirement.Gross() != b.Requirement.Gross() {
			t.Errorf("%+v, want %+v", a.Sums, b.Sums)
		}
		for i := range past.Initiatives.All() {
			if i.ProjectOwner != 0 || i.BenefitOwner != 0 {
				t.Errorf("%s has an owner", i.Title)
			}
		}
	})

	t.Run("the follow-up of 30 June froze what was confirmed then, and closed the months before July", func(t *testing.T) {
		f := p.FollowUps.Get(1)
		if f.Date != 20180630 || p.OpenFrom() != amount.NewMonth(2018, 7) {
			t.Fatalf("%+v", f)
		}
		frozen, err := o.At(ctx, f.Frozen, f.Date)
		if err != nil {
			t.Fatal(err)
		}
		if y := frozen.YearOf(dig, 2018); thousands(y.Confirmed.Net()) != 2_440 || y.Claimed != (portfolio.Gain{}) {
			t.Errorf("confirmed %d, claimed %+v", y.Confirmed.Net(), y.Claimed)
		}
	})

	t.Run("the board met on the minutes' dates, on 9 April and on 25 June 2018, and decided both times", func(t *testing.T) {
		board := map[portfolio.Date]bool{}
		for m := range p.Meetings.All() {
			board[m.Date] = m.Type == portfolio.BoardMeeting
		}
		decided := map[portfolio.Date]bool{}
		for d := range p.Decisions.All() {
			decided[p.Meetings.Get(d.Meeting).Date] = true
		}
		for _, day := range []portfolio.Date{20161212, 20170220, 20171002, 20171106, 20180409, 20180625} {
			if !board[day] || (day > 20161212 && !decided[day]) {
				t.Errorf("%s: board %v, decided %v", day, board[day], decided[day])
			}
		}
	})

	t.Run("of eight entries one was rejected with a note, and July and August wait", func(t *testing.T) {
		var got []portfolio.EntryState
		for _, e := range o.entries(t) {
			got = append(got, e.State())
			if e.State() == portfolio.Rejected && e.Settled.Note == "" {
				t.Errorf("entry %d is rejected without a note", e.ID)
			}
			if e.Settled != nil && p.Users.Get(e.Settled.By).Role != portfolio.EconomyChief {
				t.Errorf("entry %d is settled by user %d", e.ID, e.Settled.By)
			}
		}
		yes, no, waits := portfolio.Confirmed, portfolio.Rejected, portfolio.Claimed
		for i, want := range []portfolio.EntryState{yes, yes, yes, no, yes, yes, waits, waits} {
			if got[i] != want {
				t.Errorf("entry %d is %s, want %s", i+1, got[i], want)
			}
		}
	})

	t.Run("every initiative has an owner, and the one who signs in as project owner has two", func(t *testing.T) {
		owned := map[portfolio.UserID]int{}
		for i := range p.Initiatives.All() {
			owned[i.ProjectOwner]++
		}
		if owned[0] != 0 || owned[SignIn(portfolio.ProjectOwner)] != 2 {
			t.Errorf("%v", owned)
		}
		for owner, n := range owned {
			if n == 2 && owner != planner {
				t.Errorf("%s has two as well", p.Person(owner).Name)
			}
		}
	})
}
