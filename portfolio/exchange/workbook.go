package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxInMemory is how large a workbook's part is held in memory, in bytes; what is larger goes through a temporary file.
const maxInMemory = 16 << 20

// readWorkbook reads a sheet of an Excel workbook: the one that is named after the kind of file, or the first. Numbers and
// days are read as they are held, not as they are shown, save that a "ca." which a number's format shows comes along.
func readWorkbook(ctx context.Context, b []byte, name string, limits Limits, bad *FileError) (s *sheet, err error) {
	if err := SoundWorkbook(ctx, bytes.NewReader(b), int64(len(b)), limits); err != nil {
		return nil, err
	}
	// What the library makes of a file that is no workbook in spite of its form must not end the program.
	defer func() {
		if v := recover(); v != nil {
			s, err = nil, wholeFile("import.workbook_broken")
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		UnzipSizeLimit: limits.Unzipped, UnzipXMLSizeLimit: min(maxInMemory, limits.Unzipped), RawCellValue: true,
	})
	if err != nil {
		return nil, wholeFile("import.workbook_broken")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, wholeFile("import.workbook_broken")
	}
	at := max(0, slices.IndexFunc(sheets, func(s string) bool { return plainWord(s) == name }))
	s = &sheet{workbook: true}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		s.from1904 = *props.Date1904
	}
	return s, s.readRows(ctx, f, sheets[at], limits.Rows, bad)
}

// readRows walks the sheet twice at once: as held and, where the workbook has a format with "ca.", as shown.
func (s *sheet) readRows(ctx context.Context, f *excelize.File, name string, maxRows int, bad *FileError) (err error) {
	held, err := f.Rows(name)
	if err != nil {
		return wholeFile("import.workbook_broken")
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	var shown *excelize.Rows
	if saysAbout(f) {
		if shown, err = f.Rows(name); err != nil {
			return wholeFile("import.workbook_broken")
		}
		defer func() { err = errors.Join(err, shown.Close()) }()
	}
	for n := 1; held.Next(); n++ {
		if n > excelize.TotalRows { // no spreadsheet has more; the library would count to any number that a row calls itself by
			return wholeFile("import.workbook_broken")
		}
		if n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		cells, err := held.Columns()
		if err != nil {
			return wholeFile("import.workbook_broken")
		}
		if shown != nil && shown.Next() {
			if err := about(cells, shown); err != nil {
				return err
			}
		}
		if cells, err = narrow(cells, n); err != nil {
			return err
		}
		if len(cells) > 0 && !s.add(sheetRow{n, cells}, maxRows, bad) {
			return nil
		}
	}
	if s.header == nil {
		return wholeFile("import.file_empty")
	}
	return nil
}

// narrow takes empty cells off a row's end, and lets go of the room that the library made for all that lie before a cell far
// out. A row that is still wider than any header may be is refused.
func narrow(cells []string, row int) ([]string, error) {
	filled := trimEnd(cells)
	if len(filled) > maxColumns {
		return nil, &FileError{Rows: []RowError{{Row: row, Code: "import.too_many_columns", Args: []any{maxColumns, len(filled)}}}}
	}
	if len(cells) > maxColumns {
		filled = slices.Clone(filled)
	}
	return filled, nil
}

// about puts "ca. " before the numbers that are shown with it.
func about(cells []string, shown *excelize.Rows) error {
	texts, err := shown.Columns(excelize.Options{RawCellValue: false})
	if err != nil {
		return wholeFile("import.workbook_broken")
	}
	for i, text := range texts {
		if i < len(cells) && strings.HasPrefix(text, "ca. ") && !strings.HasPrefix(cells[i], "ca. ") {
			cells[i] = "ca. " + cells[i]
		}
	}
	return nil
}

func saysAbout(f *excelize.File) bool {
	if f.Styles == nil || f.Styles.NumFmts == nil {
		return false
	}
	for _, format := range f.Styles.NumFmts.NumFmt {
		if strings.Contains(format.FormatCode, "ca. ") {
			return true
		}
	}
	return false
}

// SoundWorkbook sees to it, before anything is made of it, that a workbook's parts are not larger than they may be, and that each is
// XML to its end: the library takes one that breaks off for one that has ended. Entities of a file's own are no part of a
// workbook, and a means to make a small file large. A workbook that is not sound is a *FileError.
func SoundWorkbook(ctx context.Context, b io.ReaderAt, size int64, limits Limits) error {
	z, err := zip.NewReader(b, size)
	if err != nil {
		return wholeFile("import.workbook_broken")
	}
	left := limits.Unzipped
	for _, part := range z.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := part.Open()
		if err != nil {
			return wholeFile("import.workbook_broken")
		}
		counted := &io.LimitedReader{R: r, N: left + 1}
		if strings.HasSuffix(part.Name, ".xml") || strings.HasSuffix(part.Name, ".rels") {
			err = wellFormed(counted)
		} else {
			_, err = io.Copy(io.Discard, counted)
		}
		left = counted.N - 1
		switch err := errors.Join(err, r.Close()); {
		case left < 0:
			return wholeFile("import.workbook_too_large", limits.Unzipped>>20)
		case err != nil:
			return wholeFile("import.workbook_broken")
		}
	}
	return nil
}

var errEntities = errors.New("a document type of its own")

func wellFormed(r io.Reader) error {
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read XML: %w", err)
		}
		if _, ok := token.(xml.Directive); ok {
			return errEntities
		}
	}
}
