package app

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/huifang/huifang"
)

// Where the survivor of a merge takes a field from.
const (
	fromKeep = "keep"
	fromGone = "gone"
	fromBoth = "both" // of phones
)

// MergeField is one field in which two contacts, or assets, differ, with what
// each has.
type MergeField struct {
	Name    string // as in Merge.Fields; attributes are "attributes.NAME"
	Keep    any
	Gone    any
	Default string // "keep", "gone" or "both"
}

// choices reads Merge.Fields, and notes what it was asked about.
type choices struct {
	from map[string]string
	seen []MergeField
}

// text chooses between two values; that of keep counts unless there is none.
func (c *choices) text(name, keep, gone string) string {
	preset := fromKeep
	if keep == "" && gone != "" {
		preset = fromGone
	}
	if c.choose(name, keep, gone, preset, keep == gone) == fromGone {
		return gone
	}
	return keep
}

func (c *choices) choose(name string, keep, gone any, preset string, same bool) string {
	if !same {
		c.seen = append(c.seen, MergeField{Name: name, Keep: keep, Gone: gone, Default: preset})
	}
	return cmp.Or(c.from[name], preset)
}

func (c *choices) id(name string, keep, gone huifang.ID) huifang.ID {
	return huifang.ID(c.text(name, string(keep), string(gone)))
}

// phones are both's unless somebody chose.
func (c *choices) phones(keep, gone []string) []string {
	both := slices.Clone(keep)
	for _, p := range gone {
		if !slices.Contains(both, p) {
			both = append(both, p)
		}
	}
	switch c.choose("phones", keep, gone, fromBoth, len(both) == len(keep) && len(keep) == len(gone)) {
	case fromKeep:
		return keep
	case fromGone:
		return gone
	}
	return both
}

func (c *choices) attributes(keep, gone huifang.Attributes) huifang.Attributes {
	out := huifang.Attributes{}
	names := map[string]bool{}
	for _, m := range []huifang.Attributes{keep, gone} {
		for name := range m {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, b := keep[name], gone[name]
		preset := fromKeep
		if a == nil || a == "" {
			preset = fromGone
		}
		v := a
		if c.choose("attributes."+name, a, b, preset, reflect.DeepEqual(a, b)) == fromGone {
			v = b
		}
		if v != nil {
			out[name] = v
		}
	}
	return out
}

// unknown is the error of a choice about a field that there is not.
func (c *choices) unknown() error {
	known := []string{"code", "kind", "name", "unit", "owner", "steward", "contact", "phones", "email", "address", "quiet"}
	for name := range c.from {
		if !slices.Contains(known, name) && !strings.HasPrefix(name, "attributes.") {
			return fieldFault("fields."+name, "merge.field", huifang.Textf("没有字段“%s”", "there is no field %q", name))
		}
	}
	return nil
}

// mergeOfContacts is the survivor as it is to be. A wish not to be contacted is
// both's.
func mergeOfContacts(keep, gone *huifang.Contact, fields map[string]string) (*huifang.Contact, error) {
	c := choices{from: fields}
	m := c.contact(keep, gone)
	return m, c.unknown()
}

func (c *choices) contact(keep, gone *huifang.Contact) *huifang.Contact {
	m := *keep
	m.Name = c.text("name", keep.Name, gone.Name)
	m.Code = c.text("code", keep.Code, gone.Code)
	m.Kind = c.text("kind", keep.Kind, gone.Kind)
	m.Unit = c.id("unit", keep.Unit, gone.Unit)
	m.Owner = c.id("owner", keep.Owner, gone.Owner)
	m.Steward = c.id("steward", keep.Steward, gone.Steward)
	m.Phones = c.phones(keep.Phones, gone.Phones)
	m.Email = c.text("email", keep.Email, gone.Email)
	m.Address = c.text("address", keep.Address, gone.Address)
	m.Quiet = c.text("quiet", keep.Quiet, gone.Quiet)
	m.Attributes = c.attributes(keep.Attributes, gone.Attributes)
	m.DoNotContact = keep.DoNotContact || gone.DoNotContact
	return &m
}

func mergeOfAssets(keep, gone *huifang.Asset, fields map[string]string) (*huifang.Asset, error) {
	c := choices{from: fields}
	m := c.asset(keep, gone)
	return m, c.unknown()
}

func (c *choices) asset(keep, gone *huifang.Asset) *huifang.Asset {
	m := *keep
	m.Code = c.text("code", keep.Code, gone.Code)
	m.Name = c.text("name", keep.Name, gone.Name)
	m.Kind = c.text("kind", keep.Kind, gone.Kind)
	m.Unit = c.id("unit", keep.Unit, gone.Unit)
	m.Contact = c.id("contact", keep.Contact, gone.Contact)
	m.Attributes = c.attributes(keep.Attributes, gone.Attributes)
	return &m
}

// contested are the attributes in which the two differed, as they are now: the
// programs that look at them have seen both.
func contested(keep, gone, merged huifang.Attributes) huifang.Attributes {
	out := huifang.Attributes{}
	for name, v := range merged {
		if !reflect.DeepEqual(keep[name], v) || !reflect.DeepEqual(gone[name], v) {
			out[name] = v
		}
	}
	return out
}
