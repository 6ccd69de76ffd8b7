package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"gevinst/web/browser"
)

// writer is somebody at the grid in a real browser.
type writer struct {
	*browser.Page
	*testing.T
	grid *gridPage
	url  string
}

func newWriter(t *testing.T, lines, years int) *writer {
	t.Helper()
	g, url := newGridPage(t, lines, years)
	w := &writer{browser.Start(t).Page(t, 1280, 900), t, g, url}
	w.Goto(url)
	return w
}

// at is the cell's selector.
func at(line, year int) string { return fmt.Sprintf(`[name="line.%d.y%d.likely"]`, line, year) }

// until waits for what the page does on its own: an answer, or a draft written.
func (w *writer) until(what, js string) {
	w.Helper()
	var is bool
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if w.Eval(js, &is); is {
			return
		}
	}
	var state []string
	w.Eval(`[document.activeElement.name ?? document.activeElement.tagName, document.querySelector('[data-grid-reading]')?.textContent ?? '',
		document.querySelector('.grid-status')?.textContent ?? '', JSON.stringify(localStorage)]`, &state)
	w.Fatalf("%s: not within ten seconds; %q", what, state)
}

func (w *writer) active(css string) {
	w.Helper()
	var name string
	w.Eval(`document.activeElement.name ?? document.activeElement.tagName`, &name)
	if !strings.Contains(css, `"`+name+`"`) {
		w.Errorf("the keyboard is at %s, not at %s", name, css)
	}
}

func (w *writer) holds(css, value string) {
	w.Helper()
	var got string
	w.Eval(fmt.Sprintf(`document.querySelector('%s').value`, css), &got)
	if got != value {
		w.Errorf("%s holds %q, not %q", css, got, value)
	}
}

// copies puts the text on the clipboard, as a spreadsheet would.
func (w *writer) copies(text string) {
	w.Helper()
	w.Eval(fmt.Sprintf(`(() => {
		const area = document.createElement('textarea');
		area.id = 'elsewhere';
		document.body.append(area);
		area.value = %q;
		area.focus();
		area.select();
	})()`, text), nil)
	w.Chord("c", false)
	w.Eval(`document.getElementById('elsewhere').remove()`, nil)
}

// leaves goes away as if the browser had been ended: the warning of unsaved changes asks nobody.
func (w *writer) leaves(url string) {
	w.Helper()
	w.Eval(`document.querySelectorAll('form[data-warn]').forEach(form => form.remove())`, nil)
	w.Goto(url)
}

func (w *writer) clean() {
	w.Helper()
	for _, e := range w.ConsoleErrors() {
		w.Error(e)
	}
}

func TestGridKeyboard(t *testing.T) {
	t.Run("keys move, replace, edit, empty and take back as in a spreadsheet", func(t *testing.T) {
		w := newWriter(t, 4, 4)
		w.Click(at(0, 2018))
		w.Press("100")
		w.Press(kb.Tab)
		w.active(at(0, 2019))
		w.Press("200")
		w.Press(kb.Enter)
		w.active(at(1, 2019))
		w.Press("7" + kb.ArrowDown) // an arrow ends what was begun by typing
		w.active(at(2, 2019))
		w.holds(at(1, 2019), "7")
		w.Press(kb.ArrowUp + kb.ArrowUp)
		w.active(at(0, 2019))
		w.Press("5")
		w.holds(at(0, 2019), "5") // typing replaces
		w.Press(kb.Escape)
		w.holds(at(0, 2019), "200")
		w.Press(kb.F2 + kb.ArrowLeft + "9") // editing: the arrow moves the caret
		w.holds(at(0, 2019), "2090")
		w.Shift(kb.Enter) // at the upper edge it stays
		w.active(at(0, 2019))
		w.Shift(kb.Tab)
		w.active(at(0, 2018))
		w.Press(kb.Delete)
		w.holds(at(0, 2018), "")
		w.Press(kb.End)
		w.active(at(0, 2021))
		w.Press(kb.Home)
		w.active(`"line.0.title"`)
		w.Press(kb.ArrowRight)
		w.Chord(kb.ArrowDown, false)
		w.active(at(3, 2018))
		w.Chord(kb.End, false)
		w.active(at(3, 2021))
		w.clean()
	})

	t.Run("undo and redo go step by step, a block being one step", func(t *testing.T) {
		w := newWriter(t, 4, 4)
		w.Click(at(0, 2018))
		w.Press("1" + kb.Tab + "2" + kb.Enter)
		w.Click(at(0, 2018))
		w.Shift(kb.ArrowRight)
		w.Press(kb.Delete)
		w.holds(at(0, 2018), "")
		w.holds(at(0, 2019), "")
		w.Chord("z", false)
		w.holds(at(0, 2018), "1")
		w.holds(at(0, 2019), "2")
		w.Chord("z", false)
		w.holds(at(0, 2019), "")
		w.active(at(0, 2019)) // one sees what was undone
		w.Chord("y", false)
		w.holds(at(0, 2019), "2")
		w.Chord("z", true)
		w.holds(at(0, 2018), "")
		w.Chord("z", true)
		w.holds(at(0, 2019), "")
		w.clean()
	})

	t.Run("nobody is caught: Tab behind the last cell, and Escape in a chosen one, lead out", func(t *testing.T) {
		w := newWriter(t, 2, 2)
		w.Click(at(1, 2019))
		w.Press(kb.Tab)
		var tag string
		w.Eval(`document.activeElement.closest('table') ? 'in' : document.activeElement.tagName`, &tag)
		if tag == "in" {
			t.Error("Tab stays in the grid")
		}
		w.Click(at(0, 2018))
		w.Press("1" + kb.Escape + kb.Escape)
		w.Eval(`document.activeElement.textContent`, &tag)
		if tag != "Gem" {
			t.Errorf("Escape leads to %q", tag)
		}
		w.Click(at(0, 2018))
		w.Press("1" + kb.Enter)
		if w.URL() != w.url+"/" {
			t.Error("Enter in a cell sends the form")
		}
	})

	t.Run("lines for low and high are passed by until they are shown", func(t *testing.T) {
		w := newWriter(t, 3, 2)
		w.Click(at(0, 2018))
		w.Press(kb.ArrowDown)
		w.active(at(1, 2018))
		w.Click("[data-grid-points]")
		w.Click(at(0, 2018))
		w.Press(kb.ArrowDown)
		w.active(`"line.0.y2018.low"`)
	})
}

func TestGridMouse(t *testing.T) {
	w := newWriter(t, 4, 4)
	t.Run("a double click edits where it stands, and dragging chooses a block", func(t *testing.T) {
		w.T = t
		w.Fill(at(1, 2019), "12")
		w.DoubleClick(at(1, 2019))
		w.Press("3")
		w.holds(at(1, 2019), "123")
		w.Press(kb.Enter)
		w.Drag(at(1, 2018), at(2, 2020))
		var n int
		w.Eval(`document.querySelectorAll('.in-block').length`, &n)
		if n != 6 {
			t.Errorf("%d cells are chosen", n)
		}
		if got := w.Text("[data-grid-reading]"); got != "2 × 3 celler er valgt." {
			t.Error(got)
		}
		w.clean()
	})
}

func TestGridClipboard(t *testing.T) {
	t.Run("a block from a spreadsheet lands in the grid, goes back to it, and is undone in one step", func(t *testing.T) {
		w := newWriter(t, 4, 4)
		w.copies("1.234,5\t3,9 mio. kr.\r\n\"to\nlinjer\"\t-5\r\n")
		w.Click(at(1, 2018))
		w.Chord("v", false)
		w.holds(at(1, 2018), "1.234,5")
		w.holds(at(1, 2019), "3,9 mio. kr.")
		w.holds(at(2, 2018), "to linjer")
		w.holds(at(2, 2019), "-5")
		w.until("the refusal of a cell that is no figure", fmt.Sprintf(`document.querySelector('%s').getAttribute('aria-invalid') === 'true'`, at(2, 2018)))
		w.Chord("c", false)
		w.Click(at(0, 2020))
		w.Chord("v", false)
		w.holds(at(1, 2021), "-5")
		w.Chord("z", false)
		w.holds(at(1, 2021), "")
		w.holds(at(0, 2020), "")
		w.Chord("z", false)
		w.holds(at(1, 2018), "")
		w.clean()
	})

	t.Run("a block that does not fit is told in words, and nothing is written", func(t *testing.T) {
		w := newWriter(t, 3, 3)
		w.copies("1\t2\n3\t4\n5\t6")
		w.Click(at(1, 2018))
		w.Chord("v", false)
		if got := w.Text("[data-grid-reading]"); !strings.Contains(got, "3 rækker og 2 kolonner") || !strings.Contains(got, "plads til 2 og 3") {
			t.Error(got)
		}
		w.holds(at(1, 2018), "")
		w.Click("[data-grid-points]")
		w.copies("a\t1\nb\t2")
		w.Click(`[name="line.0.title"]`)
		w.Chord("v", false)
		if got := w.Text("[data-grid-reading]"); !strings.Contains(got, "»b«") {
			t.Error(got)
		}
		w.holds(at(0, 2018), "")
	})

	t.Run("one value fills a chosen block, and cutting empties it", func(t *testing.T) {
		w := newWriter(t, 3, 3)
		w.copies("7")
		w.Click(at(0, 2018))
		w.Shift(kb.ArrowDown)
		w.Chord("v", false)
		w.holds(at(0, 2018), "7")
		w.holds(at(1, 2018), "7")
		w.Chord("x", false)
		w.holds(at(1, 2018), "")
		w.Click(at(0, 2020))
		w.Chord("v", false)
		w.holds(at(1, 2020), "7")
	})
}

func TestGridTotals(t *testing.T) {
	w := newWriter(t, 3, 3)
	t.Run("the reading and the totals follow what is typed, without a page load", func(t *testing.T) {
		w.T = t
		w.Click(at(0, 2018))
		w.Press("3,9 mio. kr.")
		w.until("the reading", `document.querySelector('[data-grid-reading]').textContent.replaceAll('\u00a0', ' ') === '3,9 mio. kr. = 3.900.000 kr.'`)
		w.until("the total", `document.querySelector('[data-total="net.2018"]').textContent.replaceAll('\u00a0', ' ') === '3.900.000 kr.'`)
		w.Press(kb.Enter + "1.234,5" + kb.Enter)
		w.until("the result", `document.querySelector('[data-result=npv]').textContent.replaceAll('\u00a0', ' ') === '3.901.234,50 kr.'`)
		w.clean()
	})
	t.Run("a figure with two readings is marked, and both are named", func(t *testing.T) {
		w.T = t
		w.Click(at(2, 2018))
		w.Press("1,234")
		w.until("both readings", `/1,23.kr. eller 1\.234.kr/.test(document.querySelector('[data-grid-reading].bad')?.textContent)`)
		w.Press(kb.F2 + kb.Backspace)
		w.until("the refusal to go", fmt.Sprintf(`!document.querySelector('%s').hasAttribute('aria-invalid') && !document.querySelector('.bad')`, at(2, 2018)))
	})
	t.Run("the last of several requests wins, and one is made for a burst of keys", func(t *testing.T) {
		w.T = t
		w.Click(at(0, 2019))
		w.until("the first readings", `performance.getEntriesByName('grid totals').length > 0`)
		w.Eval(`performance.clearResourceTimings()`, nil)
		w.Press("123456")
		w.until("the total", `document.querySelector('[data-total="net.2019"]').textContent.startsWith('123.456')`)
		var asked int
		w.Eval(`performance.getEntriesByType('resource').filter(e => e.name.endsWith('/totals')).length`, &asked)
		if asked > 2 {
			t.Errorf("%d requests for six keys", asked)
		}
	})
}
