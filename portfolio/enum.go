package portfolio

import "fmt"

// names is the one table of an enum: its codes by value. Zero is invalid and has no code.
type names[E ~uint8] []string

func (n names[E]) code(e E) string {
	if e == 0 || int(e) > len(n) {
		return ""
	}
	return n[e-1]
}

func (n names[E]) text(e E) ([]byte, error) { return []byte(n.code(e)), nil }

func (n names[E]) parse(b []byte, e *E) error {
	*e = 0
	if len(b) == 0 {
		return nil
	}
	for i, name := range n {
		if name == string(b) {
			*e = E(i + 1)
			return nil
		}
	}
	return fmt.Errorf("unknown code %q, want one of %v", b, []string(n))
}

// all lists the valid values in their order.
func (n names[E]) all() []E {
	list := make([]E, len(n))
	for i := range n {
		list[i] = E(i + 1)
	}
	return list
}
