package web

import (
	"encoding"
	"encoding/json"
	"maps"
	"path"
	"reflect"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// object is a piece of JSON.
type object = map[string]any

// schemas gathers what is said of our types, by name: each struct once, and the rest refers to it.
type schemas object

// monthShape and dayShape are what months and days look like; one that is not known is empty.
const (
	monthShape = `^([0-9]{4}-[0-9]{2})?$`
	dayShape   = `^([0-9]{4}-[0-9]{2}-[0-9]{2})?$`
)

// plain are the types that write themselves in a way of their own.
var plain = map[reflect.Type]object{
	reflect.TypeFor[ore]():             {"type": []any{"integer", "null"}, "description": "Whole øre; null is not known."},
	reflect.TypeFor[amount.Money]():    {"type": "integer", "description": "Whole øre."},
	reflect.TypeFor[portfolio.Month](): {"type": "string", "pattern": monthShape},
	reflect.TypeFor[portfolio.Date]():  {"type": "string", "pattern": dayShape},
	reflect.TypeFor[amount.Figure](): {
		"type": []any{"object", "null"}, "required": []any{"ore"},
		"properties": object{"ore": object{"type": "integer"}, "approximate": object{"type": "boolean"}},
	},
}

var (
	writesText = reflect.TypeFor[encoding.TextMarshaler]()
	writesJSON = reflect.TypeFor[json.Marshaler]()
)

// of says what a type looks like in JSON. What refuses to be said is a mistake of ours, which the tests find before a reader does.
func (c schemas) of(t reflect.Type) object {
	if known, ok := plain[t]; ok {
		return maps.Clone(known)
	}
	switch {
	case t.Kind() == reflect.Pointer:
		return nullable(c.of(t.Elem()))
	case t.Implements(writesText) && t.Kind() == reflect.Uint8:
		return object{"type": "string", "enum": codesOfType(t)}
	case t.Implements(writesText):
		return object{"type": "string"}
	case t.Implements(writesJSON):
		panic("openapi: " + t.String() + " writes itself: say how in plain")
	}
	switch t.Kind() {
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": c.of(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": c.of(t.Elem())}
	case reflect.Struct:
		return c.reference(t)
	case reflect.Interface:
		return object{}
	}
	if !t.ConvertibleTo(reflect.TypeFor[int64]()) {
		panic("openapi: " + t.String() + " has no form in JSON")
	}
	return object{"type": "integer"}
}

// reference names a struct, and describes it the first time.
func (c schemas) reference(t reflect.Type) object {
	if t.Name() == "" {
		return c.structure(t)
	}
	name := t.Name()
	if room := path.Base(t.PkgPath()); room != "web" {
		name = room + "." + name
	}
	if _, described := c[name]; !described {
		c[name] = object{} // a struct may hold itself
		c[name] = c.structure(t)
	}
	return object{"$ref": "#/components/schemas/" + name}
}

func (c schemas) structure(t reflect.Type) object {
	properties, required := object{}, []any{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		embedded := f.Anonymous && name == ""
		if name == "-" || embedded || !f.IsExported() || hidden(t, f.Index) {
			continue
		}
		if name == "" {
			name = f.Name
		}
		if holds := f.Tag.Get("holds"); holds != "" {
			properties[name] = held(f.Type, holds)
		} else {
			properties[name] = c.of(f.Type)
		}
		if !strings.Contains(options, "omit") {
			required = append(required, name)
		}
	}
	out := object{"type": "object", "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// hidden tells whether a field that is promoted lies in a struct that is written under a name of its own, or not at all.
func hidden(t reflect.Type, index []int) bool {
	for n := 1; n < len(index); n++ {
		if name, _, _ := strings.Cut(t.FieldByIndex(index[:n]).Tag.Get("json"), ","); name != "" {
			return true
		}
	}
	return false
}

// held describes a field that is taken as it stands and read later, such as a json.RawMessage, by the tag that tells what it
// holds: one or several types of JSON, with commas between. A slice holds that many of them.
func held(t reflect.Type, holds string) object {
	var kinds any = holds
	if several := strings.Split(holds, ","); len(several) > 1 {
		kinds = several
	}
	if t.Kind() == reflect.Slice && t != reflect.TypeFor[json.RawMessage]() {
		return object{"type": "array", "items": object{"type": kinds}}
	}
	return object{"type": kinds}
}

// nullable is a schema that may be null as well.
func nullable(s object) object {
	kind, single := s["type"].(string)
	if !single {
		return object{"anyOf": []any{s, object{"type": "null"}}}
	}
	s["type"] = []any{kind, "null"}
	if codes, ok := s["enum"].([]any); ok {
		s["enum"] = append(codes, nil)
	}
	return s
}

// codesOfType lists an enum's codes, the empty one of what is not known first.
func codesOfType(t reflect.Type) []any {
	codes := []any{""}
	for n := 1; n < 256; n++ {
		v := reflect.New(t).Elem()
		v.SetUint(uint64(n))
		code, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if err != nil || len(code) == 0 {
			break
		}
		codes = append(codes, string(code))
	}
	return codes
}
