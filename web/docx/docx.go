// Package docx writes a Word document (Office Open XML) that one goes on editing: real headings, lists and tables, pictures with
// a text for those who do not see them, A4 pages with numbers, and the language that spelling is checked in.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// The widths of an A4 page's text with margins of 20 mm: 170 mm, in twentieths of a point and in English Metric Units.
const (
	textTwips = 9638
	emuPerMM  = 36_000
	TextMM    = 170
)

// Document is what is written. The zero value is not ready: begin with New.
type Document struct {
	title, language, footer string
	body                    strings.Builder
	pictures                [][]byte
}

// New begins a document; language is such as "da-DK", footer stands at the foot of each page beside its number.
func New(title, language, footer string) *Document {
	return &Document{title: title, language: language, footer: footer}
}

func escaped(text string) string {
	var b strings.Builder
	// A strings.Builder takes everything.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

// run writes text in a character style, "" for the paragraph's own.
func run(text, style string) string {
	look := ""
	if style != "" {
		look = `<w:rPr><w:rStyle w:val="` + style + `"/></w:rPr>`
	}
	return `<w:r>` + look + `<w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`
}

func paragraph(properties, inner string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr>` + inner + `</w:p>`
}

func styled(style string) string { return `<w:pStyle w:val="` + style + `"/>` }

// Title is the document's own heading.
func (d *Document) Title(text string) { d.body.WriteString(paragraph(styled("Title"), run(text, ""))) }

// Heading is a heading of level 1 or 2.
func (d *Document) Heading(level int, text string) {
	d.body.WriteString(paragraph(styled(fmt.Sprintf("Heading%d", level)), run(text, "")))
}

// Paragraph is a paragraph of running text.
func (d *Document) Paragraph(text string) { d.body.WriteString(paragraph("", run(text, ""))) }

// Caption stands above a table or under a picture; keep holds it on the page of what follows it.
func (d *Document) Caption(text string, keep bool) {
	properties := styled("Caption")
	if keep {
		properties += `<w:keepNext/>`
	}
	d.body.WriteString(paragraph(properties, run(text, "")))
}

// Facts is a line of names and values, the names in bold.
func (d *Document) Facts(pairs ...[2]string) {
	var b strings.Builder
	for k, p := range pairs {
		if k > 0 {
			b.WriteString(run("    ", ""))
		}
		b.WriteString(run(p[0]+" ", "Strong"))
		b.WriteString(run(p[1], ""))
	}
	d.body.WriteString(paragraph("", b.String()))
}

// Bullets is a list.
func (d *Document) Bullets(list []string) {
	for _, text := range list {
		d.body.WriteString(paragraph(styled("ListBullet"), run(text, "")))
	}
}

// Picture puts in a PNG, as wide as is asked for in millimetres; alt tells it to those who do not see it.
func (d *Document) Picture(png []byte, width, height float64, name, alt string) {
	d.pictures = append(d.pictures, png)
	n := len(d.pictures)
	size := fmt.Sprintf(`cx="%d" cy="%d"`, int64(width*emuPerMM), int64(height*emuPerMM))
	described := fmt.Sprintf(`id="%d" name="%s" descr="%s"`, n, escaped(name), escaped(alt))
	d.body.WriteString(paragraph(`<w:keepNext/>`, fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent %[1]s/><wp:docPr %[2]s/>`+
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic><pic:nvPicPr><pic:cNvPr %[2]s/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture%[3]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext %[1]s/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		size, described, n)))
}

// WriteTo writes the document as a .docx file.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range d.parts() {
		f, err := z.Create(part.name)
		if err != nil {
			return 0, fmt.Errorf("document %s: %w", part.name, err)
		}
		if _, err := f.Write(part.body); err != nil {
			return 0, fmt.Errorf("document %s: %w", part.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return 0, fmt.Errorf("document: %w", err)
	}
	return b.WriteTo(w)
}
