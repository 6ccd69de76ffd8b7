package finance

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"unicode/utf8"

	"gevinst/portfolio/exchange"
)

// Upload bounds a file that a browser sends; the command line reads up to exchange.Local.
var Upload = exchange.Limits{Bytes: 64 << 20, Unzipped: 512 << 20, Rows: 1_000_000}

// Encoding is how a file's text is written.
type Encoding uint8

// The encodings that spreadsheets and SAP write, and a workbook, which has its own.
const (
	UTF8 Encoding = iota + 1
	UTF8Marked
	Windows1252
	UTF16Little
	UTF16Big
	Workbook
)

func (e Encoding) String() string {
	return [...]string{"", "UTF-8", "UTF-8 (BOM)", "Windows-1252", "UTF-16", "UTF-16 (BE)", "Excel"}[e]
}

// File is a file that is kept on disk while it is looked at. Remove takes it away.
type File struct {
	Name string
	// Digest is the SHA-256 of its bytes, in hexadecimal.
	Digest   string
	Size     int64
	Encoding Encoding

	lines  int // how many line breaks it has
	path   string
	limits exchange.Limits
	// What has been found out once: that a workbook is sound, and the beginning in a style.
	isSound bool
	tops    map[style][]line
}

// Keep copies a file to a temporary place and finds out how it is written. A file that is too large, empty or no text is an
// *exchange.FileError.
func Keep(r io.Reader, name string, limits exchange.Limits) (_ *File, err error) {
	kept, err := os.CreateTemp("", "gevinst-finance-*")
	if err != nil {
		return nil, fmt.Errorf("keep the file: %w", err)
	}
	f := &File{Name: name, path: kept.Name(), limits: limits, tops: map[style][]line{}}
	defer func() {
		if cerr := kept.Close(); cerr != nil {
			err = errors.Join(err, fmt.Errorf("keep the file: %w", cerr))
		}
		if err != nil {
			err = errors.Join(err, f.Remove())
		}
	}()
	look := &looker{sum: sha256.New(), valid: true}
	f.Size, err = io.Copy(io.MultiWriter(kept, look), io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return nil, fmt.Errorf("keep the file: %w", err)
	}
	if f.Size > limits.Bytes {
		return nil, whole("import.file_too_large", limits.Bytes>>20)
	}
	f.Digest, f.lines = hex.EncodeToString(look.sum.Sum(nil)), look.lines
	if f.Encoding, err = look.encoding(); err != nil {
		return nil, err
	}
	return f, nil
}

// Open reads the kept file again.
func (f *File) Open() (io.ReadCloser, error) {
	in, err := os.Open(f.path)
	if err != nil {
		return nil, fmt.Errorf("open the kept file: %w", err)
	}
	return in, nil
}

// Remove takes the kept file away.
func (f *File) Remove() error {
	if err := os.Remove(f.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the kept file: %w", err)
	}
	return nil
}

// looker finds out what a file is while it passes by.
type looker struct {
	sum    hash.Hash
	head   []byte
	rest   []byte // the beginning of a character that the last piece broke off in
	lines  int
	valid  bool // as UTF-8
	zero   bool
	filled bool // has anything but blanks
}

func (l *looker) Write(b []byte) (int, error) {
	l.sum.Write(b) //nolint:errcheck // a hash takes everything
	if missing := 64 - len(l.head); missing > 0 {
		l.head = append(l.head, b[:min(missing, len(b))]...)
	}
	l.lines += bytes.Count(b, []byte{'\n'})
	l.zero = l.zero || bytes.IndexByte(b, 0) >= 0
	l.filled = l.filled || len(bytes.TrimSpace(bytes.TrimPrefix(b, mark))) > 0
	if l.valid {
		l.utf8(b)
	}
	return len(b), nil
}

// utf8 holds a piece against UTF-8; a character may go on in the next.
func (l *looker) utf8(b []byte) {
	text := append(l.rest, b...)
	end := len(text)
	for k := 1; k < utf8.UTFMax && k <= len(text); k++ {
		if utf8.RuneStart(text[len(text)-k]) {
			if !utf8.FullRune(text[len(text)-k:]) {
				end -= k
			}
			break
		}
	}
	l.valid = utf8.Valid(text[:end])
	l.rest = append([]byte(nil), text[end:]...)
}

var mark = []byte("\ufeff")

func (l *looker) encoding() (Encoding, error) {
	switch {
	case !l.filled:
		return 0, whole("import.file_empty")
	case bytes.HasPrefix(l.head, []byte("PK\x03\x04")):
		return Workbook, nil
	case bytes.HasPrefix(l.head, []byte("\xd0\xcf\x11\xe0")):
		return 0, whole("import.file_old_workbook")
	case bytes.HasPrefix(l.head, []byte{0xff, 0xfe}) || zeros(l.head, 1):
		return UTF16Little, nil
	case bytes.HasPrefix(l.head, []byte{0xfe, 0xff}) || zeros(l.head, 0):
		return UTF16Big, nil
	case l.zero:
		return 0, whole("import.file_binary")
	case bytes.HasPrefix(l.head, mark) && l.valid && len(l.rest) == 0:
		return UTF8Marked, nil
	case bytes.HasPrefix(l.head, mark):
		return 0, whole("import.file_mixed")
	case l.valid && len(l.rest) == 0:
		return UTF8, nil
	}
	return Windows1252, nil
}

// zeros reports whether every other byte is zero, as UTF-16 has them in plain words.
func zeros(head []byte, first int) bool {
	n := 0
	for i := first; i < len(head); i += 2 {
		if head[i] != 0 {
			return false
		}
		n++
	}
	return n > 0
}

func whole(code string, args ...any) error {
	return &exchange.FileError{Rows: []exchange.RowError{{Code: code, Args: args}}}
}
