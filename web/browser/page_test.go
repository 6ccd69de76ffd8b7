package browser

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// site is a small site under a policy as strict as ours.
func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	html := func(pattern, title, body string) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'")
			fmt.Fprintf(w, `<!doctype html><html lang="da"><head><title>%s</title>
				<meta name="viewport" content="width=device-width"></head><body><main><h1>%s</h1>%s</main></body></html>`, title, title, body)
		})
	}
	html("/{$}", "Forside", `<p id="who">Godmorgen</p><a href="/slow" id="next">Videre</a><a href="#down" id="jump">Ned</a>
		<button type="button" id="plain">Tryk</button>`)
	html("/form", "Formular", `<form method="post" action="/save">
		<label>Navn <input name="name" required></label>
		<label>Måned <input name="month" type="month"></label>
		<label>Art <select name="kind"><option value="a">A</option><option value="b">B</option></select></label>
		<input name="fixed" value="1" readonly aria-label="Fast">
		<button>Gem</button></form><p id="outside">Udenfor</p>`)
	mux.HandleFunc("POST /save", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(200 * time.Millisecond) // longer than the click takes
		http.SetCookie(w, &http.Cookie{Name: "saved", Value: r.FormValue("name") + "/" + r.FormValue("month") + "/" + r.FormValue("kind"), Path: "/"})
		http.Redirect(w, r, "/saved", http.StatusSeeOther)
	})
	mux.HandleFunc("/saved", func(w http.ResponseWriter, r *http.Request) {
		text := "intet"
		if c, err := r.Cookie("saved"); err == nil {
			text = c.Value
		}
		fmt.Fprintf(w, `<!doctype html><link rel="icon" href="data:,"><p>%s</p>`, text)
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(200 * time.Millisecond)
		fmt.Fprint(w, "<!doctype html><p>Fremme</p>")
	})
	html("/violating", "Brud", `<p style="color:red">x</p><script>1</script><img src="http://127.0.0.1:1/x.png" alt=""><script src="/error.js"></script>`)
	mux.HandleFunc("/error.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `console.error('sagt', 7); console.log('fint'); document.missing.call()`)
	})
	html("/shifting", "Skred", `<p id="below">Tekst</p><script src="/shift.js"></script>`)
	mux.HandleFunc("/shift.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `setTimeout(() => { const d = document.createElement('div'); d.id = 'late'; d.style.height = '300px';
			document.querySelector('main').prepend(d) }, 300)`)
	})
	html("/inaccessible", "Spærret", `<input name="nameless">`)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func open800(t *testing.T, path string) (*Page, string) {
	t.Helper()
	p, url := Start(t).Page(t, 800, 600), site(t)
	p.Goto(url + path)
	return p, url
}

func TestNavigation(t *testing.T) {
	t.Run("a click on a link waits for the page behind it", func(t *testing.T) {
		p, url := open800(t, "/")
		p.Click("#next")
		if got := p.Text("p"); got != "Fremme" || p.URL() != url+"/slow" {
			t.Errorf("%q on %s", got, p.URL())
		}
	})
	t.Run("a click that leads nowhere returns at once", func(t *testing.T) {
		p, url := open800(t, "/")
		start := time.Now()
		p.Click("#plain")
		p.Click("#jump")
		if took := time.Since(start); took > timeout/2 {
			t.Errorf("took %s", took)
		}
		if p.URL() != url+"/#down" {
			t.Errorf("on %s", p.URL())
		}
	})
	t.Run("keys work as the mouse does", func(t *testing.T) {
		p, url := open800(t, "/")
		p.Press(kb.Tab)
		p.Press(kb.Enter)
		if p.URL() != url+"/slow" {
			t.Errorf("on %s", p.URL())
		}
	})
	t.Run("a drag by so many pixels presses, moves in steps and lets go there", func(t *testing.T) {
		p, _ := open800(t, "/")
		p.Eval(`(() => { window.heard = []; for (const kind of ['pointerdown', 'pointermove', 'pointerup']) {
			addEventListener(kind, e => { if (e.buttons || kind === 'pointerup') heard.push([kind, Math.round(e.clientX)]); }); } })()`, nil)
		p.DragBy("#plain", 100)
		var heard [][]any
		p.Eval(`heard`, &heard)
		first, last := heard[0], heard[len(heard)-1]
		if first[0] != "pointerdown" || last[0] != "pointerup" || last[1].(float64)-first[1].(float64) != 100 || len(heard) < 5 {
			t.Error(heard)
		}
	})
	t.Run("the viewport is the one asked for", func(t *testing.T) {
		p, _ := open800(t, "/")
		var size []int
		p.Eval(`[innerWidth, innerHeight]`, &size)
		if !slices.Equal(size, []int{800, 600}) {
			t.Error(size)
		}
	})
}

// recorder takes the place of a test that fails.
type recorder struct {
	testing.TB
	message string
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.message = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func TestFailures(t *testing.T) {
	for _, c := range []struct {
		title string
		act   func(*Page)
		want  []string
	}{
		{"an element that is not there", func(p *Page) { p.Click("#missing") }, []string{"clicking #missing"}},
		{"text that is not there", func(p *Page) { p.Text("#missing") }, []string{"reading #missing"}},
		{"a field that is read-only", func(p *Page) { p.Fill("[name=fixed]", "2") }, []string{"[name=fixed]", "cannot be changed"}},
		{"a month that is none", func(p *Page) { p.Fill("[name=month]", "juli") }, []string{"[name=month]", "does not take the value"}},
		{"an option that is not offered", func(p *Page) { p.Fill("[name=kind]", "c") }, []string{"[name=kind]", "does not take the value"}},
		{"a form that is not complete", func(p *Page) { p.Submit("form") }, []string{"submitting form", "the field name is not valid"}},
		{"no form", func(p *Page) { p.Submit("#outside") }, []string{"#outside", "no form"}},
		{"an exception in the page", func(p *Page) { p.Eval("missing()", nil) }, []string{"missing()", "ReferenceError"}},
		{"a promise that is not kept", func(p *Page) { p.Eval("new Promise(() => {})", nil) }, []string{"new Promise"}},
	} {
		t.Run(c.title+" fails the test and says where", func(t *testing.T) {
			p, url := open800(t, "/form")
			failed := &recorder{TB: t}
			p.tb, p.patience = failed, 500*time.Millisecond
			done := make(chan struct{})
			go func() {
				defer close(done)
				c.act(p)
			}()
			<-done
			for _, want := range append(c.want, url+"/form") {
				if !strings.Contains(failed.message, want) {
					t.Errorf("no %q in %q", want, failed.message)
				}
			}
		})
	}
}

func TestForms(t *testing.T) {
	for title, send := range map[string]func(*Page){
		"by its button":      func(p *Page) { p.Click("button") },
		"by Submit":          func(p *Page) { p.Submit("form") },
		"by a field in it":   func(p *Page) { p.Submit("[name=kind]") },
		"by the Enter key":   func(p *Page) { p.Eval(`document.querySelector('[name=name]').focus()`, nil); p.Press(kb.Enter) },
		"after a wait first": func(p *Page) { p.Wait("button"); p.Click("button") },
	} {
		t.Run("a filled form is sent "+title+" and the redirect followed", func(t *testing.T) {
			p, url := open800(t, "/form")
			p.Fill("[name=name]", "Byg")
			p.Fill("[name=month]", "2018-07")
			p.Fill("[name=kind]", "b")
			send(p)
			if got := p.Text("p"); got != "Byg/2018-07/b" {
				t.Errorf("got %q", got)
			}
			var statuses []string
			for _, r := range p.Requests() {
				statuses = append(statuses, fmt.Sprint(strings.TrimPrefix(r.URL, url), " ", r.Status))
			}
			if want := []string{"/form 200", "/save 303", "/saved 200"}; !slices.Equal(statuses, want) {
				t.Errorf("requests %q, want %q", statuses, want)
			}
		})
	}
	t.Run("another page of the browser knows nothing of its cookies", func(t *testing.T) {
		p, url := open800(t, "/form")
		p.Fill("[name=name]", "Byg")
		p.Submit("form")
		other := Start(t).Page(t, 800, 600)
		other.Goto(url + "/saved")
		if got := other.Text("p"); got != "intet" {
			t.Errorf("got %q", got)
		}
	})
}

func TestWhatThePageComplainsOf(t *testing.T) {
	t.Run("violations of the policy, calls of console.error and exceptions are reported", func(t *testing.T) {
		p, _ := open800(t, "/violating")
		all := strings.Join(p.ConsoleErrors(), "\n")
		for _, want := range []string{"style-src", "script-src", "img-src", `console: "sagt" 7`, "TypeError", "error.js"} {
			if !strings.Contains(all, want) {
				t.Errorf("no %s in\n%s", want, all)
			}
		}
		if strings.Contains(all, "fint") {
			t.Errorf("what is only logged is no error:\n%s", all)
		}
	})
	t.Run("a page that keeps the policy reports nothing, not even for what the helper does", func(t *testing.T) {
		p, _ := open800(t, "/form")
		p.Fill("[name=name]", "Byg")
		p.LayoutShift()
		p.Axe()
		p.PDF()
		if got := p.ConsoleErrors(); len(got) != 0 {
			t.Errorf("got %q", got)
		}
	})
	t.Run("requests carry what went over the wire", func(t *testing.T) {
		p, _ := open800(t, "/")
		all := p.Requests()
		if len(all) != 1 || all[0].EncodedBytes < 300 || all[0].EncodedBytes > 2000 {
			t.Errorf("got %+v", all)
		}
	})
}

func TestAudits(t *testing.T) {
	t.Run("content that is pushed down counts as layout shift, a page at rest has none", func(t *testing.T) {
		p, _ := open800(t, "/shifting")
		p.Wait("#late")
		if got := p.LayoutShift(); got.Sum < 0.01 || !strings.Contains(strings.Join(got.Moved, " "), "->") {
			t.Errorf("got %v", got)
		}
		p.Goto(site(t))
		if got := p.LayoutShift(); got.Sum != 0 {
			t.Errorf("at rest: %v", got)
		}
	})
	t.Run("axe finds a field without a name, with its selector", func(t *testing.T) {
		p, _ := open800(t, "/inaccessible")
		found := p.Axe()
		i := slices.IndexFunc(found, func(v Violation) bool { return v.ID == "label" })
		if i < 0 || !strings.Contains(found[i].String(), "input") {
			t.Errorf("got %v", found)
		}
	})
	t.Run("axe passes a page that is in order", func(t *testing.T) {
		p, _ := open800(t, "/form")
		if found := p.Axe(); len(found) != 0 {
			t.Errorf("got %v", found)
		}
	})
	t.Run("a missing axe-core is an error that names the target", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := axeScript(dir); err == nil || !strings.Contains(err.Error(), "make build") {
			t.Errorf("got %v", err)
		}
	})
}

func TestPictures(t *testing.T) {
	t.Run("a screenshot is a PNG as wide as the viewport in the folder asked for", func(t *testing.T) {
		dir := t.TempDir()
		t.Setenv("GEVINST_SCREENSHOTS", dir)
		p, _ := open800(t, "/")
		path := p.Screenshot("forside")
		if path != filepath.Join(dir, "forside.png") {
			t.Error(path)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		size, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || size.Width != 800 {
			t.Errorf("%+v, %v", size, err)
		}
	})
	t.Run("a PDF is one and is tagged", func(t *testing.T) {
		p, _ := open800(t, "/")
		pdf := p.PDF()
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.Contains(pdf, []byte("/StructTreeRoot")) {
			t.Errorf("%.40q", pdf)
		}
	})
}
