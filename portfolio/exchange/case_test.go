package exchange_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/portfoliotest"
)

// tester is a test, or a property of one.
type tester interface {
	Helper()
	Fatal(args ...any)
}

// caseBench is a small portfolio whose initiative has a draft of a business case, and an index of wages.
type caseBench struct {
	*portfoliotest.Book
	portfoliotest.World
}

func newCaseBench() *caseBench {
	b := &caseBench{Book: portfoliotest.NewBook()}
	b.World = portfoliotest.Small(b)
	portfoliotest.Did(portfolio.NewPriceIndex(b.By(b.Chief, ""), portfolio.PriceIndex{
		ID: 1, Name: "Løn", Source: "KL", Points: []portfolio.IndexPoint{{Year: 2017, Milli: 100_000}, {Year: 2018, Milli: 102_300}, {Year: 2020, Milli: 107_100}},
	})).Keep(b)
	portfoliotest.Did(portfolio.NewCase(b.Portfolio(), b.By(b.Owner, ""), 1, b.Initiative)).Keep(b)
	return b
}

func (b *caseBench) now() *portfolio.BusinessCase { return b.Portfolio().Cases.Get(1) }

// with gives the draft the content, as its owner would.
func (b *caseBench) with(t tester, c portfolio.CaseContent) *portfolio.BusinessCase {
	t.Helper()
	next, e, err := b.now().Edit(b.Portfolio(), b.By(b.Owner, ""), c)
	if err != nil {
		t.Fatal(err)
	}
	b.Save(next, e)
	return b.now()
}

func (b *caseBench) file(t tester) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := exchange.WriteCase(&out, b.Portfolio(), b.now()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (b *caseBench) read(file []byte) (*exchange.CaseFile, error) {
	base := b.now()
	return exchange.CaseReading{
		Portfolio: b.Portfolio(), Initiative: b.Initiative, User: b.Portfolio().Users.Get(b.Owner),
		Base: func(id portfolio.CaseID, version int64) (*portfolio.BusinessCase, error) {
			if id != base.ID || version != base.Version {
				return nil, nil
			}
			return base, nil
		},
	}.Read(context.Background(), bytes.NewReader(file))
}

// filled is a workbook as its owner leaves it, cell by cell; a text that begins with = is a formula.
func filled(t testing.TB, file []byte, cells map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for place, v := range cells {
		sheet, cell, _ := strings.Cut(place, "!")
		if text, ok := v.(string); ok && strings.HasPrefix(text, "=") {
			err = f.SetCellFormula(sheet, cell, text[1:])
		} else {
			err = f.SetCellValue(sheet, cell, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// likely are a line's amounts in kroner; NaN is unknown.
func likely(kroner ...float64) (list []portfolio.Estimate) {
	for _, k := range kroner {
		e := portfolio.Estimate{}
		if !math.IsNaN(k) {
			e.Likely = amount.Exactly(amount.Money(math.Round(k * 100)))
		}
		list = append(list, e)
	}
	return list
}

// caseContents are cases of every sort, by what they are.
func caseContents() map[string]portfolio.CaseContent {
	unknown := math.NaN()
	about := likely(0, 500_000, 500_000)
	about[1].Likely.Approximate = true
	about[2].Low, about[2].High = amount.About(-1), amount.About(70_000_001)
	line := func(k appraisal.Kind, title string, amounts []portfolio.Estimate) portfolio.CaseLine {
		return portfolio.CaseLine{Kind: k, Title: title, Amounts: amounts}
	}
	year := func(dated amount.Date, years int, lines ...portfolio.CaseLine) portfolio.CaseContent {
		return portfolio.CaseContent{Dated: dated, PriceYear: 2018, FirstYear: 2018, Years: years, Lines: lines}
	}
	steady := slices.Repeat(likely(150_000.33), 39)
	wages := portfolio.CaseLine{Kind: appraisal.Benefit, Title: "Løn", Index: 1, PriceYear: 2017, Amounts: likely(333.33, -0.50, 1.50, 123_456.78, unknown)}
	own := year(20171106, 4, line(appraisal.OneOff, "", likely(100)), line(appraisal.Benefit, "", likely(0, 30, 30.01, 70)))
	own.Rate, own.RateNote, own.Financing, own.FinancingNote, own.Summary = "0.035", "Aftalt med Økonomi", portfolio.Pool, "Puljen", "=Kort\r\nog godt"
	own.Assumptions = []portfolio.Note{{Text: "+Priserne holder", Source: portfolio.Source{Document: "Bilag 1", Quote: "som i dag"}}}
	return map[string]portfolio.CaseContent{
		"of 2017 past 2021": year(20171106, 10, line(appraisal.OneOff, "Køb; \"stort\"", likely(1_000_000, 250_000.25)),
			line(appraisal.Running, "", slices.Repeat(likely(20_000), 10)), line(appraisal.Benefit, "Færre timer", append(likely(0), slices.Repeat(likely(200_000.01), 9)...))),
		"of 2022 over forty years": year(20220301, 40, line(appraisal.OneOff, "Byg", likely(3_000_000)), line(appraisal.Benefit, "Leje", append(likely(0), steady...))),
		"with unknown and approximate amounts": year(20171106, 4, line(appraisal.OneOff, "", likely(unknown, 100_000)),
			line(appraisal.Benefit, "Gevinst", about), line(appraisal.Running, "Ingen beløb", nil)),
		"with a cost still to be stated": year(20171106, 4, line(appraisal.OneOff, "", nil), line(appraisal.Running, "", likely(unknown, 20)), line(appraisal.Benefit, "", likely(0, 500))),
		"without payback":                year(20171106, 4, line(appraisal.OneOff, "", likely(1_000_000)), line(appraisal.Benefit, "", likely(0, 1, 2, 3))),
		"without any amount":             year(20170206, 4, line(appraisal.OneOff, "", nil), line(appraisal.Benefit, "", likely(unknown, unknown))),
		"in two years' prices":           year(20171106, 5, line(appraisal.OneOff, "", likely(1_000)), wages),
		"with a rate of its own":         own,
		"paid back at once":              year(20210107, 3, line(appraisal.Benefit, "", likely(0.10, 0.20)), line(appraisal.Running, "Falder", likely(0, -5))),
	}
}

func TestCaseWorkbook(t *testing.T) {
	t.Run("a case that is read in again as it was written changes nothing", func(t *testing.T) {
		for name, c := range caseContents() {
			b := newCaseBench()
			want := b.with(t, c)
			got, err := b.read(b.file(t))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(want.CaseContent, got.Content); diff != "" || got.Base != want {
				t.Errorf("%s:\n%s", name, diff)
			}
		}
	})
	t.Run("so does any other", func(t *testing.T) {
		b := newCaseBench()
		rapid.Check(t, func(t *rapid.T) {
			want := b.with(t, anyCase(t))
			got, err := b.read(b.file(t))
			if err != nil {
				t.Fatal(err)
			}
			if changes := portfolio.DiffCases(&want.CaseContent, &got.Content); len(changes) > 0 {
				t.Fatalf("%+v", changes)
			}
		})
	})
	t.Run("what its owner fills in is read, each in its cell", func(t *testing.T) {
		b := newCaseBench()
		c := b.with(t, caseContents()["with a rate of its own"])
		got, err := b.read(filled(t, b.file(t), map[string]any{
			"Businesscase!G4": 120.5, "Businesscase!H5": "ca. 40.000", "Businesscase!I5": "?", "Businesscase!J5": nil,
			"Businesscase!B6": "Ændring i driftsudgifter", "Businesscase!C6": "Licenser", "Businesscase!H6": "3,9 mio. kr.", "Lav og høj!D6": 1_000_000,
			"Forudsætninger!B4": "01-02-2021", "Forudsætninger!B8": nil, "Forudsætninger!B9": nil, "Forudsætninger!A16": "Ny", "Forudsætninger!B16": "Bilag 2",
			"Resultat!B14": 999, "Beregning!F4": "x",
		}))
		if err != nil {
			t.Fatal(err)
		}
		want := c.CaseContent
		want.Dated, want.Rate, want.RateNote = 20210201, "", ""
		want.Assumptions = append(slices.Clone(want.Assumptions), portfolio.Note{Text: "Ny", Source: portfolio.Source{Document: "Bilag 2"}})
		want.Lines = slices.Clone(want.Lines)
		want.Lines[0].Amounts = likely(120.5)
		want.Lines[1].Amounts = []portfolio.Estimate{{Likely: amount.Exactly(0)}, {Likely: amount.About(4_000_000)}, {}}
		want.Lines = append(want.Lines, portfolio.CaseLine{
			Kind: appraisal.Running, Title: "Licenser", Amounts: []portfolio.Estimate{{}, {Low: amount.Exactly(100_000_000), Likely: amount.Exactly(390_000_000)}},
		})
		if diff := cmp.Diff(want, got.Content); diff != "" {
			t.Error(diff)
		}
		for field, cell := range map[string]string{"lines.5.amounts.1.likely": "Businesscase!H5", "lines.+2.amounts.1.low": "Lav og høj!D6", "rate": "Forudsætninger!B8", "years": ""} {
			if got.Cell(field) != cell {
				t.Errorf("%s stands in %q, want %q", field, got.Cell(field), cell)
			}
		}
	})
	t.Run("a line that is emptied is gone, and a row that was put in between is a new one", func(t *testing.T) {
		b := newCaseBench()
		b.with(t, caseContents()["with a rate of its own"])
		f, err := excelize.OpenReader(bytes.NewReader(b.file(t)))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.InsertRows("Businesscase", 5, 1); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := f.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		got, err := b.read(filled(t, out.Bytes(), map[string]any{"Businesscase!B5": "Besparelse", "Businesscase!G5": 7, "Businesscase!B4": nil, "Businesscase!G4": nil}))
		if err != nil {
			t.Fatal(err)
		}
		if lines := got.Content.Lines; len(lines) != 2 || lines[0].ID != 0 || lines[0].Amounts[0].Likely != amount.Exactly(700) || lines[1].ID != 5 {
			t.Errorf("%+v", lines)
		}
	})
}

// anyCase draws a content that a draft may have.
func anyCase(t *rapid.T) portfolio.CaseContent {
	text := rapid.SampledFrom([]string{"", "Køb", "=1+1", "'=1", "to\nlinjer", "?", "ca. 5", "1.234", "'", "@x;\""})
	figure := rapid.Custom(func(t *rapid.T) amount.Figure {
		f := amount.Exactly(amount.Money(rapid.Int64Range(-1e15, 1e15).Draw(t, "øre")))
		f.Approximate = rapid.Bool().Draw(t, "about")
		return f
	})
	c := portfolio.CaseContent{
		Dated: 20180903, PriceYear: 2018, FirstYear: rapid.IntRange(2017, 2020).Draw(t, "first"), Years: rapid.IntRange(1, 6).Draw(t, "years"),
		Summary: text.Draw(t, "summary"),
	}
	if rapid.Bool().Draw(t, "own rate") {
		c.Rate, c.RateNote = appraisal.Rate(rapid.Int64Range(-5e17, 1e18).Draw(t, "rate")).String(), "fordi"
	}
	for range rapid.IntRange(0, 5).Draw(t, "lines") {
		l := portfolio.CaseLine{Kind: rapid.SampledFrom([]appraisal.Kind{appraisal.Benefit, appraisal.Running, appraisal.OneOff}).Draw(t, "kind"), Title: text.Draw(t, "title")}
		if rapid.Bool().Draw(t, "other prices") {
			l.Index, l.PriceYear = 1, 2017
		}
		for range rapid.IntRange(0, c.Years).Draw(t, "amounts") {
			e := portfolio.Estimate{}
			if rapid.IntRange(0, 4).Draw(t, "known") > 0 {
				e.Likely = figure.Draw(t, "likely")
				e.Low, e.High = e.Likely, e.Likely
			}
			l.Amounts = append(l.Amounts, e)
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}

func TestCaseWorkbookRefused(t *testing.T) {
	b := newCaseBench()
	b.with(t, caseContents()["with a rate of its own"])
	say := language(t, "da").Say
	for _, c := range []struct {
		why   string
		cells map[string]any
		want  string
	}{
		{"an input that is a formula", map[string]any{"Businesscase!G4": "=2*50"}, "Arket »Businesscase«, cellen G4, værdien »=2*50«: En celle, der udfyldes, skal være en værdi"},
		{"an amount that can be read in two ways", map[string]any{"Businesscase!H5": "1,234"}, "Arket »Businesscase«, cellen H5, værdien »1,234«: Beløbet kan læses på to måder"},
		{"what is no amount", map[string]any{"Lav og høj!D5": "ved ikke"}, "Arket »Lav og høj«, cellen D5, værdien »ved ikke«: Det er ikke et beløb."},
		{"a kind that is none", map[string]any{"Businesscase!B6": "Gebyr", "Businesscase!G6": 1}, "cellen B6, værdien »Gebyr«: Vælg et af: Engangsudgift, Ændring i driftsudgifter, Besparelse."},
		{"a new line without a kind", map[string]any{"Businesscase!G6": 1}, "Arket »Businesscase«, cellen B6: "},
		{"low above likely", map[string]any{"Lav og høj!D5": 31}, "Arket »Businesscase«, cellen H5, værdien »30«: "},
		{"a date that is none", map[string]any{"Forudsætninger!B4": "i går"}, "Arket »Forudsætninger«, cellen B4, værdien »i går«: "},
		{"a date before any table of rates", map[string]any{"Forudsætninger!B4": "01-01-2010"}, "Arket »Forudsætninger«, cellen B4"},
		{"a rate that is none", map[string]any{"Forudsætninger!B8": 35}, "Arket »Forudsætninger«, cellen B8, værdien »35«: "},
		{"prices of a year without an index", map[string]any{"Businesscase!F5": 2019, "Businesscase!E5": "Løn"}, "Arket »Businesscase«, cellen F5, værdien »2019«: "},
		{"a year that has been moved", map[string]any{"Businesscase!H3": 2020}, "Arket »Businesscase«, cellen H3, værdien »2020«: Her skal der stå »2019«"},
		{"an amount beside the years", map[string]any{"Businesscase!M5": 5}, "Arket »Businesscase«, cellen M5, værdien »5«: "},
		{"low and high of no line", map[string]any{"Lav og høj!C60": 5}, "Arket »Lav og høj«, cellen C60, værdien »5«: "},
		{"a line that stands twice", map[string]any{"Businesscase!A6": 5}, "Arket »Businesscase«, cellen A6, værdien »5«: Det samme står også i række 5."},
		{"a line that never was", map[string]any{"Businesscase!A6": 77}, "Arket »Businesscase«, cellen A6, værdien »77«: "},
		{"a file of another initiative", map[string]any{"gevinst!A5": 99}, "Filen er fra en anden indsats"},
		{"a version that never was", map[string]any{"gevinst!A4": 99}, "Filen er fra en anden indsats"},
		{"another layout", map[string]any{"gevinst!A2": 2}, "Filen har format 2"},
		{"cells far out", map[string]any{"Businesscase!A900000": 1}, "Filen har for mange rækker"},
	} {
		t.Run(c.why+" is refused by its cell", func(t *testing.T) {
			_, err := b.read(filled(t, b.file(t), c.cells))
			var bad *exchange.FileError
			if !errors.As(err, &bad) {
				t.Fatalf("got %v", err)
			}
			if lines := bad.Say(say); !strings.Contains(lines[0], c.want) {
				t.Errorf("got %q, want %q", lines, c.want)
			}
		})
	}
	t.Run("a cell far out is refused whatever the part is called that its sheet is in", func(t *testing.T) {
		far := repacked(t, b.file(t), "xl/worksheets/sheet2.xml", func(sheet []byte) []byte {
			return bytes.Replace(sheet, []byte("<sheetData>"), []byte(`<sheetData><row r="900000"><c r="XFD900000"><v>1</v></c></row>`), 1)
		})
		moved := renamed(t, []byte(far), "worksheets/sheet2.xml", "others/sheet2.part")
		for _, file := range []string{far, moved} {
			_, err := b.read([]byte(file))
			if bad := (*exchange.FileError)(nil); !errors.As(err, &bad) || bad.Rows[0].Code != "import.too_many_rows" {
				t.Errorf("%v", err)
			}
		}
	})
	t.Run("what is no such workbook is refused", func(t *testing.T) {
		other := workbook(t, "Businesscase", []any{"Id"})
		for _, file := range [][]byte{nil, []byte("titel;område\r\n"), other, b.file(t)[:2000]} {
			_, err := b.read(file)
			if bad := (*exchange.FileError)(nil); !errors.As(err, &bad) {
				t.Errorf("%.10q: %v", file, err)
			}
		}
	})
}
