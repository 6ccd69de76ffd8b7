package paper

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/srwiley/rasterx"
)

var pathTokens = regexp.MustCompile(`[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?`)

// arguments is how many numbers each command of a path takes.
var arguments = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 'q': 4, 'a': 7, 'z': 0}

// follow draws a path's commands. What is not known is an error: a line left out would be a wrong picture.
func follow(d string, to rasterx.Adder) error {
	p := &pen{to: to}
	tokens := pathTokens.FindAllString(d, -1)
	for k := 0; k < len(tokens); {
		command := tokens[k][0]
		lower := command | 0x20
		n, known := arguments[lower]
		if !known || len(tokens[k]) > 1 {
			return fmt.Errorf("path %q at %q", d, tokens[k])
		}
		k++
		for first := true; first || (n > 0 && k < len(tokens) && arguments[tokens[k][0]|0x20] == 0 && !letter(tokens[k])); first = false {
			if k+n > len(tokens) {
				return fmt.Errorf("path %q ends early", d)
			}
			v := make([]float64, n)
			for i := range v {
				var err error
				if v[i], err = strconv.ParseFloat(tokens[k+i], 64); err != nil {
					return fmt.Errorf("path %q: %w", d, err)
				}
			}
			k += n
			p.step(lower, command == lower, v)
			if lower == 'm' {
				lower = 'l' // further points of a move are lines
			}
		}
	}
	p.to.Stop(false)
	return nil
}

func letter(token string) bool { return token[0] >= 'A' }

// pen is where a path has come to.
type pen struct {
	to             rasterx.Adder
	x, y           float64
	startX, startY float64
	drawing        bool
}

func (p *pen) step(command byte, relative bool, v []float64) {
	if relative && command != 'a' {
		for i := range v {
			if command == 'v' || (command != 'h' && i%2 == 1) {
				v[i] += p.y
			} else {
				v[i] += p.x
			}
		}
	}
	switch command {
	case 'm':
		if p.drawing {
			p.to.Stop(false)
		}
		p.startX, p.startY, p.drawing = v[0], v[1], true
		p.to.Start(rasterx.ToFixedP(v[0], v[1]))
		p.x, p.y = v[0], v[1]
	case 'h':
		p.line(v[0], p.y)
	case 'v':
		p.line(p.x, v[0])
	case 'l':
		p.line(v[0], v[1])
	case 'c':
		p.to.CubeBezier(rasterx.ToFixedP(v[0], v[1]), rasterx.ToFixedP(v[2], v[3]), rasterx.ToFixedP(v[4], v[5]))
		p.x, p.y = v[4], v[5]
	case 'q':
		p.to.QuadBezier(rasterx.ToFixedP(v[0], v[1]), rasterx.ToFixedP(v[2], v[3]))
		p.x, p.y = v[2], v[3]
	case 'a':
		if relative {
			v[5], v[6] = v[5]+p.x, v[6]+p.y
		}
		turn := v[2] * math.Pi / 180
		cx, cy := rasterx.FindEllipseCenter(&v[0], &v[1], turn, p.x, p.y, v[5], v[6], v[4] == 0, v[3] == 0)
		p.x, p.y = rasterx.AddArc(v, cx, cy, p.x, p.y, p.to)
	case 'z':
		p.to.Stop(true)
		p.x, p.y, p.drawing = p.startX, p.startY, false
	}
}

func (p *pen) line(x, y float64) {
	p.to.Line(rasterx.ToFixedP(x, y))
	p.x, p.y = x, y
}
