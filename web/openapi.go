package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

type (
	// fields are the names that an address or a form carries, each with a value of the type that it is read as.
	fields map[string]any
	// either is an answer that is one of several.
	either []any
)

// and adds more names.
func (f fields) and(more fields) fields {
	all := maps.Clone(f)
	maps.Copy(all, more)
	return all
}

// What the changes have in common: the reason, the decision that they carry out and, of a subject that others may have changed
// meanwhile, the version that was seen.
var (
	changeFields = fields{"note": "", "decision": portfolio.DecisionID(0)}
	seenFields   = changeFields.and(fields{"version": int64(0), "subject": ""})
	listFields   = fields{"after": int64(0)}
)

// describe answers with the description of the interface, which is made from the table of routes when it is first asked for.
func (s *Server) describe() http.HandlerFunc {
	made := sync.OnceValues(func() (*rendered, error) {
		b, err := json.Marshal(s.openAPI())
		return newRendered(jsonType, b), err
	})
	return func(w http.ResponseWriter, r *http.Request) {
		b, err := made()
		if err != nil {
			s.fail(w, s.bare(r), err)
			return
		}
		w.Header().Set("Vary", "Accept-Encoding")
		w.Header().Set("Cache-Control", "public, max-age=300")
		b.send(w, r, http.StatusOK)
	}
}

const about = `Pages, forms and files of the benefits portfolio, as programs use them. Every page answers as JSON where its address ends in ` +
	`.json or the Accept header asks for application/json; lists answer as .csv and .xlsx too, with every row. Amounts are whole øre in ` +
	`fields that end in _ore, and null where they are not known; a field that ends in _approximate says that the amount beside it is. ` +
	`A POST takes a form or a JSON object with the same names; in JSON, what is not named stays as it is. Lists are paged: send next as after.`

// openAPI describes the interface by OpenAPI 3.1.
func (s *Server) openAPI() object {
	c, paths := schemas{}, object{}
	put := func(path, method string, operation object) {
		at, ok := paths[path].(object)
		if !ok {
			at = object{}
			paths[path] = at
		}
		at[strings.ToLower(method)] = operation
	}
	for _, route := range s.routes {
		for _, suffix := range route.suffixes() {
			if route.form != nil && suffix != "" {
				continue
			}
			put(route.path(suffix), route.method, s.operation(c, route, suffix))
		}
	}
	text := object{"200": answered("It is.", "text/plain", object{"type": "string"})}
	put("/healthz", http.MethodGet, object{"operationId": "getHealthz", "summary": "Whether the program runs", "security": []any{}, "responses": text})
	put("/readyz", http.MethodGet, object{
		"operationId": "getReadyz", "summary": "Whether the database answers", "security": []any{},
		"responses": object{"200": text["200"], "503": answered("It does not.", "text/plain", object{"type": "string"})},
	})
	put("/openapi.json", http.MethodGet, object{
		"operationId": "getOpenapi", "summary": "This description", "security": []any{},
		"responses": object{"200": answered("OpenAPI 3.1.", jsonType, object{"type": "object"})},
	})
	problems := object{}
	for status, text := range problemWords {
		problems[strconv.Itoa(status)] = answered(text, "application/problem+json", c.of(reflect.TypeFor[problem]()))
	}
	return object{
		"openapi": "3.1.0",
		"info":    object{"title": "gevinst", "version": s.Version, "description": about},
		"servers": []any{object{"url": "/"}},
		"paths":   paths,
		"security": []any{
			object{"token": []any{}}, object{"session": []any{}},
		},
		"components": object{
			"schemas": c, "responses": problems,
			"securitySchemes": object{
				"token":   object{"type": "http", "scheme": "bearer", "description": "A token of one's account."},
				"session": object{"type": "apiKey", "in": "cookie", "name": sessionCookie, "description": "What signing in sets."},
			},
		},
	}
}

const jsonType = "application/json"

// problemWords are the refusals that addresses have in common, all of them RFC 9457 problems.
var problemWords = map[int]string{
	http.StatusUnauthorized:          "Nobody is signed in.",
	http.StatusForbidden:             "The account may not.",
	http.StatusNotFound:              "There is no such thing.",
	http.StatusConflict:              "Others changed the subject since the version that was sent; meanwhile tells what.",
	http.StatusPreconditionFailed:    "As 409, where the version came in If-Match.",
	http.StatusRequestEntityTooLarge: "The body is too large.",
	http.StatusRequestURITooLong:     "The address is too long.",
	http.StatusUnprocessableEntity:   "What was sent is refused; errors tells which field and why.",
	http.StatusTooManyRequests:       "Tried too often.",
	http.StatusInternalServerError:   "A fault, logged with the request's number.",
}

func refused(statuses ...int) object {
	out := object{}
	for _, status := range statuses {
		code := strconv.Itoa(status)
		out[code] = object{"$ref": "#/components/responses/" + code}
	}
	return out
}

func answered(text, contentType string, schema object) object {
	return object{"description": text, "content": object{contentType: object{"schema": schema}}}
}

// operation describes one route under one of its addresses.
func (s *Server) operation(c schemas, route route, suffix string) object {
	responses := refused(http.StatusTooManyRequests, http.StatusInternalServerError)
	out := object{"operationId": operationID(route.method, route.path(suffix)), "summary": route.method + " " + route.path(suffix), "responses": responses}
	if route.action == 0 {
		out["security"] = []any{}
	} else {
		maps.Copy(responses, refused(http.StatusUnauthorized, http.StatusForbidden))
		out["description"] = s.whoMay(route.action)
	}
	parameters := pathParameters(route.pattern)
	if len(parameters) > 0 {
		maps.Copy(responses, refused(http.StatusNotFound))
	}
	if route.method == http.MethodGet {
		maps.Copy(responses, refused(http.StatusRequestURITooLong, http.StatusUnprocessableEntity))
		if route.action != 0 {
			parameters = append(parameters, parameterOf("as_of", "query", object{"type": "string", "description": "As recorded when that day ended (2018-06-30), or as a budget follow-up froze it (follow-up-1)."}))
		}
		for _, name := range slices.Sorted(maps.Keys(route.query)) {
			parameters = append(parameters, parameterOf(name, "query", c.field(route.query[name])))
		}
		if route.leads {
			responses["303"] = object{"description": "Leads on."}
		} else {
			responses["200"] = c.shown(route, suffix)
			responses["304"] = object{"description": "Unchanged since the ETag in If-None-Match."}
		}
	} else {
		maps.Copy(responses, refused(http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity))
		out["requestBody"] = c.sent(route.sends)
		c.changed(route, responses, &parameters)
	}
	if len(parameters) > 0 {
		out["parameters"] = parameters
	}
	return out
}

// shown is what a page answers in the form that its address names, or that the Accept header asks for.
func (c schemas) shown(route route, suffix string) object {
	file := object{"type": "string", "format": "binary"}
	content := map[string]object{
		"":      {"text/html": object{"schema": object{"type": "string"}}},
		".json": {jsonType: object{"schema": c.answer(route.view)}},
		".csv":  {"text/csv": object{"schema": object{"type": "string"}}},
		".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": object{"schema": file}},
	}
	forms := content[suffix]
	if suffix == "" {
		maps.Copy(forms, content[".json"])
		if route.list {
			maps.Copy(forms, content[".csv"])
		}
	}
	return object{"description": "The page.", "content": forms}
}

// changed is what a POST answers.
func (c schemas) changed(route route, responses object, parameters *[]any) {
	responses["200"] = answered("Done; what now stands there.", jsonType, c.answer(route.view))
	if route.form == nil {
		return
	}
	responses["303"] = object{"description": "Done, as a browser is told: the page of what was changed."}
	if names, ok := route.sends.(fields); ok && names["note"] != nil {
		responses["201"] = answered("Made; what now stands there, and where in Location.", jsonType, c.answer(route.view))
		maps.Copy(responses, refused(http.StatusConflict))
		if names["version"] != nil {
			maps.Copy(responses, refused(http.StatusPreconditionFailed))
			*parameters = append(*parameters, parameterOf("If-Match", "header", object{"type": "string", "description": "The version that was seen, in place of the field."}))
		}
	}
}

// answer is the JSON of a view. nil is what forms answer that lead to no page of what they changed.
func (c schemas) answer(view any) object {
	switch v := view.(type) {
	case nil:
		return object{"type": "object", "required": []any{"location", "seq"}, "properties": object{
			"location": object{"type": "string"}, "seq": object{"type": "integer"},
		}}
	case either:
		list := make([]any, len(v))
		for k, one := range v {
			list[k] = c.answer(one)
		}
		return object{"anyOf": list}
	}
	return c.of(reflect.TypeOf(view))
}

// sent is the body of a POST.
func (c schemas) sent(sends any) object {
	names, ok := sends.(fields)
	if !ok {
		if sends == nil {
			return object{"content": object{jsonType: object{"schema": object{"type": "object"}}}}
		}
		return object{"required": true, "content": object{jsonType: object{"schema": c.of(reflect.TypeOf(sends))}}}
	}
	properties, patterns, form := object{}, object{}, "application/x-www-form-urlencoded"
	for name, kind := range names {
		if strings.Contains(name, "#") { // stands for a number, as in the rows of a grid
			patterns["^"+strings.ReplaceAll(regexp.QuoteMeta(name), "#", "[0-9]+")+"$"] = c.field(kind)
			continue
		}
		if _, file := kind.([]byte); file {
			form = "multipart/form-data"
		}
		properties[name] = c.field(kind)
	}
	body := object{"type": "object", "properties": properties}
	if len(patterns) > 0 {
		body["patternProperties"] = patterns
	}
	schema := object{"schema": body}
	return object{"required": true, "content": object{jsonType: schema, form: schema}}
}

// field is one name of a form or an address, by a value of its type.
func (c schemas) field(kind any) object {
	switch kind := kind.(type) {
	case []byte:
		return object{"type": "string", "format": "binary"}
	case amount.Figure:
		return object{"type": "string", "description": "An amount as Danes write it, such as 1.250.000,00 or ca. 2 mio. kr."}
	default:
		return c.of(reflect.TypeOf(kind))
	}
}

func parameterOf(name, in string, schema object) object {
	return object{"name": name, "in": in, "required": in == "path", "schema": schema}
}

var inPath = regexp.MustCompile(`\{(\w+)\}`)

// pathParameters are the names in a pattern: all are numbers of ours but keys, which are said to be text.
func pathParameters(pattern string) []any {
	var list []any
	for _, m := range inPath.FindAllStringSubmatch(pattern, -1) {
		kind := "integer"
		if !slices.Contains([]string{"id", "no", "year", "seq"}, m[1]) {
			kind = "string"
		}
		list = append(list, parameterOf(m[1], "path", object{"type": kind}))
	}
	return list
}

// operationID names an operation: getInitiativesIdJson.
func operationID(method, path string) string {
	name := strings.ToLower(method)
	for word := range strings.FieldsFuncSeq(path, func(c rune) bool { return strings.ContainsRune("/{}._-", c) }) {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
}

// whoMay tells which right opens an address, and who has it.
func (s *Server) whoMay(a portfolio.Action) string {
	var roles []string
	for _, role := range portfolio.Roles() {
		switch reach := portfolio.Reach(a, role); reach {
		case portfolio.Never:
		case portfolio.Any:
			roles = append(roles, role.String())
		default:
			roles = append(roles, fmt.Sprintf("%s (%s)", role, reach))
		}
	}
	return fmt.Sprintf("Needs the right to %s: %s.", s.languages["en"].Say("action."+a.String()), strings.Join(roles, ", "))
}
