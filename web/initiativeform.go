package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// formView is a form that a page offers. One that was refused is shown again with what was typed, at the top of the page.
type formView struct {
	ID, Action, Title, Intro, Button string
	// Subject and Version name what the sender saw, such as "initiative/7"; a new subject has no version.
	Subject string
	Version int64
	Hidden  []queryField
	Fields  []fieldView
	// Verdict asks for one of two answers, yes or no; Back leads away from a refused form.
	Verdict bool
	Back    string
	// Preview is where the form is sent to see what it would do, "" where it cannot be.
	Preview string
	// Sent is the refused form, nil on a fresh one.
	Sent *form

	r   *request
	key string
}

// fieldView is one input: a line, an area of text, a choice, or boxes of which any number may be ticked.
type fieldView struct {
	ID, Name, Label, Hint, Value, Error string
	Area, Num, Boxes                    bool
	Options                             []optionView
	// Effort are rows in which work is stated, nil on any other input.
	Effort *effortRows
	// With goes along unseen: it tells of which of several this input is.
	With queryField
}

// Described names what tells more of the input: its hint, and why it was refused.
func (f fieldView) Described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	return strings.Join(ids, " ")
}

type optionView struct {
	Value, Label string
	Selected     bool
}

// sent tells whether the address is the one of the form that is shown again.
func (r *request) sent(action string) bool { return r.form != nil && r.form.Action == action }

// offer begins a form of the kind that key names.
func (r *request) offer(key, id, action string, subject portfolio.Record) *formView {
	words := formWords[key]
	f := &formView{
		ID: id, Action: action, Title: r.say(words.title), Button: r.say(words.button), Back: r.path,
		Subject: fmt.Sprintf("%s/%d", subject.Kind(), subject.Key()), Version: portfolio.MetaOf(subject).Version, r: r, key: key,
	}
	if words.text != "" {
		f.Intro = r.say(words.text)
	}
	if r.sent(action) {
		f.Sent = r.form
		if v, err := strconv.ParseInt(r.form.get("version"), 10, 64); err == nil {
			f.Version = v // a refusal has moved it on to what the sender sees now
		}
	}
	return f
}

// field adds an input, filled in with what was typed if the form comes back.
func (f *formView) field(name, value string) *fieldView {
	words, own := inputWords[f.key+"."+name]
	if !own {
		words = inputWords[name]
	}
	in := fieldView{ID: f.ID + "-" + name, Name: name, Value: value, Label: f.r.say(words.label)}
	if words.hint != "" {
		in.Hint = f.r.say(words.hint)
	}
	if f.Sent != nil {
		in.ID, in.Error = name, f.Sent.Errors[name]
		f.Sent.Labels[name] = in.Label
		if given(f.Sent, name) {
			in.Value = f.Sent.Values.Get(name)
		}
	}
	f.Fields = append(f.Fields, in)
	return &f.Fields[len(f.Fields)-1]
}

func (f *formView) text(name, value string) { f.field(name, value) }

// boxes adds a choice of any number, as it was sent if the form comes back.
func (f *formView) boxes(name string, options []optionView) {
	in := f.field(name, "")
	in.Boxes, in.Options = true, options
	if given(f.Sent, name) {
		for k := range options {
			options[k].Selected = slices.Contains(f.Sent.Values[name], options[k].Value)
		}
	}
}

func (f *formView) area(name, value string) { f.field(name, value).Area = true }

func (f *formView) figure(name string, v amount.Figure) { f.field(name, typed(v)).Num = true }

func (f *formView) whole(name string, n int64) {
	text := ""
	if n != 0 {
		text = strconv.FormatInt(n, 10)
	}
	f.field(name, text).Num = true
}

func (f *formView) month(name string, m portfolio.Month) { f.field(name, m.String()) }

func (f *formView) date(name string, d portfolio.Date) {
	text := ""
	if d != 0 {
		text = d.String()
	}
	f.field(name, text)
}

func (f *formView) hidden(name, value string) { f.Hidden = append(f.Hidden, queryField{name, value}) }

func (f *formView) choose(name, value string, options []optionView) {
	in := f.field(name, value)
	in.Options = slices.Clone(options)
	for i := range in.Options {
		in.Options[i].Selected = in.Options[i].Value == in.Value
	}
}

// typed writes a figure as somebody would type it; the unknown is an empty field.
func typed(f amount.Figure) string {
	if !f.Known {
		return ""
	}
	text := strings.TrimSuffix(amount.Danish.Plain(f.Ore), ",00")
	if f.Approximate {
		return "ca. " + text
	}
	return text
}

// given tells a field that was sent empty from one that was not sent at all: a program may send only what it changes.
func given(f *form, name string) bool { return f != nil && len(f.Values[name]) > 0 }

// figureOrOre reads an amount as people type it, or as programs send it: whole øre in the same name with _ore behind.
func figureOrOre(f *form, name string) amount.Figure {
	if !given(f, name+"_ore") {
		return f.figure(name)
	}
	if f.get(name+"_ore") == "" {
		return amount.Figure{}
	}
	return amount.Exactly(amount.Money(f.int(name + "_ore")))
}

// seenIfSent holds what adds something new to the version it was written against, where the sender named one.
func seenIfSent(f *form, r portfolio.Record) error {
	if !given(f, "version") {
		return nil
	}
	return f.seen(r)
}

// renamed gives the domain's refusals the names of the form's inputs, so that each is shown where it can be mended.
func renamed(err error, names map[string]string) error {
	refusals := portfolio.AsRefusals(err)
	if len(refusals) == 0 {
		return err
	}
	list := make(portfolio.Refusals, len(refusals))
	for i, e := range refusals {
		mended := *e
		if name, ok := names[e.Field]; ok {
			mended.Field = name
		}
		list[i] = &mended
	}
	return list
}

// codes are the choices of an enum, in words.
func codes[E fmt.Stringer](r *request, family string, values []E, none string) []optionView {
	var list []optionView
	if none != "" {
		list = append(list, optionView{Label: none})
	}
	for _, v := range values {
		list = append(list, optionView{Value: v.String(), Label: r.say(family + "." + v.String())})
	}
	return list
}

// people are the open accounts that keep lets through, by name.
func (r *request) people(none string, keep func(*portfolio.User) bool) []optionView {
	var list []optionView
	for u := range r.p.Users.All() {
		if !u.Disabled && keep(u) {
			list = append(list, optionView{Value: strconv.FormatInt(int64(u.ID), 10), Label: r.name(u.ID)})
		}
	}
	byLabel(r, list)
	return slices.Insert(list, 0, optionView{Label: none})
}

// mayOwn are the roles that an initiative is laid upon.
func mayOwn(u *portfolio.User) bool {
	return u.Role != portfolio.Administrator && u.Role != portfolio.Viewer
}

func byLabel(r *request, list []optionView) {
	sorter := r.lang.Sorter()
	slices.SortFunc(list, func(a, b optionView) int { return sorter(a.Label, b.Label) })
}

// decisions are what the board has decided, the latest first.
func (r *request) decisions(none string) []optionView {
	list := []optionView{{Label: none}}
	all := r.p.Decisions.List()
	slices.SortStableFunc(all, func(a, b *portfolio.Decision) int { return int(r.decided(b) - r.decided(a)) })
	for _, d := range all {
		list = append(list, optionView{
			Value: strconv.FormatInt(int64(d.ID), 10), Label: r.lang.Style.ShortDate(r.decided(d)) + " " + d.Title,
		})
	}
	return list
}

// decided is the day of the decision's meeting.
func (r *request) decided(d *portfolio.Decision) portfolio.Date {
	if m := r.p.Meetings.Ever(d.Meeting); m != nil {
		return m.Date
	}
	return 0
}
