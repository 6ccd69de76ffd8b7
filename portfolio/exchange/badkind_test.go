package exchange_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio/exchange"
)

// The headers of the files that are refused; in a place of the small portfolio: initiative 1 "Office 365 / Cloud", benefit 1
// in kroner, benefit 2 without, requirement DIG 2018, months open.
const (
	headInitiatives  = "id;title;programme;stage;project_owner;plan;plan_reason;plan_decision;item;one_off;start;done\n"
	headBenefits     = "id;initiative;title;type;cashability;account;hours_per_year;unit;gross;from;ramp;allocations\n"
	headRequirements = "programme;year;kind;label;amount;permanence;reading;stated_net\n"
	headClaims       = "entry;benefit;month;gross;running;state;document\n"
)

// badKinds are files that are refused: where, and in which words.
var badKinds = []struct {
	kind          exchange.Kind
	name, file    string
	row           int
	column, value string
	da            string
}{
	{exchange.Initiatives, "unknown number", headInitiatives + "99;X;DIGIT;;;;;;;;;\n", 2, "id", "99", "Der er intet med det nummer."},
	{exchange.Initiatives, "number that is none", headInitiatives + "et;X;DIGIT;;;;;;;;;\n", 2, "id", "et", "Det er ikke et helt tal."},
	{exchange.Initiatives, "title empty", headInitiatives + ";;DIGIT;;;;;;;;;\n", 2, "title", "", "Titlen mangler."},
	{exchange.Initiatives, "title twice", headInitiatives + ";X;DIGIT;;;;;;;;;\n;x;DIGIT;;;;;;;;;\n", 3, "title", "x", "Det samme står også i række 2."},
	{exchange.Initiatives, "title changed", headInitiatives + "1;Andet;;;;;;;;;;\n", 2, "title", "Andet", "Det kan ikke ændres ved indlæsning."},
	{exchange.Initiatives, "programme unknown", headInitiatives + ";X;FOO;;;;;;;;;\n", 2, "programme", "FOO", "Programmet kendes ikke. De kendte er: DIGIT"},
	{exchange.Initiatives, "programme column missing", "title\nX\n", 2, "programme", "", "Cellen er tom"},
	{exchange.Initiatives, "stage unknown", headInitiatives + ";X;DIGIT;færdig;;;;;;;;\n", 2, "stage", "færdig", "Skriv et af: selected, analysis"},
	{exchange.Initiatives, "stage back", headInitiatives + "1;Office 365 / Cloud;DIGIT;selected;5;in;;1;1;1500000;2018-01;2018-04\n", 2, "stage", "selected", ""},
	{exchange.Initiatives, "started without an owner", headInitiatives + ";X;DIGIT;started;;;;;;;;\n", 2, "project_owner", "", ""},
	{exchange.Initiatives, "owner unknown", headInitiatives + ";X;DIGIT;;nobody;;;;;;;\n", 2, "project_owner", "nobody", "Kontoen kendes ikke."},
	{exchange.Initiatives, "owner that only looks on", headInitiatives + ";X;DIGIT;;8;;;;;;;\n", 2, "project_owner", "8", ""},
	{exchange.Initiatives, "plan without a decision", headInitiatives + ";X;DIGIT;;;in;;;;;;\n", 2, "plan_decision", "", ""},
	{exchange.Initiatives, "plan with an unknown decision", headInitiatives + ";X;DIGIT;;;in;;99;;;;\n", 2, "plan_decision", "99", "Der er ingen beslutning med det nummer."},
	{exchange.Initiatives, "out of the plan without a reason", headInitiatives + ";X;DIGIT;;;udgået;;1;;;;\n", 2, "plan_reason", "", ""},
	{exchange.Initiatives, "item unknown", headInitiatives + ";X;DIGIT;;;;;;77;;;\n", 2, "item", "77", "ingen katalogindsats"},
	{exchange.Initiatives, "amount that is none", headInitiatives + ";X;DIGIT;;;;;;;meget;;\n", 2, "one_off", "meget", "Det er ikke et beløb."},
	{exchange.Initiatives, "amount in two readings", headInitiatives + ";X;DIGIT;;;;;;;1,234;;\n", 2, "one_off", "1,234", "på to måder, 1,23\u00a0kr. / 1.234\u00a0kr."},
	{exchange.Initiatives, "amount finer than an øre", headInitiatives + ";X;DIGIT;;;;;;;1,23456;;\n", 2, "one_off", "1,23456", "finere end en øre"},
	{exchange.Initiatives, "amount too large", headInitiatives + ";X;DIGIT;;;;;;;99999999999999;;\n", 2, "one_off", "99999999999999", "for stort"},
	{exchange.Initiatives, "month that is none", headInitiatives + ";X;DIGIT;;;;;;;;2018-13;\n", 2, "start", "2018-13", "Det er ikke en måned."},
	{exchange.Initiatives, "end before start", headInitiatives + ";X;DIGIT;;;;;;;;2018-05;2018-04\n", 2, "done", "2018-04", ""},
	{exchange.Benefits, "initiative unknown", headBenefits + ";77;G;efficiency;budget_reduction;;;;;;;\n", 2, "initiative", "77", "Indsatsen kendes ikke."},
	{exchange.Benefits, "initiative missing", headBenefits + ";;G;efficiency;budget_reduction;;;;;;;\n", 2, "initiative", "", "Cellen er tom"},
	{exchange.Benefits, "benefit unknown", headBenefits + "9;1;G;efficiency;budget_reduction;;;;;;;\n", 2, "id", "9", "Der er intet med det nummer."},
	{exchange.Benefits, "type unknown", headBenefits + ";1;G;glæde;budget_reduction;;;;;;;\n", 2, "type", "glæde", "Skriv et af: efficiency"},
	{exchange.Benefits, "type missing", headBenefits + ";1;G;;non_financial;;;stk;;;;\n", 2, "type", "", ""},
	{exchange.Benefits, "cashability missing", headBenefits + ";1;G;quality;;;;;;;;\n", 2, "cashability", "", "Skriv et af: budget_reduction"},
	{exchange.Benefits, "kroner of a quality gain", headBenefits + ";1;G;quality;budget_reduction;;;;;;;\n", 2, "cashability", "budget_reduction", ""},
	{exchange.Benefits, "hours of a budget reduction", headBenefits + ";1;G;efficiency;budget_reduction;;100;;;;;\n", 2, "hours_per_year", "100", "hører ikke til en gevinst af slagsen »budget_reduction«"},
	{exchange.Benefits, "kroner of a measured gain", headBenefits + ";1;G;quality;non_financial;;;stk;500;;;\n", 2, "gross", "500", ""},
	{exchange.Benefits, "unit missing", headBenefits + ";1;G;quality;non_financial;;;;;;;\n", 2, "unit", "", ""},
	{exchange.Benefits, "ramp that does not end whole", headBenefits + ";1;G;efficiency;budget_reduction;;;;5;2018-01;2500, 5000;\n", 2, "ramp", "2500, 5000", ""},
	{exchange.Benefits, "ramp that is none", headBenefits + ";1;G;efficiency;budget_reduction;;;;5;2018-01;halvt;\n", 2, "ramp", "halvt", "dele af 10000"},
	{exchange.Benefits, "allocated twice", headBenefits + ";1;G;efficiency;budget_reduction;;;;5;2018-01;;DIGIT 8000, KME 8000\n", 2, "allocations", "DIGIT 8000, KME 8000", "Andelene er tilsammen 160\u00a0% ("},
	{exchange.Benefits, "allocated to nobody", headBenefits + ";1;G;efficiency;budget_reduction;;;;5;2018-01;;FOO 100\n", 2, "allocations", "FOO 100", "DIG 6000, KME 4000"},
	{exchange.Requirements, "programme unknown", headRequirements + "FOO;2020;base;x;1;;;\n", 2, "programme", "FOO", "Programmet kendes ikke."},
	{exchange.Requirements, "year missing", headRequirements + "DIGIT;;base;x;1;;;\n", 2, "year", "", "Cellen er tom"},
	{exchange.Requirements, "year out of reason", headRequirements + "DIGIT;1066;base;x;1;;;\n", 2, "year", "1066", ""},
	{exchange.Requirements, "kind unknown", headRequirements + "DIGIT;2020;gave;x;1;;;\n", 2, "kind", "gave", "Skriv et af: base"},
	{exchange.Requirements, "kind missing", headRequirements + "DIGIT;2020;;x;1;;;\n", 2, "kind", "", "Cellen er tom"},
	{exchange.Requirements, "permanence unknown", headRequirements + "DIGIT;2020;base;x;1;evig;;\n", 2, "permanence", "evig", "Skriv et af: not_stated"},
	{exchange.Requirements, "amount in the second row", headRequirements + "DIGIT;2020;base;x;1;;;\nDIGIT;2020;adjustment;y;to;;;\n", 3, "amount", "to", "Det er ikke et beløb."},
	{exchange.Requirements, "net that disagrees with the lines", headRequirements + "DIGIT;2020;base;x;100;;;90\n", 2, "stated_net", "90", ""},
	{exchange.Requirements, "two nets", headRequirements + "DIGIT;2020;base;x;100;;;100\nDIGIT;2020;base;y;100;;;200\n", 3, "stated_net", "200", "noget andet end en tidligere række"},
	{exchange.Requirements, "reading of nothing", headRequirements + "DIGIT;2020;base;x;100;;1;\n", 2, "reading", "1", "under den linje"},
	{exchange.Claims, "benefit unknown", headClaims + ";77;2018-09;1;;;\n", 2, "benefit", "77", "Gevinsten kendes ikke."},
	{exchange.Claims, "benefit missing", headClaims + ";;2018-09;1;;;\n", 2, "benefit", "", "Cellen er tom"},
	{exchange.Claims, "benefit without kroner", headClaims + ";2;2018-09;1;;;\n", 2, "benefit", "2", ""},
	{exchange.Claims, "month missing", headClaims + ";1;;1;;;\n", 2, "month", "", "Cellen er tom"},
	{exchange.Claims, "month that is none", headClaims + ";1;snart;1;;;\n", 2, "month", "snart", "Det er ikke en måned."},
	{exchange.Claims, "month out of reason", headClaims + ";1;1066-01;1;;;\n", 2, "month", "1066-01", ""},
	{exchange.Claims, "month twice in an entry", headClaims + "A;1;2018-09;1;;;\nA;1;2018-10;1;;;\nA;1;2018-09;2;;;\n", 4, "month", "2018-09", ""},
	{exchange.Claims, "nothing claimed", headClaims + ";1;2018-09;0;;;\n", 2, "gross", "0", ""},
	{exchange.Claims, "approximate amount", headClaims + ";1;2018-09;ca. 100;;;\n", 2, "gross", "ca. 100", "uden »ca.«"},
	{exchange.Claims, "running that is no amount", headClaims + ";1;2018-09;1;x;;\n", 2, "running", "x", "Det er ikke et beløb."},
	{exchange.Claims, "an entry on two benefits", headClaims + "A;1;2018-09;1;;;\nA;2;2018-10;1;;;\n", 3, "benefit", "2", "noget andet end en tidligere række"},
	{exchange.Claims, "an entry with two documents", headClaims + "A;1;2018-09;1;;;D1\nA;1;2018-10;1;;;D2\n", 3, "document", "D2", "noget andet end en tidligere række"},
	{exchange.Claims, "confirmed by a file", headClaims + ";1;2018-09;1;;confirmed;\n", 2, "state", "confirmed", "Kun indmeldinger kan indlæses."},
	{exchange.Claims, "a spreadsheet's error", headClaims + ";1;2018-09;#VÆRDI!;;;\n", 2, "gross", "#VÆRDI!", "en fejl fra et regneark"},
}

func TestBadKinds(t *testing.T) {
	p, da := newPlace(t), language(t, "da")
	before := p.now(t).Seq
	for _, c := range badKinds {
		t.Run(c.kind.String()+": "+c.name+" is refused where it is wrong, in words", func(t *testing.T) {
			_, err := p.reading(t, c.kind, c.file)
			var bad *exchange.FileError
			if !errors.As(err, &bad) {
				t.Fatalf("got %v", err)
			}
			got := bad.Rows[0]
			if got.Row != c.row || got.Column != c.column || got.Value != c.value {
				t.Errorf("at row %d, column %q, value %q; want %d, %q, %q (%s)", got.Row, got.Column, got.Value, c.row, c.column, c.value, got.Code)
			}
			if said := bad.Say(da.Say)[0]; !strings.Contains(said, c.da) || strings.Contains(said, "%!") || !strings.HasPrefix(said, fmt.Sprintf("Række %d, kolonnen", c.row)) {
				t.Errorf("says %q, want %q", said, c.da)
			}
			if p.now(t).Seq != before {
				t.Error("the log grew")
			}
		})
	}
}

// workbook makes one with the rows on a sheet.
func workbook(t *testing.T, name string, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", name); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// repacked changes one part of a workbook.
func repacked(t *testing.T, book []byte, part string, change func([]byte) []byte) string {
	t.Helper()
	return rezipped(t, book, func(name string, text []byte) (string, []byte) {
		if name == part {
			text = change(text)
		}
		return name, text
	})
}

// renamed calls a part of a workbook something else, wherever it is named.
func renamed(t *testing.T, book []byte, from, to string) string {
	t.Helper()
	return rezipped(t, book, func(name string, text []byte) (string, []byte) {
		return strings.ReplaceAll(name, from, to), bytes.ReplaceAll(text, []byte(from), []byte(to))
	})
}

// rezipped makes a workbook anew from its parts.
func rezipped(t *testing.T, book []byte, change func(name string, text []byte) (string, []byte)) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(from); err != nil {
			t.Fatal(err)
		}
		name, text := change(f.Name, b.Bytes())
		to, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWorkbooks(t *testing.T) {
	p := newPlace(t)
	book := workbook(t, "ledger", []any{"benefit", "month", "gross"}, []any{1, 43344, 1234.56}, []any{}, []any{1, "2018-10", -0.1})
	const sheet = "xl/worksheets/sheet1.xml"
	t.Run("numbers and days are read as they are held, and rows are counted as they are shown", func(t *testing.T) {
		m := p.readKind(t, exchange.Claims, string(book))
		want := [][2]string{{"2018-09", "1234,56"}, {"2018-10", "-0,10"}}
		if len(m.Rows) != 2 || m.Rows[1].Row != 4 {
			t.Fatalf("%+v", m.Rows)
		}
		for i, r := range m.Rows {
			if r.Changes[0].After != want[i][0] || r.Changes[1].After != want[i][1] {
				t.Errorf("row %d: %+v, want %v", r.Row, r.Changes, want[i])
			}
		}
	})
	t.Run("the sheet that is named after the kind is read, whichever it is", func(t *testing.T) {
		f := excelize.NewFile()
		if _, err := f.NewSheet("Ledger"); err != nil {
			t.Fatal(err)
		}
		for cell, v := range map[string]any{"A1": "benefit", "B1": "month", "C1": "gross", "A2": 1, "B2": "2018-09", "C2": 5} {
			if err := f.SetCellValue("Ledger", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		if m := p.readKind(t, exchange.Claims, b.String()); m.Count(exchange.New) != 1 {
			t.Errorf("%+v", m.Rows)
		}
	})
	for name, c := range map[string]struct{ file, code string }{
		"a sheet that breaks off": {repacked(t, book, sheet, func(b []byte) []byte { return b[:len(b)/2] }), "import.workbook_broken"},
		"an entity that unfolds itself": {repacked(t, book, sheet, func(b []byte) []byte {
			return append([]byte(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`), b...)
		}), "import.workbook_broken"},
		"a small file that unpacks to much": {repacked(t, book, "docProps/app.xml", func([]byte) []byte {
			return append(append([]byte("<x>"), bytes.Repeat([]byte("<y>"+strings.Repeat(" ", 10_000)+"</y>"), 6400)...), "</x>"...)
		}), "import.workbook_too_large"},
		"an archive that is no workbook": {repacked(t, book, "xl/workbook.xml", func([]byte) []byte { return []byte("<nothing/>") }), "import.workbook_broken"},
		"a number with three decimals":   {string(workbook(t, "x", []any{"benefit", "month", "gross"}, []any{1, "2018-09", 1.234})), "import.figure.ambiguous"},
		"thousands typed as text":        {string(workbook(t, "x", []any{"benefit", "month", "gross"}, []any{1, "2018-09", "1.700"})), "import.figure.ambiguous"},
		"a day that is none":             {string(workbook(t, "x", []any{"benefit", "month", "gross"}, []any{1, 7, 1})), "import.not_a_month"},
		"a cell far to the right":        {string(workbook(t, "x", []any{"benefit", "month", "gross"}, append(make([]any, 16_383), "x"))), "import.too_many_columns"},
		"a row far down": {repacked(t, book, sheet, func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte(`<row r="2"`), []byte(`<row r="2000000000"`))
		}), "import.workbook_broken"},
		"an empty sheet": {string(workbook(t, "x")), "import.file_empty"},
		"the old format": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import.file_old_workbook"},
	} {
		t.Run(name+" is refused as that", func(t *testing.T) {
			_, err := p.reading(t, exchange.Claims, c.file)
			var bad *exchange.FileError
			if !errors.As(err, &bad) || bad.Rows[0].Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
	t.Run("reading stops when its time is over", func(t *testing.T) {
		ctx, stop := context.WithCancel(context.Background())
		stop()
		r := exchange.Reading{Kind: exchange.Claims, Store: p.Store, Portfolio: p.now(t)}
		if _, err := r.Read(ctx, bytes.NewReader(book)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestMapping(t *testing.T) {
	p := newPlace(t)
	const file = "Gevinst nr.;Periode;Besparelse;Bilagsdato\n1;2018-09;100;x\n"
	read := func(m exchange.Mapping) (*exchange.Import, error) {
		return exchange.Reading{Kind: exchange.Claims, Store: p.Store, Portfolio: p.now(t), Mapping: m}.Read(context.Background(), strings.NewReader(file))
	}
	t.Run("a mapping gives columns another program's names, and the rest of its columns are left alone", func(t *testing.T) {
		m, err := read(exchange.Mapping{"benefit": "Gevinst nr.", "month": "periode", "gross": "Besparelse"})
		if err != nil || m.Count(exchange.New) != 1 || len(m.LeftAlone) != 1 || m.LeftAlone[0] != "Bilagsdato" {
			t.Errorf("%+v, %v", m, err)
		}
	})
	t.Run("a column that the mapping does not want is left alone, also where its name is known", func(t *testing.T) {
		const file = "Gevinst nr.;Måned;Periode;Besparelse\n1;x;2018-09;100\n"
		r := exchange.Reading{Kind: exchange.Claims, Store: p.Store, Portfolio: p.now(t), Mapping: exchange.Mapping{"benefit": "Gevinst nr.", "month": "Periode", "gross": "Besparelse", "note": ""}}
		m, err := r.Read(context.Background(), strings.NewReader(file))
		if err != nil || m.Count(exchange.New) != 1 || len(m.LeftAlone) != 1 || m.LeftAlone[0] != "Måned" {
			t.Errorf("%+v, %v", m, err)
		}
	})
	t.Run("a mapping fits a file that has all its columns, and what headers say by themselves is guessed", func(t *testing.T) {
		header, err := exchange.Reading{Kind: exchange.Claims}.Header(context.Background(), strings.NewReader(file))
		if err != nil || len(header) != 4 {
			t.Fatalf("%q, %v", header, err)
		}
		for want, m := range map[bool]exchange.Mapping{true: {"benefit": "gevinst nr", "note": ""}, false: {"benefit": "Gevinst nr.", "note": "Tekst"}} {
			if m.Fits(header) != want || (exchange.Mapping{"note": ""}).Fits(header) {
				t.Errorf("%v fits: %t", m, !want)
			}
		}
		if m := exchange.Claims.Guess(append(header, "måned")); len(m) != 2 || m["benefit"] != "Gevinst nr." || m["month"] != "måned" {
			t.Errorf("guessed %v", m)
		}
	})
	for code, m := range map[string]exchange.Mapping{
		"import.column_missing": {"benefit": "Gevinst nr.", "month": "Måned", "gross": "Besparelse"},
		"import.mapping_column": {"gevinsten": "Gevinst nr."},
	} {
		t.Run("a mapping that does not fit is refused: "+code, func(t *testing.T) {
			_, err := read(m)
			var bad *exchange.FileError
			if !errors.As(err, &bad) || bad.Rows[0].Code != code {
				t.Errorf("got %v", err)
			}
		})
	}
}
