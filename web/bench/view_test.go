package bench

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"gevinst/web/browser"
)

// firstView measures what a reader who was never here waits for, in a real browser.
func firstView(b *testing.B) {
	s := newSite(b, embedded(b, small))
	page := browser.Start(b).Page(b, 1280, 900)
	page.Goto(s.URL + "/healthz") // a page without style or script, so that none is kept when the first view begins
	page.Eval(fmt.Sprintf(`fetch("/session", {method: "POST", redirect: "manual", body: new URLSearchParams({email: %q, password: %q})}).then(r => r.status)`,
		email(viewer), password), nil)
	page.Goto(s.URL + "/")
	page.Wait("figure.chart .plot > *")
	requests := page.Requests()
	sizes := map[string]int64{}
	var total int64
	for _, r := range requests {
		kind := strings.TrimPrefix(path.Ext(r.URL), ".")
		if kind == "" || !strings.Contains(r.URL, "/assets/") {
			kind = "html"
		}
		sizes[kind] += r.EncodedBytes
		total += r.EncodedBytes
	}
	report("first view, requests", fmt.Sprint(len(requests)), "<= 8", len(requests) <= 8)
	for _, o := range []struct {
		kind string
		most int64
	}{{"html", 25}, {"css", 35}, {"js", 230}} {
		report("first view, "+o.kind, fmt.Sprintf("%.1f kB", float64(sizes[o.kind])/1000), fmt.Sprintf("<= %d kB", o.most),
			sizes[o.kind] <= o.most*1000)
	}
	tell("first view, all", fmt.Sprintf("%.1f kB", float64(total)/1000))
	shift := page.LayoutShift().Sum
	var drawn float64
	page.Eval(`performance.getEntriesByName("charts drawn")[0].startTime - performance.getEntriesByType("navigation")[0].domContentLoadedEventStart`, &drawn)
	report("charts drawn after DOMContentLoaded", fmt.Sprintf("%.0f ms", drawn), "<= 150 ms", drawn <= 150)
	report("layout shift", fmt.Sprintf("%.3f", shift), "0", shift == 0)
	page.Goto(s.URL + "/")
	again := 0
	for _, r := range page.Requests() {
		if r.EncodedBytes > 0 {
			again++
		}
	}
	report("second view, requests", fmt.Sprint(again), "<= 1", again <= 1)
}
