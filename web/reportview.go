package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/web/agenda"
	"gevinst/web/chart"
)

// reportView is an agenda item: its texts, and the figures that its tables and charts are made from.
type reportView struct {
	// ID is 0 for one that has not been sent.
	ID portfolio.ReportID `json:"id,omitempty"`
	agenda.Head
	Meeting   string          `json:"meeting"`
	Programme string          `json:"programme"`
	Year      int             `json:"year"`
	AsOf      portfolio.Date  `json:"as_of"`
	Known     int64           `json:"known_seq"`
	Sections  []reportSection `json:"sections"`
	reportFigures
	Status  []reportStatus `json:"initiatives"`
	Example bool           `json:"example"`

	Sent    *sentReport  `json:"-"`
	Item    *agenda.Item `json:"-"`
	Word    string       `json:"-"`
	Compare string       `json:"-"`
	Form    *reportForm  `json:"-"`
}

type reportSection struct {
	Code    string        `json:"code"`
	Heading string        `json:"heading"`
	Text    string        `json:"text"`
	Parts   []agenda.Part `json:"-"`
	Blocks  []reportBlock `json:"-"`
	Tables  []reportTable `json:"tables"`
	Charts  []reportChart `json:"charts"`
}

// reportBlock is what is computed, in its order.
type reportBlock struct {
	Heading, Text string
	Table         *agenda.Table
	Chart         *chart.Chart
}

// reportTable is a table in words, as the item states it.
type reportTable struct {
	Heading string     `json:"heading"`
	Caption string     `json:"caption"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

type reportChart struct {
	Title   string `json:"title"`
	Unit    string `json:"unit"`
	Summary string `json:"summary"`
}

// reportFigures are the year's figures as known on the day.
type reportFigures struct {
	Requirement                ore  `json:"requirement_ore"`
	AlreadyRealized            ore  `json:"already_realized_ore"`
	AlreadyRealizedApproximate bool `json:"already_realized_approximate"`
	Net                        ore  `json:"net_requirement_ore"`
	Plan                       ore  `json:"plan_ore"`
	Confirmed                  ore  `json:"confirmed_ore"`
	ToDate                     ore  `json:"confirmed_to_date_ore"`
	Claimed                    ore  `json:"claimed_ore"`
	Expected                   ore  `json:"expected_ore"`
	Planned                    ore  `json:"planned_ore"`
	Forecast                   ore  `json:"forecast_ore"`
	Gap                        ore  `json:"gap_ore"`
	// GapIfAll is what is missing although all that is expected comes.
	GapIfAll    ore  `json:"gap_if_all_ore"`
	ExpectedGap ore  `json:"expected_gap_ore"`
	Approximate bool `json:"approximate"`
}

func reportFiguresOf(f agenda.Figures) reportFigures {
	v := reportFigures{
		Requirement: ore{f.Requirement}, AlreadyRealized: ore{f.AlreadyRealized}, AlreadyRealizedApproximate: f.AlreadyRealized.Approximate,
		Net: ore{f.Net}, Plan: ore{f.Plan}, Confirmed: ore{f.Confirmed}, ToDate: ore{f.ToDate}, Claimed: ore{f.Claimed}, Expected: ore{f.Expected},
		Planned: ore{f.Planned}, Forecast: ore{f.Forecast}, Gap: ore{f.Gap}, GapIfAll: ore{f.GapIfAll}, ExpectedGap: ore{f.ExpectedGap},
	}
	for _, one := range []amount.Figure{f.Requirement, f.AlreadyRealized, f.Net, f.Planned, f.Forecast} {
		v.Approximate = v.Approximate || one.Approximate
	}
	return v
}

// reportStatus is an initiative's line.
type reportStatus struct {
	Initiative portfolio.InitiativeID `json:"initiative"`
	Title      string                 `json:"title"`
	Stage      portfolio.Stage        `json:"stage"`
	Membership portfolio.Membership   `json:"plan_state"`
	Plan       ore                    `json:"plan_ore"`
	Confirmed  ore                    `json:"confirmed_ore"`
	Claimed    ore                    `json:"claimed_ore"`
	Expected   ore                    `json:"expected_ore"`
	Drawn      ore                    `json:"drawn_ore"`
	Outlook    portfolio.Outlook      `json:"outlook"`
	Comment    string                 `json:"comment"`
	Counts     bool                   `json:"counts"`
	Example    bool                   `json:"example"`
}

func (r *request) reportView(item *agenda.Item) *reportView {
	v := &reportView{
		Head: item.Head, Programme: item.Programme.Code, Year: item.Year, AsOf: item.AsOf, Known: item.Known, Example: item.Example,
		reportFigures: reportFiguresOf(item.Figures), Item: item,
	}
	if item.Meeting != nil {
		v.Meeting = r.lang.Style.Date(item.Meeting.Date) + " " + item.Meeting.Name
	}
	for _, s := range item.Sections {
		section := reportSection{Code: s.Code, Heading: s.Heading, Text: s.Text, Parts: agenda.Parts(s.Text), Tables: []reportTable{}, Charts: []reportChart{}}
		for _, b := range s.Blocks {
			section.Blocks = append(section.Blocks, reportBlock(b))
			switch {
			case b.Table != nil:
				section.Tables = append(section.Tables, tableInWords(&b))
			case b.Chart != nil:
				section.Charts = append(section.Charts, reportChart{b.Chart.Title, b.Chart.Unit, b.Chart.Summary})
			}
		}
		v.Sections = append(v.Sections, section)
	}
	for _, s := range item.Status {
		v.Status = append(v.Status, reportStatus{
			Initiative: s.Initiative, Title: s.Title, Stage: s.Stage, Membership: s.Membership, Plan: ore{s.Plan}, Confirmed: ore{s.Confirmed},
			Claimed: ore{s.Claimed}, Expected: ore{s.Expected}, Drawn: ore{s.Drawn}, Outlook: s.Outlook, Comment: s.Comment, Counts: !s.Outside, Example: s.Example,
		})
	}
	return v
}

func tableInWords(b *agenda.Block) reportTable {
	t := reportTable{Heading: b.Heading, Caption: b.Table.Caption, Columns: []string{}, Rows: [][]string{}}
	for _, c := range b.Table.Columns {
		t.Columns = append(t.Columns, c.Label)
	}
	for _, row := range b.Table.Rows {
		t.Rows = append(t.Rows, row.Cells)
	}
	return t
}
