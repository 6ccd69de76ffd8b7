package agenda

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gevinst/portfolio"
	"gevinst/web/locale"
)

// Of says which item is wanted.
type Of struct {
	Programme *portfolio.Programme
	// Meeting is the meeting that it is for, nil where none is recorded.
	Meeting *portfolio.Meeting
	Year    int
	// AsOf is the day that the portfolio was known on.
	AsOf portfolio.Date
}

// New writes the item that the portfolio gives: every text is a proposal to go on editing.
func New(p *portfolio.Portfolio, lang *locale.Language, of Of) *Item {
	w := &writer{p: p, lang: lang, g: of.Programme, year: p.YearOf(of.Programme.ID, of.Year), words: commentaries(p)}
	w.item = &Item{
		Programme: of.Programme, Meeting: of.Meeting, Year: of.Year, AsOf: of.AsOf, Known: p.Seq, Figures: figures(w.year),
		Example: w.year.Invented > 0 || (w.year.Requirement != nil && w.year.Requirement.AnyExample()),
	}
	for _, row := range w.year.Rows() {
		s := w.status(row)
		w.item.Status = append(w.item.Status, s)
		w.item.Example = w.item.Example || s.Example
	}
	w.head()
	for _, code := range Codes() {
		w.item.Sections = append(w.item.Sections, Section{Code: code, Heading: lang.Say("report.section." + code), Text: w.text(code), Blocks: w.blocks(code)})
	}
	return w.item
}

// say gives the item's own words; an amount that ends a sentence brings a full stop of its own.
func (w *writer) say(key string, args ...any) string {
	return strings.ReplaceAll(w.lang.Say(key, args...), "kr..", "kr.")
}

// before lists the board's decisions ahead of the meeting that the item is for, the latest first.
func (w *writer) before() []*portfolio.Decision {
	held := func(d *portfolio.Decision) portfolio.Date {
		if m := w.p.Meetings.Get(d.Meeting); m != nil {
			return m.Date
		}
		return 0
	}
	list := slices.DeleteFunc(w.p.Decisions.List(), func(d *portfolio.Decision) bool {
		return held(d) > w.item.AsOf || (w.item.Meeting != nil && held(d) >= w.item.Meeting.Date)
	})
	slices.SortFunc(list, func(a, b *portfolio.Decision) int {
		return cmp.Or(cmp.Compare(held(b), held(a)), cmp.Compare(b.ID, a.ID))
	})
	return list
}

// head takes the case's numbers from the latest decision that states them; the document's own number comes with the document.
func (w *writer) head() {
	w.item.Title = w.say("report.title", w.g.Name, w.item.Year)
	w.item.Type = w.say("report.type")
	for _, d := range w.before() {
		w.item.Case, w.item.KLE = cmp.Or(w.item.Case, d.Case), cmp.Or(w.item.KLE, d.KLE)
	}
}

// text proposes a section's text.
func (w *writer) text(code string) string {
	switch code {
	case "summary":
		return w.summary()
	case "recommendations":
		return w.recommendations()
	case "consideration":
		return w.say("report.board")
	case "presentation":
		return w.presentation()
	case "economy":
		return w.economy()
	}
	return w.attachments()
}

func paragraphs(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), "\n\n")
}

func bullets(list []string) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString("\n- " + strings.TrimSpace(s))
	}
	return strings.TrimPrefix(b.String(), "\n")
}

func (w *writer) summary() string {
	var last, asked string
	var open []string // what any meeting ordered stays on the board's list until it is delivered
	for k, d := range w.before() {
		if k == 0 {
			last = w.say("report.summary.last", w.p.HeldOn(d), strings.TrimRight(d.Title, ". "), sentence(d.Outcome))
		}
		for no, text := range d.FollowUps {
			if !d.Followed(no + 1) {
				open = append(open, w.say("report.summary.ordered", strings.TrimRight(text, ". "), w.p.HeldOn(d)))
			}
		}
	}
	if len(open) > 0 {
		asked = w.say("report.summary.asked") + "\n" + bullets(open)
	}
	in, waiting, out := 0, 0, 0
	for _, s := range w.item.Status {
		switch s.Membership {
		case portfolio.InPlan:
			in++
		case portfolio.Awaiting:
			waiting++
		case portfolio.OutOfPlan:
			out++
		}
	}
	return paragraphs(last, asked, w.say("report.summary.now", w.item.AsOf, in, waiting, out))
}

// sentence ends with a full stop, once.
func sentence(s string) string { return strings.TrimRight(strings.TrimSpace(s), ".") + "." }

func (w *writer) economy() string {
	f := w.item.Figures
	if !f.Net.Known {
		return w.say("report.economy.none", w.g.Name, w.item.Year)
	}
	var list []string
	if f.AlreadyRealized.Known && f.AlreadyRealized.Ore != 0 {
		list = append(list, w.say("report.economy.requirement", w.item.Year, f.Requirement, f.AlreadyRealized, f.Net))
	} else {
		list = append(list, w.say("report.economy.requirement_only", w.item.Year, f.Net))
	}
	list = append(list, w.say("report.economy.confirmed", f.Confirmed, f.ToDate, f.Claimed))
	switch {
	case !f.Planned.Known:
		list = append(list, w.say("report.economy.unknown"))
	case f.GapIfAll.Ore > 0:
		list = append(list, w.say("report.economy.gap", f.Expected, f.Planned, f.GapIfAll))
	default:
		list = append(list, w.say("report.economy.met", f.Expected, f.Planned))
	}
	if f.Forecast.Known && f.ExpectedGap.Known {
		list = append(list, w.say("report.economy.forecast", f.Forecast, f.ExpectedGap))
	}
	return strings.Join(list, " ")
}

// attachments names what lay before the board with the latest decision that had any: the action plan goes on.
func (w *writer) attachments() string {
	for _, d := range w.before() {
		if len(d.Attachments) == 0 {
			continue
		}
		var list []string
		for _, a := range d.Attachments {
			line := a.Title
			if a.Document != "" {
				line = fmt.Sprintf("%s, %s", a.Title, a.Document)
			}
			list = append(list, line)
		}
		return bullets(list)
	}
	return w.say("report.attachments.none")
}

// Part is a stretch of a section's text: a paragraph, or a list.
type Part struct {
	Text    string
	Bullets []string
}

// Parts reads a text as people write it: a blank line ends a paragraph, and a line that begins with a dash is one of a list.
func Parts(text string) []Part {
	var list []Part
	open := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		bullet, isBullet := strings.CutPrefix(line, "- ")
		last := len(list) - 1
		switch {
		case line == "":
			open = false
		case isBullet && last >= 0 && len(list[last].Bullets) > 0:
			list[last].Bullets = append(list[last].Bullets, bullet)
		case isBullet:
			list, open = append(list, Part{Bullets: []string{bullet}}), false
		case open:
			list[last].Text += " " + line
		default:
			list, open = append(list, Part{Text: line}), true
		}
	}
	return list
}
