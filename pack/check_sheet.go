package pack

import (
	"slices"
	"strings"
)

// importSheets checks the sheets a trade keeps; fields are those every register
// may have.
func (c *checker) importSheets(fields []string) {
	var subjects []string
	for _, k := range slices.Concat(c.p.Contacts, c.p.Assets) {
		subjects = appendNames(subjects, k.Attributes)
	}
	fields = slices.Clone(fields)
	for _, name := range subjects {
		fields = append(fields, "contact.attribute:"+name, "asset.attribute:"+name)
	}
	for i := range c.p.Import.Sheets {
		c.importSheet("import."+nth("sheets", i), &c.p.Import.Sheets[i], fields)
	}
}

func (c *checker) importSheet(at string, s *ImportSheet, fields []string) {
	c.require(at, "kind", "import.kind", "缺少种类 kind（events、contacts、assets 或 staff）", "kind is missing: events, contacts, assets or staff")
	var columns []string
	owner := map[string]string{}
	for j, col := range s.Columns {
		at := at + "." + nth("columns", j)
		columns = append(columns, col.Code)
		if !strings.HasPrefix(col.Code, "qualification:") {
			c.known(at+".code", "import.field", "没有导入字段", "there is no field to import", col.Code, fields)
		}
		c.owned(at, col.Code, col.Synonyms, owner)
		if len(c.p.Import.Words(s, j)) == 0 {
			c.fail(at, "import.words", "这一列没有列名", "the column has no heading")
		}
	}
	for j, f := range s.Requires {
		c.known(at+"."+nth("requires", j), "import.field", "表中没有列", "the sheet has no column", f, columns)
	}
	for j, f := range s.Mandatory {
		c.known(at+"."+nth("mandatory", j), "import.field", "表中没有列", "the sheet has no column", f, columns)
	}
	if typ := s.Fixed["event.type"]; typ != "" {
		c.event(at+".fixed.event.type", typ)
	}
	if s.Kind == "events" && s.Fixed["event.type"] == "" && !slices.Contains(columns, "event.type") {
		c.fail(at, "import.event", "没有类别列，也没有在 fixed 中写明 event.type", "there is no column event.type, nor is it fixed")
	}
}
