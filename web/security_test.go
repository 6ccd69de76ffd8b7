package web

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/web/digest"
)

// acts reads the lines of acts upon accounts that a log holds, as "act came user subject".
func (l *lines) acts(t *testing.T) (list []string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for in := bufio.NewScanner(strings.NewReader(l.String())); in.Scan(); {
		var line struct {
			Msg, Act, Came string
			User, Subject  int64
			Request        string `json:"request_id"`
		}
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if line.Msg != "security" {
			continue
		}
		if line.Request == "" {
			t.Errorf("%s does not say which request it was", in.Text())
		}
		list = append(list, fmt.Sprintf("%s %s %d %d", line.Act, line.Came, line.User, line.Subject))
	}
	l.Reset()
	return list
}

func TestSecurityLog(t *testing.T) {
	s := newSite(t, false)
	var log lines
	s.web.Log = slog.New(slog.NewJSONHandler(&log, nil))
	admin := s.as("administrator")
	said := func(t *testing.T, want ...string) {
		t.Helper()
		if got := log.acts(t); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("the log has %q, want %q", got, want)
		}
	}

	t.Run("every form that opens an account or changes one has a line of its own", func(t *testing.T) {
		for _, route := range s.web.routes {
			upon := route.action == portfolio.ManageAccounts || strings.HasPrefix(route.pattern, "/account/") || openRoutes[route.method+" "+route.pattern]
			if upon && route.form != nil && route.act == "" && route.pattern != "/language" && route.pattern != "/account/digest" {
				t.Errorf("%s %s has none", route.method, route.pattern)
			}
		}
	})

	t.Run("who acted upon which account, and what came of it, stands there by number", func(t *testing.T) {
		log.acts(t)
		owner, id := s.opens("owner@example.invalid", "viewer", chosen)
		base := userPath(id)
		s.signsIn("owner@example.invalid", "a wrong password")
		s.signsIn("nobody@example.invalid", "a wrong password")
		_, made := owner.asks("/account/tokens", map[string]any{"name": "Regneark", "scope": "read"})
		owner.post("/account/passes/" + made.Tokens[0].ID + "/end")
		said(t, "sign_in done 0 1", "open_account done 1 8", "use_link done 0 8", "sign_in refused 0 8", "sign_in refused 0 0",
			"make_token done 8 8", "end_pass done 8 8")
		admin.post(base+"/person", "name", "En anden", "email", "owner@example.invalid")
		admin.post(base + "/reset")
		admin.post(base+"/disable", "version", "1")
		said(t, "correct done 1 8", "reset done 1 8", "disable refused 1 8")
	})

	t.Run("a guess that must wait has a line", func(t *testing.T) {
		for range freeTries + 1 {
			s.signsIn("waits@example.invalid", "a wrong password")
		}
		if got := log.acts(t); got[len(got)-1] != "sign_in waits 0 0" {
			t.Errorf("%q", got)
		}
	})

	t.Run("the line of a request says by which account it was asked, and of nobody's says nothing", func(t *testing.T) {
		for who, want := range map[*reader]string{admin: `"user":1}`, s.as(""): ""} {
			log.acts(t)
			who.get("/privacy")
			log.mu.Lock()
			line := strings.TrimSpace(log.String())
			log.mu.Unlock()
			if (want != "" && !strings.HasSuffix(line, want)) || (want == "" && strings.Contains(line, `"user"`)) {
				t.Errorf("%s, want %q", line, want)
			}
		}
	})

	t.Run("the history keeps every act of an administrator upon an account, without the name", func(t *testing.T) {
		_, id := s.opens("history@example.invalid", "viewer", chosen)
		base := userPath(id)
		admin.post(base+"/person", "name", "Hemmelig Person", "email", "history@example.invalid")
		admin.post(base + "/reset")
		admin.post(base+"/erase", "version", fmt.Sprint(s.now().Users.Get(id).Version))
		var v struct{ Items []sentence }
		admin.json("/history.json?actor=1", &v)
		verbs := map[string]bool{}
		for _, e := range v.Items {
			verbs[e.Verb] = true
		}
		for _, verb := range []string{"user.correct", "user.reset", "user.erase"} {
			if !verbs[verb] {
				t.Errorf("no %s in the history", verb)
			}
		}
		if strings.Contains(admin.page("/history"), "Hemmelig") {
			t.Error("the history has the name")
		}
		if r, err := s.store.Check(t.Context()); err != nil || len(r.Violations) > 0 {
			t.Errorf("%v %v", r.Violations, err)
		}
	})
}

func TestToldOfReset(t *testing.T) {
	s := newSite(t, false)
	admin := s.as("administrator")
	owner, id := s.opens("told@example.invalid", "viewer", chosen)
	const warning = "Administrator nulstillede adgangen til din konto den"

	t.Run("who chose a password is told nothing of it", func(t *testing.T) {
		for _, path := range []string{"/", "/account"} {
			if strings.Contains(owner.page(path), warning) {
				t.Errorf("%s tells of a reset", path)
			}
		}
	})
	t.Run("whoever is signed in after a reset sees who did it, whoever took the link", func(t *testing.T) {
		_, v := admin.asks(userPath(id)+"/reset", map[string]any{})
		s.as("").post(s.pathOf(v.Link), "password", "en helt anden sætning")
		owner.post("/session", "email", "told@example.invalid", "password", "en helt anden sætning")
		for _, path := range []string{"/", "/account"} {
			says(t, owner.page(path), warning)
			if strings.Contains(admin.page(path), warning) {
				t.Errorf("%s tells the administrator", path)
			}
		}
		says(t, owner.page(fmt.Sprintf("/history?actor=%d", id)), "valgte en adgangskode")
	})
}

// mailServer takes mails as a server does, and hands them on.
func mailServer(t *testing.T) (address string, mails <-chan string) {
	t.Helper()
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = at.Close() })
	got := make(chan string, 10)
	go func() {
		for {
			c, err := at.Accept()
			if err != nil {
				return
			}
			go takeMail(c, got)
		}
	}()
	return at.Addr().String(), got
}

func takeMail(c net.Conn, got chan<- string) {
	defer c.Close() //nolint:errcheck // the other end has gone
	in := bufio.NewReader(c)
	fmt.Fprint(c, "220 post.example\r\n")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch {
		case strings.HasPrefix(line, "DATA"):
			fmt.Fprint(c, "354 go on\r\n")
			var mail strings.Builder
			for line != ".\r\n" && err == nil {
				line, err = in.ReadString('\n')
				mail.WriteString(line)
			}
			got <- mail.String()
			fmt.Fprint(c, "250 taken\r\n")
		case strings.HasPrefix(line, "QUIT"):
			_, _ = io.WriteString(c, "221 bye\r\n")
			return
		default:
			fmt.Fprint(c, "250 well\r\n")
		}
	}
}

func TestMailedOfChange(t *testing.T) {
	s := newSite(t, false)
	address, mails := mailServer(t)
	s.web.Mail = &digest.SMTP{Addr: address, From: "gevinst@example.invalid", Security: digest.NoTLS}
	admin := s.as("administrator")
	_, id := s.opens("before@example.invalid", "viewer", chosen)
	next := func(t *testing.T) string {
		t.Helper()
		select {
		case mail := <-mails:
			return mail
		case <-time.After(10 * time.Second):
			t.Fatal("no mail has come")
			return ""
		}
	}

	t.Run("of another mail address the former is told, so that nobody's account is taken over unseen", func(t *testing.T) {
		admin.post(userPath(id)+"/person", "name", "Chef", "email", "after@example.invalid")
		mail := next(t)
		if !strings.Contains(mail, "To: <before@example.invalid>") || !strings.Contains(mail, "/account") {
			t.Error(mail)
		}
	})
	t.Run("of a reset the person is told, and the mail has no link that opens anything", func(t *testing.T) {
		got, v := admin.asks(userPath(id)+"/reset", map[string]any{})
		mail := next(t)
		if got.status != http.StatusOK || !strings.Contains(mail, "To: <after@example.invalid>") || strings.Contains(mail, "welcome") || v.Link == "" {
			t.Error(mail)
		}
	})
	t.Run("of what was refused nobody is told", func(t *testing.T) {
		admin.post(userPath(id)+"/person", "name", "", "email", "after@example.invalid")
		select {
		case mail := <-mails:
			t.Error(mail)
		case <-time.After(200 * time.Millisecond):
		}
	})
}
