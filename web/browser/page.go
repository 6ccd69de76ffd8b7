package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Page is a tab in a browser context of its own.
type Page struct {
	tb       testing.TB
	ctx      context.Context
	seen     *observed
	patience time.Duration // bounds each action
	last     string        // the URL last asked for, for messages when the page does not answer
}

// Page opens an empty page with a viewport of width x height CSS pixels. It is
// closed when the test ends.
func (b *Browser) Page(tb testing.TB, width, height int) *Page {
	tb.Helper()
	seen := &observed{}
	ctx, cancel := chromedp.NewContext(b.ctx,
		chromedp.WithNewBrowserContext(), chromedp.WithListener(seen.event))
	tb.Cleanup(cancel)
	p := &Page{tb: tb, ctx: ctx, seen: seen, patience: timeout, last: "about:blank"}
	if err := open(ctx, cancel, chromedp.EmulateViewport(int64(width), int64(height))); err != nil {
		tb.Fatalf("opening a page: %v", err)
	}
	return p
}

// WithoutScript lets the page run no script of its own from the next Goto on; what the test evaluates still runs.
func (p *Page) WithoutScript() {
	p.tb.Helper()
	do(p, "turning script off", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// do runs the action within the time limit, or fails the test with what was
// being done and where.
func do[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.tb.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, p.patience)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		p.tb.Fatalf("%s on %s: %v", what, p.here(), err)
	}
	return v
}

// Goto loads the URL. Requests begins anew with it.
func (p *Page) Goto(url string) {
	p.tb.Helper()
	p.last = url
	p.seen.forgetRequests()
	do(p, "loading", chromedp.Navigate(url))
}

// Back goes back in the tab's history and waits for the page, as the browser's own button does.
func (p *Page) Back() {
	p.tb.Helper()
	do(p, "going back", chromedp.NavigateBack())
}

// Reload asks for the page anew.
func (p *Page) Reload() {
	p.tb.Helper()
	do(p, "reloading", chromedp.Reload())
}

// Click waits for the element, clicks in its middle and, if that starts a
// navigation, waits for the new page.
func (p *Page) Click(css string) {
	p.tb.Helper()
	do(p, "clicking "+css, chromedp.Click(chromedp.CSS(css)))
	p.settle("clicking " + css)
}

// Press sends the keys to the focused element, for instance kb.Tab or kb.Enter
// of the package chromedp/kb, and waits as Click does.
func (p *Page) Press(keys string) {
	p.tb.Helper()
	what := fmt.Sprintf("pressing %q", keys)
	do(p, what, chromedp.KeyEvent(keys))
	p.settle(what)
}

// Fill sets the field's value as a user would: it must be visible and take the
// value; the page hears input and change. A select takes an option's value, a
// month field "2018-07", a date field "2018-07-01".
func (p *Page) Fill(css, text string) {
	p.tb.Helper()
	what := fmt.Sprintf("filling %s with %q", css, text)
	do(p, what, chromedp.WaitVisible(chromedp.CSS(css)))
	if problem := do(p, what, chromedp.Evaluate[string](call(fillScript, css, text))); problem != "" {
		p.tb.Fatalf("%s on %s: %s", what, p.here(), problem)
	}
}

const fillScript = `(css, text) => {
	const field = document.querySelector(css);
	if (field.disabled || field.readOnly) return 'the field cannot be changed';
	field.focus();
	field.value = text;
	if (field.value !== text) return 'the field does not take the value, it shows "' + field.value + '"';
	field.dispatchEvent(new Event('input', {bubbles: true}));
	field.dispatchEvent(new Event('change', {bubbles: true}));
	return '';
}`

// Submit sends the form that the selector names or that encloses the element,
// as the Enter key does: fields that are not valid stop it and fail the test.
// It waits for the page that follows.
func (p *Page) Submit(css string) {
	p.tb.Helper()
	what := "submitting " + css
	do(p, what, chromedp.WaitReady(chromedp.CSS(css)))
	if problem := do(p, what, chromedp.Evaluate[string](call(submitScript, css))); problem != "" {
		p.tb.Fatalf("%s on %s: %s", what, p.here(), problem)
	}
	p.settle(what)
}

const submitScript = `(css) => {
	const form = document.querySelector(css).closest('form');
	if (!form) return 'there is no form around it';
	const wrong = form.noValidate ? null : form.querySelector(':invalid:not(fieldset)');
	if (wrong) return 'the field ' + (wrong.name || wrong.id) + ' is not valid: ' + wrong.validationMessage;
	form.requestSubmit();
	return '';
}`

// Wait returns when the element is visible.
func (p *Page) Wait(css string) {
	p.tb.Helper()
	do(p, "waiting for "+css, chromedp.WaitVisible(chromedp.CSS(css)))
}

// Text is the visible text of the first element, for which it waits.
func (p *Page) Text(css string) string {
	p.tb.Helper()
	return do(p, "reading "+css, chromedp.Text(chromedp.CSS(css)))
}

// HTML is the document as it stands now.
func (p *Page) HTML() string {
	p.tb.Helper()
	return do(p, "reading the document", chromedp.OuterHTML(chromedp.CSS("html")))
}

// URL is the page's address.
func (p *Page) URL() string {
	p.tb.Helper()
	return do(p, "reading the address", chromedp.Location())
}

// Eval evaluates the expression in the page, outside its content security
// policy, waits for it if it is a promise, and decodes its JSON into out unless
// that is nil.
func (p *Page) Eval(js string, out any) {
	p.tb.Helper()
	value := do(p, "evaluating "+js, chromedp.Evaluate[[]byte](js, chromedp.EvalAsValue, chromedp.EvalAwaitPromise))
	if out == nil {
		return
	}
	if err := json.Unmarshal(value, out); err != nil {
		p.tb.Fatalf("evaluating %s on %s: %q: %v", js, p.here(), value, err)
	}
}

// Screenshot writes the whole page as name.png into the folder that
// GEVINST_SCREENSHOTS names, or else a temporary one, and returns its path.
func (p *Page) Screenshot(name string) string {
	p.tb.Helper()
	dir := os.Getenv("GEVINST_SCREENSHOTS")
	if dir == "" {
		dir = p.tb.TempDir()
	}
	path := filepath.Join(dir, name+".png")
	png := do(p, "taking the screenshot "+name, chromedp.FullScreenshot(100))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.tb.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		p.tb.Fatal(err)
	}
	return path
}

// PDF prints the page, tagged, on the paper that its print style asks for (A4
// if it does not say).
func (p *Page) PDF() []byte {
	p.tb.Helper()
	return do(p, "printing", chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFOutlineAndTagged(),
		chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
}

// call is the JavaScript that calls the function with the arguments.
func call(function string, args ...string) string {
	list, err := json.Marshal(args)
	if err != nil {
		panic(err) // strings always have a JSON form
	}
	return fmt.Sprintf("(%s)(...%s)", function, list)
}
