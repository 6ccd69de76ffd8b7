package finance_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/web/locale"
)

// FuzzFile reads any bytes as a file of the finance system, as they are or as the sheet of a workbook, as it is guessed and with an
// option changed: they are refused in words, or are as the preview says, and nothing else.
func FuzzFile(f *testing.F) {
	d := newDesk(f, false)
	languages, err := locale.Load()
	if err != nil {
		f.Fatal(err)
	}
	book := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "Konto", "B1": "Bogf.dato", "C1": "Beløb", "A2": "1.01", "B2": 43131, "C2": -12.5} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			f.Fatal(err)
		}
	}
	whole, err := book.WriteToBuffer()
	if err != nil {
		f.Fatal(err)
	}
	with, sheet := parted(f, whole.Bytes())
	f.Add(true, uint8(0), "", sheet)
	f.Add(true, uint8(0), "", bytes.ReplaceAll(sheet, []byte("43131"), []byte("31-01-2018")))
	f.Add(true, uint8(0), "", []byte(`<worksheet><sheetData><row r="3"><c r="ZZ1" t="s"><v>99</v></c></row></sheetData>`))
	f.Add(false, uint8(0), "", whole.Bytes())
	for _, c := range badFiles {
		option, value := "", ""
		if len(c.options) == 2 {
			option, value = c.options[0], c.options[1]
		}
		f.Add(false, uint8(1+slices.Index(finance.Options(), option)), value, []byte(c.file))
	}
	for _, text := range []string{
		head + good, ledgerFile(5), "Konto;Periode;Beløb\n1;013.2018;1.234,5-\nSum;;1.234,50-\n", "\xff\xfeK\x00o\x00n\x00t\x00o\x00;\x00",
		"Konto|Måned|Forbrug\n1|jan-18|(12,00) kr.\n", "Konto;År;Jan;Feb;Mar;Apr;Maj;Jun\n7;2018;1;2;3;;-;6\n", "a;b\n1;\"2\n",
		"Konto;Periode;Opr. budget;Korr. budget\n1;2018-01;5;6\n", "Konto,Dato,Beløb\n1,2018-01-31,\"1,234.50\"\n",
	} {
		f.Add(false, uint8(0), "", []byte(text))
	}
	f.Fuzz(func(t *testing.T, inBook bool, option uint8, value string, content []byte) {
		if inBook {
			content = with(t, content)
		}
		p, err := tried(t, d, option, value, content)
		if err != nil {
			bad, ok := errors.AsType[*exchange.FileError](err)
			if !ok || p != nil || len(bad.Rows) == 0 {
				t.Fatalf("%v, %T: %v", p, err, err)
			}
			for _, l := range languages {
				for _, line := range bad.Say(l.Say) {
					if line == "" || strings.Contains(line, "%!") && !strings.Contains(value+string(content), "%!") {
						t.Fatalf("an error in words is %q", line)
					}
				}
			}
			return
		}
		if p.New > p.Postings || p.First > p.Last || p.First.Year() < 2000 || p.Last.Year() > 2100 {
			t.Fatalf("%+v", p)
		}
		sum, listed := amount.Money(0), map[portfolio.Month]bool{}
		for _, s := range p.Sums {
			sum += s.Ore
			listed[s.Month] = true
		}
		if p.New == p.Postings && sum != p.Sum || !listed[p.First] || !listed[p.Last] {
			t.Fatalf("the months' sums are %d, the file's is %d, from %s to %s", sum, p.Sum, p.First, p.Last)
		}
	})
}

// tried looks at a file and previews it.
func tried(t *testing.T, d *desk, option uint8, value string, content []byte) (*finance.Preview, error) {
	f, m, err := keep(t, string(content))
	if err != nil {
		return nil, err
	}
	if finance.AsksMeasure(m) {
		m.Options[finance.FixedMeasure] = portfolio.Actual.String()
	}
	if names := finance.Options(); option > 0 {
		m.Options[names[int(option-1)%len(names)]] = value
	}
	load := finance.Import{File: f, Mapping: m, Store: d.Store}
	return load.Preview(t.Context())
}

// parted gives a workbook's sheet, and what puts another in its place.
func parted(t testing.TB, book []byte) (with func(t testing.TB, sheet []byte) []byte, sheet []byte) {
	t.Helper()
	const place = "xl/worksheets/sheet1.xml"
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	in, err := r.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(in); err != nil {
		t.Fatal(err)
	}
	return func(t testing.TB, sheet []byte) []byte {
		t.Helper()
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, part := range r.File {
			if part.Name != place {
				if err := w.Copy(part); err != nil {
					t.Fatal(err)
				}
			}
		}
		to, err := w.CreateHeader(&zip.FileHeader{Name: place, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(sheet); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}, b.Bytes()
}
