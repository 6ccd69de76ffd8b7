package portfolio_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pack is a package of the program with what it imports, as the go command lists it.
type pack struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func packages(t *testing.T) map[string]pack {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "./...")
	cmd.Dir = ".."
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	all := map[string]pack{}
	for in := json.NewDecoder(bytes.NewReader(out)); in.More(); {
		var p pack
		if err := in.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
	return all
}

// standard reports that a package is of Go's own library: the first part of its path has no dot, and is not ours.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return first != "gevinst" && !strings.Contains(first, ".")
}

// knows are the packages beside Go's own that a package may import: the domain knows nothing outside itself.
var knows = map[string][]string{
	"gevinst/portfolio/amount":    {},
	"gevinst/portfolio/appraisal": {"gevinst/portfolio/amount"},
	"gevinst/portfolio/selection": {"gevinst/portfolio/amount"},
	"gevinst/portfolio":           {"gevinst/portfolio/amount", "gevinst/portfolio/appraisal", "gevinst/portfolio/selection"},
	"gevinst/portfolio/store": {
		"gevinst/portfolio", "gevinst/portfolio/amount", "gevinst/migrations",
		"github.com/jmoiron/sqlx", "github.com/lib/pq", "modernc.org/sqlite", "modernc.org/sqlite/lib",
	},
	"gevinst/migrations": {},
}

// pure are the packages that only reckon.
var pure = []string{"gevinst/portfolio", "gevinst/portfolio/amount", "gevinst/portfolio/appraisal", "gevinst/portfolio/selection"}

func TestWhoKnowsWhom(t *testing.T) {
	all := packages(t)
	for path, may := range knows {
		t.Run(path+" knows no more than it must", func(t *testing.T) {
			for _, p := range all[path].Imports {
				if !standard(p) && !slices.Contains(may, p) {
					t.Errorf("imports %s", p)
				}
			}
		})
	}
	for _, path := range pure {
		t.Run(path+" has no door to the world", func(t *testing.T) {
			for _, p := range all[path].Imports {
				if slices.Contains([]string{"net/http", "database/sql", "html/template", "os", "os/exec", "net", "log", "log/slog", "math/rand", "math/rand/v2"}, p) {
					t.Errorf("imports %s", p)
				}
			}
		})
	}
	t.Run("nothing below the pages knows them, and nothing knows the command", func(t *testing.T) {
		for path, p := range all {
			for _, dep := range p.Deps {
				below := strings.HasPrefix(path, "gevinst/portfolio") || path == "gevinst/migrations"
				drawing := path == "gevinst/web/chart" || path == "gevinst/web/locale"
				switch {
				case strings.HasPrefix(dep, "gevinst/cmd/") && !strings.HasPrefix(path, "gevinst/cmd/"),
					below && (dep == "gevinst/web" || strings.HasPrefix(dep, "gevinst/web/")),
					drawing && (dep == "gevinst/web" || dep == "gevinst/portfolio/store"):
					t.Errorf("%s knows %s", path, dep)
				}
			}
		}
	})
	t.Run("what is for tests is in no program", func(t *testing.T) {
		for path, p := range all {
			if !strings.HasPrefix(path, "gevinst/cmd/") {
				continue
			}
			for _, dep := range p.Deps {
				if dep == "testing" || strings.HasSuffix(dep, "test") && strings.HasPrefix(dep, "gevinst/") {
					t.Errorf("%s contains %s", path, dep)
				}
			}
		}
	})
}

// sources parses the package's files, tests left out.
func sources(t *testing.T, folder string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

func TestDomainIsPure(t *testing.T) {
	for _, path := range pure {
		t.Run(path+" asks no clock", func(t *testing.T) {
			for _, f := range sources(t, strings.Replace(path, "gevinst/portfolio", ".", 1)) {
				ast.Inspect(f, func(n ast.Node) bool {
					s, ok := n.(*ast.SelectorExpr)
					if !ok {
						return true
					}
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Tick", "Sleep"}, s.Sel.Name) {
						t.Errorf("time.%s", s.Sel.Name)
					}
					return true
				})
			}
		})
	}
	t.Run("every verb stands in the table of permissions", func(t *testing.T) {
		for _, name := range verbs(t) {
			if _, ok := deeds[name]; !ok && apart[name] == "" {
				t.Errorf("%s is held against no right", name)
			}
		}
	})
}

// apart are the verbs that no single right opens, with their reasons; each has a test of its own.
var apart = map[string]string{
	"NewMapping":   "two roles keep mappings, by two rights",
	"Mapping.Edit": "two roles keep mappings, by two rights",
	"SignOn":       "it is the identity provider's word, which no person may give",
}

// verbs names the exported functions that are given the circumstances of an act.
func verbs(t *testing.T) (names []string) {
	for _, f := range sources(t, ".") {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() {
				continue
			}
			for _, p := range fn.Type.Params.List {
				if x, ok := p.Type.(*ast.Ident); ok && x.Name == "By" {
					names = append(names, receiver(fn)+fn.Name.Name)
				}
			}
		}
	}
	if len(names) < len(deeds) {
		t.Errorf("found %d verbs, the table has %d", len(names), len(deeds))
	}
	return names
}

func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return ""
	}
	if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); ok {
		return fmt.Sprint(star.X) + "."
	}
	return fmt.Sprint(fn.Recv.List[0].Type) + "."
}

func TestFilesAreShort(t *testing.T) {
	const most = 400
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{"node_modules", "dist", ".git"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".js", ".css", ".html", ".sql"}, filepath.Ext(path)) {
			return nil
		}
		seen++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if n := bytes.Count(text, []byte("\n")); n > most {
			t.Errorf("%s has %d lines, want at most %d", path, n, most)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 50 {
		t.Errorf("looked at %d files only", seen)
	}
}
