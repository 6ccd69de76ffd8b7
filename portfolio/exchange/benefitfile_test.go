package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
)

// gain finds one by its title.
func (s *story) gain(t *testing.T, title string) *portfolio.Benefit {
	t.Helper()
	for b := range s.now(t).Benefits.All() {
		if b.Title == title {
			return b
		}
	}
	t.Fatalf("there is no %q", title)
	return nil
}

func TestBenefitFiles(t *testing.T) {
	s := newStory(t)
	focus := s.now(t).Strategy.Focus
	const head = "indsats;titel;gevinsttype;gevinstart;timer;enhed;udgangspunkt;mål;udgangspunkt målt;målemetode;målinger;ulempe;ændring;strategisk fokus\n"
	file := head +
		"1;Tid der går;kvalitet;frigjort tid;-100;;;;;;;ja;Dobbelt tastning;\"" + focus[0] + "\n" + focus[1] + "\"\n" +
		"1;Ventetid;kvalitet;ikke-økonomisk;;dage;8,2;4;31-12-2017;Stikprøve;\"2018-03-31 7,5\n30-06-2018 6\";;;\n"
	t.Run("what a gain is meant to be, and how it is measured, is read from a file, and is the same the second time", func(t *testing.T) {
		if err := s.apply(s.readKind(t, exchange.Benefits, file), s.office); err != nil {
			t.Fatal(err)
		}
		b := s.gain(t, "Tid der går")
		if !b.Adverse || b.Time.HoursPerYear != -100 || b.Change != "Dobbelt tastning" || !slices.Equal(b.Focus, focus[:2]) {
			t.Errorf("%+v", b)
		}
		in := *s.gain(t, "Ventetid").Indicator
		measured := in.Measurements
		in.Measurements = nil
		if in.Unit != "dage" || in.Baseline != 8_200 || in.Target != 4_000 || in.BaselineDate != 20171231 || in.Method != "Stikprøve" {
			t.Errorf("%+v", in)
		}
		if len(measured) != 2 || measured[0].Date != 20180331 || measured[0].Value != 7_500 || measured[1].Value != 6_000 || measured[1].By != s.office {
			t.Errorf("%+v", measured)
		}
		before := s.now(t).Seq
		again := s.readKind(t, exchange.Benefits, file)
		if err := s.apply(again, s.office); err != nil || s.now(t).Seq != before {
			t.Errorf("%v: %+v", err, changed(again))
		}
	})
	t.Run("a new measurement is one act, and says who made it", func(t *testing.T) {
		before := s.now(t).Seq
		m := s.readKind(t, exchange.Benefits, strings.Replace(file, "30-06-2018 6", "30-06-2018 6\n2018-08-31 5,5", 1))
		if err := s.apply(m, s.office); err != nil {
			t.Fatal(err)
		}
		in := s.gain(t, "Ventetid").Indicator
		if s.now(t).Seq != before+1 || len(in.Measurements) != 3 || in.Measurements[2].Value != 5_500 {
			t.Errorf("%d events, %+v", s.now(t).Seq-before, in.Measurements)
		}
	})
	t.Run("a value may be in whole thousandths, as older files have it; two that disagree are refused", func(t *testing.T) {
		const short = "initiative;title;type;cashability;unit;baseline;baseline_milli\n1;Ventetid;quality;non_financial;dage;%s;%s\n"
		for _, c := range []struct {
			plain, milli string
			want         int64 // 0 is refused
		}{{"8,2", "8234", 8_234}, {"8.3", "8200", 8_300}, {"9", "9000", 9_000}, {"9", "7000", 0}, {"otte", "8200", 0}} {
			m, err := s.reading(t, exchange.Benefits, fmt.Sprintf(short, c.plain, c.milli))
			if (err != nil) != (c.want == 0) {
				t.Errorf("%+v: %v", c, err)
			}
			if err != nil {
				continue
			}
			milli := m.Rows[0].Changes[slices.IndexFunc(m.Rows[0].Changes, func(f exchange.FieldChange) bool { return f.Column == "baseline_milli" })].After
			if milli != fmt.Sprint(c.want) {
				t.Errorf("%+v: %s", c, milli)
			}
		}
	})
	for _, c := range []struct{ name, row, column string }{
		{"hours that a dis-benefit would free", "1;X;kvalitet;frigjort tid;100;;;;;;;1;;", "timer"},
		{"lost hours of what is no dis-benefit", "1;X;kvalitet;frigjort tid;-100;;;;;;;;;", "timer"},
		{"a focus that the strategy has not", "1;X;kvalitet;frigjort tid;1;;;;;;;;;Andet", "strategisk fokus"},
		{"a day that is none", "1;X;kvalitet;ikke-økonomisk;;stk;1;2;i går;;;;;", "udgangspunkt målt"},
		{"a method of what is not measured", "1;X;kvalitet;frigjort tid;1;;;;;Stikprøve;;;;", "målemetode"},
		{"a measurement without a value", "1;X;kvalitet;ikke-økonomisk;;stk;1;2;;;2018-03-31;;;", "målinger"},
		{"a measurement of a day to come", "1;X;kvalitet;ikke-økonomisk;;stk;1;2;;;2030-03-31 1;;;", "målinger"},
		{"a measurement that is left out", "1;Ventetid;kvalitet;ikke-økonomisk;;dage;8,2;4;2017-12-31;Stikprøve;2018-03-31 7,5;;;", "målinger"},
	} {
		t.Run("refused is "+c.name, func(t *testing.T) {
			_, err := s.reading(t, exchange.Benefits, head+c.row+"\n")
			bad, ok := err.(*exchange.FileError)
			if !ok || len(bad.Rows) != 1 || bad.Rows[0].Column != c.column {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("a dis-benefit in kroner is below zero", func(t *testing.T) {
		m := s.readKind(t, exchange.Benefits, "indsats;titel;gevinsttype;gevinstart;brutto;virkning fra;ulempe\n1;Dyrere licenser;effektivisering;budgetreduktion;-120.000;2019-01;ja\n")
		if err := s.apply(m, s.office); err != nil {
			t.Fatal(err)
		}
		if b := s.gain(t, "Dyrere licenser"); !b.Adverse || b.Gross != amount.Exactly(-120_000*amount.Krone) {
			t.Errorf("%+v", b)
		}
	})
}
