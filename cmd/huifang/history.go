package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
)

// history is what simulate and explain have in common: rules, events, people
// and the day to look at.
type history struct {
	Pack   string `help:"Built-in pack, or folder of one." zh:"内置方案包，或文件夹。" required:"" placeholder:"NAME|DIR"`
	Events string `help:"Events as JSON lines; - for standard input." zh:"事件文件（每行一个 JSON）；- 为标准输入。" required:"" placeholder:"FILE"`
	Staff  string `help:"Units, staff and contacts as JSON." zh:"单位、员工和客户（JSON）。" placeholder:"FILE"`
	Until  string `help:"Show the state at the end of this day (YYYY-MM-DD), or at an instant (RFC 3339)." zh:"截至该日结束时的状态（年-月-日），或某一时刻（如 2026-03-20T15:00:00+08:00）。" required:"" placeholder:"DATE"`
}

// simulate runs the history.
func (h *history) simulate(s *streams) (plan.Simulation, error) {
	p, err := pack.Load(h.Pack)
	if err != nil {
		return plan.Simulation{}, err
	}
	set, err := p.Compile()
	if err != nil {
		return plan.Simulation{}, err
	}
	until, err := h.until()
	if err != nil {
		return plan.Simulation{}, err
	}
	people, err := h.people(p)
	if err != nil {
		return plan.Simulation{}, err
	}
	inputs, err := h.inputs(s, set)
	if err != nil {
		return plan.Simulation{}, err
	}
	return plan.Simulate(set, people, inputs, until)
}

func (h *history) until() (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, h.Until); err == nil {
		return t, nil
	}
	d, err := huifang.ParseDate(h.Until)
	if err != nil {
		var e *huifang.Error
		errors.As(err, &e)
		return time.Time{}, e.Located(huifang.Location{Field: "--until"})
	}
	return plan.EndOf(d, plan.DefaultZone()), nil
}

func (h *history) inputs(s *streams, set *plan.Set) ([]plan.Input, error) {
	in := s.in
	if h.Events != "-" {
		f, err := os.Open(h.Events)
		if err != nil {
			return nil, unreadable(h.Events, err)
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	lines, errs := plan.ReadLines(in, h.Events)
	inputs := make([]plan.Input, 0, len(lines))
	for i := range lines {
		input, err := lines[i].Input(set)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		inputs = append(inputs, input)
	}
	return inputs, several(errs)
}

func unreadable(file string, err error) error {
	w := why(err)
	return &huifang.Error{
		Code: huifang.CodeInvalid, Reason: "file.unreadable", At: huifang.Location{File: file},
		Message: huifang.Textf("无法读取文件：%[1]s", "the file cannot be read: %[2]s", w.ZH, w.EN),
	}
}

// why is the reason a file cannot be used, in words where there are some.
func why(err error) huifang.Text {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return huifang.Text{ZH: "没有这个文件或文件夹", EN: "there is no such file or folder"}
	case errors.Is(err, os.ErrPermission):
		return huifang.Text{ZH: "没有访问权限", EN: "access to it is denied"}
	}
	return huifang.Text{ZH: err.Error(), EN: err.Error()}
}

// people are who the staff file names.
func (h *history) people(p *pack.Pack) (plan.People, error) {
	var world pack.World
	if h.Staff != "" {
		if err := readJSON(h.Staff, &world); err != nil {
			return plan.People{}, err
		}
	}
	people, err := world.People(p, nil, calendar.China())
	if e := (*huifang.Error)(nil); errors.As(err, &e) {
		return people, e.Located(huifang.Location{File: h.Staff, Line: 1, Column: 1})
	}
	return people, err
}

// readJSON reads one JSON file with faults located by line and column.
func readJSON(file string, to any) error {
	raw, err := os.ReadFile(file) //nolint:gosec // the file the user names
	if err != nil {
		return unreadable(file, err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(raw))
	err = dec.Decode(to)
	if err == nil {
		if _, err = dec.Token(); err == io.EOF { //nolint:errorlint // Token returns io.EOF itself
			return nil
		}
		err = errors.New("more than one JSON value")
	}
	at := int(dec.InputOffset())
	var typ *json.UnmarshalTypeError
	var syn *json.SyntaxError
	switch {
	case errors.As(err, &typ):
		at = int(typ.Offset)
	case errors.As(err, &syn):
		at = int(syn.Offset)
	}
	before := raw[:min(max(at-1, 0), len(raw))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
	return &huifang.Error{
		Code: huifang.CodeInvalid, Reason: "json.invalid", At: huifang.Location{File: file, Line: line, Column: column},
		Message: huifang.Textf("不是有效的内容：%v", "not valid: %v", err),
	}
}
