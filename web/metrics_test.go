package web

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
)

func (s *site) metrics() string {
	s.Helper()
	got := httptest.NewRecorder()
	s.web.Metrics().ServeHTTP(got, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if got.Code != http.StatusOK {
		s.Fatalf("metrics: %d %s", got.Code, got.Body)
	}
	return got.Body.String()
}

// metric reads a figure without labels.
func metric(t *testing.T, text, name string) int64 {
	t.Helper()
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				t.Fatal(err)
			}
			return int64(n)
		}
	}
	t.Fatalf("there is no %s", name)
	return 0
}

func TestMetrics(t *testing.T) {
	s := newSite(t, true)
	office := s.as("programme_office")
	office.page("/initiatives/1?q=hemmeligt")
	office.get("/there/is/no/such/page")
	office.do("BREW", "/initiatives", nil)
	office.post("/initiatives/1/comment", "note", "et ord")
	text := s.metrics()

	t.Run("requests are counted by our own patterns, and a change by its kind of answer", func(t *testing.T) {
		for _, line := range []string{
			`gevinst_http_request_duration_seconds_count{method="GET",route="/initiatives/{id}",status="2xx"} 1`,
			`gevinst_http_request_duration_seconds_count{method="POST",route="/demo/session",status="3xx"} 1`,
			`gevinst_http_request_duration_seconds_count{method="POST",route="/initiatives/{id}/comment",status="3xx"} 1`,
			`gevinst_http_request_duration_seconds_count{method="GET",route="none",status="4xx"} 1`,
		} {
			if !strings.Contains(text, line+"\n") {
				t.Errorf("no line %s", line)
			}
		}
	})

	t.Run("nothing that somebody sent stands in them", func(t *testing.T) {
		for _, sent := range []string{"hemmeligt", "such/page", "BREW", "et ord", "Projektejer"} {
			if strings.Contains(text, sent) {
				t.Errorf("%q is told", sent)
			}
		}
	})

	t.Run("the database's figures are the portfolio's", func(t *testing.T) {
		p, err := s.store.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]int64{
			"gevinst_database_up": 1, "gevinst_head_seq": p.Seq, "gevinst_initiatives": int64(p.Initiatives.Len()),
			"gevinst_benefits": int64(p.Benefits.Len()), "gevinst_sessions": 1, "gevinst_write_retries_total": 0,
		} {
			if got := metric(t, text, name); got != want {
				t.Errorf("%s is %d, want %d", name, got, want)
			}
		}
		if metric(t, text, "gevinst_entries") == 0 || metric(t, text, "gevinst_writes_total") == 0 || metric(t, text, "go_goroutines") == 0 {
			t.Error("entries, writes or goroutines are not counted")
		}
	})

	t.Run("they are named as Prometheus asks", func(t *testing.T) {
		problems, err := promlint.New(strings.NewReader(text)).Lint()
		if err != nil || len(problems) > 0 {
			t.Errorf("%v, %v", problems, err)
		}
	})

	t.Run("a database that does not answer is told, and the rest goes on", func(t *testing.T) {
		other := newSite(t, false)
		if err := other.store.Close(); err != nil {
			t.Fatal(err)
		}
		text := other.metrics()
		if metric(t, text, "gevinst_database_up") != 0 || strings.Contains(text, "gevinst_head_seq ") {
			t.Error("the database is said to answer")
		}
	})
}
