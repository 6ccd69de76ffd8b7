package finance_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange/finance"
	"gevinst/portfolio/portfoliotest"
	"gevinst/portfolio/store"
	"gevinst/portfolio/store/pgtest"
)

// desk is a small portfolio with an economy chief, who takes files in.
type desk struct {
	*store.Store
	chief, viewer portfolio.UserID
}

func clock() time.Time { return time.Date(2018, 9, 3, 12, 0, 0, 0, time.UTC) }

func newDesk(t testing.TB, postgres bool) *desk {
	t.Helper()
	o := store.Options{Path: filepath.Join(t.TempDir(), "g.db"), Clock: clock}
	if postgres {
		o = store.Options{URL: pgtest.Shared(t).NewDatabase(t), Clock: clock}
	}
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{Store: s}
	_, err = s.Write(t.Context(), func(tx *store.Tx) error {
		x := portfoliotest.Small(tx)
		d.chief, d.viewer = x.Chief, x.Viewer
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) now(t testing.TB) *portfolio.Portfolio {
	t.Helper()
	p, err := d.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// keep keeps a text as a file, and reads its beginning.
func keep(t testing.TB, content string) (*finance.File, portfolio.Mapping, error) {
	t.Helper()
	f, err := finance.Keep(strings.NewReader(content), "fil.csv", finance.Upload)
	if err != nil {
		return nil, portfolio.Mapping{}, err
	}
	t.Cleanup(func() {
		if err := f.Remove(); err != nil {
			t.Error(err)
		}
	})
	_, m, err := f.Look(t.Context())
	return f, m, err
}

// importOf is a file read as the guess has it, its amounts being actuals where nothing says, with options changed.
func (d *desk) importOf(t testing.TB, content string, options ...string) (*finance.Import, error) {
	t.Helper()
	f, m, err := keep(t, content)
	if err != nil {
		return nil, err
	}
	if finance.AsksMeasure(m) {
		m.Options[finance.FixedMeasure] = portfolio.Actual.String()
	}
	for i := 0; i+1 < len(options); i += 2 {
		if field, ok := strings.CutPrefix(options[i], "column "); ok {
			m.Columns[field] = options[i+1]
			continue
		}
		m.Options[options[i]] = options[i+1]
	}
	return &finance.Import{File: f, Mapping: m, Store: d.Store}, nil
}

func (d *desk) preview(t testing.TB, content string, options ...string) (*finance.Preview, error) {
	t.Helper()
	m, err := d.importOf(t, content, options...)
	if err != nil {
		return nil, err
	}
	return m.Preview(t.Context())
}

func (d *desk) apply(t testing.TB, content string, options ...string) *finance.Outcome {
	t.Helper()
	m, err := d.importOf(t, content, options...)
	if err != nil {
		t.Fatal(err)
	}
	out, err := m.Apply(t.Context(), d.chief, "")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// posted adds up all of a measure.
func (d *desk) posted(t testing.TB, of portfolio.Measure) (sum amount.Money) {
	t.Helper()
	for line := range d.now(t).AccountTallies() {
		if line.Measure == of {
			sum += amount.Money(line.Ore)
		}
	}
	return sum
}

// ledgerFile is a file of n rows such as OPUS writes, made up.
func ledgerFile(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("Posteringsliste 2018\r\n\r\nPSP-element;PSP-elementnavn;Bogf.dato;Bilagsnr.;Posteringstekst;Beløb\r\n")
	for k := range n {
		account := r.IntN(400)
		ore := r.Int64N(50_000_00)
		sign := ""
		if r.IntN(10) == 0 {
			sign = "-"
		}
		fmt.Fprintf(&b, "XG-%010d;Prøvekonto %d;%02d.%02d.2018;%d;Faktura nr. %d fra leverandør;%s%s\r\n", account, account, 1+r.IntN(28), 1+r.IntN(12), 5_000_000+k, r.IntN(1_000_000), amount.Danish.Plain(amount.Money(ore)), sign)
	}
	return b.String()
}

// cpu is the processor's time that the process has taken.
func cpu(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peak is the most memory that the process has had, in MB.
func peak(t testing.TB) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	var kb float64
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		t.Fatal(err)
	}
	return kb / 1024
}

// BenchmarkLargeFile tells what a file of 200,000 rows costs.
func BenchmarkLargeFile(b *testing.B) {
	for name, postgres := range map[string]bool{"embedded": false, "PostgreSQL": true} {
		b.Run(name, func(b *testing.B) {
			content := ledgerFile(200_000)
			for b.Loop() {
				b.StopTimer()
				d := newDesk(b, postgres)
				m, err := d.importOf(b, content)
				if err != nil {
					b.Fatal(err)
				}
				runtime.GC()
				b.StartTimer()
				start, used := time.Now(), cpu(b)
				if _, err := m.Preview(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(start).Seconds(), "preview-s")
				b.ReportMetric((cpu(b) - used).Seconds(), "preview-cpu-s")
				start, used = time.Now(), cpu(b)
				if _, err := m.Apply(b.Context(), d.chief, ""); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(start).Seconds(), "apply-s")
				b.ReportMetric((cpu(b) - used).Seconds(), "apply-cpu-s")
				b.ReportMetric(peak(b), "peak-MB")
			}
		})
	}
}
