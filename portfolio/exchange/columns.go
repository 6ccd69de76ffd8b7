package exchange

import (
	"maps"
	"slices"
	"strings"
)

// Mapping gives columns the names that a source's files have: our name of a column to the file's, "" for one that is not read.
// Columns that it does not name are found as always, and those that nobody knows are left alone: another program's file has many.
type Mapping map[string]string

// Fits reports that a file has all columns that the mapping names.
func (m Mapping) Fits(header []string) bool {
	named := false
	for _, theirs := range m {
		if theirs == "" {
			continue
		}
		if named = true; !slices.ContainsFunc(header, called(theirs)) {
			return false
		}
	}
	return named
}

// called tells whether a header is the column that a mapping names.
func called(theirs string) func(name string) bool {
	return func(name string) bool { return plainWord(formula(name)) == plainWord(theirs) }
}

// Guess finds the columns that a file's headers name by themselves.
func (k Kind) Guess(header []string) Mapping {
	n, m := layoutOf(k).names(), Mapping{}
	for _, name := range header {
		if column := n.of[plainWord(formula(name))]; column != "" && m[column] == "" {
			m[column] = name
		}
	}
	return m
}

// header finds the column of each cell of the header, and which cell each column is.
func (in *reader) header(n names) {
	in.at = map[string]int{}
	mapped := in.mapped(n)
	s, bad := in.sheet, in.bad
	for i, name := range s.header {
		column, known := n.of[plainWord(formula(name))]
		if to, ok := mapped[plainWord(formula(name))]; ok {
			column, known = to, true
		} else if _, otherwise := in.Mapping[column]; otherwise {
			column, known = "", true // the mapping takes that column from elsewhere
		}
		switch first := in.at[column]; {
		case !known && in.Mapping != nil:
			in.leftAlone = append(in.leftAlone, name)
		case !known && s.otherwiseHeader(name) != 0:
			other := s.otherwiseHeader(name)
			bad.add(RowError{Row: 1, Column: shown(name), Code: "import.header_separator", Args: []any{nameOf(s.comma), nameOf(other)}})
		case !known && empty(name):
			bad.add(RowError{Row: 1, Code: "import.column_unnamed", Args: []any{i + 1}})
		case !known:
			bad.add(RowError{Row: 1, Column: shown(name), Code: "import.column_unknown", Args: []any{strings.Join(n.columns, ", ")}})
		case column == "":
			in.leftAlone = append(in.leftAlone, name)
		case first != 0:
			bad.add(RowError{Row: 1, Column: shown(name), Code: "import.column_twice", Args: []any{shown(s.header[first-1])}})
		default:
			in.at[column] = i + 1
		}
	}
	if bad.or() != nil {
		return // a column that is not known may be the one that is missing
	}
	for _, column := range n.required {
		if in.at[column] == 0 {
			bad.add(RowError{Row: 1, Column: column, Code: "import.column_missing"})
		}
	}
}

// mapped turns the mapping around: the file's names, as plainWord has them, to ours. What it names must be there.
func (in *reader) mapped(n names) map[string]string {
	of := map[string]string{}
	for _, column := range slices.Sorted(maps.Keys(in.Mapping)) {
		theirs := in.Mapping[column]
		switch {
		case theirs == "":
			continue
		case !slices.Contains(n.columns, column):
			in.bad.add(RowError{Code: "import.mapping_column", Args: []any{column, strings.Join(n.columns, ", ")}})
		case !slices.ContainsFunc(in.sheet.header, called(theirs)):
			in.bad.add(RowError{Row: 1, Column: theirs, Code: "import.column_missing"})
		}
		of[plainWord(theirs)] = column
	}
	return of
}

// otherwiseHeader finds another separator inside a header; 0 is none.
func (s *sheet) otherwiseHeader(name string) rune {
	if s.workbook {
		return 0
	}
	for _, other := range separators {
		if other != s.comma && strings.ContainsRune(name, other) {
			return other
		}
	}
	return 0
}
