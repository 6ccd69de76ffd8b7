package survive

import (
	"testing"

	"gevinst/portfolio/store/pgtest"
)

func TestStartedAtOnce(t *testing.T) {
	alone := folder(t.TempDir())
	start(t, alone.flags...).kill()
	want := alone.told(t)
	for _, c := range []struct {
		title string
		at    place
	}{
		{"the embedded database", folder(t.TempDir())},
		{"PostgreSQL", database(pgtest.Shared(t).NewDatabase(t))},
	} {
		t.Run("three programs that start at once on an empty database all come up, and do its first work once: "+c.title, func(t *testing.T) {
			programs := []*program{launch(t, c.at.flags...), launch(t, c.at.flags...), launch(t, c.at.flags...)}
			for _, p := range programs {
				p.await(t)
			}
			if got := c.at.told(t); got != want {
				t.Errorf("told %s\nwant what one program does alone: %s", got, want)
			}
			for _, p := range programs {
				p.kill()
			}
		})
	}
}
