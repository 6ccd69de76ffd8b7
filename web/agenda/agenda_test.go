package agenda_test

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
	"gevinst/web/agenda"
	"gevinst/web/locale"
)

// book is the launch data, and the example data where it is asked for.
func book(t *testing.T, examples bool) *store.Store {
	t.Helper()
	ctx, now := context.Background(), time.Time{}
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "gevinst.db"), Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	steps, today := kalundborg.Facts(), time.Date(2017, 11, 6, 18, 0, 0, 0, store.Copenhagen)
	if examples {
		steps, today = append(steps, kalundborg.Examples()...), time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen)
	}
	if err := kalundborg.Load(ctx, s, func(at time.Time) { now = at }, steps); err != nil {
		t.Fatal(err)
	}
	now = today
	return s
}

func item(t *testing.T, s *store.Store, day portfolio.Date, code string) (*agenda.Item, *portfolio.Portfolio) {
	t.Helper()
	p, err := s.AsOf(context.Background(), day)
	if err != nil {
		t.Fatal(err)
	}
	langs, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return agenda.New(p, langs[code], agenda.Of{Programme: p.Programme("DIG"), Year: 2018, AsOf: day}), p
}

// act is something that the programme office does.
func act(t *testing.T, s *store.Store, do func(tx *store.Tx, by portfolio.By) error) {
	t.Helper()
	if _, err := s.Write(context.Background(), func(tx *store.Tx) error {
		for u := range tx.Portfolio().Users.All() {
			if u.Role == portfolio.ProgrammeOffice {
				return do(tx, tx.By(u.ID, ""))
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// amounts are the thousands of kroner that a text or a cell states.
var amounts = regexp.MustCompile(`\d[\d.]*(,\d+)?[\s\x{a0}](?:mio\.[\s\x{a0}]kr\.|t\.kr\.|kr\.)`)

func TestItem(t *testing.T) {
	t.Run("the headings stand in the order of the minutes", func(t *testing.T) {
		i, _ := item(t, book(t, false), 20171106, "da")
		var got []string
		for _, s := range i.Sections {
			got = append(got, s.Heading)
		}
		want := []string{"Resume og sagens baggrund", "Indstillinger", "Behandling", "Sagsfremstilling", "Økonomiske konsekvenser", "Bilag"}
		if !slices.Equal(got, want) || i.Case != "326-2017-40384" || i.KLE != "85.13.00" {
			t.Errorf("%q %+v", got, i.Head)
		}
	})

	t.Run("as of 6 November 2017 the facts alone stand in it", func(t *testing.T) {
		alone, _ := item(t, book(t, false), 20171106, "da")
		s := book(t, true)
		among, _ := item(t, s, 20171106, "da")
		if among.Example || alone.Example {
			t.Error("marked as example data")
		}
		if a, b := words(alone), words(among); !slices.Equal(a, b) {
			t.Errorf("%q\n%q", a, b)
		}
		for _, st := range alone.Status {
			if st.Plan.Known || st.Expected.Known || st.Comment != "" {
				t.Errorf("%+v", st)
			}
		}
	})

	t.Run("what both programmes draw on is drawn once", func(t *testing.T) {
		i, _ := item(t, book(t, true), 20180903, "da")
		n := 0
		for _, word := range words(i) {
			if strings.HasPrefix(word, "OPUS, DIGIT Sjælland og KME") { // a text may name it
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d times", n)
		}
	})

	t.Run("every amount in a sentence is one of the year's, of a gap or of what comes forward", func(t *testing.T) {
		for day, examples := range map[portfolio.Date]bool{20171106: false, 20180903: true} {
			i, p := item(t, book(t, examples), day, "da")
			y, known := p.YearOf(i.Programme.ID, 2018), map[string]bool{}
			for _, f := range []amount.Figure{
				y.Requirement.Gross(), y.Requirement.Realized(), y.Net(), amount.Exactly(y.Confirmed.Net()), amount.Exactly(y.ToDate.Net()),
				amount.Exactly(y.Claimed.Net()), amount.Exactly(y.Expected.Net()), y.PlannedTotal(), y.Forecast(), y.ExpectedGap(), i.Figures.GapIfAll,
			} {
				known[strings.TrimPrefix(amount.Danish.Figure(f), "ca. ")] = true
			}
			for _, h := range p.Holes(i.Programme.ID, 2018) {
				known[amount.Danish.Figure(amount.Exactly(h.InYear))] = true
			}
			for _, f := range p.BringForward(i.Programme.ID, 2018) {
				known[amount.Danish.Figure(amount.Exactly(f.InYear))] = true
			}
			found := 0
			for _, s := range i.Sections {
				for _, text := range amounts.FindAllString(s.Text, -1) {
					found++
					if !known[text] {
						t.Errorf("%s: %q is nowhere in the portfolio: %v", s.Code, text, known)
					}
				}
			}
			if found < 5 {
				t.Errorf("only %d amounts were found", found)
			}
		}
	})

	t.Run("what the board ordered stands with its day until it is delivered, whatever meeting ordered it", func(t *testing.T) {
		s := book(t, true)
		i, p := item(t, s, 20180903, "da")
		ordered, last := 0, portfolio.Date(0)
		for d := range p.Decisions.All() {
			for _, text := range d.FollowUps {
				ordered++
				if !strings.Contains(i.Section("summary").Text, strings.TrimRight(text, ". ")+" (bestilt "+amount.Danish.Date(p.HeldOn(d))+")") {
					t.Errorf("%q is not there:\n%s", text, i.Section("summary").Text)
				}
				last = max(last, p.HeldOn(d))
			}
		}
		if ordered < 4 || last != 20180625 {
			t.Fatalf("%d are ordered, the latest on %s", ordered, last)
		}
		act(t, s, func(tx *store.Tx, by portfolio.By) error {
			for d := range tx.Portfolio().Decisions.All() {
				for no := range d.FollowUps {
					next, e, err := tx.Portfolio().Decisions.Get(d.ID).FollowUp(by, no+1)
					if err != nil {
						return err
					}
					tx.Save(next, e)
				}
			}
			return nil
		})
		if i, _ := item(t, s, 20180903, "da"); strings.Contains(i.Section("summary").Text, "bestilt") {
			t.Errorf("what is delivered stands there:\n%s", i.Section("summary").Text)
		}
	})

	t.Run("it recommends what its meeting has to decide", func(t *testing.T) {
		i, _ := item(t, book(t, true), 20180903, "da")
		for _, want := range []string{`Businesscasen for "Office 365`, `Prioriteringsrunden "Efterår 2018" lukkes`, "Det besluttes, hvilket program der tæller", "Der tages stilling til det, som afventer"} {
			if !strings.Contains(i.Section("recommendations").Text, want) {
				t.Errorf("%s is not among\n%s", want, i.Section("recommendations").Text)
			}
		}
	})

	t.Run("what has slipped since its owner's word does not stand as following the plan, and what comes earlier is told", func(t *testing.T) {
		s := book(t, true)
		outlook := func() (words, comment string) {
			i, _ := item(t, s, 20180903, "da")
			for _, b := range i.Section("presentation").Blocks {
				if b.Table == nil {
					continue
				}
				for _, row := range b.Table.Rows {
					if strings.Contains(row.Cells[0], "ESDH") && len(row.Cells) == 7 {
						words = row.Cells[6]
					} else if strings.Contains(row.Cells[0], "ESDH") && len(row.Cells) == 3 {
						comment = row.Cells[2]
					}
				}
			}
			return words, comment
		}
		if words, _ := outlook(); words != "Følger planen" {
			t.Fatalf("before: %q", words)
		}
		act(t, s, func(tx *store.Tx, by portfolio.By) error {
			by.Note = "leverandøren"
			for i := range tx.Portfolio().Initiatives.All() {
				if !strings.Contains(i.Title, "ESDH") {
					continue
				}
				changes, err := i.ReportDelay(tx.Portfolio(), by, 3)
				if err != nil {
					return err
				}
				tx.SaveAll(changes)
			}
			return nil
		})
		if words, comment := outlook(); words != "3 måneder senere end vedtaget" || !strings.HasSuffix(comment, "(Planen siger nu december 2018; vedtaget var september 2018.)") {
			t.Errorf("%q, %q", words, comment)
		}
		act(t, s, func(tx *store.Tx, by portfolio.By) error {
			by.Decision = 5
			for sc := range tx.Portfolio().Scenarios.All() {
				changes, err := sc.CarryOut(tx.Portfolio(), by)
				if err != nil {
					return err
				}
				tx.SaveAll(changes)
				return nil
			}
			return nil
		})
		i, _ := item(t, s, 20180903, "da")
		if text := i.Section("presentation").Text; !strings.Contains(text, "Fremrykket efter beslutning:\n- Samlet fjernprint") || !strings.Contains(text, "virkning fra oktober 2018 i stedet for februar 2019, "+amount.Danish.Figure(amount.Exactly(240_000*amount.Krone))+" mere i 2018.") {
			t.Error(text)
		}
	})

	t.Run("the rows of the status add up to its sum", func(t *testing.T) {
		i, _ := item(t, book(t, true), 20180903, "da")
		var plan, confirmed, claimed, expected amount.Money
		for _, s := range i.Status {
			if !s.Outside {
				plan, confirmed, claimed, expected = plan+s.Plan.Ore, confirmed+s.Confirmed.Ore, claimed+s.Claimed.Ore, expected+s.Expected.Ore
			}
		}
		f := i.Figures
		if plan != f.Plan.Ore || confirmed != f.Confirmed.Ore || claimed != f.Claimed.Ore || expected != f.Expected.Ore {
			t.Error(plan, confirmed, claimed, expected, f)
		}
	})
}

// words is everything that an item says.
func words(i *agenda.Item) []string {
	list := []string{i.Title}
	for _, s := range i.Sections {
		list = append(list, s.Text)
		for _, b := range s.Blocks {
			if b.Table == nil {
				continue
			}
			for _, row := range b.Table.Rows {
				list = append(list, row.Cells...)
			}
		}
	}
	return list
}
