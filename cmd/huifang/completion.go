package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." zh:"bash、zsh 或 fish。" enum:"bash,zsh,fish"`
}

// Run prints a script to be sourced by the shell. It asks huifang itself what
// may come next, so that it never grows old.
func (c *completionCmd) Run(s *streams) error {
	_, err := fmt.Fprint(s.out, map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[c.Shell])
	return err
}

const bashCompletion = `# source <(huifang completion bash)
_huifang() {
	local IFS=$'\n'
	COMPREPLY=($(huifang suggest -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
	[ ${#COMPREPLY[@]} -eq 0 ] && compopt -o default
}
complete -F _huifang huifang
`

const zshCompletion = `#compdef huifang
# source <(huifang completion zsh)
_huifang() {
	local -a found
	found=("${(@f)$(huifang suggest -- "${(@)words[2,CURRENT]}" 2>/dev/null | sed 's/:/\\:/g; s/\t/:/')}")
	if [ -n "${found[1]}" ]; then _describe huifang found; else _files; fi
}
compdef _huifang huifang
`

const fishCompletion = `# huifang completion fish | source
complete -c huifang -f -a '(set -l w (commandline -opc) (commandline -ct); huifang suggest -- $w[2..-1] 2>/dev/null)'
complete -c huifang -n 'test -z (huifang suggest -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null | string collect)' -F
`

// suggestCmd answers the completion scripts.
type suggestCmd struct {
	Words []string `arg:"" optional:"" passthrough:""`
}

// Run prints what may stand in the place of the last word, one a line, with
// what it does behind a tab.
func (c *suggestCmd) Run(k *kong.Kong, s *streams) error {
	words := c.Words
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	if len(words) == 0 {
		words = []string{""}
	}
	for _, line := range suggest(k.Model.Node, words) {
		if _, err := fmt.Fprintln(s.out, line); err != nil {
			return err
		}
	}
	return nil
}

// suggest walks down the commands named and lists what may follow.
func suggest(node *kong.Node, words []string) []string {
	last := words[len(words)-1]
	flags := slices.Clone(node.Flags)
	for i, word := range words[:len(words)-1] {
		if strings.HasPrefix(word, "-") {
			if f := flagOf(flags, word); f != nil && i == len(words)-2 && !f.IsBool() {
				return startingWith(values(f), last)
			}
			continue
		}
		for _, child := range node.Children {
			if child.Name == word {
				node = child
				flags = append(flags, child.Flags...)
				break
			}
		}
	}
	if strings.HasPrefix(last, "-") {
		return startingWith(shown(flags), last)
	}
	var out []string
	for _, child := range node.Children {
		if child.Type == kong.CommandNode && !child.Hidden {
			out = append(out, child.Name+"\t"+child.Help)
		}
	}
	if len(out) == 0 && len(node.Positional) > 0 {
		out = values(&kong.Flag{Value: node.Positional[len(node.Positional)-1]})
	}
	return startingWith(out, last)
}

// shown are the flags with what they do.
func shown(flags []*kong.Flag) []string {
	var out []string
	for _, f := range flags {
		if !f.Hidden {
			out = append(out, "--"+f.Name+"\t"+f.Help)
		}
	}
	return out
}

func flagOf(flags []*kong.Flag, word string) *kong.Flag {
	for _, f := range flags {
		if word == "--"+f.Name || f.Short != 0 && word == "-"+string(f.Short) {
			return f
		}
	}
	return nil
}

// values are those a flag or argument is limited to.
func values(f *kong.Flag) []string {
	if f.Enum == "" {
		return nil
	}
	return strings.Split(f.Enum, ",")
}

func startingWith(all []string, prefix string) []string {
	var out []string
	for _, s := range all {
		if strings.HasPrefix(s, prefix) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}
