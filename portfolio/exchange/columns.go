package exchange

import (
	"strconv"
	"strings"

	"gevinst/portfolio"
)

// The columns of a catalogue file, by the names that our own files give them.
const (
	colNo        = "no"
	colPage      = "page"
	colTitle     = "title"
	colArea      = "area"
	colOrigin    = "origin"
	colMandatory = "mandatory"
	colTypes     = "types"
	colIdea      = "idea"
)

var catalogueColumns = []string{colNo, colPage, colTitle, colArea, colOrigin, colMandatory, colTypes, colIdea}

// required are the columns without which a row does not say what it is about.
var required = []string{colNo, colTitle, colArea}

// headers is what else a file may call a column; as plainWord has them.
var headers = map[string]string{
	"nr": colNo, "nummer": colNo, "løbenr": colNo, "løbenummer": colNo, "number": colNo,
	"side": colPage, "titel": colTitle, "område": colArea, "omraade": colArea, "fagområde": colArea, "fagomraade": colArea,
	"ophav": colOrigin, "skalopgave": colMandatory, "gevinsttyper": colTypes, "gevinsttype": colTypes, "benefittypes": colTypes,
	"idébeskrivelse": colIdea, "idebeskrivelse": colIdea, "idé": colIdea, "ide": colIdea, "ideadescription": colIdea,
}

// told are columns that our own files have and that an import leaves alone: they tell of decisions and of sources.
var told = map[string]bool{
	"id": true, "state": true, "period": true, "prioritisedby": true, "prioritisedat": true, "decision": true,
	"example": true, "source": true,
}

// columnOf finds the column that a header names; "" is one that is left alone.
func columnOf(header string) (column string, known bool) {
	plain := plainWord(formula(header))
	if c, ok := headers[plain]; ok {
		return c, true
	}
	for _, c := range catalogueColumns {
		if c == plain {
			return c, true
		}
	}
	return "", told[plain]
}

// readHeader gives the column of each cell of the header, and which cell each column is.
func (s *sheet) readHeader(bad *FileError) (at map[string]int) {
	at = map[string]int{}
	for i, name := range s.header {
		column, known := columnOf(name)
		switch first, twice := at[column]; {
		case !known && s.otherwiseHeader(name) != 0:
			other := s.otherwiseHeader(name)
			bad.add(RowError{Row: 1, Column: shown(name), Code: "import.header_separator", Args: []any{nameOf(s.comma), nameOf(other)}})
		case !known && empty(name):
			bad.add(RowError{Row: 1, Code: "import.column_unnamed", Args: []any{i + 1}})
		case !known:
			bad.add(RowError{Row: 1, Column: shown(name), Code: "import.column_unknown", Args: []any{strings.Join(catalogueColumns, ", ")}})
		case column == "":
		case twice:
			bad.add(RowError{Row: 1, Column: shown(name), Code: "import.column_twice", Args: []any{shown(s.header[first])}})
		default:
			at[column] = i
		}
	}
	if bad.or() != nil {
		return at // a column that is not known may be the one that is missing
	}
	for _, column := range required {
		if _, ok := at[column]; !ok {
			bad.add(RowError{Row: 1, Column: column, Code: "import.column_missing"})
		}
	}
	return at
}

// otherwiseHeader finds another separator inside a header; 0 is none.
func (s *sheet) otherwiseHeader(name string) rune {
	for _, other := range separators {
		if other != s.comma && strings.ContainsRune(name, other) {
			return other
		}
	}
	return 0
}

// itemCells gives an item as our files write it, by column.
func itemCells(p *portfolio.Portfolio, c *portfolio.CatalogueItem) map[string]string {
	m := map[string]string{
		colNo: strconv.Itoa(c.No), colPage: "", colTitle: c.Title, colArea: areaName(p, c.Area), colOrigin: c.Origin.String(),
		colMandatory: text(c.Mandatory), colTypes: typesText(c.Types), colIdea: c.Idea,
	}
	if c.Page != 0 {
		m[colPage] = strconv.Itoa(c.Page)
	}
	return m
}

func areaName(p *portfolio.Portfolio, id portfolio.AreaID) string {
	if a := p.Areas.Get(id); a != nil {
		return a.Name
	}
	return ""
}
