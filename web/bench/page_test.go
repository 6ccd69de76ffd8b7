package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"gevinst/portfolio/store"
	"gevinst/web"
)

func TestGenerated(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "gevinst.db"), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := generate(ctx, s, 150, 2_000); err != nil {
		t.Fatal(err)
	}
	t.Run("a generated portfolio breaks no rule", func(t *testing.T) {
		report, err := s.Check(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range report.Violations {
			t.Error(v)
		}
	})
	t.Run("the year's pages hold every initiative once, and each page the sums of all", func(t *testing.T) {
		type year struct {
			Confirmed   int64 `json:"confirmed_ore"`
			Initiatives []struct {
				ID        int64 `json:"id"`
				Confirmed int64 `json:"confirmed_ore"`
			} `json:"initiatives"`
			Next *int64 `json:"next"`
		}
		read := reader(t, s)
		seen, sum, after := map[int64]bool{}, int64(0), int64(0)
		for {
			var y year
			if err := json.Unmarshal([]byte(read(fmt.Sprintf("/savings/2018.json?after=%d", after))), &y); err != nil {
				t.Fatal(err)
			}
			for _, i := range y.Initiatives {
				if seen[i.ID] {
					t.Errorf("initiative %d stands on two pages", i.ID)
				}
				seen[i.ID] = true
				sum += i.Confirmed
			}
			if y.Next == nil {
				if len(seen) != 150 || sum != y.Confirmed || sum == 0 {
					t.Errorf("%d initiatives with %d confirmed, want 150 with %d", len(seen), sum, y.Confirmed)
				}
				break
			}
			after = *y.Next
		}
	})
	t.Run("the parts of the confirmed are the largest and one row of the others", func(t *testing.T) {
		page := reader(t, s)("/")
		if n := strings.Count(page, `#entries"`); n != 2*19 || !strings.Contains(page, "131 andre indsatser") { // once for each sum
			t.Errorf("%d of the largest\n%s", n, page)
		}
	})
}

// reader gives what a signed-in reader gets.
func reader(t *testing.T, s *store.Store) func(path string) string {
	t.Helper()
	w, err := web.New(web.Options{Store: s, Log: slog.New(slog.DiscardHandler), MostByUser: 1 << 40})
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"email": {email(viewer)}, "password": {password}}
	r := httptest.NewRequest(http.MethodPost, "/session", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	w.ServeHTTP(answer, r)
	cookies := answer.Result().Cookies()
	return func(path string) string {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		answer := httptest.NewRecorder()
		w.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", path, answer.Code, answer.Body)
		}
		return answer.Body.String()
	}
}
