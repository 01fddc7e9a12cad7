package calendar

import (
	"bytes"
	_ "embed"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
)

// Limits of a calendar file. The years bound the number of named days, and so
// the memory and the time of every function of a Calendar.
const (
	maxFile   = 1 << 20
	maxFaults = 100
	firstYear = 1900
	lastYear  = 2199
)

//go:embed china.yaml
var chinaData []byte

//nolint:gochecknoglobals // read once from embedded data, immutable
var china = sync.OnceValue(func() *Calendar {
	c, err := Load(chinaData, "china.yaml")
	if err != nil {
		panic(err) // the embedded file is wrong; a test reads it
	}
	return c
})

// China is the calendar of mainland China: Saturdays and Sundays off, public
// holidays and make-up working days of 2024 to 2026 as the State Council
// announced them. Lay later years over it with With.
func China() *Calendar { return china() }

// Load reads a calendar:
//
//	weekend: [saturday, sunday]     # optional; [] when every day is worked
//	ranges:
//	  - from: 2027-01-01            # both ends included
//	    to: 2027-01-03              # optional: one day
//	    working: false              # true for a make-up working day
//	    name: {zh: 元旦, en: New Year's Day} # or one text
//
// Reading is strict. The error is a *huifang.Error with reason
// "calendar.invalid" whose details are the faults found, each with file,
// line and column, the first hundred of them.
func Load(data []byte, file string) (*Calendar, error) {
	r := reader{file: file, taken: map[huifang.Date]int{}}
	if len(data) > maxFile {
		return nil, huifang.Fail(huifang.CodeTooLarge, "calendar.too_large", huifang.Textf(
			"日历文件超过 %d 字节的上限", "the calendar file is larger than %d bytes", maxFile)).Located(huifang.Location{File: file})
	}
	if root := r.parse(data); root != nil {
		r.calendar(root)
	}
	if r.count > 0 {
		return nil, &huifang.Error{
			Code: huifang.CodeInvalid, Reason: "calendar.invalid", At: huifang.Location{File: file}, Details: r.faults,
			Message: huifang.Textf("日历有 %d 处错误", "the calendar has %d fault(s)", r.count),
		}
	}
	return build(r.week, r.days, r.names), nil
}

// reader walks the YAML tree and gathers days and faults.
type reader struct {
	file   string
	week   week
	days   []day
	names  []huifang.Text
	taken  map[huifang.Date]int // date → line of the range that named it
	faults []*huifang.Error     // the first maxFaults
	count  int                  // of all faults
}

func (r *reader) fault(n *yaml.Node, reason, field string, message huifang.Text) {
	if r.count++; r.count > maxFaults {
		return
	}
	at := huifang.Location{File: r.file, Line: n.Line, Column: n.Column, Field: field}
	r.faults = append(r.faults, huifang.Invalid("calendar."+reason, message).Located(at))
}

// parse is the one document of data, nil after a fault.
func (r *reader) parse(data []byte) *yaml.Node {
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		r.fault(&yaml.Node{Line: 1, Column: 1}, "empty", "", huifang.Text{ZH: "日历文件是空的；应写 weekend 或 ranges", EN: "the calendar file is empty; write weekend or ranges"})
		return nil
	}
	if err == nil {
		if err = dec.Decode(&more); errors.Is(err, io.EOF) {
			return doc.Content[0]
		}
	}
	if err != nil {
		r.syntax(err)
		return nil
	}
	r.fault(&more, "documents", "", huifang.Text{ZH: "一个日历文件只能有一个 YAML 文档", EN: "a calendar file holds one YAML document"})
	return nil
}

// syntax reports what the parser says, with the line it names.
func (r *reader) syntax(err error) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	at := yaml.Node{Line: 1}
	if line, rest, ok := strings.Cut(strings.TrimPrefix(text, "line "), ": "); ok && rest != "" {
		if n, err := strconv.Atoi(line); err == nil {
			at.Line, text = n, rest
		}
	}
	r.fault(&at, "syntax", "", huifang.Textf("YAML 语法错误：%s", "not YAML: %s", text))
}

// fields calls one function per key of a mapping; unknown and doubled keys are
// faults. It tells whether n is a mapping.
func (r *reader) fields(n *yaml.Node, field string, known map[string]func(*yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "not_a_mapping", field, huifang.Text{ZH: "这里应是“键: 值”", EN: "write this as keys and values"})
		return false
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		read := known[key.Value]
		switch {
		case read == nil || key.Kind != yaml.ScalarNode:
			r.fault(key, "unknown_key", field, huifang.Textf("未知的键“%s”", "unknown key %q", key.Value))
		case seen[key.Value]:
			r.fault(key, "doubled_key", field, huifang.Textf("键“%s”重复", "key %q is there twice", key.Value))
		default:
			seen[key.Value] = true
			read(n.Content[i+1])
		}
	}
	return true
}

// list calls item for each element of a sequence.
func (r *reader) list(n *yaml.Node, field string, item func(at int, n *yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.fault(n, "not_a_list", field, huifang.Text{ZH: "这里应是列表", EN: "write this as a list"})
		return
	}
	for i, c := range n.Content {
		item(i, c)
	}
}

// text is the value of a scalar node; ok is false after a fault.
func (r *reader) text(n *yaml.Node, field string) (value string, ok bool) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.fault(n, "not_a_value", field, huifang.Text{ZH: "这里应是一个值", EN: "write one value here"})
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}
