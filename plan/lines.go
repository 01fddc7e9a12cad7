package plan

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/huifang/huifang"
)

// Line is an event, attribute change or outcome of a follow-up as a line of
// JSON: the input of simulate and of pack tests.
type Line struct {
	ID         huifang.ID         `json:"id" yaml:"id"`
	Type       string             `json:"type" yaml:"type"`
	At         string             `json:"at" yaml:"at"` // RFC 3339
	Contact    huifang.ID         `json:"contact" yaml:"contact"`
	Asset      huifang.ID         `json:"asset" yaml:"asset"`
	Unit       huifang.ID         `json:"unit" yaml:"unit"`
	Staff      huifang.ID         `json:"staff" yaml:"staff"`
	Department string             `json:"department" yaml:"department"`
	Attributes huifang.Attributes `json:"attributes" yaml:"attributes"`

	// Of outcomes.
	Program    string             `json:"program" yaml:"program"`
	Step       string             `json:"step" yaml:"step"`
	Occurrence int                `json:"occurrence" yaml:"occurrence"`
	Event      huifang.ID         `json:"event" yaml:"event"` // which start event's follow-up, where several are alike
	Answers    huifang.Attributes `json:"answers" yaml:"answers"`
	Reason     string             `json:"reason" yaml:"reason"`

	Where huifang.Location `json:"-" yaml:"-"`
	raw   string           // the line, to find the column of a fault
}

// maxLine bounds one line of input.
const maxLine = 4 << 20

// ReadLines reads JSON lines; blank lines are skipped. Each fault is an error
// located at file:line:column, and all are returned.
func ReadLines(r io.Reader, file string) (lines []Line, errs []*huifang.Error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), maxLine)
	n := 0
	for sc.Scan() {
		n++
		raw := bytes.TrimPrefix(sc.Bytes(), []byte("\ufeff"))
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		var l Line
		if err := decodeLine(raw, &l); err != nil {
			err.At.File, err.At.Line = file, n
			errs = append(errs, err)
			continue
		}
		l.Where, l.raw = huifang.Location{File: file, Line: n, Column: 1}, string(raw)
		lines = append(lines, l)
	}
	if err := sc.Err(); err != nil {
		errs = append(errs, huifang.Invalid("line.unreadable", huifang.Textf("无法读取：%v", "cannot be read: %v", err)).Located(huifang.Location{File: file, Line: n + 1, Column: 1}))
	}
	return lines, errs
}

func decodeLine(raw []byte, l *Line) *huifang.Error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	err := dec.Decode(l)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			return located(huifang.Text{ZH: "一行只能有一个 JSON 对象", EN: "a line holds one JSON object"}, int(dec.InputOffset())+1, raw)
		}
		return nil
	}
	if typ, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return located(huifang.Textf("字段 %s 的类型不对：不能是 %s", "field %s has the wrong type: it cannot be %s", typ.Field, typ.Value), column(raw, typ.Field, int(typ.Offset)), raw)
	}
	at := len(raw)
	if syn, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = int(syn.Offset)
	}
	return located(huifang.Textf("不是有效的 JSON：%v", "not valid JSON: %v", err), at, raw)
}

func located(message huifang.Text, offset int, raw []byte) *huifang.Error {
	offset = min(max(offset, 1), len(raw)+1)
	e := huifang.Invalid("line.invalid", message)
	e.At.Column = len([]rune(string(raw[:offset-1]))) + 1
	return e
}

// column finds where a field stands in a line: the 1-based byte of its last
// name, else the offset given.
func column(raw []byte, field string, fallback int) int {
	name := field[strings.LastIndexByte(field, '.')+1:]
	if i := bytes.Index(raw, []byte(`"`+name+`"`)); name != "" && i >= 0 {
		return i + 1
	}
	return fallback
}

// Input turns a line into an input, checked against the set.
func (l *Line) Input(s *Set) (Input, *huifang.Error) {
	at, err := time.Parse(time.RFC3339, l.At)
	if err != nil {
		return Input{}, l.fault(huifang.Invalid("event.at", huifang.Textf("时间“%s”无效，应写作 2026-03-01T09:00:00+08:00", "time %q is not valid; write it as 2026-03-01T09:00:00+08:00", l.At)), "at")
	}
	ev := &huifang.Event{
		ID: l.ID, Key: string(l.ID), Type: l.Type, At: at.UTC(), Contact: l.Contact, Asset: l.Asset, Unit: l.Unit, Staff: l.Staff,
		Department: l.Department, Attributes: l.Attributes,
	}
	in := Input{Event: ev, Program: l.Program, Step: l.Step, Occurrence: l.Occurrence, Answers: l.Answers, Reason: l.Reason}
	if in.Reason == "" {
		in.Reason = l.Attributes.String("reason")
	}
	if in.result() == "" {
		if err := s.Check(ev); err != nil {
			var e *huifang.Error
			errors.As(err, &e)
			return in, l.fault(e, e.At.Field)
		}
		return in, nil
	}
	p := s.programs[l.Program]
	if p == nil {
		return in, l.fault(huifang.Invalid("program.unknown", huifang.Textf("没有回访方案“%s”", "there is no program %q", l.Program)), "program")
	}
	if in.Step == "" && len(p.steps) == 1 {
		in.Step = p.steps[0].Code
	}
	if p.step(in.Step) == nil {
		return in, l.fault(huifang.Invalid("step.unknown", huifang.Textf("方案“%s”没有步骤“%s”", "program %q has no step %q", l.Program, in.Step)), "step")
	}
	in.Occurrence = max(in.Occurrence, 1)
	return in, nil
}

func (l *Line) fault(e *huifang.Error, field string) *huifang.Error {
	c := *e
	c.At = l.Where
	c.At.Field = field
	if l.raw != "" {
		name := field[strings.LastIndexByte(field, '.')+1:]
		if i := strings.Index(l.raw, `"`+name+`"`); i >= 0 {
			c.At.Column = utf8.RuneCountInString(l.raw[:i]) + 1
		}
	}
	return &c
}
