package form

import (
	"strconv"
	"strings"

	"github.com/huifang/huifang"
)

// Limits of a definition: far above any form people fill in, low enough that a
// hostile one costs little.
const (
	mostItems   = 500
	mostOptions = 300
	mostRows    = 100
	mostScale   = 100
	mostAny     = 20
	mostValues  = 100
	longestCode = 64
	longestText = 2000 // characters of a label, help or description
	mostWeight  = 1e6
	freePrefix  = "x_" // of the codes of free items, and only of theirs
)

// checker collects the faults of a definition. Paths count items from base, so
// that added items are located in the list that was handed in.
type checker struct {
	def    *Definition
	base   int
	faults []*huifang.Error
}

// Check lists every fault of the definition, nil for a sound one. At.Field is
// the path of the fault as the definition is written, such as
// "items[3].show_if[0].item"; reasons begin with "form.".
func (d *Definition) Check() []*huifang.Error {
	c := &checker{def: d}
	c.code("code", d.Code)
	c.text("name", d.Name)
	c.help("description", d.Description)
	if d.Version < 1 {
		c.fault("version", "form.version", "版本号应从 1 开始", "versions count from 1")
	}
	switch {
	case len(d.Items) == 0:
		c.fault("items", "form.missing", "表单至少要有一个题目", "a form needs at least one item")
	case len(d.Items) > mostItems:
		c.limit("items", mostItems)
	}
	c.items(0)
	c.scoring()
	c.rules("unqualified", d.Unqualified)
	c.rules("dissatisfied", d.Dissatisfied)
	c.rules("satisfied", d.Satisfied)
	return c.faults
}

func (c *checker) fault(path, reason, zh, en string) {
	e := huifang.Invalid(reason, huifang.Text{ZH: zh, EN: en})
	e.At.Field = path
	c.faults = append(c.faults, e)
}

func (c *checker) limit(path string, most int) {
	n := strconv.Itoa(most)
	c.fault(path, "form.limit", "不能超过 "+n+" 个", "holds at most "+n)
}

// code checks a stable code: it names a column, a CEL variable and a key for
// good, whatever the label becomes.
func (c *checker) code(path, code string) {
	switch {
	case code == "":
		c.fault(path, "form.missing", "缺少代码", "a code is missing")
	case len(code) > longestCode:
		c.fault(path, "form.code", "代码最长 64 个字符", "a code has at most 64 characters")
	case !validCode(code):
		c.fault(path, "form.code", "代码“"+shorten(clean(code))+"”无效：应以小写字母开头，只用小写字母、数字和下划线",
			"“"+shorten(clean(code))+"” is no code: begin with a lower-case letter, then lower-case letters, digits and underscores")
	}
}

func validCode(s string) bool {
	for i := range len(s) {
		b := s[i]
		letter := b >= 'a' && b <= 'z'
		if !letter && (i == 0 || b != '_' && (b < '0' || b > '9')) {
			return false
		}
	}
	return s != ""
}

// text checks a text that must be there in both languages.
func (c *checker) text(path string, t huifang.Text) {
	if strings.TrimSpace(t.ZH) == "" {
		c.fault(path+".zh", "form.text", "缺少中文", "the Chinese text is missing")
	}
	if strings.TrimSpace(t.EN) == "" {
		c.fault(path+".en", "form.text", "缺少英文", "the English text is missing")
	}
	if len(t.ZH) > 4*longestText || len(t.EN) > 4*longestText {
		c.limit(path, longestText)
	}
}

// help checks a text that may be left out, but not by half.
func (c *checker) help(path string, t huifang.Text) {
	if t != (huifang.Text{}) {
		c.text(path, t)
	}
}

func (c *checker) verdict(path string, v huifang.Verdict) {
	switch v {
	case huifang.VerdictNone, huifang.VerdictSatisfied, huifang.VerdictDissatisfied, huifang.VerdictUnqualified:
	default:
		c.fault(path, "form.verdict", "结论只能是 satisfied、dissatisfied 或 unqualified",
			"a verdict is satisfied, dissatisfied or unqualified")
	}
}

// within checks an optional number.
func (c *checker) within(path string, n *float64, lo, hi float64) {
	if n != nil && !(*n >= lo && *n <= hi) { // so that NaN is refused
		c.fault(path, "form.range", "应在 "+plain(lo)+" 到 "+plain(hi)+" 之间", "must be between "+plain(lo)+" and "+plain(hi))
	}
}

// nth is the path of the n-th entry of a list.
func nth(path string, n int) string { return path + "[" + strconv.Itoa(n) + "]" }
