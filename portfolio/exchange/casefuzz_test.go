package exchange_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/exchange"
	"gevinst/web/locale"
)

// FuzzCase reads a business case's workbook in which a part says something else: here and there, or all of it. It is refused in words
// that name what is wrong, or says what the domain takes.
func FuzzCase(f *testing.F) {
	b := newCaseBench()
	contents := caseContents()
	b.with(f, contents["with unknown and approximate amounts"])
	book := b.file(f)
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		f.Fatal(err)
	}
	languages, err := locale.Load()
	if err != nil {
		f.Fatal(err)
	}
	for k, part := range r.File {
		if strings.HasSuffix(part.Name, ".xml") || strings.HasSuffix(part.Name, ".rels") {
			f.Add(uint8(k), "", "<x/>")
			f.Add(uint8(k), ">", ">")
		}
		if !strings.HasPrefix(part.Name, "xl/worksheets/") {
			continue
		}
		for _, seed := range [][2]string{
			{"100000", "1e400"},
			{"100000", "-0.001"},
			{"500000", "ca. 5"},
			{"2018", "99999"},
			{"2018", "#REF!"},
			{"r=\"C", "r=\"XFD"},
			{"<v>", "<f>1+1</f><v>"},
			{"t=\"s\"", "t=\"inlineStr\""},
			{"<v>1", "<v>-1"},
			{"s=\"1", "s=\"9"},
			{"</sheetData>", ""},
			{"<c ", "<c><c "},
			{"<row", "<row r=\"1000\"/><row"},
		} {
			f.Add(uint8(k), seed[0], seed[1])
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, from, to string) {
		changed := int(which) % len(r.File)
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for k, part := range r.File {
			text := readPart(t, part)
			switch {
			case k != changed:
			case from == "":
				text = to
			case int64(len(text)+strings.Count(text, from)*len(to)) < exchange.CaseLimits.Unzipped:
				text = strings.ReplaceAll(text, from, to)
			}
			written, err := w.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Store})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(written, text); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		file, err := b.read(out.Bytes())
		if err != nil {
			bad, ok := errors.AsType[*exchange.FileError](err)
			if !ok || len(bad.Rows) == 0 {
				t.Fatalf("%T: %v", err, err)
			}
			for _, l := range languages {
				for _, line := range bad.Say(l.Say) {
					if line == "" || strings.Contains(line, "%!") && !strings.Contains(from+to, "%") {
						t.Fatalf("an error in words is %q", line)
					}
				}
			}
			return
		}
		if file.Base.ID != b.now().ID || file.Base.Version != b.now().Version {
			t.Fatalf("it is read as made from %d, %d", file.Base.ID, file.Base.Version)
		}
		if _, _, err := b.now().Edit(b.Portfolio(), portfolio.By{User: b.Portfolio().Users.Get(b.Owner), Today: b.Portfolio().Today}, file.Content); err != nil {
			t.Fatalf("what was read is refused: %v", err)
		}
		for _, c := range portfolio.DiffCases(&file.Base.CaseContent, &file.Content) {
			if from == ">" && to == ">" {
				t.Fatalf("a file that nobody changed changes %+v", c)
			}
		}
	})
}

func readPart(t testing.TB, part *zip.File) string {
	t.Helper()
	in, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
