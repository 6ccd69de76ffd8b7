package chart

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"gevinst/portfolio/amount"
)

const (
	keyCoursesTitle = "chart.courses.title"
	keyCoursesMonth = "chart.courses.month"
	keyCoursesOne   = "chart.courses.one"
	keyCoursesLine  = "chart.courses.line"
	keyCoursesEmpty = "chart.courses.empty"
)

// Course is a year as it goes in one case: each month's own effect in øre,
// January first, and what the case asks of the year.
type Course struct {
	Name        string
	Months      []amount.Money
	Requirement amount.Figure
}

// CoursesData is a year today, first, and under scenarios.
type CoursesData struct {
	Year    int
	AsOf    amount.Date
	Courses []Course
	Example bool
}

// dashes tell the lines apart without colour: today is solid.
var dashes = []struct{ colour, dash string }{{Ink, "solid"}, {Accent, "dashed"}, {Good, "dotted"}, {Bad, "dashed"}, {Muted, "dotted"}}

// MaxCourses is how many lines the picture holds.
const MaxCourses = 5

// Courses draws a burn-up of several cases over each other: the effect summed
// from January as a line each, and what is required as steps across.
func Courses(v Voice, in CoursesData) Chart {
	c := Chart{ID: "courses", Title: v.Say(keyCoursesTitle, strconv.Itoa(in.Year)), Unit: v.Say(keyUnitMio), AsOf: v.Style.Date(in.AsOf), Height: "chart-m"}
	if len(in.Courses) == 0 {
		c.Summary = v.Say(keyCoursesEmpty)
		return c
	}
	said := ""
	for _, course := range in.Courses {
		if said != "" {
			said += " "
		}
		said += v.Say(keyCoursesOne, course.Name, v.millions(amount.Exactly(sum(course.Months))))
		if course.Requirement.Known {
			said += " " + v.Say(keyCoursesLine, v.millions(course.Requirement))
		}
	}
	c.Summary, c.Example = v.example(said, in.Example)
	c.Option, c.Table = coursesOption(v, in, c.Summary), coursesTable(v, in)
	return c
}

func coursesTable(v Voice, in CoursesData) Table {
	t := Table{Head: []string{v.Say(keyCoursesMonth)}}
	for _, course := range in.Courses {
		t.Head = append(t.Head, course.Name)
	}
	for m := range 12 {
		row := Row{Cells: []Cell{{Text: v.Style.MonthName(amount.NewMonth(in.Year, m+1))}}, Total: m == 11, Example: in.Example}
		for _, course := range in.Courses {
			row.Cells = append(row.Cells, num(v.bareMillions(amount.Exactly(amount.Money(at(cumulate(course.Months), m))))))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func coursesOption(v Voice, in CoursesData, summary string) json.RawMessage {
	values, ends := []int64{}, make([]int64, len(in.Courses))
	for k, course := range in.Courses {
		line := cumulate(course.Months)
		values, ends[k] = append(values, line...), at(line, 11)
		if course.Requirement.Known {
			values = append(values, int64(course.Requirement.Ore))
		}
	}
	s := scaleOver(values...)
	months := make([]string, 12)
	for m := range months {
		months[m], _, _ = strings.Cut(v.Style.ShortMonth(amount.NewMonth(in.Year, m+1)), " ") // the title has the year
	}
	c := columns(months, s, opts.Grid{Left: "44", Right: "132", Top: "14", Bottom: "26"})
	for k, course := range in.Courses {
		style := dashes[k%len(dashes)]
		line := charts.SingleSeries{
			Name: course.Name, Type: types.ChartLine, Symbol: "circle", SymbolSize: 3,
			LineStyle: &opts.LineStyle{Color: style.colour, Width: 2.5, Type: style.dash}, ItemStyle: &opts.ItemStyle{Color: style.colour},
		}
		data := sums(course.Months)
		for m := range data {
			data[m].worn = worn{}
		}
		line.Data = data
		c.MultiSeries = append(c.MultiSeries, line)
		if course.Requirement.Known && (k == 0 || course.Requirement != in.Courses[0].Requirement) {
			c.MultiSeries = append(c.MultiSeries, asked(v, course, style.colour))
		}
	}
	c.MultiSeries = append(c.MultiSeries, courseNames(v, in, ends, s))
	return option(c, summary, columnPatch())
}

// asked is what a case requires, across the year.
func asked(v Voice, course Course, colour string) charts.SingleSeries {
	data := make([]datum, 12)
	for m := range data {
		data[m] = datum{Value: int64(course.Requirement.Ore)}
	}
	label := text(v.Say(keyLabelled, v.Say(keyRequirement), v.millions(course.Requirement)), "insideBottomLeft", Ink)
	label.BackgroundColor = Paper
	data[0].Label = label
	return charts.SingleSeries{
		Name: v.Say(keyRequirement), Type: types.ChartLine, Symbol: "circle", SymbolSize: 0.1,
		LineStyle: &opts.LineStyle{Color: colour, Width: 1.5, Type: "dashed"}, ItemStyle: &opts.ItemStyle{Color: colour}, Data: data,
	}
}

// courseNames writes each line's name and end at the right edge, moved apart where they would touch.
func courseNames(v Voice, in CoursesData, ends []int64, s scale) charts.SingleSeries {
	order := make([]int, len(ends))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ends[b], ends[a]) })
	places := make([]int64, len(order))
	for i, k := range order {
		places[i] = ends[k]
	}
	data := []datum{}
	for i, y := range spread(places, (s.hi-s.lo)/14, s.lo) {
		k := order[i]
		words := v.Say(keyLabelled, braceless(in.Courses[k].Name), v.bareMillions(amount.Exactly(amount.Money(ends[k]))))
		data = append(data, datum{Value: []int64{11, y}, Label: narrowText(words)})
	}
	return charts.SingleSeries{
		Type: types.ChartLine, Symbol: "circle", SymbolSize: 0.1, ItemStyle: dress(unseen),
		LineStyle: &opts.LineStyle{Width: 0.01, Opacity: opts.Float(0)}, Data: data,
	}
}

// narrowText is a label at the right edge that is cut where the frame ends.
func narrowText(words string) *opts.Label {
	if letters := []rune(words); len(letters) > 19 {
		words = string(letters[:10]) + "…" + string(letters[len(letters)-6:])
	}
	return text(words, "right", Ink)
}
