package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"gevinst/portfolio"
)

// CaseLimits bound a business case's workbook: a full one is a tenth of that.
var CaseLimits = Limits{Bytes: 4 << 20, Unzipped: 40 << 20, Rows: 1000}

// maxCaseColumns is how wide a sheet of it may be.
const maxCaseColumns = 300

// CaseReading is what a business case's workbook is read against.
type CaseReading struct {
	Portfolio  *portfolio.Portfolio
	Initiative portfolio.InitiativeID
	// User is who is to take it in.
	User *portfolio.User
	// Base finds the case that the file was made from, as it stood at that version; nil where there is none.
	Base func(id portfolio.CaseID, version int64) (*portfolio.BusinessCase, error)
}

// CaseFile is a workbook that has been read and found good.
type CaseFile struct {
	// Base is the version that the file was made from, as it stood then.
	Base *portfolio.BusinessCase
	// Content is what the file says. Lines that were added in it have no id.
	Content portfolio.CaseContent
	places  map[string]casePlace
}

// casePlace is the cell in which something stands.
type casePlace struct{ sheet, cell, value string }

// Cell names the cell of a field of Content as portfolio.DiffCases calls it, as "Businesscase!G4"; "" where it has none.
func (f *CaseFile) Cell(field string) string {
	if place, ok := f.places[field]; ok {
		return place.sheet + "!" + place.cell
	}
	return ""
}

// Read reads a workbook that WriteCase made, saved by Excel or LibreOffice, and changes nothing. A file that is not good is a
// *FileError that names every wrong cell; so is one of another case, or in a layout that is not ours. Only cells for input are
// read, and what stands there must be a value: a formula's is not ours to trust.
func (r CaseReading) Read(ctx context.Context, file io.Reader) (out *CaseFile, err error) {
	b, err := io.ReadAll(io.LimitReader(file, CaseLimits.Bytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read file: %w", err)
	case int64(len(b)) > CaseLimits.Bytes:
		return nil, wholeFile("import.file_too_large", CaseLimits.Bytes>>20)
	case !bytes.HasPrefix(b, []byte(zipMark)):
		return nil, wholeFile("import.case.not_ours")
	}
	if err := SoundWorkbook(ctx, bytes.NewReader(b), int64(len(b)), CaseLimits); err != nil {
		return nil, err
	}
	if err := smallSheets(ctx, b, CaseLimits.Rows, maxCaseColumns); err != nil {
		return nil, err
	}
	// What the library makes of a file that is no workbook in spite of its form must not end the program.
	defer func() {
		if v := recover(); v != nil {
			out, err = nil, wholeFile("import.workbook_broken")
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: CaseLimits.Unzipped, UnzipXMLSizeLimit: CaseLimits.Unzipped})
	if err != nil {
		return nil, wholeFile("import.workbook_broken")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := &caseReader{CaseReading: r, f: f, bad: &FileError{}, out: &CaseFile{places: map[string]casePlace{}}, sheets: map[string]caseCells{}}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		in.days.from1904 = *props.Date1904
	}
	return in.out, in.read(ctx)
}

// caseReader reads one workbook.
type caseReader struct {
	CaseReading
	f      *excelize.File
	out    *CaseFile
	bad    *FileError
	sheets map[string]caseCells
	days   sheet
}

// caseCells are a sheet's cells as they are held and as they are shown.
type caseCells struct{ held, shown [][]string }

func (c caseCells) at(rows [][]string, column, row int) string {
	if row > len(rows) || column > len(rows[row-1]) {
		return ""
	}
	return rows[row-1][column-1]
}

func (in *caseReader) read(ctx context.Context) error {
	if err := in.known(); err != nil {
		return err
	}
	for _, name := range []string{linesSheet, pointsSheet, headSheet} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := in.load(name); err != nil {
			return err
		}
	}
	base := &in.out.Base.CaseContent
	in.header(linesSheet, linesHeader(base))
	in.header(pointsSheet, pointsHeader(base))
	if err := in.bad.or(); err != nil { // where columns have moved, every cell would be taken for another
		return err
	}
	in.out.Content = *base
	in.readHead(base)
	in.readAssumptions(base)
	in.readLines(base)
	if err := in.bad.or(); err != nil {
		return err
	}
	in.try()
	return in.bad.or()
}

// known finds out which case the file was made from.
func (in *caseReader) known() error {
	if slices.Index(in.f.GetSheetList(), markSheet) < 0 {
		return wholeFile("import.case.not_ours")
	}
	if err := in.load(markSheet); err != nil {
		return err
	}
	marks := in.sheets[markSheet]
	mark := func(row int) int64 {
		n, err := strconv.ParseInt(marks.at(marks.held, 1, row), 10, 64)
		if err != nil {
			return 0
		}
		return n
	}
	switch {
	case marks.at(marks.held, 1, markRow) != caseMark:
		return wholeFile("import.case.not_ours")
	case mark(formatRow) != caseFormat:
		return wholeFile("import.case.format", mark(formatRow), caseFormat)
	case portfolio.InitiativeID(mark(ownerRow)) != in.Initiative:
		return wholeFile("import.case.other")
	}
	base, err := in.Base(portfolio.CaseID(mark(caseIDRow)), mark(versionRow))
	if err != nil {
		return err
	}
	if base == nil || base.Initiative != in.Initiative {
		return wholeFile("import.case.other")
	}
	in.out.Base = base
	return nil
}

func (in *caseReader) load(name string) error {
	if slices.Index(in.f.GetSheetList(), name) < 0 {
		return wholeFile("import.case.no_sheet", name)
	}
	held, err := in.f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		return wholeFile("import.workbook_broken")
	}
	shown := held
	if saysAbout(in.f) {
		if shown, err = in.f.GetRows(name); err != nil {
			return wholeFile("import.workbook_broken")
		}
	}
	in.sheets[name] = caseCells{held, shown}
	return nil
}

// header sees to it that the columns still stand where they were.
func (in *caseReader) header(sheet string, want []any) {
	for k, v := range want {
		if have := in.sheets[sheet].at(in.sheets[sheet].held, k+1, caseHeader); have != fmt.Sprint(v) {
			in.refuse(casePlace{sheet, cellName(k+1, caseHeader), have}, "import.case.header", v)
		}
	}
}

func (in *caseReader) refuse(place casePlace, code string, args ...any) {
	in.bad.add(RowError{Sheet: place.sheet, Cell: place.cell, Value: place.value, Code: code, Args: args})
}

// cell gives what a cell for input holds, fit to be read; ok is false where it is not.
func (in *caseReader) cell(sheet string, column, row int) (text string, place casePlace, ok bool) {
	cells := in.sheets[sheet]
	held := cells.at(cells.held, column, row)
	place = casePlace{sheet, cellName(column, row), held}
	if formula, err := in.f.GetCellFormula(sheet, place.cell); err != nil || formula != "" {
		in.refuse(casePlace{sheet, place.cell, "=" + formula}, "import.case.formula")
		return "", place, false
	}
	text, code, args := clean(held)
	if code != "" {
		in.refuse(place, code, args...)
		return "", place, false
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if strings.HasPrefix(cells.at(cells.shown, column, row), "ca. ") && numberText.MatchString(text) && !strings.HasPrefix(text, "ca. ") {
		text = "ca. " + text
	}
	place.value = text
	return text, place, true
}

// try asks the domain's verb about the content, as a draft of the reader's; nothing is written. What it refuses is named by cell.
func (in *caseReader) try() {
	draft := *in.out.Base
	draft.State = portfolio.Draft
	_, _, err := draft.Edit(in.Portfolio, portfolio.By{User: in.User, Today: in.Portfolio.Today}, in.out.Content)
	for _, e := range portfolio.AsRefusals(err) {
		in.refuse(in.out.nearest(e.Field), e.Code, e.Args...)
	}
}

// nearest is the cell of a field, or of what it is a part of.
func (f *CaseFile) nearest(field string) casePlace {
	for part := field; ; {
		if place, ok := f.places[part]; ok {
			return place
		}
		dot := strings.LastIndexByte(part, '.')
		if dot < 0 {
			return casePlace{}
		}
		part = part[:dot]
	}
}
