package pack

import (
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
)

// ledger checks one ledger: that what it names is there, and that its parts go
// together.
func (c *checker) ledger(at string, l *Ledger) {
	c.require(at, "name", "name.missing", "台账缺少名称 name", "the ledger has no name")
	c.require(at, "columns", "ledger.columns", "台账缺少列 columns", "the ledger has no columns")
	for i, code := range l.Programs {
		c.known(at+"."+nth("programs", i), "program.unknown", "没有回访方案", "there is no program", code, c.programs)
	}
	for i, code := range l.Steps {
		c.known(at+"."+nth("steps", i), "step.unknown", "没有步骤", "there is no step", code, c.stepCodes())
	}
	for i, kind := range l.Contacts {
		c.known(at+"."+nth("contacts", i), "kind.unknown", "没有客户种类", "there is no kind of contact", kind, kindCodes(c.p.Contacts))
	}
	c.shape(at, l)
	c.reading(at+".by", l.By)
	c.reading(at+".heading", l.Heading)
	c.facts(at+".when", l.When)
	c.ledgerColumns(at+".columns", l, l.Columns)
	c.ledgerColumns(at+".lines", l, l.Lines)
}

// shape checks that rows, layout and period go together.
func (c *checker) shape(at string, l *Ledger) { //nolint:cyclop // one case a rule
	grouped := l.Rows == "groups"
	switch {
	case grouped != (len(l.By) > 0):
		c.fail(at+".by", "ledger.by", "rows 为 groups 时要写 by，其他情形不写", "by belongs to rows: groups, and is needed there")
	case len(l.Contacts) > 0 && l.Rows != "contacts" && !grouped:
		c.fail(at+".contacts", "ledger.contacts", "contacts 只用于 rows: contacts 或 groups", "contacts belongs to rows: contacts or groups")
	case l.Rows == "contacts" && len(l.Contacts) == 0:
		c.fail(at, "ledger.contacts", "rows 为 contacts 时要写 contacts", "rows: contacts needs contacts")
	case len(l.Lines) > 0 && (l.Layout != "cards" || l.Rows != "contacts"):
		c.fail(at+".lines", "ledger.lines", "lines 只用于 rows: contacts 且 layout: cards", "lines belongs to rows: contacts with layout: cards")
	case len(l.Heading) > 0 && (l.Layout == "cards" || l.Rows == "contacts" || grouped):
		c.fail(at+".heading", "ledger.heading", "heading 只用于逐条列出回访的台账", "heading belongs to lists of follow-ups")
	case l.Period == "" && l.Dated != "":
		c.fail(at+".dated", "ledger.dated", "没有 period 时不写 dated", "dated belongs to ledgers with a period")
	}
}

func (c *checker) ledgerColumns(at string, l *Ledger, columns []LedgerColumn) { //nolint:cyclop // one case a rule
	single := l.Rows == "" || l.Rows == "followups"
	for i := range columns {
		col, at := &columns[i], nth(at, i)
		if col.Title == (huifang.Text{}) {
			c.fail(at, "title.missing", "缺少标题 title", "title is missing")
		}
		shown := 0
		for _, is := range []bool{len(col.Value) > 0, col.Tell != "", col.Count != "", len(col.Mean) > 0, col.Blank} {
			if is {
				shown++
			}
		}
		switch {
		case shown != 1:
			c.fail(at, "column.value", "每列写 value、tell、count、mean、blank 其中之一", "a column has one of value, tell, count, mean and blank")
		case single && (col.Pick != "" || col.Per != "" || len(col.Mean) > 0 || col.Count != "" && col.Of != ""):
			c.fail(at, "column.single", "逐条列出的台账不用 pick、of、per、mean", "lists of follow-ups have no pick, of, per and mean")
		case col.Count == "" && (col.Of != "" || col.Per != ""):
			c.fail(at, "column.count", "of 与 per 要与 count 同写", "of and per go with count")
		case col.Days && l.Period != "month" && l.Period != "week":
			c.fail(at+".days", "column.days", "days 只用于按月或按周的台账", "days belongs to ledgers by month or week")
		}
		c.reading(at+".value", col.Value)
		c.reading(at+".mean", col.Mean)
		c.condition(at+".tell", col.Tell, &answers{items: c.itemCodes()})
		if _, fault := plan.CompileFactValue(col.Tell); fault != nil {
			c.theirs(at+".tell", fault)
		}
		c.facts(at+".when", col.When)
		c.facts(at+".count", col.Count)
		c.facts(at+".of", col.Of)
	}
}

// facts checks a question about a follow-up.
func (c *checker) facts(at, source string) {
	if source == "" {
		return
	}
	c.condition(at, source, &answers{items: c.itemCodes()})
	_, faults := plan.CompileFacts([]string{source})
	if faults[0] != nil {
		c.theirs(at, faults[0])
	}
}

// reading checks that the answers and attributes it names are there.
func (c *checker) reading(at string, r Reading) {
	for _, part := range r {
		kind, name, _ := strings.Cut(part, ":")
		switch kind {
		case "answer":
			c.known(at, "item.unknown", "没有表单项", "there is no item", name, c.itemCodes())
		case "attribute", "contact.attribute", "asset.attribute":
			c.attribute(at, name)
		}
	}
}

// itemCodes lists the codes of every form's items.
func (c *checker) itemCodes() []string {
	var out []string
	for i := range c.p.Forms {
		for j := range c.p.Forms[i].Items {
			out = append(out, c.p.Forms[i].Items[j].Code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c *checker) stepCodes() []string {
	var out []string
	for i := range c.p.Programs {
		for j := range c.p.Programs[i].Steps {
			out = append(out, c.p.Programs[i].Steps[j].Code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func kindCodes(kinds []SubjectKind) []string {
	out := make([]string, len(kinds))
	for i := range kinds {
		out[i] = kinds[i].Code
	}
	return out
}
