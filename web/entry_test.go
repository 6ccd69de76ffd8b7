package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// asUser signs a certain account in, by a password of the test's own.
func (s *site) asUser(id portfolio.UserID) *reader {
	s.Helper()
	const password = "a test's password"
	hash, err := HashPassword(password)
	if err != nil {
		s.Fatal(err)
	}
	person := s.now().Person(id)
	if _, err := s.store.Write(context.Background(), func(tx *store.Tx) error {
		u, e, err := tx.Portfolio().Users.Get(id).SetPassword(tx.By(id, ""))
		if err != nil {
			return err
		}
		tx.Save(u, e)
		tx.SetPassword(id, hash)
		return nil
	}); err != nil {
		s.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	r := &reader{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	wantStatus(s.TB, r.post("/session", "email", person.Email, "password", password), http.StatusSeeOther)
	return r
}

// ofRole lists the accounts of a role.
func (s *site) ofRole(role portfolio.Role) (ids []portfolio.UserID) {
	for u := range s.now().Users.All() {
		if u.Role == role && !u.Disabled {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

func (s *site) entries(b portfolio.BenefitID) []*portfolio.Entry {
	s.Helper()
	list, err := s.store.Entries(context.Background(), s.now(), store.EntryFilter{Benefits: []portfolio.BenefitID{b}, Limit: 100})
	if err != nil {
		s.Fatal(err)
	}
	return list
}

func TestClaim(t *testing.T) {
	s := newSite(t, true)
	owner, office, viewer := s.asUser(s.titled("Office 365").ProjectOwner), s.as("programme_office"), s.as("viewer")
	mine := s.now().BenefitsOf(s.titled("Office 365").ID)[0]
	other := s.now().BenefitsOf(s.titled("Digital sagsbehandling").ID)[0]
	address := fmt.Sprintf("/benefits/%d/claim", mine.ID)

	t.Run("an amount is split over its months to the øre, gross and running apart", func(t *testing.T) {
		recorded := s.watch()
		got := owner.post(address, "from", "2018-10", "to", "2018-12", "gross", "450.000,01", "running", "150.000",
			"document", "2018-4711", "account", "6.45.51", "transfer", "12/2018", "note", "Licenser opsagt", "version", versionOf(mine))
		wantStatus(t, got, http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"entry.claim"}) {
			t.Fatalf("recorded %v", verbs)
		}
		made := s.entries(mine.ID)
		if len(made) != 1 || len(made[0].Months) != 3 {
			t.Fatalf("entries %+v", made)
		}
		total := made[0].Total()
		if total.Gross != 450_000_01 || total.Running != 150_000_00 || made[0].Months[0].Gross != 150_000_01 {
			t.Errorf("gross %d, running %d, months %+v", total.Gross, total.Running, made[0].Months)
		}
		wantText(t, owner.page(got.header.Get("Location")), "indmeldte", "2018-4711", "6.45.51", "12/2018", "Licenser opsagt", "450.000,01 kr.")
	})

	t.Run("a figure that can be read in two ways is refused at its field, and kept", func(t *testing.T) {
		recorded := s.watch()
		got := owner.post(address, "from", "2018-10", "to", "2018-12", "gross", "1,234", "document", "2018-1")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `value="1,234"`, `id="gross-error"`, `value="2018-1"`, `href="#gross"`)
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("what cannot be claimed is refused at the field it concerns", func(t *testing.T) {
		recorded := s.watch()
		for name, c := range map[string]struct {
			field  string
			fields []string
		}{
			"a closed month":         {"from", []string{"from", "2018-06", "to", "2018-07", "gross", "1000"}},
			"no month":               {"from", []string{"gross", "1000"}},
			"months backwards":       {"to", []string{"from", "2018-08", "to", "2018-07", "gross", "1000"}},
			"no amount":              {"gross", []string{"from", "2018-08", "to", "2018-08"}},
			"nothing":                {"gross", []string{"from", "2018-08", "to", "2018-08", "gross", "0"}},
			"an approximate amount":  {"gross", []string{"from", "2018-08", "to", "2018-08", "gross", "ca. 1000"}},
			"a month that is no one": {"from", []string{"from", "august", "to", "2018-08", "gross", "1000"}},
		} {
			got := owner.post(address, c.fields...)
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="`+c.field+`-error"`) {
				t.Errorf("%s: status %d, error at %s: %v", name, got.status, c.field, strings.Contains(got.body, c.field+"-error"))
			}
		}
		if verbs := recorded(); len(verbs) != 0 {
			t.Errorf("recorded %v", verbs)
		}
	})

	t.Run("another owner and a viewer may not claim, and are not offered to", func(t *testing.T) {
		elsewhere := fmt.Sprintf("/benefits/%d/claim", other.ID)
		for _, r := range []*reader{owner, viewer} {
			wantStatus(t, r.post(elsewhere, "from", "2018-09", "gross", "1000"), http.StatusForbidden)
			if strings.Contains(r.page(fmt.Sprintf("/initiatives/%d", other.Initiative)), `href="`+elsewhere) {
				t.Error("the form is offered")
			}
		}
	})

	t.Run("a gain without kroner takes no claim", func(t *testing.T) {
		all := s.now().BenefitsOf(s.titled("Single Sign On").ID)
		hours := all[slices.IndexFunc(all, func(b *portfolio.Benefit) bool { return b.Time != nil })]
		wantStatus(t, owner.post(fmt.Sprintf("/benefits/%d/claim", hours.ID), "from", "2018-08", "gross", "1000"), http.StatusUnprocessableEntity)
		if strings.Contains(owner.page(fmt.Sprintf("/initiatives/%d", hours.Initiative)), fmt.Sprintf("/benefits/%d/claim", hours.ID)) {
			t.Error("the form is offered")
		}
	})

	t.Run("a month that passed without a standing claim is proposed with what was planned", func(t *testing.T) {
		var august *portfolio.Entry
		for _, e := range s.entries(other.ID) {
			if e.State() == portfolio.Claimed && e.Months[0].Month == amount.NewMonth(2018, 8) {
				august = e
			}
		}
		chief := s.as("economy_chief")
		wantStatus(t, chief.post(fmt.Sprintf("/entries/%d/settlement", august.ID), "settlement", "reject", "note", "Bilag mangler", "version", versionOf(august)), http.StatusSeeOther)
		wantText(t, office.page(fmt.Sprintf("/initiatives/%d", other.Initiative)), fmt.Sprintf(`href="/benefits/%d/claim"`, other.ID))
		wantText(t, office.page(fmt.Sprintf("/benefits/%d/claim", other.ID)),
			`name="from" value="2018-08"`, `name="to" value="2018-08"`, `name="gross" value="80.000"`, `name="running" value="10.000"`)
	})

	t.Run("a program claims in øre", func(t *testing.T) {
		got := office.do(http.MethodPost, address, strings.NewReader(`{"from":"2019-01","to":"2019-02","gross_ore":30000001,"document":"2018-9"}`),
			"Content-Type", "application/json", "If-Match", `"`+versionOf(mine)+`"`)
		wantStatus(t, got, http.StatusCreated)
		made := s.entries(mine.ID)
		if last := made[len(made)-1]; last.Total().Gross != 30000001 || last.Total().Running != 0 {
			t.Errorf("made %+v", last)
		}
		stale := office.do(http.MethodPost, address, strings.NewReader(`{"from":"2019-03","gross_ore":100}`),
			"Content-Type", "application/json", "If-Match", `"999"`)
		if stale.status != http.StatusConflict && stale.status != http.StatusPreconditionFailed {
			t.Errorf("status %d for a version that is not there", stale.status)
		}
	})
}

func TestSettle(t *testing.T) {
	s := newSite(t, true)
	owner, chief, viewer := s.asUser(s.titled("Office 365").ProjectOwner), s.as("economy_chief"), s.as("viewer")
	gain := s.now().BenefitsOf(s.titled("Office 365").ID)[0]
	page := fmt.Sprintf("/initiatives/%d", gain.Initiative)
	claim := func(month string) *portfolio.Entry {
		t.Helper()
		wantStatus(t, owner.post(fmt.Sprintf("/benefits/%d/claim", gain.ID), "from", month, "gross", "100.000"), http.StatusSeeOther)
		made := s.entries(gain.ID)
		return made[len(made)-1]
	}
	settle := func(r *reader, e *portfolio.Entry, pairs ...string) answer {
		t.Helper()
		return r.post(fmt.Sprintf("/entries/%d/settlement", e.ID), append(pairs, "version", versionOf(e), "subject", fmt.Sprintf("entry/%d", e.ID))...)
	}

	t.Run("the economy chief confirms, and it is incorporated", func(t *testing.T) {
		e := claim("2018-10")
		own := fmt.Sprintf("/entries/%d", e.ID)
		wantText(t, chief.page(page), `href="`+own+`"`)
		wantText(t, chief.page(own), `action="`+own+`/settlement"`)
		recorded := s.watch()
		wantStatus(t, settle(chief, e, "settlement", "accept", "note", "Set i budgettet"), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"entry.confirm"}) {
			t.Fatalf("recorded %v", verbs)
		}
		wantText(t, viewer.page(page), "Bekræftet er 0,1 mio. kr.", "Set i budgettet")
	})

	t.Run("rejecting needs a note", func(t *testing.T) {
		e := claim("2018-11")
		got := settle(chief, e, "settlement", "reject")
		wantStatus(t, got, http.StatusUnprocessableEntity)
		wantText(t, got.body, `id="note-error"`, `value="reject"`)
		recorded := s.watch()
		wantStatus(t, settle(chief, e, "settlement", "reject", "note", "Ikke fundet i budgettet"), http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"entry.reject"}) {
			t.Fatalf("recorded %v", verbs)
		}
	})

	t.Run("nobody but Finance settles or is offered to", func(t *testing.T) {
		e := claim("2018-12")
		for _, role := range []string{"project_owner", "programme_office", "director", "administrator", "viewer"} {
			r := s.as(role)
			wantStatus(t, settle(r, e, "settlement", "accept"), http.StatusForbidden)
			if strings.Contains(r.page(fmt.Sprintf("/entries/%d", e.ID)), "/settlement") {
				t.Errorf("%s is offered to settle", role)
			}
		}
	})

	t.Run("the second of two controllers is told what the first did", func(t *testing.T) {
		e := claim("2019-01")
		wantStatus(t, settle(chief, e, "settlement", "accept"), http.StatusSeeOther)
		controllers := s.ofRole(portfolio.EconomyChief)
		deputy := s.asUser(controllers[1])
		got := settle(deputy, e, "settlement", "reject", "note", "Min bemærkning")
		wantStatus(t, got, http.StatusConflict)
		wantText(t, got.body, "Økonomichef", "bekræftede", "Min bemærkning")
	})

	t.Run("a controller who owns the benefit leaves it to the deputy", func(t *testing.T) {
		controllers := s.ofRole(portfolio.EconomyChief)
		b := s.now().Benefits.Get(gain.ID)
		wantStatus(t, owner.post(fmt.Sprintf("/benefits/%d/edit", b.ID), "owner", idText(controllers[0]), "version", versionOf(b)), http.StatusSeeOther)
		e := claim("2019-02")
		first, second := s.asUser(controllers[0]), s.asUser(controllers[1])
		wantStatus(t, settle(first, e, "settlement", "accept"), http.StatusForbidden)
		own := fmt.Sprintf("/entries/%d", e.ID)
		body := first.page(own)
		if strings.Contains(body, own+"/settlement") {
			t.Error("the owner is offered to settle")
		}
		wantText(t, body, "en gevinst, du selv ejer")
		wantText(t, second.page(own), own+"/settlement")
		wantStatus(t, settle(second, e, "settlement", "accept"), http.StatusSeeOther)
	})
}

func TestReverse(t *testing.T) {
	s := newSite(t, true)
	chief, owner := s.as("economy_chief"), s.asUser(s.titled("Office 365").ProjectOwner)
	gain := s.now().BenefitsOf(s.titled("Device").ID)[0]
	e := s.entries(gain.ID)[0]
	page := fmt.Sprintf("/entries/%d", e.ID)
	address := page + "/reversal"
	wantText(t, chief.page(page), `action="`+address)

	t.Run("it needs a note, and Finance", func(t *testing.T) {
		wantStatus(t, owner.post(address, "note", "x", "version", versionOf(e)), http.StatusForbidden)
		wantStatus(t, chief.post(address, "version", versionOf(e)), http.StatusUnprocessableEntity)
	})

	t.Run("it is taken away by an entry that says so, and nothing is confirmed any more", func(t *testing.T) {
		recorded := s.watch()
		got := chief.post(address, "note", "Bogført på forkert konto", "version", versionOf(e))
		wantStatus(t, got, http.StatusSeeOther)
		if verbs := recorded(); !slices.Equal(verbs, []string{"entry.reverse", "entry.record_reversal"}) {
			t.Fatalf("recorded %v", verbs)
		}
		body := chief.page(got.header.Get("Location"))
		wantText(t, body, "tilbageførte", "Tilbageført af nr.", "Bogført på forkert konto")
		if strings.Contains(body, `action="`+address) {
			t.Error("what has been reversed is offered to be reversed again")
		}
		by := s.entries(gain.ID)[0].ReversedBy
		wantText(t, body, fmt.Sprintf(`href="/entries/%d"`, by))
		wantText(t, chief.page(fmt.Sprintf("/entries/%d", by)), fmt.Sprintf("Tilbagefører nr. %d", e.ID), `href="`+page+`"`)
		wantText(t, chief.page(fmt.Sprintf("/initiatives/%d", gain.Initiative)), "Bekræftet er 0 kr.")
	})
}

func TestClaimedMonths(t *testing.T) {
	t.Run("any amount over any run of months adds up to itself", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			from := amount.NewMonth(rapid.IntRange(2017, 2030).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
			n := rapid.IntRange(1, maxClaimed).Draw(t, "months")
			gross := rapid.Int64Range(-int64(amount.Max), int64(amount.Max)).Draw(t, "gross")
			running := rapid.Int64Range(-int64(amount.Max), int64(amount.Max)).Draw(t, "running")
			f := &form{Values: map[string][]string{
				"from": {from.String()}, "to": {(from + portfolio.Month(n) - 1).String()},
				"gross_ore": {fmt.Sprint(gross)}, "running_ore": {fmt.Sprint(running)},
			}}
			months := claimedMonths(f)
			e := portfolio.Entry{Months: months}
			if f.err() != nil || len(months) != n || int64(e.Total().Gross) != gross || int64(e.Total().Running) != running {
				t.Fatalf("%d months, %+v, %v", len(months), e.Total(), f.err())
			}
			for k, m := range months {
				if m.Month != from+portfolio.Month(k) || max(m.Gross-months[0].Gross, months[0].Gross-m.Gross) > 1 {
					t.Fatalf("month %d is %+v, the first %+v", k, m, months[0])
				}
			}
		})
	})
}
