package finance_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gevinst/portfolio/exchange"
	"gevinst/web/locale"
)

const head = "Konto;Kontonavn;Bogf.dato;Bilagsnr.;Tekst;Beløb\n"

// good is a row that nothing is wrong with.
const good = "1.01;Løn;31-01-2018;7;Varer;1.234,50\n"

// with is a file whose third row has another cell; a good one stands above it.
func with(column int, cell string) string {
	cells := strings.Split(strings.TrimSuffix(good, "\n"), ";")
	cells[column] = cell
	return head + good + strings.Join(cells, ";") + "\n"
}

// badFiles are files that are refused: where, and in which words. options change the mapping that is guessed.
var badFiles = []struct {
	name, file    string
	options       []string
	row           int
	column, value string
	da            string
}{
	{"empty file", "", nil, 0, "", "", "Filen er tom."},
	{"blank lines alone", "\ufeff\r\n \r\n", nil, 0, "", "", "Filen er tom."},
	{"header alone", head, nil, 0, "", "", "ingen rækker"},
	{"picture", "\x89PNG\r\n\x1a\n\x00\x01\x02\x03", nil, 0, "", "", "ikke en tekstfil"},
	{"old workbook", "\xd0\xcf\x11\xe0 x", nil, 0, "", "", ".xls"},
	{"broken workbook", "PK\x03\x04\x14\x00\x06\x00", nil, 0, "", "", "kan ikke læses til ende"},
	{"UTF-8 mark over other bytes", "\ufeff" + head + "1;B\xe6k;31-01-2018;7;x;1\n", nil, 0, "", "", "siger, at den er UTF-8"},
	{"no header", "x\ny\n", nil, 0, "", "", "ingen række med overskrifter"},
	{"header's row is not there", head + good, []string{"header_row", "9"}, 0, "", "", "ingen række med overskrifter"},
	{"no account column", "Bogf.dato;Beløb;Andet\n31-01-2018;1;2\n", nil, 0, "", "", "Vælg den kolonne, der har kontoen."},
	{"no amount column", "Konto;Bogf.dato;Andet\n1;31-01-2018;2\n", nil, 0, "", "", "Vælg den kolonne, der har beløbet."},
	{"no month", "Konto;Beløb\n1;2\n", nil, 0, "", "", "Vælg den kolonne, der har måneden"},
	{"a saved column that is not there", head + good, []string{"column text", "Bemærkninger"}, 0, "", "", "ingen kolonne »Bemærkninger«"},
	{"a column for two things", head + good, []string{"column account_name", "Konto"}, 0, "", "", "»Konto« er valgt til to ting"},
	{"the same mark twice", head + good, []string{"thousands", "comma"}, 0, "", "", "kan ikke være det samme"},
	{"corrected budget alone", "Konto;Periode;Korr. budget\n1;2018-01;5\n", []string{"layout", "measures", "column corrected_budget", "Korr. budget"}, 0, "", "", "ved siden af oprindeligt budget"},
	{"account missing", with(0, ""), nil, 3, "Konto", "", "Kontoen mangler."},
	{"account too long", with(0, strings.Repeat("x", 101)), nil, 3, "Konto", strings.Repeat("x", 60) + "…", "højst 100 bytes"},
	{"text too long", with(4, strings.Repeat("x", 301)), nil, 3, "Tekst", strings.Repeat("x", 60) + "…", "højst 300 bytes"},
	{"control character", with(4, "a\x07b"), nil, 3, "Tekst", "a b", "styretegn (nr. 7)"},
	{"a line break in an account", with(0, "\"1.01\n2\""), nil, 3, "Konto", "1.01 2", "styretegn (nr. 10)"},
	{"damaged character", with(4, "Milj\ufffd"), nil, 3, "Tekst", "Milj\ufffd", "blev ødelagt"},
	{"month missing", with(2, ""), nil, 3, "Bogf.dato", "", "Måneden mangler."},
	{"another form of date", with(2, "31.01.2018"), nil, 3, "Bogf.dato", "31.01.2018", "ikke skrevet som dd-mm-yyyy"},
	{"a year of two digits", with(2, "31-01-18"), nil, 3, "Bogf.dato", "31-01-18", "ikke skrevet som dd-mm-yyyy"},
	{"a day that there is not", with(2, "30-02-2018"), nil, 3, "Bogf.dato", "30-02-2018", "findes ikke"},
	{"a month that there is not", with(2, "01-13-2018"), nil, 3, "Bogf.dato", "01-13-2018", "findes ikke"},
	{"a year of another century", with(2, "01-01-1918"), nil, 3, "Bogf.dato", "01-01-1918", "fra 2000 til 2100"},
	{"a closing period", "Konto;Periode;Beløb\n1;012.2018;1\n1;013.2018;2\n", nil, 3, "Periode", "013.2018", "lukkeperioder"},
	{"a period of no year", "Konto;Periode;Beløb\n1;017.2018;2\n", []string{"dates", "ppp.yyyy"}, 2, "Periode", "017.2018", "findes ikke"},
	{"year that is none", "Konto;År;Periode;Beløb\n1;2018;1;1\n1;tyve;2;2\n", []string{"dates", "p"}, 3, "År", "tyve", "ikke et årstal"},
	{"amount missing", with(5, ""), nil, 3, "Beløb", "", "Beløbet mangler."},
	{"amount that is none", with(5, "mange"), nil, 3, "Beløb", "mange", "ikke et beløb"},
	{"two signs", with(5, "-100,00-"), nil, 3, "Beløb", "-100,00-", "to fortegn"},
	{"sign and parentheses", with(5, "(100,00-)"), nil, 3, "Beløb", "(100,00-)", "to fortegn"},
	{"half a parenthesis", with(5, "(100,00"), nil, 3, "Beløb", "(100,00", "ikke et beløb"},
	{"English marks", with(5, "1,234.50"), nil, 3, "Beløb", "1,234.50", "decimal- og tusindtegn"},
	{"thousands in the wrong place", with(5, "12.34,50"), nil, 3, "Beløb", "12.34,50", "hvor tusinder gør"},
	{"a decimal point", with(5, "12.5"), nil, 3, "Beløb", "12.5", "hvor tusinder gør"},
	{"finer than one øre", with(5, "1,234"), nil, 3, "Beløb", "1,234", "finere end en øre"},
	{"too large", with(5, "99999999999999999"), nil, 3, "Beløb", "99999999999999999", "for stort"},
	{"a spreadsheet's error", with(5, "#REF!"), nil, 3, "Beløb", "#REF!", "formel"},
	{"measure that is none", "Konto;Periode;Type;Beløb\n1;2018-01;Budget;1\n1;2018-01;Håb;2\n", nil, 3, "Type", "Håb", "Arten kendes ikke."},
	{"too many cells", head + "1.01;Løn;31-01-2018;7;Varer;til os;1,00\n", nil, 2, "", "", "Rækken har 7 celler, overskriften 6."},
	{"too few cells", head + "1.01;Løn;31-01-2018\n", nil, 2, "", "", "Rækken har 3 celler, overskriften 6."},
	{"unclosed quote", head + good + "1.01;\"Løn;31-01-2018;7;x;1\n", nil, 3, "", "", "Anførselstegn"},
	{"quote inside a cell", head + good + "1.01;Løn;31-01-2018;7;Skærm 12\" bred;1\n", nil, 3, "", "", "Anførselstegn"},
	{"too many columns", "Konto;Beløb;Periode" + strings.Repeat(";x", 200) + "\n" + good, nil, 1, "", "", "højst 200"},
}

func TestBadFiles(t *testing.T) {
	d := newDesk(t, false)
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	before := d.now(t).Seq
	for _, c := range badFiles {
		t.Run(c.name+" is refused where it is wrong, in words, and nothing is written", func(t *testing.T) {
			_, err := d.preview(t, c.file, c.options...)
			var bad *exchange.FileError
			if !errors.As(err, &bad) {
				t.Fatalf("got %v", err)
			}
			got := bad.Rows[0]
			if got.Row != c.row || got.Column != c.column || got.Value != c.value {
				t.Errorf("at row %d, column %q, value %q; want %d, %q, %q", got.Row, got.Column, got.Value, c.row, c.column, c.value)
			}
			said := bad.Say(languages["da"].Say)[0]
			if !strings.Contains(said, c.da) || strings.Contains(said, "%!") {
				t.Errorf("says %q, want %q", said, c.da)
			}
			if said := bad.Say(languages["en"].Say)[0]; strings.HasPrefix(said, "[") || strings.Contains(said, "%!") {
				t.Errorf("in English: %q", said)
			}
			if m, err := d.importOf(t, c.file, c.options...); err == nil {
				if _, err := m.Apply(t.Context(), d.chief, ""); err == nil {
					t.Error("it was taken in")
				}
			}
			if d.now(t).Seq != before {
				t.Error("the log grew")
			}
		})
	}
	t.Run("every wrong row is told of, up to a hundred, and the rest are counted", func(t *testing.T) {
		_, err := d.preview(t, head+strings.Repeat("1.01;Løn;31-01-2018;7;x;mange\n", 130), "decimal", "comma")
		var bad *exchange.FileError
		if !errors.As(err, &bad) || len(bad.Rows) != 100 || bad.More != 30 {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("one wrong cell does not hide another in its row", func(t *testing.T) {
		_, err := d.preview(t, head+good+";x;31/01/2018;7;x;mange\n")
		var bad *exchange.FileError
		if !errors.As(err, &bad) || len(bad.Rows) != 3 {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a quotation mark is a sign like others where it is told to mean nothing", func(t *testing.T) {
		p, err := d.preview(t, head+good+"1.01;Løn;31-01-2018;7;Skærm 12\" bred;1,00\n", "quotes", "none")
		if err != nil || p.Postings != 2 {
			t.Fatalf("%+v, %v", p, err)
		}
	})
	t.Run("a reader who may not import writes nothing", func(t *testing.T) {
		m, err := d.importOf(t, head+good)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Apply(t.Context(), d.viewer, ""); err == nil || d.now(t).Seq != before {
			t.Errorf("%v", err)
		}
	})
	if len(badFiles) < 30 {
		t.Error(fmt.Sprint("only ", len(badFiles)))
	}
}
