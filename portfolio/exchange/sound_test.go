package exchange_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"gevinst/portfolio/exchange"
)

// repeated is a text many times over, between a beginning and an end, made while it is read.
func repeated(before, text string, n int, after string) io.Reader {
	return io.MultiReader(strings.NewReader(before), &again{strings.Repeat(text, 1+(1<<16)/len(text)), int64(n) * int64(len(text)), 0}, strings.NewReader(after))
}

type again struct {
	text string
	left int64
	at   int
}

func (a *again) Read(b []byte) (int, error) {
	if a.left == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(int64(len(b)), a.left)], a.text[a.at:])
	a.left -= int64(n)
	a.at = (a.at + n) % len(a.text)
	return n, nil
}

// archived is an archive of parts.
func archived(t testing.TB, parts map[string]io.Reader) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		to, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(to, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// peaked is the most that the heap held while something was done.
func peaked(do func()) uint64 {
	var now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&now)
	before, most := now.HeapAlloc, uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	do()
	close(stop)
	<-done
	return most - min(most, before)
}

func TestSoundWorkbook(t *testing.T) {
	const sheet = "xl/worksheets/sheet1.xml"
	limits := exchange.Limits{Unzipped: 200 << 20}
	sound := func(ctx context.Context, file []byte) error {
		return exchange.SoundWorkbook(ctx, bytes.NewReader(file), int64(len(file)), limits)
	}

	for name, c := range map[string]struct {
		part string
		text io.Reader
		code string
	}{
		"one cell as long as a book":          {sheet, repeated("<worksheet><sheetData><row><c><is><t>", "x", 48<<20, "</t></is></c></row></sheetData></worksheet>"), "import.workbook_broken"},
		"one cell in a part called otherwise": {"xl/worksheets/sheet1.bin", repeated("<worksheet><sheetData><row><c><is><t>", "x", 48<<20, "</t></is></c></row></sheetData></worksheet>"), "import.workbook_broken"},
		"one cell of tags within a text":      {sheet, repeated("<worksheet><sheetData><row><c><is><t><![CDATA[", "<x>", 4<<20, "]]></t></is></c></row></sheetData></worksheet>"), "import.workbook_broken"},
		"a cell of many pieces":               {sheet, repeated("<worksheet><sheetData><row><c><is>", "<r><t>x</t></r>", 3<<20, "</is></c></row></sheetData></worksheet>"), "import.workbook_broken"},
		"a row of many cells":                 {sheet, repeated("<worksheet><sheetData><row>", "<c><v>1</v></c>", 3<<20, "</row></sheetData></worksheet>"), "import.workbook_broken"},
		"many cells after a row":              {sheet, repeated("<worksheet><sheetData><row/>", "<c><v>1</v></c>", 3<<20, "</sheetData></worksheet>"), "import.workbook_broken"},
		"a shared text of many pieces":        {"xl/sharedStrings.xml", repeated("<sst><si>", "<r><t>x</t></r>", 3<<20, "</si></sst>"), "import.workbook_broken"},
		"a remark as long as a book":          {sheet, repeated("<worksheet><!--", "x", 48<<20, "--></worksheet>"), "import.workbook_broken"},
		"a tag with an attribute as long":     {sheet, repeated("<worksheet><sheetData r=\"", "x", 48<<20, "\"></sheetData></worksheet>"), "import.workbook_broken"},
		"elements within each other":          {sheet, repeated("", "<x>", 4<<20, ""), "import.workbook_broken"},
		"the same, in a part called otherwise": {
			"xl/sheet", repeated("", "<x>", 4<<20, ""), "import.workbook_broken",
		},
		"more rows than a spreadsheet has": {sheet, repeated("<worksheet><sheetData>", "<row/>", 1_100_000, "</sheetData></worksheet>"), "import.workbook_broken"},
		"a type of its own":                {sheet, repeated("<!DOCTYPE x [", "<!ENTITY a \"a\">", 6<<20, "]><x/>"), "import.workbook_broken"},
		"a part that is held as a whole":   {"xl/styles.xml", repeated("<styleSheet>", "<xf>"+strings.Repeat("x", 10_000)+"</xf>", 14_000, "</styleSheet>"), "import.workbook_too_large"},
		"a picture that unpacks to much":   {"xl/media/image1.png", repeated("\x89PNG", "\x00", 140<<20, ""), "import.workbook_too_large"},
	} {
		t.Run(name+" is refused before it takes room", func(t *testing.T) {
			file := archived(t, map[string]io.Reader{c.part: c.text})
			var err error
			most := peaked(func() { err = sound(t.Context(), file) })
			bad, ok := errors.AsType[*exchange.FileError](err)
			if !ok || bad.Rows[0].Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
			if most > 32<<20 {
				t.Errorf("%d MB were held", most>>20)
			}
		})
	}

	t.Run("what spreadsheets write is sound: many rows, many shared texts, a long chain of calculations, a picture", func(t *testing.T) {
		file := archived(t, map[string]io.Reader{
			sheet:                    repeated("<worksheet><sheetData>", "<row><c><v>12345</v></c><c><v>6</v></c></row>", 200_000, "</sheetData><x>"+strings.Repeat("<m/>", 10_000)+"</x></worksheet>"),
			"xl/sharedStrings.xml":   repeated("<sst>", "<si><t>En tekst</t></si>", 400_000, "</sst>"),
			"xl/calcChain.xml":       repeated("<calcChain>", "<c r=\"A1\"/>", 500_000, "</calcChain>"),
			"xl/media/image1.png":    repeated("\x89PNG", "\x00\x01\xff<", 1<<20, ""),
			"xl/media/image2.svg":    strings.NewReader("<!DOCTYPE svg><svg><path/></svg>"),
			"xl/drawings/vml.vml":    strings.NewReader("<xml><br></xml>"),
			"[Content_Types].xml":    strings.NewReader("<Types/>"),
			"xl/_rels/workbook.rels": strings.NewReader("<Relationships/>"),
		})
		if err := sound(t.Context(), file); err != nil {
			t.Error(err)
		}
	})

	t.Run("a list of more parts than any workbook has is not read to its end", func(t *testing.T) {
		parts := map[string]io.Reader{}
		for k := range 60_000 {
			parts[fmt.Sprintf("xl/%060d", k)] = strings.NewReader("")
		}
		if err := sound(t.Context(), archived(t, parts)); err == nil {
			t.Error("it is read")
		}
	})

	t.Run("reading stops within a part when its time is over", func(t *testing.T) {
		var file bytes.Buffer
		w := zip.NewWriter(&file)
		to, err := w.CreateHeader(&zip.FileHeader{Name: sheet, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(to, repeated("<worksheet><sheetData>", "<row><c/></row>", 1_000_000, "</sheetData></worksheet>")); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		read := &stopping{ReaderAt: bytes.NewReader(file.Bytes()), after: 1 << 20, stop: stop}
		if err := exchange.SoundWorkbook(ctx, read, int64(file.Len()), limits); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if read.bytes > 2<<20 {
			t.Errorf("it went on for %d bytes", read.bytes)
		}
	})
}

// stopping ends a reading's time after so many bytes.
type stopping struct {
	io.ReaderAt
	bytes, after int
	stop         func()
}

func (s *stopping) ReadAt(b []byte, at int64) (int, error) {
	if s.bytes += len(b); s.bytes > s.after {
		s.stop()
	}
	return s.ReaderAt.ReadAt(b, at)
}
