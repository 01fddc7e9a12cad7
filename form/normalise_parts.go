package form

import (
	"slices"
	"unicode/utf8"

	"github.com/huifang/huifang"
)

// toList reads a list as JSON or as Go spells it.
func toList(raw any) ([]any, bool) {
	switch v := raw.(type) {
	case []any:
		return v, true
	case []string:
		out := make([]any, len(v))
		for i, s := range v {
			out[i] = s
		}
		return out, true
	}
	return nil, false
}

// toObject reads an object as JSON or as Go spells it.
func toObject(raw any) (map[string]any, bool) {
	switch v := raw.(type) {
	case map[string]any:
		return v, true
	case huifang.Attributes:
		return v, true
	}
	return nil, false
}

// choices keeps each chosen option once, in the order of the form.
func (it *Item) choices(raw any, f *faults) any {
	list, ok := toList(raw)
	if !ok {
		f.wrongType(it, "", "选项代码的列表", "a list of option codes")
		return nil
	}
	if !it.known(list, f) {
		return nil
	}
	var out []any
	alone := false
	for i := range it.Options {
		o := &it.Options[i]
		if slices.ContainsFunc(list, func(e any) bool { return e == any(o.Code) }) {
			out = append(out, o.Code)
			alone = alone || o.Exclusive
		}
	}
	if alone && len(out) > 1 {
		f.add(it, "", "answer.exclusive", huifang.Text{ZH: "所选的某一项不能与其他选项同时选择", EN: "has an option chosen that cannot stand beside others"})
		return nil
	}
	return it.counted(out, f)
}

// known tells whether every entry is an option's code, and notes the first
// that is not; muted, such entries are passed over.
func (it *Item) known(list []any, f *faults) bool {
	for _, e := range list {
		s, ok := e.(string)
		switch {
		case f.mute || ok && it.option(s) != nil:
			continue
		case !ok:
			f.wrongType(it, "", "选项代码的列表", "a list of option codes")
		default:
			f.unknownOption(it, "", clean(s))
		}
		return false
	}
	return true
}

// counted is the list if it has as many entries as the item wants.
func (it *Item) counted(list []any, f *faults) any {
	fewest, most := it.counts()
	switch n := len(list); {
	case n == 0:
		return nil
	case n < fewest:
		f.count(it, "answer.too_few", fewest, "至少要有 %d 项", "wants at least %d entries")
		return nil
	case n > most:
		f.count(it, "answer.too_many", most, "最多 %d 项", "takes at most %d entries")
		return nil
	}
	return list
}

// files keeps each content hash once, in the order given.
func (it *Item) files(raw any, f *faults) any {
	list, ok := toList(raw)
	if !ok {
		f.wrongType(it, "", "文件标识的列表", "a list of content hashes")
		return nil
	}
	_, most := it.counts()
	var out []any
	for _, e := range list {
		s, ok := it.hash(e, f)
		if !ok && !f.mute {
			return nil
		}
		if s != "" && !slices.Contains(out, any(s)) {
			out = append(out, s)
		}
		if len(out) > most { // too many already
			break
		}
	}
	return it.counted(out, f)
}

func (it *Item) hash(raw any, f *faults) (s string, ok bool) {
	if s, ok = raw.(string); !ok {
		f.wrongType(it, "", "文件标识的列表", "a list of content hashes")
		return "", false
	}
	if s = clean(s); utf8.RuneCountInString(s) > longestHash {
		f.count(it, "answer.too_long", longestHash, "的文件标识最多 %d 个字符", "takes content hashes of at most %d characters")
		return "", false
	}
	return s, true
}

// matrix keeps the rows the item has; a required matrix wants every one.
func (it *Item) matrix(raw any, f *faults) any {
	object, ok := toObject(raw)
	if !ok {
		f.wrongType(it, "", "各行的答案（行代码 → 答案）", "an object of row code to answer")
		return nil
	}
	out := make(map[string]any, len(it.Rows))
	for i := range it.Rows {
		row := it.Rows[i].Code
		before := len(f.list)
		v := it.cell(row, object[row], f)
		switch {
		case v != nil:
			out[row] = v
		case it.Required && len(f.list) == before:
			f.required(it, row)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (it *Item) cell(row string, raw any, f *faults) any {
	switch {
	case raw == nil:
		return nil
	case it.graded():
		return it.grade(row, raw, f)
	}
	return it.choice(row, raw, f)
}

// signature keeps the signed name, and the image where it was drawn.
func (it *Item) signature(raw any, f *faults) any {
	object, ok := toObject(raw)
	if !ok {
		f.wrongType(it, "", "签名（name 为姓名，image 为手写签名）", "a signature: name, and image where it was drawn")
		return nil
	}
	before := len(f.list)
	name := it.part(object, "name", longestName, f)
	named := name != "" || len(f.list) > before // a faulty name is not missing besides
	image := it.part(object, "image", longestHash, f)
	switch {
	case name == "" && image == "":
		return nil
	case name == "":
		if !named {
			f.required(it, "name")
		}
		return nil
	case image == "":
		return map[string]any{"name": name}
	}
	return map[string]any{"name": name, "image": image}
}

func (it *Item) part(object map[string]any, key string, most int, f *faults) string {
	raw, has := object[key]
	if !has || raw == nil {
		return ""
	}
	s, ok := raw.(string)
	if !ok {
		f.wrongType(it, key, "文字", "text")
		return ""
	}
	if s = clean(s); utf8.RuneCountInString(s) > most {
		if !f.mute {
			f.add(it, key, "answer.too_long", huifang.Textf("最多 %d 个字", "takes at most %d characters", most))
		}
		return ""
	}
	return s
}
