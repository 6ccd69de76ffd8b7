package web

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/op"

	"gevinst/portfolio"
)

// idToken is an ID token of what is said.
func idToken(t testing.TB, said map[string]any, how jose.SignatureAlgorithm, key any, id string) string {
	t.Helper()
	payload, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: how, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", id))
	if err != nil {
		t.Fatal(err)
	}
	mark, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := mark.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// unsigned is an ID token with the header given and no signature.
func unsigned(t testing.TB, said map[string]any, header string) string {
	t.Helper()
	payload, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString(payload) + "."
}

func TestSignOnTokens(t *testing.T) {
	s := newSignOnSite(t, nil)
	const who = "chef@example.invalid"
	s.idp.knows(who, directors)
	// says signs another claim with the provider's own key; nil takes the claim away.
	says := func(name string, value func() any) func(map[string]any, op.SigningKey) string {
		return func(said map[string]any, key op.SigningKey) string {
			if said[name] = value(); said[name] == nil {
				delete(said, name)
			}
			return idToken(t, said, jose.RS256, key.Key(), key.ID())
		}
	}
	is := func(value any) func() any { return func() any { return value } }
	public := func(key op.SigningKey) *rsa.PublicKey { return &key.Key().(*rsa.PrivateKey).PublicKey }

	t.Run("a true token that is signed anew opens, so that what follows fails by what it says", func(t *testing.T) {
		s.idp.set(func() { s.idp.lies = says("nbf", func() any { return time.Now().Unix() }) })
		if r, got := s.signsOn(who); !r.inside() {
			t.Fatalf("%d %s", got.status, got.body)
		}
	})

	for title, attack := range map[string]struct {
		key  string
		lies func(map[string]any, op.SigningKey) string
	}{
		"without a signature, alg none": {"sign_on.not_believed", func(said map[string]any, _ op.SigningKey) string {
			return unsigned(t, said, `{"alg":"none","typ":"JWT"}`)
		}},
		"without a signature, alg RS256": {"sign_on.not_believed", func(said map[string]any, key op.SigningKey) string {
			return unsigned(t, said, `{"alg":"RS256","kid":"`+key.ID()+`"}`)
		}},
		"signed HS256 with the public key as DER": {"sign_on.not_believed", func(said map[string]any, key op.SigningKey) string {
			der, err := x509.MarshalPKIXPublicKey(public(key))
			if err != nil {
				t.Error(err)
			}
			return idToken(t, said, jose.HS256, der, key.ID())
		}},
		"signed HS256 with the public key as PEM": {"sign_on.not_believed", func(said map[string]any, key op.SigningKey) string {
			der, err := x509.MarshalPKIXPublicKey(public(key))
			if err != nil {
				t.Error(err)
			}
			return idToken(t, said, jose.HS256, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), key.ID())
		}},
		"signed HS256 with the client's secret": {"sign_on.not_believed", func(said map[string]any, key op.SigningKey) string {
			return idToken(t, said, jose.HS256, []byte(clientSecret+"padded-to-thirty-two-bytes"), key.ID())
		}},
		"signed by a key that it brings itself": {"sign_on.not_believed", func(said map[string]any, _ op.SigningKey) string {
			own := newForgedKey(t)
			payload, err := json.Marshal(said)
			if err != nil {
				t.Error(err)
			}
			signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: own}, &jose.SignerOptions{EmbedJWK: true})
			if err != nil {
				t.Error(err)
				return ""
			}
			mark, err := signer.Sign(payload)
			if err != nil {
				t.Error(err)
				return ""
			}
			raw, err := mark.CompactSerialize()
			if err != nil {
				t.Error(err)
			}
			return raw
		}},
		"that is none":                   {"sign_on.not_believed", func(map[string]any, op.SigningKey) string { return "" }},
		"that is no token":               {"sign_on.not_believed", func(map[string]any, op.SigningKey) string { return "a.b.c.d" }},
		"for another program":            {"sign_on.not_believed", says("aud", is("another"))},
		"for nobody":                     {"sign_on.not_believed", says("aud", is(nil))},
		"for us that was given another":  {"sign_on.not_believed", says("azp", is("another"))},
		"of another issuer":              {"sign_on.not_believed", says("iss", is("https://elsewhere.example"))},
		"of an issuer that begins alike": {"sign_on.not_believed", says("iss", func() any { return s.idp.server.URL + ".elsewhere.example" })},
		"of no issuer":                   {"sign_on.not_believed", says("iss", is(nil))},
		"that ran out":                   {"sign_on.not_believed", says("exp", func() any { return time.Now().Add(-time.Second).Unix() })},
		"that never runs out":            {"sign_on.not_believed", says("exp", is(nil))},
		"that is good later than clocks differ": {"sign_on.not_believed", says("nbf", func() any {
			return time.Now().Add(6 * time.Minute).Unix()
		})},
		"without a nonce":                           {"sign_on.not_believed", says("nonce", is(nil))},
		"with an empty nonce":                       {"sign_on.not_believed", says("nonce", is(""))},
		"whose nonce is a list":                     {"sign_on.not_believed", says("nonce", is([]string{"x"}))},
		"that names nobody":                         {"sign_on.not_believed", says("sub", is(nil))},
		"whose groups are a number":                 {"sign_on.no_group", says("groups", is(42))},
		"whose groups are an object":                {"sign_on.no_group", says("groups", is(map[string]any{directors: true}))},
		"whose groups are no texts":                 {"sign_on.no_group", says("groups", is([]any{map[string]any{"name": directors}, []any{directors}, 1, true, nil}))},
		"whose groups are one text with a comma":    {"sign_on.no_group", says("groups", is("Andre,"+viewers))},
		"whose group is written a little otherwise": {"sign_on.no_group", says("groups", is([]string{viewers + " ", viewers + "\x00"}))},
	} {
		t.Run("a token "+title+" opens nothing", func(t *testing.T) {
			s.idp.set(func() { s.idp.lies = attack.lies })
			status := http.StatusUnprocessableEntity
			if attack.key == "sign_on.no_group" {
				status = http.StatusForbidden
			}
			before := s.now().Seq
			r, got := s.signsOn(who)
			s.turnedAway(r, got, status, attack.key)
			if s.now().Seq != before {
				t.Errorf("%d events more", s.now().Seq-before)
			}
		})
	}

	t.Run("a clock that is a little behind the provider's lets people in", func(t *testing.T) {
		s.idp.set(func() { s.idp.lies = says("nbf", func() any { return time.Now().Add(2 * time.Minute).Unix() }) })
		if r, got := s.signsOn(who); !r.inside() {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
	t.Run("a mail address that is no text, or verified in words that are none, is nobody's", func(t *testing.T) {
		for _, verified := range []any{nil, 1, "yes", []any{true}} {
			s.idp.set(func() {
				s.idp.lies = func(said map[string]any, key op.SigningKey) string {
					said["sub"], said["email_verified"] = "somebody-else", verified
					return idToken(t, said, jose.RS256, key.Key(), key.ID())
				}
			})
			r, got := s.signsOn(who)
			s.turnedAway(r, got, http.StatusForbidden, "sign_on.no_email")
		}
	})
	t.Run("what was refused changed no role", func(t *testing.T) {
		if u := s.account(who); u.Role != portfolio.Director {
			t.Error(u.Role)
		}
	})
}
