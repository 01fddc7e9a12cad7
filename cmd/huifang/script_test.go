package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"huifang": main})
}

// The stories in testdata run the real program, each in a folder of its own
// with the sample register, and with an address nobody else listens on.
func TestStories(t *testing.T) {
	t.Parallel()
	p := params(t)
	p.Dir = "testdata"
	testscript.Run(t, p)
}

// params are what every story has.
func params(t *testing.T) testscript.Params {
	t.Helper()
	register, err := filepath.Abs("../../sheet/testdata/register.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return testscript.Params{
		Setup: func(e *testscript.Env) error {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				return err
			}
			e.Setenv("ADDR", l.Addr().String())
			e.Setenv("HUIFANG_LANG", "zh")
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			e.Setenv("TZ", "America/Los_Angeles") // times are the organization's, not the machine's
			e.Setenv("REGISTER", register)
			return l.Close()
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"await": await, "keep": keep, "status": status},
	}
}

// await waits until an address answers.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await URL")
	}
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, args[0], nil)
		ts.Check(err)
		if res, err := http.DefaultClient.Do(r); err == nil {
			ts.Check(res.Body.Close())
			return
		}
	}
	ts.Fatalf("%s does not answer", args[0])
}

// keep sets a variable to what a pattern's group finds in the last output:
// keep NAME PATTERN.
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep NAME PATTERN")
	}
	re, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	out := ts.ReadFile("stdout")
	m := re.FindStringSubmatch(out)
	if len(m) != 2 {
		ts.Fatalf("%s is not in\n%s", args[1], out)
	}
	ts.Setenv(args[0], m[1])
}

// status runs a command that ends with an exit code: status CODE PROGRAM ARGS…
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE PROGRAM ARGS")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit %d, want %s", code, args[0])
	}
}
