// Package paper draws charts where there is no browser: a Word document wants pictures. The charts' own option is drawn by the
// charts' own script, in an engine inside the program; what it gives is turned into a PNG.
//
// The engine is started when pictures are asked for and let go when they are made: between documents it costs nothing.
package paper

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// Chart is a chart to be drawn, in the pixels of a page.
type Chart struct {
	Option        json.RawMessage
	Width, Height int
}

// drawn bounds how long the charts of one document may take; they take a fraction of a second.
const drawn = 20 * time.Second

// one lets a single engine run at a time: it holds about 40 MB.
var one sync.Mutex

// Pictures draws the charts as PNG files, in their order. script is the bundle's paper.js, lang "da" or "en".
func Pictures(script []byte, lang string, charts []Chart) ([][]byte, error) {
	one.Lock()
	defer one.Unlock()
	faces, err := newFaces()
	if err != nil {
		return nil, err
	}
	svg, err := engine(script, lang, faces)
	if err != nil {
		return nil, fmt.Errorf("start the charts' engine: %w", err)
	}
	list := make([][]byte, len(charts))
	for k, c := range charts {
		text, err := svg(c)
		if err != nil {
			return nil, fmt.Errorf("draw chart %d: %w", k+1, err)
		}
		if list[k], err = raster(text, c.Width, c.Height, faces); err != nil {
			return nil, fmt.Errorf("paint chart %d: %w", k+1, err)
		}
	}
	return list, nil
}

// engine starts the script and gives what draws a chart as SVG.
func engine(script []byte, lang string, faces *faces) (func(Chart) (string, error), error) {
	vm := goja.New()
	stop := time.AfterFunc(drawn, func() { vm.Interrupt("the charts took too long") })
	defer stop.Stop()
	if _, err := vm.RunScript("paper.js", string(script)); err != nil {
		return nil, err
	}
	var own struct {
		Measure func(func(text string, size float64, bold bool) float64) error
		Svg     func(option, locale string, width, height int) (string, error) `json:"svg"`
	}
	vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
	if err := vm.ExportTo(vm.Get("gevinstPaper"), &own); err != nil {
		return nil, err
	}
	if err := own.Measure(faces.width); err != nil {
		return nil, err
	}
	locale := map[string]string{"da": "da-DK", "en": "en-GB"}[lang]
	return func(c Chart) (string, error) {
		stop := time.AfterFunc(drawn, func() { vm.Interrupt("the charts took too long") })
		defer stop.Stop()
		return own.Svg(string(c.Option), locale, c.Width, c.Height)
	}, nil
}
