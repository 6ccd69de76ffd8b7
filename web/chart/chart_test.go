package chart_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

// plain speaks in keys, so that tests see figures and nothing else.
var plain = chart.Voice{
	Say: func(key string, args ...any) string {
		return strings.TrimSpace(key + " " + fmt.Sprintln(args...))
	},
	Style: amount.Danish,
}

// drawn is the part of an option that tests look at.
type drawn struct {
	Series []struct {
		Name  string
		Type  string
		Stack string
		Data  []struct{ Value json.RawMessage }
	}
}

func read(t rapid.TB, c chart.Chart) drawn {
	t.Helper()
	var d drawn
	if err := json.Unmarshal(c.Option, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// values are the series' numbers, by name.
func (d drawn) values(t rapid.TB, name string) []amount.Money {
	t.Helper()
	for _, s := range d.Series {
		if s.Name != name {
			continue
		}
		out := make([]amount.Money, len(s.Data))
		for i, point := range s.Data {
			if err := json.Unmarshal(point.Value, &out[i]); err != nil {
				t.Fatal(err)
			}
		}
		return out
	}
	return nil
}

// cellValue reads a table's figure in thousands back to øre.
func cellValue(t rapid.TB, c chart.Cell) amount.Money {
	t.Helper()
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", "\u2212", "-").Replace(c.Text), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return amount.Money(n) * tkr
}

// aYear draws twelve amounts in whole thousands, as the table shows them.
func aYear(least int64) *rapid.Generator[[]amount.Money] {
	thousand := rapid.Map(rapid.Int64Range(least, 5000), func(n int64) amount.Money { return amount.Money(n) * tkr })
	return rapid.SliceOfN(thousand, 12, 12)
}

func someBurnUp(t *rapid.T, least int64) chart.BurnUpData {
	return chart.BurnUpData{
		Year: 2018, Requirement: amount.Exactly(3900 * tkr), FirstOpen: rapid.IntRange(0, 12).Draw(t, "open"),
		Confirmed: aYear(least).Draw(t, "confirmed"), Claimed: aYear(least).Draw(t, "claimed"),
		Expected: aYear(least).Draw(t, "expected"), Plan: aYear(least).Draw(t, "plan"),
	}
}

func TestBurnUp(t *testing.T) {
	t.Run("the table's months sum to what the chart ends at, in every column", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			c := chart.BurnUp(plain, someBurnUp(t, -2000))
			d := read(t, c)
			for column, name := range []string{1: "chart.plan", 2: "chart.confirmed", 3: "chart.claimed", 4: "chart.expected"} {
				if name == "" {
					continue
				}
				var running amount.Money
				shown := d.values(t, name)
				for month := range 12 {
					running += cellValue(t, c.Table.Rows[month].Cells[column])
					if shown == nil && running != 0 {
						t.Fatalf("%s is not drawn, the table has %d", name, running)
					}
					if shown != nil && shown[month] != running {
						t.Fatalf("%s in month %d: the chart shows %d, the table sums to %d", name, month, shown[month], running)
					}
				}
				if total := cellValue(t, c.Table.Rows[12].Cells[column]); total != running {
					t.Fatalf("%s: the total row has %d, the months %d", name, total, running)
				}
			}
		})
	})

	t.Run("no series falls while nothing is taken back", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			d := read(t, chart.BurnUp(plain, someBurnUp(t, 0)))
			for _, name := range []string{"chart.plan", "chart.confirmed", "chart.claimed", "chart.expected"} {
				shown := d.values(t, name)
				for i := 1; i < len(shown); i++ {
					if shown[i] < shown[i-1] {
						t.Fatalf("%s falls in month %d: %v", name, i, shown)
					}
				}
			}
		})
	})

	t.Run("with the facts alone only the requirement is drawn and the text says what to do", func(t *testing.T) {
		c := chart.BurnUp(plain, burnUpFacts)
		d := read(t, c)
		if d.values(t, "chart.confirmed") != nil || d.values(t, "chart.plan") != nil {
			t.Error("a bar is drawn without an amount")
		}
		if line := fmt.Sprint(len(d.Series)); line != "2" {
			t.Errorf("%s series, want the line and its label holder", line)
		}
		if !strings.Contains(c.Summary, "chart.burnup.empty") {
			t.Errorf("summary %q does not say what to do", c.Summary)
		}
	})

	t.Run("an unknown expectation is called unknown, and no gap is claimed", func(t *testing.T) {
		c := chart.BurnUp(plain, burnUpFacts)
		if got := c.Table.Rows[0].Cells[4].Text; got != "ukendt" {
			t.Errorf("expected in January is %q", got)
		}
		for _, row := range c.Table.Rows {
			if row.Cells[0].Text == "chart.missing" {
				t.Errorf("the table claims a gap: %v", row)
			}
		}
	})
}

func TestBridge(t *testing.T) {
	t.Run("it ends at the requirement plus all changes", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			want := amount.Money(rapid.Int64Range(-3000, 9000).Draw(t, "requirement")) * tkr
			steps := []chart.Step{{Kind: chart.Level, Amount: amount.Exactly(want)}}
			for _, n := range rapid.SliceOf(rapid.Int64Range(-4000, 4000)).Draw(t, "changes") {
				change := amount.Money(n) * tkr
				steps = append(steps, chart.Step{Kind: chart.Change, Label: "x", Amount: amount.Exactly(change)})
				want += change
			}
			c := chart.Bridge(plain, chart.BridgeData{Year: 2018, Steps: append(steps, chart.Step{Kind: chart.Gap})})
			end := len(c.Table.Rows) - 1
			if got := cellValue(t, c.Table.Rows[end].Cells[1]); got != want {
				t.Fatalf("the table ends at %d, want %d", got, want)
			}
			d := read(t, c)
			got := d.values(t, "bridge")[end] + d.values(t, "base")[end] + d.values(t, "across")[end]
			if got != want {
				t.Fatalf("the last bar ends at %d, want %d", got, want)
			}
		})
	})

	t.Run("every bar is as long as its amount, on whichever side of zero", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			steps := []chart.Step{{Kind: chart.Level, Amount: amount.Exactly(1000 * tkr)}}
			for _, n := range rapid.SliceOf(rapid.Int64Range(-4000, 4000)).Draw(t, "changes") {
				steps = append(steps, chart.Step{Kind: chart.Change, Amount: amount.Exactly(amount.Money(n) * tkr)})
			}
			c := chart.Bridge(plain, chart.BridgeData{Steps: steps})
			d := read(t, c)
			main, across := d.values(t, "bridge"), d.values(t, "across")
			for i, row := range c.Table.Rows {
				length := max(main[i], -main[i]) + max(across[i], -across[i])
				written := cellValue(t, row.Cells[1])
				if length != max(written, -written) {
					t.Fatalf("bar %d is %d long, its amount is %d", i, length, written)
				}
			}
		})
	})

	t.Run("an unknown amount is named, adds nothing and has no length", func(t *testing.T) {
		c := chart.Bridge(plain, bridgeSurplus)
		if got := c.Table.Rows[1].Cells[1].Text; got != "ukendt" {
			t.Errorf("the amount reads %q", got)
		}
		if got := read(t, c).values(t, "bridge")[1]; got != 0 {
			t.Errorf("the bar is %d long", got)
		}
	})

	t.Run("a gap below zero is called a surplus", func(t *testing.T) {
		rows := chart.Bridge(plain, bridgeSurplus).Table.Rows
		if got := rows[len(rows)-1].Cells[0].Text; got != "chart.surplus" {
			t.Errorf("it is called %q", got)
		}
	})
}

func TestOthersAgreeWithTheirTables(t *testing.T) {
	t.Run("the effects' totals are the sums of their rows and bars", func(t *testing.T) {
		c := chart.Effects(plain, effects)
		d := read(t, c)
		for column, names := range map[int][]string{
			1: {"chart.confirmed", "chart.effects.rest"}, 2: {"chart.confirmed"},
			3: {"chart.effects.planned"}, 4: {"chart.effects.full_year"},
		} {
			var bars amount.Money
			for _, name := range names {
				for _, m := range d.values(t, name) {
					bars += m
				}
			}
			last := c.Table.Rows[len(c.Table.Rows)-1].Cells[column]
			last.Text = strings.TrimPrefix(last.Text, "mindst ")
			if got := cellValue(t, last); got != bars {
				t.Errorf("column %d: the table totals %d, the bars %d", column, got, bars)
			}
		}
	})

	t.Run("a year's parts in the table are the column's parts", func(t *testing.T) {
		c := chart.YearStack(plain, years)
		d := read(t, c)
		for column, name := range []string{2: "chart.confirmed", 3: "chart.claimed", 4: "chart.expected"} {
			if name == "" {
				continue
			}
			for i, shown := range d.values(t, name) {
				cell := c.Table.Rows[i].Cells[column]
				if cell.Text == "ukendt" {
					cell.Text = "0"
				}
				if got := cellValue(t, cell); got != shown {
					t.Errorf("%s in row %d: table %d, chart %d", name, i, got, shown)
				}
			}
		}
	})

	t.Run("the funnel's bars are its counts", func(t *testing.T) {
		got := read(t, chart.Funnel(plain, funnel)).values(t, "chart.funnel.count")
		if fmt.Sprint(got) != "[81 0 10 4]" {
			t.Errorf("bars %v", got)
		}
	})
}

func TestNothingToDraw(t *testing.T) {
	t.Run("without a figure there is no empty frame, only a sentence", func(t *testing.T) {
		for name, draw := range pictures {
			c := draw(plain)
			if want := strings.HasSuffix(name, "-nothing"); (c.Option == nil) != want {
				t.Errorf("%s: nothing drawn is %t, want %t", name, c.Option == nil, want)
			}
			if c.Summary == "" {
				t.Errorf("%s says nothing", name)
			}
		}
	})
}

func TestOptionIsSafe(t *testing.T) {
	t.Run("no label can end the script element it stands in", func(t *testing.T) {
		nasty := rapid.OneOf(
			rapid.String(),
			rapid.SampledFrom([]string{"</script><script>alert(1)</script>", "<!--", "]]>", "a & b", "\u2028", "\xff", "@look:gap", "{b}"}),
		)
		rapid.Check(t, func(t *rapid.T) {
			label := nasty.Draw(t, "label")
			v := chart.Voice{Style: amount.English, Say: func(key string, _ ...any) string { return key + label }}
			for _, c := range []chart.Chart{
				chart.BurnUp(v, burnUp),
				chart.Bridge(v, chart.BridgeData{Steps: []chart.Step{{Label: label, Href: label, Kind: chart.Level, Amount: thousands(1)}}}),
				chart.Funnel(v, chart.FunnelData{Steps: []chart.FunnelStep{{Label: label, Href: label, Count: 1}}}),
				chart.Effects(v, chart.EffectsData{Rows: []chart.EffectRow{{Label: label, Href: label, InYear: thousands(1)}}}),
				chart.YearStack(v, years),
			} {
				if !json.Valid(c.Option) || bytes.ContainsAny(c.Option, "<>&\u2028\u2029") {
					t.Fatalf("%s: %s", c.ID, c.Option)
				}
			}
		})
	})

	t.Run("a chart holds no program text, only names of the script's functions", func(t *testing.T) {
		for name, draw := range pictures {
			option := draw(plain).Option
			if bytes.Contains(option, []byte("function")) || bytes.Contains(option, []byte("__f__")) {
				t.Errorf("%s: %s", name, option)
			}
			if bytes.Contains(option, []byte("@look:")) {
				t.Errorf("%s: a look was not put in place: %s", name, option)
			}
		}
	})

	t.Run("two drawings of the same figures are the same bytes", func(t *testing.T) {
		for name, draw := range pictures {
			if !bytes.Equal(draw(plain).Option, draw(plain).Option) {
				t.Errorf("%s differs from itself", name)
			}
		}
	})
}

func TestBubblesAreApart(t *testing.T) {
	t.Run("no bubble lies over another one's number, wherever they are", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			in := chart.BubblesData{}
			for k := range rapid.IntRange(1, 20).Draw(t, "bubbles") {
				in.Bubbles = append(in.Bubbles, chart.Bubble{
					Rank: k + 1, Title: "x", Value: rapid.Int64Range(10, 50).Draw(t, "value") * 100, Complexity: rapid.Int64Range(10, 50).Draw(t, "complexity") * 100,
					Effect: amount.Exactly(amount.Money(rapid.Int64Range(0, 1_000_000).Draw(t, "effect"))),
				})
			}
			var option struct {
				Series []struct {
					Data []struct {
						Value        []float64
						SymbolSize   float64
						SymbolOffset [2]float64
					}
				}
			}
			if err := json.Unmarshal(chart.Bubbles(plain, in).Option, &option); err != nil {
				t.Fatal(err)
			}
			data := option.Series[0].Data
			if len(data) != len(in.Bubbles) {
				t.Fatalf("%d are drawn", len(data))
			}
			for k, over := range data {
				for _, under := range data[:k] {
					dx := (over.Value[0]-under.Value[0])*52/1000 + over.SymbolOffset[0] - under.SymbolOffset[0]
					dy := -(over.Value[1]-under.Value[1])*52/1000 + over.SymbolOffset[1] - under.SymbolOffset[1]
					if math.Hypot(dx, dy) < over.SymbolSize/2+10 {
						t.Fatalf("%+v hides the number of %+v", over, under)
					}
				}
			}
		})
	})
}
