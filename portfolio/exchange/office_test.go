package exchange_test

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/appraisal"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/officetest"
)

// TestLibreOffice has LibreOffice open, recalculate and save what we write.
func TestLibreOffice(t *testing.T) {
	files, benches := map[string][]byte{}, map[string]*caseBench{}
	for name, c := range caseContents() {
		b := newCaseBench()
		b.with(t, c)
		benches[name+".xlsx"], files[name+".xlsx"] = b, b.file(t)
	}
	words := newCaseBench()
	words.with(t, caseContents()["without payback"])
	benches["with amounts in words.xlsx"] = words
	files["with amounts in words.xlsx"] = filled(t, words.file(t), map[string]any{
		"Businesscase!G4": "ca. 300.000", "Businesscase!H4": "?", "Businesscase!H5": "1.234.567,89 kr.", "Businesscase!B6": "Besparelse", "Businesscase!J6": 7,
	})
	place := newPlace(t)
	list := exchange.Table{Columns: []string{"title", "amount", "month", "date", "note", "number", "yes"}}
	list.Add("Æblegrød; \"stor\"", amount.About(30_000_050), amount.NewMonth(2018, 7), amount.Date(20180903), "=1+1", 7, true)
	list.Add("to\nlinjer", amount.Exactly(amount.Max), amount.Month(0), amount.Date(0), "'", int64(-7), false)
	list.Add("Ukendt", amount.Figure{}, amount.NewMonth(2020, 12), nil, "@x", nil, nil)
	template := exchange.Catalogue.Export(place.now(t))
	for name, table := range map[string]exchange.Table{"list.xlsx": list, "catalogue.xlsx": template} {
		var b bytes.Buffer
		if err := exchange.WriteXLSX(&b, table); err != nil {
			t.Fatal(err)
		}
		files[name] = b.Bytes()
	}
	saved := officetest.Saved(t, "xlsx", files)

	for name, b := range benches {
		t.Run("a case "+strings.TrimSuffix(name, ".xlsx")+" comes back equal, and comes to what the program says", func(t *testing.T) {
			was, err := b.read(files[name])
			if err != nil {
				t.Fatal(err)
			}
			got, err := b.read(saved[name])
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(was.Content, got.Content); diff != "" {
				t.Error(diff)
			}
			sameResult(t, b.Portfolio(), &got.Content, saved[name])
		})
	}
	t.Run("a list comes back cell by cell, and its sum is worked out", func(t *testing.T) {
		was, is := held(t, files["list.xlsx"], "Sheet1"), held(t, saved["list.xlsx"], "Sheet1")
		if diff := cmp.Diff(was, is); diff != "" {
			t.Error(diff)
		}
		if sums := held(t, saved["list.xlsx"], "sums"); sums[1][2] != "10000000300000.5" || sums[1][3] != "1" {
			t.Errorf("%q", sums)
		}
	})
	t.Run("a list to fill in is read again, and changes nothing", func(t *testing.T) {
		m := place.readKind(t, exchange.Catalogue, string(saved["catalogue.xlsx"]))
		if m.Count(exchange.Same) != len(template.Rows) || len(m.Rows) != len(template.Rows) || len(m.Rows) == 0 {
			t.Errorf("%+v", m.Rows)
		}
	})
}

// held are a sheet's cells as the workbook holds them.
func held(t *testing.T, file []byte, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// sameResult holds the sheet of results against the program's own.
func sameResult(t *testing.T, p *portfolio.Portfolio, c *portfolio.CaseContent, file []byte) {
	t.Helper()
	rows := held(t, file, "Resultat")
	cell := func(row, column int) string {
		if row > len(rows) || column > len(rows[row-1]) {
			return ""
		}
		return rows[row-1][column-1]
	}
	want, err := p.Appraise(c)
	if err != nil {
		t.Fatal(err)
	}
	kroner := func(what string, row, column int, m amount.Money) {
		t.Helper()
		n, err := strconv.ParseFloat(cell(row, column), 64)
		if err != nil || math.Abs(n*100-float64(m)) > 1e-3 {
			t.Errorf("%s: %q, want %d øre", what, cell(row, column), m)
		}
	}
	for year, net := range want.Likely.Net {
		kroner(fmt.Sprintf("net %d", year), 8, 2+year, net.Ore)
		kroner(fmt.Sprintf("cumulative %d", year), 9, 2+year, want.Likely.Cumulative[year].Ore)
	}
	likely := want.Likely
	if likely.NPV.Reason == 0 {
		kroner("present value", 14, 2, likely.NPV.Value)
	} else if cell(14, 2) != "ukendt" {
		t.Errorf("present value %q of nothing known", cell(14, 2))
	}
	bounds := map[amount.Bound]string{amount.AtLeast: "mindst", amount.AtMost: "højst", amount.KnownPart: "kendt del"}
	if bound := likely.PresentValue(); bound.Known() && cell(14, 3) != bounds[bound.Bound()] {
		t.Errorf("the present value is %q, want %q", cell(14, 3), bounds[bound.Bound()])
	}
	switch likely.Payback.Reason {
	case appraisal.NothingKnown, appraisal.CostUnknown, appraisal.BenefitUnknown:
		if cell(15, 2) != "ukendt" {
			t.Errorf("payback %q, want it unknown", cell(15, 2))
		}
	case appraisal.Never:
		if cell(15, 2) != "aldrig" {
			t.Errorf("payback %q", cell(15, 2))
		}
	default:
		if atMost := cell(15, 3) == "højst"; atMost != (likely.Unknown > 0) {
			t.Errorf("with %d unknown the payback is %q", likely.Unknown, cell(15, 3))
		}
		if n, err := strconv.ParseFloat(cell(15, 2), 64); err != nil || math.Abs(n-likely.Payback.Value) > 1e-9 {
			t.Errorf("payback %q, want %v", cell(15, 2), likely.Payback.Value)
		}
	}
	if cell(16, 2) != strconv.Itoa(want.Likely.Unknown) || cell(17, 2) != "0" {
		t.Errorf("%q unknown and %q not understood, want %d and 0", cell(16, 2), cell(17, 2), want.Likely.Unknown)
	}
}
