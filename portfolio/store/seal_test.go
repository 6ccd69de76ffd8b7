package store_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

func TestSeals(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		s := h.open(t)
		x := found(t, s)
		db := h.raw(t)
		known := func(name, hash string) func(*store.Tx) error {
			return func(tx *store.Tx) error {
				become(tx, portfolio.Person{User: x.Owner, Name: name, Email: "ejer@example.invalid"}, hash)
				return nil
			}
		}
		write(t, s, known("Projektejer", "$argon2id$…"))
		said := func(t *testing.T) string {
			t.Helper()
			r, err := s.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(r.Violations)
		}
		tamper := func(t *testing.T, statement string) {
			t.Helper()
			if n, err := affected(db, statement); err != nil || n != 1 {
				t.Fatalf("%s: %d rows, %v", statement, n, err)
			}
		}
		person := fmt.Sprintf("person %d", x.Owner)

		t.Run("no person is changed without an event", func(t *testing.T) {
			for name, change := range map[string]func(*store.Tx){
				"a name":      func(tx *store.Tx) { tx.SavePerson(portfolio.Person{User: x.Owner, Name: "En anden"}) },
				"a password":  func(tx *store.Tx) { tx.SetPassword(x.Owner, "$argon2id$another") },
				"an identity": func(tx *store.Tx) { tx.Bind(x.Owner, store.Identity{Issuer: "https://id.example", Subject: "1"}) },
			} {
				_, err := s.Write(t.Context(), func(tx *store.Tx) error {
					change(tx)
					return nil
				})
				if err == nil || !strings.Contains(err.Error(), "no event tells of it") {
					t.Errorf("%s: %v", name, err)
				}
			}
			sound(t, s)
		})
		t.Run("a password that was put in past the program is found, also after the name has been corrected, until a new one is chosen", func(t *testing.T) {
			tamper(t, `UPDATE person SET password = 'mine' WHERE user_id = `+fmt.Sprint(x.Owner))
			for _, name := range []string{"Projektejer", "Projektejer, IT"} {
				if got := said(t); !strings.Contains(got, person+": its password") {
					t.Error(got)
				}
				write(t, s, known(name, ""))
			}
			write(t, s, known("Projektejer", "$argon2id$new"))
			sound(t, s)
		})
		t.Run("a row that is gone, and one of nobody's, are found", func(t *testing.T) {
			tamper(t, `UPDATE person SET user_id = 99 WHERE user_id = `+fmt.Sprint(x.Owner))
			if got := said(t); !strings.Contains(got, person+": is told of") || !strings.Contains(got, "person 99: stands in its table") {
				t.Error(got)
			}
			tamper(t, `UPDATE person SET user_id = `+fmt.Sprint(x.Owner)+` WHERE user_id = 99`)
			sound(t, s)
		})
		t.Run("a person from before the seals is remarked on, and sealed whole at the next change", func(t *testing.T) {
			insert := `INSERT INTO person (user_id, name, email, password) VALUES (%d, 'Læser', 'laeser@example.invalid', '$argon2id$old')`
			tamper(t, fmt.Sprintf(insert, x.Viewer))
			if r := sound(t, s); !strings.Contains(fmt.Sprint(r.Remarks), fmt.Sprintf("person %d: has no seal", x.Viewer)) {
				t.Errorf("%v", r.Remarks)
			}
			write(t, s, func(tx *store.Tx) error {
				become(tx, portfolio.Person{User: x.Viewer, Name: "Læser", Email: "laeser@example.invalid"}, "")
				return nil
			})
			tamper(t, `UPDATE person SET password = 'mine' WHERE user_id = `+fmt.Sprint(x.Viewer))
			if got := said(t); !strings.Contains(got, fmt.Sprintf("person %d: its password", x.Viewer)) {
				t.Error(got)
			}
		})
		t.Run("the seals in the log say nothing of who was erased: the salt is gone, and who is put back is found", func(t *testing.T) {
			var salt string
			if err := db.Get(&salt, `SELECT salt FROM person WHERE user_id = $1`, int64(x.Viewer)); err != nil || len(salt) < 26 {
				t.Fatalf("the salt %q, %v", salt, err)
			}
			write(t, s, func(tx *store.Tx) error {
				erase(tx, x.Viewer)
				return nil
			})
			_, file := backup(t, s)
			if sound(t, s); strings.Contains(plain(t, file), salt) {
				t.Error("the salt is still there")
			}
			tamper(t, fmt.Sprintf(`INSERT INTO person (user_id, name, email, password) VALUES (%d, 'Læser', '', '')`, x.Viewer))
			if got := said(t); !strings.Contains(got, fmt.Sprintf("person %d: was erased", x.Viewer)) {
				t.Error(got)
			}
		})
	})
}

func TestCounters(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		s := h.open(t)
		settled(t, s)
		db := h.raw(t)
		for _, test := range []struct{ title, statement string }{
			{"a counter that was set back is found, for it would give out numbers twice", `UPDATE counter SET value = 0 WHERE kind = 1`},
			{"so is one that is gone", `DELETE FROM counter WHERE kind = 1`},
		} {
			t.Run(test.title, func(t *testing.T) {
				var was int64
				if err := db.Get(&was, `SELECT value FROM counter WHERE kind = 1`); err != nil {
					t.Fatal(err)
				}
				if n, err := affected(db, test.statement); err != nil || n != 1 {
					t.Fatal(n, err)
				}
				r, err := s.Check(t.Context())
				if err != nil || !strings.Contains(fmt.Sprint(r.Violations), "counter 1") {
					t.Errorf("%v, %v", r.Violations, err)
				}
				if _, err := db.Exec(`INSERT INTO counter (kind, value) VALUES (1, $1) ON CONFLICT (kind) DO UPDATE SET value = excluded.value`, was); err != nil {
					t.Fatal(err)
				}
				sound(t, s)
			})
		}
		t.Run("numbers that nobody took do no harm", func(t *testing.T) {
			write(t, s, func(tx *store.Tx) error {
				_, err := tx.Reserve(portfolio.KindUser, 5)
				return err
			})
			sound(t, s)
		})
	})
}

// plain gives a backup as it reads.
func plain(t *testing.T, file []byte) string {
	t.Helper()
	in, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
