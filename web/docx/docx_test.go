package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"gevinst/portfolio/exchange/officetest"
	"gevinst/web/docx"
)

// hostile are texts that a title or a note may be; a reader sees what is on the right.
var hostile = map[string]string{
	`]]><w:p><w:r><w:t>planted</w:t></w:r></w:p>`:               `]]><w:p><w:r><w:t>planted</w:t></w:r></w:p>`,
	`</w:t></w:r><w:fldSimple w:instr="INCLUDETEXT x"/>`:        `</w:t></w:r><w:fldSimple w:instr="INCLUDETEXT x"/>`,
	`" descr="x" r:id="rId1`:                                    `" descr="x" r:id="rId1`,
	`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;`: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;`,
	"nul\x00 bell\x07 escape\x1b":                               "nul\uFFFD bell\uFFFD escape\uFFFD",
	"half a pair \xed\xa0\x80, no UTF-8 \xff":                   "half a pair \uFFFD\uFFFD\uFFFD, no UTF-8 \uFFFD",
	"no character \uFFFE\uFFFF":                                 "no character \uFFFD\uFFFD",
	"beyond the plane \U0001F4A9 and right to left \u202Eabc":   "beyond the plane \U0001F4A9 and right to left \u202Eabc",
	strings.Repeat("æ & <b>", 10_000/7):                         strings.Repeat("æ & <b>", 10_000/7),
}

// written is a document that says a text wherever it can say one.
func written(t *testing.T, texts ...string) []byte {
	t.Helper()
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	d := docx.New(texts[0], "da-DK", texts[0])
	for _, text := range texts {
		d.Title(text)
		d.Heading(1, text)
		d.Heading(2, text)
		d.Paragraph(text)
		d.Caption(text, true)
		d.Facts([2]string{text, text})
		d.Bullets([]string{text})
		d.Picture(dot.Bytes(), 10, 10, text, text)
		d.Table([]docx.Column{{Label: text, Weight: 1}}, []docx.Row{{Cells: []string{text}, Mark: text}})
	}
	var b bytes.Buffer
	if _, err := d.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts unpacks a document.
func parts(t *testing.T, doc []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(doc), int64(len(doc)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if list[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// shape is a part's elements without their texts and attributes' values, and the texts.
func shape(t *testing.T, name string, part []byte) (elements, texts []string) {
	t.Helper()
	for in := xml.NewDecoder(bytes.NewReader(part)); ; {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return elements, texts
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			element := token.Name.Local
			for _, a := range token.Attr {
				element += " " + a.Name.Local
				if a.Name.Local == "TargetMode" || strings.Contains(a.Value, "://") && a.Name.Local == "Target" {
					t.Errorf("%s leads out of the document: %s", name, a.Value)
				}
			}
			elements = append(elements, element)
		case xml.CharData:
			texts = append(texts, string(token))
		case xml.Directive:
			t.Errorf("%s has a document type", name)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	plain := parts(t, written(t, "plain"))
	for text, seen := range hostile {
		t.Run("a text stays a text: "+strings.ToValidUTF8(text[:min(len(text), 20)], "?"), func(t *testing.T) {
			got := parts(t, written(t, text))
			if len(got) != len(plain) {
				t.Errorf("%d parts, want %d", len(got), len(plain))
			}
			said := 0
			for name, part := range got {
				if strings.HasSuffix(name, ".png") {
					continue
				}
				elements, texts := shape(t, name, part)
				want, _ := shape(t, name, plain[name])
				if strings.Join(elements, "\n") != strings.Join(want, "\n") {
					t.Errorf("%s has other elements", name)
				}
				for _, one := range texts {
					if strings.TrimSpace(one) == seen {
						said++
					}
				}
			}
			if said < 10 {
				t.Errorf("it is read %d times", said)
			}
		})
	}

	t.Run("LibreOffice opens them all in one document, and shows them", func(t *testing.T) {
		var texts, shown []string
		for text, seen := range hostile {
			texts, shown = append(texts, text), append(shown, seen)
		}
		saved := officetest.Saved(t, "fodt", map[string][]byte{"hostile.docx": written(t, texts...)})["hostile.docx"]
		_, found := shape(t, "hostile.fodt", saved)
		all := strings.Join(found, "")
		for _, want := range shown {
			want = strings.TrimRight(want, "\uFFFD")
			if !strings.Contains(all, want) {
				t.Errorf("%.60q is not shown", want)
			}
		}
	})
}
