package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Chord presses a key with Ctrl, and with Shift if the key is a capital letter
// or shift is asked for. The letters c, x and v do what they do in a browser:
// copy, cut and paste by the machine's clipboard.
func (p *Page) Chord(key string, shift bool) {
	p.tb.Helper()
	command := map[string]string{"c": "copy", "x": "cut", "v": "paste"}[key]
	p.keys(fmt.Sprintf("pressing Ctrl+%q", key), key, func(k *input.DispatchKeyEventParams) {
		k.Modifiers |= int64(chromedp.ModifierCtrl)
		if shift {
			k.Modifiers |= int64(chromedp.ModifierShift)
		}
		if command != "" && k.Type != kb.KeyUp {
			k.Commands = []string{command}
		}
	})
}

// Shift presses a key with Shift.
func (p *Page) Shift(key string) {
	p.tb.Helper()
	p.keys(fmt.Sprintf("pressing Shift+%q", key), key, chromedp.KeyModifiers(chromedp.ModifierShift))
}

func (p *Page) keys(what, keys string, option chromedp.KeyOption) {
	p.tb.Helper()
	do(p, what, chromedp.KeyEvent(keys, option))
	p.settle(what)
}

// DoubleClick clicks twice in the element's middle.
func (p *Page) DoubleClick(css string) {
	p.tb.Helper()
	do(p, "double-clicking "+css, chromedp.DoubleClick(chromedp.CSS(css)))
	p.settle("double-clicking " + css)
}

// Drag presses the mouse in the middle of one element and lets go in the middle of another.
func (p *Page) Drag(from, to string) {
	p.tb.Helper()
	for i, css := range []string{from, to} {
		var at [2]float64
		p.Eval(call(`css => { const r = document.querySelector(css).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }`, css), &at)
		held := func(e *input.DispatchMouseEventParams) {
			e.Button, e.Buttons, e.ClickCount = input.MouseButtonLeft, 1, 1
		}
		do(p, "dragging over "+css, chromedp.MouseEvent(chromedp.MouseMoved, at[0], at[1], func(e *input.DispatchMouseEventParams) {
			if i == 1 {
				held(e)
			}
		}))
		kind := []input.DispatchMouseEventType{chromedp.MousePressed, chromedp.MouseReleased}[i]
		do(p, "dragging over "+css, chromedp.MouseEvent(kind, at[0], at[1], held))
	}
	p.settle("dragging")
}

// DragBy presses the mouse in the element's middle, moves it so many CSS pixels to the right, below 0 to the left, in a few steps as a
// hand does, and lets go.
func (p *Page) DragBy(css string, x float64) {
	p.tb.Helper()
	const steps = 5
	var at [2]float64
	p.Eval(call(`css => { const e = document.querySelector(css); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }`, css), &at)
	held := func(e *input.DispatchMouseEventParams) {
		e.Button, e.Buttons, e.ClickCount = input.MouseButtonLeft, 1, 1
	}
	do(p, "dragging "+css, chromedp.MouseEvent(chromedp.MouseMoved, at[0], at[1]))
	do(p, "dragging "+css, chromedp.MouseEvent(chromedp.MousePressed, at[0], at[1], held))
	for k := range steps {
		do(p, "dragging "+css, chromedp.MouseEvent(chromedp.MouseMoved, at[0]+x*float64(k+1)/steps, at[1], held))
	}
	do(p, "dragging "+css, chromedp.MouseEvent(chromedp.MouseReleased, at[0]+x, at[1], held))
	p.settle("dragging " + css)
}

// Offline cuts the page's connection, or gives it back.
func (p *Page) Offline(off bool) {
	p.tb.Helper()
	do(p, "switching the connection", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		conditions := network.Conditions{DownloadThroughput: -1, UploadThroughput: -1, Offline: off}
		if _, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{&conditions},
		}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, network.OverrideNetworkState, network.OverrideNetworkStateParams{
			Offline: off, DownloadThroughput: -1, UploadThroughput: -1,
		})
		return err
	}))
	p.settle("switching the connection")
}
