package web

import (
	"sync"

	"gevinst/portfolio"
)

// worked keeps what was last worked out of whole tables, by all that it is a function of. Most changes leave most tables as they
// were, so the first page after a change need not walk them again.
type worked[K comparable, V any] struct {
	mu   sync.Mutex
	kept map[K]V
}

// maxWorked bounds what is kept of a kind: a few filters, in two languages, now and in the past.
const maxWorked = 8

// of gives what is kept, or works it out. What it gives is shared and must not be changed.
func (w *worked[K, V]) of(key K, work func() V) V {
	w.mu.Lock()
	defer w.mu.Unlock()
	if v, ok := w.kept[key]; ok {
		return v
	}
	v := work()
	if w.kept == nil || len(w.kept) >= maxWorked {
		w.kept = map[K]V{}
	}
	w.kept[key] = v
	return v
}

// workings are what a server keeps.
type workings struct {
	items       worked[itemsKey, siftedItems]
	became      worked[portfolio.Mark, map[portfolio.ItemID][]*portfolio.Initiative]
	initiatives worked[initiativesKey, []*portfolio.Initiative]
	owners      worked[ownersKey, facet]
	planned     worked[portfolio.Mark, []portfolio.InitiativeID]
}

type itemsKey struct {
	items, areas portfolio.Mark
	address      string
}

type initiativesKey struct {
	initiatives portfolio.Mark
	filter      portfolio.Filter
}

type ownersKey struct {
	initiatives, users portfolio.Mark
	people             int64
	lang, chosen       string
}
