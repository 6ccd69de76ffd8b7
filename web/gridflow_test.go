package web

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"gevinst/web/browser"
)

// atCase opens the business case's own page in a real browser, in a case with the worked example.
func atCase(t *testing.T) (*caseDesk, *writer) {
	t.Helper()
	d := begun(t)
	p := &person{browser.Start(t).Page(t, 1280, 900), t, d.site}
	p.signIn("programme_office")
	w := &writer{Page: p.Page, T: t, url: d.server.URL + d.at}
	w.Goto(w.url)
	return d, w
}

func TestFlowOfTheGrid(t *testing.T) {
	t.Run("a block from a spreadsheet is pasted, read the Danish way, asked about where it has two readings, and saved", func(t *testing.T) {
		d, w := atCase(t)
		w.copies("1.234,5\t3,9 mio. kr.\r\n1,234\t-5\r\n")
		w.Click(at(0, 2018))
		w.Chord("v", false)
		w.until("the question", `document.querySelectorAll('[data-grid] [aria-invalid]').length === 1`)
		w.Click(at(0, 2019))
		w.until("the reading", `document.querySelector('[data-grid-reading]').textContent.replaceAll('\u00a0', ' ') === '3,9 mio. kr. = 3.900.000 kr.'`)
		w.Click(at(1, 2018))
		w.until("both readings", `/1,23.kr\. .*1\.234.kr\./.test(document.querySelector('[data-grid-reading].bad')?.textContent)`)
		w.Press("1234" + kb.Enter)
		w.until("the refusal to go", `document.querySelector('[data-grid] [aria-invalid]') === null`)
		w.until("the sum", `document.querySelector('[data-total="sum.0"]').textContent.includes('3.901.234,50')`)
		w.Submit("#grid-form")
		w.until("the page of what was saved", `location.search.includes('saved=')`)
		amounts := d.read().Case.Lines[0].Amounts
		if *amounts[0].Likely != 1_234_50 || *amounts[1].Likely != 3_900_000_00 {
			t.Errorf("saved were %v and %v øre", *amounts[0].Likely, *amounts[1].Likely)
		}
		w.until("the draft to go", `Object.keys(localStorage).length === 0`)
		w.clean()
	})

	for _, script := range []string{"with", "without"} {
		t.Run("whoever asks for a further line goes on in it, "+script+" script", func(t *testing.T) {
			d, w := atCase(t)
			if script == "without" {
				w.WithoutScript()
				w.Goto(w.url)
			}
			before := len(d.read().Case.Lines)
			w.Click(`button[name="add"][value="running"]`)
			w.until("the page of what was saved", `location.search.includes('saved=')`)
			w.until("the keyboard in the new line", fmt.Sprintf(`document.activeElement.name === 'line.%d.title'`, before))
			w.Press("Licenser" + kb.Tab + "5.000" + kb.Tab)
			w.Submit("#grid-form")
			w.until("the line", `document.querySelector('[data-grid]').textContent !== ''`)
			lines := d.read().Case.Lines
			if len(lines) != before+1 || lines[before].Title != "Licenser" || *lines[before].Amounts[0].Likely != 5_000_00 {
				t.Errorf("%+v", lines)
			}
		})
	}

	t.Run("of two who change the same cell neither loses input", func(t *testing.T) {
		d, w := atCase(t)
		w.Click(at(0, 2018))
		w.Press("42.000" + kb.Enter)
		var form []string // the other saves the page as it stands, with another amount
		w.Eval(`[...new FormData(document.getElementById('grid-form'))].flat()`, &form)
		for i := 0; i < len(form); i += 2 {
			if form[i] == "line.0.y2018.likely" {
				form[i+1] = "17.000"
			}
		}
		if got := d.owner.post(d.at+"/content", form...); got.status != 303 {
			t.Fatalf("the other's save: %d", got.status)
		}
		w.Submit("#grid-form")
		w.until("the conflict in words", `document.querySelector('[role=alert]')?.textContent.includes('17.000')`)
		w.holds(at(0, 2018), "42.000")
		w.leaves(w.url)
		w.Click(`[data-draft-answer="fetch"]`)
		w.holds(at(0, 2018), "42.000")
	})

	t.Run("offline and back: what was typed stays, the save is held back, and then goes through", func(t *testing.T) {
		d, w := atCase(t)
		w.Click(at(0, 2018))
		w.Offline(true)
		w.Press("42.000" + kb.Enter)
		w.Submit("#grid-form")
		w.until("the words", `document.querySelector('.grid-status').textContent.includes('intet er sendt')`)
		w.Offline(false)
		w.leaves("about:blank")
		w.Back()
		w.Click(`[data-draft-answer="fetch"]`)
		w.Submit("#grid-form")
		w.until("the page of what was saved", `location.search.includes('saved=')`)
		if got := *d.read().Case.Lines[0].Amounts[0].Likely; got != 42_000_00 {
			t.Errorf("saved were %d øre", got)
		}
	})

	t.Run("without script it is a plain form, and a figure with two readings is refused at its cell", func(t *testing.T) {
		d, w := atCase(t)
		w.WithoutScript()
		w.Goto(w.url)
		w.Fill(at(0, 2018), "1,234")
		w.Submit("#grid-form")
		w.holds(at(0, 2018), "1,234")
		w.Wait(`[data-grid] .form-error-message`)
		w.Fill(at(0, 2018), "3,9 mio. kr.")
		w.Submit("#grid-form")
		if got := *d.read().Case.Lines[0].Amounts[0].Likely; got != 3_900_000_00 {
			t.Errorf("saved were %d øre", got)
		}
	})

	t.Run("headline, reasons and notes follow what is typed, and a chart of what is saved steps back until it is so again", func(t *testing.T) {
		_, w := atCase(t)
		says := func(css, js string) string { return `document.querySelector('` + css + `').` + js }
		w.until("the headline as saved", says(".headline", `textContent.includes('Tilbagebetalt efter 2,2')`))
		w.Click(at(1, 2020))
		w.Press("?" + kb.Enter)
		w.until("the headline", says(".headline", `textContent.includes('kan ikke siges endnu')`))
		w.until("the reason", says("[data-result=irr_reason]", `textContent.includes('før alle udgifter kendes')`))
		w.until("the count", says("[data-result=left_out]", `textContent.includes('Ét ukendt')`))
		w.until("the note on the chart", `getComputedStyle(document.querySelector('.as-saved-note')).display === 'block'`)
		for _, v := range w.Axe() {
			t.Error(v)
		}
		w.Screenshot("case-grid-typed")
		w.Click(at(1, 2020))
		w.Press("50.000" + kb.Enter)
		w.until("the headline again", says(".headline", `textContent.includes('Tilbagebetalt efter 2,2')`))
		w.until("the chart again", `getComputedStyle(document.querySelector('.as-saved-note')).display === 'none'`)
		w.clean()
	})

	t.Run("it breaks no rule of content or accessibility and stays still while one types", func(t *testing.T) {
		_, w := atCase(t)
		w.Click(at(0, 2018))
		w.Press("1,234" + kb.Enter)
		w.until("the refusal", `document.querySelector('[data-grid] [aria-invalid]') !== null`)
		for _, v := range w.Axe() {
			t.Error(v)
		}
		if shift := w.LayoutShift(); shift.Sum > 0.001 {
			t.Errorf("the layout shifts by %v", shift)
		}
		w.clean()
		w.Screenshot("case-grid")
	})
}
