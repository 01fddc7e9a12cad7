package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// block is a fenced block of a guide: a file, commands, or what they print.
type block struct {
	info string
	text string
}

// blocksOf reads the fenced blocks of a page.
func blocksOf(t *testing.T, file string) []block {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	for _, m := range regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```$").FindAllStringSubmatch(string(raw), -1) {
		out = append(out, block{m[1], m[2]})
	}
	return out
}

// TestOwnPack follows the guide to a pack of one's own, block by block, as its
// reader would: files are written where it says, commands run, and what it says
// they print is looked for. Both languages have the same blocks.
func TestOwnPack(t *testing.T) {
	t.Parallel()
	zh, en := blocksOf(t, "../../docs/zh/own-pack.md"), blocksOf(t, "../../docs/en/own-pack.md")
	if fmt.Sprint(zh) != fmt.Sprint(en) || len(zh) < 15 {
		t.Fatalf("%d blocks in Chinese, %d in English, or not the same", len(zh), len(en))
	}
	var script, files strings.Builder
	for i, b := range zh {
		kind, name, _ := strings.Cut(b.info, " ")
		switch {
		case name != "":
			fmt.Fprintf(&script, "cp block%d %s\n", i, name)
			fmt.Fprintf(&files, "-- block%d --\n%s", i, b.text)
		case kind == "sh":
			commands(&script, b.text)
		case kind == "text":
			for line := range strings.Lines(b.text) {
				fmt.Fprintf(&script, "stdout '%s'\n", regexp.QuoteMeta(strings.TrimSpace(line)))
			}
		default:
			t.Errorf("block %d is of no known kind: %q", i, b.info)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "own-pack.txtar"), []byte(script.String()+files.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	p := params(t)
	p.Dir = dir
	testscript.Run(t, p)
}

// commands writes those of a shell block: the demonstration goes on beside the
// others, with less history and on an address of its own.
func commands(script *strings.Builder, text string) {
	for line := range strings.Lines(text) {
		line = strings.ReplaceAll(strings.TrimSpace(line), "http://127.0.0.1:8080", "http://$ADDR")
		switch {
		case strings.HasPrefix(line, "huifang demo"):
			fmt.Fprintf(script, "exec %s --days 40 --listen $ADDR &demo&\nawait http://$ADDR/readyz\n", line)
		case strings.HasPrefix(line, "huifang "):
			fmt.Fprintf(script, "exec %s\n", line)
		default:
			fmt.Fprintln(script, line)
		}
	}
}
