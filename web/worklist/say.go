package worklist

import (
	"fmt"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/locale"
)

// maxQuoted bounds what is quoted of somebody's words, in letters; the page that the task leads to has them all.
const maxQuoted = 200

// Text says a task in one sentence.
func Text(l *locale.Language, p *portfolio.Portfolio, t portfolio.Task) string {
	key, of := "task."+t.Kind.String(), ""
	if t.Initiative != nil {
		of = t.Initiative.Title
	}
	note := quoted(t.Note)
	switch s := t.Subject.(type) {
	case *portfolio.Benefit:
		gain := gainTitle(t.Initiative, s)
		switch t.Kind {
		case portfolio.ClaimRejected:
			return l.Say(key, gain, months(l, t.Month, t.Last), note)
		case portfolio.MonthUnclaimed:
			return l.Say(key, gain, t.Month)
		}
		return l.Say(key, gain)
	case *portfolio.Milestone:
		return l.Say(key, of, s.Title)
	case *portfolio.Risk:
		return l.Say(key, of, s.Title)
	case *portfolio.Question:
		return l.Say(key, of, note)
	case *portfolio.Decision:
		return l.Say(key, note)
	case *portfolio.CatalogueItem:
		return l.Say(key, s.Title, note)
	case *portfolio.Round:
		return l.Say(key, s.Name)
	case *portfolio.BusinessCase:
		if t.Kind == portfolio.CaseReturned {
			return l.Say(key, of, note)
		}
		return l.Say(key, of)
	}
	switch t.Kind {
	case portfolio.ClaimsToSettle:
		return l.Say(key, of, t.Amount)
	case portfolio.CommentaryDue:
		return l.Say(key, of, t.Due)
	}
	return l.Say(key, of)
}

// Group is what the tasks of a kind are called together.
func Group(l *locale.Language, k portfolio.TaskKind) string { return l.Say("task_group." + k.String()) }

// When says by when a task should be done, or since when it has waited; "" where neither is known.
func When(l *locale.Language, t portfolio.Task) string {
	switch {
	case t.Due != 0:
		return l.Say("tasks.due", t.Due)
	case t.Since != 0:
		return l.Say("tasks.since", Since(t))
	}
	return ""
}

// Since is the day on which the task began to wait for somebody, 0 where nobody made it wait.
func Since(t portfolio.Task) portfolio.Date {
	if t.Since == 0 {
		return 0
	}
	return store.DayOf(t.Since)
}

// Href is the address of the page, and the place on it, where the task is done.
func Href(t portfolio.Task) string {
	switch s := t.Subject.(type) {
	case *portfolio.Decision:
		return fmt.Sprintf("/decisions#decision-%d", s.ID)
	case *portfolio.CatalogueItem:
		return fmt.Sprintf("/catalogue/%d#prioritise", s.No)
	case *portfolio.Round:
		return fmt.Sprintf("/priorities/%d#scores", s.ID)
	}
	at := fmt.Sprintf("/initiatives/%d", t.Initiative.ID)
	switch t.Kind {
	case portfolio.ClaimRejected, portfolio.MonthUnclaimed:
		return fmt.Sprintf("/benefits/%d/claim", t.Subject.Key())
	case portfolio.QuestionToAnswer:
		return fmt.Sprintf("%s#question-%d", at, t.Subject.Key())
	case portfolio.ClaimsToSettle:
		return fmt.Sprintf("/savings/queue?initiative=%d", t.Initiative.ID)
	case portfolio.CaseReturned, portfolio.CaseToAssure, portfolio.CaseToApprove, portfolio.CaseOverdue, portfolio.CaseMissing:
		return at + "/case"
	case portfolio.OwnerMissing, portfolio.BenefitOwnerMissing:
		return at + "#owners"
	case portfolio.MilestoneDue:
		return at + "#milestones"
	case portfolio.RiskToReview:
		return at + "#risks"
	case portfolio.CommentaryDue:
		return at + "#commentaries"
	case portfolio.MeasurementDue:
		return fmt.Sprintf("/benefits/%d", t.Subject.Key())
	}
	return at + "#benefits"
}

// gainTitle is what a gain is called together with its initiative.
func gainTitle(i *portfolio.Initiative, b *portfolio.Benefit) string {
	if i.Title == b.Title {
		return b.Title
	}
	return i.Title + ": " + b.Title
}

func months(l *locale.Language, from, to portfolio.Month) string {
	if from == to {
		return l.Style.ShortMonth(from)
	}
	return l.Style.ShortMonth(from) + " – " + l.Style.ShortMonth(to)
}

// quoted is the beginning of somebody's words, in one line.
func quoted(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if letters := []rune(line); len(letters) > maxQuoted {
		return strings.TrimSpace(string(letters[:maxQuoted])) + "…"
	}
	return line
}
