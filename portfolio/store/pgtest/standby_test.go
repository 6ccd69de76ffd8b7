package pgtest

import "testing"

func TestStandby(t *testing.T) {
	t.Run("what a killed server acknowledged is on its standby, which takes writes once it is promoted", func(t *testing.T) {
		first, err := Start()
		if err != nil {
			t.Fatal(err)
		}
		defer first.Stop()
		second, err := first.Standby()
		if err != nil {
			t.Fatal(err)
		}
		defer second.Stop()
		db, after := open(t, first.URL("postgres")), open(t, second.URL("postgres"))
		if _, err := db.Exec("CREATE TABLE entry (id BIGINT)"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("INSERT INTO entry VALUES (7)"); err != nil {
			t.Fatal(err)
		}
		if err := first.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := db.Ping(); err == nil {
			t.Error("the killed server answers")
		}
		if _, err := after.Exec("INSERT INTO entry VALUES (8)"); err == nil {
			t.Error("the standby takes writes before it is promoted")
		}
		if err := second.Promote(); err != nil {
			t.Fatal(err)
		}
		if _, err := after.Exec("INSERT INTO entry VALUES (8)"); err != nil {
			t.Error(err)
		}
		var sum int
		if err := after.QueryRow("SELECT SUM(id) FROM entry").Scan(&sum); err != nil || sum != 15 {
			t.Errorf("sum %d, %v", sum, err)
		}
	})
}
