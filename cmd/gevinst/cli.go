package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"gevinst/portfolio/amount"
	"gevinst/web/locale"
)

// The exit statuses: done, refused with reasons, wrong usage.
const (
	done = iota
	refused
	misused
)

// cli is every command and flag. Each flag is an environment variable too: --database-url is GEVINST_DATABASE_URL.
type cli struct {
	place

	Lang string `help:"Language of what is printed: da or en. Default: en where $LANG says so, else da." enum:",da,en" default:""`

	Serve    serveCmd    `cmd:"" help:"Serve the portfolio over HTTP."`
	Demo     demoCmd     `cmd:"" help:"Serve a demonstration: launch data and example data, sign-in by role."`
	Examples examplesCmd `cmd:"" help:"Example data."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database's layout up to date."`
	Check    checkCmd    `cmd:"" help:"Check the invariants: a line for each that does not hold."`
	Backup   backupCmd   `cmd:"" help:"Write everything into one file, while the program runs."`
	Restore  restoreCmd  `cmd:"" help:"Read a backup into an empty place, and check it."`
	Import   importCmd   `cmd:"" help:"Read in a file, or the folder of an export."`
	Digest   digestCmd   `cmd:"" help:"Mail people what waits for them today, or print it."`
	Export   exportCmd   `cmd:"" help:"Write the portfolio as a folder of CSV files, as a workbook, or as JSON."`
	User     userCmd     `cmd:"" help:"Accounts."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// place is where the portfolio is, who acts, and on which day.
type place struct {
	Data            string      `help:"Folder of the embedded database. Default: ./var." default:"./var" placeholder:"DIR"`
	DatabaseURL     string      `help:"PostgreSQL database to use instead; prefer the environment or --database-url-file, for it holds a password." placeholder:"URL"`
	DatabaseURLFile string      `help:"File that holds the database's URL." placeholder:"FILE"`
	As              string      `help:"Mail address of the acting user, for what writes." placeholder:"EMAIL"`
	Today           amount.Date `help:"The domain's day, such as 2018-09-03. Default: the real one; in a demonstration the end of its story." placeholder:"DATE"`
}

// console is where a command prints, and in which words.
type console struct {
	stdout, stderr io.Writer
	lang           *locale.Language
}

func (c *console) print(format string, args ...any) {
	fmt.Fprintf(c.stdout, format+"\n", args...)
}

// usage is a command line that cannot be carried out as it stands.
type usage string

func (u usage) Error() string { return string(u) }

// exited is how the command line parser ends after --help.
type exited int

// run carries out one command line and gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (status int) {
	defer func() {
		if v := recover(); v != nil {
			code, ok := v.(exited)
			if !ok {
				panic(v)
			}
			status = int(code)
		}
	}()
	var c cli
	parser, err := kong.New(
		&c, kong.Name("gevinst"), kong.Description("Digitalization portfolio: what is to be done, and what it saves."), kong.DefaultEnvars("GEVINST"),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exited(code)) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		fmt.Fprintln(stderr, "gevinst:", err)
		return misused
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(stderr, "gevinst:", err)
		return misused
	}
	languages, err := locale.Load()
	if err != nil {
		fmt.Fprintln(stderr, "gevinst:", err)
		return refused
	}
	out := &console{stdout, stderr, languages[c.language()]}
	if err := command.Run(&c.place, out); err != nil {
		out.complain(err)
		var wrong usage
		if errors.As(err, &wrong) {
			return misused
		}
		return refused
	}
	return done
}

// language is the one asked for, or English where the environment says so, or Danish.
func (c *cli) language() string {
	if c.Lang != "" {
		return c.Lang
	}
	if strings.HasPrefix(os.Getenv("LANG"), "en") {
		return "en"
	}
	return "da"
}
