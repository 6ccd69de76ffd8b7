package web

import (
	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// accountData is all that is kept of a person, for whoever asks for it: the account, what opened it, and all that was done.
type accountData struct {
	accountView
	// History is what the person did and what was done with the account, the latest first.
	History []sentence `json:"history"`
}

// accountData gives a person what is kept of him or her.
func (s *Server) accountData(r *request) (*page, error) { return r.data(r.user) }

func (r *request) data(u *portfolio.User) (*page, error) {
	v, err := r.accountOf(u, "")
	if err != nil {
		return nil, err
	}
	did, _, err := r.recorded(historyQuery{actor: u.ID}, 0)
	if err != nil {
		return nil, err
	}
	events, err := r.s.Store.Events(r.Context(), r.p, store.EventFilter{Kind: portfolio.KindUser, Subject: int64(u.ID), Limit: historyBatch})
	if err != nil {
		return nil, err
	}
	with, err := r.sentences(events)
	if err != nil {
		return nil, err
	}
	return &page{View: accountData{*v, latestFirst(did, with)}}, nil
}

// latestFirst puts two lists together, what stands in both once.
func latestFirst(a, b []sentence) []sentence {
	list := make([]sentence, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || (len(a) > 0 && a[0].Seq > b[0].Seq):
			list, a = append(list, a[0]), a[1:]
		case len(a) > 0 && a[0].Seq == b[0].Seq:
			a = a[1:]
		default:
			list, b = append(list, b[0]), b[1:]
		}
	}
	return list
}
