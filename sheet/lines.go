package sheet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/huifang/huifang"
)

// maxDepth is how deep objects may stand within a JSON line.
const maxDepth = 16

// linesFile is a JSON lines file as a source of one sheet: one object a line,
// whose keys are the columns. Objects within objects become columns with dotted
// names, lists of plain values one cell joined by ";".
type linesFile struct {
	book     *Book
	encoding string
	names    []string
	columns  map[string]int
}

func (f *linesFile) tabs() []tab {
	return []tab{{keys: func() []string { return f.names }}}
}

func (f *linesFile) records(int) iter.Seq2[*record, error] {
	return func(yield func(*record, error) bool) {
		in, err := f.book.text(f.encoding)
		if err != nil {
			yield(nil, f.unreadable(err))
			return
		}
		if f.columns == nil {
			f.columns = map[string]int{}
		}
		r := bufio.NewReaderSize(in, f.book.limits.Record)
		for line := 1; ; line++ {
			raw, err := r.ReadSlice('\n')
			rec := &record{line: line, row: line}
			switch {
			case errors.Is(err, bufio.ErrBufferFull):
				rec.cells, rec.fault = []string{quoted(string(raw[:400]))}, longRecord(f.book.limits.Record)
				for errors.Is(err, bufio.ErrBufferFull) {
					_, err = r.ReadSlice('\n')
				}
			case len(bytes.TrimSpace(raw)) > 0:
				f.read(rec, raw)
			}
			if (len(rec.cells) > 0 || rec.fault != nil) && !yield(rec, nil) {
				return
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					yield(nil, f.unreadable(err))
				}
				return
			}
		}
	}
}

func (f *linesFile) unreadable(err error) error {
	return f.book.located(&huifang.Error{
		Code: huifang.CodeInvalid, Reason: "sheet.file.unreadable", Err: err,
		Message: huifang.Text{ZH: "文件读不完整", EN: "the file cannot be read to its end"},
	})
}

func (f *linesFile) read(rec *record, raw []byte) {
	if !utf8.Valid(raw) {
		rec.cells = []string{quoted(string(raw))}
		rec.fault = invalid("sheet.encoding", "这一行有损坏的字节，请在原文件中改正后重新导出", "this row has broken bytes; mend it in the original and export again")
		return
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	err := f.object(rec, d, "", 0)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errTrailing
		}
	}
	if err != nil {
		rec.cells, rec.kinds = []string{quoted(string(raw))}, nil
		rec.fault = invalid("sheet.json", "这一行不是完整的 JSON 对象（约第 %d 个字节处）", "this line is no complete JSON object (near byte %d)", d.InputOffset()+1)
	}
}

var (
	errTrailing = errors.New("text behind the object")
	errShape    = errors.New("not an object of values")
)

// object reads {…} into the record; its opening brace is the next token.
func (f *linesFile) object(rec *record, d *json.Decoder, prefix string, depth int) error {
	if t, err := d.Token(); err != nil {
		return err
	} else if t != json.Delim('{') || depth > maxDepth {
		return errShape
	}
	return f.members(rec, d, prefix, depth)
}

func (f *linesFile) members(rec *record, d *json.Decoder, prefix string, depth int) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, ok := key.(string)
		if !ok {
			return errShape
		}
		if err := f.value(rec, d, prefix+name, depth); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (f *linesFile) value(rec *record, d *json.Decoder, name string, depth int) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		if depth >= maxDepth {
			return errShape
		}
		return f.members(rec, d, name+".", depth+1)
	case json.Delim('['):
		return f.list(rec, d, name)
	}
	f.put(rec, name, scalar(t))
	return nil
}

func (f *linesFile) list(rec *record, d *json.Decoder, name string) error {
	var items []string
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if _, nested := t.(json.Delim); nested {
			return errShape
		}
		items = append(items, scalar(t))
	}
	f.put(rec, name, strings.Join(items, ";"))
	_, err := d.Token()
	return err
}

func scalar(t json.Token) string {
	switch v := t.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

func (f *linesFile) put(rec *record, name, text string) {
	i, ok := f.columns[name]
	if !ok {
		if len(f.names) >= maxColumns {
			return
		}
		i = len(f.names)
		f.columns[name] = i
		f.names = append(f.names, name)
	}
	rec.set(i, text, kindText)
}
