package portfolio

// Mapping is how the columns of a file from elsewhere are read: saved under a name, so that the next file needs no telling.
type Mapping struct {
	ID   MappingID `json:"id"`
	Name string    `json:"name"`
	// For is the kind of file: "finance", "ledger", "initiatives", ...
	For string `json:"for"`
	// Columns give each field the header that it has in the file.
	Columns map[string]string `json:"columns"`
	// Options say how values are written: "sign", "dates", "decimal", "encoding", "header_row", ...
	Options map[string]string `json:"options,omitempty"`
	Meta
}

func (m *Mapping) Kind() Kind { return KindMapping }
func (m *Mapping) Key() int64 { return int64(m.ID) }

func (m *Mapping) refuse(p *Portfolio) error {
	no := refuseText("name", m.Name, 100, true)
	no = append(no, refuseText("for", m.For, 100, true)...)
	if o := p.MappingBy(m.For, m.Name); o != nil && o.ID != m.ID {
		no = append(no, invalid("name", "error.taken", m.Name))
	}
	if len(m.Columns) > 100 || len(m.Options) > 100 {
		no = append(no, invalid("columns", "error.too_many", 100))
	}
	for _, list := range [...]map[string]string{m.Columns, m.Options} {
		for field, header := range list {
			no = append(no, refuseText("columns", field, 100, true)...)
			no = append(no, refuseText("columns", header, 300, false)...)
		}
	}
	return no.Or()
}

// mayMap lets those who import keep mappings: Finance, and the programme office.
func (by By) mayMap() error {
	if by.may(ImportFinance, relation{}) == nil {
		return nil
	}
	return by.may(ImportFile, relation{})
}

// NewMapping saves how a kind of file is read.
func NewMapping(p *Portfolio, by By, m Mapping) (*Mapping, Event, error) {
	if err := by.mayMap(); err != nil {
		return nil, Event{}, err
	}
	if err := m.refuse(p); err != nil {
		return nil, Event{}, err
	}
	m.Meta = newMeta(by)
	return &m, by.event("mapping.save"), nil
}

// Edit changes how the columns are read; Removed takes the mapping away.
func (m *Mapping) Edit(p *Portfolio, by By, to Mapping) (*Mapping, Event, error) {
	if err := by.mayMap(); err != nil {
		return nil, Event{}, err
	}
	next := *m
	next.Name, next.Columns, next.Options, next.Removed = to.Name, to.Columns, to.Options, to.Removed
	if err := next.refuse(p); err != nil {
		return nil, Event{}, err
	}
	next.touch(by, "name", "columns", "options")
	if next.Removed {
		return &next, by.event("mapping.remove"), nil
	}
	return &next, by.event("mapping.edit"), nil
}

// MappingBy finds a mapping by what it is for and its name, or nil.
func (p *Portfolio) MappingBy(kind, name string) *Mapping {
	for m := range p.Mappings.All() {
		if m.For == kind && m.Name == name {
			return m
		}
	}
	return nil
}
