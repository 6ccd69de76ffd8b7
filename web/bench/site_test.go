package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio/store"
	"gevinst/web"
)

// site is the program over a store, as a browser meets it.
type site struct {
	*httptest.Server
	web    *web.Server
	cookie string
}

func newSite(b *testing.B, s *store.Store) *site {
	b.Helper()
	w, err := web.New(web.Options{Store: s, Log: slog.New(slog.DiscardHandler), Version: "bench", MostByUser: 1 << 40})
	if err != nil {
		b.Fatal(err)
	}
	t := &site{Server: httptest.NewServer(w), web: w}
	b.Cleanup(t.Close)
	t.cookie = signIn(b, t.URL)
	return t
}

// signIn opens a session as one who only looks.
func signIn(b *testing.B, address string) string {
	b.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(address+"/session", url.Values{"email": {email(viewer)}, "password": {password}})
	if err != nil {
		b.Fatal(err)
	}
	res.Body.Close()
	for _, k := range res.Cookies() {
		return k.Name + "=" + k.Value
	}
	b.Fatalf("no session: %s", res.Status)
	return ""
}

// client asks over one connection and does next to nothing else: what is measured is the server.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	body bytes.Buffer
}

func dial(b *testing.B, address string) *client {
	b.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}
}

// ask writes a request as a browser does.
func ask(path, cookie string, headers ...string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nAccept: text/html,application/xhtml+xml\r\n"+
		"Accept-Encoding: gzip, deflate, br\r\nAccept-Language: da\r\nUser-Agent: Mozilla/5.0\r\n%s\r\n", path, cookie, strings.Join(append(headers, ""), "\r\n"))
}

// get sends the request, wants the status, and gives the header named and the body, which is overwritten by the next.
func (c *client) get(tb testing.TB, request []byte, status int, want string) (header string, body []byte) {
	if _, err := c.conn.Write(request); err != nil {
		tb.Fatal(err)
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		tb.Fatal(err)
	}
	if len(line) < 12 || string(line[9:12]) != strconv.Itoa(status) {
		tb.Fatalf("%s instead of %d: %s", line, status, request)
	}
	length := 0
	for {
		line, err = c.in.ReadSlice('\n')
		if err != nil {
			tb.Fatal(err)
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		if string(name) == "Content-Length" {
			length, _ = strconv.Atoi(string(value))
		}
		if string(name) == want {
			header = string(value)
		}
	}
	c.body.Reset()
	if _, err := io.CopyN(&c.body, c.in, int64(length)); err != nil {
		tb.Fatal(err)
	}
	return header, c.body.Bytes()
}
