package paper_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strings"
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

	t.Run("a hostile title is drawn, and hinders no picture", func(t *testing.T) {
		titles := []string{
			`</svg><script>throw 1</script>`, `a & b < c > d " e ' f`, `]]><svg onload="x">`, "nul \x00 bell \x07 tab \t line \n none \ufffe\uffff", `\ud800 alone`, `{b|rich} ${x}`,
			"<!DOCTYPE svg [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;", strings.Repeat("lang ", 2_000),
		}
		b, err := os.ReadFile("../chart/testdata/bridge.da.golden")
		if err != nil {
			t.Fatal(err)
		}
		var charts []paper.Chart
		for _, title := range append([]string{"plain"}, titles...) {
			var c struct{ Option map[string]any }
			if err := json.Unmarshal(b, &c); err != nil {
				t.Fatal(err)
			}
			labels := c.Option["yAxis"].([]any)[0].(map[string]any)["data"].([]any)
			for k := range labels {
				labels[k] = title
			}
			option, err := json.Marshal(c.Option)
			if err != nil {
				t.Fatal(err)
			}
			charts = append(charts, paper.Chart{Option: option, Width: 680, Height: 320})
		}
		pictures, err := paper.Pictures(script(t), "da", charts)
		if err != nil {
			t.Fatal(err)
		}
		for k, b := range pictures {
			if _, err := png.Decode(bytes.NewReader(b)); err != nil {
				t.Error(k, err)
			}
		}
		if bytes.Equal(pictures[0], pictures[1]) {
			t.Error("the title is not in the picture")
		}
	})
}
