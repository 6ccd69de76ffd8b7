package web

import (
	"html/template"
	"strings"

	"gevinst/web/chart"
	"gevinst/web/locale"
)

// chartRows writes the rows of the table under a picture. They are most of the front page's cells and new with every figure,
// and the template package would take four times as long over them. Addresses are the program's own.
func chartRows(l *locale.Language) func([]chart.Row) template.HTML {
	mark := ` <span class="example">` + template.HTMLEscapeString(l.Say("frame.example")) + `</span>`
	return func(rows []chart.Row) template.HTML {
		var b strings.Builder
		for _, row := range rows {
			b.WriteString(opening("tr", row.Total, "total"))
			for i, c := range row.Cells {
				if i > 0 {
					b.WriteString(opening("td", c.Num, "num"))
					writeCell(&b, c)
					b.WriteString("</td>")
					continue
				}
				b.WriteString(`<th scope="row">`)
				writeCell(&b, c)
				if row.Example {
					b.WriteString(mark)
				}
				b.WriteString("</th>")
			}
			b.WriteString("</tr>\n")
		}
		return template.HTML(b.String()) //nolint:gosec // every text in it is escaped
	}
}

func opening(tag string, classed bool, class string) string {
	if classed {
		return "<" + tag + ` class="` + class + `">`
	}
	return "<" + tag + ">"
}

func writeCell(b *strings.Builder, c chart.Cell) {
	text := template.HTMLEscapeString(c.Text)
	if c.Href == "" {
		b.WriteString(text)
		return
	}
	b.WriteString(`<a href="`)
	b.WriteString(template.HTMLEscapeString(c.Href))
	b.WriteString(`">`)
	b.WriteString(text)
	b.WriteString("</a>")
}
