package digest_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"gevinst/portfolio"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
	"gevinst/web/digest"
	"gevinst/web/locale"
)

// post is a real mail server that keeps what it is handed; while it is shut it refuses.
type post struct {
	mu   sync.Mutex
	shut bool
	got  []handed
}

type handed struct{ to, raw string }

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{post: p}, nil }

type session struct {
	post *post
	to   string
}

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	if s.post.shut {
		return &smtp.SMTPError{Code: 451, Message: "later"}
	}
	s.post.got = append(s.post.got, handed{s.to, string(raw)})
	return nil
}
func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (p *post) letters() []handed {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]handed(nil), p.got...)
}

// certificate is a new one for 127.0.0.1, and what trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, own, own, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, trusted
}

// open starts the mail server the way it is to be reached, and gives its settings.
func (p *post) open(t *testing.T, way digest.Security) *digest.SMTP {
	t.Helper()
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	to := &digest.SMTP{Addr: listener.Addr().String(), From: "gevinst@kommune.example", Security: way}
	if way != digest.NoTLS {
		own, trusted := certificate(t)
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{own}}
		to.TLS = &tls.Config{RootCAs: trusted, ServerName: "127.0.0.1"}
	}
	if way == digest.TLS {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
	return to
}

// morning is the example's portfolio with those who want to be reminded.
type morning struct {
	*testing.T
	path string
	now  time.Time
	post *post
}

func newMorning(t *testing.T, wants map[portfolio.Role]string) *morning {
	t.Helper()
	m := &morning{t, filepath.Join(t.TempDir(), "gevinst.db"), time.Time{}, &post{}}
	s := m.store()
	if err := kalundborg.Load(t.Context(), s, func(at time.Time) { m.now = at }, append(kalundborg.Facts(), kalundborg.Examples()...)); err != nil {
		t.Fatal(err)
	}
	m.now = time.Date(2018, 9, 4, 7, 0, 0, 0, store.Copenhagen) // a Tuesday
	_, err := s.Write(t.Context(), func(tx *store.Tx) error {
		for role, often := range wants {
			person := tx.Portfolio().Person(kalundborg.SignIn(role))
			person.Email = role.String() + "@kommune.example"
			u, e, err := tx.Portfolio().Users.Get(person.User).Correct(tx.By(kalundborg.SignIn(portfolio.Administrator), ""))
			if err != nil {
				return err
			}
			tx.Save(u, e)
			tx.SavePerson(person)
			tx.Remind(person.User, often)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// store opens the database once more, as another program would.
func (m *morning) store() *store.Store {
	m.Helper()
	s, err := store.Open(m.Context(), store.Options{Path: m.path, Clock: func() time.Time { return m.now }})
	if err != nil {
		m.Fatal(err)
	}
	m.Cleanup(func() {
		if err := s.Close(); err != nil {
			m.Error(err)
		}
	})
	return s
}

func (m *morning) mailer(to *digest.SMTP) *digest.Mailer {
	m.Helper()
	languages, err := locale.Load()
	if err != nil {
		m.Fatal(err)
	}
	return &digest.Mailer{
		Writer: digest.Writer{Store: m.store(), Language: languages["da"], Public: "https://gevinst.kommune.example"},
		SMTP:   to, Log: slog.New(slog.DiscardHandler), Clock: func() time.Time { return m.now },
	}
}

// read opens a mail: its header and its two bodies.
func read(t *testing.T, raw string) (mail.Header, string, string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, parameters["boundary"])
	var bodies []string
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(body))
	}
	if len(bodies) != 2 {
		t.Fatalf("%d bodies", len(bodies))
	}
	return m.Header, bodies[0], bodies[1]
}

func round(t *testing.T, m *digest.Mailer, want int) {
	t.Helper()
	sent, err := m.Round(context.WithoutCancel(t.Context()))
	if err != nil || sent != want {
		t.Errorf("sent %d, want %d: %v", sent, want, err)
	}
}

func TestLetters(t *testing.T) {
	for _, way := range []digest.Security{digest.NoTLS, digest.StartTLS, digest.TLS} {
		t.Run("a mail server reached by "+string(way)+" gets a letter with the reader's own tasks, and nobody else's", func(t *testing.T) {
			m := newMorning(t, map[portfolio.Role]string{portfolio.ProjectOwner: "daily", portfolio.EconomyChief: "daily", portfolio.Viewer: "daily"})
			round(t, m.mailer(m.post.open(t, way)), 2) // nothing waits for a viewer
			for _, l := range m.post.letters() {
				header, text, html := read(t, l.raw)
				if header.Get("List-Unsubscribe") != "<https://gevinst.kommune.example/account>" || header.Get("Auto-Submitted") != "auto-generated" {
					t.Errorf("header %v", header)
				}
				own, others := "Kommentér ", "Afgør indmeldingen"
				if l.to == "economy_chief@kommune.example" {
					own, others = others, own
				}
				for _, body := range []string{text, html} {
					if !strings.Contains(body, own) || strings.Contains(body, others) || !strings.Contains(body, "https://gevinst.kommune.example/initiatives/") {
						t.Errorf("to %s: %s", l.to, body)
					}
				}
			}
		})
	}
	t.Run("a server whose certificate nobody knows gets nothing", func(t *testing.T) {
		m := newMorning(t, map[portfolio.Role]string{portfolio.EconomyChief: "daily"})
		to := m.post.open(t, digest.StartTLS)
		to.TLS = nil
		if sent, err := m.mailer(to).Round(t.Context()); sent != 0 || err == nil || len(m.post.letters()) != 0 {
			t.Errorf("sent %d, %v", sent, err)
		}
	})
}

func TestMornings(t *testing.T) {
	t.Run("one letter a day, from seven on, and on Mondays to those who want it weekly", func(t *testing.T) {
		m := newMorning(t, map[portfolio.Role]string{portfolio.ProjectOwner: "weekly", portfolio.EconomyChief: "daily", portfolio.Director: ""})
		mailer := m.mailer(m.post.open(t, digest.NoTLS))
		for _, c := range []struct {
			at   time.Time
			want int
		}{
			{time.Date(2018, 9, 4, 6, 59, 0, 0, store.Copenhagen), 0},
			{time.Date(2018, 9, 4, 7, 0, 0, 0, store.Copenhagen), 1},
			{time.Date(2018, 9, 4, 12, 0, 0, 0, store.Copenhagen), 0},
			{time.Date(2018, 9, 5, 7, 0, 0, 0, store.Copenhagen), 1},
			{time.Date(2018, 9, 10, 7, 0, 0, 0, store.Copenhagen), 2},
			{time.Date(2018, 9, 10, 8, 0, 0, 0, store.Copenhagen), 0},
		} {
			m.now = c.at
			round(t, mailer, c.want)
		}
	})
	t.Run("two programs on one database send one letter", func(t *testing.T) {
		m := newMorning(t, map[portfolio.Role]string{portfolio.EconomyChief: "daily"})
		to := m.post.open(t, digest.NoTLS)
		var both sync.WaitGroup
		for range 2 {
			mailer := m.mailer(to)
			both.Go(func() {
				for range 5 {
					if _, err := mailer.Round(context.WithoutCancel(t.Context())); err != nil {
						t.Error(err)
					}
				}
			})
		}
		both.Wait()
		if n := len(m.post.letters()); n != 1 {
			t.Errorf("%d letters", n)
		}
	})
	t.Run("what the server refuses is tried again, under the same name", func(t *testing.T) {
		m := newMorning(t, map[portfolio.Role]string{portfolio.EconomyChief: "daily"})
		mailer := m.mailer(m.post.open(t, digest.NoTLS))
		m.post.shut = true
		if sent, err := mailer.Round(t.Context()); sent != 0 || err == nil {
			t.Errorf("sent %d, %v", sent, err)
		}
		m.post.mu.Lock()
		m.post.shut = false
		m.post.mu.Unlock()
		round(t, mailer, 1)
		header, _, _ := read(t, m.post.letters()[0].raw)
		if id := header.Get("Message-ID"); !strings.HasPrefix(id, "<reminder-20180904-") || !strings.HasSuffix(id, "@gevinst.kommune.example>") {
			t.Errorf("named %s", id)
		}
	})
}
