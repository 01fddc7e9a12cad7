package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
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

// TestGuides: the guides by trade name the programs and their rules as the packs
// have them, columns that are known, commands that exist, and files that are there.
func TestGuides(t *testing.T) {
	t.Parallel()
	for _, lang := range []huifang.Lang{huifang.ZH, huifang.EN} {
		folder := filepath.Join("../../docs", string(lang))
		for _, name := range pack.List() {
			t.Run(string(lang)+"/"+name, func(t *testing.T) {
				t.Parallel()
				raw, err := os.ReadFile(filepath.Join(folder, name+".md"))
				if err != nil {
					t.Fatal(err)
				}
				trade, err := pack.Load(name)
				if err != nil {
					t.Fatal(err)
				}
				for i := range trade.Programs {
					p := &trade.Programs[i]
					row := "| " + p.Name.In(lang) + " | " + strings.TrimSpace(p.Description.In(lang)) + " |"
					if !strings.Contains(string(raw), row) {
						t.Errorf("the rules of %s are not as the pack has them: %s", p.Code, row)
					}
				}
				checkColumns(t, trade, string(raw))
			})
		}
		pages, err := filepath.Glob(filepath.Join(folder, "*.md"))
		if err != nil || len(pages) != len(pack.List())+2 {
			t.Errorf("%s has %d pages: %v", folder, len(pages), err)
		}
		for _, page := range pages {
			checkPage(t, page)
		}
	}
}

// checkColumns sees that the headings a guide lists are words of the trade's
// registers.
func checkColumns(t *testing.T, trade *pack.Pack, text string) {
	t.Helper()
	known := map[string]bool{}
	for _, f := range trade.Import.Fields {
		for _, w := range f.Synonyms {
			known[w] = true
		}
	}
	for i := range trade.Import.Sheets {
		for j := range trade.Import.Sheets[i].Columns {
			for _, w := range trade.Import.Words(&trade.Import.Sheets[i], j) {
				known[w] = true
			}
		}
	}
	_, table, found := strings.Cut(text, "|---|---|---|\n")
	if found {
		_, table, found = strings.Cut(table, "|---|---|---|\n") // the second table
	}
	rows := 0
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if !found || len(cells) < 4 {
			break
		}
		rows++
		for _, w := range append([]string{cells[1]}, strings.FieldsFunc(cells[2], func(r rune) bool { return r == '、' || r == ',' })...) {
			if w = strings.TrimSpace(w); w != "—" && !known[w] {
				t.Errorf("no register of the trade has a column %q", w)
			}
		}
	}
	if rows < 5 {
		t.Errorf("%d columns are listed", rows)
	}
}

// checkPage sees that the links of a page lead somewhere and that its commands
// are understood.
func checkPage(t *testing.T, page string) {
	t.Helper()
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(string(raw), -1) {
		if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
			t.Errorf("%s leads nowhere: %v", page, err)
		}
	}
	for _, m := range regexp.MustCompile("(?m)(?:^|`)huifang ([^`\n]*)").FindAllStringSubmatch(string(raw), -1) {
		if _, err := commandLine(t, huifang.EN).Parse(strings.Fields(m[1])); err != nil {
			t.Errorf("%s: huifang %s: %v", page, m[1], err)
		}
	}
}
