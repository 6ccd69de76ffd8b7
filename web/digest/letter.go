// Package digest mails people what waits for them, in the words of their list of tasks, if they want it.
package digest

import (
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"gevinst/portfolio"
	"gevinst/portfolio/store"
	"gevinst/web/locale"
	"gevinst/web/worklist"
)

// Letter is one person's mail.
type Letter struct {
	User    portfolio.UserID
	To      string
	Subject string
	Text    string
	// HTML is the same to look at, "" for a mail of words alone.
	HTML string
	// Account is where mails of the kind are stopped, "" where they are not.
	Account string
}

// maxLines bounds how many tasks a mail tells; the list has them all.
const maxLines = 50

// line is one task in a mail.
type line struct {
	Text, When, Href string
	Late             bool
}

//go:embed letter.html
var letterHTML string

var letterTemplate = template.Must(template.New("letter").Parse(letterHTML))

// Writer writes the mails.
type Writer struct {
	Store    *store.Store
	Language *locale.Language
	// Public is where people reach the program, without a slash at its end.
	Public string
}

// Write writes what waits for a user; ok is false where nothing does, or there is nowhere to send it.
func (w *Writer) Write(ctx context.Context, p *portfolio.Portfolio, u *portfolio.User) (letter Letter, ok bool, err error) {
	person := p.Person(u.ID)
	if u.Disabled || person.Email == "" {
		return Letter{}, false, nil
	}
	own := p.For(u) // nothing but what the reader may see
	tasks, err := worklist.Of(ctx, w.Store, own, u)
	if err != nil || len(tasks) == 0 {
		return Letter{}, false, err
	}
	var lines []line
	for _, t := range tasks[:min(len(tasks), maxLines)] {
		lines = append(lines, line{
			Text: worklist.Text(w.Language, own, t), When: worklist.When(w.Language, t), Href: w.Public + worklist.Href(t), Late: t.Late(p.Today),
		})
	}
	letter = Letter{
		User: u.ID, To: person.Email, Subject: w.Language.Count("digest.subject", len(tasks)), Account: w.Public + "/account",
	}
	letter.Text = w.text(person.Name, lines, len(tasks))
	letter.HTML, err = w.html(person.Name, lines, len(tasks))
	return letter, err == nil, err
}

func (w *Writer) text(name string, lines []line, all int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", w.Language.Say("digest.greeting", name), w.Language.Count("tasks.lede", all))
	for _, l := range lines {
		fmt.Fprintf(&b, "\n- %s\n", l.Text)
		if when := w.when(l); when != "" {
			fmt.Fprintf(&b, "  %s\n", when)
		}
		fmt.Fprintf(&b, "  %s\n", l.Href)
	}
	fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n%s\n", w.Language.Say("digest.all"), w.Public+"/tasks", w.Language.Say("digest.unsubscribe"), w.Public+"/account")
	return b.String()
}

func (w *Writer) when(l line) string {
	if l.Late {
		return l.When + ", " + w.Language.Say("tasks.overdue")
	}
	return l.When
}

func (w *Writer) html(name string, lines []line, all int) (string, error) {
	for k := range lines {
		lines[k].When = w.when(lines[k])
	}
	var b strings.Builder
	err := letterTemplate.Execute(&b, map[string]any{
		"Lang": w.Language.Code, "Greeting": w.Language.Say("digest.greeting", name), "Lede": w.Language.Count("tasks.lede", all), "Lines": lines,
		"All": w.Language.Say("digest.all"), "Tasks": w.Public + "/tasks", "Unsubscribe": w.Language.Say("digest.unsubscribe"), "Account": w.Public + "/account",
	})
	return b.String(), err
}
