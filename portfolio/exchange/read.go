package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// Action is what an import does with what rows are about.
type Action uint8

// Rows describe something new, change something, or say what is already so.
const (
	Same Action = iota
	New
	Changed
)

func (a Action) String() string { return [...]string{"same", "new", "changed"}[a] }

// FieldChange is a field before and after, as our own files write it.
type FieldChange struct{ Column, Before, After string }

// Row is what an import does with one row of the file, or with the rows about one subject, of which Row is the first.
type Row struct {
	Row int
	// Label is the subject's number, "" where it has none yet.
	Label   string
	Title   string
	Action  Action
	Changes []FieldChange
}

// Import is a file that has been read and found good: what it would change, subject by subject.
type Import struct {
	Kind Kind
	Rows []Row
	// LeftAlone names the file's columns that an import does not set.
	LeftAlone []string

	store    *store.Store
	seq      int64 // of the portfolio that it was read against
	subjects []subject
}

// Count tells of how many subjects the action is.
func (m *Import) Count(a Action) int {
	n := 0
	for i := range m.Rows {
		if m.Rows[i].Action == a {
			n++
		}
	}
	return n
}

// subject is what rows tell of, with what to do about it.
type subject struct {
	row  Row
	now  portfolio.Record // nil for what is new
	seen int64            // the version that the change was found against
	draft
}

// draft is a subject as the rows have it, whatever kind it is of.
type draft interface {
	made() portfolio.Kind
	taken(p *portfolio.Portfolio) bool
	write(a act) error
	// refused tells where in the file a refusal belongs.
	refused(e *portfolio.Error) RowError
}

// Reading is what a file is read against, and how.
type Reading struct {
	Kind Kind
	// Store is where the ledger's entries are, Portfolio what stands.
	Store     *store.Store
	Portfolio *portfolio.Portfolio
	// User is who is to read the file in; nil looks at it as one would who may.
	User *portfolio.User
	// Mapping gives columns other names.
	Mapping Mapping
	// Limits bound the file; zero is Upload.
	Limits Limits
	// Progress is told now and then how many rows of how many have been read; nil is nobody.
	Progress func(rows, of int)
}

// Read reads a CSV file or an Excel workbook and changes nothing. A file that is not good is a *FileError with every row
// that is not; any other error is one of reading.
//
// Columns may stand in any order, under our own names or Danish ones. A cell that says what the portfolio says is no change,
// also where no user may leave a field so. A column that is not there leaves its field as it is. What the rows tell of is
// tried on the domain's verbs, so that a row which they would refuse is named before anything is written.
func (r Reading) Read(ctx context.Context, file io.Reader) (*Import, error) {
	if r.Limits == (Limits{}) {
		r.Limits = Upload
	}
	if r.User == nil {
		r.User = somebody(r.Kind)
	}
	bad := &FileError{}
	s, err := r.open(ctx, file, bad)
	if err != nil {
		return nil, err
	}
	k := layoutOf(r.Kind)
	in := &reader{Reading: r, p: r.Portfolio, sheet: s, bad: bad}
	in.header(k.names())
	if bad.or() == nil && len(s.rows) == 0 {
		bad.add(RowError{Code: "import.no_rows"})
	}
	if bad.or() != nil {
		return nil, bad
	}
	m := &Import{Kind: r.Kind, LeftAlone: in.leftAlone, store: r.Store, seq: r.Portfolio.Seq}
	if m.subjects, err = k.read(ctx, in); err != nil {
		return nil, err
	}
	if bad.or() != nil {
		return nil, bad
	}
	m.Rows = make([]Row, len(m.subjects))
	for i := range m.subjects {
		m.Rows[i] = m.subjects[i].row
	}
	return m, nil
}

// Header reads the names that a file gives its columns.
func (r Reading) Header(ctx context.Context, file io.Reader) ([]string, error) {
	if r.Limits == (Limits{}) {
		r.Limits = Upload
	}
	s, err := r.open(ctx, file, &FileError{}) // what is wrong further down, the reading tells
	if err != nil {
		return nil, err
	}
	return s.header, nil
}

// read gathers the rows into subjects and finds what each of them changes. What is wrong is in in.bad afterwards.
func (k *layout[D]) read(ctx context.Context, in *reader) ([]subject, error) {
	list, err := k.gather(ctx, in)
	if err != nil {
		return nil, err
	}
	if k.known != nil && in.bad.or() == nil {
		all := make([]*D, len(list))
		for i := range list {
			all[i] = list[i].d
		}
		if err := k.known(ctx, in, all); err != nil {
			return nil, err
		}
	}
	subjects := make([]subject, 0, len(list))
	for _, one := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if one.bad || (k.end != nil && !k.end(one.first, one.d)) {
			continue
		}
		s := k.subject(in, one)
		if s.row.Action != Same {
			in.try(&s)
		}
		subjects = append(subjects, s)
	}
	return subjects, nil
}

// gather reads the rows, each into its subject's draft, in the file's order.
func (k *layout[D]) gather(ctx context.Context, in *reader) ([]*drafted[D], error) {
	var list []*drafted[D]
	byKey := map[string]*drafted[D]{}
	for i := range in.sheet.rows {
		if i%progressStep == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			in.progress(i)
		}
		r, ok := in.row(&in.sheet.rows[i])
		if !ok {
			continue
		}
		key, d, ok := k.about(r)
		if !ok {
			continue
		}
		one := byKey[key]
		if one != nil && !k.grouped {
			r.get(k.key).refuse("import.twice", one.first.row)
			continue
		}
		if one == nil {
			one = &drafted[D]{layout: k, d: &d, first: r}
			if k.stands(&d) != nil {
				one.before = k.before(in.p, &d)
			}
			byKey[key] = one
			list = append(list, one)
		}
		if !k.set(r, one) {
			one.bad = true
		}
	}
	in.progress(len(in.sheet.rows))
	return list, nil
}

// set reads the row's cells into the draft. A cell that says what stands leaves it.
func (k *layout[D]) set(r cells, one *drafted[D]) bool {
	if k.begin != nil && !k.begin(r, one.d) {
		return false
	}
	ok := true
	for i := range k.columns {
		c := &k.columns[i]
		if c.set == nil || !r.given(c.name) {
			continue
		}
		cell := r.get(c.name)
		if !k.grouped && says(one.before, c.name, cell.text) {
			continue
		}
		ok = c.set(cell, one.d) && ok
	}
	return ok
}

// subject finds what a draft changes.
func (k *layout[D]) subject(in *reader, one *drafted[D]) subject {
	s := subject{row: Row{Row: one.first.row, Action: New}, now: k.stands(one.d), draft: one}
	s.row.Label, s.row.Title = k.title(in.p, one.d)
	var before []said
	if s.now != nil {
		s.seen, s.row.Action = portfolio.MetaOf(s.now).Version, Changed
		before = k.before(in.p, one.d)
	}
	s.row.Changes = compare(before, k.after(in.p, one.d))
	if s.now != nil && len(s.row.Changes) == 0 {
		s.row.Action = Same
	}
	return s
}

// Mark sums up what the file would change, and tells it from anything else that one would.
func (m *Import) Mark() string {
	sum := sha256.New()
	for i := range m.Rows {
		r := &m.Rows[i]
		fmt.Fprintf(sum, "%d %d %q %q %q\n", r.Row, r.Action, r.Label, r.Title, r.Changes) // a hash takes everything
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:15])
}
