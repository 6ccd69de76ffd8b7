package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/pb33f/libopenapi"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"gevinst/portfolio"
)

// described is the interface's description as a program has it, and what finds the schema of an answer in it.
type described struct {
	doc   object
	mu    sync.Mutex
	rules *jsonschema.Compiler
	known map[string]*jsonschema.Schema
}

const describedAt = "https://description.test/openapi.json"

// description reads what the site says of itself. For the test each object is closed: what is not described is not answered.
func description(t testing.TB, w *Server) *described {
	t.Helper()
	got := httptest.NewRecorder()
	w.ServeHTTP(got, httptest.NewRequest(http.MethodGet, "/openapi.json", nil))
	if got.Code != http.StatusOK {
		t.Fatalf("GET /openapi.json: %d %s", got.Code, got.Body)
	}
	doc, err := jsonschema.UnmarshalJSON(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	d := &described{doc: doc.(object), rules: jsonschema.NewCompiler(), known: map[string]*jsonschema.Schema{}}
	closeObjects(d.doc["components"])
	closeObjects(d.doc["paths"])
	d.rules.DefaultDraft(jsonschema.Draft2020)
	if err := d.rules.AddResource(describedAt, d.doc); err != nil {
		t.Fatal(err)
	}
	return d
}

func closeObjects(v any) {
	switch v := v.(type) {
	case object:
		if _, ok := v["properties"].(object); ok && v["type"] != nil && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, one := range v {
			closeObjects(one)
		}
	case []any:
		for _, one := range v {
			closeObjects(one)
		}
	}
}

// at follows names down into the description; nil where there is no such place.
func (d *described) at(names ...string) any {
	var v any = d.doc
	for _, name := range names {
		o, _ := v.(object)
		v = o[name]
		next, _ := v.(object)
		if ref, ok := next["$ref"].(string); ok {
			v = d.at(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
		}
	}
	return v
}

// holds tells what is wrong with a piece of JSON by the schema at a place of the description.
func (d *described) holds(body []byte, place ...string) error {
	for k, name := range place {
		place[k] = url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(name))
	}
	where := describedAt + "#/" + strings.Join(place, "/")
	d.mu.Lock()
	defer d.mu.Unlock()
	schema, ok := d.known[where]
	if !ok {
		var err error
		if schema, err = d.rules.Compile(where); err != nil {
			return err
		}
		d.known[where] = schema
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(v)
}

// answers tells whether an answer is as the description says.
func (d *described) answers(method, pattern string, status int, contentType string, body []byte) error {
	contentType, _, _ = strings.Cut(contentType, ";")
	method, code := strings.ToLower(method), fmt.Sprint(status)
	place := []string{"paths", pattern, method, "responses", code}
	if contentType == "application/problem+json" {
		if d.at("components", "responses", code) == nil {
			return fmt.Errorf("the description does not know %d", status)
		}
		return d.holds(body, "components", "schemas", "problem")
	}
	if d.at(append(place, "content", contentType)...) == nil {
		return fmt.Errorf("the description does not say that %s %s answers %d with %s", method, pattern, status, contentType)
	}
	if contentType != jsonType {
		return nil
	}
	return d.holds(body, append(place, "content", contentType, "schema")...)
}

// takes tells whether every name of an accepted body is described.
func (d *described) takes(pattern, contentType string, body []byte) error {
	contentType, _, _ = strings.Cut(contentType, ";")
	schema, _ := d.at("paths", pattern, "post", "requestBody", "content", contentType, "schema").(object)
	properties, ok := schema["properties"].(object)
	if !ok {
		return nil // a question's schema is a reference
	}
	patterns, _ := schema["patternProperties"].(object)
	described := func(name string) bool {
		for pattern := range patterns {
			if regexp.MustCompile(pattern).MatchString(name) {
				return true
			}
		}
		return properties[name] != nil
	}
	sent := object{}
	if contentType == jsonType {
		if err := json.Unmarshal(body, &sent); err != nil {
			return err
		}
	} else if contentType == "application/x-www-form-urlencoded" {
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return err
		}
		for name := range values {
			sent[name] = true
		}
	}
	for name := range sent {
		if !described(name) {
			return fmt.Errorf("POST %s takes %q, which its route does not declare in sends", pattern, name)
		}
	}
	return nil
}

var (
	oneDescription sync.Once
	theDescription *described
)

// watch holds every answer in JSON, and every body that was accepted, against the description. It is the same for every site.
func watch(t testing.TB, w *Server) http.Handler {
	oneDescription.Do(func() { theDescription = description(t, w) })
	d := theDescription
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
		answer := httptest.NewRecorder()
		w.ServeHTTP(answer, r)
		pattern := w.patternOf(r)
		if err := d.heard(r, pattern, answer); err != nil {
			t.Error(err)
		}
		if pattern != "" && r.Method == http.MethodPost && answer.Code < 400 {
			if err := d.takes(pattern, r.Header.Get("Content-Type"), sent); err != nil {
				t.Error(err)
			}
		}
		maps.Copy(to.Header(), answer.Header())
		to.WriteHeader(answer.Code)
		_, _ = to.Write(answer.Body.Bytes())
	})
}

// patternOf is the route that answers a request, "" for none that is described.
func (s *Server) patternOf(r *http.Request) string {
	at := chi.NewRouteContext()
	if !s.router.Match(at, r.Method, r.URL.Path) || strings.HasPrefix(at.RoutePattern(), AssetsPrefix) {
		return ""
	}
	return at.RoutePattern()
}

// heard holds an answer in JSON against the description.
func (d *described) heard(r *http.Request, pattern string, answer *httptest.ResponseRecorder) error {
	kind := answer.Header().Get("Content-Type")
	if pattern == "" || !strings.Contains(kind, "json") {
		return nil
	}
	body, err := unpacked(answer)
	if err != nil {
		return err
	}
	if err = d.answers(r.Method, pattern, answer.Code, kind, body); err != nil {
		return fmt.Errorf("%s %s is not as /openapi.json says: %w\n%.2000s", r.Method, r.URL.Path, err, body)
	}
	return nil
}

func unpacked(answer *httptest.ResponseRecorder) ([]byte, error) {
	if answer.Header().Get("Content-Encoding") != "gzip" || answer.Body.Len() == 0 {
		return answer.Body.Bytes(), nil
	}
	z, err := gzip.NewReader(bytes.NewReader(answer.Body.Bytes()))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// filled puts something that is there into a pattern.
func filled(pattern string) string {
	return parameter.ReplaceAllStringFunc(pattern, func(name string) string {
		if name == "{year}" {
			return "2018"
		}
		return "1"
	})
}

func TestOpenAPI(t *testing.T) {
	s := newSite(t, true)
	d := description(t, s.web)

	t.Run("the description is OpenAPI 3.1", func(t *testing.T) {
		got := s.as("").do(http.MethodGet, "/openapi.json", nil)
		doc, err := libopenapi.NewDocument([]byte(got.body))
		if err != nil {
			t.Fatal(err)
		}
		model, err := doc.BuildV3Model()
		if err != nil {
			t.Fatal(err)
		}
		if model.Model.Version != "3.1.0" {
			t.Errorf("version %q", model.Model.Version)
		}
	})

	t.Run("every address that is routed is described, and no other", func(t *testing.T) {
		said := map[string]bool{}
		for path, methods := range d.doc["paths"].(object) {
			for method := range methods.(object) {
				said[strings.ToUpper(method)+" "+path] = true
			}
		}
		err := chi.Walk(s.web.router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
			if strings.HasPrefix(pattern, AssetsPrefix) {
				return nil // files, for pages alone
			}
			if name := method + " " + pattern; !said[name] {
				t.Errorf("%s is not described", name)
			} else {
				delete(said, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for name := range said {
			t.Errorf("%s is described and not there", name)
		}
	})

	t.Run("each route tells what it takes and gives", func(t *testing.T) {
		for _, route := range s.web.routes {
			name := route.method + " " + route.pattern
			switch {
			case route.method == http.MethodGet && route.view == nil:
				t.Errorf("%s: declare view: a value of the type of the page's View", name)
			case route.method == http.MethodPost && route.sends == nil:
				t.Errorf("%s: declare sends: the names that the form reads", name)
			}
		}
	})

	t.Run("every page's JSON is as described, with example data and without", func(t *testing.T) {
		for _, site := range []*site{s, newSite(t, false)} {
			for _, route := range site.web.routes {
				if route.method != http.MethodGet {
					continue
				}
				as := site.as(roleFor(route))
				for _, suffix := range route.suffixes() {
					path := filled(route.path(suffix))
					got := as.do(http.MethodGet, path, nil, "Accept", jsonType)
					secret := strings.Contains(route.pattern, "{token}") // which no test can fill in: TestWelcome asks with a real one
					if got.status != http.StatusOK && site == s && !secret {
						t.Errorf("GET %s: %d %s", path, got.status, got.body)
					}
					if err := d.answers(http.MethodGet, route.path(suffix), got.status, got.header.Get("Content-Type"), []byte(got.body)); err != nil {
						t.Errorf("GET %s: %v\n%.2000s", path, err, got.body)
					}
				}
			}
		}
	})

	t.Run("an answer with a field that is not described, or without one that is, is seen", func(t *testing.T) {
		for _, body := range []string{`{"items":[],"next":null,"more":1}`, `{"items":[]}`, `{"items":{},"next":null}`} {
			if d.answers(http.MethodGet, "/users", http.StatusOK, jsonType, []byte(body)) == nil {
				t.Errorf("%s passes", body)
			}
		}
	})

	t.Run("the two calculators answer as described", func(t *testing.T) {
		for path, bodies := range map[string][]string{
			"/evaluate/case.json": {
				`{"dated":"2017-11-06","price_year":2018,"first_year":2018,"lines":[{"kind":"benefit","amounts_ore":[100,null]},{"kind":"one_off","amounts_ore":[500]}]}`,
				`{"price_year":2018,"first_year":2018,"lines":[],"rates":[0.04]}`,
			},
			"/evaluate/selection.json": {
				`{"items":[{"id":"a","value":3,"weights":[1]},{"id":"b","value":2,"weights":[1],"requires":["a"]}],"limits":[1]}`,
				`{"items":[{"id":"a","value":3,"weights":[9],"mandatory":true}],"limits":[1],"floors":[null],"time_limit_ms":100}`,
			},
		} {
			for _, body := range bodies {
				if err := d.holds([]byte(body), "paths", path, "post", "requestBody", "content", jsonType, "schema"); err != nil {
					t.Errorf("%s: %v", body, err)
				}
				got := s.as("viewer").do(http.MethodPost, path, strings.NewReader(body), "Content-Type", jsonType)
				if got.status != http.StatusOK {
					t.Errorf("%s: %d %s", body, got.status, got.body)
				}
				if err := d.answers(http.MethodPost, path, got.status, got.header.Get("Content-Type"), []byte(got.body)); err != nil {
					t.Errorf("%s: %v", body, err)
				}
			}
		}
	})
}

// roleFor is somebody whom the route lets in.
func roleFor(r route) string {
	if r.action == 0 {
		return ""
	}
	roles := portfolio.Roles()
	k := slices.IndexFunc(roles, func(role portfolio.Role) bool { return portfolio.Reach(r.action, role) != portfolio.Never })
	return roles[k].String()
}
