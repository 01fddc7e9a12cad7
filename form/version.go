package form

import (
	"slices"
	"strconv"

	"github.com/huifang/huifang"
)

// Extend is the definition with the user's own items (自设回访项) behind its
// own, as a new version; records made with the old one keep it. The codes of
// such items begin with "x_", which no other item's code may, so that later
// versions of the form never collide with them. Free items take no part in the
// score unless they are given a weight.
//
// To change or take away free items, extend the form they were added to again,
// with all that are wanted. The receiver is not changed.
//
// Errors: "form.no_free_items" where the form takes none, "form.version" where
// version does not grow, "form.invalid" with Details that locate each fault in
// the list handed in, e.g. "items[0].label.en".
func (d Definition) Extend(items []Item, version int) (Definition, error) {
	if !d.FreeItems {
		return Definition{}, huifang.Invalid("form.no_free_items", huifang.Textf(
			"表单“%s”不允许自加题目", "form “%s” takes no items of your own", d.Code))
	}
	if version <= d.Version {
		e := huifang.Invalid("form.version", huifang.Textf(
			"新版本号应大于 %d", "the new version must be above %d", d.Version))
		e.At.Field = "version"
		return Definition{}, e
	}
	base := len(d.Items)
	d.Items = slices.Concat(d.Items, items)
	for i := base; i < len(d.Items); i++ {
		d.Items[i].Free = true
	}
	d.Version = version
	c := &checker{def: &d, base: base}
	if len(d.Items) > mostItems {
		c.limit("items", mostItems)
	}
	c.items(base)
	if len(c.faults) > 0 {
		e := huifang.Invalid("form.invalid", huifang.Text{ZH: "自加的题目有误", EN: "the added items are not right"})
		e.Details = c.faults
		return Definition{}, e
	}
	return d, nil
}

// Follows lists what keeps the definition from being the next version of an
// older one: codes are stable, so an item that keeps its code keeps its kind,
// and a rating its scale, or figures over time would compare different things.
func (d *Definition) Follows(old *Definition) []*huifang.Error {
	c := &checker{def: d}
	if d.Code != old.Code {
		c.fault("code", "form.version", "代码与旧版本（"+old.Code+"）不同", "the code differs from the older version's, "+old.Code)
	}
	if d.Version <= old.Version {
		c.fault("version", "form.version", "版本号应大于 "+strconv.Itoa(old.Version), "the version must be above "+strconv.Itoa(old.Version))
	}
	for i := range d.Items {
		it := &d.Items[i]
		n := old.index(it.Code, len(old.Items))
		if n < 0 {
			continue
		}
		switch was := &old.Items[n]; {
		case it.Kind != was.Kind:
			c.fault(nth("items", i)+".kind", "form.version", "同一代码的题型不能由 "+string(was.Kind)+" 改变，请换一个代码",
				"an item keeps its kind, which was "+string(was.Kind)+"; give the changed one a new code")
		case (it.Kind == KindRating || it.Kind == KindMatrix) && it.scale() != was.scale():
			c.fault(nth("items", i)+".scale", "form.version", "同一代码的分级不能改变，请换一个代码",
				"an item keeps its scale; give the changed one a new code")
		}
	}
	return c.faults
}
