// Package agenda writes the board's agenda item from a portfolio as it was known: the structure of the municipality's minutes,
// filled with text to go on editing, and with tables and charts that are computed.
//
// There is one structure. The page, the Word document and the comparison of two items are all made from it, and a figure is
// written in words once, here. Nothing in this package reads a clock, a file or the database.
package agenda

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

// Head is the line of numbers above an item, and what it asks of the board.
type Head struct {
	Title string `json:"title"`
	// Case, KLE and Document are the numbers of the municipality's records (Sagsnr., J.nr., Dokumentnr.); Type is Sagstype.
	Case     string `json:"case"`
	KLE      string `json:"kle"`
	Document string `json:"document"`
	Type     string `json:"type"`
}

// Item is an agenda item as of a day.
type Item struct {
	Head
	Programme *portfolio.Programme
	// Meeting is the meeting that it is for, nil where none is recorded.
	Meeting *portfolio.Meeting
	Year    int
	AsOf    portfolio.Date
	// Known is the event up to which the figures were known.
	Known    int64
	Sections []Section
	// Status has each initiative's figures, Figures the year's: what the tables and texts are written from.
	Status  []Status
	Figures Figures
	Example bool
}

// Section is a part of the item under one of the minutes' headings: the text is a person's, the blocks are computed.
type Section struct {
	Code, Heading, Text string
	Blocks              []Block
}

// Block is a paragraph, a table or a chart; exactly one of them is set. Heading stands above it, "" for none.
type Block struct {
	Heading string
	Text    string
	Table   *Table
	Chart   *chart.Chart
}

// Table is a table of an item. Figures stand in the unit that the caption names.
type Table struct {
	Caption string
	Columns []Column
	Rows    []Row
}

// Column is a table's column; Num ones are right-aligned.
type Column struct {
	Label string
	Num   bool
	// Wide columns hold sentences.
	Wide bool
}

// Row is a line of a table. Total marks a sum, Muted what stands outside the sums.
type Row struct {
	Cells                 []string
	Total, Muted, Example bool
}

// Status is how an initiative stands, with its figures in the year. Amounts are øre, unknown where no amount is known.
type Status struct {
	Initiative portfolio.InitiativeID
	Title      string
	Area       string
	Stage      portfolio.Stage
	Membership portfolio.Membership
	Reason     string
	// Outside tells that it adds nothing to what is expected.
	Outside                            bool
	Plan, Confirmed, Claimed, Expected amount.Figure
	// Drawn is the full-year effect that another programme may count.
	Drawn amount.Figure
	// Outlook and Comment are the owner's word for the budget follow-up of the day Commented; zero where there is none.
	Outlook   portfolio.Outlook
	Comment   string
	Commented portfolio.Date
	// Now is the month to which the effect, or the work's end, has slipped from the Adopted one; 0 where nothing has slipped.
	Now, Adopted portfolio.Month
	Example      bool
}

// Overtaken tells an owner's word that the plan has overtaken: that it follows the plan, of what is later than adopted.
func (s *Status) Overtaken() bool { return s.Now != 0 && s.Outlook == portfolio.OnTrack }

// Figures are the year's: the requirement, and what meets it. Øre.
type Figures struct {
	Requirement, AlreadyRealized, Net             amount.Figure
	Plan, Confirmed, ToDate, Claimed, Expected    amount.Figure
	Planned, Forecast, Gap, GapIfAll, ExpectedGap amount.Figure
}

// Codes are the sections in the order of the minutes.
func Codes() []string {
	return []string{"summary", "recommendations", "consideration", "presentation", "economy", "attachments"}
}

// Section finds a section by its code, or nil.
func (i *Item) Section(code string) *Section {
	for k := range i.Sections {
		if i.Sections[k].Code == code {
			return &i.Sections[k]
		}
	}
	return nil
}

// Texts puts a person's texts into the sections; what the list does not name keeps what was proposed.
func (i *Item) Texts(list []portfolio.Section) {
	for _, s := range list {
		if to := i.Section(s.Code); to != nil {
			to.Text = s.Text
		}
	}
}

// Kept gives the texts as they are kept.
func (i *Item) Kept() []portfolio.Section {
	list := make([]portfolio.Section, len(i.Sections))
	for k, s := range i.Sections {
		list[k] = portfolio.Section{Code: s.Code, Text: s.Text}
	}
	return list
}
