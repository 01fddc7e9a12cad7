package ground

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Build makes the product's binary, as it is released, in a folder, and gives
// its path. It needs the go command.
func Build(ctx context.Context, dir string) (string, error) {
	mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	binary, err := filepath.Abs(filepath.Join(dir, "huifang"))
	if err != nil {
		return "", err
	}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", binary, "./cmd/huifang") //nolint:gosec // our own source
	build.Dir = filepath.Dir(strings.TrimSpace(string(mod)))
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return binary, nil
}

// Process is the product as a process of its own.
type Process struct {
	Addr   string // host:port it listens on
	cmd    *exec.Cmd
	log    lastLines
	ended  chan struct{}
	waited error
}

// errNotListening is what a server that ends before it listens is.
var errNotListening = errors.New("the server ended before it listened")

// Start runs the server over a database and waits until it listens.
func Start(ctx context.Context, binary, database string) (*Process, error) {
	p := &Process{ended: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, binary, "serve", "--listen", "127.0.0.1:0", "--database", database) //nolint:gosec // our own binary
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	listening := make(chan string, 1)
	go func() {
		p.log.read(stderr, listening)
		p.waited = p.cmd.Wait()
		close(p.ended)
	}()
	select {
	case p.Addr = <-listening:
		return p, nil
	case <-p.ended:
		return nil, fmt.Errorf("%w: %w\n%s", errNotListening, p.waited, p.Log())
	case <-time.After(time.Minute):
		p.Kill()
		return nil, fmt.Errorf("%w within a minute\n%s", errNotListening, p.Log())
	}
}

// Kill ends the process at once, as kill -9 does, and waits until it is gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // it may be gone
	<-p.ended
}

// Stop asks the process to end and waits until it has.
func (p *Process) Stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	<-p.ended
	return p.waited
}

// Log is the last lines that the process wrote to its standard error.
func (p *Process) Log() string { return p.log.String() }

// Memory is the resident memory of the process in bytes: now, and the most it
// ever had.
func (p *Process) Memory() (now, most int64, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		for name, to := range map[string]*int64{"VmRSS:": &now, "VmHWM:": &most} {
			if rest, ok := strings.CutPrefix(line, name); ok {
				if _, err := fmt.Sscan(rest, to); err != nil {
					return 0, 0, err
				}
				*to <<= 10
			}
		}
	}
	return now, most, nil
}

// keptLines is how much of a log is kept.
const keptLines = 50

// lastLines is the end of a log.
type lastLines struct {
	mu    sync.Mutex
	lines []string
}

var address = regexp.MustCompile(`address=http://(\S+)`)

// read keeps the lines of r until it ends, and hands on the address that the
// server says it listens on.
func (l *lastLines) read(r io.Reader, listening chan<- string) {
	for s := bufio.NewScanner(r); s.Scan(); {
		line := s.Text()
		if found := address.FindStringSubmatch(line); found != nil {
			select {
			case listening <- found[1]:
			default:
			}
		}
		l.mu.Lock()
		if l.lines = append(l.lines, line); len(l.lines) > keptLines {
			l.lines = l.lines[1:]
		}
		l.mu.Unlock()
	}
}

// String is the lines.
func (l *lastLines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}
