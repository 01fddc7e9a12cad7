package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/huifang/huifang"
)

// called is the name the program was started by, for hints that can be copied:
// as it was written, or without its folder where the shell finds it itself.
func called(arg0 string) string {
	base := filepath.Base(arg0)
	if base == arg0 || arg0 == "" {
		return base
	}
	found, err := exec.LookPath(base)
	if err != nil {
		return arg0
	}
	a, errA := os.Stat(found)
	b, errB := os.Stat(arg0) //nolint:gosec // this program itself
	if errA == nil && errB == nil && os.SameFile(a, b) {
		return base
	}
	return arg0
}

// wrongUsage is a mistake on the command line in words of both languages.
func wrongUsage(err error, called string) *huifang.Error {
	at := called
	node := (*kong.Node)(nil)
	if p := (*kong.ParseError)(nil); errors.As(err, &p) && p.Context != nil {
		if node = p.Context.Selected(); node == nil {
			node = p.Context.Model.Node
		}
		if rest := below(nil, node); rest != "" {
			at += " " + rest
		}
	}
	text := usageText(err.Error(), node)
	return huifang.Invalid("usage", huifang.Text{
		ZH: text.ZH + "。用法见 " + at + " --help", EN: text.EN + "; see " + at + " --help",
	})
}

// usageText says in both languages what the parser says in English.
func usageText(said string, node *kong.Node) huifang.Text {
	env := ""
	if m := regexp.MustCompile(`^(.*) \(from envar ([A-Z_]+)=.*\)$`).FindStringSubmatch(said); m != nil {
		said, env = m[1], m[2]
	}
	if strings.HasPrefix(said, "expected ") && node != nil {
		if commands := visible(node.Children); len(commands) > 0 {
			return huifang.Textf("请给出命令：%[1]s", "a command is missing: %[2]s", strings.Join(commands, "、"), strings.Join(commands, ", "))
		}
	}
	if m := regexp.MustCompile(`^unexpected argument (\S+)$`).FindStringSubmatch(said); m != nil && node != nil && len(node.Children) > 0 {
		return huifang.Textf("没有命令“%s”", "there is no command “%s”", m[1])
	}
	said = regexp.MustCompile(`"([^"]*)"`).ReplaceAllString(said, "“$1”")
	text := huifang.Textf("命令行有误：%s", "the command line is wrong: %s", said)
	for _, k := range usages() {
		if m := k.pattern.FindStringSubmatch(said); m != nil {
			text = huifang.Text{ZH: k.pattern.ReplaceAllString(said, k.zh), EN: k.pattern.ReplaceAllString(said, k.en)}
			break
		}
	}
	if env != "" {
		text.ZH += "（来自环境变量 " + env + "）"
		text.EN += " (from the environment, " + env + ")"
	}
	return text
}

// inOptions names the options of a command where an error of the server names
// the fields of its request: body.call_back_at is --call-back.
func inOptions(err error, node *kong.Node) error {
	e := (*huifang.Error)(nil)
	if !errors.As(err, &e) || node == nil {
		return err
	}
	at := e.At
	at.Field = optionOf(node, at.Field)
	out := e.Located(at)
	out.Details = slices.Clone(e.Details)
	for i, d := range out.Details {
		at := d.At
		if e.Reason == "form.invalid" { // located by items
			at.Field = "--answer " + at.Field
		} else {
			at.Field = optionOf(node, at.Field)
		}
		out.Details[i] = d.Located(at)
	}
	return out
}

func optionOf(node *kong.Node, field string) string {
	inside := field
	for _, place := range []string{"body.", "query.", "path."} {
		inside = strings.TrimPrefix(inside, place)
	}
	last := inside[strings.LastIndex(inside, ".")+1:]
	for _, name := range []string{inside, last, strings.TrimSuffix(last, "_at"), map[string]string{"assignees": "to", "signatures.name": "signed", "quiet": "hours"}[inside]} {
		name = strings.ReplaceAll(name, "_", "-")
		for _, f := range node.Flags {
			if name != "" && f.Name == name {
				return "--" + name
			}
		}
		for _, p := range node.Positional {
			if name != "" && (p.Name == name || p.Name == noun(name, huifang.ZH)) {
				return "<" + p.Name + ">"
			}
		}
	}
	return inside
}

// visible are the names of commands that are shown.
func visible(nodes []*kong.Node) []string {
	var out []string
	for _, n := range nodes {
		if n.Type == kong.CommandNode && !n.Hidden {
			out = append(out, n.Name)
		}
	}
	return slices.Clip(out)
}

// mistake is one kind of mistake the parser reports, by its sentence: it has no
// codes to tell them apart.
type mistake struct {
	pattern *regexp.Regexp
	zh, en  string
}

func usages() []mistake {
	out := []mistake{}
	for _, k := range [][3]string{
		{`^unknown flag (\S+), did you mean (?:one of )?(.*)\?$`, `没有选项 $1，是否指 $2`, `there is no option $1; did you mean $2?`},
		{`^unknown flag (\S+)$`, `没有选项 $1`, `there is no option $1`},
		{`^unexpected argument (.*), did you mean (?:one of )?(.*)\?$`, `没有命令“$1”，是否指 $2`, `there is no command “$1”; did you mean $2?`},
		{`^unexpected argument (.*)$`, `多余的参数“$1”`, `“$1” is one argument too many`},
		{`^unexpected flag argument “(.*)”$`, `该选项不带值：“$1”`, `the option takes no value: “$1”`},
		{`^missing flags: (.*)$`, `缺少选项：$1`, `missing: $1`},
		{`^missing positional arguments (.*)$`, `缺少参数：$1`, `missing: $1`},
		{`^expected “(.*)”$`, `缺少参数：$1`, `missing: $1`},
		{`^(\S+) must be one of (.*) but got “(.*)”$`, `$1 应为 $2 之一，不能是“$3”`, `$1 must be one of $2, not “$3”`},
		{`^(\S+): expected \w+ value but got “EOL”.*$`, `$1 后面缺少值`, `$1 lacks its value`},
		{`^(\S+): missing value, expecting .*$`, `$1 后面缺少值`, `$1 lacks its value`},
		{`^(\S+): expected \w+ value but got “(.*?)” \(.*$`, `$1 后面缺少值，而是“$2”；值以 - 开头时请写 $1=值`, `$1 lacks its value before “$2”; write $1=VALUE for one that begins with -`},
		{`^(\S+): expected a valid \d+ bit u?int but got “(.*)”$`, `$1 应为整数，不能是“$2”`, `$1 takes a whole number, not “$2”`},
		{`^(\S+): expected an int but got “(.*?)”.*$`, `$1 应为整数，不能是“$2”`, `$1 takes a whole number, not “$2”`},
		{`^(\S+): bool value must be .* but got “(.*)”$`, `$1 应为 true 或 false，不能是“$2”`, `$1 takes true or false, not “$2”`},
		{`^(\S+): parsing time “(.*?)”.*$`, `$1 应为时间，如 2026-03-20T15:00:00+08:00，不能是“$2”`, `$1 takes a time like 2026-03-20T15:00:00+08:00, not “$2”`},
	} {
		out = append(out, mistake{regexp.MustCompile(k[0]), k[1], k[2]})
	}
	return out
}
