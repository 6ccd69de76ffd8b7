package amount

import (
	"errors"
	"strings"
	"testing"
)

func TestParseDanish(t *testing.T) {
	for text, want := range map[string]Figure{
		"3,9 mio. kr.":              Exactly(3_900_000_00),
		"3,9 mio.":                  Exactly(3_900_000_00),
		"3,925 mio. kr.":            Exactly(3_925_000_00),
		"1.5 mio. kr.":              Exactly(1_500_000_00),
		"1.234 mio. kr.":            Exactly(1_234_000_000_00),
		"1,23456789 mio. kr.":       Exactly(1_234_567_89),
		"1.700 t.kr.":               Exactly(1_700_000_00),
		"1.700 tkr":                 Exactly(1_700_000_00),
		"DKK 1.700":                 Exactly(1_700_00),
		"kr. 5":                     Exactly(5_00),
		"1.234.567,89":              Exactly(1_234_567_89),
		"1.234.567,89 kr.":          Exactly(1_234_567_89),
		"1234567.89":                Exactly(1_234_567_89),
		"1234567,89":                Exactly(1_234_567_89),
		"1234567":                   Exactly(1_234_567_00),
		"1.000":                     Exactly(1_000_00),
		"12.000.000 kr":             Exactly(12_000_000_00),
		"1.5":                       Exactly(1_50),
		"12.34":                     Exactly(12_34),
		"0,5":                       Exactly(50),
		"0,250":                     Exactly(25),
		"1234,500":                  Exactly(1234_50),
		"-1.000":                    Exactly(-1_000_00),
		"- 1.000 kr.":               Exactly(-1_000_00),
		"−1.000 kr.":                Exactly(-1_000_00),
		"1.000-":                    Exactly(-1_000_00),
		"1.000,50- kr.":             Exactly(-1_000_50),
		"1.000−":                    Exactly(-1_000_00),
		"(1.000)":                   Exactly(-1_000_00),
		"(1.000) kr.":               Exactly(-1_000_00),
		"(1.000 kr.)":               Exactly(-1_000_00),
		"DKK -5":                    Exactly(-5_00),
		"-0":                        Exactly(0),
		"ca. 0,3 mio. kr.":          About(300_000_00),
		"Ca. 0,3 Mio. Kr.":          About(300_000_00),
		"c. 500":                    About(500_00),
		"ca 500 kr.":                About(500_00),
		"ca. -500 kr.":              About(-500_00),
		"1\u00a0700\u202ft.kr.":     Exactly(1_700_000_00),
		"1\u2009234\u2009567,5":     Exactly(1_234_567_50),
		"  3,9\u00a0mio.\u00a0kr. ": Exactly(3_900_000_00),
		"10.000.000.000.000":        Exactly(Max),
		"10.000.000 mio. kr.":       Exactly(Max),
	} {
		if got, err := ParseDanish(text); err != nil || got != want {
			t.Errorf("ParseDanish(%q) = %+v, %v, want %+v", text, got, err, want)
		}
	}
}

func TestParseDanishRefusesRatherThanGuesses(t *testing.T) {
	for text, want := range map[string]struct {
		reason  FigureReason
		reading string
	}{
		"":                       {Empty, ""},
		" \u00a0\t":              {Empty, ""},
		"1,234":                  {Ambiguous, "1,23~kr. eller 1.234~kr."},
		"-1,234":                 {Ambiguous, "−1,23~kr. eller −1.234~kr."},
		"1,234 t.kr.":            {Ambiguous, "1.234~kr. eller 1.234.000~kr."},
		"1,234.5":                {Ambiguous, "1.234,50~kr."},
		"1,234,567":              {Ambiguous, "1.234.567~kr."},
		"1,234.5 mio. kr.":       {Ambiguous, "1.234.500.000~kr."},
		"1.2345":                 {Ambiguous, "1,23~kr. eller 12.345~kr."},
		"1234.567":               {Ambiguous, "1.234,57~kr. eller 1.234.567~kr."},
		"0.500":                  {Ambiguous, "0,50~kr. eller 500~kr."},
		"1.00.000":               {NotAFigure, ""},
		"0.123.456":              {NotAFigure, ""},
		"1,23,4":                 {NotAFigure, ""},
		"1.00,5":                 {NotAFigure, ""},
		"1 00":                   {NotAFigure, ""},
		"1 234.567.890":          {NotAFigure, ""},
		"1 00.5678":              {NotAFigure, ""},
		"1\t000":                 {NotAFigure, ""},
		"1.":                     {NotAFigure, ""},
		",5":                     {NotAFigure, ""},
		"-":                      {NotAFigure, ""},
		"kr.":                    {NotAFigure, ""},
		"ukendt":                 {NotAFigure, ""},
		"1e6":                    {NotAFigure, ""},
		"+5":                     {NotAFigure, ""},
		"5 %":                    {NotAFigure, ""},
		"5 t":                    {NotAFigure, ""},
		"kr. 5 kr.":              {NotAFigure, ""},
		"-5-":                    {NotAFigure, ""},
		"-(5)":                   {NotAFigure, ""},
		"(5":                     {NotAFigure, ""},
		"5)":                     {NotAFigure, ""},
		"(5-)":                   {NotAFigure, ""},
		"2-3 mio. kr.":           {NotAFigure, ""},
		"\xff5":                  {NotAFigure, ""},
		"0,005 kr.":              {TooPrecise, "0~kr."},
		"1,2345":                 {TooPrecise, "1,23~kr."},
		"1.234,567":              {TooPrecise, "1.234,57~kr."},
		"0,015":                  {TooPrecise, "0,02~kr."},
		"1,123456789 mio. kr.":   {TooPrecise, "1.123.456,79~kr."},
		"10.000.000.000.000,01":  {TooLarge, ""},
		"-10.000.001 mio. kr.":   {TooLarge, ""},
		strings.Repeat("9", 500): {TooLarge, ""},
		"99,999,999,999,999,999": {TooLarge, ""},
	} {
		got, err := ParseDanish(text)
		refused, ok := errors.AsType[*FigureError](err)
		if !ok || got != (Figure{}) {
			t.Errorf("ParseDanish(%q) = %+v, %v, want it refused", text, got, err)
			continue
		}
		if *refused != (FigureError{text, want.reason, hard(want.reading)}) {
			t.Errorf("%q was refused as %s, reading %q; want %s, %q", text, refused.Reason, refused.Reading, want.reason, hard(want.reading))
		}
	}
}

func TestFigureErrorsReadAsSentences(t *testing.T) {
	for reason, want := range map[FigureReason][2]string{
		Empty:      {"empty", "the figure is empty"},
		NotAFigure: {"not_a_figure", `"x" is not a figure`},
		Ambiguous:  {"ambiguous", `"x" is ambiguous: 1 kr. eller 2 kr.`},
		TooPrecise: {"too_precise", `"x" is finer than one øre`},
		TooLarge:   {"too_large", hard(`"x" is more than DKK~10,000,000,000,000`)},
	} {
		err := &FigureError{Value: "x", Reason: reason, Reading: "1 kr. eller 2 kr."}
		if got := [2]string{reason.String(), err.Error()}; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzParseDanish(f *testing.F) {
	for _, seed := range []string{
		"", "3,9 mio. kr.", "1.700 t.kr.", "1.234.567,89", "1234567.89", "(1.000)", "1.000-", "ca. −5 kr.",
		"1,234", "1.00.000", "0,005 kr.", "DKK 1\u00a0234", "99999999999999999999", "0.500", "1,234.5",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseDanish(text)
		if err != nil {
			refused, ok := errors.AsType[*FigureError](err)
			if !ok || refused.Value != text || got != (Figure{}) {
				t.Fatalf("ParseDanish(%q) = %+v, %v", text, got, err)
			}
			if refused.Reason == Ambiguous && refused.Reading == "" {
				t.Fatalf("%q is ambiguous without a reading", text)
			}
			return
		}
		if !got.Known || got.Ore.abs() > uint64(Max) {
			t.Fatalf("ParseDanish(%q) = %+v", text, got)
		}
		again, err := ParseDanish(Danish.Plain(got.Ore))
		if err != nil || again != Exactly(got.Ore) {
			t.Fatalf("%q is %+v, written and read again %+v, %v", text, got, again, err)
		}
	})
}
