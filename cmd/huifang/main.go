// Command huifang is the whole product in one binary: server, jobs, and the
// commands that work with packs and data.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // zones, on machines that have none

	"github.com/alecthomas/kong"

	"github.com/huifang/huifang"
)

// Exit codes: 0 done, 1 our fault or the environment's, 2 the input or the
// command line is wrong.
const (
	exitFailure = 1
	exitInput   = 2
)

// cli is every command with its options.
type cli struct {
	Lang string `help:"Language of messages: zh or en." env:"HUIFANG_LANG" placeholder:"LANG"`

	Demo  demoCmd  `cmd:"" help:"Make a year of sample data and serve it: the way to try the product." group:"server"`
	Serve serveCmd `cmd:"" help:"Serve the API and do the background work." group:"server"`

	Login    loginCmd    `cmd:"" help:"Log in to a server; later commands use it." group:"client"`
	Import   importCmd   `cmd:"" help:"Import a register: preview, then events and follow-ups." group:"client"`
	Followup followupCmd `cmd:"" help:"Work follow-ups." group:"client"`
	Case     caseCmd     `cmd:"" help:"Put right what made a customer unhappy." group:"client"`
	Review   reviewCmd   `cmd:"" help:"Review records of others." group:"client"`
	Stats    statsCmd    `cmd:"" help:"The month's statistics sheet." group:"client"`

	Simulate simulateCmd `cmd:"" help:"Fold a history of events over a pack's rules and print the follow-ups." group:"rules"`
	Explain  explainCmd  `cmd:"" help:"Say why a follow-up is planned, or why none is." group:"rules"`
	Pack     packCmd     `cmd:"" help:"List, check and test packs." group:"rules"`

	Organization organizationCmd `cmd:"" help:"Create and list organizations." group:"database"`
	User         userCmd         `cmd:"" help:"Add people and set passwords." group:"database"`
	Migrate      migrateCmd      `cmd:"" help:"Bring the database's schema up to date." group:"database"`
	Backup       backupCmd       `cmd:"" help:"Write a consistent copy of the database, also while it is in use." group:"database"`
	Restore      restoreCmd      `cmd:"" help:"Fill a new, empty database from a backup." group:"database"`

	Completion completionCmd `cmd:"" help:"Print a completion script for a shell."`
	Suggest    suggestCmd    `cmd:"" hidden:""`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	lang     huifang.Lang
	zone     *time.Location // of the organization logged in to; nil: this machine's
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process: it returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("huifang"),
		kong.Description("回访 Huifang: makes sure no customer is forgotten after a service was given."),
		kong.Writers(out, errw), kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.ExplicitGroups([]kong.Group{
			{Key: "server", Title: "Server"},
			{Key: "client", Title: "Over a server's API"},
			{Key: "rules", Title: "Rules, without a database"},
			{Key: "database", Title: "On the database"},
		}),
	)
	if err != nil {
		fmt.Fprintln(errw, err)
		return exitFailure
	}
	k, err := parser.Parse(args)
	if exit >= 0 { // help was asked for
		return exit
	}
	if err != nil {
		fmt.Fprintln(errw, "huifang:", err)
		return exitInput
	}
	s := &streams{in: in, out: out, err: errw, lang: language(c.Lang)}
	k.BindTo(ctx, (*context.Context)(nil))
	return exitCode(s, k.Run(s))
}

// language is the one asked for, else the environment's, else Chinese.
func language(asked string) huifang.Lang {
	for _, tag := range []string{asked, os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")} {
		if strings.HasPrefix(tag, "zh") || strings.HasPrefix(tag, "en") {
			return huifang.ParseLang(tag)
		}
	}
	return huifang.ZH
}

// exitCode prints an error, one line for each fault, and chooses the exit code.
func exitCode(s *streams, err error) int {
	if err == nil {
		return 0
	}
	var e *huifang.Error
	if !errors.As(err, &e) {
		fmt.Fprintln(s.err, "huifang:", err)
		return exitFailure
	}
	for _, line := range faults(e) {
		fmt.Fprintln(s.err, strings.ReplaceAll(line.In(s.lang), "\n", " "))
	}
	if e.Code == huifang.CodeInternal || e.Code == huifang.CodeUnavailable {
		if e.Err != nil {
			fmt.Fprintln(s.err, "huifang:", e.Err)
		}
		return exitFailure
	}
	return exitInput
}

// faults flattens an error into its located parts.
func faults(e *huifang.Error) []*huifang.Error {
	if len(e.Details) == 0 {
		return []*huifang.Error{e}
	}
	var out []*huifang.Error
	for _, d := range e.Details {
		out = append(out, faults(d)...)
	}
	return out
}

// several is one error for many.
func several(errs []*huifang.Error) error {
	if len(errs) == 0 {
		return nil
	}
	slices.SortStableFunc(errs, func(a, b *huifang.Error) int {
		return cmp.Or(strings.Compare(a.At.File, b.At.File), a.At.Line-b.At.Line, a.At.Column-b.At.Column)
	})
	return &huifang.Error{Code: huifang.CodeInvalid, Reason: "input.invalid", Message: huifang.Text{ZH: "输入有误", EN: "the input is wrong"}, Details: errs}
}
