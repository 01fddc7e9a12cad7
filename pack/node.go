package pack

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
)

// Limits of one file, so that a hostile one ends in an error rather than in
// memory: a pack is written by hand and stays far below them.
const (
	maxBytes = 4 << 20
	maxNodes = 200_000
	maxDepth = 64
)

// position is a place in a file.
type position struct {
	file         string
	line, column int
}

func (p position) location() huifang.Location {
	return huifang.Location{File: p.file, Line: p.line, Column: p.column}
}

// kind is the shape of a node.
type kind byte

const (
	scalarNode kind = iota
	listNode
	mappingNode
	nullNode
)

// node is a YAML value that remembers where it was written. Unlike yaml.Node
// it knows its file, has no aliases and no doubled keys, so that trees of
// several files can be merged.
type node struct {
	kind  kind
	at    position
	text  string // of a scalar
	tag   string // of a scalar: !!str, !!int, !!float, !!bool, !!timestamp
	items []*node
	keys  []entry
}

// entry is one field of a mapping.
type entry struct {
	name  string
	at    position
	value *node
}

// get is the value of a field, nil when it is not written.
func (n *node) get(name string) *node {
	for i := range n.keys {
		if n.keys[i].name == name {
			return n.keys[i].value
		}
	}
	return nil
}

// parser turns one file into nodes.
type parser struct {
	file   string
	faults *faults
	nodes  int
	broken bool // a limit was passed; it has been reported
	active map[*yaml.Node]bool
}

// parse reads one YAML document; nil when it holds nothing usable.
func parse(file string, data []byte, f *faults) *node {
	p := &parser{file: file, faults: f, active: map[*yaml.Node]bool{}}
	start := position{file, 1, 1}
	if len(data) > maxBytes {
		f.add(start, "pack.too_large", huifang.Textf("文件超过 %d MB", "the file is over %d MB", maxBytes>>20))
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		f.add(start, "pack.empty", huifang.Text{ZH: "文件是空的", EN: "the file is empty"})
		return nil
	case err != nil:
		p.syntax(err, data)
		return nil
	}
	if err := dec.Decode(&more); err == nil {
		f.add(position{file, more.Line, more.Column}, "pack.documents", huifang.Text{ZH: "一个文件只能有一个文档，请去掉后面的“---”", EN: "a file holds one document; remove the second “---”"})
	} else if !errors.Is(err, io.EOF) {
		p.syntax(err, data)
		return nil
	}
	root := p.node(doc.Content[0], 0)
	if p.broken {
		return nil
	}
	return root
}

var (
	syntaxLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)
	// grammarFault are the faults whose line the YAML reader counts from zero.
	grammarFault = regexp.MustCompile(`^did not find expected (<document start>|node content|'-' indicator|key|',' or)`)
	noAnchor     = regexp.MustCompile(`^unknown anchor '([^']+)' referenced`)
)

// syntax reports what the YAML reader says, at the line it means.
func (p *parser) syntax(err error, data []byte) {
	at := position{p.file, 1, 1}
	message := err.Error()
	if m := syntaxLine.FindStringSubmatch(message); m != nil {
		message = strings.TrimPrefix(message, m[0])
		if n, err := strconv.Atoi(m[1]); err == nil {
			at.line = n
		}
		if grammarFault.MatchString(message) {
			at.line++
		}
	}
	if m := noAnchor.FindStringSubmatch(message); m != nil {
		before, _, _ := bytes.Cut(data, []byte("*"+m[1]))
		at.line = bytes.Count(before, []byte("\n")) + 1
		at.column = utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	}
	p.faults.add(at, "pack.syntax", huifang.Textf("不是有效的 YAML：%s", "this is not valid YAML: %s", message))
}

// limit reports that the file is unreasonable, once.
func (p *parser) limit(at position) *node {
	if !p.broken {
		p.broken = true
		p.faults.add(at, "pack.too_large", huifang.Textf("内容过多或嵌套过深（最多 %d 项、%d 层）", "too much or too deeply nested (at most %d values, %d levels)", maxNodes, maxDepth))
	}
	return &node{kind: nullNode, at: at}
}

func (p *parser) node(y *yaml.Node, depth int) *node {
	at := position{p.file, y.Line, y.Column}
	p.nodes++
	if p.broken || p.nodes > maxNodes || depth > maxDepth {
		return p.limit(at)
	}
	switch y.Kind {
	case yaml.AliasNode:
		if p.active[y.Alias] {
			return p.limit(at)
		}
		p.active[y.Alias] = true
		defer delete(p.active, y.Alias)
		return p.node(y.Alias, depth+1)
	case yaml.SequenceNode:
		n := &node{kind: listNode, at: at, items: make([]*node, 0, len(y.Content))}
		for _, c := range y.Content {
			n.items = append(n.items, p.node(c, depth+1))
		}
		return n
	case yaml.MappingNode:
		return p.mapping(y, at, depth)
	case yaml.ScalarNode, yaml.DocumentNode:
	}
	tag := y.ShortTag()
	if tag == "!!null" {
		return &node{kind: nullNode, at: at}
	}
	return &node{kind: scalarNode, at: at, text: y.Value, tag: tag}
}

func (p *parser) mapping(y *yaml.Node, at position, depth int) *node {
	n := &node{kind: mappingNode, at: at}
	first := map[string]int{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		k := y.Content[i]
		keyAt := position{p.file, k.Line, k.Column}
		if k.Kind != yaml.ScalarNode {
			p.faults.add(keyAt, "pack.key", huifang.Text{ZH: "字段名必须是文字", EN: "a field's name must be plain text"})
			continue
		}
		value := p.node(y.Content[i+1], depth+1)
		if line, doubled := first[k.Value]; doubled {
			p.faults.add(keyAt, "pack.doubled_key", huifang.Textf("字段“%s”重复，第 %d 行已写过", "field %q is written twice; the first is on line %d", k.Value, line))
			continue
		}
		first[k.Value] = k.Line
		n.keys = append(n.keys, entry{k.Value, keyAt, value})
	}
	return n
}
