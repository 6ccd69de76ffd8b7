package store

import (
	"compress/gzip"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jmoiron/sqlx"

	"gevinst/portfolio"
)

// Upload is a file that a user has sent and not yet taken in. A user has one at most. It stands outside the log, and any program
// can go on with it.
type Upload struct {
	User portfolio.UserID `db:"user_id"`
	// ID tells the file from another of the same user's; KeepUpload gives it.
	ID      string            `db:"id"`
	Name    string            `db:"name"`
	Sent    portfolio.Instant `db:"sent"`
	Expires portfolio.Instant `db:"expires"`
	// State and Told, as JSON, are what the sender's page shows; only the callers know what they mean.
	State string `db:"state"`
	Told  string `db:"told"`
	// Worker is the run that works on it, "" for none, and Seen when that was last heard of.
	Worker string            `db:"worker"`
	Seen   portfolio.Instant `db:"seen"`
}

const uploadColumns = `user_id, id, name, sent, expires, state, told, worker, seen`

// partSize is how large the pieces are that a file is kept in, in bytes.
const partSize = 1 << 20

// KeepUpload keeps a file in the place of the one that the user had, and gives its id. Those that have expired are forgotten.
func (s *Store) KeepUpload(ctx context.Context, u Upload, content io.Reader) (id string, err error) {
	if _, err := s.PurgeUploads(ctx, u.Sent.Time()); err != nil {
		return "", err
	}
	u.ID = rand.Text()
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		if err := dropUpload(ctx, tx, u.User); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO upload (`+uploadColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			int64(u.User), u.ID, u.Name, int64(u.Sent), int64(u.Expires), u.State, u.Told, u.Worker, int64(u.Seen)); err != nil {
			return err
		}
		parts := &partWriter{ctx: ctx, tx: tx, id: u.ID}
		packed, err := gzip.NewWriterLevel(parts, gzip.BestSpeed)
		if err != nil {
			return err
		}
		if _, err := io.Copy(packed, content); err != nil {
			return err
		}
		return errors.Join(packed.Close(), parts.flush())
	})
	if err != nil {
		return "", fmt.Errorf("keep an upload: %w", err)
	}
	return u.ID, nil
}

// inTx runs statements that belong together and are no change of the portfolio.
func (s *Store) inTx(ctx context.Context, do func(*sqlx.Tx) error) error {
	tx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func dropUpload(ctx context.Context, tx *sqlx.Tx, user portfolio.UserID) error {
	for _, query := range forgetUpload {
		if _, err := tx.ExecContext(ctx, query, int64(user)); err != nil {
			return err
		}
	}
	return nil
}

// forgetUpload takes a user's file away.
var forgetUpload = [...]string{
	`DELETE FROM upload_part WHERE id IN (SELECT id FROM upload WHERE user_id = $1)`,
	`DELETE FROM upload WHERE user_id = $1`,
}

// partWriter writes a stream in pieces of rows.
type partWriter struct {
	ctx  context.Context
	tx   *sqlx.Tx
	id   string
	part int64
	full []byte
}

func (w *partWriter) Write(b []byte) (int, error) {
	w.full = append(w.full, b...)
	if len(w.full) < partSize {
		return len(b), nil
	}
	return len(b), w.flush()
}

func (w *partWriter) flush() error {
	if len(w.full) == 0 {
		return nil
	}
	_, err := w.tx.ExecContext(w.ctx, `INSERT INTO upload_part (id, part, content) VALUES ($1, $2, $3)`, w.id, w.part, w.full)
	w.part++
	w.full = w.full[:0]
	return err
}

// Upload gives the file that a user is taking in, nil where there is none or it has expired.
func (s *Store) Upload(ctx context.Context, user portfolio.UserID, at time.Time) (*Upload, error) {
	var u Upload
	err := s.read.GetContext(ctx, &u, `SELECT `+uploadColumns+` FROM upload WHERE user_id = $1 AND expires > $2`, int64(user), at.UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read an upload: %w", err)
	}
	return &u, nil
}

// UploadContent reads a kept file's bytes. Whoever takes it away meanwhile breaks the reading off.
func (s *Store) UploadContent(ctx context.Context, id string) io.ReadCloser {
	out, in := io.Pipe()
	go func() {
		for part := int64(0); ; part++ {
			var content []byte
			err := s.read.GetContext(ctx, &content, `SELECT content FROM upload_part WHERE id = $1 AND part = $2`, id, part)
			if errors.Is(err, sql.ErrNoRows) {
				err = io.EOF
			}
			if err == nil {
				_, err = in.Write(content)
			}
			if err != nil {
				in.CloseWithError(err)
				return
			}
		}
	}()
	return &unpacked{packed: out}
}

// unpacked reads a gzip stream whose beginning is first looked at when it is read.
type unpacked struct {
	packed *io.PipeReader
	plain  *gzip.Reader
}

func (u *unpacked) Read(b []byte) (int, error) {
	if u.plain == nil {
		var err error
		if u.plain, err = gzip.NewReader(u.packed); err != nil {
			return 0, fmt.Errorf("read an upload: %w", err)
		}
	}
	return u.plain.Read(b)
}

func (u *unpacked) Close() error { return u.packed.Close() }

// TakeUpload lets a run begin to work on a file that stood as it was seen, and no other works on; of several that ask, one may. A
// run that was not heard of since the time has ended with its program.
func (s *Store) TakeUpload(ctx context.Context, seen *Upload, state, worker string, at, lost time.Time) (bool, error) {
	done, err := s.write.ExecContext(ctx, `UPDATE upload SET state = $1, worker = $2, seen = $3
		WHERE user_id = $4 AND id = $5 AND worker = $6 AND (worker = '' OR seen < $7)`,
		state, worker, at.UnixMicro(), int64(seen.User), seen.ID, seen.Worker, lost.UnixMicro())
	return changed(done, err, "take up an upload")
}

// TellUpload records how far a run has come: its state, what the page shows, and worker "" once it has ended. It is false where
// the run has nothing to work on any more: somebody has taken the file away.
func (s *Store) TellUpload(ctx context.Context, u *Upload, worker string) (bool, error) {
	done, err := s.write.ExecContext(ctx, `UPDATE upload SET state = $1, told = $2, worker = $3, seen = $4 WHERE user_id = $5 AND id = $6 AND worker = $7`,
		u.State, u.Told, u.Worker, int64(u.Seen), int64(u.User), u.ID, worker)
	return changed(done, err, "tell of an upload")
}

func changed(done sql.Result, err error, doing string) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("%s: %w", doing, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// EmptyUpload forgets a file's bytes: it has been taken in.
func (s *Store) EmptyUpload(ctx context.Context, id string) error {
	if _, err := s.write.ExecContext(ctx, `DELETE FROM upload_part WHERE id = $1`, id); err != nil {
		return fmt.Errorf("empty an upload: %w", err)
	}
	return nil
}

// DropUpload takes a user's file away.
func (s *Store) DropUpload(ctx context.Context, user portfolio.UserID) error {
	if err := s.inTx(ctx, func(tx *sqlx.Tx) error { return dropUpload(ctx, tx, user) }); err != nil {
		return fmt.Errorf("drop an upload: %w", err)
	}
	return nil
}

// PurgeUploads forgets the files that have expired, and tells how many.
func (s *Store) PurgeUploads(ctx context.Context, at time.Time) (n int64, err error) {
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM upload WHERE expires <= $1`, at.UnixMicro())
		if err != nil {
			return err
		}
		if n, err = done.RowsAffected(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM upload_part WHERE id NOT IN (SELECT id FROM upload)`)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("purge uploads: %w", err)
	}
	return n, nil
}
