package app

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/sheet"
)

// guess works out which of the trade's sheets a file is, and how it is read.
// One that a pack describes is taken when all it must have is there and either
// its title says so, or the general words of registers find no category or
// completion, or the kind was asked for. Otherwise the general words serve.
func (job *importing) guess() error {
	general, report, err := sheet.Guess(job.book, job.general())
	if err != nil {
		return err
	}
	job.mapping, job.report = general, report
	best := 0
	for _, p := range job.d.packs {
		for i := range p.Import.Sheets {
			s := &p.Import.Sheets[i]
			if !job.wanted(s) {
				continue
			}
			m, r, err := sheet.Guess(job.book, job.d.sheetCatalogue(p, s))
			if err != nil {
				return err
			}
			worth := job.worth(s, &m, &r, &general)
			if worth > best {
				best, job.mapping, job.report = worth, m, r
				job.mapping.Name = s.Name.In(job.d.org.Lang)
				job.report.Notes = append([]huifang.Text{recognised(s)}, r.Notes...)
			}
		}
	}
	if best == 0 && job.o.Kind != "" && !slices.Contains(sheet.RowKinds(), sheet.RowKind(job.o.Kind)) && job.sheetNamed(job.o.Kind) == nil {
		return fieldFault("kind", "import.kind", huifang.Textf(
			"没有这种表“%s”；可写 events、contacts、assets、staff，或行业包中表的编码", "there is no kind of sheet %q; write events, contacts, assets, staff, or the code of a sheet of a pack", job.o.Kind))
	}
	return nil
}

func recognised(s *pack.ImportSheet) huifang.Text {
	return huifang.Textf("按“%[1]s”读入", "read as “%[2]s”", s.Name.In(huifang.ZH), s.Name.In(huifang.EN))
}

// general is the general words of registers, for the kind that was asked for.
func (job *importing) general() sheet.Catalogue {
	c := job.d.catalogue()
	if k := sheet.RowKind(job.o.Kind); slices.Contains(sheet.RowKinds(), k) && k.List() {
		c.Kind = k
	}
	return c
}

// wanted tells whether a sheet is of the kind that was asked for, if any was.
func (job *importing) wanted(s *pack.ImportSheet) bool {
	return job.o.Kind == "" || job.o.Kind == s.Kind || job.o.Kind == s.Code
}

func (job *importing) sheetNamed(code string) *pack.ImportSheet {
	for _, p := range job.d.packs {
		for i := range p.Import.Sheets {
			if p.Import.Sheets[i].Code == code {
				return &p.Import.Sheets[i]
			}
		}
	}
	return nil
}

// worth is how well a described sheet fits the file, 0 when it does not.
func (job *importing) worth(s *pack.ImportSheet, m *sheet.Mapping, r *sheet.Report, general *sheet.Mapping) int {
	has := func(m *sheet.Mapping, f sheet.Field) bool {
		return slices.ContainsFunc(m.Columns, func(c sheet.Column) bool { return c.Field == f })
	}
	for _, f := range s.Requires {
		if !has(m, sheet.Field(f)) {
			return 0
		}
	}
	titled := job.titled(s, r)
	whole := has(general, sheet.FieldType) && has(general, sheet.FieldAt)
	if !titled && whole && job.o.Kind == "" || len(m.Columns) == 0 {
		return 0
	}
	worth := 2*len(m.Columns) + len(s.Requires)
	if titled {
		worth += 20
	}
	return worth
}

// titled tells whether title, sheet name or file name say that it is the sheet.
func (job *importing) titled(s *pack.ImportSheet, r *sheet.Report) bool {
	names := []string{strings.TrimSuffix(job.file.Name, filepath.Ext(job.file.Name))}
	for _, l := range r.Sheets {
		if l.Data {
			names = append(names, l.Sheet, l.Title)
		}
	}
	text := strings.ToLower(strings.Join(names, "\n"))
	return slices.ContainsFunc(s.Titles, func(w string) bool { return w != "" && strings.Contains(text, strings.ToLower(w)) })
}

// sheetCatalogue is the words of one described sheet.
func (d *directory) sheetCatalogue(p *pack.Pack, s *pack.ImportSheet) sheet.Catalogue {
	c := packCatalogue(p)
	c.Fields, c.Kind, c.Fixed = nil, sheet.RowKind(s.Kind), map[sheet.Field]string{}
	for j, col := range s.Columns {
		c.Fields = append(c.Fields, sheet.FieldWords{Field: sheet.Field(col.Code), Kind: attributeKind(p, col.Code), Names: p.Import.Words(s, j)})
	}
	if c.Kind != sheet.RowStaff && len(p.Contacts) > 0 { // beside other packs, the sheet's own kinds
		c.Fixed[sheet.FieldContactKind] = p.Contacts[0].Code
	}
	if c.Kind != sheet.RowStaff && len(p.Assets) > 0 {
		c.Fixed[sheet.FieldAssetKind] = p.Assets[0].Code
	}
	for f, v := range s.Fixed {
		c.Fixed[sheet.Field(f)] = v
	}
	for _, f := range s.Mandatory {
		c.Required = append(c.Required, sheet.Field(f))
	}
	for prefix, kinds := range map[string][]pack.SubjectKind{sheet.PrefixContactAttribute: p.Contacts, sheet.PrefixAssetAttribute: p.Assets} {
		for _, k := range kinds {
			for i := range k.Attributes {
				if at := &k.Attributes[i]; at.Type == "choice" {
					c.Values[sheet.Field(prefix+at.Name)] = choiceWords(at)
				}
			}
		}
	}
	for _, u := range d.units {
		c.Units = append(c.Units, u.Name)
	}
	slices.SortFunc(c.Units, func(a, b string) int { return len(b) - len(a) })
	return c
}
