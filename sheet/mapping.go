package sheet

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
)

// Mapping says how sheets of one layout are read. It is made by Guess, or
// written by hand as YAML, and can be saved, edited and used again: columns are
// found by name, so that a column more or another order changes nothing.
type Mapping struct {
	Version    int                           `yaml:"version"`              // 1
	Name       string                        `yaml:"name,omitempty"`       //
	Kind       RowKind                       `yaml:"kind,omitempty"`       // what a row is; empty: an event
	Sheets     []string                      `yaml:"sheets,omitempty"`     // names, * stands for anything; empty: every visible sheet with the header
	Header     Header                        `yaml:"header,omitempty"`     // where it is; empty: searched for
	Encoding   string                        `yaml:"encoding,omitempty"`   // of text: utf-8, gb18030, utf-16le, utf-16be; empty: detected
	Delimiter  string                        `yaml:"delimiter,omitempty"`  // of CSV: one character; empty: detected
	Zone       string                        `yaml:"zone,omitempty"`       // IANA zone of times without offset; empty: Options.Loc
	DateOrder  DateOrder                     `yaml:"date_order,omitempty"` // of all-digit dates; empty: those with two readings are rejected
	Year       int                           `yaml:"year,omitempty"`       // of dates without one; 0: from title, sheet name or the row's other date
	Columns    []Column                      `yaml:"columns"`              //
	Fixed      map[Field]string              `yaml:"fixed,omitempty"`      // values every row has unless its own cell says otherwise
	Required   []Field                       `yaml:"required,omitempty"`   // fields no row may lack; empty: any one of the mapped contact and asset fields
	FillDown   []Field                       `yaml:"fill_down,omitempty"`  // fields that, empty all together, are those of the entry above: for sheets whose merged cells were lost
	Categories map[string][]string           `yaml:"categories,omitempty"` // event type → words, "General*" stands for all that begin so; the type's own name always counts
	Values     map[Field]map[string][]string `yaml:"values,omitempty"`     // field → canonical value → words; a word not listed is rejected
	Finished   []string                      `yaml:"finished,omitempty"`   // words of the status column; empty: all that are not unfinished
	Unfinished []string                      `yaml:"unfinished,omitempty"` // words in place of the completion time or in the status column, besides the usual ones
	Subtotals  []string                      `yaml:"subtotals,omitempty"`  // words that mark subtotal rows, besides 小计, 合计, total …
}

// Header is where a header is; zero fields are searched for.
type Header struct {
	Row   int `yaml:"row,omitempty"`   // 1-based row or line of its first line
	Lines int `yaml:"lines,omitempty"` // how many lines deep, at most 3
}

// IsZero tells whether the header is to be searched for.
func (h Header) IsZero() bool { return h == Header{} }

// Column maps columns of the sheet to a field.
type Column struct {
	Field  Field    `yaml:"field"`
	From   []string `yaml:"from,omitempty"`   // header names, the first that exists counts; "name#2" is the second of that name
	Letter string   `yaml:"letter,omitempty"` // column letter instead of a name, e.g. J
	Join   *string  `yaml:"join,omitempty"`   // all of From, in order, joined by this text
	Kind   Kind     `yaml:"kind,omitempty"`   // of an attribute; default text
}

// DateOrder is the order of year, month and day in all-digit dates.
type DateOrder string

// The orders.
const (
	OrderUnknown DateOrder = ""
	OrderYMD     DateOrder = "ymd"
	OrderDMY     DateOrder = "dmy"
	OrderMDY     DateOrder = "mdy"
)

// maxMapping is how large a mapping file may be.
const maxMapping = mib

// LoadMapping reads a mapping from YAML, strictly: an unknown key, a wrong type
// or a value that makes no sense is an error that names file, line and column.
// All faults found are in Details.
func LoadMapping(data []byte, file string) (Mapping, error) {
	if len(data) > maxMapping {
		return Mapping{}, tooLarge("mapping.too_large", "映射文件超过 1 MB", "the mapping is over 1 MB").Located(huifang.Location{File: file})
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return Mapping{}, yamlFault(err, file)
	}
	if len(doc.Content) == 0 {
		return Mapping{}, mappingFault(file, invalid("mapping.empty", "映射文件是空的", "the mapping is empty"))
	}
	p := &positions{file: file, root: doc.Content[0]}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	var m Mapping
	if err := d.Decode(&m); err != nil {
		return Mapping{}, yamlFault(err, file)
	}
	if err := m.check(p); err != nil {
		return Mapping{}, err
	}
	return m, nil
}

// YAML is the mapping as a file for people to edit.
func (m Mapping) YAML() ([]byte, error) {
	var n yaml.Node
	if err := n.Encode(m); err != nil {
		return nil, huifang.Wrap(err)
	}
	flatten(&n, false)
	n.HeadComment = "回访导入映射 · Huifang import mapping"
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(&n); err != nil {
		return nil, huifang.Wrap(err)
	}
	return b.Bytes(), nil
}

// flatten writes lists of words, and columns, on one line each.
func flatten(n *yaml.Node, inList bool) {
	scalars := true
	for _, c := range n.Content {
		scalars = scalars && c.Kind == yaml.ScalarNode
		flatten(c, n.Kind == yaml.SequenceNode)
	}
	if n.Kind == yaml.SequenceNode && scalars || n.Kind == yaml.MappingNode && inList {
		n.Style |= yaml.FlowStyle
	}
}

// Check tells what is wrong with a mapping that was not loaded from a file; nil
// when it can be used.
func (m Mapping) Check() error {
	if err := m.check(nil); err != nil {
		return err
	}
	return nil
}

// check gives all faults together.
func (m *Mapping) check(p *positions) *huifang.Error {
	c := &mappingCheck{at: p}
	if m.Version != 1 {
		c.fault("mapping.version", "version 应为 1", "version must be 1", "version")
	}
	c.settings(m)
	c.columns(m)
	c.words(m)
	switch len(c.faults) {
	case 0:
		return nil
	case 1:
		return c.faults[0]
	}
	err := invalid("mapping.invalid", "映射有 %d 处错误", "the mapping has %d faults", len(c.faults))
	err.Details = c.faults
	if p != nil {
		err.At.File = p.file
	}
	return err
}

type mappingCheck struct {
	at     *positions
	faults []*huifang.Error
}

// fault notes one fault at a path of keys and indexes.
func (c *mappingCheck) fault(reason, zh, en string, where ...any) {
	c.faults = append(c.faults, huifang.Invalid(reason, huifang.Text{ZH: zh, EN: en}).Located(c.at.locate(where)))
}

func (c *mappingCheck) settings(m *Mapping) {
	switch m.Encoding {
	case "", encUTF8, encGB18030, encUTF16LE, encUTF16BE:
	default:
		c.fault("mapping.encoding", "encoding 应为 utf-8、gb18030、utf-16le 或 utf-16be", "encoding must be utf-8, gb18030, utf-16le or utf-16be", "encoding")
	}
	if m.Delimiter != "" && (len(m.Delimiter) != 1 || strings.ContainsAny(m.Delimiter, "\"\r\n")) {
		c.fault("mapping.delimiter", "delimiter 应为一个 ASCII 字符，如 , 或 ;", "delimiter must be one ASCII character such as , or ;", "delimiter")
	}
	if m.Header.Row < 0 || m.Header.Lines < 0 || m.Header.Lines > headLines {
		c.fault("mapping.header", "header 的 row 从 1 起，lines 为 1 到 3", "row of header counts from 1, lines is 1 to 3", "header")
	}
	if m.Kind != "" && !slices.Contains(RowKinds(), m.Kind) {
		c.fault("mapping.row_kind", "kind 应为 events、contacts、assets 或 staff", "kind must be events, contacts, assets or staff", "kind")
	}
	c.dates(m)
}

// dates are the settings by which dates are read.
func (c *mappingCheck) dates(m *Mapping) {
	switch m.DateOrder {
	case OrderUnknown, OrderYMD, OrderDMY, OrderMDY:
	default:
		c.fault("mapping.date_order", "date_order 应为 ymd、dmy 或 mdy", "date_order must be ymd, dmy or mdy", "date_order")
	}
	if m.Year != 0 && !plausibleYear(m.Year) {
		c.fault("mapping.year", "year 应为四位年份", "year must be a year of four digits", "year")
	}
	if _, err := time.LoadLocation(m.Zone); err != nil {
		c.fault("mapping.zone", "没有时区“"+m.Zone+"”，应写作 Asia/Shanghai", "no time zone “"+m.Zone+"”; write it as Asia/Shanghai", "zone")
	}
}

func (c *mappingCheck) columns(m *Mapping) {
	seen := map[Field]bool{}
	for i := range m.Columns {
		col := &m.Columns[i]
		switch {
		case !col.Field.Valid():
			c.fault("mapping.field", "没有字段“"+string(col.Field)+"”", "no field “"+string(col.Field)+"”", "columns", i, "field")
		case seen[col.Field] && col.Field != FieldContactPhone && col.Field != FieldSerial:
			c.fault("mapping.field_twice", "字段“"+string(col.Field)+"”映射了两次；多列合一请用 join", "field “"+string(col.Field)+"” is mapped twice; use join to put columns together", "columns", i, "field")
		}
		seen[col.Field] = true
		if (len(col.From) == 0) == (col.Letter == "") {
			c.fault("mapping.column", "每列写 from（列名）或 letter（列标）之一", "give each column either from (names) or letter", "columns", i)
		}
		if col.Letter != "" && parseLetters(col.Letter) < 0 {
			c.fault("mapping.letter", "“"+col.Letter+"”不是列标，应写作 J 或 AB", "“"+col.Letter+"” is no column letter; write it as J or AB", "columns", i, "letter")
		}
		switch col.Kind {
		case "", KindText, KindDate, KindNumber, KindFlag:
		default:
			c.fault("mapping.kind", "kind 应为 text、date、number 或 flag", "kind must be text, date, number or flag", "columns", i, "kind")
		}
	}
	if m.Kind.List() {
		return
	}
	if !seen[FieldAt] {
		c.fault("mapping.no_at", "没有映射完成时间（event.at）", "no column is mapped to the completion time (event.at)", "columns")
	}
	if !seen[FieldType] && m.Fixed[FieldType] == "" {
		c.fault("mapping.no_type", "没有映射类别（event.type），也没有在 fixed 中固定", "no column is mapped to the category (event.type), nor is it fixed", "columns")
	}
}

func (c *mappingCheck) words(m *Mapping) {
	for f := range m.Fixed {
		if !f.Valid() || f == FieldAt || f == FieldOpenedAt || f == FieldKey {
			c.fault("mapping.field", "不能固定“"+string(f)+"”", "“"+string(f)+"” cannot be fixed", "fixed", string(f))
		}
	}
	for i, f := range m.Required {
		if !f.Valid() {
			c.fault("mapping.field", "没有字段“"+string(f)+"”", "no field “"+string(f)+"”", "required", i)
		}
	}
	for i, f := range m.FillDown {
		if m.column(f) == nil {
			c.fault("mapping.field", "没有列映射到“"+string(f)+"”", "no column is mapped to “"+string(f)+"”", "fill_down", i)
		}
	}
	for f, words := range m.Values {
		if !f.Valid() {
			c.fault("mapping.field", "没有字段“"+string(f)+"”", "no field “"+string(f)+"”", "values", string(f))
		}
		c.distinct(words, "values", string(f))
	}
	c.distinct(m.Categories, "categories")
}

// distinct sees to it that no word stands for two values.
func (c *mappingCheck) distinct(words map[string][]string, where ...any) {
	owner := map[string]string{}
	for _, value := range sortedKeys(words) {
		for i, w := range words[value] {
			if other, ok := owner[fold(w)]; ok && other != value {
				c.fault("mapping.word_twice", "“"+w+"”同时表示“"+other+"”和“"+value+"”", "“"+w+"” stands for both “"+other+"” and “"+value+"”", append(append([]any{}, where...), value, i)...)
			}
			owner[fold(w)] = value
		}
	}
}
