package kalundborg

import "gevinst/portfolio"

// The accounts, in the order in which they are made.
const (
	administrator portfolio.UserID = iota + 1
	office
	chief
	deputy
	director
	viewer
	planner // the project owner of Plan, Byg & Miljø
)

// SignIn gives the account that stands for a role in the demonstration; 0 for none.
func SignIn(r portfolio.Role) portfolio.UserID {
	return map[portfolio.Role]portfolio.UserID{
		portfolio.Administrator: administrator, portfolio.ProgrammeOffice: office, portfolio.EconomyChief: chief,
		portfolio.Director: director, portfolio.Viewer: viewer, portfolio.ProjectOwner: planner,
	}[r]
}

// The areas in the catalogue's order; the minutes name the first five.
const (
	adults portfolio.AreaID = iota + 1
	digital
	planning
	elderly
	finance
	citizens
	employment
	families
	schools
	culture
)

// The programmes.
const (
	dig portfolio.ProgrammeID = iota + 1
	kme
)

// The meetings and other days, in the order in which they are recorded.
const (
	workshop portfolio.MeetingID = iota + 1
	boardDecember2016
	boardFebruary2017
	briefing
	overviewDue
	boardOctober2017
	boardNovember2017
	interviewsDue
	boardApril2018
	boardJune2018
)

// The decisions.
const (
	strategyApproved portfolio.DecisionID = iota + 1
	tenChosen
	draftApproved
	plan2019Approved
	statusNoted
)

// The initiatives; the last is invented.
const (
	tgk portfolio.InitiativeID = iota + 1
	device
	sso
	office365
	esdh
	telemedicine
	pdf
	sms
	cases
	opus
	letters
)
