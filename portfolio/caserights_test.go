package portfolio_test

import (
	"maps"

	"gevinst/portfolio"
	"gevinst/portfolio/portfoliotest"
)

func init() { maps.Copy(deeds, caseDeeds) }

type (
	book  = portfolio.Portfolio
	actor = portfolio.By
	world = portfoliotest.World
)

func caseOf(x world) *portfolio.BusinessCase {
	return &portfolio.BusinessCase{Initiative: x.Initiative}
}

// caseDeeds are the verbs of the business case and of what is written around it.
var caseDeeds = map[string]deed{
	"NewCase": {portfolio.EditCase, func(p *book, by actor, x world) error { return err3(portfolio.NewCase(p, by, 99, x.Initiative)) }, true},
	"BusinessCase.Edit": {portfolio.EditCase, func(p *book, by actor, x world) error {
		return err3(caseOf(x).Edit(p, by, portfolio.CaseContent{}))
	}, true},
	"BusinessCase.Submit":  {portfolio.EditCase, func(p *book, by actor, x world) error { return err3(caseOf(x).Submit(p, by)) }, true},
	"BusinessCase.Recall":  {portfolio.EditCase, func(p *book, by actor, x world) error { return err3(caseOf(x).Recall(p, by)) }, true},
	"BusinessCase.Discard": {portfolio.EditCase, func(p *book, by actor, x world) error { return err3(caseOf(x).Discard(p, by)) }, true},
	"BusinessCase.Assure":  {portfolio.AssureCase, func(p *book, by actor, x world) error { return err3(caseOf(x).Assure(p, by)) }, false},
	"BusinessCase.Return":  {portfolio.AssureCase, func(p *book, by actor, x world) error { return err3(caseOf(x).Return(p, by)) }, false},
	"BusinessCase.Approve": {portfolio.ApproveCase, func(p *book, by actor, x world) error { return err2(caseOf(x).Approve(p, by)) }, true},
	"NewPriceIndex": {portfolio.EditRequirement, func(_ *book, by actor, _ world) error {
		return err3(portfolio.NewPriceIndex(by, portfolio.PriceIndex{}))
	}, false},
	"PriceIndex.Edit": {portfolio.EditRequirement, func(_ *book, by actor, _ world) error {
		return err3((&portfolio.PriceIndex{}).Edit(by, portfolio.PriceIndex{}))
	}, false},
	"NewMilestone": {portfolio.EditMilestone, func(p *book, by actor, x world) error {
		return err3(portfolio.NewMilestone(p, by, portfolio.Milestone{Initiative: x.Initiative}))
	}, true},
	"Milestone.Edit": {portfolio.EditMilestone, func(p *book, by actor, x world) error {
		return err3((&portfolio.Milestone{Initiative: x.Initiative}).Edit(p, by, portfolio.Milestone{}))
	}, true},
	"NewRisk": {portfolio.EditMilestone, func(p *book, by actor, x world) error {
		return err3(portfolio.NewRisk(p, by, portfolio.Risk{Initiative: x.Initiative}))
	}, true},
	"Risk.Edit": {portfolio.EditMilestone, func(p *book, by actor, x world) error {
		return err3((&portfolio.Risk{Initiative: x.Initiative}).Edit(p, by, portfolio.Risk{}))
	}, true},
	"NewQuestion": {portfolio.AskQuestion, func(p *book, by actor, x world) error {
		return err3(portfolio.NewQuestion(p, by, portfolio.Question{Initiative: x.Initiative}))
	}, false},
	"Question.Reply": {portfolio.AnswerQuestion, func(p *book, by actor, x world) error {
		return err3((&portfolio.Question{Initiative: x.Initiative}).Reply(p, by))
	}, true},
	"NewCommentary": {portfolio.WriteCommentary, func(p *book, by actor, x world) error {
		return err3(portfolio.NewCommentary(p, by, portfolio.Commentary{Initiative: x.Initiative}))
	}, true},
	"Commentary.Edit": {portfolio.WriteCommentary, func(p *book, by actor, x world) error {
		return err3((&portfolio.Commentary{Initiative: x.Initiative}).Edit(p, by, 0, ""))
	}, true},
	"NewRound": {portfolio.HoldRound, func(p *book, by actor, _ world) error {
		return err3(portfolio.NewRound(p, by, portfolio.Round{}))
	}, false},
	"Round.Edit": {portfolio.HoldRound, func(p *book, by actor, _ world) error {
		return err3((&portfolio.Round{}).Edit(p, by, portfolio.Round{}))
	}, false},
	"Round.Close": {portfolio.HoldRound, func(p *book, by actor, _ world) error { return err3((&portfolio.Round{}).Close(p, by)) }, false},
	"Round.GiveScores": {portfolio.ScoreItems, func(p *book, by actor, _ world) error {
		return err3((&portfolio.Round{}).GiveScores(p, by, 1, []portfolio.Scored{{Item: 99}}))
	}, false},
	"NewScenario": {portfolio.KeepScenario, func(p *book, by actor, _ world) error {
		return err3(portfolio.NewScenario(p, by, portfolio.Scenario{}))
	}, false},
	"Scenario.Edit": {portfolio.KeepScenario, func(p *book, by actor, _ world) error {
		return err3((&portfolio.Scenario{}).Edit(p, by, portfolio.Scenario{}))
	}, false},
	"Scenario.CarryOut": {portfolio.ChangePlan, func(p *book, by actor, _ world) error {
		return err2((&portfolio.Scenario{}).CarryOut(p, by))
	}, false},
	"NewReport": {portfolio.SendReport, func(p *book, by actor, _ world) error {
		return err3(portfolio.NewReport(p, by, portfolio.Report{}))
	}, false},
	"NewAccount": {portfolio.ImportFinance, func(p *book, by actor, _ world) error {
		return err3(portfolio.NewAccount(p, by, portfolio.Account{}))
	}, false},
	"Account.Edit": {portfolio.ImportFinance, func(p *book, by actor, _ world) error {
		return err3((&portfolio.Account{}).Edit(p, by, "", nil))
	}, false},
	"Account.Explain": {portfolio.ImportFinance, func(p *book, by actor, _ world) error {
		return err3((&portfolio.Account{}).Explain(p, by, 1, 2018))
	}, false},
	"NewFinanceFile": {portfolio.ImportFinance, func(_ *book, by actor, _ world) error {
		return err3(portfolio.NewFinanceFile(by, portfolio.FinanceFile{}))
	}, false},
	"NewPosting": {portfolio.ImportFinance, func(p *book, by actor, _ world) error {
		return err3(portfolio.NewPosting(p, by, portfolio.Posting{}))
	}, false},
	"CarryOver.Apply": {portfolio.EditRequirement, func(p *book, by actor, x world) error {
		c := p.CarryOver(x.DIGIT, 2018)
		return err3(c.Apply(p, by, 99))
	}, false},
	"Overlap.Edit": {portfolio.EditOverlap, func(p *book, by actor, _ world) error {
		return err3((&portfolio.Overlap{}).Edit(p, by, portfolio.Overlap{}))
	}, false},
	"Overlap.SetHome": {portfolio.SettleOverlap, func(p *book, by actor, _ world) error {
		return err3((&portfolio.Overlap{}).SetHome(p, by, 99))
	}, false},
	"Benefit.Allocate": {portfolio.EditRequirement, func(p *book, by actor, x world) error {
		return err3(p.Benefits.Get(x.Benefit).Allocate(p, by, []portfolio.Allocation{{Programme: 99}}))
	}, false},
	"Benefit.Measure": {portfolio.EditBenefit, func(p *book, by actor, x world) error {
		return err3(p.Benefits.Get(x.Benefit).Measure(p, by, 0, 0))
	}, true},
	"Benefit.Convert": {portfolio.ConvertTime, func(p *book, by actor, x world) error {
		return err3(p.Benefits.Get(x.Benefit).Convert(p, by, portfolio.Terms{}, ""))
	}, false},
}
