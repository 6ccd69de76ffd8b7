package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// fuzzed is the whole program, asked without a network by somebody who is signed in.
type fuzzed struct {
	*site
	cookies []*http.Cookie
}

func newFuzzed(f *testing.F, role string) *fuzzed {
	s := newSite(f, true)
	at, err := url.Parse(s.server.URL)
	if err != nil {
		f.Fatal(err)
	}
	return &fuzzed{s, s.as(role).client.Jar.Cookies(at)}
}

// ask never finds a fault: whatever is asked is answered or refused, and as the description says.
func (s *fuzzed) ask(t *testing.T, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	path, query, _ := strings.Cut(target, "?")
	r.URL = &url.URL{Path: path, RawQuery: query}
	for _, c := range s.cookies {
		r.AddCookie(c)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got := httptest.NewRecorder()
	s.web.ServeHTTP(got, r)
	if err := theDescription.heard(r, s.web.patternOf(r), got); err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	if got.Code >= 500 {
		t.Fatalf("%s %s %q: %d %s", method, target, body, got.Code, got.Body)
	}
	return got
}

// FuzzFilter asks every list with any query: it is answered or refused, and the page, its JSON and its CSV agree on which.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		"", "q=a&area=1", "stage=started&plan=in&owner=3", "after=-1", "after=99999999999999999999", "from=2018&to=2017", "year=0",
		"as_of=2017-11-06", "as_of=2099-01-01", "sort=-title&type=efficiency&mandatory=true", "kind=user&subject=1&before=5", "saved=3",
		"programme=%00", "a=%zz", "q=%ff&q=%fe", "cashability=x", "actor=2&kind=initiative",
	} {
		f.Add(seed)
	}
	s := newFuzzed(f, "administrator")
	f.Fuzz(func(t *testing.T, query string) {
		for _, route := range s.web.routes {
			if route.method != http.MethodGet || !route.list {
				continue
			}
			path := filled(route.pattern)
			page := s.ask(t, http.MethodGet, path+"?"+query, "", "Accept", "text/html").Code
			for _, suffix := range []string{".json", ".csv"} {
				if got := s.ask(t, http.MethodGet, path+suffix+"?"+query, "").Code; got != page {
					t.Fatalf("%s?%s is %d as a page, %d as %s", path, query, page, got, suffix)
				}
			}
		}
	})
}

// FuzzForm sends any JSON and any form to every form: what is refused has written nothing.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{
		"{}", "null", "[]", `{"note":"x","version":1}`, `{"version":"1","months":3}`, `{"stage":"started","version":8,"note":["a","b"]}`, `{"a":{}}`,
		`{"title":"x","gross":"1.000","from":"2018-07","version":1e9}`, `{"note":"\u0000"}`, "note=x&version=1", "version=99999999999999999999",
		"gross=1,234&from=2018-13&to=x", "a=%zz", `{"note":"x"}{}`, `{"months":-9223372036854775808,"version":8}`,
	} {
		f.Add(seed)
	}
	s := newFuzzed(f, "programme_office")
	f.Fuzz(func(t *testing.T, body string) {
		s.TB = t
		for _, route := range s.web.routes {
			if route.form == nil || route.action == 0 {
				continue
			}
			for _, kind := range []string{"application/json", "application/x-www-form-urlencoded"} {
				before := s.seq()
				got := s.ask(t, http.MethodPost, filled(route.pattern), body, "Content-Type", kind, "Accept", "application/json")
				if got.Code >= 400 && s.seq() != before {
					t.Fatalf("%s was refused and wrote", route.pattern)
				}
			}
		}
	})
}

// FuzzEvaluate sends any JSON to the calculators.
func FuzzEvaluate(f *testing.F) {
	for _, seed := range []string{
		"{}", "null", `{"dated":"2017-11-06","price_year":2018,"first_year":2018,"lines":[{"kind":"benefit","amounts_ore":[100,null,-5]}]}`,
		`{"price_year":2018,"first_year":2018,"lines":[{"kind":"one_off","amounts_ore":[10000000000000000]},{"kind":"benefit","amounts_ore":[1,1e3,1.5]}],"rates":[0,0.04,"x"]}`,
		`{"items":[{"id":"a","value":3,"weights":[1],"requires":["b"]},{"id":"b","value":-2,"weights":[1],"excludes":["a"]}],"limits":[1],"time_limit_ms":20}`,
		`{"items":[{"id":"a","value":1000000000000000,"weights":[],"mandatory":true}],"limits":[],"floors":[],"time_limit_ms":1}`,
		`{"items":[{"id":"a","value":1,"weights":[9]}],"limits":[null],"floors":[10],"time_limit_ms":20}`,
	} {
		f.Add(seed)
	}
	s := newFuzzed(f, "viewer")
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{"/evaluate/case.json", "/evaluate/selection.json"} {
			s.ask(t, http.MethodPost, path, body, "Content-Type", "application/json")
		}
	})
}
