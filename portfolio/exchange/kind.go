package exchange

import (
	"slices"

	"gevinst/portfolio"
)

// Kind is a sort of file that can be read in.
type Kind uint8

// The kinds of file. A row of the last two is a part of what it tells of: a line of a requirement, a month of a claim.
const (
	Catalogue Kind = iota + 1
	Initiatives
	Benefits
	Requirements
	Claims
)

var kindNames = [...]string{"", "catalogue", "initiatives", "benefits", "requirements", "ledger"}

func (k Kind) String() string { return kindNames[k] }

// Kinds lists them.
func Kinds() []Kind { return []Kind{Catalogue, Initiatives, Benefits, Requirements, Claims} }

// KindOf finds a kind by its name; 0 is none.
func KindOf(name string) Kind {
	if name == "" {
		return 0
	}
	return Kind(max(0, slices.Index(kindNames[:], name)))
}

// Action is the right that reading such a file in takes; the domain's verbs ask again, row by row.
func (k Kind) Action() portfolio.Action {
	switch k {
	case Requirements:
		return portfolio.EditRequirement
	case Claims:
		return portfolio.ClaimSaving
	}
	return portfolio.ImportFile
}

// MayImport refuses a user whose role reads in no such file.
func MayImport(u *portfolio.User, k Kind) error {
	if u != nil && !u.Disabled && portfolio.Reach(k.Action(), u.Role) != portfolio.Never {
		return nil
	}
	return &portfolio.Error{Kind: portfolio.Forbidden, Code: "error.forbidden", Args: []any{k.Action().String()}}
}

// somebody stands for a user who may, where a file is only looked at.
func somebody(k Kind) *portfolio.User {
	role := portfolio.ProgrammeOffice
	if k == Requirements {
		role = portfolio.EconomyChief
	}
	return &portfolio.User{Role: role}
}

// Form is how a column's cells are written.
type Form uint8

// The forms of a cell.
const (
	Text Form = iota + 1
	Number
	Amount
	MonthForm
	YesNo
	Choice
	Reference
	Decimal
	DateForm
	Lines
)

var formNames = [...]string{"", "text", "number", "amount", "month", "yes_no", "choice", "reference", "decimal", "date", "lines"}

func (f Form) String() string {
	if int(f) < len(formNames) {
		return formNames[f]
	}
	return ""
}

// MarshalText gives the form's code.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// ColumnInfo tells what a file may hold, for a page that explains it.
type ColumnInfo struct {
	Name     string   `json:"name"`
	Danish   string   `json:"danish"`
	Required bool     `json:"required"`
	Form     Form     `json:"form"`
	Codes    []string `json:"codes,omitempty"`
}

// Columns lists what a file of the kind may hold.
func (k Kind) Columns() []ColumnInfo { return layoutOf(k).info() }

// Export gives what stands as a table that can be read in again. The ledger's entries are not in the portfolio: of them it
// gives the columns alone.
func (k Kind) Export(p *portfolio.Portfolio) Table {
	none := func(func(*portfolio.Entry, error) bool) {}
	for _, f := range lists(p, none) {
		if f.name == k.String()+".csv" {
			t := Table{Columns: f.columns}
			_ = f.rows(t.Add) // only the ledger's rows can fail, and there are none
			return t
		}
	}
	return Table{}
}
