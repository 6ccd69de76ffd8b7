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
			if strings.Contains(word, "OPUS, DIGIT Sjælland og KME") {
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
