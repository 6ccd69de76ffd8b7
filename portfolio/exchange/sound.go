package exchange

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// MaxInMemory is how large a workbook's sheet is held in memory, in bytes; what is larger goes through a temporary file.
const MaxInMemory = 16 << 20

// A small file can unpack to what no memory holds. Bounds of a workbook, beside those of its kind:
const (
	maxHeld      = 8 * MaxInMemory // bytes of all parts that the library holds in memory
	maxPiece     = 4 << 20         // bytes of a row, of a text that cells share, and of any tag or text elsewhere
	maxDepth     = 256             // elements within each other
	maxDirectory = 4 << 20         // bytes of the archive's list of parts
)

// SoundWorkbook sees to it, before anything is made of it, that a workbook's parts are not larger than they may be, nor anything
// in them that is held as a whole, and that each is XML to its end: the library takes one that breaks off for one that has ended.
// Entities of a file's own are no part of a workbook, and a means to make a small file large. A workbook that is not sound is a
// *FileError.
func SoundWorkbook(ctx context.Context, b io.ReaderAt, size int64, limits Limits) error {
	archive := &listed{b, maxDirectory}
	z, err := zip.NewReader(archive, size)
	if err != nil {
		return wholeFile("import.workbook_broken")
	}
	archive.left = math.MaxInt64
	left, held := limits.Unzipped, int64(maxHeld)
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return wholeFile("import.workbook_broken")
		}
		counted := &io.LimitedReader{R: r, N: left + 1}
		err = errors.Join(soundPart(ctx, counted, strings.HasSuffix(part.Name, ".xml") || strings.HasSuffix(part.Name, ".rels")), r.Close())
		took := left + 1 - counted.N
		if left -= took; !besideMemory(part.Name) || took <= MaxInMemory {
			held -= took
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case left < 0:
			return wholeFile("import.workbook_too_large", limits.Unzipped>>20)
		case held < 0:
			return wholeFile("import.workbook_too_large", maxHeld>>20)
		case err != nil:
			return wholeFile("import.workbook_broken")
		}
	}
	return nil
}

// listed bounds what is read of an archive before its parts are known.
type listed struct {
	io.ReaderAt
	left int64
}

func (l *listed) ReadAt(b []byte, at int64) (int, error) {
	if l.left -= int64(len(b)); l.left < 0 {
		return 0, errUnsound
	}
	return l.ReaderAt.ReadAt(b, at)
}

// besideMemory reports a part that the library lays in a temporary file where it is large.
func besideMemory(name string) bool {
	return strings.HasPrefix(strings.ToLower(name), "xl/worksheets/sheet") || strings.EqualFold(name, "xl/sharedStrings.xml")
}

// soundPart reads a part to its end. Which part is a sheet the workbook itself says, whatever the part is called, so each is looked
// at; one that is not called XML need not be any, a picture say, and the library reads no further in it either.
func soundPart(ctx context.Context, r io.Reader, isXML bool) error {
	rows := 0
	err := eachTag(ctx, r, isXML, func(start xml.StartElement) error {
		if start.Name.Local == "row" {
			if rows++; rows > excelize.TotalRows { // no spreadsheet has more
				return errUnsound
			}
		}
		return nil
	})
	if isXML || !errors.Is(err, errNotXML) {
		return err
	}
	_, err = io.Copy(io.Discard, &pieces{ctx: ctx, from: r, most: math.MaxInt64})
	return err
}

var (
	errUnsound = errors.New("more than any workbook of ours")
	// errNotXML is where a part is no XML, or is no more.
	errNotXML = errors.New("not XML")
)

// eachTag shows every element of a part that is XML, and stops where one would take more than it may or the time is over.
func eachTag(ctx context.Context, r io.Reader, noTypes bool, see func(xml.StartElement) error) error {
	in := &pieces{ctx: ctx, from: r, most: maxPiece}
	d, foreign := xml.NewDecoder(in), false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { // the library would read on in an alphabet that we do not
		foreign = true
		return in, nil
	}
	depth, whole := 0, 0 // whole is the depth of the row or shared text that has begun, with what follows it up to the next
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case foreign || errors.Is(err, errUnsound):
			return errUnsound
		case err != nil:
			return fmt.Errorf("%w: %w", errNotXML, err)
		}
		switch token := token.(type) {
		case xml.Directive:
			if noTypes {
				return errUnsound
			}
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errUnsound
			}
			if name := token.Name.Local; (name == "row" || name == "si") && (whole == 0 || depth <= whole) {
				whole, in.read = depth, 0
			}
			if err := see(token); err != nil {
				return err
			}
		case xml.EndElement:
			if depth--; depth < whole-1 {
				whole = 0
			}
		}
		if whole == 0 {
			in.read = 0
		}
	}
}

// pieces reads on until a piece is longer than it may be, or the time is over.
type pieces struct {
	ctx        context.Context
	from       io.Reader
	read, most int64
}

func (p *pieces) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	if p.read > p.most {
		return 0, errUnsound
	}
	n, err := p.from.Read(b)
	p.read += int64(n)
	return n, err
}
