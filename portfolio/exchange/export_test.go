package exchange_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

// demo is a place with the steps of a story in it.
func demo(t *testing.T, stories ...[]kalundborg.Step) *place {
	t.Helper()
	now := time.Date(2016, 11, 1, 0, 0, 0, 0, time.UTC)
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "g.db"), Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, steps := range stories {
		if err := kalundborg.Load(context.Background(), s, func(at time.Time) { now = at }, steps); err != nil {
			t.Fatal(err)
		}
	}
	now = time.Date(2018, 9, 3, 8, 0, 0, 0, time.UTC)
	return &place{Store: s}
}

func (p *place) export(t *testing.T, dir string) {
	t.Helper()
	if _, err := exchange.ExportDir(context.Background(), p.Store, dir); err != nil {
		t.Fatal(err)
	}
}

// table reads an exported file: a map of cells by column for each row.
func table(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	r.Comma = ';'
	all, err := r.ReadAll() // it refuses rows of another length than the header
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	rows := make([]map[string]string, 0, len(all))
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, column := range all[0] {
			row[column] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestExport(t *testing.T) {
	p := demo(t, kalundborg.Facts(), kalundborg.Examples())
	dir := filepath.Join(t.TempDir(), "new", "folder")
	p.export(t, dir)
	now := p.now(t)
	t.Run("every record stands in its file, once", func(t *testing.T) {
		for name, want := range map[string]int{
			"users.csv": now.Users.Len(), "areas.csv": now.Areas.Len(), "programmes.csv": now.Programmes.Len(), "catalogue.csv": now.Items.Len(),
			"initiatives.csv": now.Initiatives.Len(), "benefits.csv": now.Benefits.Len(), "meetings.csv": now.Meetings.Len(),
			"decisions.csv": now.Decisions.Len(), "overlaps.csv": now.Overlaps.Len(), "follow_ups.csv": now.FollowUps.Len(), "strategy.csv": 1,
			"milestones.csv": now.Milestones.Len(), "risks.csv": now.Risks.Len(), "questions.csv": now.Questions.Len(),
			"commentaries.csv": now.Commentaries.Len(),
		} {
			if got := len(table(t, dir, name)); got != want || want == 0 {
				t.Errorf("%s has %d rows, want %d", name, got, want)
			}
		}
	})
	t.Run("the ledger's confirmed months add up to what is confirmed in the year", func(t *testing.T) {
		var sum amount.Money
		for _, row := range table(t, dir, "ledger.csv") {
			if (row["state"] == "confirmed" || row["state"] == "reversed") && strings.HasPrefix(row["month"], "2018-") {
				gross, err := amount.ParseDanish(row["gross"])
				if err != nil {
					t.Fatal(err)
				}
				running, err := amount.ParseDanish(row["running"])
				if err != nil {
					t.Fatal(err)
				}
				sum += gross.Ore - running.Ore
			}
		}
		if want := now.YearOf(now.Programme("DIG").ID, 2018).Confirmed.Net(); sum != want || want == 0 {
			t.Errorf("the file has %d øre, the year %d", sum, want)
		}
	})
	t.Run("a business case has a row for each line and year, and an account one for each year that it was cut in", func(t *testing.T) {
		cells, likely := 0, amount.Money(0)
		for c := range now.Cases.All() {
			for _, l := range c.Lines {
				cells += max(len(l.Amounts), 1)
				for _, e := range l.Amounts {
					likely += e.Likely.Ore
				}
			}
		}
		rows, sum := table(t, dir, "business_cases.csv"), amount.Money(0)
		for _, row := range rows {
			if row["likely"] == "" {
				continue
			}
			f, err := amount.ParseDanish(row["likely"])
			if err != nil {
				t.Fatal(err)
			}
			sum += f.Ore
		}
		if len(rows) != cells || sum != likely || cells == 0 {
			t.Errorf("%d rows of %d øre, want %d of %d", len(rows), sum, cells, likely)
		}
		caps := 0
		for a := range now.Accounts.All() {
			caps += max(len(a.Caps), 1)
		}
		if got := len(table(t, dir, "accounts.csv")); got != caps || caps == 0 {
			t.Errorf("accounts.csv has %d rows, want %d", got, caps)
		}
	})
	t.Run("what is invented is named, and what is not has its source", func(t *testing.T) {
		invented := 0
		for _, row := range table(t, dir, "catalogue.csv") {
			if row["example"] != "" {
				invented++
			}
			if row["example"] == "" && row["source"] == "" {
				t.Errorf("item %s has neither source nor mark", row["no"])
			}
		}
		if invented < 73 {
			t.Errorf("%d items are marked, want at least the 73 that are invented", invented)
		}
		for _, row := range table(t, dir, "requirements.csv") {
			if row["line_source"] == "" && row["line_example"] != "1" {
				t.Errorf("line %s of requirement %s has no source", row["line"], row["id"])
			}
		}
	})
	t.Run("the same portfolio gives the same bytes, over an earlier export too", func(t *testing.T) {
		before := contents(t, dir)
		p.export(t, dir)
		after := contents(t, dir)
		if len(before) != 25 || len(before) != len(after) {
			t.Fatalf("%d files, then %d", len(before), len(after))
		}
		for name, b := range before {
			if after[name] != b {
				t.Errorf("%s differs", name)
			}
		}
	})
	t.Run("the catalogue that was exported is imported without a change, also where no document names the items", func(t *testing.T) {
		facts := demo(t, kalundborg.Facts())
		factsDir := t.TempDir()
		facts.export(t, factsDir)
		for folder, p := range map[string]*place{dir: p, factsDir: facts} {
			b, err := os.ReadFile(filepath.Join(folder, "catalogue.csv"))
			if err != nil {
				t.Fatal(err)
			}
			if c := p.read(t, string(b)); c.Count(exchange.Same) != 81 {
				t.Errorf("%d of 81 are the same", c.Count(exchange.Same))
			}
		}
	})
	t.Run("an item that no document names is given a title and an area together, or not at all", func(t *testing.T) {
		facts := demo(t, kalundborg.Facts())
		_, err := facts.reading(t, exchange.Catalogue, "no;title;area\n1;Ny titel;\n")
		var bad *exchange.FileError
		if !errors.As(err, &bad) || bad.Rows[0].Column != "area" || bad.Rows[0].Code != "import.area_empty" {
			t.Errorf("got %v", err)
		}
		if c := facts.read(t, "no;title;area\n1;Ny titel;Digitalisering & IT\n"); c.Count(exchange.Changed) != 1 {
			t.Errorf("got %+v", c.Rows)
		}
	})
	t.Run("a folder with anything else is refused and left as it is", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "budget.xlsx"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := exchange.ExportDir(context.Background(), p.Store, dir)
		if !portfolio.Is(err, portfolio.Invalid) || !strings.Contains(err.Error(), "budget.xlsx") {
			t.Errorf("got %v", err)
		}
		if got := contents(t, dir); len(got) != 1 {
			t.Errorf("the folder has %v", got)
		}
	})
	t.Run("an export that fails leaves the earlier one", func(t *testing.T) {
		before := contents(t, dir)
		gone, leave := context.WithCancel(context.Background())
		leave()
		if _, err := exchange.ExportDir(gone, p.Store, dir); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		after := contents(t, dir)
		if len(after) != len(before) || after["ledger.csv"] != before["ledger.csv"] {
			t.Error("the folder has changed")
		}
	})
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	there, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range there {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name()] = string(b)
	}
	return files
}
