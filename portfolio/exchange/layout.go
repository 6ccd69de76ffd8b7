package exchange

import (
	"context"

	"gevinst/portfolio"
)

// layout is one kind of file: its columns, and how what its rows tell of becomes a change. D is what rows are read into.
// Everything else, from encodings to the preview, is the same for all kinds.
type layout[D any] struct {
	columns []column[D]
	// told are columns of our own files that an import leaves alone: they tell of decisions and of sources.
	told []string
	// key is the column that names what a row is about; grouped tells that several rows may be about the same.
	key     string
	grouped bool
	// about finds what a row is about: a key that is the same for rows about the same, and what stands of it.
	about func(r cells) (key string, d D, ok bool)
	// begin makes room for what the row adds to its subject; nil where a row is the whole of it.
	begin func(r cells, d *D) bool
	// end sees to it that what was read hangs together; nil where there is nothing to see to.
	end func(r cells, d *D) bool
	// known finds what stands of all that was read at once; nil where about has found it.
	known func(ctx context.Context, in *reader, all []*D) error
	// before gives the subject as our own files would write it now, after as they will; before is nil of what is new.
	before, after func(p *portfolio.Portfolio, d *D) []said
	// stands is the record that will be changed, nil where one will be made of the kind made.
	stands func(d *D) portfolio.Record
	made   portfolio.Kind
	// title is what to call the subject, label its number.
	title func(p *portfolio.Portfolio, d *D) (label, title string)
	// taken reports that what would be new is there already.
	taken func(p *portfolio.Portfolio, d *D) bool
	// write carries the change out by the domain's verbs; id is that of what is new.
	write func(a act, d *D) error
	// fields names the columns that the domain calls otherwise.
	fields map[string]string
	// row finds which of its rows a refusal is about; nil where there is only one.
	row func(d *D, e *portfolio.Error) cells
}

// column is one column: its names, and how a cell of it is read.
type column[D any] struct {
	name string
	// danish is what people call the column, the best first.
	danish   []string
	required bool
	form     Form
	// codes are what the cells may say, where that is a choice.
	codes func() []string
	// set reads the cell into the draft; nil where about or begin has read it.
	set func(c cell, d *D) bool
}

// said is what one column of our own files says.
type said struct{ column, text string }

// act is the circumstances in which a change is carried out.
type act struct {
	p    *portfolio.Portfolio
	by   portfolio.By
	id   int64
	save func(portfolio.Record, portfolio.Event)
}

// kept saves what a verb gave, if it gave something, and gives it back for the next verb.
func kept[R portfolio.Record](a act, r R, e portfolio.Event, err error) (R, error) {
	if err != nil {
		return r, err
	}
	a.save(r, e)
	return r, nil
}

// anyLayout is a layout whatever its rows are read into.
type anyLayout interface {
	read(ctx context.Context, in *reader) ([]subject, error)
	info() []ColumnInfo
	names() names
}

// layoutOf finds how a kind of file is read.
func layoutOf(k Kind) anyLayout {
	switch k {
	case Catalogue:
		return &catalogueLayout
	case Initiatives:
		return &initiativeLayout
	case Benefits:
		return &benefitLayout
	case Requirements:
		return &requirementLayout
	case Claims:
		return &claimLayout
	}
	panic("exchange: no such kind of file") // a program's mistake: KindOf gives none that is not there
}

func (k *layout[D]) info() []ColumnInfo {
	list := make([]ColumnInfo, len(k.columns))
	for i, c := range k.columns {
		list[i] = ColumnInfo{Name: c.name, Required: c.required, Form: c.form}
		if len(c.danish) > 0 {
			list[i].Danish = c.danish[0]
		}
		if c.codes != nil {
			list[i].Codes = c.codes()
		}
	}
	return list
}

// names are what the columns of a kind of file may be called, as plainWord has them; told ones lead to no column.
type names struct {
	columns  []string
	required []string
	of       map[string]string
}

func (k *layout[D]) names() names {
	n := names{of: map[string]string{}}
	for _, name := range k.told {
		n.of[plainWord(name)] = ""
	}
	for _, c := range k.columns {
		n.columns = append(n.columns, c.name)
		n.of[plainWord(c.name)] = c.name
		for _, other := range c.danish {
			n.of[plainWord(other)] = c.name
		}
		if c.required {
			n.required = append(n.required, c.name)
		}
	}
	return n
}
