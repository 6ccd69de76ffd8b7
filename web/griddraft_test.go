package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"gevinst/web/browser"
)

func TestGridDraft(t *testing.T) {
	const offer = ".grid-draft"
	kept := `Object.keys(localStorage).length > 0`
	none := func(w *writer) {
		w.Helper()
		var n int
		w.Eval(`Object.keys(localStorage).length + document.querySelectorAll('.grid-draft').length`, &n)
		if n != 0 {
			w.Error("a draft is left, or offered")
		}
	}

	t.Run("what was not saved is offered when the page is opened again, and can be fetched, undone or discarded", func(t *testing.T) {
		w := newWriter(t, 3, 3)
		w.Click(at(0, 2018))
		w.Press("42" + kb.Enter + "7")
		w.until("the draft", `JSON.stringify(localStorage).includes('likely\\":\\"7')`)
		w.leaves(w.url) // left without a word
		w.holds(at(0, 2018), "")
		if got := w.Text(offer); !strings.Contains(got, "ikke-gemte ændringer fra kl. ") {
			t.Error(got)
		}
		w.Click(`[data-draft-answer="fetch"]`)
		w.holds(at(0, 2018), "42")
		w.holds(at(1, 2018), "7")
		w.leaves(w.url) // fetched and not saved is not lost either
		w.Click(`[data-draft-answer="discard"]`)
		w.holds(at(0, 2018), "")
		w.leaves(w.url)
		none(w)
	})

	t.Run("typing while an offer stands loses neither", func(t *testing.T) {
		w := newWriter(t, 3, 3)
		w.Click(at(0, 2018))
		w.Press("42" + kb.Enter)
		w.until("the draft", kept)
		w.leaves(w.url)
		w.Wait(offer)
		w.Click(at(1, 2018))
		w.Press("8" + kb.Enter)
		w.until("the draft of both", `JSON.stringify(localStorage).includes('likely\\":\\"8')`)
		w.leaves(w.url)
		w.Click(`[data-draft-answer="fetch"]`)
		w.holds(at(0, 2018), "42")
		w.holds(at(1, 2018), "8")
	})

	t.Run("a saved draft is gone, a refused one stays", func(t *testing.T) {
		w := newWriter(t, 3, 3)
		w.Click(at(0, 2018))
		w.Press("1,234" + kb.Enter)
		w.Click("button.button-primary")
		w.Wait("#refused")
		w.holds(at(0, 2018), "1,234")
		w.leaves(w.url)
		w.Click(`[data-draft-answer="fetch"]`)
		w.Click(at(0, 2018))
		w.Press("1234" + kb.Enter)
		w.Click("button.button-primary")
		w.holds(at(0, 2018), "1234")
		none(w)
		if w.grid.version != 2 {
			t.Error("it was not saved")
		}
	})

	t.Run("of two editors neither loses input: the second keeps a draft that changes only what was written", func(t *testing.T) {
		w := newWriter(t, 3, 3)
		w.Click(at(0, 2018))
		w.Press("42" + kb.Enter)
		w.grid.version++ // another saves meanwhile
		w.grid.values["line.0.y2019.likely"] = "5"
		w.Click("button.button-primary")
		w.Wait("#refused")
		w.holds(at(0, 2018), "42")
		w.leaves(w.url)
		w.holds(at(0, 2019), "5")
		w.Click(`[data-draft-answer="fetch"]`)
		w.holds(at(0, 2018), "42")
		w.holds(at(0, 2019), "5")
	})

	t.Run("without a connection the draft is kept, a save is held back, and works once it is there again", func(t *testing.T) {
		w := newWriter(t, 3, 3)
		w.Click(at(0, 2018))
		w.Offline(true)
		w.Press("42" + kb.Enter)
		w.until("the words", `document.querySelector('.grid-status').textContent.includes('ingen forbindelse')`)
		w.Click("button.button-primary")
		w.until("the words about saving", `document.querySelector('.grid-status').textContent.includes('intet er sendt')`)
		w.holds(at(0, 2018), "42")
		w.Offline(false)
		w.until("the words", `document.querySelector('.grid-status').textContent.includes('tilbage. Gem')`)
		w.leaves("about:blank")
		w.Back()
		w.Click(`[data-draft-answer="fetch"]`)
		w.Click("button.button-primary")
		if w.grid.values["line.0.y2018.likely"] != "42" {
			t.Error("it was not saved")
		}
		none(w)
	})
}

func TestGridAsAPage(t *testing.T) {
	t.Run("without script it is a plain form", func(t *testing.T) {
		g, url := newGridPage(t, 2, 2)
		w := &writer{browser.Start(t).Page(t, 1280, 900), t, g, url}
		w.WithoutScript()
		w.Goto(url)
		w.Fill(at(0, 2018), "3,9 mio. kr.")
		w.Click("button.button-primary")
		if g.values["line.0.y2018.likely"] != "3,9 mio. kr." {
			t.Error("it was not saved")
		}
	})
	t.Run("it breaks no rule of content or accessibility and stays still", func(t *testing.T) {
		w := newWriter(t, 6, 5)
		w.Click(at(1, 2018))
		w.Press("1,234" + kb.Enter + "5")
		w.until("the refusal", `document.querySelector('[aria-invalid]') !== null`)
		for _, v := range w.Axe() {
			t.Error(v)
		}
		if shift := w.LayoutShift(); shift.Sum > 0.001 {
			t.Errorf("the layout shifts by %v", shift)
		}
		w.clean()
		w.Screenshot("grid")
	})
}

// A keystroke's work is what the page does between the key and the new picture: the script, and the style and layout that it
// leads to, which the measurement forces at once. The slowest twentieth is left out: the machine does other things too.
func TestGridSpeed(t *testing.T) {
	w := newWriter(t, 60, 10)
	w.Click(at(0, 2018))
	w.until("the first readings", `performance.getEntriesByName('grid totals').length > 0`)
	w.Eval(`(() => {
		window.took = [];
		let began;
		addEventListener('keydown', () => { began = performance.now(); }, {capture: true});
		const end = () => { document.body.offsetHeight; took.push(performance.now() - began); };
		addEventListener('input', end);
		addEventListener('keydown', event => { if (event.defaultPrevented) end(); });
	})()`, nil)
	for line := range 30 {
		w.Press(fmt.Sprintf("12%d", line) + kb.Enter)
	}
	w.Shift(kb.ArrowUp)
	for range 10 {
		w.Shift(kb.ArrowUp + kb.ArrowRight)
	}
	w.until("the totals", `document.querySelector('[data-total="sum.29"]').textContent.startsWith('1.229')`)
	var took []float64
	w.Eval(`took`, &took)
	slices.Sort(took)
	if len(took) < 100 {
		t.Fatalf("%d keys were measured", len(took))
	}
	middle, slow := took[len(took)/2], took[len(took)*95/100]
	t.Logf("%d keys in 60 lines of 10 years: p50 %.1f ms, p95 %.1f ms, longest %.1f ms", len(took), middle, slow, took[len(took)-1])
	if slow > 16 {
		t.Errorf("a key takes %.1f ms of the page's work, more than 16", slow)
	}
}
