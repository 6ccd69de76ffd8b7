package survive

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
	"testing"
	"time"
)

// visitor is somebody who is signed in.
type visitor struct {
	client *http.Client
	base   string
}

func signIn(t *testing.T, base, role string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{base: base, client: &http.Client{
		Jar: jar, Timeout: 15 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 1},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	t.Cleanup(v.client.CloseIdleConnections)
	if status, err := v.post("/demo/session", url.Values{"role": {role}}); status != http.StatusSeeOther {
		t.Fatalf("sign in: %d, %v", status, err)
	}
	return v
}

// status reads an answer to its end.
func status(r *http.Response, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	defer r.Body.Close() //nolint:errcheck // what was read tells
	_, err = io.Copy(io.Discard, r.Body)
	return r.StatusCode, err
}

func (v *visitor) post(path string, form url.Values) (int, error) {
	return status(v.client.PostForm(v.base+path, form))
}

func (v *visitor) get(path string) (int, error) { return status(v.client.Get(v.base + path)) }

// version gives the version of an initiative.
func (v *visitor) version(initiative int) (string, error) {
	r, err := v.client.Get(fmt.Sprintf("%s/initiatives/%d.json", v.base, initiative))
	if err != nil {
		return "", err
	}
	defer r.Body.Close() //nolint:errcheck // what was read tells
	var subject struct{ Version json.Number }
	if r.StatusCode != http.StatusOK {
		return "", fmt.Errorf("initiative %d: %s", initiative, r.Status)
	}
	err = json.NewDecoder(r.Body).Decode(&subject)
	return subject.Version.String(), err
}

// book keeps what writers were told of each of their notes.
type book struct {
	mu           sync.Mutex
	acknowledged map[string]time.Time // when
	unanswered   map[string]bool      // nobody knows whether they were written
	wrong        []string             // what is no right answer at any time
}

func newBook() *book {
	return &book{acknowledged: map[string]time.Time{}, unanswered: map[string]bool{}}
}

// comment writes a note once.
func (b *book) comment(v *visitor, initiative int, note string) (acknowledged bool) {
	got, err := v.post(fmt.Sprintf("/initiatives/%d/comment", initiative), url.Values{"note": {note}})
	b.enter(note, got, err)
	return err == nil && got == http.StatusSeeOther
}

// edit writes a note with a change of a version, and sends the very same again until it is told that it is done, or that the
// version has been changed, which nobody else does.
func (b *book) edit(v *visitor, initiative int, note string, stop <-chan struct{}) (acknowledged bool) {
	version, err := v.version(initiative)
	if err != nil {
		return false
	}
	form := url.Values{"version": {version}, "summary": {note}, "note": {note}}
	for {
		got, err := v.post(fmt.Sprintf("/initiatives/%d/edit", initiative), form)
		if err == nil && got == http.StatusConflict {
			got = http.StatusSeeOther // the one before was done after all
		}
		b.enter(note, got, err)
		if err == nil && got == http.StatusSeeOther {
			return true
		}
		select {
		case <-stop:
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (b *book) enter(note string, got int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case err == nil && got == http.StatusSeeOther:
		b.acknowledged[note] = time.Now()
		delete(b.unanswered, note)
	case err != nil || got >= http.StatusInternalServerError:
		b.unanswered[note] = true
	default:
		b.wrong = append(b.wrong, fmt.Sprintf("%s: status %d", note, got))
	}
}

// count is how many notes were acknowledged so far.
func (b *book) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.acknowledged)
}

// hold holds the book against the notes that are in the log: each that was acknowledged once, and none twice.
func (b *book) hold(t *testing.T, there map[string]int) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.wrong {
		t.Error(w)
	}
	for note := range maps.Keys(b.acknowledged) {
		if there[note] != 1 {
			t.Errorf("%q was acknowledged, and is in the log %d times", note, there[note])
		}
	}
	for note := range b.unanswered {
		if there[note] > 1 {
			t.Errorf("%q is in the log %d times", note, there[note])
		}
	}
}
