package exchange

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio/amount"
)

func TestWorkbook(t *testing.T) {
	var b bytes.Buffer
	table := Table{Columns: []string{"title", "amount", "month", "note"}}
	table.Add("Æblegrød; \"stor\"", amount.About(30_000_050), amount.NewMonth(2018, 7), "=1+1")
	table.Add("Største", amount.Exactly(amount.Max), amount.Month(0), nil)
	table.Add("Ukendt", amount.Figure{}, amount.Month(0), "")
	if err := WriteXLSX(&b, table); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{
		"A1": "title", "A2": "Æblegrød; \"stor\"", "B2": "300000.5", "C2": "43282", "D2": "=1+1", "B3": "10000000000000", "B4": "",
	} {
		got, err := f.GetCellValue("Sheet1", cell, excelize.Options{RawCellValue: true})
		if err != nil || got != want {
			t.Errorf("%s = %q (%v), want %q", cell, got, err, want)
		}
	}
	t.Run("a month is a day that is shown as a month", func(t *testing.T) {
		if got, err := f.GetCellValue("Sheet1", "C2"); err != nil || got != "2018-07" {
			t.Errorf("shown as %q (%v)", got, err)
		}
	})
	t.Run("the amounts are added up by formulas on a sheet of their own, with how many are not known", func(t *testing.T) {
		for cell, want := range map[string]string{"B2": "amount", "C2": "10000000300000.5", "D2": "1"} {
			if got, err := f.GetCellValue("sums", cell, excelize.Options{RawCellValue: true}); err != nil || got != want {
				t.Errorf("%s = %q (%v), want %q", cell, got, err, want)
			}
		}
		if got, err := f.GetCellFormula("sums", "C2"); err != nil || got != "SUBTOTAL(109,'Sheet1'!B2:B4)" {
			t.Errorf("formula %q (%v)", got, err)
		}
	})
	t.Run("an approximate figure stays a number and says so", func(t *testing.T) {
		if got, err := f.GetCellValue("Sheet1", "B2"); err != nil || got != "ca. 300,000.50" {
			t.Errorf("shown as %q (%v)", got, err)
		}
	})
	t.Run("a text that looks like a formula is a text", func(t *testing.T) {
		if got, err := f.GetCellFormula("Sheet1", "D2"); err != nil || got != "" {
			t.Errorf("formula %q (%v)", got, err)
		}
	})
}
