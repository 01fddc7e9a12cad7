package form

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// items checks the items from index from on against all of them.
func (c *checker) items(from int) {
	seen := make(map[string]bool, len(c.def.Items))
	for i := range c.def.Items {
		it := &c.def.Items[i]
		if i >= from {
			path := nth("items", i-c.base)
			if seen[it.Code] && it.Code != "" {
				c.duplicate(path+".code", it.Code)
			}
			c.item(path, i, it)
		}
		seen[it.Code] = true
	}
}

func (c *checker) duplicate(path, code string) {
	c.fault(path, "form.duplicate", "代码“"+shorten(clean(code))+"”重复", "the code “"+shorten(clean(code))+"” is used twice")
}

func (c *checker) item(path string, i int, it *Item) {
	c.code(path+".code", it.Code)
	if strings.HasPrefix(it.Code, freePrefix) != it.Free {
		c.fault(path+".code", "form.code", "x_ 开头的代码专用于用户自加的题目，且自加题目必须以 x_ 开头",
			"codes beginning with x_ are for the items users add, and those must begin with it")
	}
	c.text(path+".label", it.Label)
	c.help(path+".help", it.Help)
	if !slices.Contains(Kinds(), it.Kind) {
		c.fault(path+".kind", "form.kind", "没有“"+shorten(clean(string(it.Kind)))+"”这种题型，可用："+kindList(),
			"there is no kind “"+shorten(clean(string(it.Kind)))+"”; use one of "+kindList())
		return
	}
	c.foreign(path, it)
	c.help(path+".suffix", it.Suffix)
	c.bounds(path, it)
	c.options(path, it)
	c.rows(path, it)
	c.points(path, it)
	for n := range it.ShowIf {
		c.condition(nth(path+".show_if", n), &it.ShowIf[n], i, false)
	}
}

func kindList() string {
	names := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// foreign refuses fields that the kind has no use for: they are mistakes.
func (c *checker) foreign(path string, it *Item) {
	pick := []Kind{KindChoice, KindChoices, KindYesNo, KindMatrix}
	count := []Kind{KindNumber, KindChoices, KindPhoto, KindFile}
	grade := []Kind{KindRating, KindMatrix}
	for _, f := range []struct {
		name  string
		set   bool
		kinds []Kind
	}{
		{"required", it.Required, Kinds()[1:]}, // all but section
		{"min", it.Min != nil, count},
		{"max", it.Max != nil, count},
		{"integer", it.Integer, []Kind{KindNumber}},
		{"suffix", it.Suffix != huifang.Text{}, []Kind{KindNumber}},
		{"max_length", it.MaxLength != 0, []Kind{KindText}},
		{"multiline", it.Multiline, []Kind{KindText}},
		{"earliest", it.Earliest != nil, []Kind{KindDate}},
		{"latest", it.Latest != nil, []Kind{KindDate}},
		{"options", len(it.Options) > 0, pick},
		{"rows", len(it.Rows) > 0, []Kind{KindMatrix}},
		{"scale", it.Scale != 0, grade},
		{"weight", it.Weight != nil, append([]Kind{KindNumber, KindRating, KindNPS}, pick...)},
		{"full", it.Full != nil, append([]Kind{KindNumber}, pick...)},
	} {
		if f.set && !slices.Contains(f.kinds, it.Kind) {
			c.fault(path+"."+f.name, "form.field", "题型 "+string(it.Kind)+" 没有 "+f.name+" 这一项",
				"an item of kind "+string(it.Kind)+" has no "+f.name)
		}
	}
	if it.Kind == KindMatrix && !it.graded() && it.Scale != 0 || it.graded() && it.Full != nil {
		c.fault(path+".scale", "form.field", "矩阵题要么用 options（可带 full），要么用 scale", "a matrix has either options, perhaps with full, or a scale")
	}
}

// bounds checks that ranges are ranges.
func (c *checker) bounds(path string, it *Item) {
	const far = 1e15 // beyond it whole numbers are no longer exact
	lo, hi := -far, far
	if it.Kind != KindNumber {
		lo, hi = 1, longestAnswer
		c.whole(path+".min", it.Min)
		c.whole(path+".max", it.Max)
	}
	c.within(path+".min", it.Min, lo, hi)
	c.within(path+".max", it.Max, lo, hi)
	switch fewest, most := it.counts(); {
	case it.Min != nil && it.Max != nil && *it.Min > *it.Max:
		c.reversed(path + ".max")
	case it.Kind == KindChoices && max(fewest, most) > len(it.Options) && len(it.Options) > 0:
		c.fault(path, "form.range", "选择数超过了选项数", "more choices are asked for than there are options")
	case (it.Kind == KindPhoto || it.Kind == KindFile) && fewest > most:
		c.fault(path+".min", "form.range", "至少要求的份数超过了最多允许的份数", "more files are asked for than are taken")
	}
	c.lengths(path, it)
}

func (c *checker) lengths(path string, it *Item) {
	if first, last := it.dates(); first > last {
		c.reversed(path + ".latest")
	}
	if it.MaxLength < 0 || it.MaxLength > longestAnswer {
		c.fault(path+".max_length", "form.range", "字数上限应在 1 到 20000 之间", "max_length lies between 1 and 20000")
	}
	if it.Scale != 0 && (it.Scale < 2 || it.Scale > mostScale) {
		c.fault(path+".scale", "form.range", "分级应在 2 到 100 之间", "a scale has 2 to 100 grades")
	}
}

func (c *checker) reversed(path string) {
	c.fault(path, "form.range", "上限小于下限", "the upper bound lies below the lower one")
}

func (c *checker) whole(path string, n *float64) {
	if n != nil && *n != math.Trunc(*n) {
		c.fault(path, "form.range", "应为整数", "must be a whole number")
	}
}

func (c *checker) options(path string, it *Item) {
	n := len(it.Options)
	switch {
	case n == 0 && (it.Kind == KindChoice || it.Kind == KindChoices):
		c.fault(path+".options", "form.missing", "选择题缺少选项", "a choice needs options")
	case n > mostOptions:
		c.limit(path+".options", mostOptions)
	case it.Kind == KindYesNo && n > 0 && (n != 2 || it.option("yes") == nil || it.option("no") == nil):
		c.fault(path+".options", "form.field", "是非题的选项只能是 yes 和 no 两个", "the options of a yesno item are yes and no")
	}
	seen := make(map[string]bool, n)
	for i := range it.Options {
		o, at := &it.Options[i], nth(path+".options", i)
		c.code(at+".code", o.Code)
		if seen[o.Code] && o.Code != "" {
			c.duplicate(at+".code", o.Code)
		}
		seen[o.Code] = true
		c.text(at+".label", o.Label)
		c.within(at+".score", o.Score, 0, mostWeight)
		c.verdict(at+".verdict", o.Verdict)
		if o.Exclusive && it.Kind != KindChoices {
			c.fault(at+".exclusive", "form.field", "只有多选题的选项可以设为排他", "only options of a choices item can be exclusive")
		}
	}
}

func (c *checker) rows(path string, it *Item) {
	if it.Kind == KindMatrix && len(it.Rows) == 0 {
		c.fault(path+".rows", "form.missing", "矩阵题缺少行", "a matrix needs rows")
	}
	if len(it.Rows) > mostRows {
		c.limit(path+".rows", mostRows)
	}
	seen := make(map[string]bool, len(it.Rows))
	for i := range it.Rows {
		r, at := &it.Rows[i], nth(path+".rows", i)
		c.code(at+".code", r.Code)
		if seen[r.Code] && r.Code != "" {
			c.duplicate(at+".code", r.Code)
		}
		seen[r.Code] = true
		c.text(at+".label", r.Label)
		c.within(at+".weight", r.Weight, 0, mostWeight)
	}
}

// points checks that what is weighted can be scored at all.
func (c *checker) points(path string, it *Item) {
	c.within(path+".weight", it.Weight, 0, mostWeight)
	if it.Full != nil && !(*it.Full > 0 && *it.Full <= mostWeight) {
		c.fault(path+".full", "form.range", "满分应大于 0，不超过 "+strconv.Itoa(mostWeight), "full marks are above 0 and at most "+strconv.Itoa(mostWeight))
	}
	switch {
	case it.Weight == nil || *it.Weight == 0:
	case c.def.Scoring == nil:
		c.fault(path+".weight", "form.scoring", "表单没有 scoring，权重不起作用", "the form has no scoring for the weight to count in")
	case !it.scorable():
		c.fault(path+".weight", "form.scoring", "该题没有分值，权重不起作用；请给选项写 score，或给数字题写 full",
			"the item carries no points to weigh; give its options scores, or full to a number")
	}
}
