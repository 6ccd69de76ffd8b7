package paper_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"gevinst/web/paper"
)

// script is the bundle's, which must have been built.
func script(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("../dist/paper.js")
	if err != nil {
		t.Fatalf("%v\nrun: make bundle", err)
	}
	return b
}

func TestPictures(t *testing.T) {
	files, err := filepath.Glob("../chart/testdata/[be][ufr][rfi]*.da.golden") // burn-up, bridge, effects
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var names []string
	var charts []paper.Chart
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c struct{ Option json.RawMessage }
		if err := json.Unmarshal(b, &c); err != nil {
			t.Fatal(file, err)
		}
		if len(c.Option) > 0 && string(c.Option) != "null" {
			names, charts = append(names, filepath.Base(file)), append(charts, paper.Chart{Option: c.Option, Width: 680, Height: 320})
		}
	}

	t.Run("every chart that a page draws in a browser is a picture too", func(t *testing.T) {
		pictures, err := paper.Pictures(script(t), "da", charts)
		if err != nil {
			t.Fatal(err)
		}
		for k, b := range pictures {
			img, err := png.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(names[k], err)
			}
			if img.Bounds().Dx() != 1700 || img.Bounds().Dy() != 800 {
				t.Errorf("%s: %v", names[k], img.Bounds())
			}
			if dir := os.Getenv("PICTURES"); dir != "" {
				os.WriteFile(filepath.Join(dir, names[k]+".png"), b, 0o644)
			}
		}
	})
}
