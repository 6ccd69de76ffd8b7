package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
	"gevinst/portfolio/store"
)

// sentence is an event in words.
type sentence struct {
	Seq  int64  `json:"seq"`
	At   string `json:"at"`
	Day  string `json:"-"`
	Who  string `json:"who"`
	Text string `json:"text"`
	Note string `json:"note,omitempty"`
	// Href is the subject's page, "" where it has none.
	Href    string        `json:"href,omitempty"`
	Verb    string        `json:"verb"`
	Example bool          `json:"example"`
	Changes []fieldChange `json:"changes,omitempty"`
	// Decision is what it follows from, null where no decision is named.
	Decision *followedFrom `json:"decision,omitempty"`
}

// followedFrom is the decision that an event carries out, with the case that the municipality's records keep it under.
type followedFrom struct {
	ID    portfolio.DecisionID `json:"id"`
	Title string               `json:"title"`
	Case  string               `json:"case"`
	Href  string               `json:"href"`
}

// fieldChange is what an event did to one field.
type fieldChange struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// sentences says events in words. Of a subject that stands in the list more than once, or whose earlier value is known, it
// says which fields changed.
func (r *request) sentences(events []portfolio.Event) ([]sentence, error) {
	list := make([]sentence, len(events))
	for i, e := range events {
		record, err := portfolio.Decode(e.Kind, e.Format, e.Payload)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		title, href := r.subject(record)
		list[i] = sentence{
			Seq: e.Seq, At: e.At.Time().In(store.Copenhagen).Format("2006-01-02T15:04:05Z07:00"),
			Day: r.lang.Style.Date(store.DayOf(e.At)), Who: r.name(e.Actor),
			Text: r.say("event."+string(e.Verb), title), Note: e.Note, Href: href, Verb: string(e.Verb),
			Example: portfolio.MetaOf(record).AnyExample(),
		}
		if d := r.p.Decisions.Ever(e.Decision); d != nil {
			list[i].Decision = &followedFrom{d.ID, d.Title, d.Case, r.link(fmt.Sprintf("/decisions#decision-%d", d.ID))}
		}
		k := slices.IndexFunc(events[i+1:], func(o portfolio.Event) bool { return o.Kind == e.Kind && o.Subject == e.Subject })
		if k >= 0 {
			if list[i].Changes, err = r.changes(events[i+1+k].Payload, e.Payload); err != nil {
				return nil, fmt.Errorf("event %d: %w", e.Seq, err)
			}
		}
	}
	return list, nil
}

// changes compares two payloads of a subject field by field.
func (r *request) changes(before, after string) ([]fieldChange, error) {
	var was, is map[string]any
	if err := json.Unmarshal([]byte(before), &was); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(after), &is); err != nil {
		return nil, err
	}
	var list []fieldChange
	for name := range union(was, is) {
		key := "field." + name
		if !r.lang.Has(key) {
			continue // what is kept for the program alone
		}
		if a, b := r.shown(name, was[name]), r.shown(name, is[name]); a != b {
			list = append(list, fieldChange{r.say(key), a, b})
		}
	}
	slices.SortFunc(list, func(a, b fieldChange) int { return r.lang.Sorter()(a.Field, b.Field) })
	return list, nil
}

func union(a, b map[string]any) map[string]bool {
	names := make(map[string]bool, len(a)+len(b))
	for k := range a {
		names[k] = true
	}
	for k := range b {
		names[k] = true
	}
	return names
}

// shown says a payload's value as the page would.
func (r *request) shown(name string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if name == "from" {
			if m, err := amount.ParseMonth(v); err == nil {
				return r.lang.Style.MonthName(m)
			}
		}
		switch name {
		case "due", "done", "review", "closed", "follow_up":
			if d, err := amount.ParseDate(v); err == nil {
				return r.lang.Style.Date(d)
			}
		case "likelihood", "consequence":
			name = "level"
		case "state":
			name = "case_state"
		case "types":
			name = "benefit_type"
		}
		if r.lang.Has(name + "." + v) {
			return r.say(name + "." + v)
		}
		return v
	case float64:
		switch name {
		case "area":
			return r.area(portfolio.AreaID(v))
		case "project_owner", "benefit_owner", "owner", "director":
			return r.name(portfolio.UserID(v))
		case "requires", "excludes":
			return r.initiativeTitle(portfolio.InitiativeID(v))
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return r.shown(name, strconv.FormatBool(v))
	case map[string]any:
		if name == "case_file" {
			no, _ := v["no"].(string)
			address, _ := v["url"].(string)
			return strings.TrimSpace(no + " " + address)
		}
		if days, ok := v["days"].(float64); ok {
			return r.shownDays(v, int64(days))
		}
		if uses, ok := v["uses"].([]any); ok {
			return cmp.Or(r.shown(name, uses), r.say("needs.effort_none"))
		}
		if ore, ok := v["ore"].(float64); ok {
			approximate, _ := v["approximate"].(bool)
			return money(r.lang, amount.Figure{Ore: amount.Money(ore), Known: true, Approximate: approximate}, r.lang.Style.Short)
		}
		if state, ok := v["state"].(string); ok {
			return r.say("plan_state." + state)
		}
		return r.shownPeriod(v["start"], v["done"])
	case []any:
		parts := make([]string, len(v))
		for i, one := range v {
			parts[i] = r.shown(name, one)
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}

// shownPeriod says a schedule: from its first month to its last.
func (r *request) shownPeriod(start, done any) string {
	say := func(v any, back amount.Month) string {
		text, ok := v.(string)
		if !ok || text == "" {
			return ""
		}
		m, err := amount.ParseMonth(text)
		if err != nil {
			return text
		}
		return r.lang.Style.MonthName(m - back)
	}
	return say(start, 0) + " – " + say(done, 1)
}

// shownDays says person-days of a year, and of which area where that is told.
func (r *request) shownDays(v map[string]any, days int64) string {
	year, _ := v["year"].(float64)
	if area, ok := v["area"].(float64); ok {
		return r.say("needs.use", r.area(portfolio.AreaID(area)), int(year), days)
	}
	return r.say("needs.year_days", int(year), days)
}

// subject is what a record is called, and where its page is.
func (r *request) subject(record portfolio.Record) (title, href string) {
	switch s := record.(type) {
	case *portfolio.User:
		return r.name(s.ID), ""
	case *portfolio.Area:
		return s.Name, r.link(fmt.Sprintf("/capacity/%d", s.ID))
	case *portfolio.Strategy:
		return s.Title, ""
	case *portfolio.Programme:
		return s.Name, ""
	case *portfolio.CatalogueItem:
		return r.itemTitle(s), r.link(fmt.Sprintf("/catalogue/%d", s.No))
	case *portfolio.Initiative:
		return s.Title, r.link(fmt.Sprintf("/initiatives/%d", s.ID))
	case *portfolio.Benefit:
		return r.benefitTitle(s), r.link(fmt.Sprintf("/initiatives/%d", s.Initiative))
	case *portfolio.Entry:
		title := ""
		if b := r.p.Benefits.Ever(s.Benefit); b != nil {
			title, href = r.benefitTitle(b), r.link(fmt.Sprintf("/entries/%d", s.ID))
		}
		return r.lang.Style.Short(s.Total().Net()) + " · " + title, href
	case *portfolio.Requirement:
		name := ""
		if g := r.p.Programmes.Ever(s.Programme); g != nil {
			name = g.Name
		}
		return fmt.Sprintf("%s %d", name, s.Year), r.link(fmt.Sprintf("/requirements/%d", s.ID))
	case *portfolio.Overlap:
		if !s.Removed {
			href = r.link(fmt.Sprintf("/overlaps#overlap-%d", s.ID))
		}
		return s.Title, href
	case *portfolio.Meeting:
		return s.Name + " " + r.lang.Style.Date(s.Date), r.link("/decisions")
	case *portfolio.Decision:
		return s.Title, r.link(fmt.Sprintf("/decisions#decision-%d", s.ID))
	case *portfolio.FollowUp:
		return s.Name, r.link(fmt.Sprintf("/follow-ups#follow-up-%d", s.ID))
	case *portfolio.PriceIndex:
		return s.Name, ""
	case *portfolio.BusinessCase:
		return r.say("case.version", s.No, r.initiativeTitle(s.Initiative)), r.link(fmt.Sprintf("/initiatives/%d/case?no=%d", s.Initiative, s.No))
	case *portfolio.Milestone:
		return s.Title, r.link(fmt.Sprintf("/initiatives/%d#milestones", s.Initiative))
	case *portfolio.Risk:
		return s.Title, r.link(fmt.Sprintf("/initiatives/%d#risks", s.Initiative))
	case *portfolio.Question:
		return r.initiativeTitle(s.Initiative), r.link(fmt.Sprintf("/initiatives/%d#questions", s.Initiative))
	case *portfolio.Account:
		return strings.TrimSpace(s.No + " " + s.Name), r.link(fmt.Sprintf("/finance/accounts/%d", s.ID))
	case *portfolio.FinanceFile:
		return s.Name, r.link("/finance")
	case *portfolio.Posting:
		return r.lang.Style.Short(s.Ore) + " · " + s.Text, r.link(fmt.Sprintf("/finance/accounts/%d", s.Account))
	case *portfolio.Explanation:
		if a := r.p.Accounts.Ever(s.Account); a != nil {
			title = a.No
		}
		return title, r.link("/finance/reconciliation")
	case *portfolio.Mapping:
		return s.Name, r.link("/finance")
	case *portfolio.Round:
		return s.Name, r.link(fmt.Sprintf("/priorities/%d", s.ID))
	case *portfolio.Score:
		if round := r.p.Rounds.Ever(s.Round); round != nil {
			title = round.Name
		}
		return title, r.link(fmt.Sprintf("/priorities/%d", s.Round))
	case *portfolio.Scenario:
		return s.Name, r.link(fmt.Sprintf("/scenarios/%d", s.ID))
	case *portfolio.Report:
		return s.Title, r.link(fmt.Sprintf("/reports/%d", s.ID))
	case *portfolio.Commentary:
		return r.initiativeTitle(s.Initiative), r.link(fmt.Sprintf("/initiatives/%d#commentaries", s.Initiative))
	}
	return "", ""
}

// initiativeTitle is what an initiative is called, "" for none.
func (r *request) initiativeTitle(id portfolio.InitiativeID) string {
	if i := r.p.Initiatives.Ever(id); i != nil {
		return i.Title
	}
	return ""
}

// itemTitle is a catalogue item's title; the minutes name eight of the 81.
func (r *request) itemTitle(c *portfolio.CatalogueItem) string {
	if c.Title == "" {
		return r.say("item.unnamed", c.No)
	}
	return c.Title
}

func (r *request) benefitTitle(b *portfolio.Benefit) string {
	if i := r.p.Initiatives.Ever(b.Initiative); i != nil && i.Title != b.Title {
		return i.Title + ": " + b.Title
	}
	return b.Title
}
