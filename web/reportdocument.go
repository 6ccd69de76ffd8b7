package web

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"gevinst/web/agenda"
	"gevinst/web/docx"
	"gevinst/web/paper"
)

// docxType is what a Word document is sent as.
const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// chartHeights are how high the charts are in the document, in pixels; chartWidth is how wide the text of a printed page is. They are
// lower than on the screen, so that two go on a page: one that does not fit leaves the rest of its page white.
var chartHeights = map[string]int{"chart-s": 180, "chart-m": 290, "chart-l": 340, "chart-xl": 520}

const chartWidth = 680

// document writes an agenda item as a Word document.
func (r *request) document(item *agenda.Item) (*rendered, error) {
	pictures, err := r.pictures(item)
	if err != nil {
		return nil, err
	}
	d := docx.New(item.Title, map[string]string{"da": "da-DK", "en": "en-GB"}[r.lang.Code], item.Title)
	d.Title(item.Title)
	d.Paragraph(r.say("report.open"))
	d.Facts([2]string{r.say("report.case_no") + ":", item.Case}, [2]string{r.say("report.kle_no") + ":", item.KLE}, [2]string{r.say("report.document_no") + ":", item.Document})
	if item.Meeting != nil {
		d.Facts([2]string{r.say("report.meeting_on") + ":", r.lang.Style.Date(item.Meeting.Date) + " " + item.Meeting.Name})
	}
	d.Heading(1, r.say("report.section.type"))
	d.Paragraph(item.Type)
	for _, s := range item.Sections {
		d.Heading(1, s.Heading)
		for _, part := range agenda.Parts(s.Text) {
			if len(part.Bullets) > 0 {
				d.Bullets(part.Bullets)
				continue
			}
			d.Paragraph(part.Text)
		}
		for _, b := range s.Blocks {
			pictures = r.writeBlock(d, &b, pictures)
		}
	}
	if item.Example {
		d.Caption(r.say("report.example_note"), false)
	}
	var b bytes.Buffer
	if _, err := d.WriteTo(&b); err != nil {
		return nil, err
	}
	out := newRendered(docxType, b.Bytes())
	out.filename = fmt.Sprintf("%s-%d-%s.docx", r.say("report.file_name"), item.Year, item.AsOf)
	return out, nil
}

// writeBlock writes a table or a chart, and gives the pictures that are left.
func (r *request) writeBlock(d *docx.Document, b *agenda.Block, pictures [][]byte) [][]byte {
	if b.Heading != "" {
		d.Heading(2, b.Heading)
	}
	switch {
	case b.Table != nil:
		columns, rows := documentColumns(b.Table), make([]docx.Row, len(b.Table.Rows))
		for k, row := range b.Table.Rows {
			rows[k] = docx.Row{Cells: row.Cells, Total: row.Total, Muted: row.Muted}
			if row.Example {
				rows[k].Mark = r.say("frame.example")
			}
		}
		d.Caption(b.Table.Caption, true)
		d.Table(columns, rows)
	case b.Chart != nil:
		if len(pictures) > 0 {
			height := float64(docx.TextMM) * float64(chartHeights[b.Chart.Height]) / chartWidth
			d.Caption(b.Chart.Title+", "+b.Chart.Unit+", "+b.Chart.AsOf, true)
			d.Picture(pictures[0], docx.TextMM, height, b.Chart.Title, b.Chart.Summary)
			pictures = pictures[1:]
		}
		d.Paragraph(b.Chart.Summary)
	default:
		d.Paragraph(b.Text)
	}
	return pictures
}

// lineLetters is about how many letters of a table's type, with the columns' margins, a line of the page holds.
const lineLetters = 92

// documentColumns share the width of a table: each has room for its longest word, and what is left goes by how much is said there.
func documentColumns(t *agenda.Table) []docx.Column {
	columns, need, weights := make([]docx.Column, len(t.Columns)), make([]int, len(t.Columns)), 0
	left := lineLetters
	for k, c := range t.Columns {
		columns[k] = docx.Column{Label: c.Label, Num: c.Num}
		need[k] = longestWord(c.Label) + 1 // a header is in bold
		for _, row := range t.Rows {
			need[k] = max(need[k], longestWord(row.Cells[k])+1)
		}
		left -= need[k]
		weights += columnWeight(k, c)
	}
	for k, c := range t.Columns {
		columns[k].Weight = need[k]*weights + max(left, 0)*columnWeight(k, c)
	}
	return columns
}

// longestWord is the length of what a line cannot be broken in.
func longestWord(text string) (n int) {
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '-' || c == '\n' }) {
		n = max(n, utf8.RuneCountInString(word))
	}
	return n
}

// columnWeight is how much a column says: names and sentences more than figures.
func columnWeight(k int, c agenda.Column) int {
	switch {
	case c.Wide:
		return 34
	case k == 0:
		return 25
	case c.Num:
		return 4
	}
	return 16
}

// pictures draws the item's charts. A program that was compiled without its bundle has none: the sentence under each chart and
// the tables say the same.
func (r *request) pictures(item *agenda.Item) ([][]byte, error) {
	script, err := distFiles.ReadFile("dist/paper.js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []paper.Chart
	for _, s := range item.Sections {
		for _, b := range s.Blocks {
			if b.Chart != nil {
				list = append(list, paper.Chart{Option: b.Chart.Option, Width: chartWidth, Height: chartHeights[b.Chart.Height]})
			}
		}
	}
	return paper.Pictures(script, r.lang.Code, list)
}

// reportDocument is what was sent, as a document to go on editing.
func (s *Server) reportDocument(r *request) (*page, error) {
	of, err := r.reportAsked()
	if err != nil {
		return nil, err
	}
	item, err := r.itemOf(of)
	if err != nil {
		return nil, err
	}
	return &page{View: r.reportView(item), File: func() (*rendered, error) { return r.document(item) }}, nil
}
