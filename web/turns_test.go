package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-chi/httprate"
	"pgregory.net/rapid"

	"gevinst/portfolio"
)

func TestTurns(t *testing.T) {
	t.Run("no more go on at a time than may, in all and for one user, and whoever waits gets his turn", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			all, each := rapid.IntRange(1, 4).Draw(rt, "all"), rapid.IntRange(1, 3).Draw(rt, "each")
			users := rapid.SliceOfN(rapid.IntRange(0, 3), 0, 40).Draw(rt, "users")
			turns := newTurns(all, each)
			var now, done atomic.Int64
			var own [4]atomic.Int64
			var asked sync.WaitGroup
			for _, user := range users {
				asked.Go(func() {
					end, err := turns.take(t.Context(), portfolio.UserID(user))
					if err != nil {
						rt.Errorf("%v", err)
						return
					}
					if n, o := now.Add(1), own[user].Add(1); n > int64(all) || o > int64(each) {
						rt.Errorf("%d of %d go on, %d of %d of one user", n, all, o, each)
					}
					time.Sleep(10 * time.Microsecond)
					own[user].Add(-1)
					now.Add(-1)
					done.Add(1)
					end()
				})
			}
			asked.Wait()
			if int(done.Load()) != len(users) || len(turns.all) != 0 {
				rt.Errorf("%d of %d had a turn, %d are kept", done.Load(), len(users), len(turns.all))
			}
		})
	})

	t.Run("one who takes all that he may leaves the others theirs, and waits no longer than a bound", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			turns, start := newTurns(2, 1), time.Now()
			end, err := turns.take(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := turns.take(t.Context(), 1); !errors.Is(err, errBusy) || time.Since(start) != longestQueue {
				t.Errorf("%v after %s", err, time.Since(start))
			}
			other, err := turns.take(t.Context(), 2)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := turns.take(t.Context(), 3); !errors.Is(err, errBusy) {
				t.Errorf("%v", err)
			}
			end()
			if last, err := turns.take(t.Context(), 3); err != nil {
				t.Error(err)
			} else {
				last()
			}
			other()
		})
	})
}

func TestLooks(t *testing.T) {
	t.Run("while a file of the finance system is looked at, another waits, and is kept where it is then its turn", func(t *testing.T) {
		s := newSite(t, true)
		end, err := s.web.looks.take(t.Context(), 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		cookies := s.cookiesOf("economy_chief")
		send := func(ctx context.Context) int {
			r := httptest.NewRequest(http.MethodPost, "/finance/upload", strings.NewReader(aFile+opusFile+"\r\n--a--\r\n")).WithContext(ctx)
			r.Header.Set("Content-Type", "multipart/form-data; boundary=a")
			for _, c := range cookies {
				r.AddCookie(c)
			}
			got := httptest.NewRecorder()
			s.web.ServeHTTP(got, r)
			return got.Code
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if got := send(short); got != http.StatusTooManyRequests {
			t.Errorf("%d", got)
		}
		end()
		if got := send(t.Context()); got != http.StatusSeeOther {
			t.Errorf("then: %d", got)
		}
	})

	t.Run("what takes too long to read is refused as that", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			r := &request{Request: httptest.NewRequest(http.MethodPost, "/", nil)}
			err := r.withinTime(func(ctx context.Context) error {
				<-ctx.Done()
				return fmt.Errorf("read: %w", ctx.Err())
			})
			if refused := portfolio.AsRefusals(err); len(refused) != 1 || refused[0].Code != "import.too_slow" || time.Since(start) != maxReading {
				t.Errorf("%v after %s", err, time.Since(start))
			}
		})
	})
}

// watched is a body that tells how much of it was read.
type watched struct {
	left, read int
	begins     string
}

func (b *watched) Read(p []byte) (int, error) {
	n := min(len(p), b.left)
	if n == 0 {
		return 0, errors.New("all has been sent")
	}
	for k := range n {
		if p[k] = 'x'; b.read+k < len(b.begins) {
			p[k] = b.begins[b.read+k]
		}
	}
	b.read += n
	b.left -= n
	return n, nil
}

// sends posts a body of n bytes as a role, "" as nobody, and gives the answer's status and how much was read.
func (s *site) sends(ctx context.Context, cookies []*http.Cookie, path, media, begins string, n int) (status, read int) {
	body := &watched{left: n, begins: begins}
	r := httptest.NewRequest(http.MethodPost, path, body).WithContext(ctx)
	r.Header.Set("Content-Type", media)
	r.Header.Set("Accept", "application/json")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	got := httptest.NewRecorder()
	s.web.ServeHTTP(got, r)
	return got.Code, body.read
}

func (s *site) cookiesOf(role string) []*http.Cookie {
	s.Helper()
	at, err := url.Parse(s.server.URL)
	if err != nil {
		s.Fatal(err)
	}
	return s.as(role).client.Jar.Cookies(at)
}

const aFile = "--a\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"

func TestBodies(t *testing.T) {
	s := newSite(t, true)
	viewer, office := s.cookiesOf("viewer"), s.cookiesOf("programme_office")

	t.Run("not a byte is read of what is sent by somebody who may not", func(t *testing.T) {
		closed := 0
		for _, route := range s.web.routes {
			if route.form == nil || route.action == 0 {
				continue
			}
			for _, media := range []string{"application/json", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded"} {
				if status, read := s.sends(t.Context(), nil, filled(route.pattern), media, aFile, 10<<20); status != http.StatusUnauthorized || read != 0 {
					t.Errorf("%s as %s, by nobody: %d, %d bytes read", route.pattern, media, status, read)
				}
				if portfolio.Reach(route.action, portfolio.Viewer) != portfolio.Never {
					continue
				}
				closed++
				if status, read := s.sends(t.Context(), viewer, filled(route.pattern), media, aFile, 10<<20); status != http.StatusForbidden || read != 0 {
					t.Errorf("%s as %s, by a viewer: %d, %d bytes read", route.pattern, media, status, read)
				}
			}
		}
		if closed < 50 {
			t.Errorf("only %d", closed)
		}
	})

	t.Run("of what everyone may send little is read, and a large file is only sent by who may", func(t *testing.T) {
		open := 0
		for _, route := range s.web.routes {
			switch {
			case route.form == nil:
			case route.action != 0:
				continue
			case route.body > 0:
				t.Errorf("%s takes %d bytes of everyone", route.pattern, route.body)
			default:
				open++
				for media, begins := range map[string]string{"application/json": `{"email":"`, "multipart/form-data; boundary=a": aFile, "application/x-www-form-urlencoded": "email="} {
					if status, read := s.sends(t.Context(), nil, filled(route.pattern), media, begins, 10<<20); status != http.StatusRequestEntityTooLarge || read > maxOpenBody+64<<10 {
						t.Errorf("%s as %s: %d, %d bytes read", route.pattern, media, status, read)
					}
				}
			}
		}
		if open < 4 {
			t.Errorf("only %d", open)
		}
	})

	t.Run("while as many files are sent as may be, no other is read; then it is", func(t *testing.T) {
		var ends []func()
		for k := range mostUploads {
			end, err := s.web.uploads.take(t.Context(), portfolio.UserID(1_000_000+k))
			if err != nil {
				t.Fatal(err)
			}
			ends = append(ends, end)
		}
		short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if status, read := s.sends(short, office, "/import/catalogue", "multipart/form-data; boundary=a", aFile, 10<<20); status != http.StatusTooManyRequests || read != 0 {
			t.Errorf("%d, %d bytes read", status, read)
		}
		for _, end := range ends {
			end()
		}
		if status, _ := s.sends(t.Context(), office, "/import/catalogue", "multipart/form-data; boundary=a", aFile, 10<<20); status != http.StatusRequestEntityTooLarge {
			t.Errorf("then: %d", status)
		}
	})
}

func TestSearchesAtATime(t *testing.T) {
	s := newSite(t, true)
	office, viewer := s.cookiesOf("programme_office"), s.cookiesOf("viewer")
	var mine portfolio.UserID
	for u := range s.now().Users.All() {
		if u.Role == portfolio.ProgrammeOffice && mine == 0 {
			mine = u.ID
		}
	}
	end, err := s.web.searches.take(t.Context(), mine)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(cookies []*http.Cookie, method, path, body string) int {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		r := httptest.NewRequest(method, path, strings.NewReader(body)).WithContext(ctx)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		got := httptest.NewRecorder()
		s.web.ServeHTTP(got, r)
		return got.Code
	}
	const question = `{"items":[{"id":"a","value":1,"weights":[1]}],"limits":[1]}`
	searches := map[string]func(cookies []*http.Cookie) int{
		"a selection": func(c []*http.Cookie) int { return ask(c, http.MethodPost, "/evaluate/selection.json", question) },
		"a case": func(c []*http.Cookie) int {
			return ask(c, http.MethodPost, "/evaluate/case.json", `{"dated":"2017-11-06","price_year":2018,"first_year":2018,"lines":[]}`)
		},
		"a choice": func(c []*http.Cookie) int { return ask(c, http.MethodGet, "/priorities/selection.json", "") },
	}
	for name, search := range searches {
		t.Run("of one user one goes on at a time, and others are not kept waiting: "+name, func(t *testing.T) {
			if got := search(office); got != http.StatusTooManyRequests {
				t.Errorf("the same user's: %d", got)
			}
			if got := search(viewer); got != http.StatusOK {
				t.Errorf("another's: %d", got)
			}
		})
	}
	end()
	for name, search := range searches {
		if got := search(office); got != http.StatusOK {
			t.Errorf("then %s: %d", name, got)
		}
	}
}

func TestMostByUser(t *testing.T) {
	t.Run("one user may ask so much a minute, in all browsers together, and others are not kept waiting", func(t *testing.T) {
		s := newSite(t, false)
		const most = 40
		s.web.people = httprate.NewRateLimiter(most, time.Minute)
		one, two, other := s.as("viewer"), s.as("viewer"), s.as("programme_office")
		statuses := map[int]int{}
		for k := range most + 5 {
			statuses[[]*reader{one, two}[k%2].do(http.MethodHead, fmt.Sprintf("/initiatives.json?saved=%d", k), nil).status]++
		}
		if statuses[http.StatusOK] != most || statuses[http.StatusTooManyRequests] != 5 {
			t.Errorf("%v", statuses)
		}
		if got := other.get("/"); got.status != http.StatusOK {
			t.Errorf("another: %d", got.status)
		}
	})

	t.Run("where nothing is said, it is many times what anybody reads, and bounded", func(t *testing.T) {
		s, err := New(Options{Store: newSite(t, false).store})
		if err != nil {
			t.Fatal(err)
		}
		if s.MostByUser < 1000 || s.MostByUser > 10_000 {
			t.Errorf("%d", s.MostByUser)
		}
	})
}
