package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// usedClasses names the components that we take from the design system. Rules for
// plain elements always stay; a selector with any other class is left out.
var usedClasses = regexp.MustCompile(`^(sr-only|form-.*|input-.*|button(-primary|-secondary|-tertiary|-warning|-group|-row)?` +
	`|alert(-success|-warning|-error|-info|-heading|-text|--paragraph)?|date-group|disabled|readonly|mixed|focus|skipnav)$`)

var (
	classInSelector = regexp.MustCompile(`\.(-?[A-Za-z_][\w-]*)`)
	negation        = regexp.MustCompile(`:not\([^()]*\)`)
)

// designSystem resolves `@import "designsystem"` to dkfds' style without the
// components that we do not use, its print style and its font files.
func designSystem(web string) api.Plugin {
	folder := filepath.Join(web, "node_modules", "dkfds", "dist", "css")
	return virtual("designsystem", folder, func() (string, error) {
		source, err := os.ReadFile(filepath.Join(folder, "dkfds.css"))
		if err != nil {
			return "", err
		}
		return purge(string(source))
	})
}

// purge keeps the rules with a selector whose classes are all in use.
func purge(source string) (string, error) {
	parser := css.NewParser(parse.NewInputString(source), false)
	var out strings.Builder
	var selectors []string
	dropAt, keepRule := 0, false
	for depth := 0; ; {
		grammar, _, data := parser.Next()
		values := join(parser.Values())
		switch grammar {
		case css.ErrorGrammar:
			if errors.Is(parser.Err(), io.EOF) {
				return out.String(), nil
			}
			return "", fmt.Errorf("dkfds.css: %w", parser.Err())
		case css.BeginAtRuleGrammar:
			depth++
			if dropAt == 0 && (string(data) == "@font-face" || strings.Contains(values, "print")) {
				dropAt = depth
			}
			if dropAt == 0 {
				out.WriteString(string(data) + values + "{")
			}
		case css.EndAtRuleGrammar:
			if dropAt == 0 {
				out.WriteString("}\n")
			}
			if dropAt == depth {
				dropAt = 0
			}
			depth--
		case css.QualifiedRuleGrammar:
			selectors = append(selectors, values)
		case css.BeginRulesetGrammar:
			kept := used(append(selectors, values))
			selectors = nil
			keepRule = dropAt == 0 && len(kept) > 0
			if keepRule {
				out.WriteString(strings.Join(kept, ",") + "{")
			}
		case css.DeclarationGrammar, css.CustomPropertyGrammar:
			if keepRule {
				out.WriteString(string(data) + ":" + values + ";")
			}
		case css.EndRulesetGrammar:
			if keepRule {
				out.WriteString("}\n")
			}
			keepRule = false
		}
	}
}

// used filters a rule's selectors. A class that is only ruled out by :not() does
// not make a selector unused.
func used(selectors []string) []string {
	var kept []string
next:
	for _, selector := range selectors {
		for _, class := range classInSelector.FindAllStringSubmatch(negation.ReplaceAllString(selector, ""), -1) {
			if !usedClasses.MatchString(class[1]) {
				continue next
			}
		}
		kept = append(kept, selector)
	}
	return kept
}

func join(tokens []css.Token) string {
	var text strings.Builder
	for _, token := range tokens {
		text.Write(token.Data)
	}
	return text.String()
}

// timelineColumns resolves `@import "timeline-columns"` to the classes that place
// bars on the time line: the page's security policy allows no style attributes,
// so every start (from-0 …) and length (len-1 …) in months has its class.
func timelineColumns() api.Plugin {
	const months = 60
	return virtual("timeline-columns", "", func() (string, error) {
		var text strings.Builder
		for m := range months {
			fmt.Fprintf(&text, ".from-%d{grid-column-start:%d}.len-%d{grid-column-end:span %d}", m, m+1, m+1, m+1)
		}
		return text.String(), nil
	})
}

// virtual makes an import of exactly this name load what make returns; addresses
// in it are relative to folder.
func virtual(name, folder string, make func() (string, error)) api.Plugin {
	return api.Plugin{Name: name, Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: "^" + name + "$"}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: name, Namespace: name}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: name}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			text, err := make()
			if err != nil {
				return api.OnLoadResult{}, err
			}
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderCSS, ResolveDir: folder}, nil
		})
	}}
}
