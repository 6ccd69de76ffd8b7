package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"slices"
	"strings"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// fine is how many pixels of a picture stand for one of the drawing: a chart 680 wide is 250 dots to the inch on paper.
const fine = 2.5

// painter turns what the charts' script draws into a picture. It knows the part of SVG that the script writes; anything else
// is an error.
type painter struct {
	picture *image.RGBA
	faces   *faces
	byID    map[string]*node
}

// raster paints a drawing on white as a PNG.
func raster(svg string, width, height int, faces *faces) ([]byte, error) {
	var root node
	if err := xml.Unmarshal([]byte(strings.Map(drawable, svg)), &root); err != nil {
		return nil, err
	}
	p := &painter{image.NewRGBA(image.Rect(0, 0, int(float64(width)*fine), int(float64(height)*fine))), faces, map[string]*node{}}
	draw.Draw(p.picture, p.picture.Bounds(), image.White, image.Point{}, draw.Src)
	p.index(&root)
	if err := p.children(&root, rasterx.Identity.Scale(fine, fine), p.picture.Bounds()); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&b, paletted(p.picture)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// drawable puts a mark in the place of a character that XML has none for: the charts' script writes labels as they are, and one
// odd title must not keep a document from being made.
func drawable(c rune) rune {
	if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == '\uFFFE' || c == '\uFFFF' {
		return '\uFFFD'
	}
	return c
}

// paletted keeps a picture of few colours small.
func paletted(from *image.RGBA) image.Image {
	var list color.Palette
	seen := map[color.RGBA]bool{}
	for y := from.Rect.Min.Y; y < from.Rect.Max.Y; y++ {
		for x := from.Rect.Min.X; x < from.Rect.Max.X; x++ {
			c := from.RGBAAt(x, y)
			if seen[c] {
				continue
			}
			if len(list) == 256 {
				return from
			}
			seen[c], list = true, append(list, c)
		}
	}
	to := image.NewPaletted(from.Rect, list)
	draw.Draw(to, to.Rect, from, from.Rect.Min, draw.Src)
	return to
}

func (p *painter) index(n *node) {
	if id := n.attr("id"); id != "" {
		p.byID[id] = n
	}
	for _, c := range n.Children {
		p.index(c)
	}
}

// referred finds what "url(#id)" names.
func (p *painter) referred(text string) (*node, error) {
	id := strings.TrimSuffix(strings.TrimPrefix(text, "url(#"), ")")
	if n := p.byID[id]; n != nil {
		return n, nil
	}
	return nil, fmt.Errorf("nothing is called %q", text)
}

func (p *painter) children(n *node, m rasterx.Matrix2D, clip image.Rectangle) error {
	for _, c := range n.Children {
		if err := p.element(c, m, clip); err != nil {
			return err
		}
	}
	return nil
}

func (p *painter) element(n *node, m rasterx.Matrix2D, clip image.Rectangle) error {
	m, err := transform(m, n.attr("transform"))
	if err != nil {
		return err
	}
	switch n.XMLName.Local {
	case "defs", "style", "title", "desc":
		return nil
	case "g":
		if ref := n.attr("clip-path"); ref != "" {
			of, err := p.referred(ref)
			if err != nil {
				return err
			}
			box, err := bounds(of, m)
			if err != nil {
				return err
			}
			clip = clip.Intersect(box)
		}
		return p.children(n, m, clip)
	case "text":
		return p.text(n, m)
	case "path", "rect", "polygon", "polyline", "circle", "line":
		return p.shape(n, m, clip)
	}
	return fmt.Errorf("a %s is not painted", n.XMLName.Local)
}

// outline draws a shape's edge.
func outline(n *node, to rasterx.Adder) error {
	switch n.XMLName.Local {
	case "path":
		return follow(n.attr("d"), to)
	case "polygon", "polyline":
		end := ""
		if n.XMLName.Local == "polygon" {
			end = "Z"
		}
		return follow("M"+n.attr("points")+end, to)
	}
	v := map[string]float64{}
	for _, name := range []string{"x", "y", "width", "height", "cx", "cy", "r", "x1", "y1", "x2", "y2"} {
		var err error
		if v[name], err = n.number(name, 0); err != nil {
			return err
		}
	}
	switch n.XMLName.Local {
	case "rect":
		rasterx.AddRect(v["x"], v["y"], v["x"]+v["width"], v["y"]+v["height"], 0, to)
	case "circle":
		rasterx.AddCircle(v["cx"], v["cy"], v["r"], to)
	case "line":
		to.Start(rasterx.ToFixedP(v["x1"], v["y1"]))
		to.Line(rasterx.ToFixedP(v["x2"], v["y2"]))
		to.Stop(false)
	}
	return nil
}

// bounds is the rectangle that a clip's shapes fill: the charts clip by rectangles alone.
func bounds(of *node, m rasterx.Matrix2D) (image.Rectangle, error) {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, c := range of.Children {
		points := &corners{}
		if err := outline(c, points); err != nil {
			return image.Rectangle{}, err
		}
		for _, at := range points.list {
			x, y := m.Transform(float64(at.X)/64, float64(at.Y)/64)
			low, high = [2]float64{min(low[0], x), min(low[1], y)}, [2]float64{max(high[0], x), max(high[1], y)}
		}
	}
	if low[0] > high[0] {
		return image.Rectangle{}, nil
	}
	return image.Rect(int(math.Floor(low[0])), int(math.Floor(low[1])), int(math.Ceil(high[0])), int(math.Ceil(high[1]))), nil
}

// corners gathers the points of a path.
type corners struct{ list []fixed.Point26_6 }

func (c *corners) Start(a fixed.Point26_6)            { c.list = append(c.list, a) }
func (c *corners) Line(b fixed.Point26_6)             { c.list = append(c.list, b) }
func (c *corners) QuadBezier(b, d fixed.Point26_6)    { c.list = append(c.list, b, d) }
func (c *corners) CubeBezier(b, d, e fixed.Point26_6) { c.list = append(c.list, b, d, e) }
func (c *corners) Stop(bool)                          {}

func (p *painter) text(n *node, m rasterx.Matrix2D) error {
	if m.B != 0 || m.C != 0 {
		return fmt.Errorf("a turned text is not painted: %q", n.Text)
	}
	x, err := n.number("x", 0)
	if err != nil {
		return err
	}
	y, err := n.number("y", 0)
	if err != nil {
		return err
	}
	size := &node{Attrs: []xml.Attr{{Name: xml.Name{Local: "size"}, Value: n.style("font-size")}}}
	high, err := size.number("size", 12)
	if err != nil {
		return err
	}
	c, ok, err := colour(n.attr("fill"), 1)
	if err != nil || !ok {
		return err
	}
	x, y = m.Transform(x, y)
	return p.faces.letter(p.picture, lettering{
		text: n.Text, anchor: n.attr("text-anchor"), baseline: n.attr("dominant-baseline"), x: x, y: y, size: high * m.A, colour: c,
		bold: slices.Contains([]string{"bold", "bolder", "600", "700"}, n.style("font-weight")),
	})
}
