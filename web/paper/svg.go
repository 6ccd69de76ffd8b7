package paper

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"github.com/srwiley/rasterx"
)

// node is an element of the drawing.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []*node    `xml:",any"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number reads an attribute's number; missing is otherwise.
func (n *node) number(name string, otherwise float64) (float64, error) {
	text := strings.TrimSuffix(n.attr(name), "px")
	if text == "" {
		return otherwise, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("%s %q of a %s", name, text, n.XMLName.Local)
	}
	return v, nil
}

// style reads one property of an element's style.
func (n *node) style(name string) string {
	for one := range strings.SplitSeq(n.attr("style"), ";") {
		if key, value, ok := strings.Cut(one, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// numbers reads a list such as "0,1.5 -2".
func numbers(text string) ([]float64, error) {
	var list []float64
	for _, one := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ' ' || c == '\n' }) {
		v, err := strconv.ParseFloat(one, 64)
		if err != nil {
			return nil, fmt.Errorf("number %q", one)
		}
		list = append(list, v)
	}
	return list, nil
}

// transform reads an element's transform and puts it behind the one that it stands in.
func transform(m rasterx.Matrix2D, text string) (rasterx.Matrix2D, error) {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		name, rest, _ := strings.Cut(text, "(")
		inner, after, closed := strings.Cut(rest, ")")
		v, err := numbers(inner)
		if err != nil || !closed || len(v) == 0 {
			return m, fmt.Errorf("transform %q", text)
		}
		switch {
		case name == "translate":
			m = m.Translate(v[0], append(v, 0)[1])
		case name == "scale":
			m = m.Scale(v[0], append(v, v[0])[1])
		case name == "rotate" && len(v) == 1:
			m = m.Rotate(v[0] * math.Pi / 180)
		case name == "matrix" && len(v) == 6:
			m = m.Mult(rasterx.Matrix2D{A: v[0], B: v[1], C: v[2], D: v[3], E: v[4], F: v[5]})
		default:
			return m, fmt.Errorf("transform %q", text)
		}
		text = after
	}
	return m, nil
}

// colour reads a colour as the charts' script writes it; opacity is laid on it. ok is false where nothing is painted.
func colour(text string, opacity float64) (c color.NRGBA, ok bool, err error) {
	switch {
	case text == "" || text == "none" || text == "transparent":
		return c, false, nil
	case strings.HasPrefix(text, "#") && (len(text) == 7 || len(text) == 4):
		digits := text[1:]
		if len(digits) == 3 {
			digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
		}
		v, err := strconv.ParseUint(digits, 16, 32)
		if err != nil {
			return c, false, fmt.Errorf("colour %q", text)
		}
		c = color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
	case strings.HasPrefix(text, "rgb"):
		_, inner, _ := strings.Cut(strings.TrimSuffix(text, ")"), "(")
		v, err := numbers(inner)
		if err != nil || len(v) < 3 {
			return c, false, fmt.Errorf("colour %q", text)
		}
		opacity *= append(v, 1)[3]
		c = color.NRGBA{uint8(v[0]), uint8(v[1]), uint8(v[2]), 255}
	default:
		return c, false, fmt.Errorf("colour %q", text)
	}
	c.A = uint8(math.Round(255 * min(max(opacity, 0), 1)))
	return c, c.A > 0, nil
}
