package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"gevinst/portfolio"
)

// TestFlowOfChoosing walks from prioritising to the minutes, as the three who do it: the programme office, and a director.
func TestFlowOfChoosing(t *testing.T) {
	s := newSite(t, true)
	office := s.person(t, "programme_office", 1280)
	var item, other string // two ideas nobody has prioritised
	for c := range s.now().Items.All() {
		switch {
		case c.State() != portfolio.Described:
		case item == "":
			item = itoa(int64(c.No))
		case other == "":
			other = itoa(int64(c.No))
		}
	}
	if item == "" || other == "" {
		t.Fatal("no ideas are left to prioritise")
	}
	id := func(no string) int64 {
		for c := range s.now().Items.All() {
			if itoa(int64(c.No)) == no {
				return int64(c.ID)
			}
		}
		return 0
	}

	t.Run("units prioritise ideas for a period", func(t *testing.T) {
		for _, no := range []string{item, other} {
			office.to("/catalogue/" + no)
			office.opens("#priority-form")
			office.Fill("#priority-period", "2018-2020")
			office.Fill("#priority-approved", "2018-08-27")
			office.Submit("#priority-period")
			office.reads(".notice", "prioriterede")
		}
	})

	wantStatus(t, s.as("programme_office").post("/meetings", "date", "2018-09-03", "name", "Direktionen", "type", "board"), 303)
	round := ""
	t.Run("the office opens a round, and a director scores by the keyboard alone", func(t *testing.T) {
		office.to("/priorities/new")
		office.Fill("#name", "Efterår")
		office.Fill("#period", "2018-2020")
		for _, no := range []string{item, other} {
			office.Click(fmt.Sprintf("label[for=item-%d]", id(no)))
		}
		office.Submit("#name")
		office.reads("h1", "Efterår")
		round = strings.Split(strings.TrimPrefix(office.URL(), s.server.URL), "?")[0]

		director := s.person(t, "director", 1280)
		director.to(round)
		director.Eval(fmt.Sprintf(`document.getElementById('item.%d.0').focus()`, min(id(item), id(other))), nil)
		for range 7 { // the criteria of one idea
			director.Press("4" + kb.Tab)
		}
		director.Press(kb.Tab) // past the next idea's link
		for range 7 {
			director.Press("2" + kb.Tab)
		}
		director.Press(kb.Enter)
		director.Wait(".notice")
		office.to(round)
		if office.yes(`document.querySelector('#ranking') !== null`) {
			t.Error("the ranking is shown before the round is closed")
		}
	})

	t.Run("a decision closes the round, and the ranking is there", func(t *testing.T) {
		office.to(round)
		office.opens("#close-form")
		office.Fill("#close-meeting", itoa(int64(s.now().Meetings.Len())))
		office.Fill("#close-title", "Prioritering til 2018-2020")
		office.Fill("#close-outcome", "Godkendt")
		office.Submit("#close-title")
		office.Wait("#ranking")
		office.reads("#ranking + p + .scroll tbody tr:first-child", "1")
	})

	director := s.person(t, "director", 1280)
	t.Run("a choice is made under the requirement of 3.9 million", func(t *testing.T) {
		director.to("/priorities/selection?year=2018&asked=true&floor=3.000.000")
		director.Wait("main .headline")
		director.to("/priorities/selection?year=2018&asked=true&floor=3.900.000")
		director.Wait("main .alert-warning") // no choice reaches it, and the page says by how much
	})

	t.Run("an initiative is delayed: the plan shows the hole it makes, and what could come earlier", func(t *testing.T) {
		office.to("/initiatives/4")
		office.opens(`form[action="/initiatives/4/delay"]`)
		office.Fill(`form[action="/initiatives/4/delay"] [name=months]`, "1")
		office.Fill(`form[action="/initiatives/4/delay"] [name=note]`, "Leverandøren leverer senere")
		office.Submit(`form[action="/initiatives/4/delay"]`)
		office.Wait(".notice")
		director.to("/plan")
		director.reads("#forward-2018 ~ .scroll", "Office 365")
		director.reads("main", "fra februar 2019 til oktober 2018")
	})

	t.Run("by the keyboard alone it is brought forward by a decision that is recorded with it", func(t *testing.T) {
		before := s.now().Decisions.Len()
		director.to("/scenarios/carry-out?initiative=11&months=-4")
		director.Eval(`document.querySelector('#carry-out-meeting').focus()`, nil)
		director.Press(kb.ArrowDown + kb.Tab)                   // the latest meeting
		director.Press("7" + kb.Tab + "Fjernprint fremrykkes")  // item, title
		director.Press(kb.Tab + "326-2018-44444" + kb.Tab)      // case
		director.Press("85.00.00-A00" + kb.Tab + "326-2018-55") // KLE, document
		director.Press(kb.Tab + kb.Tab + kb.Tab)                // type, recommender
		director.Press("at fjernprint fremrykkes" + kb.Tab + "Godkendt" + kb.Tab + kb.Tab)
		director.Press(kb.Tab + "Efter sommerens status" + kb.Enter) // the note; Enter sends
		director.reads(".tasks", "virkningen kommer 4 måneder tidligere")
		if n := s.now().Decisions.Len(); n != before+1 {
			t.Errorf("%d decisions were recorded", n-before)
		}
	})

	t.Run("all of it is in the decision log and in the history, with the case", func(t *testing.T) {
		director.to("/decisions")
		at := fmt.Sprintf("#decision-%d", s.now().Decisions.Len())
		director.reads(at, "Punkt 7", "Fjernprint fremrykkes", "326-2018-44444", "85.00.00-A00", "at fjernprint fremrykkes", "Godkendt", "fremrykkede Samlet fjernprint")
		director.Screenshot("decision-of-the-story-1280")
		director.to("/history")
		director.reads("main", "fremrykkede Samlet fjernprint", "Ved beslutningen Fjernprint fremrykkes, Sagsnr. 326-2018-44444", "Efter sommerens status")
		director.to("/history?as_of=2018-09-02")
		if strings.Contains(director.Text("main"), "326-2018-44444") {
			t.Error("the past knows of it")
		}
	})
}
