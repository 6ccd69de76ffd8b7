package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// AssetsPrefix is where the bundle is served: hashed names below it never change
// their content.
const AssetsPrefix = "/assets/"

// The placeholder in dist lets the program compile before the bundle is built.
//
//go:embed all:dist
var distFiles embed.FS

// contentTypes are stated, because the machine's own table may lack or differ in them.
var contentTypes = map[string]string{
	".js":    "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// Assets serves the bundle of script, style, fonts and icon. It holds everything
// in memory and is safe for concurrent use.
type Assets struct {
	hashed map[string]string // logical name -> hashed name
	files  map[string]*asset // by hashed name
}

type asset struct {
	contentType      string
	plain, br, gzipd []byte
}

// LoadAssets reads the bundle that was compiled in. A program compiled without one
// gives Assets that are not Built, and no error; a bundle with a missing file is an error.
func LoadAssets() (*Assets, error) {
	dist, err := fs.Sub(distFiles, "dist")
	if err != nil {
		return nil, err
	}
	return loadAssets(dist)
}

func loadAssets(dist fs.FS) (*Assets, error) {
	a := &Assets{hashed: map[string]string{}, files: map[string]*asset{}}
	text, err := fs.ReadFile(dist, "manifest.json")
	if err != nil {
		return a, nil // the manifest is written last: without it nothing was built
	}
	if err := json.Unmarshal(text, &a.hashed); err != nil {
		return nil, fmt.Errorf("web: the bundle's manifest: %w", err)
	}
	for logical, name := range a.hashed {
		file, err := readAsset(dist, name)
		if err != nil {
			return nil, fmt.Errorf("web: %s of the bundle: %w", logical, err)
		}
		a.files[name] = file
	}
	return a, nil
}

func readAsset(dist fs.FS, name string) (*asset, error) {
	contentType, ok := contentTypes[path.Ext(name)]
	if !ok {
		return nil, fmt.Errorf("no content type for %s", name)
	}
	plain, err := fs.ReadFile(dist, name)
	if err != nil {
		return nil, err
	}
	file := &asset{contentType: contentType, plain: plain}
	if path.Ext(name) == ".woff2" {
		return file, nil // compressed by its own format
	}
	if file.br, err = fs.ReadFile(dist, name+".br"); err != nil {
		return nil, err
	}
	if file.gzipd, err = fs.ReadFile(dist, name+".gz"); err != nil {
		return nil, err
	}
	return file, nil
}

// Built reports whether the program was compiled with a bundle.
func (a *Assets) Built() bool { return len(a.files) > 0 }

// Path is the address of a file by its logical name, such as "app.css", or "" if
// the bundle does not have it or was not built.
func (a *Assets) Path(logical string) string {
	name, ok := a.hashed[logical]
	if !ok {
		return ""
	}
	return AssetsPrefix + name
}

// ServeHTTP answers GET and HEAD for the hashed names below AssetsPrefix, in the
// smallest encoding that the client accepts.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok := a.files[strings.TrimPrefix(r.URL.Path, AssetsPrefix)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	header := w.Header()
	header.Set("Content-Type", file.contentType)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	body := file.plain
	if file.br != nil {
		header.Set("Vary", "Accept-Encoding")
		switch accepted := r.Header.Values("Accept-Encoding"); {
		case accepts(accepted, "br"):
			header.Set("Content-Encoding", "br")
			body = file.br
		case accepts(accepted, "gzip"):
			header.Set("Content-Encoding", "gzip")
			body = file.gzipd
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	// A client that went away is no fault of ours, and there is nobody to tell.
	_, _ = w.Write(body)
}

// accepts reports whether the header names the coding with a weight above zero
// (RFC 9110, section 12.5.3). The wildcard is not honoured: plain text is never wrong.
func accepts(header []string, coding string) bool {
	for value := range strings.SplitSeq(strings.Join(header, ","), ",") {
		name, params, err := mime.ParseMediaType(strings.TrimSpace(value))
		if err != nil || name != coding {
			continue
		}
		weight, err := strconv.ParseFloat(params["q"], 64)
		return params["q"] == "" || err == nil && weight > 0
	}
	return false
}
