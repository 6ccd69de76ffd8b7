package pgtest

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

var errNotInstalled = errors.New("this test needs PostgreSQL (initdb and postgres), which is not installed: " +
	"apt-get install postgresql (Debian, Ubuntu) or brew install postgresql (macOS)")

// packagedFolders is where packages put the server's programs without adding
// them to PATH: Debian, Red Hat, Homebrew on both processors, Postgres.app.
var packagedFolders = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// findBinaries returns the folder of initdb and postgres: on PATH, or else the
// newest that a package installed.
func findBinaries() (string, error) {
	return findIn(filepath.SplitList(os.Getenv("PATH")), packagedFolders)
}

func findIn(path, packaged []string) (string, error) {
	if i := slices.IndexFunc(path, hasServer); i >= 0 {
		return path[i], nil
	}
	var found []string
	for _, pattern := range packaged {
		dirs, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		found = append(found, slices.DeleteFunc(dirs, func(d string) bool { return !hasServer(d) })...)
	}
	if len(found) == 0 {
		return "", errNotInstalled
	}
	return slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(version(a), version(b)) }), nil
}

func hasServer(dir string) bool {
	for _, program := range []string{"initdb", "postgres"} {
		info, err := os.Stat(filepath.Join(dir, program))
		if err != nil || info.IsDir() || info.Mode()&0o111 == 0 {
			return false
		}
	}
	return true
}

var majorVersion = regexp.MustCompile(`(\d+)[^/]*/bin$`)

// version is the major version in the folder's name, 0 without one.
func version(dir string) int {
	match := majorVersion.FindStringSubmatch(dir)
	if match == nil {
		return 0
	}
	n, err := strconv.Atoi(match[1])
	if err != nil {
		return 0
	}
	return n
}
