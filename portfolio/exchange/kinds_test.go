package exchange_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

// story is the demonstration with an account of each role in it.
type story struct {
	*place
	office, chief, owner portfolio.UserID
}

func newStory(t *testing.T) *story {
	t.Helper()
	s := &story{place: demo(t, kalundborg.Facts(), kalundborg.Examples())}
	for u := range s.now(t).Users.All() {
		switch u.Role {
		case portfolio.ProgrammeOffice:
			s.office = u.ID
		case portfolio.EconomyChief:
			s.chief = u.ID
		case portfolio.ProjectOwner:
			s.owner = u.ID
		}
	}
	return s
}

func (s *story) mayApply(kind exchange.Kind) portfolio.UserID {
	if kind == exchange.Requirements {
		return s.chief
	}
	return s.office
}

func TestKinds(t *testing.T) {
	s := newStory(t)
	t.Run("what was exported is read in without a change, as CSV and as a workbook", func(t *testing.T) {
		dir := t.TempDir()
		s.export(t, dir)
		files := contents(t, dir)
		var book bytes.Buffer
		if err := exchange.ExportBook(context.Background(), s.Store, s.now(t), &book); err != nil {
			t.Fatal(err)
		}
		for _, kind := range exchange.Kinds() {
			for form, file := range map[string]string{"CSV": files[kind.String()+".csv"], "workbook": book.String()} {
				m := s.readKind(t, kind, file)
				if m.Count(exchange.Same) != len(m.Rows) || len(m.Rows) == 0 {
					t.Errorf("%s as %s: %d of %d are the same: %+v", kind, form, m.Count(exchange.Same), len(m.Rows), changed(m))
				}
			}
		}
	})
	for kind, file := range map[exchange.Kind]string{
		exchange.Initiatives: "titel;program;fase;projektejer;engangsudgift;start;slut\n" +
			fmt.Sprintf("Ny fra fil;DIG;startet;%d;ca. 1,2 mio. kr.;jul-19;2020-01\n", s.owner),
		exchange.Benefits: "indsats;titel;gevinsttype;gevinstart;brutto;virkning fra\n" +
			"1;Kroner fra fil;effektivisering;budgetreduktion;120.000;2019-01\n1;Timer fra fil;kvalitet;frigjort tid;;2019-01\n",
		exchange.Requirements: "program;år;art;tekst;beløb;varighed;kilde\nDIG;2021;grundkrav;Budget 2021;2.000.000;varig;2020-1 | side 3\nDIG;2021;overført;Rest;-100,50;;\n",
	} {
		t.Run("a file of "+kind.String()+" with Danish words is read in, and changes nothing the second time", func(t *testing.T) {
			m := s.readKind(t, kind, file)
			if m.Count(exchange.New) != len(m.Rows) {
				t.Fatalf("%+v", changed(m))
			}
			if err := s.apply(m, s.mayApply(kind)); err != nil {
				t.Fatal(err)
			}
			before := s.now(t).Seq
			again := s.readKind(t, kind, file)
			if err := s.apply(again, s.mayApply(kind)); err != nil || again.Count(exchange.Same) != len(again.Rows) || s.now(t).Seq != before {
				t.Errorf("%v, %d events: %+v", err, s.now(t).Seq-before, changed(again))
			}
		})
	}
	t.Run("an initiative from a file is what the file says", func(t *testing.T) {
		for i := range s.now(t).Initiatives.All() {
			if i.Title != "Ny fra fil" {
				continue
			}
			if i.Stage != portfolio.Started || i.ProjectOwner != s.owner || i.OneOff != amount.About(120_000_000) || i.Now.Start != amount.NewMonth(2019, 7) {
				t.Errorf("%+v", i)
			}
			return
		}
		t.Error("it is not there")
	})
	t.Run("a requirement's lines have the sources that the file gives", func(t *testing.T) {
		r := s.now(t).Requirement(s.now(t).Programme("DIG").ID, 2021)
		if r == nil || r.Net() != amount.Exactly(199_989_950) || r.Lines[0].Source != (portfolio.Source{Document: "2020-1", Quote: "side 3"}) {
			t.Errorf("%+v", r)
		}
	})
	t.Run("a change is told field by field before it is made", func(t *testing.T) {
		m := s.readKind(t, exchange.Initiatives, "title;summary\nNy fra fil;Beskrevet\n")
		want := []exchange.FieldChange{{Column: "summary", After: "Beskrevet"}}
		if len(m.Rows) != 1 || m.Rows[0].Action != exchange.Changed || !cmp.Equal(m.Rows[0].Changes, want) {
			t.Errorf("%+v", m.Rows)
		}
	})
}

func changed(m *exchange.Import) (list []exchange.Row) {
	for _, r := range m.Rows {
		if r.Action != exchange.Same && len(list) < 5 {
			list = append(list, r)
		}
	}
	return list
}

// kronerBenefit finds a gain in kroner whose months ahead are open.
func (s *story) kronerBenefit(t *testing.T) *portfolio.Benefit {
	t.Helper()
	for b := range s.now(t).Benefits.All() {
		if b.Cash != nil {
			return b
		}
	}
	t.Fatal("there is none")
	return nil
}

func TestClaims(t *testing.T) {
	s := newStory(t)
	b := s.kronerBenefit(t)
	file := "entry;gevinst;måned;brutto;drift;dokument\n" +
		fmt.Sprintf("A;%[1]d;2018-10;1.000,50;;2018-77\nA;%[1]d;nov-18;1.000,50;100;2018-77\n;%[1]d;2018-12;500;;2018-78\n;%[1]d;2018-12;500;;2018-78\n", b.ID)
	t.Run("a file becomes an entry for each name in it, in one batch, one event each", func(t *testing.T) {
		before := s.now(t).Seq
		m := s.readKind(t, exchange.Claims, file)
		if err := s.apply(m, s.office); err != nil {
			t.Fatal(err)
		}
		now := s.now(t)
		events, err := s.Events(context.Background(), now, store.EventFilter{After: before, Limit: 100})
		if err != nil || len(events) != 3 || events[0].Batch != events[2].Batch || events[0].Verb != "entry.claim" {
			t.Fatalf("%v, %+v", err, events)
		}
		if g, _ := now.Ledger(b.ID).Claimed(amount.NewMonth(2018, 11)); g.Gross != 100_050 || g.Running != 10_000 {
			t.Errorf("November has %+v", g)
		}
	})
	t.Run("a file that comes twice changes nothing, and one with an entry more gives that one alone", func(t *testing.T) {
		m := s.readKind(t, exchange.Claims, file)
		before := s.now(t).Seq
		if err := s.apply(m, s.office); err != nil || m.Count(exchange.New) != 0 || s.now(t).Seq != before {
			t.Errorf("%v: %+v", err, changed(m))
		}
		if m := s.readKind(t, exchange.Claims, file+fmt.Sprintf(";%d;2018-12;500;;2018-78\n", b.ID)); m.Count(exchange.New) != 1 {
			t.Errorf("%+v", changed(m))
		}
	})
	t.Run("two who read the same file in at once write it once", func(t *testing.T) {
		once := strings.ReplaceAll(file, "2018-7", "2018-9")
		first, second := s.readKind(t, exchange.Claims, once), s.readKind(t, exchange.Claims, once)
		if err := s.apply(first, s.office); err != nil {
			t.Fatal(err)
		}
		before := s.now(t).Seq
		if err := s.apply(second, s.office); !portfolio.Is(err, portfolio.Conflict) || s.now(t).Seq != before {
			t.Errorf("got %v, %d events", err, s.now(t).Seq-before)
		}
	})
	t.Run("an owner claims on what is his own, and is told the row of what is not", func(t *testing.T) {
		now := s.now(t)
		for b := range now.Benefits.All() {
			if b.Cash == nil {
				continue
			}
			u := now.Users.Get(s.owner)
			r := exchange.Reading{Kind: exchange.Claims, Store: s.Store, Portfolio: now, User: u}
			_, err := r.Read(context.Background(), strings.NewReader(fmt.Sprintf("benefit;month;gross\n%d;2018-10;7,77\n", b.ID)))
			if own := now.May(u, portfolio.ClaimSaving, b); (err == nil) != own {
				t.Errorf("benefit %d, own %v: %v", b.ID, own, err)
			}
		}
	})
	t.Run("who may not claim, and who may not set requirements, is refused", func(t *testing.T) {
		for kind, user := range map[exchange.Kind]portfolio.UserID{exchange.Claims: s.chief, exchange.Requirements: s.office, exchange.Benefits: s.owner} {
			if err := exchange.MayImport(s.now(t).Users.Get(user), kind); !portfolio.Is(err, portfolio.Forbidden) {
				t.Errorf("%s: %v", kind, err)
			}
		}
	})
}

func TestFolder(t *testing.T) {
	s := newStory(t)
	dir := t.TempDir()
	s.export(t, dir)
	ctx := context.Background()
	t.Run("a folder read into an empty place gives the same portfolio: records, people, entries, sums and log", func(t *testing.T) {
		p := emptyPlace(t)
		if _, err := exchange.ImportDir(ctx, p.Store, dir); err != nil {
			t.Fatal(err)
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		again := p.reopen(t)
		was, is := s.now(t), again.now(t)
		if diff := cmp.Diff(was.Records(), is.Records(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("records differ:\n%s", diff)
		}
		if diff := cmp.Diff(was.People(), is.People()); diff != "" {
			t.Errorf("people differ:\n%s", diff)
		}
		if diff := cmp.Diff(s.entries(t), again.entries(t), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("entries differ:\n%s", diff)
		}
		for g := range was.Programmes.All() {
			for year := 2017; year <= 2021; year++ {
				if diff := cmp.Diff(was.YearOf(g.ID, year).Sums, is.YearOf(g.ID, year).Sums); diff != "" {
					t.Errorf("%s %d differs:\n%s", g.Code, year, diff)
				}
			}
		}
		headWas, err := s.Head(ctx, was)
		if err != nil {
			t.Fatal(err)
		}
		if head, err := again.Head(ctx, is); err != nil || head != headWas {
			t.Errorf("the log ends in %q (%v), want %q", head, err, headWas)
		}
		report, err := again.Check(ctx)
		if err != nil || len(report.Violations) > 0 {
			t.Errorf("check: %v %v", err, report.Violations)
		}
	})
	t.Run("a folder in which a list was edited is refused, and the place stays empty", func(t *testing.T) {
		edited := t.TempDir()
		s.export(t, edited)
		appendTo(t, edited, "initiatives.csv", "\r\n")
		p := emptyPlace(t)
		_, err := exchange.ImportDir(ctx, p.Store, edited)
		var refused *portfolio.Error
		if !errors.As(err, &refused) || refused.Code != "import.folder_changed" || refused.Args[0] != "initiatives.csv" {
			t.Errorf("got %v", err)
		}
		if seq := p.now(t).Seq; seq != 0 {
			t.Errorf("%d events", seq)
		}
	})
	t.Run("nothing that lets anybody in is in the folder", func(t *testing.T) {
		p := newPlace(t)
		const secret = "$argon2id$secret"
		if _, err := p.Write(ctx, func(tx *store.Tx) error {
			u, e, err := tx.Portfolio().Users.Get(p.Office).SetPassword(tx.By(p.Office, ""))
			if err != nil {
				return err
			}
			tx.Save(u, e)
			tx.SavePerson(portfolio.Person{User: p.Office, Name: "Programkontor", Email: "office@example.invalid"})
			tx.SetPassword(p.Office, secret)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		p.export(t, dir)
		log := unpacked(t, dir, "log.jsonl.gz")
		if strings.Contains(log, secret) || !strings.Contains(log, "office@example.invalid") {
			t.Errorf("the log has the secret, or not the person:\n%s", log)
		}
	})
}

func TestHarmless(t *testing.T) {
	t.Run("a text that was guarded against being a formula comes back as it was", func(t *testing.T) {
		p := newPlace(t)
		rapid.Check(t, func(t *rapid.T) {
			idea := strings.TrimSpace(rapid.StringOf(rapid.RuneFrom([]rune("'=+-@abæ 1;\"\n"))).Draw(t, "idea"))
			table := exchange.Table{Columns: []string{"no", "title", "area", "idea"}}
			table.Add(2, "Ny", "Plan, Byg & Miljø", idea)
			var csv, book bytes.Buffer
			if err := errors.Join(exchange.WriteCSV(&csv, table), exchange.WriteXLSX(&book, table)); err != nil {
				t.Fatal(err)
			}
			for _, file := range []*bytes.Buffer{&csv, &book} {
				now, err := p.Snapshot(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				m, err := exchange.Reading{Kind: exchange.Catalogue, Store: p.Store, Portfolio: now}.Read(context.Background(), file)
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				for _, c := range m.Rows[0].Changes {
					if c.Column == "idea" {
						got = c.After
					}
				}
				if got != idea {
					t.Fatalf("%q came back as %q", idea, got)
				}
			}
		})
	})
}
