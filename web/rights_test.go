package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"gevinst/portfolio"
	"gevinst/web/locale"
)

// open lists the addresses that need no right; every other must name one.
var openRoutes = map[string]bool{
	"GET /session": true, "POST /session": true, "POST /sign-out": true, "POST /language": true, "POST /demo/session": true,
	"GET /accessibility": true, "GET /privacy": true,
	"GET /welcome/{token}": true, "POST /welcome/{token}": true,
}

// outside lists what the router serves beside the table of routes.
var outside = map[string]bool{"/healthz": true, "/readyz": true, "/openapi.json": true, "/assets/*": true}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

func TestRights(t *testing.T) {
	s := newSite(t, true)

	t.Run("the router serves nothing that the table of routes does not name", func(t *testing.T) {
		named := map[string]bool{}
		for _, route := range s.web.routes {
			if route.form != nil {
				named[route.method+" "+route.pattern] = true
				continue
			}
			for _, suffix := range route.suffixes() {
				named[route.method+" "+route.path(suffix)] = true
			}
		}
		err := chi.Walk(s.web.router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
			if !named[method+" "+pattern] && !outside[pattern] {
				t.Errorf("%s %s is served and has no rule", method, pattern)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})

	t.Run("an address without a right is one of those that are open on purpose", func(t *testing.T) {
		for _, route := range s.web.routes {
			if name := route.method + " " + route.pattern; (route.action == 0) != openRoutes[name] {
				t.Errorf("%s: action %q", name, route.action)
			}
		}
	})

	t.Run("each address lets in the roles that the grant table lets in, and nobody else", func(t *testing.T) {
		readers := map[portfolio.Role]*reader{0: s.as("")}
		for _, role := range portfolio.Roles() {
			readers[role] = s.as(role.String())
		}
		for _, route := range s.web.routes {
			if openRoutes[route.method+" "+route.pattern] {
				continue
			}
			path := filled(route.pattern)
			for role, reader := range readers {
				name, before := fmt.Sprintf("%s %s as %s", route.method, path, role), s.seq()
				asks := func(lang string) answer {
					spoken := "gevinst_language=" + lang
					if route.method == http.MethodGet {
						return reader.do(http.MethodGet, path, nil, "Accept", "application/json", "Cookie", spoken)
					}
					return reader.do(route.method, path, strings.NewReader("{}"), "Content-Type", "application/json", "Cookie", spoken)
				}
				// What is let in is asked for in one language, every other role's in English; what is kept out in both.
				lang := locale.Codes[int(role)%len(locale.Codes)]
				var got answer
				switch {
				case role == 0 || portfolio.Reach(route.action, role) == portfolio.Never:
					for _, lang := range locale.Codes {
						got = asks(lang)
						s.refusedIn(name, lang, route.action, role, got)
					}
				default:
					got = asks(lang)
					if route.method == http.MethodGet && got.status != http.StatusOK {
						t.Errorf("%s: %d, want 200: %s", name, got.status, got.body)
					}
					if got.status >= 500 {
						t.Errorf("%s: %d %s", name, got.status, got.body)
					}
				}
				if keys := keyShown.FindAllString(got.body, -1); len(keys) > 0 {
					t.Errorf("%s in %s shows %q", name, lang, keys)
				}
				if got.status >= 400 && s.seq() != before {
					t.Errorf("%s was refused and wrote an event", name)
				}
			}
		}
	})

	t.Run("a change that another site asks for is refused", func(t *testing.T) {
		got := s.as("programme_office").do(http.MethodPost, "/language", strings.NewReader("lang=en"),
			"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example")
		if got.status != http.StatusForbidden {
			t.Errorf("got %d", got.status)
		}
	})

	t.Run("nothing can be changed in the past", func(t *testing.T) {
		before := s.seq()
		got := s.as("programme_office").post("/initiatives/1/comment?as_of=2017-11-06", "note", "for sent", "version", "1")
		if got.status != http.StatusUnprocessableEntity || s.seq() != before {
			t.Errorf("got %d, %d events", got.status, s.seq()-before)
		}
	})

	t.Run("signing in leads back to a page of this site alone", func(t *testing.T) {
		for _, evil := range []string{"https://elsewhere.example", "//elsewhere.example", `/\elsewhere.example`, "/x\r\nSet-Cookie: a=b"} {
			got := s.as("").post("/demo/session", "role", "viewer", "return", evil)
			if at := got.header.Get("Location"); at != "/" {
				t.Errorf("%q leads to %q", evil, at)
			}
		}
	})
}

func TestRightsBeforeForms(t *testing.T) {
	s := newSite(t, true)
	stranger, _ := s.opens("stranger@kommune.example", "project_owner", chosen)
	t.Run("whoever may not change something is told that, and not what is wrong with the form", func(t *testing.T) {
		asked := 0
		for _, route := range s.web.routes {
			if route.form == nil || !strings.Contains(route.pattern, "{id}") || portfolio.Reach(route.action, portfolio.ProjectOwner) != portfolio.Own {
				continue
			}
			for _, short := range []string{`{"version":1}`, `{"version":1,"decision":"x"}`} {
				got := stranger.do(route.method, filled(route.pattern), strings.NewReader(short), "Content-Type", "application/json")
				if got.status == http.StatusNotFound {
					break // there is no such thing in the examples
				}
				asked++
				if got.status != http.StatusForbidden {
					t.Errorf("%s of %s: %d %s", route.pattern, short, got.status, got.body)
				}
			}
		}
		if asked < 40 {
			t.Errorf("only %d forms were sent", asked)
		}
	})
}

// keyShown is how a key without a text gives itself away.
var keyShown = regexp.MustCompile(`\[[a-z_]+(\.[a-z_]+)+\]`)

// refusedIn expects that somebody was kept out, in the words of a language.
func (s *site) refusedIn(name, lang string, action portfolio.Action, role portfolio.Role, got answer) {
	s.Helper()
	say := s.web.languages[lang].Say
	status, title, detail := http.StatusForbidden, say("problem.forbidden"), say("error.forbidden", say("action."+action.String()))
	if role == 0 {
		status, title, detail = http.StatusUnauthorized, say("problem.sign_in"), say("error.sign_in_first")
	}
	var p problem
	if err := json.Unmarshal([]byte(got.body), &p); err != nil {
		s.Errorf("%s: %v: %s", name, err, got.body)
	}
	if got.status != status || p.Status != status || p.Title != title || p.Detail != detail {
		s.Errorf("%s in %s: %d %+v, want %d %q %q", name, lang, got.status, p, status, title, detail)
	}
}

func (s *site) seq() int64 {
	s.Helper()
	p, err := s.store.Snapshot(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return p.Seq
}
