package store_test

import (
	"bufio"
	"bytes"
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

var update = flag.Bool("update", false, "write the present layout's data anew")

// filled is the data of a database as it was laid out at a step: for each table a line with its name and columns, then a line
// a row. The layout of a step that others follow never changes, so neither does its file.
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
	"entry_month", "requirement", "overlap", "meeting", "decision", "follow_up",
}

func writeFilled(t *testing.T, db *sqlx.DB, name string) {
	t.Helper()
	var out bytes.Buffer
	lines := json.NewEncoder(&out)
	lines.SetEscapeHTML(false)
	for _, table := range order {
		rows, err := db.Queryx(`SELECT * FROM ` + table + ` ORDER BY 1, 2`)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
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
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fill puts the data into a database of the layout that it was written for.
func fill(t *testing.T, db *sqlx.DB, name string) {
	t.Helper()
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
		}
		if _, err := db.Exec(`INSERT INTO `+at.Table+` (`+strings.Join(at.Columns, ", ")+`) VALUES (`+strings.Join(places, ", ")+`)`, values...); err != nil {
			t.Fatalf("%s: %v", at.Table, err)
		}
	}
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
		h := embedded(t)
		settled(t, h.open(t))
		writeFilled(t, h.raw(t), filled(last))
	}
	layouts := written(t)
	if len(layouts) == 0 {
		t.Fatal("there is no data of any layout")
	}
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
				fill(t, h.raw(t), filled(data))
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
