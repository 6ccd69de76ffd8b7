package docx

import (
	"fmt"
	"strings"
)

// Column is a table's column; Num is right-aligned, Weight its share of the width.
type Column struct {
	Label  string
	Num    bool
	Weight int
}

// Row is a line of a table. Total is a sum, Muted stands outside the sums, Mark is said small after the first cell.
type Row struct {
	Cells        []string
	Total, Muted bool
	Mark         string
}

// Table puts in a table whose header comes again on each page; no row is broken over two pages.
func (d *Document) Table(columns []Column, rows []Row) {
	weights := 0
	for _, c := range columns {
		weights += c.Weight
	}
	b := &d.body
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblStyle w:val="ItemTable"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>`+
		`<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>`, textTwips)
	widths := make([]int, len(columns))
	for k, c := range columns {
		widths[k] = textTwips * c.Weight / weights
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, widths[k])
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for k, c := range columns {
		cell(b, widths[k], "TableHead", c.Num, run(c.Label, ""))
	}
	b.WriteString(`</w:tr>`)
	for _, row := range rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		style := "TableText"
		switch {
		case row.Total:
			style = "TableTotal"
		case row.Muted:
			style = "TableMuted"
		}
		for k, text := range row.Cells {
			inner := run(text, "")
			if k == 0 && row.Mark != "" {
				inner += run(" "+row.Mark, "ExampleMark")
			}
			cell(b, widths[k], style, columns[k].Num, inner)
		}
		b.WriteString(`</w:tr>`)
	}
	// A table that ends a document, or stands before another one, needs a paragraph after it.
	b.WriteString(`</w:tbl>` + paragraph(styled("AfterTable"), ""))
}

func cell(b *strings.Builder, width int, style string, num bool, inner string) {
	look := styled(style)
	if num {
		look += `<w:jc w:val="right"/>`
	}
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, width, paragraph(look, inner))
}
