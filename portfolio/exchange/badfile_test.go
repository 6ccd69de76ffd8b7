package exchange_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"gevinst/portfolio/exchange"
)

const head = "no;page;title;area;origin;mandatory;types;idea\n"

// good is a row that nothing is wrong with.
const good = "2;98;Sag;Plan, Byg & Miljø;local;nej;quality;tekst\n"

func with(column int, cell string) string {
	cells := strings.Split(strings.TrimSuffix(good, "\n"), ";")
	cells[column] = cell
	return head + strings.Join(cells, ";") + "\n"
}

func wide(s string) string {
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune(s)) {
		_ = binary.Write(&b, binary.LittleEndian, u) // a buffer takes everything
	}
	return b.String()
}

// badFiles are files that are refused: where, and in which words.
var badFiles = []struct {
	name, file    string
	row           int
	column, value string
	da            string
}{
	{"empty file", "", 0, "", "", "Filen er tom."},
	{"nothing but blank lines", "\ufeff\r\n \r\n", 0, "", "", "Filen er tom."},
	{"header only", head, 0, "", "", "Filen har en overskrift og ingen rækker."},
	{"header and blank rows", head + ";;;;;;;\n\n", 0, "", "", "ingen rækker"},
	{"workbook", "PK\x03\x04\x14\x00\x06\x00", 0, "", "", "Excel-projektmappe"},
	{"picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\x03", 0, "", "", "Filen er ikke en tekstfil."},
	{"UTF-16 with mark", "\xff\xfe" + wide(head+good), 0, "", "", "UTF-16"},
	{"UTF-16 without mark", wide("no;title;area\n2;A;B\n"), 0, "", "", "UTF-16"},
	{"too large", head + strings.Repeat("\n", 5<<20), 0, "", "", "højst 5 MB"},
	{"UTF-8 mark over other bytes", "\ufeff" + head + "2;98;S\xe6g;x;;;;\n", 0, "", "", "siger, at den er UTF-8"},
	{"too many rows", head + strings.Repeat(good, 20_001), 20_002, "", "", "højst 20000"},
	{"too many columns", "no" + strings.Repeat(";x", 200) + "\n" + good, 1, "", "", "højst 200, her er 201"},
	{"unknown column", "no;title;area;farve\n2;A;B;rød\n", 1, "farve", "", "Kolonnen kendes ikke. De kendte er: no, page, title"},
	{"missing column", "no;title\n2;A\n", 1, "area", "", "Kolonnen mangler."},
	{"doubled column", "no;title;area;nr\n2;A;B;2\n", 1, "nr", "", "Kolonnen står to gange; den anden hedder »no«."},
	{"column without a header", "no;title;;area\n2;A;x;B\n", 1, "", "", "Kolonne nr. 3 har ingen overskrift."},
	{"two separators in the header", "no;title,page;area\n2;A;B\n", 1, "title,page", "", "delt med »;«, men her står »,«"},
	{"rows with another separator", "no;page;title\n" + good, 1, "area", "", "Kolonnen mangler."},
	{"a row with another separator", "no;title;area\n2,A,B\n", 2, "", "", "Rækken er delt med »,«, overskriften med »;«."},
	{"number that is none", with(0, "to"), 2, "no", "to", "Det er ikke et helt tal."},
	{"number with decimals", with(0, "2,0"), 2, "no", "2,0", "Det er ikke et helt tal."},
	{"number 0", with(0, "0"), 2, "no", "0", "Tallet skal være mindst 1."},
	{"negative number", with(0, "-4"), 2, "no", "-4", "Tallet skal være mindst 1."},
	{"number too large", with(0, "99999999999999999999"), 2, "no", "99999999999999999999", "højst 1000000"},
	{"number missing", with(0, ""), 2, "no", "", "Nummeret mangler."},
	{"number twice", head + good + good, 3, "no", "2", "Det samme står også i række 2."},
	{"page negative", with(1, "-1"), 2, "page", "-1", "Tallet skal være mindst 1."},
	{"page that is none", with(1, "s. 9"), 2, "page", "s. 9", "Det er ikke et helt tal."},
	{"page too large", with(1, "100001"), 2, "page", "100001", "højst 100000"},
	{"title empty", with(2, ""), 2, "title", "", "Titlen mangler."},
	{"title emptied", head + "1;;;Digitalisering & IT;;;;\n", 2, "title", "", "Titlen mangler."},
	{"title too long", with(2, strings.Repeat("x", 301)), 2, "title", strings.Repeat("x", 60) + "…", "højst 300 bytes, her er 301"},
	{"title on two lines", with(2, "\"a\nb\""), 2, "title", "a b", "Titlen skal stå på én linje."},
	{"area unknown", with(3, "Havnen"), 2, "area", "Havnen", "De kendte er: Digitalisering & IT, Plan, Byg & Miljø."},
	{"area empty", with(3, " "), 2, "area", " ", "Området mangler."},
	{"origin unknown", with(4, "EU"), 2, "origin", "EU", "Skriv et af: unknown, joint_public, joint_municipal, local"},
	{"mandatory neither yes nor no", with(5, "måske"), 2, "mandatory", "måske", "Skriv ja eller nej."},
	{"type unknown", with(6, "kvalitet, glæde"), 2, "types", "kvalitet, glæde", "»glæde« er ikke en gevinsttype."},
	{"cell too long", with(7, strings.Repeat("x", 20_001)), 2, "idea", strings.Repeat("x", 60) + "…", "højst 20000 bytes"},
	{"control character", with(7, "a\x07b"), 2, "idea", "a\ufffdb", "usynligt styretegn (nr. 7)"},
	{"damaged character", with(2, "Milj\ufffd"), 2, "title", "Milj\ufffd", "blev ødelagt"},
	{"too many cells", head + "2;98;Sag;B;;;;;igen\n", 2, "", "", "Rækken har 9 celler, overskriften 8. Den første for meget er »igen«."},
	{"too few cells", head + "2;98;Sag\n", 2, "", "", "Rækken har 3 celler, overskriften 8. Den første, der mangler, er »area«."},
	{"unclosed quote", head + good + "3;98;\"Sag;B;;;;\n4;1;C;B;;;;\n", 3, "", "", "Et anførselstegn bliver ikke lukket. Det begynder i: 3;98;\"Sag;B;;;;"},
	{"quote inside a cell", head + "2;98;Sag 12\" skærm;B;;;;\n", 2, "", "", "midt i en celle"},
	{"text after a quote", head + "2;98;\"Sag\" her;B;;;;\n", 2, "", "", "midt i en celle"},
	{"an error below a line break in a cell and a blank row", head + "2;98;A;Plan, Byg & Miljø;;;;\"a\nb\nc\"\n\n3;x;B;Plan, Byg & Miljø;;;;\n", 4, "page", "x", "Det er ikke et helt tal."},
}

func TestBadFiles(t *testing.T) {
	p, da, en := newPlace(t), language(t, "da"), language(t, "en")
	before := p.now(t).Seq
	for _, c := range badFiles {
		t.Run(c.name+" is refused where it is wrong, in words", func(t *testing.T) {
			read, err := p.reading(t, exchange.Catalogue, c.file)
			var bad *exchange.FileError
			if read != nil || !errors.As(err, &bad) {
				t.Fatalf("got %v, %v", read, err)
			}
			got := bad.Rows[0]
			if got.Row != c.row || got.Column != c.column || got.Value != c.value {
				t.Errorf("at row %d, column %q, value %q; want %d, %q, %q", got.Row, got.Column, got.Value, c.row, c.column, c.value)
			}
			said := bad.Say(da.Say)[0]
			if !strings.Contains(said, c.da) || strings.Contains(said, "%!") {
				t.Errorf("says %q, want %q", said, c.da)
			}
			if c.row > 0 && !strings.HasPrefix(said, fmt.Sprintf("Række %d", c.row)) {
				t.Errorf("%q does not begin with its row", said)
			}
			if said := bad.Say(en.Say)[0]; strings.HasPrefix(said, "[") || strings.Contains(said, "%!") {
				t.Errorf("in English: %q", said)
			}
			if p.now(t).Seq != before {
				t.Error("the log grew")
			}
		})
	}
	t.Run("every wrong row is told of, up to fifty, and the rest are counted", func(t *testing.T) {
		_, err := p.reading(t, exchange.Catalogue, head+strings.Repeat("x;98;Sag;;;;;\n", 70))
		var bad *exchange.FileError
		if !errors.As(err, &bad) || len(bad.Rows) != 50 || bad.More != 20 {
			t.Fatalf("got %v", err)
		}
		said := bad.Say(da.Say)
		if last := said[len(said)-1]; last != "… og 20 fejl mere." {
			t.Errorf("the last line is %q", last)
		}
	})
	t.Run("one wrong cell does not hide another in its row", func(t *testing.T) {
		_, err := p.reading(t, exchange.Catalogue, head+"2;x;;Havnen;EU;måske;glæde;\n")
		var bad *exchange.FileError
		if !errors.As(err, &bad) || len(bad.Rows) != 6 {
			t.Fatalf("got %v", err)
		}
	})
}
