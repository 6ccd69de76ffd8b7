package finance_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/store"
)

// dialect is one way in which a finance system writes a file.
type dialect struct {
	encoding, date          string
	trailing, above, totals bool
	comma                   string
	turned                  bool
}

type row struct {
	account, text string
	month         portfolio.Month
	ore           amount.Money
}

func (d dialect) date4(m portfolio.Month) string {
	switch d.date {
	case "ppp.yyyy":
		return fmt.Sprintf("%03d.%d", m.Of(), m.Year())
	case "mm.yyyy":
		return fmt.Sprintf("%02d.%d", m.Of(), m.Year())
	case "yyyymmdd":
		return fmt.Sprintf("%d%02d15", m.Year(), m.Of())
	case "dd.mm.yyyy":
		return fmt.Sprintf("15.%02d.%d", m.Of(), m.Year())
	}
	return m.String()
}

func (d dialect) amount(ore amount.Money) string {
	if d.turned {
		ore = -ore
	}
	s := amount.Danish.Plain(ore)
	s = strings.ReplaceAll(s, "−", "-")
	if d.trailing && strings.HasPrefix(s, "-") {
		return s[1:] + "-"
	}
	return s
}

// write writes rows as the finance system would.
func (d dialect) write(rows []row) string {
	var b strings.Builder
	line := func(cells ...string) { b.WriteString(strings.Join(cells, d.comma) + "\r\n") }
	if d.above {
		line("Udtræk af budget", "", "", "")
		line("", "", "Økonomi", "")
	}
	line("Konto", "Regnskabsperiode", "Posteringstekst", "Beløb")
	var sum amount.Money
	for k, r := range rows {
		line(r.account, d.date4(r.month), r.text, d.amount(r.ore))
		sum += r.ore
		if d.totals && k == len(rows)/2 {
			line("* "+r.account, "", "", d.amount(sum))
		}
	}
	if d.totals {
		line("", "", "", d.amount(sum))
	}
	text := b.String()
	switch d.encoding {
	case "cp1252":
		out, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			panic(err)
		}
		return out
	case "utf-8 bom":
		return "\ufeff" + text
	case "utf-16":
		var w bytes.Buffer
		w.WriteString("\xff\xfe")
		for _, u := range utf16.Encode([]rune(text)) {
			_ = binary.Write(&w, binary.LittleEndian, u) // a buffer takes everything
		}
		return w.String()
	}
	return text
}

func rowsOf(t *rapid.T) []row {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
		return row{
			account: fmt.Sprintf("%d.%02d", rapid.IntRange(1, 3).Draw(t, "group"), rapid.IntRange(1, 3).Draw(t, "account")),
			text:    rapid.SampledFrom([]string{"Køb af ærter", "Løn", "", "A & B"}).Draw(t, "text"),
			month:   amount.NewMonth(2018, rapid.IntRange(1, 12).Draw(t, "month")),
			ore:     amount.Money(rapid.Int64Range(-1e11, 1e11).Draw(t, "øre")),
		}
	}), 1, 30).Draw(t, "rows")
}

func dialectOf(t *rapid.T) dialect {
	return dialect{
		encoding: rapid.SampledFrom([]string{"cp1252", "utf-8", "utf-8 bom", "utf-16"}).Draw(t, "encoding"),
		date:     rapid.SampledFrom([]string{"ppp.yyyy", "mm.yyyy", "yyyymmdd", "dd.mm.yyyy", "yyyy-mm"}).Draw(t, "date"),
		trailing: rapid.Bool().Draw(t, "trailing minus"), above: rapid.Bool().Draw(t, "rows above"), totals: rapid.Bool().Draw(t, "totals"),
		comma: rapid.SampledFrom([]string{";", "\t", "|"}).Draw(t, "comma"), turned: rapid.Bool().Draw(t, "turned"),
	}
}

func TestEveryWriting(t *testing.T) {
	d := newDesk(t, false)
	t.Run("whatever the writing, a file's rows add up to what it brings, month by month", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			rows, how := rowsOf(rt), dialectOf(rt)
			options := []string{}
			if how.turned {
				options = append(options, "sign", "cost_negative")
			}
			p, err := d.preview(t, how.write(rows), options...)
			if err != nil {
				rt.Fatalf("%+v: %v", how, err)
			}
			want := map[portfolio.Month]amount.Money{}
			for _, r := range rows {
				want[r.month] += r.ore
			}
			if p.Rows != len(rows) || p.New != len(rows) || len(p.Warnings) != 0 || len(p.Sums) != len(want) {
				rt.Fatalf("%d rows, %d new, %d months, warnings %v; want %d and %d months", p.Rows, p.New, len(p.Sums), p.Warnings, len(rows), len(want))
			}
			for _, s := range p.Sums {
				if s.Ore != want[s.Month] {
					rt.Errorf("%s: %d, want %d", s.Month, s.Ore, want[s.Month])
				}
			}
		})
	})
	t.Run("amounts of many writings are read to the øre", func(t *testing.T) {
		for text, want := range map[string]amount.Money{
			"1.234.567,89": 123456789, "1.234,50-": -123450, "−5,00": -500, "(1.000,00)": -100000, "1 234,50": 123450, "0,05": 5, "1234": 123400,
			"12,5": 1250, "1.000,00 kr.": 100000, "+7,00": 700, "-": 0,
		} {
			thousands := "point"
			if strings.ContainsAny(text, " ") && !strings.Contains(text, "kr") {
				thousands = "space"
			}
			p, err := d.preview(t, "Konto;Periode;Beløb\n1;2018-01;"+text+"\n", "thousands", thousands)
			if text == "-" {
				if err == nil {
					t.Error("a dash is no amount")
				}
				continue
			}
			if err != nil || p.Sum != want {
				t.Errorf("%q: %+v, %v; want %d", text, p, err, want)
			}
		}
	})
	t.Run("a column a measure, the corrected budget beside the original, and thousands of kroner", func(t *testing.T) {
		p, err := d.preview(t, "Konto;Periode;Opr. budget;Korr. budget;Forbrug\n1;2018-01;100;80,5;7\n1;2018-02;100;100;\n", "unit", "tkr")
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]amount.Money{}
		for _, s := range p.Sums {
			got[s.Month.String()+" "+s.Measure.String()] = s.Ore
		}
		for key, want := range map[string]amount.Money{"2018-01 original_budget": 100_000_00, "2018-01 budget_change": -19_500_00, "2018-01 actual": 7_000_00, "2018-02 budget_change": 0} {
			if ore, ok := got[key]; !ok || ore != want {
				t.Errorf("%s: %d, want %d", key, ore, want)
			}
		}
		if _, ok := got["2018-02 actual"]; ok {
			t.Error("an empty cell became an amount")
		}
	})
	t.Run("twelve columns of months below a row of groups", func(t *testing.T) {
		names := "Konto;Jan;Feb;Mar;Apr;Maj;Jun;Jul;Aug;Sep;Okt;Nov;Dec"
		p, err := d.preview(t, ";Budget 2018\n"+names+"\n1"+strings.Repeat(";10,00", 12)+"\n2"+strings.Repeat(";1,00", 12)+"\nSum"+strings.Repeat(";11,00", 12)+"\n", "year", "2018", "measure", "original_budget")
		if err != nil || p.Postings != 24 || p.Sum != 132_00 || p.Totals != 1 || len(p.Warnings) != 0 {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("what the amounts are is asked, never guessed", func(t *testing.T) {
		d := newDesk(t, false)
		f, m, err := keep(t, "Konto;Periode;Beløb\n1;001.2018;10,00\n")
		if err != nil {
			t.Fatal(err)
		}
		if !finance.AsksMeasure(m) {
			t.Errorf("it is guessed: %v", m.Options)
		}
		_, err = (&finance.Import{File: f, Mapping: m, Store: d.Store}).Preview(t.Context())
		var bad *exchange.FileError
		if !errors.As(err, &bad) || bad.Rows[0].Code != "finance.needs_measure" {
			t.Errorf("%v", err)
		}
	})
	t.Run("budget and actuals below each other are told apart by their column without being asked", func(t *testing.T) {
		p, err := d.preview(t, "Konto;Periode;Budget/Forbrug;Beløb\n1;2018-01;Oprindeligt budget;10,00\n1;2018-01;Forbrug;7,00\n")
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]amount.Money{}
		for _, s := range p.Sums {
			got[s.Measure.String()] = s.Ore
		}
		if got["original_budget"] != 10_00 || got["actual"] != 7_00 {
			t.Errorf("%v", got)
		}
	})
	t.Run("a totals row that does not agree is told of by its row", func(t *testing.T) {
		p, err := d.preview(t, "Konto;Periode;Beløb\n1;2018-01;10,00\n1;2018-02;5,00\nI alt;;16,00\n")
		if err != nil || len(p.Warnings) != 1 || p.Warnings[0].Row != 4 || p.Sum != 15_00 {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("columns of one name are told apart by the group above them", func(t *testing.T) {
		p, err := d.preview(t, ";;Budget;Forbrug\nKonto;Periode;Beløb;Beløb\n1;2018-01;10,00;7,00\n", "layout", "measures", "column amount", "", "measure", "",
			"column original_budget", "Budget: Beløb", "column actual", "Forbrug: Beløb")
		if err != nil || p.Postings != 2 || p.Sum != 17_00 {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("a list that prints its head on every page is read past it, and the heads are counted", func(t *testing.T) {
		const page = "Posteringsliste 2018;;;\n;Regnskab;;\nKonto;Periode;Tekst;Beløb\n"
		p, err := d.preview(t, page+"1;001.2018;a;10,00\nI alt;;;10,00\n"+page+"1;002.2018;b;5,00\n\nKonto ; Periode;Tekst;Beløb;\n1;003.2018;c;1,00\nI alt;;;6,00\n")
		if err != nil || p.Rows != 3 || p.Sum != 16_00 || p.Heads != 4 || p.Totals != 2 || len(p.Warnings) != 0 {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("a line break in a text is a blank, however it is written, and the rows are known again by it", func(t *testing.T) {
		d := newDesk(t, false)
		file := func(text string) string {
			return "Konto;Kontonavn;Periode;Bilag;Tekst;Beløb\n1;\"Løn\nog pension\";001.2018;\"7\t8\";\"" + text + "\";10,00\n"
		}
		if out := d.apply(t, file("Faktura\nfra leverandør")); out.New != 1 || out.Accounts[0].Name != "Løn og pension" {
			t.Errorf("%+v", out.Preview)
		}
		if p, err := d.preview(t, file("Faktura\r\nfra leverandør")); err != nil || p.New != 0 {
			t.Errorf("%+v, %v", p, err)
		}
		list, err := d.Postings(t.Context(), d.now(t), store.PostingFilter{Limit: 10})
		if err != nil || len(list) != 1 || list[0].Text != "Faktura fra leverandør" || list[0].Voucher != "7 8" {
			t.Errorf("%+v, %v", list, err)
		}
	})
	t.Run("a closing period counts in December where that is chosen", func(t *testing.T) {
		p, err := d.preview(t, "Konto;Periode;Beløb\n1;012.2018;1,00\n1;013.2018;2,00\n", "closing", "december")
		if err != nil || p.First != amount.NewMonth(2018, 12) || p.First != p.Last {
			t.Errorf("%+v, %v", p, err)
		}
	})
	t.Run("a workbook's numbers and days are read as they are held", func(t *testing.T) {
		book := excelize.NewFile()
		for at, v := range map[string]any{"A1": "Konto", "B1": "Bogf.dato", "C1": "Beløb", "A2": "1", "B2": 43131, "C2": 1234.5, "A3": "1", "B3": 43160, "C3": -0.1} {
			if err := book.SetCellValue("Sheet1", at, v); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := book.Write(&b); err != nil {
			t.Fatal(err)
		}
		p, err := d.preview(t, b.String())
		if err != nil || p.Sum != 1234_40 || p.First != amount.NewMonth(2018, 1) || p.Last != amount.NewMonth(2018, 3) {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestApply(t *testing.T) {
	for name, postgres := range map[string]bool{"embedded": false, "PostgreSQL": true} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, postgres)
			file := ledgerFile(1_500)
			before := d.now(t).Seq
			first := d.apply(t, file)
			t.Run("a file brings each row as a posting with its event, and its accounts once", func(t *testing.T) {
				if n := d.now(t).Seq - before; n != int64(1+1_500+len(first.Accounts)) {
					t.Errorf("%d events for %d accounts", n, len(first.Accounts))
				}
				if got := d.posted(t, portfolio.Actual); got != first.Sum || got == 0 {
					t.Errorf("posted %d, the file has %d", got, first.Sum)
				}
				if bad, err := d.Check(t.Context()); err != nil || len(bad.Violations) != 0 {
					t.Errorf("%+v, %v", bad, err)
				}
			})
			t.Run("the same file again changes nothing", func(t *testing.T) {
				was := d.now(t).Seq
				again := d.apply(t, file)
				if again.Before == nil || again.Seq != 0 || d.now(t).Seq != was {
					t.Errorf("%+v", again)
				}
			})
			t.Run("a file that repeats rows brings only the new ones, and rows that are alike each count", func(t *testing.T) {
				was := d.posted(t, portfolio.Actual)
				more := d.apply(t, file+"XG-1;Ny;01.01.2018;1;Ens;10,00\r\nXG-1;Ny;01.01.2018;1;Ens;10,00\r\n")
				if more.New != 2 || more.Postings != 1_502 || d.posted(t, portfolio.Actual)-was != 20_00 {
					t.Errorf("%d of %d are new", more.New, more.Postings)
				}
			})
			t.Run("rows in another writing are the same rows", func(t *testing.T) {
				rows := []row{{"9.1", "Løn", amount.NewMonth(2018, 5), 100}, {"9.1", "Løn", amount.NewMonth(2018, 5), 100}, {"9.2", "", amount.NewMonth(2018, 6), -5}}
				d.apply(t, dialect{encoding: "cp1252", date: "ppp.yyyy", trailing: true, comma: ";"}.write(rows))
				was := d.now(t).Seq
				if out := d.apply(t, dialect{encoding: "utf-16", date: "dd.mm.yyyy", comma: "\t", totals: true}.write(rows)); out.New != 0 || d.now(t).Seq != was {
					t.Errorf("%d are new", out.New)
				}
			})
		})
	}
}
