package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/huifang/huifang"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." enum:"bash,zsh,fish"`
}

// Run prints the completion script of a shell, made from the commands
// themselves. Load it with: source <(huifang completion bash)
func (c *completionCmd) Run(s *streams, k *kong.Kong) error {
	words := map[string][]string{}
	walk(k.Model.Node, "", words)
	var err error
	switch c.Shell {
	case "bash":
		_, err = fmt.Fprint(s.out, bashScript(words))
	case "zsh":
		_, err = fmt.Fprint(s.out, "autoload -U +X bashcompinit && bashcompinit\n"+bashScript(words))
	case "fish":
		_, err = fmt.Fprint(s.out, fishScript(words))
	default:
		return huifang.Invalid("completion.shell", huifang.Text{ZH: "可用：bash、zsh、fish", EN: "use bash, zsh or fish"})
	}
	return err
}

// walk gathers under each command path what may follow it.
func walk(n *kong.Node, path string, words map[string][]string) {
	for _, child := range n.Children {
		if child.Hidden {
			continue
		}
		words[path] = append(words[path], child.Name)
		walk(child, strings.TrimSpace(path+" "+child.Name), words)
	}
	for _, f := range n.Flags {
		if !f.Hidden {
			words[path] = append(words[path], "--"+f.Name)
		}
	}
}

func bashScript(words map[string][]string) string {
	var b strings.Builder
	b.WriteString("_huifang() {\n  local cur=${COMP_WORDS[COMP_CWORD]} path=\"\" w\n" +
		"  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do case $w in -*) ;; *) path=\"${path:+$path }$w\";; esac; done\n  local list\n  case $path in\n")
	for _, path := range sortedPaths(words) {
		fmt.Fprintf(&b, "  %q) list=%q ;;\n", path, strings.Join(words[path], " "))
	}
	b.WriteString("  esac\n  COMPREPLY=($(compgen -W \"$list\" -- \"$cur\"))\n  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$cur\"))\n}\ncomplete -o filenames -F _huifang huifang\n")
	return b.String()
}

func fishScript(words map[string][]string) string {
	var b strings.Builder
	for _, path := range sortedPaths(words) {
		condition := "__fish_use_subcommand"
		if path != "" {
			condition = "__fish_seen_subcommand_from " + path[strings.LastIndexByte(path, ' ')+1:]
		}
		for _, w := range words[path] {
			if name, isFlag := strings.CutPrefix(w, "--"); isFlag {
				fmt.Fprintf(&b, "complete -c huifang -n '%s' -l %s\n", condition, name)
			} else {
				fmt.Fprintf(&b, "complete -c huifang -f -n '%s' -a %s\n", condition, w)
			}
		}
	}
	return b.String()
}

func sortedPaths(words map[string][]string) []string {
	paths := make([]string, 0, len(words))
	for p := range words {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}
