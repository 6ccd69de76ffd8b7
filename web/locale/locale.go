// Package locale holds every word that people see, in Danish and English, and says it. The texts stand in texts/*.json, one
// file a room, each key with both languages beside each other.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

//go:embed texts/*.json
var files embed.FS

// Codes are the languages, the first being the one people get until they choose.
var Codes = []string{"da", "en"}

// Language is one language: its words, and how it writes figures and dates.
type Language struct {
	Code  string
	Style amount.Style
	texts map[string]string
	tag   language.Tag
}

// Load reads the texts. Every key must have every language, and no key may stand twice.
func Load() (map[string]*Language, error) {
	set := map[string]*Language{
		"da": {Code: "da", Style: amount.Danish, texts: map[string]string{}, tag: language.Danish},
		"en": {Code: "en", Style: amount.English, texts: map[string]string{}, tag: language.English},
	}
	names, err := fs.Glob(files, "texts/*.json")
	if err != nil {
		return nil, fmt.Errorf("list texts: %w", err)
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		var room map[string]map[string]string
		if err := json.Unmarshal(b, &room); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for key, words := range room {
			for _, code := range Codes {
				text, ok := words[code]
				if !ok || text == "" {
					return nil, fmt.Errorf("%s: %s has no %s", name, key, code)
				}
				if _, twice := set[code].texts[key]; twice {
					return nil, fmt.Errorf("%s: %s stands twice", name, key)
				}
				set[code].texts[key] = text
			}
		}
	}
	return set, nil
}

// Has reports whether the key has a text.
func (l *Language) Has(key string) bool { _, ok := l.texts[key]; return ok }

// Keys lists every key.
func (l *Language) Keys() []string {
	keys := make([]string, 0, len(l.texts))
	for k := range l.texts {
		keys = append(keys, k)
	}
	return keys
}

// Say gives the key's text with the arguments filled in. A key without a text gives itself in brackets, which the tests
// find before a reader does.
func (l *Language) Say(key string, args ...any) string {
	text, ok := l.texts[key]
	if !ok {
		return "[" + key + "]"
	}
	if !strings.Contains(text, "%") {
		return text // "one thing" says its number in words
	}
	for i, a := range args {
		args[i] = l.spoken(a)
	}
	// An amount at the end of a sentence brings its own stop: "kr." closes both.
	return strings.ReplaceAll(fmt.Sprintf(text, args...), "kr..", "kr.")
}

// spoken writes an argument as the language does: months and days by name, figures with their separators.
func (l *Language) spoken(a any) any {
	switch v := a.(type) {
	case amount.Month:
		return l.Style.MonthName(v)
	case amount.Date:
		return l.Style.Date(v)
	case amount.Money:
		return l.Style.Short(v)
	case amount.Figure:
		return l.Style.Figure(v)
	case portfolio.Basis:
		return l.Percent(v)
	case portfolio.Shares:
		parts := make([]string, len(v))
		for k, one := range v {
			parts[k] = one.Programme + " " + l.Percent(one.Share)
		}
		return strings.Join(parts, ", ")
	}
	return a
}

// Percent writes a share with up to two decimals.
func (l *Language) Percent(b portfolio.Basis) string {
	text := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%02d", b/100, b%100), "0"), ".")
	if l.Code == "da" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + "\u00a0%"
}

// Count says key.one or key.many, with the number as the first argument.
func (l *Language) Count(key string, n int, args ...any) string {
	form := ".many"
	if n == 1 {
		form = ".one"
	}
	return l.Say(key+form, append([]any{n}, args...)...)
}

// Number writes a whole number with its separators.
func (l *Language) Number(n int64) string {
	text := l.Style.Kroner(amount.Money(n) * amount.Krone)
	return strings.TrimSuffix(strings.TrimPrefix(text, "DKK\u00a0"), "\u00a0kr.")
}

// Counted says key.one or key.many, with the number written with its separators.
func (l *Language) Counted(key string, n int) string {
	if n == 1 {
		return l.Say(key + ".one")
	}
	return l.Say(key+".many", l.Number(int64(n)))
}

// Sorter gives a comparison in the language's order. In Danish Å comes last, and Aa with it; a collator is not for
// concurrent use, so each sort takes its own.
func (l *Language) Sorter() func(a, b string) int {
	c := collate.New(l.tag, collate.IgnoreCase)
	return func(a, b string) int {
		if r := c.CompareString(a, b); r != 0 {
			return r
		}
		return strings.Compare(a, b)
	}
}
