package chart

import (
	"encoding/json"
	"math"
)

// The colours, which the style sheet repeats as tokens. Contrast against white
// is in brackets: text needs 4.5, the edge of a shape 3.
const (
	Ink         = "#1a1a1a" // text, plan, requirement [17.4]
	Muted       = "#565c63" // axis labels, full-year bars' edge [6.8]
	Rule        = "#d8dce0" // grid lines
	Paper       = "#ffffff" // ground
	Shade       = "#f3f5f7" // months to come
	Accent      = "#004d8f" // confirmed, and the edge of claimed and expected [8.5]
	AccentLight = "#9cc0e0" // claimed
	Neutral     = "#e3e7eb" // levels
	Bad         = "#a4161a" // what is missing [7.9]
	BadLight    = "#fcefee"
	Good        = "#1e6b3a" // a surplus [6.5]
	GoodLight   = "#eaf5ee"
)

// look names a way to draw a shape. On a series it travels as the colour of its
// item style and is replaced by the whole style afterwards, since the library's
// types know neither hatching nor dashed edges.
type look string

const (
	confirmed look = "@look:confirmed"
	claimed   look = "@look:claimed"
	expected  look = "@look:expected"
	plan      look = "@look:plan"
	level     look = "@look:level"
	fullYear  look = "@look:fullyear"
	gap       look = "@look:gap"
	surplus   look = "@look:surplus"
	shared    look = "@look:shared"
	unseen    look = "@look:unseen"
)

// hatch is the pattern of a forecast: thin lines rising to the right.
func hatch(colour string) map[string]any {
	return map[string]any{
		"symbol": "rect", "color": colour, "rotation": -math.Pi / 4,
		"dashArrayX": []int{1, 0}, "dashArrayY": []int{2, 4},
	}
}

// falling is the pattern of what two programmes share: lines the other way than a forecast's.
func falling(colour string) map[string]any {
	pattern := hatch(colour)
	pattern["rotation"] = math.Pi / 4
	return pattern
}

// looks says how each look is drawn. Black and white keep them apart: dark,
// light, hatched one way or the other, outlined, dashed.
var looks = map[look]map[string]any{
	confirmed: {"color": Accent, "borderColor": Accent, "borderWidth": 1},
	claimed:   {"color": AccentLight, "borderColor": Accent, "borderWidth": 1},
	expected:  {"color": Paper, "borderColor": Accent, "borderWidth": 1, "decal": hatch(Accent)},
	plan:      {"color": Paper, "borderColor": Ink, "borderWidth": 1.5},
	level:     {"color": Neutral, "borderColor": Ink, "borderWidth": 1.5},
	fullYear:  {"color": Neutral, "borderColor": Muted, "borderWidth": 1},
	gap:       {"color": BadLight, "borderColor": Bad, "borderWidth": 2, "borderType": "dashed"},
	surplus:   {"color": GoodLight, "borderColor": Good, "borderWidth": 2},
	shared:    {"color": Paper, "borderColor": Ink, "borderWidth": 1.5, "decal": falling(Ink)},
	unseen:    {"color": "transparent", "borderWidth": 0},
}

// worn is a look in the option.
type worn struct {
	ItemStyle json.RawMessage `json:"itemStyle,omitempty"`
	Silent    bool            `json:"silent,omitempty"`
	Tooltip   json.RawMessage `json:"tooltip,omitempty"`
}

// wardrobe holds every look, written once.
var wardrobe = func() map[look]worn {
	all := make(map[look]worn, len(looks))
	for l, style := range looks {
		all[l] = worn{ItemStyle: marshal(style)}
	}
	// What only holds another bar up is neither pointed at nor spoken of.
	all[unseen] = worn{ItemStyle: all[unseen].ItemStyle, Silent: true, Tooltip: json.RawMessage(`{"show":false}`)}
	return all
}()
