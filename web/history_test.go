package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// historyJSON is the log as a program reads it.
type historyJSON struct {
	Items []sentence `json:"items"`
	Next  *int64     `json:"next"`
}

// walk reads the whole log page by page.
func (r *reader) walk(query string) []sentence {
	r.Helper()
	var all []sentence
	before := ""
	for range 1000 {
		var page historyJSON
		r.json("/history.json?"+query+before, &page)
		if len(page.Items) > pageRows {
			r.Fatalf("a page of %d", len(page.Items))
		}
		all = append(all, page.Items...)
		if page.Next == nil {
			return all
		}
		before = "&before=" + strconv.FormatInt(*page.Next, 10)
	}
	r.Fatal("the pages have no end")
	return nil
}

func TestHistory(t *testing.T) {
	s := newSite(t, true)
	r := s.as("viewer")

	t.Run("page by page every event comes once, the latest first, and the file has the same", func(t *testing.T) {
		all := r.walk("postings=true")
		if int64(len(all)) != s.seq() {
			t.Fatalf("%d sentences of %d events", len(all), s.seq())
		}
		rows := r.csv("/history.csv?postings=true")
		if len(rows) != len(all)+1 {
			t.Fatalf("%d rows of %d events", len(rows)-1, len(all))
		}
		for k, one := range all {
			if want := s.seq() - int64(k); one.Seq != want {
				t.Fatalf("#%d stands where #%d should", one.Seq, want)
			}
			row := rows[k+1]
			if row[0] != strconv.FormatInt(one.Seq, 10) || row[1] != one.At || row[2] != one.Who || row[3] != one.Verb || row[4] != one.Text {
				t.Errorf("the file has %q for %+v", row, one)
			}
		}
	})

	t.Run("a finance file is one change unless its postings are asked for, and the page leads to them", func(t *testing.T) {
		postings := r.walk("kind=posting")
		if whole, short := len(r.walk("postings=true")), len(r.walk("")); len(postings) == 0 || short+len(postings) != whole {
			t.Errorf("%d without %d postings, %d with", short, len(postings), whole)
		}
		says(t, r.page("/history"), "uden de enkelte posteringer", `href="/history?postings=true"`)
	})

	t.Run("a filter by kind, subject and actor leaves exactly those", func(t *testing.T) {
		all := r.walk("")
		count := func(keep func(sentence) bool) int {
			return len(slices.DeleteFunc(slices.Clone(all), func(one sentence) bool { return !keep(one) }))
		}
		if got, want := len(r.walk("kind=entry")), count(func(one sentence) bool { return strings.HasPrefix(one.Verb, "entry.") }); got != want || got == 0 {
			t.Errorf("%d entries' events, want %d", got, want)
		}
		if got, want := len(r.walk("actor=3")), count(func(one sentence) bool { return one.Who == "Økonomichef" }); got != want || got == 0 {
			t.Errorf("%d events of the economy chief, want %d", got, want)
		}
		for _, one := range r.walk("kind=initiative&subject=10") {
			if one.Href != "/initiatives/10" {
				t.Errorf("%s is about %s", one.Text, one.Href)
			}
		}
		after := s.seq() - 5
		if got := r.walk(fmt.Sprintf("postings=true&after=%d", after)); len(got) != 5 {
			t.Errorf("%d events after #%d", len(got), after)
		}
	})

	t.Run("a change says what the field was and is", func(t *testing.T) {
		var seen bool
		for _, one := range r.walk("kind=initiative&subject=10") {
			if one.Verb == "initiative.await" {
				for _, c := range one.Changes {
					seen = seen || (c.Field == "Handlingsplan" && c.After == "Afventer beslutning")
				}
			}
		}
		if !seen {
			t.Error("the event that left OPUS waiting does not say so")
		}
		// The change before an actor's own may be somebody else's: what the actor did is seen against that.
		for _, one := range r.walk("actor=2&kind=initiative&subject=10") {
			for _, whole := range r.walk("kind=initiative&subject=10") {
				if whole.Seq == one.Seq && !slices.Equal(whole.Changes, one.Changes) {
					t.Errorf("#%d changes %v for one actor and %v for all", one.Seq, one.Changes, whole.Changes)
				}
			}
		}
	})

	t.Run("each day leads to everything as it was known then, each change has its number", func(t *testing.T) {
		body := r.page("/history?before=40")
		says(t, body, `href="/?as_of=2017-`, `id="event-39"`, `#39</a>`, `href="/history?before=40#event-39"`, "Seneste ændringer")
		if strings.Contains(body, `id="event-40"`) {
			t.Error("before is not exclusive")
		}
	})

	t.Run("as of a day nothing later is told, and links stay there", func(t *testing.T) {
		for _, one := range r.walk("as_of=2017-11-06") {
			if one.At[:10] > "2017-11-06" {
				t.Fatalf("#%d of %s", one.Seq, one.At)
			}
		}
		rows := r.csv("/history.csv?as_of=2017-11-06")
		if rows[1][1][:10] != "2017-11-06" {
			t.Errorf("the file begins with %q", rows[1])
		}
		says(t, r.page("/history?as_of=2017-11-06"), "as_of=2017-11-06#event-", `href="/initiatives/10?as_of=2017-11-06"`)
	})

	t.Run("a filter that cannot be read is refused, one that leaves nothing says so", func(t *testing.T) {
		for _, bad := range []string{"kind=wish", "subject=7", "before=x", "actor=me"} {
			if got := r.get("/history?" + bad); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", bad, got.status)
			}
		}
		says(t, r.page("/history?actor=99&as_of=2018-01-01"), `href="/history?as_of=2018-01-01"`)
		says(t, r.page("/history?actor=99"), "Ingen ændringer passer til udvalget.")
		wholePages(t, r, "/history", "/history?kind=initiative&subject=7&actor=2&after=3", "/history?as_of=2017-11-06", "/history?actor=99")
	})
}
