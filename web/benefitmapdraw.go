package web

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// mapPicture is the benefit map as lines and boxes, in the units of its own frame. It is drawn by the server: a picture that
// needs no script prints as it stands.
type mapPicture struct {
	Width, Height int
	Heads         []mapLine
	Boxes         []mapBox
	// Paths are the connecting lines, as an SVG path says them.
	Paths []string
	// Example tells that a gain in it is invented.
	Example bool
}

// mapBox is one box: an initiative, a change, a gain or a focus.
type mapBox struct {
	X, Y, W, H int
	Lines      []mapLine
	Href       string
	// Title is the whole text, of which the box may show less.
	Title   string
	Adverse bool
}

// mapLine is one line of text; Soft is written lighter.
type mapLine struct {
	X, Y int
	Text string
	Soft bool
}

// The measures of the picture: four columns of boxes, and what room a line of text takes.
const (
	mapColumn  = 216
	mapBetween = 44
	mapPad     = 10
	mapLineH   = 17
	mapGap     = 12
	mapTop     = 30
	mapChars   = 28
	mapMost    = 4
)

// columnAt is where the k-th column begins.
func columnAt(k int) int { return k * (mapColumn + mapBetween) }

// drawMap lays the map out from the top: each gain in a row of its own, a change beside its gains, an initiative beside its
// changes, and the focuses spread over the whole height.
func (r *request) drawMap(items []mapInitiative) mapPicture {
	d := &mapDrawing{y: mapTop}
	for k, key := range []string{"kind.initiative", "field.change", "kind.benefit", "field.focus"} {
		d.Heads = append(d.Heads, mapLine{X: columnAt(k), Y: 16, Text: r.say(key)})
	}
	for _, i := range items {
		d.initiative(r, i)
	}
	d.focuses(r)
	d.Width, d.Height = columnAt(3)+mapColumn, d.y
	return d.mapPicture
}

// mapDrawing is a picture in the making: y is where the next row begins, serving which gains serve a focus.
type mapDrawing struct {
	mapPicture
	y       int
	serving []serving
}

// serving is a gain's box and a focus that it serves.
type serving struct {
	box   int
	focus string
}

// box puts a box of a column into the picture, not yet at its height, and gives its number.
func (d *mapDrawing) box(column int, title, soft, href string, adverse bool) int {
	b := mapBox{X: columnAt(column), W: mapColumn, Href: href, Title: title, Adverse: adverse}
	for _, line := range wrapped(title) {
		b.Lines = append(b.Lines, mapLine{Text: line})
	}
	for _, line := range wrapped(soft) {
		b.Lines = append(b.Lines, mapLine{Text: line, Soft: true})
	}
	b.H = len(b.Lines)*mapLineH + 2*mapPad
	d.Boxes = append(d.Boxes, b)
	return len(d.Boxes) - 1
}

// place sets a box at a height, its lines in it.
func (d *mapDrawing) place(k, y int) {
	b := &d.Boxes[k]
	b.Y = y
	for n := range b.Lines {
		b.Lines[n].X, b.Lines[n].Y = b.X+mapPad, y+mapPad+n*mapLineH+13
	}
}

// beside sets a box beside what stands from a height down to the present row, and makes room where it is the taller.
func (d *mapDrawing) beside(k, from int) {
	h := d.Boxes[k].H
	d.y = max(d.y, from+h+mapGap)
	d.place(k, from+(d.y-mapGap-from-h)/2)
}

// join draws a line from a box's right to another's left.
func (d *mapDrawing) join(from, to int) {
	a, b := &d.Boxes[from], &d.Boxes[to]
	x1, y1, x2, y2 := a.X+a.W, a.Y+a.H/2, b.X, b.Y+b.H/2
	bend := mapBetween / 2
	d.Paths = append(d.Paths, fmt.Sprintf("M%d %d C%d %d %d %d %d %d", x1, y1, x1+bend, y1, x2-bend, y2, x2, y2))
}

func (d *mapDrawing) initiative(r *request, i mapInitiative) {
	top, own := d.y, d.box(0, i.Title, "", i.Href, false)
	var joined []int
	for _, c := range i.Changes {
		from, change := d.y, -1
		if c.Text != "" {
			change = d.box(1, c.Text, "", "", false)
		}
		var gains []int
		for _, b := range c.Benefits {
			size := b.Size
			if b.Adverse {
				size = r.say("benefits.adverse") + ": " + size
			}
			k := d.box(2, b.Title, size, b.Href, b.Adverse)
			d.Example = d.Example || b.Example
			d.place(k, d.y)
			d.y += d.Boxes[k].H + mapGap
			gains = append(gains, k)
			for _, focus := range b.Focus {
				d.serving = append(d.serving, serving{k, focus})
			}
		}
		if change < 0 {
			joined = append(joined, gains...)
			continue
		}
		d.beside(change, from)
		joined = append(joined, change)
		for _, k := range gains {
			d.join(change, k)
		}
	}
	d.beside(own, top)
	for _, k := range joined {
		d.join(own, k)
	}
}

// focuses spreads the focuses that are served over the height of the picture, in the strategy's order.
func (d *mapDrawing) focuses(r *request) {
	var order []string
	if r.p.Strategy != nil {
		order = slices.Clone(r.p.Strategy.Focus)
	}
	for _, s := range d.serving {
		if !slices.Contains(order, s.focus) {
			order = append(order, s.focus)
		}
	}
	boxes, height := map[string]int{}, 0
	for _, focus := range order {
		k := d.box(3, focus, "", "", false)
		boxes[focus] = k
		height += d.Boxes[k].H + mapGap
	}
	d.y = max(d.y, mapTop+height)
	spare := (d.y - mapTop - height) / max(len(order), 1)
	y := mapTop + spare/2
	for _, focus := range order {
		d.place(boxes[focus], y)
		y += d.Boxes[boxes[focus]].H + mapGap + spare
	}
	for _, s := range d.serving {
		d.join(s.box, boxes[s.focus])
	}
}

// wrapped breaks a text into lines that fit a box; what does not fit is cut, and stands whole in the box's title and in the
// list under the picture.
func wrapped(text string) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		for utf8.RuneCountInString(word) > mapChars { // a word that is wider than the box
			head := string([]rune(word)[:mapChars-1]) + "-"
			if line != "" {
				lines, line = append(lines, line), ""
			}
			lines, word = append(lines, head), string([]rune(word)[mapChars-1:])
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= mapChars:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) > mapMost {
		lines = append(lines[:mapMost-1], strings.TrimRight(lines[mapMost-1], " -,.")+" …")
	}
	return lines
}
