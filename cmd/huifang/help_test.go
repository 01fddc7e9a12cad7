package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/alecthomas/kong"

	"github.com/huifang/huifang"
)

// commandLine is the parser of every command, in a language.
func commandLine(t *testing.T, lang huifang.Lang) *kong.Kong {
	t.Helper()
	parser, err := kong.New(&cli{}, kong.Name("huifang"), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	speak(parser.Model, lang)
	return parser
}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// walkCommands visits every command that is shown.
func walkCommands(n *kong.Node, visit func(*kong.Node)) {
	if n.Hidden {
		return
	}
	visit(n)
	for _, c := range n.Children {
		walkCommands(c, visit)
	}
}

// Every command, argument and option is described in both languages, with no
// word of the other left standing; a word for a value is known in Chinese.
func TestEveryCommandIsDescribedInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []huifang.Lang{huifang.ZH, huifang.EN} {
		seen := 0
		check := func(where, text string) {
			if seen++; text == "" || chinese(text) != (lang == huifang.ZH) {
				t.Errorf("%s, %s: %q", lang, where, text)
			}
		}
		walkCommands(commandLine(t, lang).Model.Node, func(n *kong.Node) {
			path := n.FullPath()
			if n.Type == kong.CommandNode {
				check(path, n.Help)
			}
			for _, p := range n.Positional {
				check(path+" <"+p.Name+">", p.Help)
				check(path+" argument", p.Name)
			}
			for _, f := range n.Flags {
				check(path+" --"+f.Name, f.Help)
				if f.PlaceHolder == "" || strings.Contains("|"+f.PlaceHolder+"|", "||") {
					t.Errorf("%s, %s --%s: no word for its value: %q", lang, path, f.Name, f.PlaceHolder)
				}
			}
		})
		if seen < 150 {
			t.Errorf("%s: only %d texts seen", lang, seen)
		}
	}
}

// No page is half in one language: on an English page stands no Chinese but the
// product's name, and every heading of a Chinese page is Chinese.
func TestPagesAreInOneLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range []huifang.Lang{huifang.ZH, huifang.EN} {
		parser := commandLine(t, lang)
		walkCommands(parser.Model.Node, func(n *kong.Node) {
			m := newManual(&bytes.Buffer{}, lang, "huifang")
			m.width = 80
			page := m.page(parser.Model, n)
			if lang == huifang.EN && chinese(strings.ReplaceAll(page, "回访", "")) {
				t.Errorf("%s", page)
			}
			for _, word := range []string{"Usage", "Options", "Arguments", "Commands", "required", "default ", "TEXT"} {
				if lang == huifang.ZH && strings.Contains(page, word) {
					t.Errorf("%q in\n%s", word, page)
				}
			}
			for line := range strings.Lines(page) {
				if columns(strings.TrimRight(line, "\n")) > m.width+2 { // a mark may hang over
					t.Errorf("%s: longer than the terminal: %q", n.FullPath(), line)
				}
			}
		})
	}
}

func TestMistakesAreToldInBothLanguages(t *testing.T) {
	t.Parallel()
	cases := []struct{ args, zh, en string }{
		{"followup", "请给出命令：list、show", "a command is missing: list, show"},
		{"nonsense", "没有命令“nonsense”", "there is no command “nonsense”"},
		{"followup lst", "没有命令“lst”，是否指 “list”", "there is no command “lst”; did you mean “list”?"},
		{"version extra", "多余的参数“extra”", "“extra” is one argument too many"},
		{"followup list --limt 3", "没有选项 --limt，是否指 “--limit”", "there is no option --limt; did you mean “--limit”?"},
		{"followup list --zzzzzz 3", "没有选项 --zzzzzz", "there is no option --zzzzzz"},
		{"followup list --limit x", "--limit 应为整数，不能是“x”", "--limit takes a whole number, not “x”"},
		{"followup list --sort x", "--sort 应为 “closes”,“opens”,“created” 之一，不能是“x”", "--sort must be one of “closes”,“opens”,“created”, not “x”"},
		{"followup list --mine=maybe", "--mine 应为 true 或 false，不能是“maybe”", "--mine takes true or false, not “maybe”"},
		{"followup waive 1", "缺少选项：--reason=文字", "missing: --reason=TEXT"},
		{"followup waive 1 --reason", "--reason 后面缺少值", "--reason lacks its value"},
		{"followup waive 1 --reason --json", "--reason 后面缺少值，而是“--json”", "--reason lacks its value before “--json”"},
		{"followup list --state", "--state 后面缺少值", "--state lacks its value"},
		{"followup attempt 1 --disposition busy --call-back soon", "--call-back 应为时间，如", "--call-back takes a time like"},
		{"import", "缺少参数：<文件>", "missing: <file>"},
		{"completion cmd", "<外壳> 应为 “bash”,“zsh”,“fish” 之一，不能是“cmd”", "<shell> must be one of “bash”,“zsh”,“fish”, not “cmd”"},
	}
	for _, c := range cases {
		for lang, want := range map[huifang.Lang]string{huifang.ZH: c.zh, huifang.EN: c.en} {
			_, err := commandLine(t, lang).Parse(strings.Fields(c.args))
			if err == nil {
				t.Errorf("%s: nothing is wrong", c.args)
				continue
			}
			got := wrongUsage(err, "huifang").Message.In(lang)
			if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, " --help") {
				t.Errorf("%s: %s\nwant %s", c.args, got, want)
			}
		}
	}
}

func TestTheParsersOtherSentencesAreNamedWhole(t *testing.T) {
	t.Parallel()
	got := usageText(`--limit: expected a valid 64 bit int but got "x" (from envar HUIFANG_LIMIT="x")`, nil)
	want := huifang.Text{ZH: "--limit 应为整数，不能是“x”（来自环境变量 HUIFANG_LIMIT）", EN: "--limit takes a whole number, not “x” (from the environment, HUIFANG_LIMIT)"}
	if got != want {
		t.Errorf("%+v", got)
	}
}

func TestHintsNameTheProgramAsItWasCalled(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"bin/huifang", "else/huifang"} {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte("#!/bin/sh\n"), 0o700)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", filepath.Join(dir, "bin"))
	t.Chdir(dir)
	for arg0, want := range map[string]string{
		"huifang": "huifang", "bin/huifang": "huifang", filepath.Join(dir, "bin/huifang"): "huifang", "else/huifang": "else/huifang", "./else/huifang": "./else/huifang",
	} {
		if got := called(arg0); got != want {
			t.Errorf("called as %s: %s, want %s", arg0, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two three", 8, "one two|three"},
		{"回访客户，并登记结果。", 8, "回访客|户，并登|记结果。"},
		{"写作 --reason=值 为好", 10, "写作|--reason=|值 为好"},
		{"", 10, ""},
	} {
		if got := strings.Join(wrap(c.text, c.width), "|"); got != c.want {
			t.Errorf("%q in %d: %s", c.text, c.width, got)
		}
	}
}
