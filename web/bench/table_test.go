package bench

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// row is one line of the table: what was measured, against what, and whether the goal is met.
type row struct {
	what, figure, yardstick, ratio, goal string
	verdict                              string
}

var table []row

// verdict words.
func verdict(met bool) string {
	if met {
		return "met"
	}
	return "NOT MET"
}

// atLeast holds how much of a yardstick's pace is reached against a goal.
func atLeast(what string, ours, yardstick sample, goal float64) {
	ratio := float64(yardstick.typical()) / float64(ours.typical())
	add(what, ours, yardstick, ratio, fmt.Sprintf(">= %g of its pace", goal), ratio >= goal)
}

// atMost holds how many times a yardstick's time is spent against a goal.
func atMost(what string, ours, yardstick sample, goal float64) {
	ratio := float64(ours.typical()) / float64(yardstick.typical())
	add(what, ours, yardstick, ratio, fmt.Sprintf("<= %g x", goal), ratio <= goal)
}

// atMostTime is atMost for acts that wait for a disk: it is the time that counts, not the processor's.
func atMostTime(what string, ours, yardstick sample, goal float64) {
	ratio := float64(ours.p50) / float64(yardstick.p50)
	add(what, ours, yardstick, ratio, fmt.Sprintf("<= %g x (p50)", goal), ratio <= goal)
}

func add(what string, ours, yardstick sample, ratio float64, goal string, met bool) {
	table = append(table, row{what, ours.String(), yardstick.String(), fmt.Sprintf("%.2f", ratio), goal, verdict(met)})
}

// report is a figure with a goal of its own.
func report(what, figure, goal string, met bool) {
	table = append(table, row{what: what, figure: figure, goal: goal, verdict: verdict(met)})
}

// tell is a figure without a goal.
func tell(what, figure string) { table = append(table, row{what: what, figure: figure}) }

func (s sample) String() string {
	return fmt.Sprintf("cpu %s p50 %s p99 %s", short(s.typical()), short(s.p50), short(s.p99))
}

func short(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2fs", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0fms", d.Seconds()*1e3)
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1fms", d.Seconds()*1e3)
	}
	return fmt.Sprintf("%.0fµs", d.Seconds()*1e6)
}

func write(to io.Writer) {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tfigure\tyardstick\tratio\tgoal\tverdict")
	for _, r := range table {
		fmt.Fprintln(w, strings.Join([]string{r.what, r.figure, r.yardstick, r.ratio, r.goal, r.verdict}, "\t"))
	}
	w.Flush()
}

func TestMain(m *testing.M) {
	code := m.Run()
	closeAll()
	if len(table) > 0 {
		write(os.Stdout)
		if name := os.Getenv("BENCH_TABLE"); name != "" {
			if err := writeTo(name); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = 1
			}
		}
	}
	os.Exit(code)
}

func writeTo(name string) error {
	var b strings.Builder
	write(&b)
	return os.WriteFile(name, []byte(b.String()), 0o644)
}
