package web

import (
	"log/slog"
	"testing"
)

func TestTemplates(t *testing.T) {
	t.Run("every page can be read in every language, before a reader asks for it", func(t *testing.T) {
		s, err := New(Options{Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		for code, read := range s.templates {
			set, err := read()
			if err != nil {
				t.Fatalf("%s: %v", code, err)
			}
			for name := range set.texts {
				if _, err := set.page(name); err != nil {
					t.Errorf("%s in %s: %v", name, code, err)
				}
			}
		}
	})
}
