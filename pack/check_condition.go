package pack

import "regexp"

// answers are what a condition may see: the items of the forms it may be
// about. Nothing is said of them where one of the forms is not known.
type answers struct {
	items   []string
	unknown bool
}

func (c *checker) items(forms []string) *answers {
	out := &answers{}
	for _, code := range forms {
		f, ok := c.p.Form(code)
		out.unknown = out.unknown || !ok && code != ""
		for i := range f.Items {
			out.items = append(out.items, f.Items[i].Code)
		}
	}
	return out
}

func (c *checker) item(at, code string, seen *answers) {
	if !seen.unknown {
		c.known(at, "item.unknown", "表单里没有条目", "the form has no item", code, seen.items)
	}
}

// Names that a condition reads. A name that is nowhere declared would quietly
// be null, so that the condition never held: it is a typing error.
var (
	quoted      = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`)
	namesInside = regexp.MustCompile(`\b(attr|contact|asset|answers)\s*\.\s*([A-Za-z_][A-Za-z0-9_]*)`)
)

// condition checks the names an expression reads; seen is nil where there are
// no answers to see.
func (c *checker) condition(at, source string, seen *answers) {
	for _, m := range namesInside.FindAllStringSubmatch(quoted.ReplaceAllString(source, `""`), -1) {
		switch {
		case m[1] != "answers":
			c.attribute(at, m[2])
		case seen == nil:
			c.fail(at, "condition.answers", "这里还没有答案，不能用 answers", "there are no answers yet here; answers cannot be used")
		default:
			c.item(at, m[2], seen)
		}
	}
}
