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
	Lang string `help:"Language of messages: zh or en." zh:"界面语言：zh 中文、en 英文。" env:"HUIFANG_LANG" placeholder:"LANG"`

	Demo  demoCmd  `cmd:"" help:"Make a year of sample data and serve it: the way to try the product." zh:"生成一年的示例数据并启动服务，用于试用。" group:"server"`
	Serve serveCmd `cmd:"" help:"Serve the API and do the background work." zh:"启动服务：提供接口并执行后台工作。" group:"server"`

	Login     loginCmd     `cmd:"" help:"Log in to a server; later commands use it." zh:"登录服务器，之后的命令沿用此登录。" group:"client"`
	Import    importCmd    `cmd:"" help:"Import a register: preview, then events and follow-ups." zh:"导入登记表：先预览，再生成事件与回访。" group:"client"`
	Reconcile reconcileCmd `cmd:"" help:"Compare a source system's list with what is recorded." zh:"核对来源系统的清单与系统记录。" group:"client"`
	Followup  followupCmd  `cmd:"" help:"Work follow-ups." zh:"办理回访。" group:"client"`
	Case      caseCmd      `cmd:"" help:"Put right what made a customer unhappy." zh:"处理诉求，落实整改。" group:"client"`
	Review    reviewCmd    `cmd:"" help:"Review records of others." zh:"审核他人的回访记录。" group:"client"`
	Stats     statsCmd     `cmd:"" help:"The month's statistics." zh:"月度统计。" group:"client"`

	Ledger     ledgerCmd     `cmd:"" help:"The sheets that the trade keeps." zh:"行业台账：清单、明细表、小结。" group:"client"`
	SpotCheck  spotCheckCmd  `cmd:"" name:"spotcheck" help:"Records drawn at random to be checked." zh:"随机抽查回访记录。" group:"client"`
	Recurrence recurrenceCmd `cmd:"" help:"What happened again and again." zh:"重复发生的诉求与报修。" group:"client"`
	Alert      alertCmd      `cmd:"" help:"What needs my eye." zh:"给我的提醒。" group:"client"`
	Event      eventCmd      `cmd:"" help:"The service events." zh:"服务事件。" group:"client"`
	Unit       unitCmd       `cmd:"" help:"The units." zh:"单位。" group:"client"`
	Contact    contactCmd    `cmd:"" help:"The contacts: list, find duplicates, merge." zh:"客户：查看、查重、合并。" group:"client"`
	Program    programCmd    `cmd:"" help:"Which follow-ups are made, and when." zh:"回访方案：产生哪些回访、何时回访。" group:"client"`

	Simulate simulateCmd `cmd:"" help:"Fold a history of events over a pack's rules and print the follow-ups." zh:"按方案包的规则推演历史事件，输出应有的回访。" group:"rules"`
	Explain  explainCmd  `cmd:"" help:"Say why a follow-up is planned, or why none is." zh:"说明回访为何生成，或为何未生成。" group:"rules"`
	Pack     packCmd     `cmd:"" help:"List, check and test packs." zh:"列出、检查、测试方案包。" group:"rules"`

	Organization organizationCmd `cmd:"" help:"Create and list organizations." zh:"建立和列出机构。" group:"database"`
	User         userCmd         `cmd:"" help:"Add people and set passwords." zh:"添加人员、设置密码。" group:"database"`
	Migrate      migrateCmd      `cmd:"" help:"Bring the database's schema up to date." zh:"升级数据库结构。" group:"database"`
	Backup       backupCmd       `cmd:"" help:"Write a consistent copy of the database, also while it is in use." zh:"备份数据库，使用中也可进行。" group:"database"`
	Restore      restoreCmd      `cmd:"" help:"Fill a new, empty database from a backup." zh:"把备份恢复到新的空数据库。" group:"database"`

	Completion completionCmd `cmd:"" help:"Print a completion script for a shell." zh:"输出命令行补全脚本。"`
	Suggest    suggestCmd    `cmd:"" hidden:""`
	Version    versionCmd    `cmd:"" help:"Print the version." zh:"显示版本。"`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	lang     huifang.Lang
	zone     *time.Location // of the organization logged in to; nil: this machine's
	called   string         // the program's name, for hints
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	tune()
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process: it returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	var c cli
	exit := -1
	s := &streams{in: in, out: out, err: errw, lang: language(askedLang(args)), called: called(os.Args[0])}
	parser, err := kong.New(&c,
		kong.Name(s.called), kong.Writers(out, errw), kong.Exit(func(code int) { exit = code }),
		kong.Help(newManual(out, s.lang, s.called).print),
		kong.ExplicitGroups([]kong.Group{{Key: "server"}, {Key: "client"}, {Key: "rules"}, {Key: "database"}}),
	)
	if err != nil {
		fmt.Fprintln(errw, err)
		return exitFailure
	}
	speak(parser.Model, s.lang)
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if exit >= 0 { // help was asked for
		return exit
	}
	if err != nil {
		return exitCode(s, wrongUsage(err, s.called))
	}
	k.BindTo(ctx, (*context.Context)(nil))
	return exitCode(s, inOptions(k.Run(s), k.Selected()))
}

// askedLang is the language an option names, looked up before the options are
// read: what is wrong with them is told in it.
func askedLang(args []string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv("HUIFANG_LANG")
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
