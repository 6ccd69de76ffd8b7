package amount

import (
	"encoding/json"
	"strings"
	"testing"
)

func FuzzParseMonth(f *testing.F) {
	for _, seed := range []string{"", "2018-07", "juli 2018", "jul. 18", "07-2018", "7/2018", "2018-13", "0000-01", "2018-7-1", "\u00a02018-07 "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMonth(text)
		switch {
		case err != nil && m != 0:
			t.Fatalf("ParseMonth(%q) refuses and gives %v", text, m)
		case err != nil:
			return
		case (m == 0) != (strings.TrimSpace(text) == ""):
			t.Fatalf("ParseMonth(%q) is %v", text, m)
		}
		if again, err := ParseMonth(m.String()); err != nil || again != m {
			t.Fatalf("%q is %v, written and read again %v, %v", text, m, again, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"", "2018-09-03", "3/9-2018", "03-09-2018", "3. september 2018", "29.02.2019", "2020-02-29", "2018-09", "9999-12-31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDate(text)
		switch {
		case err != nil && d != 0:
			t.Fatalf("ParseDate(%q) refuses and gives %v", text, d)
		case err != nil:
			return
		case (d == 0) != (strings.TrimSpace(text) == ""):
			t.Fatalf("ParseDate(%q) is %v", text, d)
		}
		if again, err := ParseDate(d.String()); err != nil || again != d {
			t.Fatalf("%q is %v, written and read again %v, %v", text, d, again, err)
		}
		if d != 0 && NewDate(d.Year(), d.MonthNumber(), d.Day()) != d {
			t.Fatalf("%q is %v, which is no day", text, d)
		}
	})
}

func FuzzFigureJSON(f *testing.F) {
	for _, seed := range []string{"null", `{"ore":1}`, `{"ore":-5,"approximate":true}`, `{"ore":null}`, `{}`, `{"ore":1e3}`, `{"ore":9223372036854775808}`, `[]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var v Figure
		if json.Unmarshal(b, &v) != nil {
			return
		}
		if !v.Known && (v.Ore != 0 || v.Approximate) {
			t.Fatalf("%s is unknown, and %+v", b, v)
		}
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var again Figure
		if err := json.Unmarshal(out, &again); err != nil || again != v {
			t.Fatalf("%s is %+v, written and read again %+v, %v", b, v, again, err)
		}
	})
}
