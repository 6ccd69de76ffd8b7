package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// takenForFormula is what a text begins with that a spreadsheet takes for a formula, or throws away before one.
var takenForFormula = []string{"=", "+", "-", "@", "\t=", "\r="}

// byHand names the texts of a record that people write.
var byHand = map[string]bool{
	"title": true, "name": true, "note": true, "label": true, "comment": true, "outcome": true, "text": true, "document": true, "source": true,
	"description": true, "statement": true, "unit": true, "owner": true, "reason": true, "question": true, "answer": true, "mitigation": true,
}

// spoiled makes every text that people write in a record begin as a formula does.
func spoiled(v any, n *int) any {
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			if text, ok := one.(string); ok && byHand[key] && text != "" {
				v[key] = takenForFormula[*n%len(takenForFormula)] + "HYPERLINK(\"//x\")" + text
				*n++
				continue
			}
			v[key] = spoiled(one, n)
		}
	case []any:
		for k := range v {
			v[k] = spoiled(v[k], n)
		}
	}
	return v
}

// newSpoiledSite is the example data, all its texts spoiled behind the program's back.
func newSpoiledSite(t *testing.T) *site {
	o := store.Options{Path: filepath.Join(t.TempDir(), "gevinst.db")}
	s := newSiteOn(t, true, o)
	if got := s.as("programme_office").post("/initiatives/1/comment", "note", "=1+1", "version", "2"); got.status >= 500 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	db, err := sqlx.Connect("sqlite", "file:"+o.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // what it wrote has been committed
	var tables []string
	if err := db.Select(&tables, `SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'body')`); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, table := range tables {
		var rows []struct {
			ID   int64
			Body string
		}
		if err := db.Select(&rows, `SELECT id, body FROM `+table); err != nil {
			t.Fatal(table, err)
		}
		for _, row := range rows {
			in := json.NewDecoder(strings.NewReader(row.Body))
			in.UseNumber()
			var body any
			if err := in.Decode(&body); err != nil {
				t.Fatal(table, err)
			}
			spoilt, err := json.Marshal(spoiled(body, &n))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(`UPDATE `+table+` SET body = $1 WHERE id = $2`, string(spoilt), row.ID); err != nil {
				t.Fatal(table, err)
			}
		}
	}
	if _, err := db.Exec(`UPDATE person SET name = '@' || name WHERE name <> ''`); err != nil {
		t.Fatal(err)
	}
	if n < 200 {
		t.Fatalf("only %d texts", n)
	}
	o.Clock = func() time.Time { return time.Date(2018, 9, 3, 9, 0, 0, 0, store.Copenhagen) }
	again, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	w, err := New(Options{Store: again, Log: slog.New(slog.DiscardHandler), Demo: true, Version: "test", MostByUser: unbounded})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(watch(t, w))
	t.Cleanup(server.Close)
	return &site{t, server, again, w, nil}
}

// aNumber is what a cell of a file may be that begins with a sign.
var aNumber = regexp.MustCompile(`^-\d+(,\d+)?$`)

// formulas gives the cells of a CSV file that a spreadsheet takes for formulas, and how many were kept from it.
func formulas(t *testing.T, body string) (taken []string, kept int) {
	t.Helper()
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = ';', -1, false
	for {
		row, err := in.Read()
		if err == io.EOF {
			return taken, kept
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range row {
			switch {
			case cell == "" || aNumber.MatchString(cell):
			case strings.ContainsRune("=+-@\t\r\n", rune(cell[0])):
				taken = append(taken, cell)
			case strings.HasPrefix(cell, "'") && strings.ContainsRune("=+-@\t\r", rune(cell[1])):
				kept++
			}
		}
	}
}

func TestHostileTextsInFiles(t *testing.T) {
	s := newSpoiledSite(t)
	readers := map[portfolio.Role]*reader{portfolio.ProgrammeOffice: s.as("programme_office"), portfolio.EconomyChief: s.as("economy_chief"), portfolio.Administrator: s.as("administrator")}
	files, kept, texts := 0, 0, 0
	for _, route := range s.web.routes {
		if !route.list {
			continue
		}
		for role, r := range readers {
			if portfolio.Reach(route.action, role) == portfolio.Never {
				continue
			}
			path := filled(route.pattern)
			if path == "/" {
				path = "/overview"
			}
			got := r.do(http.MethodGet, path+".csv", nil)
			if got.status != http.StatusOK {
				t.Errorf("%s.csv: %d %.200s", path, got.status, got.body)
				continue
			}
			taken, n := formulas(t, got.body)
			if kept += n; len(taken) > 0 {
				t.Errorf("%s.csv: %q", path, taken)
			}
			texts += inWorkbook(t, path+".xlsx", r.do(http.MethodGet, path+".xlsx", nil))
			files++
			break
		}
	}
	if files < 20 || kept < 300 || texts < 300 {
		t.Errorf("%d files with %d and %d hostile texts: the test reads something else", files, kept, texts)
	}
}

// inWorkbook finds hostile texts that a workbook has as formulas, and tells how many it has as texts.
func inWorkbook(t *testing.T, path string, got answer) (texts int) {
	t.Helper()
	if got.status != http.StatusOK {
		t.Errorf("%s: %d %.200s", path, got.status, got.body)
		return 0
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(got.body)))
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return 0
	}
	defer book.Close() //nolint:errcheck // it was only read
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(path, err)
		}
		for y, row := range rows {
			for x, cell := range row {
				name, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, err := book.GetCellFormula(sheet, name)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(formula, "HYPERLINK(\"//x\")") {
					t.Errorf("%s: %s!%s is the formula %s", path, sheet, name, formula)
				}
				if strings.Contains(cell, "HYPERLINK(\"//x\")") {
					texts++
				}
			}
		}
	}
	return texts
}
