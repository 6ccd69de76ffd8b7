package digest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// Security is how the way to the mail server is kept from others' eyes.
type Security string

// StartTLS begins in plain text and must go on encrypted, TLS is encrypted from the first byte, NoTLS is for a server on the
// same machine or net.
const (
	StartTLS Security = "starttls"
	TLS      Security = "tls"
	NoTLS    Security = "none"
)

// SMTP is the mail server that mails are handed to.
type SMTP struct {
	// Addr is host:port, From the sender.
	Addr, From string
	// User and Password sign in; "" does not.
	User, Password string
	Security       Security
	// TLS trusts other than the machine's roots, where it is set.
	TLS *tls.Config
}

// errUncertain is a mail that the server may have taken although it did not say so: it is not sent again.
var errUncertain = errors.New("the mail server may have taken it")

// patience bounds how long the mail server may take over a mail.
const patience = 30 * time.Second

// Send hands over a letter. id names the mail, so that a server or a reader that gets it twice can tell.
func (s *SMTP) Send(ctx context.Context, l Letter, id string) error {
	host, portText, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return fmt.Errorf("the mail server's address: %w", err)
	}
	port, err := strconv.Atoi(portText)
	if err != nil {
		return fmt.Errorf("the mail server's port: %w", err)
	}
	options := []mail.Option{mail.WithPort(port), mail.WithTimeout(patience), mail.WithoutNoop()}
	if s.TLS != nil {
		options = append(options, mail.WithTLSConfig(s.TLS))
	}
	switch s.Security {
	case TLS:
		options = append(options, mail.WithSSL())
	case NoTLS:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthPlain), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	message, err := s.message(l, id)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, message)
	var failed *mail.SendError
	switch {
	case err == nil || message.IsDelivered(): // what failed after that is the goodbye
		return nil
	case errors.As(err, &failed) && failed.Reason == mail.ErrSMTPDataClose && failed.ErrorCode() == 0:
		return errors.Join(errUncertain, err)
	}
	return fmt.Errorf("mail: %w", err)
}

func (s *SMTP) message(l Letter, id string) (*mail.Msg, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := m.From(s.From); err != nil {
		return nil, fmt.Errorf("the sender's address: %w", err)
	}
	if err := m.To(l.To); err != nil {
		return nil, fmt.Errorf("the reader's address: %w", err)
	}
	m.Subject(l.Subject)
	m.SetDate()
	m.SetMessageIDWithValue(id)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetBodyString(mail.TypeTextPlain, l.Text)
	if l.Account != "" {
		m.SetGenHeader(mail.HeaderListUnsubscribe, "<"+l.Account+">")
	}
	if l.HTML != "" {
		m.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	}
	return m, nil
}
