package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// smallSheets refuses a workbook with cells far from where ours has any: the library makes room for all that lie between. Which
// part is a sheet the workbook itself says, whatever the part is called, so every part is looked at.
func smallSheets(ctx context.Context, b []byte, maxRows, maxColumns int) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return wholeFile("import.workbook_broken")
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return wholeFile("import.workbook_broken")
		}
		err = smallSheet(ctx, r, maxRows, maxColumns)
		if errors.Is(err, errNotXML) {
			err = nil // the library reads no further in it either
		}
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

func smallSheet(ctx context.Context, r io.Reader, maxRows, maxColumns int) error {
	rows, columns := 0, 0
	err := eachTag(ctx, r, false, func(start xml.StartElement) (err error) {
		switch start.Name.Local {
		case "row":
			rows, columns = rows+1, 0
		case "c":
		default:
			return nil
		}
		column, row := 0, 0
		for _, a := range start.Attr {
			if a.Name.Local != "r" {
				continue
			}
			if start.Name.Local == "row" {
				row, err = strconv.Atoi(a.Value)
			} else {
				column, row, err = excelize.CellNameToCoordinates(a.Value)
			}
			if err != nil {
				return wholeFile("import.workbook_broken")
			}
		}
		switch {
		case column > 0: // the chain of calculations names its cells so, outside any row
			columns = column
		case start.Name.Local == "c":
			columns++
		}
		if max(rows, row) > maxRows {
			return wholeFile("import.too_many_rows", maxRows)
		}
		if columns > maxColumns {
			return wholeFile("import.too_many_columns", maxColumns, columns)
		}
		return nil
	})
	if errors.Is(err, errUnsound) {
		return wholeFile("import.workbook_broken")
	}
	return err
}
