package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/oauth2"
)

// ticketCookie holds a sign-on under way; signedOnCookie remembers for signing out that the session began at the provider.
const (
	ticketCookie   = "gevinst_sign_on"
	signedOnCookie = "gevinst_signed_on"
)

// ticketLasts is how long somebody may take to sign in at the provider.
const ticketLasts = 10 * time.Minute

// longestReturn bounds the address that a ticket remembers, in bytes: browsers keep cookies of up to 4 kB.
const longestReturn = 2000

// ticket is what ties the answer of the provider to the browser that asked, and to what it asked for.
type ticket struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	Return   string `json:"r"`
	// Until is when it ends, in seconds since 1970.
	Until int64 `json:"u"`
}

func newTicket(now time.Time, back string) ticket {
	if len(back) > longestReturn {
		back = "/"
	}
	return ticket{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Return: back, Until: now.Add(ticketLasts).Unix()}
}

// newBox seals tickets: nobody reads one, or makes one. The key comes from the client's secret, so that any of several programs
// opens what another has sealed.
func newBox(o *SignOn) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(o.ClientSecret), []byte(o.Issuer+"\n"+o.ClientID), ticketCookie, 32)
	if err != nil {
		return nil, fmt.Errorf("make the key of sign-ons: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make the key of sign-ons: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func (p *provider) seal(t ticket) (string, error) {
	b, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("seal a sign-on: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(p.box.Seal(nil, nil, b, []byte(ticketCookie))), nil
}

// unseal opens a ticket; ok is false for one that is not ours, or too old.
func (p *provider) unseal(text string, now time.Time) (t ticket, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return ticket{}, false
	}
	if b, err = p.box.Open(nil, nil, b, []byte(ticketCookie)); err != nil {
		return ticket{}, false
	}
	if err := json.Unmarshal(b, &t); err != nil || now.Unix() >= t.Until {
		return ticket{}, false
	}
	return t, true
}
