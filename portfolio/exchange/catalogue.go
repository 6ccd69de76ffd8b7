package exchange

import (
	"io"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
)

// Action is what an import does with a row.
type Action uint8

// A row describes a new item, changes one, or says what is already so.
const (
	Same Action = iota
	New
	Changed
)

func (a Action) String() string { return [...]string{"same", "new", "changed"}[a] }

// FieldChange is a field before and after, as our own files write it.
type FieldChange struct{ Column, Before, After string }

// Row is what an import does with one row of the file.
type Row struct {
	Row     int
	No      int
	Title   string
	Action  Action
	Changes []FieldChange

	to   portfolio.CatalogueItem
	seen int64 // the version that the change was found against
}

// Catalogue is a file of catalogue items that has been read and found good: what it would change, row by row.
type Catalogue struct {
	Rows []Row
	// LeftAlone names the file's columns that an import does not set.
	LeftAlone []string
}

// Count tells how many rows have the action.
func (c *Catalogue) Count(a Action) int {
	n := 0
	for _, r := range c.Rows {
		if r.Action == a {
			n++
		}
	}
	return n
}

// ReadCatalogue reads a CSV file of catalogue items against the portfolio and changes nothing. A file that is not good is a
// *FileError with every row that is not; any other error is one of reading.
//
// Columns may stand in any order, under our own names or Danish ones; the separator is found from the header. A cell that
// says what the portfolio says is no change, also where no user may leave a field so. A column that is not there leaves its
// field as it is.
func ReadCatalogue(p *portfolio.Portfolio, r io.Reader) (*Catalogue, error) {
	whole, err := decode(r)
	if err != nil {
		return nil, err
	}
	bad := &FileError{}
	s := readSheet(whole, bad)
	at := s.readHeader(bad)
	if bad.or() == nil && len(s.rows) == 0 {
		bad.add(RowError{Code: "import.no_rows"})
	}
	if len(at) == 0 || bad.or() != nil {
		return nil, bad.or()
	}
	in := reader{p: p, sheet: &s, at: at, bad: bad, areas: map[string]portfolio.AreaID{}, rowOf: map[int]int{}}
	for a := range p.Areas.All() {
		in.areas[plainWord(a.Name)] = a.ID
		in.names = append(in.names, a.Name)
	}
	c := &Catalogue{}
	for _, name := range s.header {
		if column, _ := columnOf(name); column == "" {
			c.LeftAlone = append(c.LeftAlone, name)
		}
	}
	for i := range s.rows {
		if row, ok := in.row(&s.rows[i]); ok {
			c.Rows = append(c.Rows, row)
		}
	}
	if err := bad.or(); err != nil {
		return nil, err
	}
	return c, nil
}

// MayImport refuses a user whose role does not import files.
func MayImport(p *portfolio.Portfolio, u *portfolio.User) error {
	if p.May(u, portfolio.ImportFile, nil) {
		return nil
	}
	return &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{portfolio.ImportFile.String()}}
}

// Apply writes the file's changes by the domain's verbs, all or nothing. Rows that change nothing give no event. An item
// that somebody has changed since the file was read is a conflict.
func (c *Catalogue) Apply(tx *store.Tx, by portfolio.By) error {
	p := tx.Portfolio()
	if err := MayImport(p, by.User); err != nil {
		return err
	}
	id, err := c.reserve(tx)
	if err != nil {
		return err
	}
	for _, row := range c.Rows {
		var next *portfolio.CatalogueItem
		var event portfolio.Event
		switch now := p.ItemByNo(row.No); {
		case row.Action == Same:
			continue
		case row.Action == New:
			item := row.to
			item.ID = portfolio.ItemID(id)
			id++
			next, event, err = portfolio.NewItem(p, by, item)
		case now == nil:
			return portfolio.Missing(portfolio.KindCatalogueItem, row.No)
		default:
			if err := store.Seen(now, row.seen); err != nil {
				return err
			}
			next, event, err = now.Edit(p, by, row.to)
		}
		if err != nil {
			return row.refused(err)
		}
		tx.Save(next, event)
	}
	return nil
}

// reserve takes the ids of the new items and gives the first.
func (c *Catalogue) reserve(tx *store.Tx) (int64, error) {
	n := c.Count(New)
	if n == 0 {
		return 0, nil
	}
	return tx.Reserve(portfolio.KindCatalogueItem, int64(n))
}

// refused tells which row the domain did not take.
func (r *Row) refused(err error) error {
	refusals := portfolio.AsRefusals(err)
	if len(refusals) == 0 || refusals[0].Kind != portfolio.Invalid {
		return err
	}
	bad := &FileError{}
	for _, e := range refusals {
		bad.add(RowError{Row: r.Row, Column: e.Field, Code: e.Code, Args: e.Args})
	}
	return bad
}

// sameText reports that two cells say the same; spreadsheets and browsers break lines differently.
func sameText(a, b string) bool {
	return strings.ReplaceAll(a, "\r\n", "\n") == strings.ReplaceAll(b, "\r\n", "\n")
}
