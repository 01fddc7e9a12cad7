package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"github.com/huifang/huifang"
)

// speak puts the descriptions of every command and option into a language. The
// English ones are the help tags, the Chinese ones the zh tags beside them;
// words for values and arguments are in words_help.go.
func speak(app *kong.Application, lang huifang.Lang) {
	speakNode(app.Node, lang)
	app.Help = aboutProgram.In(lang)
	if app.HelpFlag != nil {
		app.HelpFlag.Help = aboutHelp.In(lang)
	}
}

func speakNode(n *kong.Node, lang huifang.Lang) {
	if lang == huifang.ZH && n.Tag != nil {
		n.Help = n.Tag.Get("zh")
	}
	for _, f := range n.Flags {
		if lang == huifang.ZH && f.Tag.Has("zh") {
			f.Help = f.Tag.Get("zh")
		}
		f.PlaceHolder = holder(f, lang)
	}
	for _, p := range n.Positional {
		if lang == huifang.ZH {
			p.Help = p.Tag.Get("zh")
			p.Name = noun(p.Name, lang)
		}
	}
	for _, c := range n.Children {
		speakNode(c, lang)
	}
}

// holder is what stands for the value of an option.
func holder(f *kong.Flag, lang huifang.Lang) string {
	if f.Enum != "" {
		return strings.ReplaceAll(strings.Trim(f.Enum, ","), ",", "|")
	}
	words := strings.Split(f.Tag.PlaceHolder, "|")
	if f.Tag.PlaceHolder == "" {
		words = []string{kindOf(f)}
	}
	for i, w := range words {
		words[i] = noun(w, lang)
	}
	return strings.Join(words, "|")
}

// kindOf is what kind of value an option without a placeholder takes.
func kindOf(f *kong.Flag) string {
	switch name := f.Target.Type().String(); {
	case name == "time.Time":
		return "TIME"
	case strings.Contains(name, "int"):
		return "N"
	}
	return "TEXT"
}

// manual prints help pages in one language.
type manual struct {
	lang   huifang.Lang
	called string
	width  int
	lines  []string
}

// newManual is a manual as wide as the terminal it goes to.
func newManual(out io.Writer, lang huifang.Lang, called string) *manual {
	m := &manual{lang: lang, called: called, width: 80}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= 40 {
		m.width = n
	} else if f, ok := out.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n >= 40 {
			m.width = n
		}
	}
	return m
}

// print is the kong.HelpPrinter: the page of the command asked about, or of the
// program.
func (m *manual) print(_ kong.HelpOptions, k *kong.Context) error {
	node := k.Selected()
	if node == nil {
		node = k.Model.Node
	}
	_, err := io.WriteString(k.Stdout, m.page(k.Model, node))
	return err
}

// page is a help page.
func (m *manual) page(app *kong.Application, node *kong.Node) string {
	m.lines = nil
	m.line("%s%s", headUsage.In(m.lang), m.usage(node))
	if node.Help != "" {
		m.line("")
		m.lines = append(m.lines, wrap(node.Help, m.width)...)
	}
	if len(node.Positional) > 0 {
		m.head(headArguments)
		var rows [][2]string
		for _, p := range node.Positional {
			rows = append(rows, [2]string{p.Summary(), m.described(p)})
		}
		m.columns(rows)
	}
	m.flags(node)
	m.commands(app, node)
	return strings.Join(m.lines, "\n") + "\n"
}

func (m *manual) line(format string, args ...any) {
	m.lines = append(m.lines, fmt.Sprintf(format, args...))
}

func (m *manual) head(t huifang.Text) { m.line("\n%s", t.In(m.lang)) }

// usage is how a command is written.
func (m *manual) usage(node *kong.Node) string {
	parts := []string{m.called}
	for n := node; n != nil && n.Type == kong.CommandNode; n = n.Parent {
		parts = slices.Insert(parts, 1, n.Name)
	}
	for _, p := range node.Positional {
		parts = append(parts, p.Summary())
	}
	if len(node.Children) > 0 {
		parts = append(parts, "<"+wordCommand.In(m.lang)+">")
	}
	return strings.Join(append(parts, "["+wordFlags.In(m.lang)+"]"), " ")
}

// flags are the options of a node, its own first.
func (m *manual) flags(node *kong.Node) {
	m.head(headFlags)
	var rows [][2]string
	for _, f := range slices.Concat(allFlags(node)...) {
		if f.Hidden {
			continue
		}
		short := "    "
		if f.Short != 0 {
			short = "-" + string(f.Short) + ", "
		}
		name := short + "--" + f.Name
		if !f.IsBool() {
			name += "=" + f.FormatPlaceHolder()
		}
		rows = append(rows, [2]string{name, m.described(f.Value)})
	}
	m.columns(rows)
}

// allFlags are the options of a node and of those above it, level by level.
func allFlags(node *kong.Node) (levels [][]*kong.Flag) {
	for n := node; n != nil; n = n.Parent {
		levels = append(levels, n.Flags)
	}
	return levels
}

// described is what a value is for, whether it is needed, what it is otherwise,
// and where else it comes from.
func (m *manual) described(v *kong.Value) string {
	var more []string
	if v.Flag != nil && v.Required {
		more = append(more, noteRequired.In(m.lang))
	}
	if v.HasDefault && v.Default != "" {
		more = append(more, noteDefault.In(m.lang)+v.Default)
	}
	if len(v.Tag.Envs) > 0 {
		more = append(more, noteEnv.In(m.lang)+strings.Join(v.Tag.Envs, "、"))
	}
	if len(more) == 0 {
		return v.Help
	}
	if m.lang == huifang.EN {
		return v.Help + " (" + strings.Join(more, "; ") + ")"
	}
	return v.Help + "（" + strings.Join(more, "；") + "）"
}

// commands lists what stands below a node, by group.
func (m *manual) commands(app *kong.Application, node *kong.Node) {
	groups := map[string][][2]string{}
	var keys []string
	for _, leaf := range node.Leaves(true) {
		key := ""
		if g := leaf.ClosestGroup(); g != nil && node == app.Node {
			key = g.Key
		}
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], [2]string{below(node, leaf), leaf.Help})
	}
	slices.SortStableFunc(keys, func(a, b string) int { return groupOrder(a) - groupOrder(b) })
	for _, key := range keys {
		m.head(groupTitle(key, node == app.Node))
		m.columns(groups[key])
	}
	if len(keys) > 0 {
		m.line("\n%s", huifang.Textf("运行“%[1]s <命令> --help”查看命令的用法。", "Run “%[2]s <command> --help” for one of them.", m.path(node), m.path(node)).In(m.lang))
	}
}

func (m *manual) path(node *kong.Node) string {
	path := m.called
	if rest := below(nil, node); rest != "" {
		path += " " + rest
	}
	return path
}

// below is the way from a node down to another.
func below(top, n *kong.Node) string {
	var parts []string
	for ; n != nil && n != top && n.Type == kong.CommandNode; n = n.Parent {
		parts = append(parts, n.Name)
	}
	slices.Reverse(parts)
	return strings.Join(parts, " ")
}

// columns prints names with what they are.
func (m *manual) columns(rows [][2]string) {
	left := 0
	for _, r := range rows {
		if n := columns(r[0]); n <= m.width*2/5 {
			left = max(left, n)
		}
	}
	for _, r := range rows {
		text := wrap(r[1], max(m.width-left-4, 20))
		if columns(r[0]) > left {
			m.line("  %s", r[0])
		} else {
			m.line("%s", strings.TrimRight("  "+r[0]+strings.Repeat(" ", left-columns(r[0])+2)+first(text), " "))
			text = text[min(1, len(text)):]
		}
		for _, t := range text {
			m.line("%s%s", strings.Repeat(" ", left+4), t)
		}
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// wrap breaks a text into lines of so many columns: between words, and between
// Chinese characters, of which a mark never begins a line.
func wrap(text string, width int) []string {
	var lines []string
	var line, word strings.Builder
	used, wide := 0, 0
	flush := func() {
		if used > 0 && used+wide > width {
			lines = append(lines, strings.TrimRight(line.String(), " "))
			line.Reset()
			used = 0
		}
		line.WriteString(word.String())
		used += wide
		word.Reset()
		wide = 0
	}
	for _, r := range text {
		n := columns(string(r))
		mark := strings.ContainsRune("，。、；：？！）”》", r)
		if n == 2 && !mark || r == ' ' && word.Len() == 0 {
			flush()
		}
		if r == ' ' {
			flush()
			if used > 0 {
				line.WriteRune(' ')
				used++
			}
			continue
		}
		word.WriteRune(r)
		wide += n
	}
	flush()
	return append(lines, strings.TrimRight(line.String(), " "))
}
