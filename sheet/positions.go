package sheet

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
)

// positions finds the line and column of a value in a YAML document.
type positions struct {
	file string
	root *yaml.Node
}

// locate gives the place of a path of keys and indexes, or of its deepest part
// that exists. A nil positions knows the path only.
func (p *positions) locate(where []any) huifang.Location {
	var field strings.Builder
	for _, step := range where {
		if i, ok := step.(int); ok {
			fmt.Fprintf(&field, "[%d]", i)
			continue
		}
		if field.Len() > 0 {
			field.WriteByte('.')
		}
		fmt.Fprint(&field, step)
	}
	at := huifang.Location{Field: field.String()}
	if p == nil {
		return at
	}
	n := p.root
	for _, step := range where {
		next := child(n, step)
		if next == nil {
			break
		}
		n = next
	}
	at.File, at.Line, at.Column = p.file, n.Line, n.Column
	return at
}

func child(n *yaml.Node, step any) *yaml.Node {
	switch step := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && step < len(n.Content) {
			return n.Content[step]
		}
	case string:
		if n.Kind != yaml.MappingNode {
			return nil
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	}
	return nil
}

func mappingFault(file string, err *huifang.Error) *huifang.Error {
	return err.Located(huifang.Location{File: file, Line: 1})
}

// yamlFault turns what the YAML library says into our errors, one a fault.
func yamlFault(err error, file string) *huifang.Error {
	faults := []string{err.Error()}
	if te := (*yaml.TypeError)(nil); errors.As(err, &te) {
		faults = te.Errors
	}
	out := make([]*huifang.Error, 0, len(faults))
	for _, f := range faults {
		out = append(out, yamlLine(f, file))
	}
	if len(out) == 1 {
		return out[0]
	}
	whole := invalid("mapping.invalid", "映射有 %d 处错误", "the mapping has %d faults", len(out))
	whole.At.File, whole.Details = file, out
	return whole
}

func yamlLine(text, file string) *huifang.Error {
	at := huifang.Location{File: file}
	text = strings.TrimPrefix(text, "yaml: ")
	if m := regexp.MustCompile(`^line (\d+): (.*)$`).FindStringSubmatch(text); m != nil {
		at.Line, _ = strconv.Atoi(m[1]) // digits by the pattern
		text = m[2]
	}
	if m := regexp.MustCompile(`^field (\S+) not found`).FindStringSubmatch(text); m != nil {
		at.Field = m[1]
		return invalid("mapping.unknown_key", "没有名为“%s”的设置", "there is no setting called %q", m[1]).Located(at)
	}
	return invalid("mapping.yaml", "YAML 写法有误：%s", "not well-formed YAML: %s", text).Located(at)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
