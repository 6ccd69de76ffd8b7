package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// claims makes n claims on a gain in one write, of 10,000.01 kr. gross and 1,000 kr. running costs each, in the months of two years.
func (s *site) claims(by portfolio.UserID, gain portfolio.BenefitID, year, n int) (ids []portfolio.EntryID) {
	s.Helper()
	_, err := s.store.Write(context.Background(), func(tx *store.Tx) error {
		first, err := tx.Reserve(portfolio.KindEntry, int64(n))
		if err != nil {
			return err
		}
		ids = ids[:0]
		p, from := tx.Portfolio(), amount.NewMonth(year, 1)
		for k := range n {
			e, event, err := portfolio.NewClaim(p, tx.By(by, ""), portfolio.Entry{
				ID: portfolio.EntryID(first) + portfolio.EntryID(k), Benefit: gain,
				Months: []portfolio.MonthGain{{Month: from + portfolio.Month(k%24), Gross: 10_000_01, Running: 1_000_00}},
			})
			if err != nil {
				return err
			}
			tx.Save(e, event)
			ids = append(ids, e.ID)
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return ids
}

// queued is the queue as a program reads it.
type queued struct {
	Items []struct {
		ID      portfolio.EntryID `json:"id"`
		Version int64             `json:"version"`
		Net     int64             `json:"net_ore"`
		Blocked string            `json:"blocked"`
	} `json:"items"`
	Next     *int64 `json:"next"`
	Previous *int64 `json:"previous"`
	Waiting  int64  `json:"waiting_ore"`
}

func (q *queued) ids() (ids []portfolio.EntryID) {
	for _, row := range q.Items {
		ids = append(ids, row.ID)
	}
	return ids
}

// settling is a form that settles claims as they were first seen.
func settling(how string, ids ...portfolio.EntryID) []string {
	pairs := []string{"settlement", how}
	for _, id := range ids {
		pairs = append(pairs, "chosen", idText(id), "row", idText(id), "row_version", "1", "row_note", "")
	}
	return pairs
}

// withNote puts a note on one of the rows.
func withNote(pairs []string, id portfolio.EntryID, note string) []string {
	for k := 0; k+5 < len(pairs); k++ {
		if pairs[k] == "row" && pairs[k+1] == idText(id) {
			pairs[k+5] = note
		}
	}
	return pairs
}

func TestQueue(t *testing.T) {
	s := newSite(t, true)
	gain := s.now().BenefitsOf(s.titled("Office 365").ID)[0]
	owner := s.titled("Office 365").ProjectOwner
	controllers := s.ofRole(portfolio.EconomyChief)
	chief, deputy := s.asUser(controllers[0]), s.asUser(controllers[1])
	at := fmt.Sprintf("/savings/queue?initiative=%d", gain.Initiative)

	t.Run("sixty claims are confirmed in one write, each with its event and note", func(t *testing.T) {
		ids := s.claims(owner, gain.ID, 2019, 60)
		wantText(t, chief.page(at), "Indmeldinger, der venter", fmt.Sprintf(`value="%d"`, ids[0]), "I alt vist: 60", "600.000,60 kr.", "540.000,60 kr.")
		recorded := s.watch()
		got := chief.post(at, withNote(append(settling("accept", ids...), "note", "Set i budgettet"), ids[7], "Set i tillægsbevillingen")...)
		wantStatus(t, got, http.StatusSeeOther)
		if verbs := recorded(); len(verbs) != 60 || slices.ContainsFunc(verbs, func(v string) bool { return v != "entry.confirm" }) {
			t.Fatalf("recorded %v", verbs)
		}
		events, err := s.store.Events(context.Background(), s.now(), store.EventFilter{Kind: portfolio.KindEntry, Limit: 60})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Batch != events[59].Seq {
				t.Errorf("event %d is of batch %d, the first is %d", e.Seq, e.Batch, events[59].Seq)
			}
		}
		notes := map[string]int{}
		for _, e := range s.entries(gain.ID) {
			if e.Settled != nil && slices.Contains(ids, e.ID) {
				notes[e.Settled.Note]++
			}
		}
		if notes["Set i budgettet"] != 59 || notes["Set i tillægsbevillingen"] != 1 {
			t.Errorf("notes %v", notes)
		}
		wantText(t, chief.page(got.header.Get("Location")), "bekræftede 60 indmeldinger", "Ingen indmeldinger venter")
	})

	t.Run("a rejection needs each row's own note, and then stands among the owner's tasks", func(t *testing.T) {
		ids := s.claims(owner, gain.ID, 2022, 2)
		recorded := s.watch()
		form := withNote(append(settling("reject", ids...), "note", "Gælder alle"), ids[0], "Bilaget mangler")
		got := chief.post(at, form...)
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, fmt.Sprintf(`href="#row-%d"`, ids[1]), `value="Bilaget mangler"`, `value="Gælder alle"`, "kræver en bemærkning")
		if verbs := recorded(); len(verbs) != 0 {
			t.Fatalf("recorded %v", verbs)
		}
		wantStatus(t, chief.post(at, withNote(form, ids[1], "Forkert konto")...), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"entry.reject", "entry.reject"}) {
			t.Fatalf("recorded %v", verbs)
		}
		wantText(t, s.asUser(owner).page("/tasks"), "Afvist", "Forkert konto", fmt.Sprintf("/benefits/%d/claim", gain.ID))
	})

	t.Run("where one was settled meanwhile nothing is written, it is named, and the other choices are kept", func(t *testing.T) {
		ids := s.claims(owner, gain.ID, 2024, 3)
		wantStatus(t, deputy.post(at, settling("accept", ids[1])...), http.StatusSeeOther)
		recorded := s.watch()
		got := chief.post(at, withNote(settling("accept", ids...), ids[2], "Min egen")...)
		wantStatus(t, got, http.StatusConflict)
		wantText(t, got.body, fmt.Sprintf("Nr. %d: Er afgjort imens: Bekræftet", ids[1]), `value="Min egen"`)
		for _, id := range []portfolio.EntryID{ids[0], ids[2]} {
			if !strings.Contains(tag(got.body, fmt.Sprintf(`id="choose-%d"`, id)), " checked") {
				t.Errorf("the choice of %d is lost", id)
			}
		}
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
		wantStatus(t, chief.post(at, settling("accept", ids[0], ids[2])...), http.StatusSeeOther)
	})

	t.Run("one's own gain is shown with the reason, cannot be chosen, and is refused if it is; the deputy settles it", func(t *testing.T) {
		ids := s.claims(owner, gain.ID, 2019, 1)
		b := s.now().Benefits.Get(gain.ID)
		wantStatus(t, s.asUser(owner).post(fmt.Sprintf("/benefits/%d/edit", b.ID), "owner", idText(controllers[0]), "version", versionOf(b)), http.StatusSeeOther)
		body := chief.page(at)
		wantText(t, body, fmt.Sprintf(`id="row-%d"`, ids[0]), "en gevinst, du selv ejer")
		if strings.Contains(body, fmt.Sprintf(`id="choose-%d"`, ids[0])) {
			t.Error("it can be chosen")
		}
		if strings.Contains(chief.page(at+"&mine=1"), fmt.Sprintf(`id="row-%d"`, ids[0])) {
			t.Error("it is among those that may be settled")
		}
		recorded := s.watch()
		got := chief.post(at, settling("accept", ids[0])...)
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, "en gevinst, du selv ejer")
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
		wantStatus(t, deputy.post(at, settling("accept", ids[0])...), http.StatusSeeOther)
	})

	t.Run("nothing chosen, a claim that is not there, and a version that was not seen are refused", func(t *testing.T) {
		ids := s.claims(owner, gain.ID, 2019, 1)
		recorded := s.watch()
		for name, form := range map[string][]string{
			"nothing":   {"settlement", "accept"},
			"no verb":   settling("perhaps", ids...),
			"no row":    {"settlement", "accept", "chosen", idText(ids[0])},
			"no number": {"settlement", "accept", "chosen", "seven"},
			"no claim":  settling("accept", 999_999),
			"no seen":   {"settlement", "accept", "chosen", idText(ids[0]), "row", idText(ids[0]), "row_version", ""},
		} {
			if got := deputy.post(at, form...); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", name, got.status)
			}
		}
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("nobody but Finance is offered a choice, and whoever may view sees the queue", func(t *testing.T) {
		for _, role := range []string{"project_owner", "programme_office", "director", "administrator", "viewer"} {
			body := s.as(role).page("/savings/queue")
			wantText(t, body, "Office 365")
			if strings.Contains(body, `name="chosen"`) || strings.Contains(body, `method="post" action="/savings/queue`) {
				t.Errorf("%s is offered to settle", role)
			}
		}
	})

	t.Run("without script the chosen are added up by asking", func(t *testing.T) {
		ids := s.claims(owner, gain.ID, 2022, 2)
		recorded := s.watch()
		got := deputy.post(at, settling("sum", ids...)...)
		wantStatus(t, got, http.StatusOK)
		wantText(t, got.body, `<strong data-sum="count">2</strong>`, "20.000,02 kr.", "18.000,02 kr.")
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})
}

func TestQueueFilter(t *testing.T) {
	s := newSite(t, true)
	gain := s.now().BenefitsOf(s.titled("Office 365").ID)[0]
	chief := s.as("economy_chief")
	ids := s.claims(s.titled("Office 365").ProjectOwner, gain.ID, 2019, 250)
	read := func(query string) *queued {
		t.Helper()
		var q queued
		chief.json("/savings/queue.json?"+query, &q)
		return &q
	}
	of := fmt.Sprintf("initiative=%d", gain.Initiative)

	t.Run("a page has a hundred, leads on and back, and no claim is on two pages", func(t *testing.T) {
		first := read(of)
		if len(first.Items) != pageRows || first.Previous != nil || first.Waiting != 250*9_000_01 {
			t.Fatalf("%d items, previous %v, waiting %d", len(first.Items), first.Previous, first.Waiting)
		}
		second := read(fmt.Sprintf("%s&after=%d", of, *first.Next))
		third := read(fmt.Sprintf("%s&after=%d", of, *second.Next))
		if got := slices.Concat(first.ids(), second.ids(), third.ids()); !slices.Equal(got, ids) || third.Next != nil {
			t.Errorf("the pages have %d claims, next %v", len(got), third.Next)
		}
		if back := read(fmt.Sprintf("%s&before=%d", of, *third.Previous)); !slices.Equal(back.ids(), second.ids()) {
			t.Errorf("back leads to %v", back.ids())
		}
		if back := read(fmt.Sprintf("%s&before=%d", of, *second.Previous)); !slices.Equal(back.ids(), first.ids()) || back.Previous != nil {
			t.Errorf("back again leads to %v", back.ids())
		}
	})

	t.Run("each filter leaves what it says", func(t *testing.T) {
		for query, want := range map[string]bool{
			"year=2019": true, "year=2020": false, "year=2018": false, "over=9.000": true, "over=9.000,02": false, "under=9.000,01": true,
			"under=8.999": false, "claimed_by=" + idText(s.titled("Office 365").ProjectOwner): true, "claimed_by=999": false, "programme=DIG": true,
			"programme=KME": false, "mine=1": true,
		} {
			got := slices.Contains(read(of+"&"+query).ids(), ids[0])
			if got != want {
				t.Errorf("%s leaves it: %v", query, got)
			}
		}
		for _, query := range []string{"year=17", "over=mange", "programme=nowhere", "after=x"} {
			wantStatus(t, chief.do(http.MethodGet, "/savings/queue.json?"+query, nil), http.StatusUnprocessableEntity)
		}
	})

	t.Run("a file has every row of the view", func(t *testing.T) {
		got := chief.do(http.MethodGet, "/savings/queue.csv?"+of, nil)
		wantStatus(t, got, http.StatusOK)
		if lines := strings.Count(strings.TrimSpace(got.body), "\n"); lines != 250 {
			t.Errorf("%d rows", lines)
		}
		wantStatus(t, chief.do(http.MethodGet, "/savings/queue.xlsx?"+of, nil), http.StatusOK)
	})

	t.Run("a program settles as people do, and is told what stands in the way", func(t *testing.T) {
		body, err := json.Marshal(map[string]any{
			"settlement": "accept", "chosen": ids[:2], "row": ids[:2], "row_version": []int64{1, 7}, "row_note": []string{"", ""},
		})
		if err != nil {
			t.Fatal(err)
		}
		got := chief.do(http.MethodPost, "/savings/queue?"+of, strings.NewReader(string(body)), "Content-Type", "application/json")
		wantStatus(t, got, http.StatusConflict)
		wantText(t, got.body, fmt.Sprintf(`"field":"row-%d"`, ids[1]), "queue.changed")
	})
}

func TestLongQueue(t *testing.T) {
	t.Run("with ten thousand claims waiting a page reads and shows a hundred, wherever in the list it is", func(t *testing.T) {
		s := newSite(t, true)
		gain := s.now().BenefitsOf(s.titled("Office 365").ID)[0]
		ids := s.claims(s.titled("Office 365").ProjectOwner, gain.ID, 2019, 10_000)
		chief := s.as("economy_chief")
		at := fmt.Sprintf("/savings/queue?initiative=%d", gain.Initiative)
		for _, after := range []portfolio.EntryID{0, ids[4999], ids[9899]} {
			body := chief.page(fmt.Sprintf("%s&after=%d", at, after))
			if n := strings.Count(body, `name="chosen"`); n != pageRows {
				t.Errorf("after %d: %d claims", after, n)
			}
			if len(body) > 400_000 {
				t.Errorf("after %d: %d bytes", after, len(body))
			}
		}
		found, err := s.store.EntryPage(context.Background(), s.now(), store.EntryFilter{Waiting: true, After: ids[4999], Limit: pageRows})
		if err != nil || len(found.Entries) != pageRows || !found.Earlier || !found.Beyond {
			t.Errorf("read %d entries, %v %v, %v", len(found.Entries), found.Earlier, found.Beyond, err)
		}
		wantText(t, chief.page(at), "90.000.100 kr.")
	})
}

// tag is the element's own tag that has the attribute.
func tag(body, attribute string) string {
	at := strings.Index(body, attribute)
	if at < 0 {
		return ""
	}
	return body[strings.LastIndex(body[:at], "<") : at+strings.Index(body[at:], ">")]
}
