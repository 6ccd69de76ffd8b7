package kalundborg

import (
	"slices"

	"gevinst/portfolio"
)

// The milestones and questions, in the order in which they are recorded.
const (
	casesOnline portfolio.MilestoneID = iota + 1
	casesEnded
	officeMoved
	esdhClosed
	telemedicineHandedOut
)

const (
	officeSlip portfolio.RiskID = iota + 1
	telemedicineFew
)

const (
	officeAsked portfolio.QuestionID = iota + 1
	casesAsked
)

// work is what the heads keep of their initiatives beside the money: points on the way, what may go wrong, what Finance asks,
// and a word at the budget follow-up of 30 June 2018. None of it moves a figure.
func work() []Step {
	return []Step{
		step(at(2018, 1, 9, 9, 0), "example: milestones of case handling",
			setMilestone(planner, portfolio.Milestone{ID: casesOnline, Initiative: cases, Title: "Ansøgninger kan sendes digitalt", Due: 20180501}),
			setMilestone(planner, portfolio.Milestone{ID: casesEnded, Initiative: cases, Title: "Det overlappende system er opsagt", Due: 20180914})),
		step(at(2018, 3, 13, 9, 0), "example: what may go wrong with Office 365",
			setMilestone(digitalHead, portfolio.Milestone{ID: officeMoved, Initiative: office365, Title: "Filerne er flyttet", Due: 20180928}),
			nameRisk(digitalHead, portfolio.Risk{
				ID: officeSlip, Initiative: office365, Title: "Leverandøren udskyder flytningen igen", Likelihood: portfolio.MediumLevel,
				Consequence: portfolio.HighLevel, Response: "Fast møde hver uge; bod aftales, hvis september ikke holder.", Review: 20180903,
			})),
		step(at(2018, 3, 19, 9, 0), "example: Finance asks", ask(officeAsked, office365, "Er noget af besparelsen tabt for altid, eller kommer den et halvt år senere?")),
		step(at(2018, 3, 21, 9, 0), "example: the owner answers", answerOf(officeAsked, digitalHead, "Intet er tabt: licenserne er opsagt fra samme dato som flytningen, så det er et halvt år.")),
		step(at(2018, 4, 23, 10, 0), "example: applications are digital", reachedOn(planner, casesOnline, 20180423)),
		step(at(2018, 6, 12, 9, 0), "example: what may go wrong with telemedicine",
			setMilestone(digitalHead, portfolio.Milestone{ID: esdhClosed, Initiative: esdh, Title: "Arbejdsgangene ved siden af er lukket", Due: 20180831}),
			setMilestone(elderlyHead, portfolio.Milestone{ID: telemedicineHandedOut, Initiative: telemedicine, Title: "Udstyret er udleveret", Due: 20190331}),
			nameRisk(elderlyHead, portfolio.Risk{
				ID: telemedicineFew, Initiative: telemedicine, Title: "Færre borgere end ventet tager imod", Likelihood: portfolio.MediumLevel,
				Consequence: portfolio.MediumLevel, Response: "Praktiserende læger henviser fra start.", Review: 20181201,
			})),
		step(at(2018, 7, 2, 10, 0), "example: commentaries for 30 June", commentaries()...),
		step(at(2018, 8, 31, 14, 0), "example: Finance asks again", ask(casesAsked, cases, "Hvornår er det overlappende system opsagt, så juli og august kan bekræftes?")),
	}
}

// inOrder puts two lists of steps together by when they happen.
func inOrder(a, b []Step) []Step {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(a, b Step) int { return a.At.Compare(b.At) })
	return all
}

func setMilestone(owner portfolio.UserID, m portfolio.Milestone) act {
	return voice{user: owner, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewMilestone(p, by, m)
	})
}

func reachedOn(owner portfolio.UserID, id portfolio.MilestoneID, day portfolio.Date) act {
	find := func(p *portfolio.Portfolio) *portfolio.Milestone { return p.Milestones.Get(id) }
	return on(voice{user: owner, source: example}, find, func(m *portfolio.Milestone, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		to := *m
		to.Done = day
		return m.Edit(p, by, to)
	})
}

func nameRisk(owner portfolio.UserID, r portfolio.Risk) act {
	return voice{user: owner, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewRisk(p, by, r)
	})
}

func ask(id portfolio.QuestionID, of portfolio.InitiativeID, text string) act {
	return voice{user: chief, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return portfolio.NewQuestion(p, by, portfolio.Question{ID: id, Initiative: of, Text: text})
	})
}

func answerOf(id portfolio.QuestionID, owner portfolio.UserID, text string) act {
	find := func(p *portfolio.Portfolio) *portfolio.Question { return p.Questions.Get(id) }
	v := voice{user: owner, source: example}.because(text)
	return on(v, find, func(q *portfolio.Question, p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
		return q.Reply(p, by)
	})
}

// commentaries are the heads' words for the budget follow-up of 30 June 2018.
func commentaries() []act {
	var acts []act
	for k, c := range []struct {
		of      portfolio.InitiativeID
		owner   portfolio.UserID
		outlook portfolio.Outlook
		text    string
	}{
		{tgk, employmentHead, portfolio.OnTrack, "Budgettet er nedskrevet for resten af året."},
		{device, digitalHead, portfolio.OnTrack, "Alt udstyr er skiftet, og budgettet er nedskrevet."},
		{sms, planner, portfolio.OnTrack, "Påmindelserne virker; budgettet er nedskrevet."},
		{cases, planner, portfolio.AtRisk, "Besparelsen kommer måned for måned; maj måtte indmeldes igen."},
		{office365, digitalHead, portfolio.OffTrack, "Seks måneder forsinket; 2018 mister 600.000 kr., intet varigt er tabt."},
		{esdh, digitalHead, portfolio.OnTrack, "Tages i brug i august som planlagt."},
		{sso, digitalHead, portfolio.OnTrack, "I brug siden maj; den frigjorte tid tæller ikke i kravet."},
		{telemedicine, elderlyHead, portfolio.OnTrack, "Begyndt i juni; gevinsten er kvalitet fra efteråret 2019."},
	} {
		acts = append(acts, voice{user: c.owner, source: example}.changes(func(p *portfolio.Portfolio, by portfolio.By) (portfolio.Record, portfolio.Event, error) {
			return portfolio.NewCommentary(p, by, portfolio.Commentary{
				ID: portfolio.CommentaryID(k + 1), Initiative: c.of, FollowUp: 20180630, Outlook: c.outlook, Text: c.text,
			})
		}))
	}
	return acts
}
