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
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := part.Open()
		if err != nil {
			return wholeFile("import.workbook_broken")
		}
		err = smallSheet(r, maxRows, maxColumns)
		if errors.Is(err, errNotXML) {
			err = nil // a picture, say: the library reads no further in it either
		}
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return nil
}

// errNotXML is where a part is no XML, or is no more.
var errNotXML = errors.New("not XML")

func smallSheet(r io.Reader, maxRows, maxColumns int) error {
	d, rows, columns := xml.NewDecoder(r), 0, 0
	foreign := false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { // the library would read on in an alphabet that we do not
		foreign = true
		return in, nil
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if foreign {
			return wholeFile("import.workbook_broken")
		}
		if err != nil {
			return errNotXML
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			rows, columns = rows+1, 0
		case "c":
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
	}
}
