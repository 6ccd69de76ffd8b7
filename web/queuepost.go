package web

import (
	"fmt"
	"slices"
	"strconv"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// maxSettled bounds how many claims are settled at once.
const maxSettled = 1000

// queueLine is what was sent of one claim in the queue.
type queueLine struct {
	id      portfolio.EntryID
	version int64
	note    string
	chosen  bool
}

// rowField names a claim among the form's refusals, and its row on the page.
func rowField(id portfolio.EntryID) string { return fmt.Sprintf("row-%d", id) }

// queueChoice is what was sent, claim by claim; empty where nothing was.
func (r *request) queueChoice() map[portfolio.EntryID]*queueLine {
	lines := map[portfolio.EntryID]*queueLine{}
	if r.form == nil {
		return lines
	}
	at := func(name string, k int) string {
		if list := r.form.Values[name]; k < len(list) {
			return list[k]
		}
		return ""
	}
	for k, text := range r.form.Values["row"] {
		id, _ := strconv.ParseInt(text, 10, 64) // what is no number is refused by readQueue
		version, _ := strconv.ParseInt(at("row_version", k), 10, 64)
		lines[portfolio.EntryID(id)] = &queueLine{id: portfolio.EntryID(id), version: version, note: at("row_note", k)}
	}
	for _, text := range r.form.Values["chosen"] {
		id, _ := strconv.ParseInt(text, 10, 64)
		if line, ok := lines[portfolio.EntryID(id)]; ok {
			line.chosen = true
		}
	}
	return lines
}

// readQueue reads the chosen claims, in the order in which they were made. Each must be among the rows, which say what version
// of it was seen.
func (r *request) readQueue(accept bool) []*queueLine {
	f, rows := r.form, r.queueChoice()
	var list []*queueLine
	for _, text := range f.Values["chosen"] {
		id, err := strconv.ParseInt(text, 10, 64)
		line := rows[portfolio.EntryID(id)]
		switch {
		case err != nil || line == nil:
			f.bad("chosen", "error.choice", text)
			return nil
		case line.version <= 0:
			f.bad(rowField(line.id), "error.version")
		case len(line.note) > maxNote:
			f.bad(rowField(line.id), "error.too_long", maxNote)
		case !accept && line.note == "":
			f.bad(rowField(line.id), "queue.note_needed")
		}
		list = append(list, line)
	}
	slices.SortFunc(list, func(a, b *queueLine) int { return int(a.id - b.id) })
	list = slices.Compact(list)
	switch {
	case len(list) == 0:
		f.bad("chosen", "queue.none_chosen")
	case len(list) > maxSettled:
		f.bad("chosen", "error.too_many", maxSettled)
	}
	return list
}

// settleQueue confirms or sends back the chosen claims, all or none, each with its own note or else the one for all. A claim
// that is sent back needs its own: its owner reads it.
func (s *Server) settleQueue(r *request) (*done, error) {
	r.query.Del("saved")
	switch r.form.get("settlement") {
	case "accept", "reject":
	case "sum": // without script: to see what the chosen add up to
		pg, err := s.queue(r)
		return &done{show: pg}, err
	default:
		r.form.bad("settlement", "error.choice", r.form.get("settlement"))
		return nil, r.form.err()
	}
	accept := r.form.get("settlement") == "accept"
	lines := r.readQueue(accept)
	for _, line := range lines {
		r.form.Labels[rowField(line.id)] = r.say("queue.row", int64(line.id))
	}
	seq, err := r.write(func(tx *store.Tx, by portfolio.By) error {
		if err := allowed(tx, by, portfolio.SettleClaim, nil); err != nil {
			return err
		}
		return settleAll(r, tx, by, lines, accept)
	})
	return &done{location: r.turned("after", r.value("after")), seq: seq}, err
}

// settleAll settles every claim, or names each that stands in the way.
func settleAll(r *request, tx *store.Tx, by portfolio.By, lines []*queueLine, accept bool) error {
	var no portfolio.Refusals
	p, common := tx.Portfolio(), by.Note
	var settled []portfolio.Change
	for _, line := range lines {
		e, err := tx.Entry(line.id)
		if err != nil {
			if no = refusedRow(no, line.id, err); no == nil {
				return err
			}
			continue
		}
		if e.Settled != nil {
			no = append(no, &portfolio.Error{
				Kind: portfolio.Conflict, Field: rowField(line.id), Code: "queue.settled_meanwhile",
				Args: []any{e.State(), r.name(e.Settled.By), store.DayOf(e.Settled.At)},
			})
			continue
		}
		by.Note = common
		if line.note != "" {
			by.Note = line.note
		}
		if e.Version != line.version {
			no = append(no, &portfolio.Error{Kind: portfolio.Conflict, Field: rowField(line.id), Code: "queue.changed"})
			continue
		}
		next, event, err := e.Settle(p, by, accept)
		if err == nil {
			settled = append(settled, portfolio.Change{Record: next, Event: event})
			continue
		}
		if no = refusedRow(no, line.id, err); no == nil {
			return err
		}
	}
	if err := no.Or(); err != nil {
		return err
	}
	tx.SaveAll(settled)
	return nil
}

// refusedRow adds a claim's refusal under the claim's own name; nil where err is a fault. What is another's to settle is refused
// as the choice that it was, so that the other choices are kept.
func refusedRow(no portfolio.Refusals, id portfolio.EntryID, err error) portfolio.Refusals {
	refusals := portfolio.AsRefusals(err)
	if len(refusals) == 0 {
		return nil
	}
	for _, e := range refusals {
		own := *e
		own.Field = rowField(id)
		if own.Kind != portfolio.Conflict {
			own.Kind = portfolio.Invalid
		}
		no = append(no, &own)
	}
	return no
}
