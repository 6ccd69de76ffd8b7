package portfolio

import "slices"

// Role is what a user does in the work with the benefits.
type Role uint8

// The roles. A deputy controller is a second economy chief.
const (
	ProjectOwner Role = iota + 1
	EconomyChief
	Director
	ProgrammeOffice
	Administrator
	Viewer
)

var roles = names[Role]{"project_owner", "economy_chief", "director", "programme_office", "administrator", "viewer"}

func (r Role) String() string                { return roles.code(r) }
func (r Role) MarshalText() ([]byte, error)  { return roles.text(r) }
func (r *Role) UnmarshalText(b []byte) error { return roles.parse(b, r) }

// Roles lists the roles.
func Roles() []Role { return roles.all() }

// User is an account as the log knows it: an opaque id and its rights. Name and mail are in Person, outside the log,
// so that a person can be erased without breaking the chain of events.
type User struct {
	ID       UserID `json:"id"`
	Role     Role   `json:"role"`
	Disabled bool   `json:"disabled,omitempty"`
	// Erased tells that nobody knows any more who had it.
	Erased bool `json:"erased,omitempty"`
	// Reset is when somebody else last took away what opened it, so that whoever has it can be told.
	Reset *CaseStep `json:"reset,omitempty"`
	Seal  Seal      `json:"seal,omitzero"`
	Meta
}

// Seal is what the log knows an account's person by: salted digests, which the store makes. They give away a name, a mail address
// or a password that was changed past the program; the salt is kept with the person, and goes with it. "" is none.
type Seal struct {
	// Person is over name and mail address, Password over the password's hash, Identity over who it is at an identity provider.
	Person   string `json:"person,omitempty"`
	Password string `json:"password,omitempty"`
	Identity string `json:"identity,omitempty"`
}

func (u *User) Kind() Kind { return KindUser }
func (u *User) Key() int64 { return int64(u.ID) }

// Person is who a user is. It is kept outside the events.
type Person struct {
	User  UserID `json:"user"`
	Name  string `json:"name"`
	Email string `json:"email"`
	// Digest is how often the person wants a reminder by mail: "" for never, "daily" or "weekly".
	Digest string `json:"digest,omitempty"`
	// Namesake tells that somebody else has the same name, so that it alone does not say who it is.
	Namesake bool `json:"-"`
}

// By says who acts, when and why: the first argument of every verb.
type By struct {
	User  *User
	At    Instant
	Today Date
	// Note is the actor's reason, shown in the history.
	Note string
	// Decision names the board's decision that the act carries out.
	Decision DecisionID
	// Source is where the values come from; zero means that the actor states them.
	Source Source
}

// NewUser creates an account. Only an administrator may, save that the first account of all makes itself,
// and must be an administrator.
func NewUser(p *Portfolio, by By, id UserID, role Role) (*User, Event, error) {
	first := p.Users.Len() == 0 && role == Administrator && by.User == nil
	if !first {
		if err := by.may(ManageAccounts, relation{}); err != nil {
			return nil, Event{}, err
		}
	}
	if role == 0 {
		return nil, Event{}, invalid("role", "error.required")
	}
	u := &User{ID: id, Role: role, Meta: newMeta(by)}
	if first {
		by.User = u
	}
	return u, by.event("user.create"), nil
}

// SetRole changes what a user may do. The last administrator stays one.
func (u *User) SetRole(p *Portfolio, by By, role Role) (*User, Event, error) {
	if err := by.may(ManageAccounts, relation{}); err != nil {
		return nil, Event{}, err
	}
	if role == 0 {
		return nil, Event{}, invalid("role", "error.required")
	}
	if role != Administrator && p.lastAdministrator(u.ID) {
		return nil, Event{}, invalid("role", "error.last_administrator")
	}
	next := *u
	next.Role = role
	next.touch(by, "role")
	return &next, by.event("user.set_role"), nil
}

// SignOn gives the account of whoever signs in at the organisation's identity provider the role that the groups there map to,
// and makes the account where there is none with the id. The provider's word carries the change and no person's rights, so the
// account itself is the actor, and nobody else may be. A closed account stays closed, the last administrator stays one, and the
// first account of all must be an administrator's.
func SignOn(p *Portfolio, by By, id UserID, role Role) (*User, Event, error) {
	u := p.Users.Get(id)
	switch {
	case by.User != nil || (u == nil && role != Administrator && p.Users.Len() == 0):
		return nil, Event{}, &Error{Kind: Forbidden, Code: "error.forbidden", Args: []any{ManageAccounts.String()}}
	case role == 0:
		return nil, Event{}, invalid("role", "error.required")
	case u != nil && u.Disabled:
		return nil, Event{}, &Error{Kind: Forbidden, Code: "sign_on.closed"}
	case role != Administrator && p.lastAdministrator(id):
		return nil, Event{}, invalid("role", "error.last_administrator")
	}
	next := &User{ID: id, Meta: newMeta(by)}
	if u != nil {
		*next = *u
		next.touch(by, "role")
	}
	next.Role, by.User = role, next
	return next, by.event("user.sign_on"), nil
}

// Disable closes an account. The last administrator cannot be closed.
func (u *User) Disable(p *Portfolio, by By) (*User, Event, error) {
	if err := by.may(ManageAccounts, relation{}); err != nil {
		return nil, Event{}, err
	}
	if p.lastAdministrator(u.ID) {
		return nil, Event{}, invalid("", "error.last_administrator")
	}
	next := *u
	next.Disabled = true
	next.touch(by, "disabled")
	return &next, by.event("user.disable"), nil
}

// Enable opens a closed account again, with the role it had. One that was erased stays closed: nobody has it.
func (u *User) Enable(by By) (*User, Event, error) {
	if err := by.may(ManageAccounts, relation{}); err != nil {
		return nil, Event{}, err
	}
	if u.Erased {
		return nil, Event{}, invalid("", "users.is_erased")
	}
	next := *u
	next.Disabled = false
	next.touch(by, "disabled")
	return &next, by.event("user.enable"), nil
}

// ResetPassword takes away what opens an account, for whoever has it to choose a new password. A closed account gets none.
func (u *User) ResetPassword(by By) (*User, Event, error) { return u.takeAway(by, "user.reset") }

// Unbind forgets who an account is at the identity provider: the next to come with its mail address has it.
func (u *User) Unbind(by By) (*User, Event, error) { return u.takeAway(by, "user.unbind") }

// takeAway records that somebody else changes what lets a person in.
func (u *User) takeAway(by By, v Verb) (*User, Event, error) {
	if err := by.may(ManageAccounts, relation{}); err != nil {
		return nil, Event{}, err
	}
	if u.Disabled && v == "user.reset" {
		return nil, Event{}, invalid("", "users.is_closed")
	}
	next := *u
	next.Reset = by.step()
	return &next, by.event(v), nil
}

// Correct records that the name or the mail address was corrected. Which ones stand outside the log.
func (u *User) Correct(by By) (*User, Event, error) {
	if err := by.may(ManageAccounts, relation{}); err != nil {
		return nil, Event{}, err
	}
	next := *u
	return &next, by.event("user.correct"), nil
}

// Erase closes an account for good and records that nobody knows any more who had it. The last administrator stays.
func (u *User) Erase(p *Portfolio, by By) (*User, Event, error) {
	if err := by.may(ManageAccounts, relation{}); err != nil {
		return nil, Event{}, err
	}
	if p.lastAdministrator(u.ID) {
		return nil, Event{}, invalid("", "error.last_administrator")
	}
	next := *u
	next.Disabled, next.Erased, next.Seal = true, true, Seal{}
	next.touch(by, "disabled")
	return &next, by.event("user.erase"), nil
}

// SetPassword records that whoever has the account chose a password.
func (u *User) SetPassword(by By) (*User, Event, error) {
	if err := by.may(KeepAccount, relation{owners: [3]UserID{u.ID}}); err != nil {
		return nil, Event{}, err
	}
	next := *u
	return &next, by.event("user.set_password"), nil
}

// canOwn reports whether a user may be named an owner: none is nobody, and an account that is closed, only looks on, or only
// keeps accounts cannot answer for anything.
func (p *Portfolio) canOwn(id UserID) bool {
	u := p.Users.Get(id)
	return id == 0 || (u != nil && !u.Disabled && u.Role != Viewer && u.Role != Administrator)
}

func (p *Portfolio) lastAdministrator(id UserID) bool {
	u := p.Users.Get(id)
	if u == nil || u.Role != Administrator || u.Disabled {
		return false
	}
	others := slices.ContainsFunc(p.Users.rows, func(o *User) bool {
		return o != nil && o.ID != id && o.Role == Administrator && !o.Disabled
	})
	return !others
}
