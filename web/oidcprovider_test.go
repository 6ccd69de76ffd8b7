package web

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// The client that the program is at the provider, and the password of everybody there.
const (
	clientID      = "gevinst"
	clientSecret  = "a-secret-between-two-programs"
	theirPassword = "known-to-the-provider-alone"
)

// idp is a real OpenID provider: github.com/zitadel/oidc, which is certified, with people of the test's and their groups.
type idp struct {
	server *httptest.Server
	mu     sync.Mutex
	people map[string]*theirs
	// away lets no call through; nonce, forged and claims change what it says, as one that lies would.
	away   bool
	nonce  string
	forged *rsa.PrivateKey
	claims map[string]any
	// lies makes another ID token of what a true one says and the key that the provider signs with.
	lies func(said map[string]any, key op.SigningKey) string
	// answered is what it has sent by the token endpoint.
	answered []string
}

// theirs is a person as the provider knows her.
type theirs struct {
	email, name string
	verified    bool
	groups      []string
}

func newIDP(t testing.TB, site string) *idp {
	p := &idp{people: map[string]*theirs{}, claims: map[string]any{}}
	var provider http.Handler
	var memory *storage.Storage
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		away := p.away
		p.mu.Unlock()
		if away {
			panic(http.ErrAbortHandler)
		}
		if r.URL.Path != "/oauth/token" {
			provider.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		provider.ServeHTTP(answer, r)
		p.mu.Lock()
		p.answered = append(p.answered, answer.Body.String())
		lies := p.lies
		p.mu.Unlock()
		body := answer.Body.Bytes()
		if lies != nil {
			key, err := memory.SigningKey(r.Context())
			if err != nil {
				t.Error(err)
			}
			body = anotherToken(t, body, func(said map[string]any) string { return lies(said, key) })
		}
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body)
	}))
	t.Cleanup(p.server.Close)
	client := storage.WebClient(clientID, clientSecret, site+"/sign-on/callback")
	memory = storage.NewStorageWithClients(p, map[string]*storage.Client{clientID: client})
	provider = exampleop.SetupServer(p.server.URL, &theirStorage{memory, p, site}, slog.New(slog.DiscardHandler), false)
	return p
}

// anotherToken puts another ID token into the token endpoint's answer.
func anotherToken(t testing.TB, body []byte, token func(map[string]any) string) []byte {
	var answer, said map[string]any
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Error(err)
		return body
	}
	raw, _ := answer["id_token"].(string)
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return body // a code that is refused has no token
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(payload, &said)
	}
	if err != nil {
		t.Error(err)
		return body
	}
	if answer["id_token"] = token(said); answer["id_token"] == "" {
		delete(answer, "id_token")
	}
	if body, err = json.Marshal(answer); err != nil {
		t.Error(err)
	}
	return body
}

// set changes the provider while it runs.
func (p *idp) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

// knows adds a person, or changes her groups.
func (p *idp) knows(email string, groups ...string) {
	p.set(func() {
		p.people[email] = &theirs{email: email, name: "Chef, Plan, Byg & Miljø", verified: true, groups: groups}
	})
}

// GetUserByID, GetUserByUsername and ExampleClientID are the people as the provider asks for them.
func (p *idp) GetUserByID(id string) *storage.User {
	p.mu.Lock()
	defer p.mu.Unlock()
	who := p.people[id]
	if who == nil {
		return nil
	}
	return &storage.User{ID: id, Username: id, Password: theirPassword, FirstName: who.name, Email: who.email, EmailVerified: who.verified}
}

func (p *idp) GetUserByUsername(name string) *storage.User { return p.GetUserByID(name) }
func (p *idp) ExampleClientID() string                     { return "service" }

// theirStorage is the provider's memory, with the groups in the ID token, as Entra ID, AD FS and Keycloak write them.
type theirStorage struct {
	*storage.Storage
	idp  *idp
	site string
}

func (s *theirStorage) SetUserinfoFromRequest(ctx context.Context, info *oidc.UserInfo, token op.IDTokenRequest, scopes []string) error {
	if err := s.Storage.SetUserinfoFromRequest(ctx, info, token, scopes); err != nil {
		return err
	}
	s.idp.mu.Lock()
	defer s.idp.mu.Unlock()
	info.AppendClaims("groups", s.idp.people[token.GetSubject()].groups)
	for name, value := range s.idp.claims {
		info.AppendClaims(name, value)
	}
	return nil
}

func (s *theirStorage) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	c, err := s.Storage.GetClientByClientID(ctx, id)
	if err != nil {
		return nil, err
	}
	return theirClient{c, s.site}, nil
}

func (s *theirStorage) CreateAuthRequest(ctx context.Context, r *oidc.AuthRequest, user string) (op.AuthRequest, error) {
	s.idp.mu.Lock()
	if s.idp.nonce != "" {
		r.Nonce = s.idp.nonce
	}
	s.idp.mu.Unlock()
	return s.Storage.CreateAuthRequest(ctx, r, user)
}

func (s *theirStorage) SigningKey(ctx context.Context) (op.SigningKey, error) {
	own, err := s.Storage.SigningKey(ctx)
	s.idp.mu.Lock()
	defer s.idp.mu.Unlock()
	if err != nil || s.idp.forged == nil {
		return own, err
	}
	return forgedKey{own, s.idp.forged}, nil
}

// forgedKey goes by the name of the provider's key.
type forgedKey struct {
	op.SigningKey
	key *rsa.PrivateKey
}

func (k forgedKey) Key() any                                    { return k.key }
func (k forgedKey) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }

func newForgedKey(t testing.TB) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// theirClient is the program as the provider knows it.
type theirClient struct {
	op.Client
	site string
}

func (c theirClient) IDTokenUserinfoClaimsAssertion() bool { return true }
func (c theirClient) PostLogoutRedirectURIs() []string     { return []string{c.site + "/session"} }
