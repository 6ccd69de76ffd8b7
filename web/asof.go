package web

import (
	"context"
	"strconv"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/amount"
)

// frozenPrefix begins the name of a budget follow-up where an address may have a day: ?as_of=follow-up-1. Follow-ups are frozen days
// after the one that they are of, so that no day's close gives what was frozen.
const frozenPrefix = "follow-up-"

// moment is the past that an address asks for.
type moment struct {
	// name is how an address says it, day the day that figures are seen from; no day is now.
	name string
	day  portfolio.Date
	// frozen is the budget follow-up, nil where the moment is a day's close.
	frozen *portfolio.FollowUp
}

// frozenAt is the moment that a follow-up froze.
func frozenAt(f *portfolio.FollowUp) moment {
	return moment{frozenPrefix + strconv.FormatInt(int64(f.ID), 10), f.Date, f}
}

// closeOf is the moment in which a day ended.
func closeOf(day portfolio.Date) moment { return moment{name: day.String(), day: day} }

// momentAsked reads what an address asks for; now is the portfolio as it stands.
func momentAsked(now *portfolio.Portfolio, asked string) (moment, error) {
	no := &portfolio.Error{Kind: portfolio.Invalid, Field: "as_of", Code: "error.as_of"}
	if id, ok := strings.CutPrefix(asked, frozenPrefix); ok {
		n, err := strconv.ParseInt(id, 10, 64)
		f := now.FollowUps.Get(portfolio.FollowUpID(n))
		if err != nil || f == nil {
			return moment{}, no
		}
		return frozenAt(f), nil
	}
	day, err := amount.ParseDate(asked)
	if err != nil || day > now.Today {
		return moment{}, no
	}
	if day == now.Today || day == 0 {
		return moment{}, nil
	}
	return closeOf(day), nil
}

// at gives the portfolio of a moment.
func (s *Server) at(ctx context.Context, m moment) (*portfolio.Portfolio, error) {
	if m.frozen != nil {
		return s.Store.At(ctx, m.frozen.Frozen, m.day)
	}
	return s.Store.AsOf(ctx, m.day)
}
