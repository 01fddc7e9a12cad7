package pack

import (
	"encoding"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// decoder fills Go values from nodes. Every value's place is remembered under
// its dotted path, e.g. "programs[0].steps[1].when", so that an error found
// later can be shown where it was written.
type decoder struct {
	faults *faults
	where  map[string]position
	fields map[reflect.Type][]field
}

func newDecoder(f *faults) *decoder {
	return &decoder{faults: f, where: map[string]position{}, fields: map[reflect.Type][]field{}}
}

// field is one field of a struct that YAML can write.
type field struct {
	name  string
	index []int
}

// fieldsOf lists the fields of a struct by their yaml tags, inlined ones
// included; a field without a tag cannot be written.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case name == "-" || !f.IsExported():
		case strings.Contains(options, "inline"):
			for _, in := range fieldsOf(f.Type) {
				out = append(out, field{in.name, append(append([]int{}, f.Index...), in.index...)})
			}
		case name != "":
			out = append(out, field{name, f.Index})
		}
	}
	return out
}

func (d *decoder) fieldsOf(t reflect.Type) []field {
	known, ok := d.fields[t]
	if !ok {
		known = fieldsOf(t)
		d.fields[t] = known
	}
	return known
}

// at is the place of the value at a path, or of the nearest value around it.
func (d *decoder) at(path string) position {
	for {
		if p, ok := d.where[path]; ok {
			return p
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			return d.where[""]
		}
		path = path[:cut]
	}
}

// decode fills v. words, where not nil, are the only texts v may take.
func (d *decoder) decode(n *node, v reflect.Value, path string, words []string) {
	d.where[path] = n.at
	if n.kind == nullNode {
		d.faults.add(n.at, "pack.null", huifang.Text{ZH: "没有写值；请写上值，或删去这一行", EN: "there is no value; write one or remove the line"})
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); ok {
		d.text(n, u)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, v, path)
	case reflect.Slice:
		d.list(n, v, path, words)
	case reflect.Map:
		d.dictionary(n, v, path)
	case reflect.Interface:
		v.Set(reflect.ValueOf(&[]any{d.free(n)}[0]).Elem())
	default:
		d.scalar(n, v, words)
	}
}

func (d *decoder) wants(n *node, zh, en string) {
	d.faults.add(n.at, "pack.shape", huifang.Text{ZH: "这里应写" + zh, EN: "write " + en + " here"})
}

func (d *decoder) text(n *node, u encoding.TextUnmarshaler) {
	if n.kind != scalarNode {
		d.wants(n, "一个值", "a single value")
		return
	}
	err := u.UnmarshalText([]byte(n.text))
	if e := (*huifang.Error)(nil); errors.As(err, &e) {
		d.faults.put(n.at, e)
	} else if err != nil {
		d.faults.add(n.at, "pack.value", huifang.Textf("“%s”无效：%v", "%q is not valid: %v", n.text, err))
	}
}

func (d *decoder) mapping(n *node, v reflect.Value, path string) {
	if n.kind != mappingNode {
		d.wants(n, "若干“字段: 值”", "fields, each as “name: value”,")
		return
	}
	known := d.fieldsOf(v.Type())
next:
	for _, k := range n.keys {
		for _, f := range known {
			if f.name == k.name {
				sub := join(path, k.name)
				target := v.FieldByIndex(f.index)
				d.decode(k.value, target, sub, wordsOf(v.Type(), k.name, target.Type()))
				continue next
			}
		}
		d.unknown(k, known)
	}
}

func (d *decoder) unknown(k entry, known []field) {
	names := make([]string, len(known))
	for i, f := range known {
		names[i] = f.name
	}
	d.faults.add(k.at, "pack.unknown_field", meant("未知字段“"+k.name+"”", "unknown field “"+k.name+"”", k.name, names))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (d *decoder) list(n *node, v reflect.Value, path string, words []string) {
	if n.kind != listNode {
		d.wants(n, "列表，如 [甲, 乙]", "a list, like [one, two],")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	if id := identity(v.Type().Elem()); id != "" {
		d.identities(n, id)
	}
	for i, item := range n.items {
		d.decode(item, v.Index(i), path+"["+strconv.Itoa(i)+"]", words)
	}
}

func (d *decoder) dictionary(n *node, v reflect.Value, path string) {
	if n.kind != mappingNode {
		d.wants(n, "若干“名称: 值”", "entries, each as “name: value”,")
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.keys)))
	for _, k := range n.keys {
		item := reflect.New(v.Type().Elem()).Elem()
		d.decode(k.value, item, join(path, k.name), wordsOf(nil, "", item.Type()))
		v.SetMapIndex(reflect.ValueOf(k.name).Convert(v.Type().Key()), item)
	}
}
