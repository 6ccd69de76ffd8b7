package paper

import (
	"image"
	"image/color"
	"math"
	"strings"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// shape fills and strokes.
func (p *painter) shape(n *node, m rasterx.Matrix2D, clip image.Rectangle) error {
	if clip.Empty() {
		return nil
	}
	whole, err := n.number("opacity", 1)
	if err != nil {
		return err
	}
	if err := p.fill(n, m, clip, whole); err != nil {
		return err
	}
	return p.stroke(n, m, clip, whole)
}

func (p *painter) fill(n *node, m rasterx.Matrix2D, clip image.Rectangle, whole float64) error {
	opacity, err := n.number("fill-opacity", 1)
	if err != nil {
		return err
	}
	var paint any
	if text := n.attr("fill"); strings.HasPrefix(text, "url(") {
		if paint, err = p.pattern(text, m); err != nil {
			return err
		}
	} else {
		c, ok, err := colour(text, opacity*whole)
		if err != nil || !ok {
			return err
		}
		paint = c
	}
	f := rasterx.NewFiller(p.picture.Rect.Dx(), p.picture.Rect.Dy(), newScanner(p.picture, clip))
	f.SetColor(paint)
	if err := outline(n, &rasterx.MatrixAdder{Adder: f, M: m}); err != nil {
		return err
	}
	f.Draw()
	return nil
}

func (p *painter) stroke(n *node, m rasterx.Matrix2D, clip image.Rectangle, whole float64) error {
	opacity, err := n.number("stroke-opacity", 1)
	if err != nil {
		return err
	}
	c, ok, err := colour(n.attr("stroke"), opacity*whole)
	if err != nil || !ok {
		return err
	}
	width, err := n.number("stroke-width", 1)
	if err != nil || width == 0 {
		return err
	}
	dashes, err := numbers(n.attr("stroke-dasharray"))
	if err != nil {
		return err
	}
	scale := math.Hypot(m.A, m.B)
	for k := range dashes {
		dashes[k] *= scale
	}
	d := rasterx.NewDasher(p.picture.Rect.Dx(), p.picture.Rect.Dy(), newScanner(p.picture, clip))
	d.SetStroke(fixed.Int26_6(width*scale*64), 4<<6, rasterx.ButtCap, nil, rasterx.FlatGap, rasterx.Miter, dashes, 0)
	d.SetColor(c)
	if err := outline(n, &rasterx.MatrixAdder{Adder: d, M: m}); err != nil {
		return err
	}
	d.Draw()
	return nil
}

// tileSize is how many pixels of a pattern's tile stand for one of the drawing.
const tileSize = 8

// pattern paints a pattern's tile and gives the colour that it has at each pixel of the picture.
func (p *painter) pattern(ref string, m rasterx.Matrix2D) (rasterx.ColorFunc, error) {
	n, err := p.referred(ref)
	if err != nil {
		return nil, err
	}
	wide, err := n.number("width", 0)
	if err != nil {
		return nil, err
	}
	high, err := n.number("height", 0)
	if err != nil {
		return nil, err
	}
	tile := &painter{image.NewRGBA(image.Rect(0, 0, int(math.Ceil(wide*tileSize)), int(math.Ceil(high*tileSize)))), p.faces, p.byID}
	if err := tile.children(n, rasterx.Identity.Scale(tileSize, tileSize), tile.picture.Rect); err != nil {
		return nil, err
	}
	m, err = transform(m, n.attr("patternTransform"))
	if err != nil {
		return nil, err
	}
	back := m.Invert()
	return func(x, y int) color.Color {
		u, v := back.Transform(float64(x)+0.5, float64(y)+0.5)
		u, v = math.Mod(math.Mod(u, wide)+wide, wide), math.Mod(math.Mod(v, high)+high, high)
		return tile.picture.RGBAAt(int(u*tileSize), int(v*tileSize))
	}, nil
}
