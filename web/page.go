package web

import (
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// page is what an address answers with. View is the template's data and, by its exported fields, the JSON.
type page struct {
	Template string
	Title    string
	View     any
	// Example marks the whole page as invented, Notice says what has just been done.
	Example bool
	Notice  string
	// Table gives every row of a list, for files.
	Table func() exchange.Table
	// File is what a reader gets instead of a page, such as a document; a program still gets the View.
	File func() (*rendered, error)
	// Status is 200 unless something was refused.
	Status int
	// Redirect leads elsewhere instead, from addresses that say so in their route.
	Redirect string
	// Chart tells that the page draws.
	Charts bool
}

// done is what a form's answer leads to.
type done struct {
	// location is the page to go to.
	location string
	// part is the id of what the keyboard goes to there, "" for the page's beginning.
	part string
	// show is a page to show at once, where nothing was changed yet.
	show *page
	// created tells that a new subject stands there.
	created bool
	// resource shows a program what now stands at the location; it is asked after the write.
	resource pageFunc
	// seq is the event that the write ended with; the page says what it was.
	seq int64
}

// frame is what surrounds every page.
type frame struct {
	Lang, Title, Municipality string
	// Nav is the menu; Rooms are the pages beside the one that is shown, within its part of the menu.
	Nav, Rooms []navItem
	User       *frameUser
	Demo       bool
	DemoRoles  []roleItem
	// Dated offers to show the page as known at an earlier day.
	Dated bool
	// AsOf is the past day that is shown, in words and for its field, AsOfToday the way back to now; Frozen names the budget
	// follow-up that is shown as it was frozen.
	AsOf, AsOfToday, Frozen string
	AsOfDay                 amount.Date
	LangHref, LangLabel     string
	Search, Query           string
	Example, ReadOnly       bool
	Notice, Path, Today     string
	Charts                  bool
}

type (
	navItem struct {
		Href, Label string
		Current     bool
	}
	roleItem  struct{ Code, Label string }
	frameUser struct{ Name, RoleLabel string }
	// layout is what the layout template gets.
	layout struct {
		Frame frame
		Page  any
		Form  *form
		R     *request
	}
)
