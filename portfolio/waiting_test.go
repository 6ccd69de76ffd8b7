package portfolio_test

import (
	"testing"

	"gevinst/portfolio"
)

func TestWaiting(t *testing.T) {
	d := newDesk(t)
	d.Day = 20181001 // the last of the meetings that decide
	meeting := func(id portfolio.MeetingID, date portfolio.Date, kind portfolio.MeetingKind) *portfolio.Meeting {
		m, e, err := portfolio.NewMeeting(d.decided(), portfolio.Meeting{ID: id, Date: date, Name: "Direktionen", Type: kind})
		return kept(d, m, e, err)
	}
	decision := func(id portfolio.DecisionID, at portfolio.MeetingID, waiting string, orders ...string) *portfolio.Decision {
		got, e, err := portfolio.NewDecision(d.Portfolio(), d.decided(), portfolio.Decision{ID: id, Meeting: at, Title: "Handlingsplan", Outcome: "Godkendt", Waiting: waiting, FollowUps: orders})
		return kept(d, got, e, err)
	}
	first := meeting(901, 20180901, portfolio.BoardMeeting)
	soon, later := meeting(902, 20180910, portfolio.BoardMeeting), meeting(903, 20181001, portfolio.BoardMeeting)
	shop := meeting(904, 20181002, portfolio.Workshop)
	before := decision(910, first.ID, "")
	waits := decision(911, soon.ID, "OPUS afventer", "Overblik over KME", "Nyt skøn")
	by := func(id portfolio.DecisionID) portfolio.By {
		by := d.By(d.x.Office, "efter mødet")
		by.Decision = id
		return by
	}
	kinds := func(day portfolio.Date) (waiting, ordered int) {
		for _, m := range d.Portfolio().Matters(day) {
			if m.Subject != waits && m.Subject != portfolio.Record(d.Portfolio().Decisions.Get(waits.ID)) {
				continue
			}
			switch m.Kind {
			case portfolio.DecisionWaits:
				waiting++
			case portfolio.FollowUpOrdered:
				ordered++
			}
		}
		return waiting, ordered
	}
	expect := func(t *testing.T, day portfolio.Date, waiting, ordered int) {
		t.Helper()
		if w, o := kinds(day); w != waiting || o != ordered {
			t.Errorf("on %s %d wait and %d are ordered, want %d and %d", day, w, o, waiting, ordered)
		}
	}

	t.Run("what waits stands at every meeting until one is set, then from that on", func(t *testing.T) {
		expect(t, soon.Date, 1, 2)
		_, _, err := waits.Schedule(d.Portfolio(), by(0), soon.ID)
		refused(t, err, "error.meeting_before")
		_, _, err = waits.Schedule(d.Portfolio(), by(0), shop.ID)
		refused(t, err, "error.unknown_meeting")
		_, _, err = before.Schedule(d.Portfolio(), by(0), later.ID)
		refused(t, err, "error.nothing_waits")
		next, e, err := waits.Schedule(d.Portfolio(), by(0), later.ID)
		waits = kept(d, next, e, err)
		expect(t, soon.Date, 0, 2)
		expect(t, later.Date, 1, 2)
	})
	t.Run("a follow-up that was delivered is told once, and leaves the list", func(t *testing.T) {
		for _, no := range []int{0, 3} {
			_, _, err := waits.FollowUp(by(0), no)
			refused(t, err, "error.unknown_follow_up")
		}
		next, e, err := waits.FollowUp(by(0), 1)
		waits = kept(d, next, e, err)
		_, _, err = waits.FollowUp(by(0), 1)
		refused(t, err, "error.followed_up")
		expect(t, later.Date, 1, 1)
	})
	t.Run("another decision, not older, settles what waited, and nothing waits any more", func(t *testing.T) {
		_, _, err := waits.Settle(d.Portfolio(), by(0))
		refused(t, err, "error.decision_required")
		_, _, err = waits.Settle(d.Portfolio(), by(waits.ID))
		refused(t, err, "error.settles_itself")
		_, _, err = waits.Settle(d.Portfolio(), by(before.ID))
		refused(t, err, "error.meeting_before")
		after := decision(912, later.ID, "")
		next, e, err := waits.Settle(d.Portfolio(), by(after.ID))
		waits = kept(d, next, e, err)
		if waits.Waits() || waits.Settled.Decision != after.ID || waits.Waiting == "" {
			t.Errorf("%+v", waits)
		}
		expect(t, later.Date, 0, 1)
		_, _, err = waits.Settle(d.Portfolio(), by(after.ID))
		refused(t, err, "error.nothing_waits")
	})
	t.Run("who records no decisions does none of it", func(t *testing.T) {
		owner := d.By(d.x.Owner, "")
		for what, do := range map[string]func() error{
			"sets a meeting":       func() error { _, _, err := waits.Schedule(d.Portfolio(), owner, later.ID); return err },
			"settles":              func() error { _, _, err := waits.Settle(d.Portfolio(), owner); return err },
			"tells of a follow-up": func() error { _, _, err := waits.FollowUp(owner, 2); return err },
		} {
			if err := do(); !portfolio.Is(err, portfolio.Forbidden) {
				t.Errorf("an owner %s: %v", what, err)
			}
		}
	})
}

func TestMeetingToCome(t *testing.T) {
	d := newDesk(t)
	decide := func(day portfolio.Date) error {
		m, e, err := portfolio.NewMeeting(d.decided(), portfolio.Meeting{ID: portfolio.MeetingID(day), Date: day, Name: "Direktionen", Type: portfolio.BoardMeeting})
		kept(d, m, e, err)
		return err3(portfolio.NewDecision(d.Portfolio(), d.By(d.x.Office, ""), portfolio.Decision{ID: 930, Meeting: m.ID, Title: "Plan", Outcome: "Godkendt"}))
	}
	t.Run("a meeting decides nothing before its day, and on it and after it does", func(t *testing.T) {
		for day, want := range map[portfolio.Date]string{20180902: "", 20180903: "", 20180904: "error.meeting_to_come"} {
			switch err := decide(day); {
			case want != "":
				refusedAt(t, err, "meeting", want)
			case err != nil:
				t.Errorf("on %s: %v", day, err)
			}
		}
	})
}

func TestCaseOfWhatLeftThePlan(t *testing.T) {
	d := newDesk(t)
	d.version(portfolio.Assured, d.x.Owner, false)
	asked := func() (board bool, director bool) {
		for _, m := range d.Portfolio().Matters(d.Day) {
			board = board || m.Kind == portfolio.CaseAssured
		}
		for _, task := range d.Portfolio().Tasks(d.Portfolio().Users.Get(d.x.Director), nil) {
			director = director || task.Kind == portfolio.CaseToApprove
		}
		return board, director
	}
	t.Run("it waits for approval while its initiative is in the plan, and for nobody once that has left", func(t *testing.T) {
		if board, director := asked(); !board || !director {
			t.Fatalf("the board %t, the director %t", board, director)
		}
		i, e, err := d.initiative().SetPlan(d.Portfolio(), d.decided(), portfolio.OutOfPlan, "opgivet")
		kept(d, i, e, err)
		if board, director := asked(); board || director {
			t.Errorf("the board %t, the director %t", board, director)
		}
	})
}
