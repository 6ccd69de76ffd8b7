package web

import (
	"net/url"
	"strconv"

	"gevinst/portfolio"
)

// historyLink is this view's address, before another number; "" is the latest. The log is paged by "before", and "after" is a
// filter as good as the others.
func (r *request) historyLink(path, before string) string {
	q := url.Values{}
	for _, name := range [...]string{"kind", "subject", "actor", "postings", "after", "programme", "as_of"} {
		if v := r.value(name); v != "" {
			q.Set(name, v)
		}
	}
	if before != "" {
		q.Set("before", before)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (r *request) historyFile(suffix string) string {
	return r.historyLink(r.path+suffix, r.value("before"))
}

func (r *request) historyFacets() []facet {
	var people []optionView
	for u := range r.p.Users.All() {
		people = append(people, optionView{Value: strconv.FormatInt(int64(u.ID), 10), Label: r.name(u.ID)})
	}
	byLabel(r, people)
	return []facet{
		r.facet("kind", r.say("history.kind"), codes(r, "kind", portfolio.Kinds(), "")),
		r.facet("actor", r.say("history.actor"), people),
	}
}

// historyChips tell what the log is narrowed by, each with the way to take that away.
func (r *request) historyChips(f historyQuery) []queryTag {
	var list []queryTag
	without := func(names ...string) string {
		q := url.Values{}
		for k, v := range r.query {
			q[k] = v
		}
		for _, name := range append(names, "saved") {
			q.Del(name)
		}
		return r.path + "?" + q.Encode()
	}
	if f.except != 0 {
		with := url.Values{}
		for k, v := range r.query {
			with[k] = v
		}
		with.Set("postings", "true")
		list = append(list, queryTag{r.say("history.without_postings"), r.path + "?" + with.Encode()})
	}
	if f.kind != 0 {
		label := r.say("kind." + f.kind.String())
		if f.subject != 0 {
			label = r.say("history.subject", label, f.subject)
		}
		list = append(list, queryTag{label, without("kind", "subject")})
	}
	if f.actor != 0 {
		list = append(list, queryTag{r.name(f.actor), without("actor")})
	}
	if f.after != 0 {
		list = append(list, queryTag{r.say("history.after", f.after), without("after")})
	}
	return list
}
