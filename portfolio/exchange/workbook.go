package exchange

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

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
		UnzipSizeLimit: limits.Unzipped, UnzipXMLSizeLimit: min(MaxInMemory, limits.Unzipped), RawCellValue: true,
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
