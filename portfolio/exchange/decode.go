package exchange

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Limits bound a file that is read.
type Limits struct {
	// Bytes is the file's size, Unzipped that of a workbook's parts together.
	Bytes, Unzipped int64
	// Rows is how many stand below the header.
	Rows int
}

// Upload is what a browser may send, Local what the command line reads.
var (
	Upload = Limits{Bytes: 5 << 20, Unzipped: 60 << 20, Rows: 20_000}
	Local  = Limits{Bytes: 200 << 20, Unzipped: 1 << 30, Rows: 1_000_000}
)

// Bounds of every file: columns, and bytes of a cell.
const (
	maxColumns = 200
	maxCell    = 20_000
)

const byteOrderMark = "\ufeff"

// zipMark is how a workbook begins.
const zipMark = "PK\x03\x04"

// open reads a file as the sheet that it is, or holds.
func (r Reading) open(ctx context.Context, file io.Reader, bad *FileError) (*sheet, error) {
	b, err := io.ReadAll(io.LimitReader(file, r.Limits.Bytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read file: %w", err)
	case int64(len(b)) > r.Limits.Bytes:
		return nil, wholeFile("import.file_too_large", r.Limits.Bytes>>20)
	case bytes.HasPrefix(b, []byte(zipMark)):
		return readWorkbook(ctx, b, r.Kind.String(), r.Limits, bad)
	}
	text, err := decode(b)
	if err != nil {
		return nil, err
	}
	s := readSheet(text, r.Limits.Rows, bad)
	return &s, nil
}

// decode reads a file as text: UTF-8 with or without its mark, or cp1252, which spreadsheets on Windows write when they are
// not told otherwise. What is not text at all is refused with what it looks like.
func decode(b []byte) (string, error) {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(b, []byte(byteOrderMark)))) == 0:
		return "", wholeFile("import.file_empty")
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")):
		return "", wholeFile("import.file_old_workbook")
	case utf16(b):
		return "", wholeFile("import.file_utf16")
	case bytes.IndexByte(b, 0) >= 0:
		return "", wholeFile("import.file_binary")
	}
	if text, marked := strings.CutPrefix(string(b), byteOrderMark); utf8.ValidString(text) {
		return text, nil
	} else if marked {
		return "", wholeFile("import.file_mixed") // it says that it is UTF-8, and is not
	}
	b, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("read file as cp1252: %w", err)
	}
	return string(b), nil
}

// utf16 reports whether the file is UTF-16: it has the mark, or every other byte of its beginning is zero.
func utf16(b []byte) bool {
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return true
	}
	head := b[:min(len(b), 64)]
	for odd := range 2 {
		zeros := 0
		for i := odd; i < len(head); i += 2 {
			if head[i] == 0 {
				zeros++
			}
		}
		if zeros > 0 && zeros == (len(head)+1-odd)/2 {
			return true
		}
	}
	return false
}
