package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestPlanMove(t *testing.T) {
	s := newSite(t, true)
	r := s.as("director")
	t.Run("a row says which month it stands at, or why it stays, to those who may keep scenarios", func(t *testing.T) {
		says(t, r.page("/plan"), `name="move_to" value="2019-02"`, "Kan ikke flyttes: virkningen er begyndt.", "Flyt i et scenarie")
		if body := s.as("viewer").page("/plan"); strings.Contains(body, "move_to") || strings.Contains(body, "data-moves") {
			t.Error("a viewer is offered to move")
		}
		if body := r.page("/plan?as_of=2018-05-01"); strings.Contains(body, "move_to") {
			t.Error("the past is offered to be moved")
		}
	})
	t.Run("a move becomes a scenario, and the plan stays", func(t *testing.T) {
		before := r.get("/plan.csv").body
		got := r.post("/plan/moves", "initiative", "11", "move_to", "2018-12", "scenario", "")
		if got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/scenarios/2") {
			t.Fatalf("%d %s", got.status, got.header.Get("Location"))
		}
		if r.get("/plan.csv").body != before {
			t.Error("the living plan moved")
		}
		var v scenarioJSON
		r.json("/scenarios/2.json", &v)
		if len(v.Alterations) != 1 || !strings.Contains(v.Alterations[0].Text, "2 måneder tidligere") {
			t.Errorf("%+v", v.Alterations)
		}
	})
	t.Run("moved again in the same scenario it goes to the month that is said, not on from there", func(t *testing.T) {
		if got := r.post("/plan/moves", "initiative", "11", "move_to", "2019-05", "scenario", "2"); got.status != http.StatusSeeOther {
			t.Fatal(got.status, got.body)
		}
		var v scenarioJSON
		r.json("/scenarios/2.json", &v)
		if len(v.Alterations) != 1 || !strings.Contains(v.Alterations[0].Text, "3 måneder senere") {
			t.Errorf("%+v", v.Alterations)
		}
	})
	t.Run("what cannot be is refused in words at the row, which keeps what was typed", func(t *testing.T) {
		begun := s.titled("Udbredelse af SMS")
		for _, one := range []struct{ initiative, to, words string }{
			{"11", "2018-08", "Den kan tidligst komme i"},
			{"11", "2019-02", "Skriv et antal måneder"},
			{"11", "om lidt", "måned"},
			{itoa(int64(begun.ID)), "2019-01", "Kan ikke flyttes"},
		} {
			before := s.seq()
			got := r.post("/plan/moves", "initiative", one.initiative, "move_to", one.to, "scenario", "2")
			if got.status != http.StatusUnprocessableEntity || s.seq() != before {
				t.Errorf("%+v: %d", one, got.status)
			}
			says(t, got.body, one.words)
			if one.initiative == "11" {
				says(t, got.body, `href="#move_to"`, `id="move_to" name="move_to" value="`+one.to+`"`, `<option value="2" selected>`)
			}
		}
	})
	t.Run("only those who keep scenarios may", func(t *testing.T) {
		if got := s.as("project_owner").post("/plan/moves", "initiative", "11", "move_to", "2018-12"); got.status != http.StatusForbidden {
			t.Errorf("a project owner: %d", got.status)
		}
	})
}

// letters is the row of the initiative whose effect comes in February 2019.
const letters = `[data-move]:has(a[href$="/initiatives/11"])`

func TestFlowOfTheTimeLine(t *testing.T) {
	s := newSite(t, true)
	track := letters + " .track"
	t.Run("by the keyboard alone an initiative is moved, said, undone, and taken over into a scenario", func(t *testing.T) {
		p := s.person(t, "director", 1280)
		p.to("/plan")
		p.Wait(track + "[role=slider]")
		p.Eval(fmt.Sprintf(`document.querySelector('%s').focus()`, track), nil)
		p.Press(kb.ArrowLeft)
		p.reads(".timeline-said", "virkning fra januar 2019, 1 måned tidligere", "Enter")
		p.Shift(kb.ArrowLeft)
		p.reads(".timeline-said", "virkning fra oktober 2018, 4 måneder tidligere")
		if !p.yes(fmt.Sprintf(`document.querySelector('%s .moved') !== null && document.querySelector('%s').getAttribute('aria-valuetext') === 'oktober 2018'`, track, track)) {
			t.Error("the move is not drawn, or not said by the bar")
		}
		p.Shift(kb.ArrowLeft)
		p.reads(".timeline-said", "september 2018", "Længere kan den ikke flyttes.")
		p.Press(kb.Escape)
		p.reads(".timeline-said", "fortrudt, februar 2019 som nu")
		if p.yes(fmt.Sprintf(`document.querySelector('%s .moved') !== null`, track)) {
			t.Error("the move is still drawn")
		}
		p.Press(kb.ArrowRight + kb.ArrowRight)
		p.reads(".timeline-said", "april 2019, 2 måneder senere")
		p.Shift(kb.ArrowLeft)
		p.reads(".timeline-said", "januar 2019, 1 måned tidligere")
		p.Press(kb.Enter)
		p.Screenshot("plan-move-keyboard-1280")
		if shift := p.LayoutShift(); shift.Sum > 0.001 {
			t.Errorf("the layout shifts by %v", shift)
		}
		before := s.seq()
		p.Press(kb.Tab)
		p.Press(kb.Enter)
		p.reads("h1", "Flyt Samlet fjernprint")
		p.reads(".tasks", "virkningen kommer 1 måned tidligere")
		if s.seq() != before+1 {
			t.Errorf("%d events", s.seq()-before)
		}
		for _, e := range p.ConsoleErrors() {
			t.Error(e)
		}
	})
	t.Run("dragged by the mouse it opens the form with the month it was let go at", func(t *testing.T) {
		for _, width := range []int{1280, 390} {
			p := s.person(t, "director", width)
			p.to("/plan")
			p.Wait(track + "[role=slider]")
			var month float64
			p.Eval(fmt.Sprintf(`document.querySelector('%s').clientWidth / 36`, track), &month)
			p.DragBy(track, 3*month)
			p.reads(".timeline-said", "maj 2019, 3 måneder senere")
			p.Wait(letters + " select")
			if !p.yes(fmt.Sprintf(`document.querySelector('%s input[name=move_to]').value === '2019-05'`, letters)) {
				t.Error("the form has another month")
			}
			if shift := p.LayoutShift(); shift.Sum > 0.001 {
				t.Errorf("the layout shifts by %v", shift)
			}
			p.Screenshot(fmt.Sprintf("plan-move-drag-%d", width))
			for _, v := range p.Axe() {
				t.Errorf("%s (%s): %s %v", v.ID, v.Impact, v.Help, v.Nodes)
			}
			p.Press(kb.Escape)
			if p.yes(fmt.Sprintf(`document.querySelector('%s details').open`, letters)) {
				t.Error("Escape leaves the form open")
			}
			for _, e := range p.ConsoleErrors() {
				t.Error(e)
			}
		}
	})
	t.Run("without script the row's form does the same", func(t *testing.T) {
		p := s.person(t, "director", 390)
		p.WithoutScript()
		p.to("/plan")
		p.Click(letters + " summary")
		p.Fill(letters+" input[name=move_to]", "2018-11")
		p.Click(letters + " button")
		p.reads(".tasks", "virkningen kommer 3 måneder tidligere")
	})
}
