package paper

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// faces are the fonts that charts are lettered in: the same that texts are measured with, so that labels stand where they should.
type faces struct {
	regular, bold *opentype.Font
	made          map[faceKey]font.Face
}

type faceKey struct {
	size float64
	bold bool
}

func newFaces() (*faces, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the charts' font: %w", err)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, fmt.Errorf("read the charts' font: %w", err)
	}
	return &faces{regular, bold, map[faceKey]font.Face{}}, nil
}

func (f *faces) face(size float64, bold bool) (font.Face, error) {
	key := faceKey{size, bold}
	if face := f.made[key]; face != nil {
		return face, nil
	}
	of := f.regular
	if bold {
		of = f.bold
	}
	face, err := opentype.NewFace(of, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	f.made[key] = face
	return face, nil
}

// width is how wide a text is, in pixels; 0 for a size that no font has.
func (f *faces) width(text string, size float64, bold bool) float64 {
	face, err := f.face(size, bold)
	if err != nil {
		return 0
	}
	return float64(font.MeasureString(face, text)) / 64
}

// lettering is a text in a picture: x and y are its anchor, in the picture's own pixels.
type lettering struct {
	text, anchor, baseline string
	x, y, size             float64
	bold                   bool
	colour                 color.Color
}

func (f *faces) letter(to draw.Image, l lettering) error {
	face, err := f.face(l.size, l.bold)
	if err != nil {
		return err
	}
	width, m := float64(font.MeasureString(face, l.text))/64, face.Metrics()
	switch l.anchor {
	case "middle":
		l.x -= width / 2
	case "end":
		l.x -= width
	}
	switch l.baseline {
	case "central", "middle":
		l.y += float64(m.CapHeight) / 64 / 2
	case "hanging", "text-before-edge":
		l.y += float64(m.Ascent) / 64
	}
	d := font.Drawer{Dst: to, Src: image.NewUniform(l.colour), Face: face, Dot: fixed.Point26_6{X: fixed.Int26_6(l.x * 64), Y: fixed.Int26_6(l.y * 64)}}
	d.DrawString(l.text)
	return nil
}
