package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Shift is how far a page's elements moved without anybody's doing.
type Shift struct {
	// Sum is of all shifts. It is never below Chromium's cumulative layout shift, which takes the worst window of five seconds.
	Sum float64
	// Moved names the elements, each with where it was and where it came to, in CSS pixels.
	Moved []string
}

// LayoutShift tells the page's layout shifts that no input caused.
func (p *Page) LayoutShift() Shift {
	p.tb.Helper()
	var shift Shift
	p.Eval(`new Promise(done => {
		const shift = {Sum: 0, Moved: []};
		const name = node => node?.nodeType === Node.ELEMENT_NODE
			? node.tagName.toLowerCase() + (node.id && '#' + node.id) + [...node.classList].map(c => '.' + c).join('')
			: String(node?.textContent).trim().slice(0, 30);
		const box = r => [r.x, r.y, r.width, r.height].map(Math.round).join(' ');
		const add = list => list.filter(e => !e.hadRecentInput).forEach(e => {
			shift.Sum += e.value;
			e.sources.forEach(s => shift.Moved.push(name(s.node) + ': ' + box(s.previousRect) + ' -> ' + box(s.currentRect)));
		});
		const observer = new PerformanceObserver(list => add(list.getEntries()));
		observer.observe({type: 'layout-shift', buffered: true});
		setTimeout(() => { add(observer.takeRecords()); done(shift) }, 100);
	})`, &shift)
	return shift
}

// Violation is a rule of axe-core that the page breaks.
type Violation struct {
	ID     string // axe's rule, for instance "color-contrast"
	Impact string // minor, moderate, serious or critical
	Help   string
	Nodes  []string // each element's selector, and what to do about it
}

func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n  %s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n  "))
}

// Axe audits the page as it stands against WCAG 2.0, 2.1 and 2.2 level A and AA
// and axe-core's best practice.
func (p *Page) Axe() []Violation {
	p.tb.Helper()
	script, err := axeScript(".")
	if err != nil {
		p.tb.Fatal(err)
	}
	do(p, "loading axe-core", chromedp.Evaluate[chromedp.Void](script))
	var found []Violation
	p.Eval(`axe.run({
		runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
		resultTypes: ['violations'],
	}).then(result => result.violations.map(v => ({
		id: v.id, impact: v.impact, help: v.help,
		nodes: v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary.replace(/\s+/g, ' ')),
	})))`, &found)
	return found
}

// axeScript reads axe-core from the web folder of the module around dir.
func axeScript(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	root := dir
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			return "", fmt.Errorf("no go.mod in or above %s", dir)
		}
		root = filepath.Dir(root)
	}
	script, err := os.ReadFile(filepath.Join(root, "web", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core is not installed, run `make build`: %w", err)
	}
	return string(script), nil
}
