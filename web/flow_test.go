package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/browser"
)

// person is somebody at a real browser, signed in by the demonstration's own buttons.
type person struct {
	*browser.Page
	t *testing.T
	s *site
}

func (s *site) person(t *testing.T, role string, width int) *person {
	t.Helper()
	p := &person{browser.Start(t).Page(t, width, 900), t, s}
	p.signIn(role)
	return p
}

func (p *person) signIn(role string) {
	p.t.Helper()
	p.to("/session")
	p.Click(fmt.Sprintf(`.strip-demo button[value="%s"]`, role))
}

func (p *person) to(path string) {
	p.t.Helper()
	p.Goto(p.s.server.URL + path)
}

// reads holds the page to what it must say; a figure and its unit are held together on it.
func (p *person) reads(css string, texts ...string) {
	p.t.Helper()
	got := strings.ReplaceAll(p.Text(css), "\u00a0", " ")
	for _, text := range texts {
		if !strings.Contains(got, text) {
			p.t.Errorf("%s on %s reads %q, without %q", css, p.URL(), got, text)
		}
	}
}

func (p *person) yes(js string) bool {
	p.t.Helper()
	var is bool
	p.Eval(js, &is)
	return is
}

// opens clicks on what opens the form, unless it is open.
func (p *person) opens(form string) {
	p.t.Helper()
	if !p.yes(fmt.Sprintf(`document.querySelector('%s').checkVisibility()`, form)) {
		p.Click(fmt.Sprintf("details:has(> %s) > summary", form))
	}
	p.Wait(form)
}

// states are those of the gain's entries, the latest last.
func (s *site) states(b portfolio.BenefitID) []string {
	s.Helper()
	list, err := s.store.Entries(s.Context(), s.now(), store.EntryFilter{Benefits: []portfolio.BenefitID{b}, Limit: 100})
	if err != nil {
		s.Fatal(err)
	}
	var states []string
	for _, e := range list {
		states = append(states, e.State().String())
	}
	return states
}

func TestFlowOfAClaim(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")
	gain := s.now().BenefitsOf(i.ID)[0]

	// The story leaves July and August claimed, 70,000 each; 2,440,000 of the year is confirmed.
	t.Run("the economy chief finds the claims among the tasks and sends one back, with a note and not without", func(t *testing.T) {
		chief := s.person(t, "economy_chief", 1280)
		chief.reads("#tasks + ul", "Digital sagsbehandling", "140 t.kr.")
		chief.Click(`.tasks a[href*="/savings/queue"]`)
		chief.Click(`#row-8 a[href="/entries/8"]`)
		chief.opens("#settle")
		chief.Click(`#settle button[value="reject"]`)
		chief.reads(".error-summary", "Bemærkning", "Udfyld feltet")
		if !chief.yes(`document.activeElement.matches('.error-summary')`) {
			t.Error("the keyboard is not where the refusal is")
		}
		chief.Fill("#note", "Kontoen er ikke nedskrevet endnu")
		chief.Click(`form[action="/entries/8/settlement"] button[value="reject"]`)
		chief.reads(".notice", "afviste", "70 t.kr.")
		if got := s.states(gain.ID); !slices.Equal(got[len(got)-2:], []string{"claimed", "rejected"}) {
			t.Errorf("entries %v", got)
		}
	})

	t.Run("the owner finds it among the tasks with the note, claims the month with the one button, and back does not send it again", func(t *testing.T) {
		owner := s.person(t, "project_owner", 390)
		owner.reads("#tasks + ul", "Afvist", "Kontoen er ikke nedskrevet endnu", "aug 18")
		owner.Click(`.tasks a[href$="/claim"]`)
		owner.Wait("#claim") // the link leads to the form, filled in
		owner.Click("#claim .button-primary")
		owner.reads(".notice", "indmeldte 70 t.kr.")
		once := s.states(gain.ID)
		owner.Reload()
		owner.Back()
		owner.Reload()
		if now := s.states(gain.ID); !slices.Equal(once, now) || now[len(now)-1] != "claimed" {
			t.Errorf("entries %v, and before going back %v", now, once)
		}
		owner.to("/")
		if strings.Contains(owner.Text("#tasks + *"), "Afvist") {
			t.Error("what has been claimed again is still a task")
		}
	})

	t.Run("the economy chief confirms it, the year's figures move, and the figure opens to its parts", func(t *testing.T) {
		chief := s.person(t, "economy_chief", 1280)
		chief.to("/savings/2018")
		chief.reads(".kpis", "2,44 mio. kr.", "140 t.kr.", "1,46 mio. kr.")
		chief.to("/")
		chief.Click(`.tasks a[href*="/savings/queue"]`)
		chief.Click("#row-9 label[for=choose-9]")
		chief.reads("#chosen-sum", "Valgt: 1", "70.000 kr.")
		chief.Click(`#queue button[value="accept"]`)
		chief.reads(".notice", "bekræftede 70 t.kr.")
		chief.to("/savings/2018")
		chief.reads(".kpis", "2,51 mio. kr.", "70 t.kr.", "1,39 mio. kr.")
		chief.Click(".kpis li:nth-child(2) summary")
		chief.reads(".kpis li:nth-child(2) .popup", "Digital sagsbehandling", "210", "2.510")
		chief.Press(kb.Escape)
		if chief.yes(`document.querySelector('.kpis details[open]') !== null`) {
			t.Error("Escape does not close what was opened")
		}
	})
}

func TestFlowOfAConflict(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")
	page := fmt.Sprintf("/initiatives/%d", i.ID)
	owner, office := s.person(t, "project_owner", 1280), s.person(t, "programme_office", 1280)
	owner.to(page)
	office.to(page)
	office.opens("#edit")
	office.Fill("#edit-summary", "Beskrevet af programkontoret")
	office.Submit("#edit")
	office.reads(".notice", "rettede")

	owner.opens("#edit")
	owner.Fill("#edit-one_off", "750.000")
	owner.Submit("#edit")
	owner.reads("[aria-labelledby=meanwhile]", "Digitaliseringskonsulent", "Beskrevet af programkontoret")
	if !owner.yes(`document.querySelector('#one_off').value === '750.000'`) {
		t.Error("what the second typed is lost")
	}
	owner.Submit("#one_off")
	owner.reads(".notice", "rettede")
	if got := s.now().Initiatives.Get(i.ID).OneOff; got.Ore != 750_000_00 {
		t.Errorf("one-off %v after it was sent again", got)
	}
}

func TestFlowOfARefusedForm(t *testing.T) {
	s := newSite(t, true)
	i := s.titled("Digital sagsbehandling")
	gain := s.now().BenefitsOf(i.ID)[0]
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("a figure with two readings is refused at its field, with both named and the input kept, script %v", script), func(t *testing.T) {
			owner := s.person(t, "project_owner", 390)
			if !script {
				owner.WithoutScript()
			}
			before := s.states(gain.ID)
			owner.to(fmt.Sprintf("/benefits/%d/claim", gain.ID))
			const claim = "#claim-"
			owner.Fill(claim+"from", "2018-10")
			owner.Fill(claim+"to", "2018-12")
			owner.Fill(claim+"gross", "1,234")
			owner.Fill(claim+"document", "326-2018-1")
			owner.Submit(claim + "gross")
			owner.reads("#gross-error", "1,234", "1,23 kr. / 1.234 kr.")
			owner.reads(".error-summary", "1,234")
			for id, value := range map[string]string{"from": "2018-10", "to": "2018-12", "gross": "1,234", "document": "326-2018-1"} {
				if !owner.yes(fmt.Sprintf(`document.querySelector('#%s').value === '%s'`, id, value)) {
					t.Errorf("%s is not kept", id)
				}
			}
			if after := s.states(gain.ID); !slices.Equal(before, after) {
				t.Errorf("entries %v, before %v", after, before)
			}
		})
	}
}

func TestFlowOfReading(t *testing.T) {
	s := newSite(t, true)
	pages := []string{"/", "/catalogue", "/catalogue/1", "/plan", "/initiatives", "/initiatives/9", "/benefits", "/benefits/4", "/savings/2018", "/decisions", "/history"}

	t.Run("a viewer is offered no change anywhere", func(t *testing.T) {
		p := s.person(t, "viewer", 1280)
		for _, path := range pages {
			p.to(path)
			if !p.yes(`document.querySelector('main form[method=post], main a.button') === null`) {
				t.Errorf("%s offers a viewer a change", path)
			}
		}
	})

	t.Run("the switch of date shows what the board knew on 6 November 2017, stays on that day, and offers no change", func(t *testing.T) {
		p := s.person(t, "project_owner", 1280)
		p.Click(".as-of summary")
		p.Fill("#as-of", "2017-11-06")
		p.Submit("#as-of")
		p.reads(".strip-as-of", "6. november 2017")
		p.reads(".headline", "3,9 mio. kr.", "Bekræftet er 0 kr.")
		p.Click(`.menu nav a[href^="/initiatives"]`)
		p.Click("main table th a")
		if !strings.HasSuffix(p.URL(), "?as_of=2017-11-06") {
			t.Errorf("the way led to %s", p.URL())
		}
		for _, path := range pages[:7] {
			p.to(path + "?as_of=2017-11-06")
			if !p.yes(`document.querySelector('main form[method=post], main a.button') === null`) {
				t.Errorf("%s offers to change the past", path)
			}
		}
		p.Click(".strip-as-of a")
		if strings.Contains(p.URL(), "as_of") {
			t.Errorf("the way back led to %s", p.URL())
		}
	})

	t.Run("the other language keeps the page and its filter", func(t *testing.T) {
		p := s.person(t, "director", 1280)
		p.to("/savings/2018?programme=KME")
		p.Click(".plain-button")
		if !strings.HasSuffix(p.URL(), "/savings/2018?programme=KME") || !p.yes(`document.documentElement.lang === 'en'`) {
			t.Errorf("the page is %s", p.URL())
		}
		p.reads("h1", "Savings 2018")
		p.to("/plan")
		p.reads("h1", "Action plan")
	})

	t.Run("a slash goes to the search, also where it hides in the menu, and the first Tab past the menu", func(t *testing.T) {
		for _, width := range []int{1280, 390} {
			p := s.person(t, "viewer", width)
			p.Press(kb.Tab)
			if !p.yes(`document.activeElement.matches('a.skip')`) {
				t.Error("the first Tab does not lead past the menu")
			}
			p.Press(kb.Enter)
			if !p.yes(`document.activeElement.id === 'main'`) {
				t.Error("past the menu is not in the page")
			}
			p.Press("/")
			if !p.yes(`document.activeElement.matches('[data-search]') && document.activeElement.checkVisibility()`) {
				t.Errorf("at %d px the search does not have the keyboard", width)
			}
		}
	})

	t.Run("leaving a changed form warns, and a form taken back does not", func(t *testing.T) {
		p := s.person(t, "project_owner", 1280)
		p.to("/initiatives/9")
		warns := `!dispatchEvent(new Event('beforeunload', {cancelable: true}))`
		p.opens("#comment")
		if p.yes(warns) {
			t.Error("an untouched form warns")
		}
		p.Fill("#comment-note", "Leverandøren er forsinket")
		if !p.yes(warns) {
			t.Error("a changed form is left without a warning")
		}
		p.Fill("#comment-note", "")
		if p.yes(warns) {
			t.Error("a form taken back warns")
		}
	})
}

func TestFlowWithoutScript(t *testing.T) {
	s := newSite(t, true)
	t.Run("every picture's figures can be read as a table, and none leaves an empty frame", func(t *testing.T) {
		p := s.person(t, "project_owner", 390)
		p.WithoutScript()
		p.to("/")
		p.Click(".chart-table summary")
		p.reads(".chart-table table", "2.440", "3.320")
		if p.yes(`[...document.querySelectorAll('.plot')].some(plot => plot.checkVisibility())`) {
			t.Error("an empty frame stands where a picture would be")
		}
	})
	t.Run("the menu opens, and a filter is sent by its button", func(t *testing.T) {
		p := s.person(t, "project_owner", 390)
		p.WithoutScript()
		p.to("/")
		p.Click(".menu > summary")
		p.Click(`.menu nav a[href="/catalogue"]`)
		p.Fill("#by-origin", "local")
		p.Click(".filters button")
		if !strings.Contains(p.URL(), "origin=local") {
			t.Errorf("the page is %s", p.URL())
		}
		p.reads("#items", "28")
	})
	t.Run("a comment is sent and told", func(t *testing.T) {
		p := s.person(t, "project_owner", 390)
		p.WithoutScript()
		p.to("/initiatives/9")
		p.opens("#comment")
		p.Fill("#comment-note", "Sendt uden script")
		p.Click("#comment button")
		p.reads("#comments + ol", "Sendt uden script")
	})
}

func TestPaper(t *testing.T) {
	s := newSite(t, true)
	for _, path := range []string{"/", "/savings/2018", "/initiatives/9"} {
		t.Run(path+" prints its pictures whole", func(t *testing.T) {
			p := s.person(t, "economy_chief", 1280)
			p.to(path)
			p.Wait(".plot svg")
			p.Eval(`dispatchEvent(new Event('beforeprint'))`, nil)
			var widest float64
			p.Eval(`Math.max(...[...document.querySelectorAll('.plot svg')].map(svg => svg.getAttribute('width')))`, &widest)
			if widest > 680 {
				t.Errorf("a picture is %v px wide, and the sheet 680", widest)
			}
			if pdf := p.PDF(); len(pdf) < 20_000 {
				t.Errorf("the print is %d bytes", len(pdf))
			}
		})
	}
}
