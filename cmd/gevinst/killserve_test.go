package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"
)

// visitor is somebody who is signed in.
type visitor struct {
	http.Client
	base string
}

func signIn(t *testing.T, base, role string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{base: base, Client: http.Client{
		Jar: jar, Timeout: 5 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if status, err := v.post("/demo/session", url.Values{"role": {role}}); status != http.StatusSeeOther {
		t.Fatalf("sign in: %d, %v", status, err)
	}
	return v
}

func (v *visitor) post(path string, form url.Values) (int, error) {
	r, err := v.PostForm(v.base+path, form)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// notes gives the note of every event, however many pages they are on.
func (v *visitor) notes(t *testing.T) map[string]bool {
	t.Helper()
	notes := map[string]bool{}
	for before := ""; ; {
		r, err := v.Get(v.base + "/history.json" + before)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Items []struct{ Note string }
			Next  *int64
		}
		err = json.NewDecoder(r.Body).Decode(&page)
		_ = r.Body.Close() // it has been read
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("history: %s, %v", r.Status, err)
		}
		for _, item := range page.Items {
			notes[item.Note] = true
		}
		if page.Next == nil {
			return notes
		}
		before = fmt.Sprintf("?before=%d", *page.Next)
	}
}

// version reads the version that a change of the subject must name.
func (v *visitor) version(path string) (string, error) {
	r, err := v.Get(v.base + path)
	if err != nil {
		return "", err
	}
	var subject struct{ Version json.Number }
	err = errors.Join(json.NewDecoder(r.Body).Decode(&subject), r.Body.Close())
	return subject.Version.String(), err
}

// work records comments and delays until the program no longer answers, and gives those that it acknowledged.
func (v *visitor) work(round int) (acknowledged []string, refusal error) {
	for n := 0; ; n++ {
		note := fmt.Sprintf("omgang %d, nummer %d", round, n)
		path, form := "/initiatives/4/comment", url.Values{"note": {note}}
		if n%10 == 9 {
			version, err := v.version("/initiatives/4.json")
			if err != nil {
				return acknowledged, nil
			}
			path, form = "/initiatives/4/delay", url.Values{"note": {note}, "months": {"1"}, "version": {version}}
		}
		status, err := v.post(path, form)
		switch {
		case status == http.StatusSeeOther:
			acknowledged = append(acknowledged, note)
		case err != nil:
			return acknowledged, nil
		default:
			return acknowledged, fmt.Errorf("%s: status %d", path, status)
		}
	}
}

func TestKilled(t *testing.T) {
	t.Run("what was acknowledged is there after kill -9 at any moment, and all invariants hold", func(t *testing.T) {
		const rounds = 10
		dir, address := t.TempDir(), freeAddress(t)
		var acknowledged []string
		for round := range rounds {
			cmd := startDemo(t, address, "--data", dir)
			v := signIn(t, "http://"+address, "programme_office")
			killed := killAfter(cmd, time.Duration(20+rand.IntN(250))*time.Millisecond)
			done, err := v.work(round)
			if err != nil {
				t.Errorf("round %d: %v", round, err)
			}
			acknowledged = append(acknowledged, done...)
			if err := <-killed; err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // it says that it was killed
		}
		if len(acknowledged) < rounds {
			t.Fatalf("only %d changes were made", len(acknowledged))
		}
		if out, err := program(t, "check", "--data", dir).CombinedOutput(); err != nil {
			t.Errorf("check: %v\n%s", err, out)
		}
		cmd := startDemo(t, address, "--data", dir)
		there := signIn(t, "http://"+address, "viewer").notes(t)
		for _, note := range acknowledged {
			if !there[note] {
				t.Errorf("%q was acknowledged, and is not in the history", note)
			}
		}
		t.Logf("%d acknowledged changes in %d rounds", len(acknowledged), rounds)
		if err := <-killAfter(cmd, 0); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
	})
}
