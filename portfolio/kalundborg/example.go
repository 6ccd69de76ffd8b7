package kalundborg

import (
	"time"

	"gevinst/portfolio"
)

// Examples gives the invented story that follows the facts: from the interviews with the owners in November 2017 to the last
// claim of 31 August 2018.
func Examples() []Step {
	return inOrder(inOrder(append(planningSteps(), realizationSteps()...), work()), weighing())
}

func step(at time.Time, name string, acts ...act) Step { return Step{at, name, do(acts...)} }

// moves brings an initiative on, by its owner.
func moves(owner portfolio.UserID, id portfolio.InitiativeID, to portfolio.Stage) act {
	return advance(voice{user: owner, source: example}, id, to)
}

// planningSteps make the plan of 2018: people, catalogue, owners and business cases.
func planningSteps() []Step {
	analysed := func() (acts []act) {
		for _, s := range stories {
			if s.id != pdf && s.id != opus {
				acts = append(acts, moves(s.owner, s.id, portfolio.Analysis))
			}
		}
		return acts
	}
	return append(append([]Step{
		step(at(2017, 11, 8, 9, 0), "example: people and areas", people()...),
		step(at(2017, 11, 9, 10, 0), "example: the 73 ideas", describe()...),
		step(at(2017, 11, 10, 10, 0), "example: priorities of the units", prioritise()...),
		step(at(2017, 11, 13, 15, 0), "example: owners", owners()...),
		step(at(2017, 11, 20, 10, 0), "example: costs, dates and gains", businessCases()...),
		step(at(2017, 11, 21, 10, 0), "example: dependencies, person-days and capacity", needs()...),
	}, versionSteps()...), []Step{
		step(at(2017, 11, 27, 9, 0), "example: analysis", analysed()...),
		step(at(2017, 12, 4, 9, 0), "example: TGK and SMS start", moves(employmentHead, tgk, portfolio.Started), moves(planner, sms, portfolio.Started)),
		step(at(2017, 12, 11, 9, 0), "example: devices start", moves(digitalHead, device, portfolio.Started)),
		step(at(2018, 1, 3, 9, 0), "example: budget accounts, and what was cut", budgetAccounts()...),
		step(at(2018, 1, 8, 9, 0), "example: case handling starts", moves(planner, cases, portfolio.Started)),
	}...)
}

// realizationSteps are the year 2018 up to its last day of August.
func realizationSteps() []Step {
	const again = "Indmeldt igen, nu med de nye driftsudgifter."
	return []Step{
		step(at(2018, 1, 15, 9, 0), "example: Office 365 starts, SMS is in use",
			moves(digitalHead, office365, portfolio.Started), moves(planner, sms, portfolio.Implemented)),
		step(at(2018, 1, 22, 10, 0), "example: SMS is claimed, ESDH starts",
			moves(digitalHead, esdh, portfolio.Started), cut(smsCut, planner, smsGain, "Eksempelomplacering 1/2018", months(2, 12, 23, 3))),
		step(at(2018, 1, 29, 10, 0), "example: SMS is confirmed", confirm(chief, smsCut)),
		step(at(2018, 2, 1, 9, 0), "example: SMS realizes", moves(planner, sms, portfolio.Realizing)),
		step(at(2018, 2, 5, 9, 0), "example: single sign-on starts", moves(digitalHead, sso, portfolio.Started)),
		step(at(2018, 2, 12, 9, 0), "example: devices are in use", moves(digitalHead, device, portfolio.Implemented)),
		step(at(2018, 2, 20, 10, 0), "example: devices are claimed", cut(deviceCut, digitalHead, deviceGain, "Eksempelomplacering 2/2018", months(3, 12, 100, 0))),
		step(at(2018, 2, 26, 10, 0), "example: devices are confirmed", confirm(chief, deviceCut)),
		step(at(2018, 3, 1, 9, 0), "example: devices realize", moves(digitalHead, device, portfolio.Realizing)),
		step(at(2018, 3, 12, 9, 0), "example: TGK is in use, Office 365 slips", moves(employmentHead, tgk, portfolio.Implemented), slip()),
		step(at(2018, 3, 20, 10, 0), "example: TGK is claimed", cut(tgkCut, employmentHead, tgkGain, "Eksempelomplacering 3/2018", months(4, 12, 140, 20))),
		step(at(2018, 3, 27, 10, 0), "example: TGK is confirmed", confirm(chief, tgkCut)),
		step(at(2018, 4, 3, 9, 0), "example: TGK realizes", moves(employmentHead, tgk, portfolio.Realizing)),
		step(at(2018, 4, 9, 10, 0), "example: board, 9 April 2018", append(aprilMeeting(), adoptCases()...)...),
		step(at(2018, 4, 12, 10, 0), "example: Office 365 in a new version", laterOffice()...),
		step(at(2018, 4, 13, 9, 0), "example: bed days are measured", measure(20180331, 8_300, "før hjemmemonitoreringen begynder.")),
		step(at(2018, 4, 16, 9, 0), "example: business case for 2019", newBenefit(citizensHead, lettersReduction), moves(citizensHead, letters, portfolio.Analysis)),
		step(at(2018, 4, 20, 13, 0), "example: Finance assures the new version", assureCase(deputy, officeCaseLater)),
		step(at(2018, 4, 23, 9, 0), "example: case handling is in use", moves(planner, cases, portfolio.Implemented)),
		step(at(2018, 5, 2, 9, 0), "example: case handling realizes", moves(planner, cases, portfolio.Realizing)),
		step(at(2018, 5, 14, 9, 0), "example: letters start", moves(citizensHead, letters, portfolio.Started)),
		step(at(2018, 5, 15, 10, 0), "example: the letters' case is sent in", append(draftVersion(lettersVersion), submitCase(citizensHead, lettersCase))...),
		step(at(2018, 5, 28, 9, 0), "example: single sign-on is in use", moves(digitalHead, sso, portfolio.Implemented)),
		step(at(2018, 6, 5, 10, 0), "example: May is claimed", caseMonth(mayWrong, 5, 80, 0, "")),
		step(at(2018, 6, 11, 10, 0), "example: May is rejected, telemedicine starts", rejectMay(), moves(elderlyHead, telemedicine, portfolio.Started), newBenefit(elderlyHead, watchGain)),
		step(at(2018, 6, 13, 10, 0), "example: May is claimed again", caseMonth(mayAgain, 5, 80, 10, again)),
		step(at(2018, 6, 20, 10, 0), "example: May is confirmed", confirm(deputy, mayAgain)),
		step(at(2018, 6, 25, 10, 0), "example: board, 25 June 2018", juneMeeting()...),
		step(at(2018, 7, 3, 10, 0), "example: June is claimed", caseMonth(june, 6, 80, 10, "")),
		step(at(2018, 7, 6, 10, 0), "example: June is confirmed", confirm(deputy, june)),
		step(at(2018, 7, 10, 10, 0), "example: budget follow-up", freeze()),
		step(at(2018, 7, 12, 9, 0), "example: bed days are measured again", measure(20180630, 7_900, "de første borgere er med.")),
		step(at(2018, 8, 6, 10, 0), "example: July is claimed", caseMonth(july, 7, 80, 10, "")),
		step(at(2018, 8, 20, 9, 0), "example: ESDH is in use", moves(digitalHead, esdh, portfolio.Implemented)),
		step(at(2018, 8, 27, 9, 0), "example: letters are ready", moves(citizensHead, letters, portfolio.Implemented)),
		step(at(2018, 8, 31, 15, 0), "example: August is claimed", caseMonth(august, 8, 80, 10, "")),
		step(at(2018, 8, 31, 16, 0), "example: budget and actuals of August", budgetFile()...),
	}
}
