package exchange_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/kalundborg"
	"gevinst/portfolio/store"
)

func TestSecrets(t *testing.T) {
	ctx := t.Context()
	now := time.Time{}
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "g.db"), Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := kalundborg.Load(ctx, s, func(at time.Time) { now = at }, append(kalundborg.Facts(), kalundborg.Examples()...)); err != nil {
		t.Fatal(err)
	}
	id := kalundborg.SignIn(portfolio.Director)
	if _, err := s.Write(ctx, func(tx *store.Tx) error {
		u, e, err := tx.Portfolio().Users.Get(id).SetPassword(tx.By(id, ""))
		if err != nil {
			return err
		}
		tx.Save(u, e)
		tx.SetPassword(id, "hash-of-a-password")
		tx.Bind(id, store.Identity{Issuer: "https://id.example", Subject: "subject-at-the-provider"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	p, err := s.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("a round that is open, and its scores, are in no list and no object that is handed on", func(t *testing.T) {
		var open, closed int
		for r := range p.Rounds.All() {
			if r.Closed == nil {
				open++
			} else {
				closed++
			}
		}
		var out bytes.Buffer
		if err := exchange.ExportJSON(ctx, s, p, &out); err != nil {
			t.Fatal(err)
		}
		var all struct {
			Round []portfolio.Round
			Score []portfolio.Score
		}
		if err := json.Unmarshal(out.Bytes(), &all); err != nil {
			t.Fatal(err)
		}
		if open == 0 || len(all.Round) != closed || len(all.Score) == 0 {
			t.Fatalf("%d open, %d closed, %d given, %d scores", open, closed, len(all.Round), len(all.Score))
		}
		for _, score := range all.Score {
			if p.Rounds.Get(score.Round).Closed == nil {
				t.Errorf("score %d of round %d is given", score.ID, score.Round)
			}
		}
	})

	t.Run("what lets somebody in is not in the folder, and the log in it is whole", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := exchange.ExportDir(ctx, s, dir); err != nil {
			t.Fatal(err)
		}
		packed, err := os.Open(filepath.Join(dir, "log.jsonl.gz"))
		if err != nil {
			t.Fatal(err)
		}
		defer packed.Close() //nolint:errcheck // it was only read
		log, err := gzip.NewReader(packed)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(log)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"hash-of-a-password", "subject-at-the-provider", "https://id.example"} {
			if strings.Contains(string(text), word) {
				t.Errorf("it holds %s", word)
			}
		}
		if n := int64(strings.Count(string(text), `"`+"user.create"+`"`)); n == 0 || !strings.Contains(string(text), p.Person(id).Email) {
			t.Errorf("%d accounts, or nobody's address: the test reads another file", n)
		}
	})
}
