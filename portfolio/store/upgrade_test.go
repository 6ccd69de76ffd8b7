package store_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio/store"
)

var update = flag.Bool("update", false, "write the present layout's data anew, and that of earlier ones that have none")

// filled is the data of a database as it was laid out at a step: for each table a line with its name and columns, then a line
// a row. The layout of a step that others follow never changes, so neither does its file. Step 2's was written by the program of
// its time; those of 3 to 9 by the program of step 10, from a log that had only what the step has room for.
func filled(step int) string {
	return filepath.Join("testdata", fmt.Sprintf("layout_%04d.golden", step))
}

type heading struct {
	Table   string
	Columns []string
}

// order is the tables in the order in which their rows may be put in.
var order = []string{
	"head", "counter", "person", "event", "account", "area", "strategy", "programme", "policy", "catalogue_item", "initiative", "benefit", "entry",
	"entry_month", "requirement", "overlap", "meeting", "decision", "follow_up", "pass", "price_index", "business_case", "milestone", "risk",
	"question", "commentary", "budget_account", "finance_file", "posting", "explanation", "mapping", "round", "score", "scenario", "report",
	"reminder", "upload", "upload_part",
}

// columnsAt gives the columns of each table as a step lays them out.
func columnsAt(t *testing.T, step int) map[string][]string {
	t.Helper()
	h := embedded(t)
	if err := store.MigrateTo(t.Context(), h.options, step); err != nil {
		t.Fatal(err)
	}
	var list []struct{ Table, Column string }
	err := h.raw(t).Select(&list, `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for _, c := range list {
		columns[c.Table] = append(columns[c.Table], c.Column)
	}
	return columns
}

// writeFilled writes what a database holds as far as a step has columns for it.
func writeFilled(t *testing.T, db *sqlx.DB, step int) {
	t.Helper()
	var out bytes.Buffer
	lines := json.NewEncoder(&out)
	lines.SetEscapeHTML(false)
	has := columnsAt(t, step)
	for _, table := range order {
		columns := has[table]
		if columns == nil {
			continue
		}
		rows, err := db.Queryx(`SELECT ` + strings.Join(columns, ", ") + ` FROM ` + table + ` ORDER BY 1, 2`)
		if err != nil {
			t.Fatal(err)
		}
		if err := lines.Encode(heading{table, columns}); err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, err := rows.SliceScan()
			if err != nil {
				t.Fatal(err)
			}
			if err := lines.Encode(values); err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filled(step), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fill puts the data into a database of the layout that it was written for, and tells how many rows each table has.
func fill(t *testing.T, db *sqlx.DB, name string) map[string]int {
	t.Helper()
	rows := map[string]int{}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	if _, err := db.Exec(`DELETE FROM head`); err != nil {
		t.Fatal(err)
	}
	var at heading
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if line := lines.Bytes(); line[0] == '{' {
			if err := json.Unmarshal(line, &at); err != nil {
				t.Fatal(err)
			}
			continue
		}
		in := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		in.UseNumber()
		var values []any
		if err := in.Decode(&values); err != nil {
			t.Fatal(err)
		}
		places := make([]string, len(values))
		for i, v := range values {
			places[i] = fmt.Sprintf("$%d", i+1)
			if number, ok := v.(json.Number); ok {
				if values[i], err = number.Int64(); err != nil {
					t.Fatal(err)
				}
			}
			if text, ok := values[i].(string); ok && at.Columns[i] == "content" { // bytes, which JSON has as base64
				if values[i], err = base64.StdEncoding.DecodeString(text); err != nil {
					t.Fatal(err)
				}
			}
		}
		rows[at.Table]++
		if _, err := db.Exec(`INSERT INTO `+at.Table+` (`+strings.Join(at.Columns, ", ")+`) VALUES (`+strings.Join(places, ", ")+`)`, values...); err != nil {
			t.Fatalf("%s: %v", at.Table, err)
		}
	}
	return rows
}

// written lists the steps whose layout has data, in order.
func written(t *testing.T) (steps []int) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "layout_*.golden"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		var step int
		if _, err := fmt.Sscanf(filepath.Base(name), "layout_%d.golden", &step); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		steps = append(steps, step)
	}
	slices.Sort(steps)
	return steps
}

func TestUpgrade(t *testing.T) {
	last, err := store.Steps()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		writeLayouts(t, last)
	}
	layouts := written(t)
	if len(layouts) == 0 {
		t.Fatal("there is no data of any layout")
	}
	t.Run("there is no table that is upgraded without a row in it", func(t *testing.T) {
		h := embedded(t)
		if err := store.MigrateTo(t.Context(), h.options, layouts[len(layouts)-1]); err != nil {
			t.Fatal(err)
		}
		rows := fill(t, h.raw(t), filled(layouts[len(layouts)-1]))
		for table := range columnsAt(t, last) {
			if rows[table] == 0 && table != "migration" && !strings.HasPrefix(table, "sqlite_") {
				t.Errorf("%s is empty: add what it holds to layouts, and write the data anew", table)
			}
		}
	})
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		for step := 1; step <= last; step++ {
			// Steps up to the first that has data had the same tables.
			data := layouts[0]
			for _, l := range layouts {
				if l <= step {
					data = l
				}
			}
			t.Run(fmt.Sprintf("a database that was filled at step %d goes on with this program", step), func(t *testing.T) {
				h := build(t)
				at := min(step, data)
				if err := store.MigrateTo(t.Context(), h.options, at); err != nil {
					t.Fatal(err)
				}
				rows := fill(t, h.raw(t), filled(data))
				if err := store.MigrateTo(t.Context(), h.options, step); err != nil {
					t.Fatal(err)
				}
				var before bytes.Buffer
				old, err := store.Connect(t.Context(), h.options)
				if err != nil {
					t.Fatal(err)
				}
				mark, err := old.Backup(t.Context(), &before) // as one does first
				if err != nil {
					t.Fatal(err)
				}
				if err := old.Close(); err != nil {
					t.Error(err)
				}
				s := h.open(t)
				if r := sound(t, s); r.Events != mark.Events || r.Head != mark.Head || mark.Step != step {
					t.Errorf("after: %+v, before: %+v", r, mark)
				}
				for table, want := range rows {
					var n int
					if err := h.raw(t).Get(&n, `SELECT COUNT(*) FROM `+table); err != nil || n != want {
						t.Errorf("%s has %d rows, had %d: %v", table, n, want, err)
					}
				}
				write(t, s, func(tx *store.Tx) error {
					_, err := claim(tx, 5, 1, 11)
					return err
				})
				sound(t, s)
				again := build(t)
				if r, err := restore(t, again, before.Bytes()); err != nil || r.Head != mark.Head {
					t.Errorf("the backup that was taken before: %v, %+v", err, r)
				}
				was, err := s.At(t.Context(), mark.Events, s.Today())
				if err != nil {
					t.Fatal(err)
				}
				same(t, "what came back", snapshot(t, again.open(t)), was)
			})
		}
	})
}
