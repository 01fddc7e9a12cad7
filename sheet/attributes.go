package sheet

import (
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// attributes reads the columns mapped to attributes.
func (r *reader) attributes(rec *record, row *Row, v *Values) {
	for i := range r.extra {
		in := &r.extra[i]
		if blankMark(in.text) {
			continue
		}
		value, ok := r.attribute(rec, row, in, v)
		if !ok {
			continue
		}
		f := in.column.field
		into := &v.Attributes
		switch {
		case strings.HasPrefix(string(f), PrefixQualification):
			into = &v.Qualifications
		case strings.HasPrefix(string(f), PrefixContactAttribute):
			into = &v.Contact.Attributes
		case strings.HasPrefix(string(f), PrefixAssetAttribute):
			into = &v.Asset.Attributes
		}
		if *into == nil {
			*into = huifang.Attributes{}
		}
		(*into)[f.Attribute()] = value
	}
}

// attribute reads one cell by the kind of its column. A text that has lost
// digits is left out with a warning.
func (r *reader) attribute(rec *record, row *Row, in *input, v *Values) (any, bool) {
	b := in.column
	if b.words != nil {
		value := r.known(rec, row, in)
		return value, value != ""
	}
	switch b.kind {
	case KindDate:
		near := r.near
		if !v.At.IsZero() {
			near = v.At.Date
		}
		i := r.time(rec, row, in, near)
		return r.moment(i), !i.IsZero()
	case KindNumber:
		n, ok := parseNumber(in.text)
		if !ok {
			r.fault(rec, row, b, invalid("sheet.value.number", "“%s”列的“%s”不是数字", "column %q: %q is no number", b.name, quoted(in.text)))
		}
		return n, ok
	case KindFlag:
		yes, ok := parseFlag(in.text)
		if !ok {
			r.fault(rec, row, b, invalid("sheet.value.flag", "“%s”列的“%s”既不是“是”也不是“否”", "column %q: %q is neither yes nor no", b.name, quoted(in.text)))
		}
		return yes, ok
	case KindText:
	}
	if err := in.lost(); err != nil {
		r.warn(rec, row, b, err)
		return nil, false
	}
	return in.text, true
}

// moment writes an instant the way date attributes are written: local date, with
// the time of day where there is one.
func (r *reader) moment(i Instant) string {
	if i.IsZero() {
		return ""
	}
	local := i.Time.In(r.rules.loc)
	if i.DateOnly {
		return local.Format(time.DateOnly)
	}
	return local.Format("2006-01-02T15:04")
}

// listed names some of the words of a list, for a message.
func listed(words map[string][]string) []string {
	const most = 8
	var out []string
	for _, value := range sortedKeys(words) {
		name := value
		for _, w := range words[value] {
			if w != "" {
				name = w
				break
			}
		}
		if len(out) == most {
			return append(out, "…")
		}
		out = append(out, name)
	}
	return out
}
