// Command bundle builds web/dist: script and style from web/assets with the
// npm packages they use, under hashed names, compressed beforehand, and a
// manifest that maps each logical name to its hashed one.
//
//	cd web/bundle && go run . ..
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: bundle WEB_DIRECTORY")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(web string) error {
	web, err := filepath.Abs(web)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(web, "node_modules", "echarts")); err != nil {
		return fmt.Errorf("the npm packages are missing; run: npm ci --ignore-scripts (in web/)")
	}
	dist := filepath.Join(web, "dist")
	if err := empty(dist); err != nil {
		return err
	}
	manifest, err := build(web, dist)
	if err != nil {
		return err
	}
	sizes, err := compress(dist)
	if err != nil {
		return err
	}
	if err := writeManifest(dist, manifest); err != nil {
		return err
	}
	return report(manifest, sizes)
}

// build runs esbuild and returns logical name -> hashed name. The charts come
// first, in a file of their own: the rest fetches it by its hashed name, which a
// single run could only do with a third file shared by both.
func build(web, dist string) (map[string]string, error) {
	names, err := bundle(web, dist, served, nil, api.EntryPoint{InputPath: "assets/charts.js", OutputPath: "charts"})
	if err != nil {
		return nil, err
	}
	if _, err := bundle(web, dist, own, nil, api.EntryPoint{InputPath: "assets/paper.js", OutputPath: "paper"}); err != nil {
		return nil, err
	}
	rest, err := bundle(
		web, dist, served,
		[]api.Plugin{designSystem(web), timelineColumns(), favicon(), builtCharts(names["charts.js"])},
		api.EntryPoint{InputPath: "assets/app.js", OutputPath: "app"},
		api.EntryPoint{InputPath: "assets/app.css", OutputPath: "app"},
		api.EntryPoint{InputPath: "assets/grid.js", OutputPath: "grid"},
		api.EntryPoint{InputPath: "assets/css/grid.css", OutputPath: "grid"},
		api.EntryPoint{InputPath: "assets/favicon.svg", OutputPath: "favicon"},
	)
	if err != nil {
		return nil, err
	}
	maps.Copy(names, rest)
	return names, nil
}

// output is how a bundle is written.
type output struct {
	format api.Format
	names  string
}

var (
	// served goes to browsers, which keep a hashed name for ever.
	served = output{api.FormatESModule, "[name]-[hash]"}
	// own is run by the program itself, in an engine that knows no modules; it is sent to nobody.
	own = output{api.FormatIIFE, "[name]"}
)

func (o output) hashed() bool { return o.names != "[name]" }

// bundle writes the entries' bundles to dist; those under hashed names are found by what it returns.
func bundle(web, dist string, as output, plugins []api.Plugin, entries ...api.EntryPoint) (map[string]string, error) {
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:       web,
		EntryPointsAdvanced: entries,
		Outdir:              dist,
		EntryNames:          as.names,
		AssetNames:          "[name]-[hash]",
		Bundle:              true,
		Format:              as.format,
		Target:              api.ES2022,
		Engines: []api.Engine{
			{Name: api.EngineChrome, Version: "110"},
			{Name: api.EngineFirefox, Version: "115"},
			{Name: api.EngineSafari, Version: "16"},
		},
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		// The packages' licences stay with what is delivered.
		LegalComments: api.LegalCommentsEndOfFile,
		Define:        map[string]string{"process.env.NODE_ENV": `"production"`},
		Loader:        map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderDataURL},
		Plugins:       plugins,
		Metafile:      true,
		Write:         true,
		LogLevel:      api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("esbuild: %d errors", len(result.Errors))
	}
	if !as.hashed() {
		return nil, nil
	}
	return logicalNames(result.Metafile)
}

// builtCharts resolves the import of the charts to their finished bundle.
func builtCharts(hashed string) api.Plugin {
	return api.Plugin{Name: "charts", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `^\./charts\.js$`}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: "./" + hashed, External: true}, nil
		})
	}}
}

// logicalNames strips the hash off every output: "app-ABCD1234.js" is asked for
// as "app.js".
func logicalNames(metafile string) (map[string]string, error) {
	var meta struct {
		Outputs map[string]json.RawMessage `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, err
	}
	names := map[string]string{}
	for output := range meta.Outputs {
		hashed := filepath.Base(output)
		ext := filepath.Ext(hashed)
		dash := strings.LastIndexByte(hashed, '-')
		if dash < 0 {
			return nil, fmt.Errorf("output %s carries no hash", hashed)
		}
		logical := hashed[:dash] + ext
		if other, taken := names[logical]; taken {
			return nil, fmt.Errorf("%s and %s share the logical name %s", other, hashed, logical)
		}
		names[logical] = hashed
	}
	return names, nil
}

// favicon copies the icon as a file: every other SVG is inlined into the style.
func favicon() api.Plugin {
	return api.Plugin{Name: "favicon", Setup: func(b api.PluginBuild) {
		b.OnLoad(api.OnLoadOptions{Filter: `favicon\.svg$`}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text, err := os.ReadFile(a.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			contents := string(text)
			return api.OnLoadResult{Contents: &contents, Loader: api.LoaderCopy}, nil
		})
	}}
}

// empty clears dist but keeps the placeholder that lets the program compile
// before the bundle has been built.
func empty(dist string) error {
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(dist)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Name() == ".gitkeep" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dist, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// writeManifest comes last, so that a bundle that failed halfway counts as not built.
func writeManifest(dist string, names map[string]string) error {
	text, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "manifest.json"), append(text, '\n'), 0o644)
}
