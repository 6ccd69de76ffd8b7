package portfolio

import (
	"errors"
	"fmt"
	"strings"
)

// ErrorKind is how a refusal is to be met: mended, looked for elsewhere, left to others, or tried again on what is new.
type ErrorKind uint8

// The four kinds of refusal. Anything else that goes wrong is a fault, not a refusal.
const (
	Invalid ErrorKind = iota + 1
	NotFound
	Forbidden
	Conflict
)

// Error is a refusal that a person can act on. Code is the key of a sentence in the reader's language, Args fill it,
// and Field names the input that it concerns ("" for the whole).
type Error struct {
	Kind  ErrorKind
	Code  string
	Field string
	Args  []any
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	if e.Field != "" {
		fmt.Fprintf(&b, " (%s)", e.Field)
	}
	for _, a := range e.Args {
		fmt.Fprintf(&b, " %v", a)
	}
	return b.String()
}

// Refusals are several refusals at once, as a form or a file gives them.
type Refusals []*Error

func (r Refusals) Error() string {
	parts := make([]string, len(r))
	for i, e := range r {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "; ")
}

// Or gives nil when nothing was refused, so that an empty list never becomes a non-nil error.
func (r Refusals) Or() error {
	if len(r) == 0 {
		return nil
	}
	return r
}

// Is reports whether err is, or wraps, a refusal of the kind.
func Is(err error, kind ErrorKind) bool {
	for _, e := range AsRefusals(err) {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

// AsRefusals finds the refusals in err; none means that err is a fault.
func AsRefusals(err error) Refusals {
	var one *Error
	if errors.As(err, &one) {
		return Refusals{one}
	}
	var many Refusals
	if errors.As(err, &many) {
		return many
	}
	return nil
}

func invalid(field, code string, args ...any) *Error {
	return &Error{Kind: Invalid, Code: code, Field: field, Args: args}
}

// Missing refuses a subject that does not exist, or that the reader may not see.
func Missing(kind Kind, id any) *Error {
	return &Error{Kind: NotFound, Code: "error.not_found", Args: []any{kind.String(), id}}
}
