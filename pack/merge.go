package pack

import (
	"encoding"
	"reflect"
	"slices"

	"github.com/huifang/huifang"
)

// gather puts the files of one pack together: lists are continued, any other
// field is written once.
func gather(files []*node, f *faults) *node {
	out := &node{kind: mappingNode}
	for _, file := range files {
		if out.at.file == "" {
			out.at = file.at
		}
		if file.kind != mappingNode {
			f.add(file.at, "pack.shape", huifang.Text{ZH: "文件应由若干“字段: 值”组成", EN: "a file is made of fields, each as “name: value”"})
			continue
		}
		for _, k := range file.keys {
			had := out.get(k.name)
			switch {
			case had == nil:
				out.keys = append(out.keys, entry{k.name, k.at, copyOf(k.value)})
			case had.kind == listNode && k.value.kind == listNode:
				had.items = append(had.items, k.value.items...)
			default:
				f.add(k.at, "pack.doubled_key", huifang.Textf("字段“%s”已在 %s 第 %d 行写过", "field %q is already written in %s on line %d", k.name, had.at.file, had.at.line))
			}
		}
	}
	return out
}

func copyOf(n *node) *node {
	c := *n
	c.items, c.keys = slices.Clone(n.items), slices.Clone(n.keys)
	return &c
}

// merger lays a child's tree over its parent's by the rules of the package
// documentation. Neither tree is changed.
type merger struct{ faults *faults }

// merge is the child over the parent, where the result will be read as a t.
func (m *merger) merge(parent, child *node, t reflect.Type) *node {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return child
	}
	switch {
	case parent.kind == mappingNode && child.kind == mappingNode && (t.Kind() == reflect.Struct || t.Kind() == reflect.Map):
		return m.mapping(parent, child, t)
	case parent.kind == listNode && child.kind == listNode && t.Kind() == reflect.Slice && identity(t.Elem()) != "":
		return m.list(parent, child, t.Elem())
	}
	return child
}

func (m *merger) mapping(parent, child *node, t reflect.Type) *node {
	out := &node{kind: mappingNode, at: child.at}
	for _, k := range parent.keys {
		over := child.get(k.name)
		switch {
		case over == nil:
			out.keys = append(out.keys, k)
		case over.kind != nullNode:
			out.keys = append(out.keys, entry{k.name, child.keyAt(k.name), m.merge(k.value, over, typeOf(t, k.name))})
		}
	}
	for _, k := range child.keys {
		if parent.get(k.name) == nil {
			out.keys = append(out.keys, k)
		}
	}
	return out
}

func (n *node) keyAt(name string) position {
	for i := range n.keys {
		if n.keys[i].name == name {
			return n.keys[i].at
		}
	}
	return n.at
}

// typeOf is the type of a struct's field or a map's value.
func typeOf(t reflect.Type, name string) reflect.Type {
	if t.Kind() == reflect.Map {
		return t.Elem()
	}
	for _, f := range fieldsOf(t) {
		if f.name == name {
			return t.FieldByIndex(f.index).Type
		}
	}
	return reflect.TypeFor[any]() // an unknown field: the decoder reports it
}

func (m *merger) list(parent, child *node, item reflect.Type) *node {
	id := identity(item)
	out := &node{kind: listNode, at: child.at, items: slices.Clone(parent.items)}
	for _, c := range child.items {
		at := slices.IndexFunc(out.items, func(p *node) bool { return code(p, id) != "" && code(p, id) == code(c, id) })
		removing := c.kind == mappingNode && c.get("remove") != nil
		switch {
		case removing:
			m.remove(out, c, at, id)
		case at < 0:
			out.items = append(out.items, c)
		default:
			out.items[at] = m.merge(out.items[at], c, item)
		}
	}
	return out
}

func (m *merger) remove(out, c *node, at int, id string) {
	for _, k := range c.keys {
		if k.name != id && k.name != "remove" {
			m.faults.add(k.at, "pack.remove", huifang.Text{ZH: "删除的条目不能再写其他字段", EN: "an item that is removed has no other fields"})
		}
	}
	if flag := c.get("remove"); flag.text != "true" {
		m.faults.add(flag.at, "pack.remove", huifang.Text{ZH: "remove 只能写 true", EN: "remove can only be true"})
		return
	}
	if at < 0 {
		known := make([]string, len(out.items))
		for i, p := range out.items {
			known[i] = code(p, id)
		}
		word := code(c, id)
		m.faults.add(c.at, "pack.remove", meant("上级包里没有“"+word+"”可删除", "the parent has no “"+word+"” to remove", word, known))
		return
	}
	out.items = slices.Delete(out.items, at, at+1)
}

// code is the text of an item's identity, "" when it has none.
func code(n *node, id string) string {
	if n.kind != mappingNode {
		return ""
	}
	if v := n.get(id); v != nil && v.kind == scalarNode {
		return v.text
	}
	return ""
}
