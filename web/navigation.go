package web

import (
	"strings"

	"gevinst/portfolio"
)

// place is a page of the menu with the right that opens it, and the rooms that belong to it.
type place struct {
	path, key string
	action    portfolio.Action
	rooms     []place
}

// menu lists the pages in the order in which the work goes: look, choose, do, count, decide, look back.
var menu = []place{
	{"/", "nav.overview", portfolio.ViewPortfolio, []place{
		{"/", "nav.overview", portfolio.ViewPortfolio, nil},
		{"/tasks", "nav.tasks", portfolio.ViewPortfolio, nil},
	}},
	{"/catalogue", "nav.catalogue", portfolio.ViewPortfolio, nil},
	{"/plan", "nav.plan", portfolio.ViewPortfolio, nil},
	{"/initiatives", "nav.initiatives", portfolio.ViewPortfolio, nil},
	{"/benefits", "nav.benefits", portfolio.ViewPortfolio, []place{
		{"/benefits", "nav.benefits", portfolio.ViewPortfolio, nil},
		{"/benefits/map", "nav.benefit_map", portfolio.ViewPortfolio, nil},
		{"/effects", "nav.effects", portfolio.ViewPortfolio, nil},
		{"/indexes", "nav.indexes", portfolio.ViewPortfolio, nil},
	}},
	{"/savings", "nav.savings", portfolio.ViewPortfolio, []place{
		{"/savings", "nav.savings_years", portfolio.ViewPortfolio, nil},
		{"/savings/queue", "nav.queue", portfolio.ViewPortfolio, nil},
		{"/entries", "nav.entries", portfolio.ViewPortfolio, nil},
		{"/requirements", "nav.requirements", portfolio.ViewPortfolio, nil},
		{"/follow-ups", "nav.follow_ups", portfolio.ViewPortfolio, nil},
		{"/overlaps", "nav.overlaps", portfolio.ViewPortfolio, nil},
		{"/finance", "nav.finance", portfolio.ViewPortfolio, nil},
		{"/policy", "nav.policy", portfolio.ViewPortfolio, nil},
		{"/import", "nav.import", portfolio.ViewPortfolio, nil},
	}},
	{"/priorities", "nav.priorities", portfolio.ViewPortfolio, []place{
		{"/priorities", "nav.priorities", portfolio.ViewPortfolio, nil},
		{"/priorities/selection", "nav.selection", portfolio.ViewPortfolio, nil},
		{"/capacity", "nav.capacity", portfolio.ViewPortfolio, nil},
		{"/scenarios", "nav.scenarios", portfolio.ViewPortfolio, nil},
	}},
	{"/decisions", "nav.decisions", portfolio.ViewPortfolio, []place{
		{"/decisions", "nav.decisions", portfolio.ViewPortfolio, nil},
		{"/meetings", "nav.meetings", portfolio.ViewPortfolio, nil},
		{"/director", "nav.director", portfolio.ViewPortfolio, nil},
		{"/reports", "nav.reports", portfolio.ViewPortfolio, nil},
	}},
	{"/history", "nav.history", portfolio.ViewPortfolio, nil},
	{"/users", "nav.users", portfolio.ViewAccounts, nil},
}

// at tells that the page is at the place, or below it.
func (p place) at(path string) bool {
	return path == p.path || p.path != "/" && strings.HasPrefix(path, p.path+"/")
}

// within finds the room that a page stands in: the one with the longest address, -1 for none.
func (p place) within(path string) int {
	found := -1
	for i, room := range p.rooms {
		if room.at(path) && (found < 0 || len(room.path) > len(p.rooms[found].path)) {
			found = i
		}
	}
	return found
}

// navigation gives the menu, and the rooms of the part that the page stands in.
func (r *request) navigation() (nav, rooms []navItem) {
	if r.user == nil {
		return nil, nil
	}
	for _, p := range menu {
		if portfolio.Reach(p.action, r.user.Role) == portfolio.Never {
			continue
		}
		room := p.within(r.path)
		nav = append(nav, navItem{r.link(p.path), r.say(p.key), p.at(r.path) || room >= 0})
		if room < 0 {
			continue
		}
		for i, inside := range p.rooms {
			if portfolio.Reach(inside.action, r.user.Role) != portfolio.Never {
				rooms = append(rooms, navItem{r.link(inside.path), r.say(inside.key), i == room})
			}
		}
	}
	return nav, rooms
}
