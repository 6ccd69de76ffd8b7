package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gevinst/portfolio/store"
)

// metrics are what whoever runs the program watches. Labels are our own patterns and words alone: nothing that somebody sent, so
// that they tell of no one and cannot grow without end.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func (s *Server) newMetrics() *metrics {
	m := &metrics{prometheus.NewRegistry(), prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "gevinst_http_request_duration_seconds", Help: "How long requests took, by route, method and class of status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
	}, []string{"route", "method", "status"})}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "gevinst_build_info", Help: "1, with the build that runs.", ConstLabels: prometheus.Labels{"version": s.Version},
	})
	build.Set(1)
	m.registry.MustRegister(
		m.requests, build, storeMetrics{s.Store}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// Metrics answers with the metrics as Prometheus reads them. It belongs on an address of its own, for it asks nobody who they are.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

var usualMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost}

// count adds a request that has been answered.
func (m *metrics) count(r *http.Request, status int, took time.Duration) {
	route, method := chi.RouteContext(r.Context()).RoutePattern(), r.Method
	if route == "" || route == "/*" {
		route = "none"
	}
	if !slices.Contains(usualMethods, method) {
		method = "other"
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

// storeMetrics are read from the database when they are asked for.
type storeMetrics struct{ store *store.Store }

var storeDescriptions = [...]*prometheus.Desc{
	prometheus.NewDesc("gevinst_database_up", "1 when the database answers.", nil, nil),
	prometheus.NewDesc("gevinst_head_seq", "The number of the last event.", nil, nil),
	prometheus.NewDesc("gevinst_initiatives", "Initiatives.", nil, nil),
	prometheus.NewDesc("gevinst_benefits", "Benefits.", nil, nil),
	prometheus.NewDesc("gevinst_entries", "Entries of the ledger.", nil, nil),
	prometheus.NewDesc("gevinst_sessions", "Web sessions that have not run out.", nil, nil),
	prometheus.NewDesc("gevinst_writes_total", "Changes that were carried out by this process.", nil, nil),
	prometheus.NewDesc("gevinst_write_retries_total", "How often a change began anew because others wrote at the same time.", nil, nil),
}

// Describe implements prometheus.Collector.
func (storeMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range storeDescriptions {
		to <- d
	}
}

// Collect implements prometheus.Collector. Where the database does not answer, that is all there is to say.
func (m storeMetrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	f, err := m.store.Figures(ctx)
	if err != nil {
		to <- prometheus.MustNewConstMetric(storeDescriptions[0], prometheus.GaugeValue, 0)
		return
	}
	values := [len(storeDescriptions)]float64{
		1, float64(f.Seq), float64(f.Initiatives), float64(f.Benefits), float64(f.Entries), float64(f.Sessions), float64(f.Writes), float64(f.Retries),
	}
	for k, d := range storeDescriptions {
		kind := prometheus.GaugeValue
		if k >= len(values)-2 {
			kind = prometheus.CounterValue
		}
		to <- prometheus.MustNewConstMetric(d, kind, values[k])
	}
}
