package pack

import (
	"reflect"
	"regexp"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// identity names the field by which items of a list are known, "" where they
// have none and a list is replaced whole.
func identity(item reflect.Type) string {
	if item.Kind() != reflect.Struct {
		return ""
	}
	switch item {
	case reflect.TypeFor[plan.EventType]():
		return "type"
	case reflect.TypeFor[plan.AttributeType]():
		return "name"
	}
	for f := range item.Fields() {
		if f.Tag.Get("yaml") == "code" {
			return "code"
		}
	}
	return ""
}

var codePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:-]{0,63}$`)

// identities reports items of a list without an identity, with one that cannot
// be named in a rule, or with another item's.
func (d *decoder) identities(n *node, id string) {
	first := map[string]position{}
	for _, item := range n.items {
		word := code(item, id)
		if item.kind != mappingNode {
			continue
		}
		if item.get(id) == nil {
			d.faults.add(item.at, "code.missing", huifang.Textf("缺少 %s", "%s is missing", id))
			continue
		}
		at := item.get(id).at
		if had, doubled := first[word]; doubled {
			d.faults.add(at, "code.doubled", huifang.Textf("“%s”重复，已写在 %s 第 %d 行", "“%s” is written twice; the first is in %s on line %d", word, had.file, had.line))
			continue
		}
		first[word] = at
		if !codePattern.MatchString(word) {
			d.faults.add(at, "code.invalid", huifang.Textf("编码“%s”无效，应以字母开头，只含字母、数字、_ . : -，最长 64", "code “%s” is not valid: it begins with a letter and holds letters, digits, _ . : - only, at most 64", word))
		}
	}
}
