package pack

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/huifang/huifang"
)

func (d *decoder) scalar(n *node, v reflect.Value, words []string) {
	if n.kind != scalarNode {
		d.wants(n, "一个值", "a single value")
		return
	}
	switch v.Kind() {
	case reflect.String:
		d.word(n, words)
		v.SetString(n.text)
	case reflect.Bool:
		if n.text != "true" && n.text != "false" {
			d.wants(n, " true 或 false", "true or false")
		}
		v.SetBool(n.text == "true")
	case reflect.Int, reflect.Int64:
		i, err := strconv.ParseInt(n.text, 10, 32)
		if err != nil {
			d.wants(n, "整数", "a whole number")
		}
		v.SetInt(i)
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.text, 64)
		if err != nil || f-f != 0 {
			d.wants(n, "数字", "a number")
			return
		}
		v.SetFloat(f)
	default:
		d.faults.add(n.at, "pack.value", huifang.Textf("不支持的类型 %s", "unsupported type %s", v.Type()))
	}
}

// word reports a text that is not one of the allowed words.
func (d *decoder) word(n *node, words []string) {
	if words == nil || slices.Contains(words, n.text) {
		return
	}
	d.faults.add(n.at, "pack.word", meant("“"+n.text+"”不是可用的值", "“"+n.text+"” is not one of the values", n.text, words))
}

// free is a value of no fixed type, as JSON would give it.
func (d *decoder) free(n *node) any {
	switch n.kind {
	case listNode:
		out := make([]any, len(n.items))
		for i, item := range n.items {
			out[i] = d.free(item)
		}
		return out
	case mappingNode:
		out := make(map[string]any, len(n.keys))
		for _, k := range n.keys {
			out[k.name] = d.free(k.value)
		}
		return out
	case nullNode:
		return nil
	case scalarNode:
	}
	switch n.tag {
	case "!!bool":
		return n.text == "true" || n.text == "True" || n.text == "TRUE"
	case "!!int", "!!float":
		if f, err := strconv.ParseFloat(n.text, 64); err == nil && f-f == 0 {
			return f
		}
		d.wants(n, "十进制数字", "a decimal number")
	}
	return n.text
}
