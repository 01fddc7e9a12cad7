package sheet

import (
	"fmt"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// interpret decides what becomes of an entry.
func (r *reader) interpret(rec *record, row *Row) {
	if r.strict && len(rec.cells) != r.width { // no cell is where it should be
		row.Err = nil
		r.fault(rec, row, nil, invalid("sheet.row.width", "这一行有 %d 列，表头有 %d 列：可能少了或多了分隔符、换行", "this row has %d columns, the header %d: a separator or line break is missing or one too many", len(rec.cells), r.width))
		return
	}
	if r.rules.mapping.Kind.List() {
		r.interpretList(rec, row)
		return
	}
	if row.Skip = r.unfinishedJob(rec, row); row.Skip != SkipNone {
		row.Err = nil
		return
	}
	v := &row.Values
	r.plain(rec, row, v)
	r.category(rec, row, v)
	r.times(rec, row, v)
	r.customer(rec, row, v)
	r.attributes(rec, row, v)
	r.requirements(rec, row)
	if row.Err == nil {
		row.Skip = r.identify(rec, row, v)
	}
}

// unfinishedJob tells whether the job is not done yet, by its status or by what
// stands in place of the completion time.
func (r *reader) unfinishedJob(rec *record, row *Row) Skip {
	status, at := r.input(nStatus), r.input(nAt)
	done := false
	if status.text != "" {
		word := fold(status.text)
		done = r.rules.finished[word]
		switch {
		case !done && cancelled(word):
			return SkipCancelled
		case !done && r.rules.unfinished[word]:
			return SkipUnfinished
		case !done && len(r.rules.finished) > 0:
			r.fault(rec, row, status.column, invalid("sheet.status.unknown", "“%s”列的“%s”既不是已完成也不是未完成；请改正，或在映射的 finished 或 unfinished 中加上这个词", "column %q: %q means neither finished nor unfinished; correct it, or add the word to finished or unfinished in the mapping", status.name(), quoted(status.text)))
		}
	}
	if at.kind != kindText || beginsDigit(at.text) {
		return SkipNone
	}
	if !done && cancelled(fold(at.text)) {
		return SkipCancelled
	}
	if r.rules.noCompletion(at.text) && !r.broken(FieldAt, row) {
		if !done {
			return SkipUnfinished
		}
		r.fault(rec, row, at.column, invalid("sheet.at.missing", "状态为“%s”，却没有完成时间", "the status is %q, yet there is no completion time", quoted(status.text)))
		at.text = ""
	}
	return SkipNone
}

// broken tells whether the field's cell has a fault already, and therefore no
// input.
func (r *reader) broken(f Field, row *Row) bool {
	if row.Err == nil {
		return false
	}
	for _, e := range append([]*huifang.Error{row.Err}, row.Err.Details...) {
		if e.At.Field == string(f) {
			return true
		}
	}
	return false
}

// plain takes over the fields that are text.
func (r *reader) plain(rec *record, row *Row, v *Values) {
	into := [fieldCount]*string{
		nContactCode: &v.Contact.Code, nContactName: &v.Contact.Name, nContactKind: &v.Contact.Kind,
		nContactEmail: &v.Contact.Email, nContactAddress: &v.Contact.Address,
		nAssetCode: &v.Asset.Code, nAssetName: &v.Asset.Name, nAssetKind: &v.Asset.Kind,
		nStatus: &v.Status, nDepartment: &v.Department, nStaff: &v.Staff, nSteward: &v.Steward, nOwner: &v.Owner,
		nUnit: &v.Unit, nRole: &v.Role, nSeverity: &v.Severity, nMatter: &v.Matter, nNote: &v.Note, nKey: &v.Key,
	}
	for number, p := range &into {
		in := r.input(number)
		if p == nil || in.text == "" {
			continue
		}
		if err := in.lost(); err != nil {
			r.fault(rec, row, in.column, err)
			continue
		}
		*p = r.known(rec, row, in)
	}
	v.KeyGiven = v.Key != ""
}

// known gives the canonical value of a word where the mapping lists the words.
func (r *reader) known(rec *record, row *Row, in *input) string {
	if in.column == nil || in.column.words == nil {
		return in.text
	}
	value, ok := in.column.words.find(in.text)
	if !ok {
		known := listed(r.rules.mapping.Values[in.column.field])
		r.fault(rec, row, in.column, huifang.Invalid("sheet.value.unknown", huifang.Text{
			ZH: fmt.Sprintf("“%s”列的“%s”不在映射所列的词中（%s）", in.name(), quoted(in.text), strings.Join(known, "、")),
			EN: fmt.Sprintf("column %q: %q is none of the words the mapping lists (%s)", in.name(), quoted(in.text), strings.Join(known, ", ")),
		}))
	}
	return value
}

func (r *reader) category(rec *record, row *Row, v *Values) {
	in := r.input(nType)
	v.Category = in.text
	if in.text == "" {
		if r.broken(FieldType, row) {
			return
		}
		if blank, ok := r.rules.categories.words[""]; ok {
			v.Type = blank
			return
		}
		r.fault(rec, row, r.column(FieldType), invalid("sheet.category.missing", "没有填写类别", "the category is missing"))
		return
	}
	if in.column == nil {
		v.Type = in.text
		return
	}
	known, ok := r.rules.categories.find(in.text)
	if !ok && len(r.rules.mapping.Categories) == 0 {
		known, ok = in.text, true
	}
	if !ok {
		words := listed(r.rules.mapping.Categories)
		r.fault(rec, row, in.column, huifang.Invalid("sheet.category.unknown", huifang.Text{
			ZH: fmt.Sprintf("“%s”列的“%s”不是已知的类别（%s）；请改正，或在映射的 categories 中加上这个词", in.name(), quoted(in.text), strings.Join(words, "、")),
			EN: fmt.Sprintf("column %q: %q is no known category (%s); correct it, or add the word under categories in the mapping", in.name(), quoted(in.text), strings.Join(words, ", ")),
		}))
	}
	v.Type = known
}

func (r *reader) column(f Field) *bound {
	for i := range r.bound {
		if r.bound[i].field == f {
			return &r.bound[i]
		}
	}
	return nil
}

// customer reads the phones. A number that is none is a warning: the customer
// may be visited all the same.
func (r *reader) customer(rec *record, row *Row, v *Values) {
	for i := range r.phones {
		in := &r.phones[i]
		good, bad := Phones(in.text)
		for _, p := range good {
			v.Contact.Phones = appendOnce(v.Contact.Phones, p)
		}
		for _, p := range bad {
			r.warn(rec, row, in.column, invalid("phone.invalid", "“%s”列的“%s”不是电话号码，没有采用", "column %q: %q is no telephone number and was left out", in.name(), quoted(p)))
		}
	}
}

// requirements rejects rows that lack what they must have.
func (r *reader) requirements(rec *record, row *Row) {
	if len(r.rules.mapping.Required) == 0 {
		r.somebody(rec, row)
		return
	}
	for _, f := range r.rules.mapping.Required {
		if r.given(f, row) || r.broken(f, row) {
			continue
		}
		b := r.column(f)
		name := string(f)
		if b != nil {
			name = b.name
		}
		r.fault(rec, row, b, invalid("sheet.value.missing", "“%s”没有填写，或没有有效的内容", "%q is blank or holds nothing usable", name))
	}
}

// somebody rejects rows that name neither customer nor asset, where the sheet
// has columns for them.
func (r *reader) somebody(rec *record, row *Row) {
	var first *bound
	var names []string
	for _, f := range [...]Field{FieldContactCode, FieldContactName, FieldContactPhone, FieldAssetCode} {
		if r.given(f, row) || r.broken(f, row) {
			return
		}
		if b := r.column(f); b != nil {
			if first == nil {
				first = b
			}
			names = append(names, b.name)
		}
	}
	if first == nil {
		return
	}
	r.fault(rec, row, first, huifang.Invalid("sheet.contact.missing", huifang.Text{
		ZH: "没有客户：" + strings.Join(names, "、") + "都没有有效内容；若空白表示同上，请在映射中写明 fill_down",
		EN: "there is no customer: " + strings.Join(names, ", ") + " hold nothing usable; if blank means the same as above, say so under fill_down in the mapping",
	}))
}

func (r *reader) given(f Field, row *Row) bool {
	if f == FieldContactPhone {
		return len(row.Values.Contact.Phones) > 0
	}
	if n := f.number(); n >= 0 {
		return r.inputs[n].text != ""
	}
	for i := range r.extra {
		if r.extra[i].column.field == f {
			return true
		}
	}
	return false
}

// times reads when the job was opened and completed.
func (r *reader) times(rec *record, row *Row, v *Values) {
	opened, at := r.input(nOpenedAt), r.input(nAt)
	if opened.text != "" && !blankMark(opened.text) {
		near := r.near
		if near == huifang.NoDate {
			near = r.dateOf(at)
		}
		v.OpenedAt = r.time(rec, row, opened, near)
	}
	if at.text == "" {
		return
	}
	near := r.near
	if !v.OpenedAt.IsZero() {
		near = v.OpenedAt.Date
	}
	v.At = r.time(rec, row, at, near)
	if v.At.IsZero() || v.OpenedAt.IsZero() {
		return
	}
	if before(v.At, v.OpenedAt) {
		r.fault(rec, row, at.column, invalid("sheet.at.before_opened", "完成时间“%s”早于受理时间“%s”", "completed %q is before opened %q", quoted(at.text), quoted(opened.text)))
	}
	if !r.rules.now.IsZero() && v.At.Time.After(r.rules.now.Add(24*time.Hour)) {
		r.warn(rec, row, at.column, invalid("sheet.at.future", "完成时间“%s”在将来", "completed %q lies in the future", quoted(at.text)))
	}
}

func yearOf(d huifang.Date) int {
	y, _, _ := d.Civil()
	return y
}

// before compares whole days where one of the two has no time of day.
func before(a, b Instant) bool {
	if a.DateOnly || b.DateOnly {
		return a.Date < b.Date
	}
	return a.Time.Before(b.Time)
}

func (r *reader) hints(in *input, near huifang.Date) Hints {
	return Hints{
		Order: r.rules.mapping.DateOrder, Loc: r.rules.loc, Near: near,
		Numeric: in.kind == kindNumber, Date1904: r.tab.date1904, Lifelong: in.column != nil && in.column.field.Attribute() != "",
	}
}

// dateOf is the date of a cell that names its year, else NoDate.
func (r *reader) dateOf(in *input) huifang.Date {
	h := r.hints(in, huifang.NoDate)
	i, err := parseTime(in.text, &h)
	if err != nil {
		return huifang.NoDate
	}
	return i.Date
}

// time reads a date cell; a year nobody names is this year's, with a warning.
func (r *reader) time(rec *record, row *Row, in *input, near huifang.Date) Instant {
	h := r.hints(in, near)
	i, err := parseTime(in.text, &h)
	if err != nil && err.Reason == "date.year_unknown" && !r.rules.now.IsZero() {
		h.Near = huifang.DateOf(r.rules.now, r.rules.loc)
		if i, err = parseTime(in.text, &h); err == nil {
			r.warn(rec, row, in.column, invalid("date.year_assumed", "“%s”列的“%s”没有年份，按 %d 年读入", "column %q: %q has no year; read as of %d", in.name(), quoted(in.text), yearOf(i.Date)))
		}
	}
	if err != nil {
		err.Message = huifang.Text{ZH: "“" + in.name() + "”列：" + err.Message.ZH, EN: "column “" + in.name() + "”: " + err.Message.EN}
		r.fault(rec, row, in.column, err)
	}
	return i
}
