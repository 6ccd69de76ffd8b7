package chart_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gevinst/portfolio/amount"
	"gevinst/web/chart"
)

var update = flag.Bool("update", false, "write the goldens anew")

// voices gives the languages; said counts which keys were used.
func voices(t *testing.T, said map[string]bool) map[string]chart.Voice {
	t.Helper()
	raw, err := os.ReadFile("testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	speak := func(language string) func(string, ...any) string {
		return func(key string, args ...any) string {
			text, ok := words[key][language]
			if !ok {
				panic(fmt.Sprintf("no %s text for %s", language, key))
			}
			said[key] = true
			return fmt.Sprintf(text, args...)
		}
	}
	return map[string]chart.Voice{
		"da": {Say: speak("da"), Style: amount.Danish},
		"en": {Say: speak("en"), Style: amount.English},
	}
}

func TestCharts(t *testing.T) {
	said := map[string]bool{}
	for language, v := range voices(t, said) {
		for name, draw := range pictures {
			t.Run(name+" is drawn and worded as agreed in "+language, func(t *testing.T) {
				golden(t, name+"."+language, draw(v))
			})
		}
	}

	t.Run("every listed text is said by some chart, and none besides", func(t *testing.T) {
		listed := map[string]bool{}
		for _, key := range chart.Keys {
			listed[key] = true
		}
		if diff := cmp.Diff(listed, said); diff != "" {
			t.Errorf("listed (-) against said (+):\n%s", diff)
		}
	})
}

func golden(t *testing.T, name string, c chart.Chart) {
	t.Helper()
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	c.Option = sorted(t, c.Option)
	if err := enc.Encode(c); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s differs; if it is meant, run with -update:\n%s", path, diff)
	}
}

// sorted writes an option with its keys in order, numbers exact.
func sorted(t *testing.T, option json.RawMessage) json.RawMessage {
	t.Helper()
	if option == nil {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(option))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
