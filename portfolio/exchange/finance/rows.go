package finance

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"gevinst/portfolio/exchange"
)

// line is one row of a file, as a spreadsheet counts them. Its cells are good until the next.
type line struct {
	row   int
	cells []string
}

// Bounds of every file: columns, and bytes of a cell.
const (
	maxColumns = 200
	maxCell    = 20_000
)

// style is how a text file divides its rows: by which sign, and whether quotation marks hold cells together.
type style struct {
	comma  rune
	quoted bool
}

// rows walks the file. What cannot be divided into rows is an *exchange.FileError, and the last thing that is given.
func (f *File) rows(ctx context.Context, s style) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		stopped := false
		give := func(l line) bool {
			if len(l.cells) > maxColumns {
				stopped = true
				return yield(line{}, rowError(l.row, "import.too_many_columns", maxColumns, len(l.cells)))
			}
			stopped = !yield(l, nil)
			return !stopped
		}
		var err error
		if f.Encoding == Workbook {
			err = f.sheetRows(ctx, give)
		} else {
			err = f.textRows(ctx, s, give)
		}
		if err != nil && !stopped {
			yield(line{}, err)
		}
	}
}

func rowError(row int, code string, args ...any) error {
	return &exchange.FileError{Rows: []exchange.RowError{{Row: row, Code: code, Args: args}}}
}

// checkEvery is after how many rows a walk looks whether it is still wanted.
const checkEvery = 1024

func (f *File) textRows(ctx context.Context, s style, give func(line) bool) error {
	in, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	text := bufio.NewReaderSize(f.decoded(in), 1<<16)
	if c, _, err := text.ReadRune(); err == nil && c != '\ufeff' {
		if err := text.UnreadRune(); err != nil {
			return fmt.Errorf("read the file: %w", err)
		}
	}
	if !s.quoted {
		return plainRows(ctx, text, s.comma, give)
	}
	r := csv.NewReader(text)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = s.comma, -1, true
	inCells := 0 // line breaks inside cells: lines of the file that are no rows
	for n := 1; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) { // what follows cannot be told apart any more
			return rowError(broken.StartLine-inCells, "finance.quotes")
		}
		if err != nil {
			return fmt.Errorf("read the file: %w", err)
		}
		at, _ := r.FieldPos(0)
		l := line{at - inCells, cells}
		for _, cell := range cells {
			inCells += strings.Count(cell, "\n")
		}
		if !give(l) {
			return nil
		}
	}
}

// plainRows divides lines where quotation marks mean nothing.
func plainRows(ctx context.Context, text io.Reader, comma rune, give func(line) bool) error {
	lines := bufio.NewScanner(text)
	lines.Buffer(make([]byte, 1<<16), maxColumns*maxCell)
	for n := 1; lines.Scan(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if lines.Text() != "" && !give(line{n, strings.Split(lines.Text(), string(comma))}) {
			return nil
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return whole("import.cell_too_long", maxCell)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	return nil
}

func (f *File) decoded(r io.Reader) io.Reader {
	switch f.Encoding {
	case Windows1252:
		return charmap.Windows1252.NewDecoder().Reader(r)
	case UTF16Little:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case UTF16Big:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	}
	return r
}

// sheetRows walks the first sheet of a workbook, values as they are held.
func (f *File) sheetRows(ctx context.Context, give func(line) bool) (err error) {
	if err := f.sound(ctx); err != nil {
		return err
	}
	// What the library makes of a file that is no workbook in spite of its form must not end the program.
	taking := false
	defer func() {
		if v := recover(); v != nil {
			if taking { // not the library's
				panic(v)
			}
			err = whole("import.workbook_broken")
		}
	}()
	book, err := excelize.OpenFile(f.path, excelize.Options{
		UnzipSizeLimit: f.limits.Unzipped, UnzipXMLSizeLimit: min(exchange.MaxInMemory, f.limits.Unzipped), RawCellValue: true,
	})
	if err != nil {
		return whole("import.workbook_broken")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return whole("import.workbook_broken")
	}
	rows, err := book.Rows(sheets[0])
	if err != nil {
		return whole("import.workbook_broken")
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for n := 1; rows.Next(); n++ {
		if n > excelize.TotalRows { // no spreadsheet has more; the library would count to any number that a row calls itself by
			return whole("import.workbook_broken")
		}
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		cells, err := rows.Columns()
		if err != nil {
			return whole("import.workbook_broken")
		}
		taking = true
		if len(cells) > 0 && !give(line{n, cells}) {
			return nil
		}
		taking = false
	}
	return nil
}

// sound looks at a workbook's parts before anything is made of them, once.
func (f *File) sound(ctx context.Context) error {
	if f.isSound {
		return nil
	}
	in, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	err = exchange.SoundWorkbook(ctx, in, f.Size, f.limits)
	f.isSound = err == nil
	return err
}
