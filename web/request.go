package web

import (
	"net/http"
	"net/url"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
	"gevinst/web/chart"
	"gevinst/web/locale"
)

// request is what a page is a function of: the address, the portfolio as its reader may see it, and the language.
type request struct {
	*http.Request
	s    *Server
	p    *portfolio.Portfolio
	user *portfolio.User
	// pass is what the user opened with: a session or a token.
	pass *store.Pass
	// upon is the account that an act is upon, where it is not the user's own.
	upon portfolio.UserID
	// reply is the answer's header, for cookies.
	reply http.Header
	lang  *locale.Language
	// asOf is the past day that is shown, and moment what of it; 0 is now.
	asOf   portfolio.Date
	moment moment
	// form is what was sent; on a page that is shown again it is filled in with it.
	form *form
	// guess is the attempt at a password that the form makes.
	guess guess
	// path and query are the address without the suffix that chose the form of the answer.
	path  string
	query url.Values
}

func (r *request) say(key string, args ...any) string { return r.lang.Say(key, args...) }

func (r *request) value(name string) string { return r.query.Get(name) }

func (r *request) voice() chart.Voice { return chart.Voice{Say: r.lang.Say, Style: r.lang.Style} }

// may tells whether to offer an action; nothing can be changed in the past.
func (r *request) may(a portfolio.Action, subject portfolio.Record) bool {
	return r.asOf == 0 && r.p.May(r.user, a, subject)
}

// name is who a user is, in words; the number goes with a name that somebody else has too.
func (r *request) name(id portfolio.UserID) string {
	if id == 0 {
		return ""
	}
	switch who := r.p.Person(id); {
	case who.Name == "":
		return r.say("person.erased", int64(id))
	case who.Namesake:
		return r.say("person.namesake", who.Name, int64(id))
	default:
		return who.Name
	}
}

// area is an area's name, "" for none.
func (r *request) area(id portfolio.AreaID) string {
	if a := r.p.Areas.Ever(id); a != nil {
		return a.Name
	}
	return ""
}

// shownDay is the day the figures are known at.
func (r *request) shownDay() portfolio.Date {
	if r.asOf != 0 {
		return r.asOf
	}
	return r.p.Today
}

// link is an address with this page's filter of time kept: whoever looks at the past stays there.
func (r *request) link(path string) string {
	if r.asOf == 0 {
		return path
	}
	path, place, named := strings.Cut(path, "#")
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	path += sep + "as_of=" + r.moment.name
	if named {
		path += "#" + place
	}
	return path
}

// with is this page's address with one part of the filter changed; "" takes it away.
func (r *request) with(name, value string) string {
	q := url.Values{}
	for k, v := range r.query {
		if k != "after" && k != "saved" {
			q[k] = v
		}
	}
	if value == "" {
		q.Del(name)
	} else {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.path
	}
	return r.path + "?" + q.Encode()
}

// self is the present address, for coming back to.
func (r *request) self() string {
	if len(r.query) == 0 {
		return r.path
	}
	return r.path + "?" + r.query.Encode()
}

// ore is an amount in JSON: whole øre, null where it is not known. Its "…_approximate" stands beside it.
type ore struct{ amount.Figure }

// MarshalJSON implements json.Marshaler.
func (o ore) MarshalJSON() ([]byte, error) {
	if !o.Known {
		return []byte("null"), nil
	}
	return appendInt(nil, int64(o.Ore)), nil
}

func exactly(m amount.Money) ore { return ore{amount.Exactly(m)} }
