package web

import (
	"bytes"
	"container/list"
	"net/http"
	"strconv"
	"sync"

	"github.com/klauspost/compress/gzip"

	"gevinst/portfolio"
)

// cacheKey is everything that an answer is a function of.
type cacheKey struct {
	seq, people         int64
	day                 portfolio.Date
	user                portfolio.UserID
	role                portfolio.Role
	lang, form, address string
	etag                string
}

// rendered is a finished answer, plain and compressed.
type rendered struct {
	contentType   string
	filename      string
	plain, packed []byte
}

// worthPacking is the size from which compressing pays, in bytes.
const worthPacking = 1000

func newRendered(contentType string, b []byte) *rendered {
	r := &rendered{contentType: contentType, plain: b}
	if len(b) < worthPacking {
		return r
	}
	var packed bytes.Buffer
	z := packers.Get().(*gzip.Writer)
	z.Reset(&packed)
	// Writing to memory does not fail.
	_, _ = z.Write(b)
	_ = z.Close()
	packers.Put(z)
	r.packed = packed.Bytes()
	return r
}

var packers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, 5)
	if err != nil {
		panic(err) // the level is a constant
	}
	return z
}}

func (b *rendered) send(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	h.Set("Content-Type", b.contentType)
	if b.filename != "" {
		h.Set("Content-Disposition", `attachment; filename="`+b.filename+`"`)
	}
	body := b.plain
	if b.packed != nil && accepts(r.Header.Values("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = b.packed
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who went away is no fault
	}
}

// maxCached bounds the answers that are kept, in bytes.
const maxCached = 16 << 20

// pageCache keeps finished answers, the least used leaving first. Their keys hold the sequence number, so nothing has to be
// thrown out when something changes.
type pageCache struct {
	mu    sync.Mutex
	most  int
	size  int
	order *list.List
	items map[cacheKey]*list.Element
}

type cached struct {
	key  cacheKey
	body *rendered
}

func newPageCache(most int) *pageCache {
	return &pageCache{most: most, order: list.New(), items: map[cacheKey]*list.Element{}}
}

func (c *pageCache) get(k cacheKey) (*rendered, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.items[k]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).body, true
}

// entrySize is about what keeping an answer takes beside its bytes and its address.
const entrySize = 500

// size counts the address too, which anyone can make long.
func (e *cached) size() int {
	return len(e.body.plain) + len(e.body.packed) + len(e.key.address) + entrySize
}

func (c *pageCache) put(k cacheKey, b *rendered) {
	one := &cached{k, b}
	if one.size() > c.most/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.items[k]; ok {
		return
	}
	c.items[k] = c.order.PushFront(one)
	c.size += one.size()
	for c.size > c.most {
		last := c.order.Back()
		old := c.order.Remove(last).(*cached)
		delete(c.items, old.key)
		c.size -= old.size()
	}
}
