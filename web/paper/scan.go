package paper

import (
	"image"
	"image/color"
	"image/draw"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scanner fills what is drawn within its own extent: rasterx's scanner goes over the whole picture for each small bar.
type scanner struct {
	to    draw.Image
	clip  image.Rectangle
	lines []stroke
	min   fixed.Point26_6
	max   fixed.Point26_6
	paint image.Image
}

// stroke is a point of an edge; move begins a new one.
type stroke struct {
	at   fixed.Point26_6
	move bool
}

func newScanner(to draw.Image, clip image.Rectangle) *scanner { return &scanner{to: to, clip: clip} }

func (s *scanner) add(at fixed.Point26_6, move bool) {
	if len(s.lines) == 0 {
		s.min, s.max = at, at
	}
	s.min = fixed.Point26_6{X: min(s.min.X, at.X), Y: min(s.min.Y, at.Y)}
	s.max = fixed.Point26_6{X: max(s.max.X, at.X), Y: max(s.max.Y, at.Y)}
	s.lines = append(s.lines, stroke{at, move})
}

func (s *scanner) Start(a fixed.Point26_6) { s.add(a, true) }
func (s *scanner) Line(b fixed.Point26_6)  { s.add(b, false) }

// Draw paints what has been gathered.
func (s *scanner) Draw() {
	box := image.Rect(s.min.X.Floor(), s.min.Y.Floor(), s.max.X.Ceil(), s.max.Y.Ceil()).Intersect(s.clip)
	if box.Empty() || len(s.lines) == 0 {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, l := range s.lines {
		x, y := float32(l.at.X)/64-float32(box.Min.X), float32(l.at.Y)/64-float32(box.Min.Y)
		if l.move {
			r.MoveTo(x, y)
			continue
		}
		r.LineTo(x, y)
	}
	r.Draw(s.to, box, s.paint, box.Min)
	s.Clear()
}

func (s *scanner) Clear()                    { s.lines = s.lines[:0] }
func (s *scanner) SetClip(r image.Rectangle) { s.clip = r }
func (s *scanner) SetBounds(int, int)        {}
func (s *scanner) SetWinding(bool)           {}
func (s *scanner) GetPathExtent() fixed.Rectangle26_6 {
	return fixed.Rectangle26_6{Min: s.min, Max: s.max}
}

// SetColor takes a colour, or a function of the place as patterns are.
func (s *scanner) SetColor(c any) {
	switch c := c.(type) {
	case rasterx.ColorFunc:
		s.paint = sampled{c}
	case color.Color:
		s.paint = image.NewUniform(c)
	}
}

// sampled is a picture without an end, painted by a function.
type sampled struct{ at rasterx.ColorFunc }

func (sampled) ColorModel() color.Model   { return color.RGBAModel }
func (sampled) Bounds() image.Rectangle   { return image.Rect(-1e9, -1e9, 1e9, 1e9) }
func (s sampled) At(x, y int) color.Color { return s.at(x, y) }
