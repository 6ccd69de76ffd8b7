package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// smallSheets refuses a workbook with cells far from where ours has any: the library makes room for all that lie between.
func smallSheets(ctx context.Context, b []byte, maxRows, maxColumns int) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return wholeFile("import.workbook_broken")
	}
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/") || !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := part.Open()
		if err != nil {
			return wholeFile("import.workbook_broken")
		}
		err = smallSheet(r, maxRows, maxColumns)
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

func smallSheet(r io.Reader, maxRows, maxColumns int) error {
	d, rows, columns := xml.NewDecoder(r), 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return wholeFile("import.workbook_broken")
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			rows, columns = rows+1, 0
		case "c":
			columns++
		default:
			continue
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
		if max(rows, row) > maxRows {
			return wholeFile("import.too_many_rows", maxRows)
		}
		if max(columns, column) > maxColumns {
			return wholeFile("import.too_many_columns", maxColumns, max(columns, column))
		}
	}
}
