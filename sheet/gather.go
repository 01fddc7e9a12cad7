package sheet

import (
	"strings"

	"github.com/huifang/huifang"
)

// input is the cleaned cell of one field.
type input struct {
	text   string
	kind   cellKind
	column *bound // nil: fixed by the mapping
}

// gather collects the cells of the mapped columns. Error values and formulas
// without a result are faults here, whatever the field.
func (r *reader) gather(rec *record, row *Row) {
	r.inputs = [fieldCount]input{}
	r.phones, r.extra = r.phones[:0], r.extra[:0]
	for i := range r.bound {
		b := &r.bound[i]
		in := input{column: b, kind: rec.kind(b.columns[0])}
		if in.text = clean(rec.cell(b.columns[0])); len(b.columns) > 1 {
			in.text, in.kind = joined(rec, b), kindText
		}
		switch {
		case in.text == "" || b.words == nil && b.field != FieldType && blankMark(in.text):
			continue
		case in.kind == kindUncalculated:
			r.fault(rec, row, b, invalid("sheet.cell.uncalculated", "“%s”列的公式没有结果；请用表格软件打开、重新计算并保存", "the formula in column %q has no result; open it in a spreadsheet, recalculate and save", b.name))
		case in.kind == kindError || errorText(in.text):
			r.fault(rec, row, b, invalid("sheet.cell.error", "“%s”列是错误值“%s”", "column %q holds the error %q", b.name, quoted(in.text)))
		case b.field == FieldContactPhone:
			r.phones = append(r.phones, in)
		case b.number < 0:
			r.extra = append(r.extra, in)
		default:
			r.inputs[b.number] = in
		}
	}
	for i := range r.rules.fixed {
		f := &r.rules.fixed[i]
		if r.inputs[f.number].text == "" {
			r.inputs[f.number] = input{text: f.text}
		}
	}
}

func joined(rec *record, b *bound) string {
	parts := make([]string, 0, len(b.columns))
	for _, c := range b.columns {
		if text := clean(rec.cell(c)); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, b.join)
}

// constant is a value fixed by the mapping.
type constant struct {
	number int
	text   string
}

func (m *Mapping) constants() []constant {
	var out []constant
	for _, f := range Fields() {
		if text := m.Fixed[f]; text != "" {
			out = append(out, constant{number: f.number(), text: text})
		}
	}
	return out
}

func (r *reader) input(number int) *input { return &r.inputs[number] }

// lost is the fault or warning for a code whose digits a spreadsheet rounded
// away.
func (in *input) lost() *huifang.Error {
	if in.kind == kindNumber && destroyed(in.text) || in.kind == kindText && roundedText(in.text) {
		return invalid("sheet.cell.digits_lost", "“%s”列的“%s”超过 15 位，末几位已被表格软件改掉；请把该列设为文本后重新填写", "column %q: %q has more than 15 digits and the spreadsheet has changed the last ones; format the column as text and enter it anew", in.name(), quoted(in.text))
	}
	return nil
}

func (in *input) name() string {
	if in.column == nil {
		return ""
	}
	return in.column.name
}
