package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/andybalholm/brotli"
)

// budgets are the most brotli bytes that a page may cost: the style and the
// scripts of the first page, and what the grid's page has on top, script and
// style together.
const (
	styleBudget  = 35_000
	scriptBudget = 230_000
	gridBudget   = 12_000
)

// unsent is the script that the program runs itself: no reader waits for it.
const unsent = "paper.js"

// compress writes NAME.br and NAME.gz beside every text file in dist that is sent
// and returns the brotli size by name. A woff2 font is compressed already and left alone.
func compress(dist string) (map[string]int, error) {
	entries, err := os.ReadDir(dist)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int{}
	for _, entry := range entries {
		name := entry.Name()
		if name == unsent || !slices.Contains([]string{".js", ".css", ".svg"}, filepath.Ext(name)) {
			continue
		}
		path := filepath.Join(dist, name)
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		br, gz, err := compressed(text)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(path+".br", br, 0o644); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path+".gz", gz, 0o644); err != nil {
			return nil, err
		}
		sizes[name] = len(br)
	}
	return sizes, nil
}

func compressed(text []byte) (br, gz []byte, err error) {
	var b, g bytes.Buffer
	bw := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := bw.Write(text); err != nil {
		return nil, nil, err
	}
	if err := bw.Close(); err != nil {
		return nil, nil, err
	}
	gw, err := gzip.NewWriterLevel(&g, gzip.BestCompression)
	if err != nil {
		return nil, nil, err
	}
	if _, err := gw.Write(text); err != nil {
		return nil, nil, err
	}
	if err := gw.Close(); err != nil {
		return nil, nil, err
	}
	return b.Bytes(), g.Bytes(), nil
}

// report prints the sizes and refuses a bundle over its budget.
func report(manifest map[string]string, sizes map[string]int) error {
	style := sizes[manifest["app.css"]]
	script := 0
	for logical, hashed := range manifest {
		if filepath.Ext(logical) == ".js" && logical != "grid.js" {
			script += sizes[hashed]
		}
	}
	grid := sizes[manifest["grid.js"]] + sizes[manifest["grid.css"]]
	fmt.Printf("bundle: style %d, script %d, grid %d bytes (brotli), %d files\n", style, script, grid, len(manifest))
	if style > styleBudget {
		return fmt.Errorf("the style is %d bytes, more than %d", style, styleBudget)
	}
	if script > scriptBudget {
		return fmt.Errorf("the scripts are %d bytes, more than %d", script, scriptBudget)
	}
	if grid > gridBudget {
		return fmt.Errorf("the grid is %d bytes, more than %d", grid, gridBudget)
	}
	return nil
}
