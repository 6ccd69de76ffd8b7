package web

import (
	"maps"
	"net/url"
	"slices"
)

// queryField is one name and value of an address' query.
type queryField struct{ Name, Value string }

// queryFields lists a query's fields but those named in skip, sorted by name, so
// that a form which changes one of them can carry the others along as hidden
// inputs. What cannot be read of the query is left out.
func queryFields(query string, skip ...string) []queryField {
	values := parseQuery(query)
	var fields []queryField
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(skip, name) {
			continue
		}
		for _, value := range values[name] {
			fields = append(fields, queryField{name, value})
		}
	}
	return fields
}

// queryValue is the first value of a name in a query, or "".
func queryValue(query, name string) string { return parseQuery(query).Get(name) }

func parseQuery(query string) url.Values {
	// The part before a mistake is still returned: a mistyped address must not break the page's own switch.
	values, _ := url.ParseQuery(query)
	return values
}
