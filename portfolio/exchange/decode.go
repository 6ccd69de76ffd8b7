package exchange

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Bounds of a file: bytes in all, rows below the header, columns, and bytes of a cell.
const (
	maxFile    = 5 << 20
	maxRows    = 20_000
	maxColumns = 200
	maxCell    = 20_000
)

const byteOrderMark = "\ufeff"

// decode reads a file as text: UTF-8 with or without its mark, or cp1252, which spreadsheets on Windows write when they are
// not told otherwise. What is not text at all is refused with what it looks like.
func decode(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read file: %w", err)
	case len(b) > maxFile:
		return "", wholeFile("import.file_too_large", maxFile>>20)
	case len(bytes.TrimSpace(bytes.TrimPrefix(b, []byte(byteOrderMark)))) == 0:
		return "", wholeFile("import.file_empty")
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return "", wholeFile("import.file_workbook")
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
	b, err = charmap.Windows1252.NewDecoder().Bytes(b)
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
