package store_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

func TestUpload(t *testing.T) {
	forEachHouse(t, func(t *testing.T, build func(testing.TB) house) {
		h := build(t)
		here, there := h.open(t), h.open(t)
		x := found(t, here)
		now := time.Date(2026, 11, 29, 10, 0, 0, 0, time.UTC)
		content := make([]byte, 3<<20+17) // of random bytes, which no packing makes smaller
		for k := range content {
			content[k] = byte(rand.Uint32())
		}
		keep := func(user portfolio.UserID, content []byte) string {
			t.Helper()
			id, err := here.KeepUpload(t.Context(), store.Upload{
				User: user, Name: "opus.csv", State: "mapping", Told: "{}", Sent: portfolio.InstantOf(now), Expires: portfolio.InstantOf(now.Add(time.Hour)),
			}, bytes.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		read := func(s *store.Store, id string) ([]byte, error) {
			in := s.UploadContent(t.Context(), id)
			b, err := io.ReadAll(in)
			if cerr := in.Close(); cerr != nil {
				t.Error(cerr)
			}
			return b, err
		}
		rows := func() (n int) {
			t.Helper()
			if err := h.raw(t).Get(&n, `SELECT (SELECT COUNT(*) FROM upload) * 1000 + (SELECT COUNT(*) FROM upload_part)`); err != nil {
				t.Fatal(err)
			}
			return n
		}
		given := func(s *store.Store, user portfolio.UserID, at time.Time) *store.Upload {
			t.Helper()
			u, err := s.Upload(t.Context(), user, at)
			if err != nil {
				t.Fatal(err)
			}
			return u
		}

		id := keep(x.Viewer, content)
		t.Run("another program finds the file whole", func(t *testing.T) {
			u := given(there, x.Viewer, now)
			if u == nil || u.ID != id || u.Name != "opus.csv" || u.State != "mapping" {
				t.Fatalf("%+v", u)
			}
			if b, err := read(there, u.ID); err != nil || !bytes.Equal(b, content) {
				t.Errorf("%d bytes of %d, %v", len(b), len(content), err)
			}
			if given(there, x.Owner, now) != nil {
				t.Error("somebody else has it")
			}
		})
		t.Run("a reading that is left leaves nothing running", func(t *testing.T) {
			in := there.UploadContent(t.Context(), id)
			if _, err := in.Read(make([]byte, 10)); err != nil {
				t.Error(err)
			}
			if err := in.Close(); err != nil {
				t.Error(err)
			}
		})
		t.Run("of many that would work on it one does, in any program, until it is not heard of", func(t *testing.T) {
			seen, took := given(here, x.Viewer, now), atomic.Int64{}
			var all sync.WaitGroup
			for k := range 10 {
				s := []*store.Store{here, there}[k%2]
				all.Go(func() {
					ok, err := s.TakeUpload(t.Context(), seen, "reading", string(rune('a'+k)), now, now.Add(-time.Minute))
					if err != nil {
						t.Error(err)
					}
					if ok {
						took.Add(1)
					}
				})
			}
			all.Wait()
			u := given(there, x.Viewer, now)
			if took.Load() != 1 || u.Worker == "" || u.State != "reading" {
				t.Fatalf("%d took it: %+v", took.Load(), u)
			}
			later := now.Add(10 * time.Minute)
			if ok, err := there.TakeUpload(t.Context(), u, "reading", "z", later, later.Add(-time.Minute)); !ok || err != nil {
				t.Errorf("a run that is lost keeps it: %v", err)
			}
			former := *u
			u.Worker, u.State = "", "preview"
			if ok, err := here.TellUpload(t.Context(), &former, former.Worker); ok || err != nil {
				t.Errorf("the lost run is heard: %v", err)
			}
			if ok, err := there.TellUpload(t.Context(), u, "z"); !ok || err != nil {
				t.Errorf("the run that has it is not heard: %v", err)
			}
			if u := given(here, x.Viewer, now); u.State != "preview" || u.Worker != "" {
				t.Errorf("%+v", u)
			}
		})
		t.Run("a user has one file, and the next takes its place", func(t *testing.T) {
			next := keep(x.Viewer, []byte("x"))
			if b, err := read(there, next); string(b) != "x" || err != nil {
				t.Errorf("%q, %v", b, err)
			}
			if _, err := read(there, id); err == nil {
				t.Error("the former can be read")
			}
			if n := rows(); n != 1001 {
				t.Errorf("%d rows", n)
			}
			if ok, err := there.TellUpload(t.Context(), &store.Upload{User: x.Viewer, ID: id}, ""); ok || err != nil {
				t.Errorf("work on the former is heard: %v", err)
			}
		})
		t.Run("what is taken in, put away, expired or an erased person's is gone", func(t *testing.T) {
			u := given(here, x.Viewer, now)
			if err := there.EmptyUpload(t.Context(), u.ID); err != nil || rows() != 1000 {
				t.Errorf("taken in: %d rows, %v", rows(), err)
			}
			if err := there.DropUpload(t.Context(), x.Viewer); err != nil || rows() != 0 {
				t.Errorf("put away: %d rows, %v", rows(), err)
			}
			keep(x.Viewer, []byte("x"))
			keep(x.Owner, []byte("y"))
			if given(here, x.Owner, now.Add(time.Hour)) != nil {
				t.Error("it has expired and is there")
			}
			write(t, here, func(tx *store.Tx) error {
				erase(tx, x.Owner)
				return nil
			})
			if rows() != 1001 {
				t.Errorf("erased: %d rows", rows())
			}
			if n, err := there.PurgeUploads(t.Context(), now.Add(time.Hour)); n != 1 || err != nil || rows() != 0 {
				t.Errorf("expired: %d, %d rows, %v", n, rows(), err)
			}
		})
		sound(t, here)
	})
}
