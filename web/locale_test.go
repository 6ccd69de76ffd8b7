package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/exchange"
	"gevinst/portfolio/exchange/finance"
	"gevinst/web/agenda"
	"gevinst/web/locale"
)

// families are the keys that are put together from a prefix and a code of the domain.
func families() map[string]bool {
	keys := map[string]bool{}
	add := func(prefix string, codes ...string) {
		for _, c := range codes {
			keys[prefix+c] = true
		}
	}
	for _, v := range portfolio.Stages() {
		add("stage.", v.String())
	}
	for _, v := range portfolio.Memberships() {
		add("plan_state.", v.String())
		add("ruling.", v.String())
	}
	for _, v := range portfolio.Roles() {
		add("role.", v.String())
	}
	for _, v := range portfolio.Origins() {
		add("origin.", v.String())
	}
	for _, v := range portfolio.BenefitTypes() {
		add("benefit_type.", v.String())
	}
	for _, v := range portfolio.ItemStates() {
		add("item_state.", v.String())
	}
	for _, v := range portfolio.Cashabilities() {
		add("cashability.", v.String())
	}
	for _, v := range portfolio.EntryStates() {
		add("entry.", v.String())
	}
	for _, v := range portfolio.Kinds() {
		add("kind.", v.String())
		if v != portfolio.KindUser && v != portfolio.KindPolicy && v != portfolio.KindEntry {
			add("event.", v.String()+".remove_example")
		}
	}
	for _, v := range portfolio.Actions() {
		add("action.", v.String())
	}
	for r := amount.FigureReason(1); !strings.HasPrefix(r.String(), "FigureReason"); r++ {
		if r.String() == "" {
			break
		}
		add("error.figure.", r.String())
		add("import.figure.", r.String())
	}
	for _, v := range portfolio.CaseStates() {
		add("case_state.", v.String())
	}
	for _, v := range portfolio.Points() {
		add("case_point.", v.String())
	}
	for _, v := range portfolio.Financings() {
		add("financing.", v.String())
	}
	add("work.milestone.", "reached", "late", "soon", "ahead")
	for _, v := range portfolio.MatterKinds() {
		add("matter.", v.String())
	}
	for _, v := range portfolio.TaskKinds() {
		add("task.", v.String())
		add("task_group.", v.String())
	}
	for _, v := range portfolio.Levels() {
		add("level.", v.String())
	}
	for _, v := range portfolio.Outlooks() {
		add("outlook.", v.String())
	}
	for _, v := range portfolio.AlterationKinds() {
		add("alteration.", v.String())
	}
	for _, v := range portfolio.Measures() {
		add("measure.", v.String())
	}
	for _, v := range portfolio.CarryBases() {
		add("carry_basis.", v.String())
	}
	for _, v := range portfolio.Standings() {
		add("standing.", v.String())
	}
	add("case_line.", "benefit", "running", "one_off")
	add("background.", "catalogue", "better_use", "decided_earlier", "new")
	add("line.", "base", "carried_over", "already_realized", "earlier_years", "adjustment")
	add("permanence.", "not_stated", "permanent", "one_off")
	add("import.", "new", "changed")
	for _, v := range exchange.Kinds() {
		add("file_kind.", v.String())
		add("file_about.", v.String())
	}
	for _, f := range finance.Fields() {
		if !strings.HasPrefix(f, "month_") && !slices.Contains(codesOf(portfolio.Measures()), f) { // these have names already
			add("finance.column.", f)
		}
	}
	for _, o := range finance.Options() {
		add("finance.option.", o)
	}
	for o, choices := range finance.Choices() {
		switch o {
		case finance.Layout, finance.Amounts, finance.Sign, finance.Unit, finance.Closing, finance.Quotes:
			add("finance.choice."+o+".", choices...)
		case finance.Decimal, finance.Thousands:
			add("finance.mark.", choices...)
		}
	}
	add("finance.choice.dates.", "p")
	add("finance.hint.", finance.Amounts, finance.FixedMonth, finance.FixedYear, finance.FixedMeasure, finance.HeaderRow)
	add("report.section.", agenda.Codes()...)
	add("feed.measure.", exchange.Measures()...)
	for f := exchange.Text; f <= exchange.Lines; f++ {
		add("cell_form.", f.String())
	}
	return keys
}

var (
	keyShape   = regexp.MustCompile(`^[a-z][a-z_0-9]*(\.[a-z_0-9]+)+$`)
	inTemplate = regexp.MustCompile(`"([a-z][a-z_0-9]*(?:\.[a-z_0-9]+)+)"`)
	fileName   = regexp.MustCompile(`\.(css|js|html|json|csv|svg|woff2|txt|xlsx|db|md)$`)
	verbKind   = regexp.MustCompile(`^(user|area|strategy|programme|policy|catalogue_item|initiative|benefit|entry|requirement|overlap|meeting|decision|follow_up|price_index|business_case|milestone|risk|question|commentary|account|finance_file|posting|explanation|mapping|round|score|scenario|report)\.[a-z_]+$`)
)

// used collects every text key that the program's code and templates name.
func used(t *testing.T) map[string]bool {
	t.Helper()
	keys := families()
	for _, dir := range []string{".", "agenda", "chart", "worklist", "digest", "../portfolio", "../portfolio/store", "../portfolio/exchange", "../portfolio/exchange/finance", "../cmd/gevinst"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, text := range literals(t, file) {
				switch {
				case !keyShape.MatchString(text) || fileName.MatchString(text):
				case strings.HasPrefix(dir, "../portfolio") && verbKind.MatchString(text):
					keys["event."+text] = true
				default:
					keys[text] = true
				}
			}
		}
	}
	files, err := filepath.Glob("templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range inTemplate.FindAllStringSubmatch(string(b), -1) {
			if !fileName.MatchString(m[1]) {
				keys[m[1]] = true
			}
		}
	}
	return keys
}

func literals(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	ast.Inspect(f, func(n ast.Node) bool {
		if _, ok := n.(*ast.ImportSpec); ok {
			return false
		}
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if text, err := strconv.Unquote(l.Value); err == nil {
				list = append(list, text)
			}
		}
		return true
	})
	return list
}

func TestTexts(t *testing.T) {
	languages, err := locale.Load() // refuses a key that lacks a language or stands twice
	if err != nil {
		t.Fatal(err)
	}
	da, named := languages["da"], used(t)

	t.Run("every key that the program says has a text", func(t *testing.T) {
		for key := range named {
			room, _, _ := strings.Cut(key, ".")
			if !da.Has(key) && !da.Has(key+".one") && knownRoom(da, room) {
				t.Errorf("%s is said and has no text", key)
			}
		}
	})

	t.Run("every text is said somewhere", func(t *testing.T) {
		for _, key := range da.Keys() {
			base := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".many")
			if !named[key] && !named[base] && !strings.HasPrefix(key, "field.") && !strings.HasPrefix(key, "scope.") {
				t.Errorf("%s is never said", key)
			}
		}
	})

	t.Run("both languages take the same arguments", func(t *testing.T) {
		verbs := regexp.MustCompile(`%(\[\d\])?[a-z]`)
		for _, key := range da.Keys() {
			a, b := verbs.FindAllString(da.Say(key), -1), verbs.FindAllString(languages["en"].Say(key), -1)
			if len(a) != len(b) {
				t.Errorf("%s: %q and %q", key, da.Say(key), languages["en"].Say(key))
			}
		}
	})
}

// knownRoom tells a text's key from another dotted word, such as a column of a table: its first part begins other texts.
func knownRoom(l *locale.Language, room string) bool {
	for _, key := range l.Keys() {
		if strings.HasPrefix(key, room+".") {
			return true
		}
	}
	return false
}
