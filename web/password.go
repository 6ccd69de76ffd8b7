package web

import (
	"context"
	"fmt"
	"sync/atomic"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"gevinst/portfolio"
)

// A password's length in letters is what makes it hard to guess; a bound on the other side keeps the hashing cheap.
const (
	minPassword = 12
	maxPassword = 200
)

// CheckPassword refuses a password that is too short to keep anybody out, too long to be hashed, or among the first that others
// would try for whoever it is for.
func CheckPassword(password string, owner portfolio.Person) error {
	if n := utf8.RuneCountInString(password); n < minPassword || n > maxPassword {
		return &portfolio.Error{Kind: portfolio.Invalid, Field: "password", Code: "users.bad_password", Args: []any{minPassword, maxPassword}}
	}
	return guessable(password, owner)
}

// hashed is how passwords are kept: argon2id with 19 MiB.
var hashed = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword makes what the database keeps of a password.
func HashPassword(password string) (string, error) { return argon2id.CreateHash(password, &hashed) }

// decoy is compared against where no account has the address, or the account no password, so that the answer takes as long
// and tells nothing. What it was made from is not known.
const decoy = "$argon2id$v=19$m=19456,t=2,p=1$4kB1tx84dfOx96fZI0vHQw$zpkMMRQrurRINJtfo8xnSkicocZOYE/75Lf9gLXW/r0"

// hashing bounds how many passwords are compared at a time: each takes 19 MiB, and anyone may ask.
var hashing = make(chan struct{}, 4)

// compared counts the comparisons, which are the work that a refusal costs: every refusal is to cost the same.
var compared atomic.Int64

// compare tells whether the password is the one of the hash; none is of "", and that takes as long.
func compare(ctx context.Context, password, hash string) (bool, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	against := hash
	if hash == "" {
		against = decoy
	}
	compared.Add(1)
	same, err := argon2id.ComparePasswordAndHash(password, against)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return same && hash != "", nil
}
