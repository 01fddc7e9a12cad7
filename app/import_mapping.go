package app

import (
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/sheet"
	"github.com/huifang/huifang/store"
)

// settleMapping takes the mapping that was named or given, else guesses one, and
// changes what columns mean where that was asked for.
func (job *importing) settleMapping(ctx context.Context) error {
	if err := job.chooseMapping(ctx); err != nil || len(job.o.Columns) == 0 {
		return err
	}
	kinds := map[sheet.Field]sheet.Kind{}
	for _, f := range job.o.Columns {
		for _, p := range job.d.packs {
			if k := attributeKind(p, string(f)); kinds[f] == "" || k != sheet.KindText {
				kinds[f] = k
			}
		}
	}
	job.mapping = job.mapping.Assign(job.o.Columns, kinds)
	if err := job.mapping.Check(); err != nil {
		return err
	}
	job.report.Sheets = nil // those of the guess
	return nil
}

func (job *importing) chooseMapping(ctx context.Context) (err error) {
	switch {
	case job.o.Mapping != "":
		kept, err := job.app.reads().Mapping(ctx, job.d.org.ID, job.o.Mapping)
		if huifang.CodeOf(err) == huifang.CodeNotFound {
			return fieldFault("mapping", "mapping.not_found", huifang.Textf("没有名为“%s”的导入映射", "there is no saved mapping named %q", job.o.Mapping))
		}
		if err != nil {
			return err
		}
		job.mapping, err = sheet.LoadMapping([]byte(kept.Body), kept.Name)
		return err
	case len(job.o.MappingYAML) > 0:
		job.mapping, err = sheet.LoadMapping(job.o.MappingYAML, "mapping.yaml")
		return err
	}
	return job.guess()
}

// catalogue is the words of the trade's registers, for guessing.
func (d *directory) catalogue() sheet.Catalogue {
	c := sheet.DefaultCatalogue()
	for _, p := range d.packs {
		c = c.Merge(packCatalogue(p))
	}
	for _, u := range d.units {
		c.Units = append(c.Units, u.Name)
	}
	slices.SortFunc(c.Units, func(a, b string) int { return len(b) - len(a) }) // the most telling name first
	return c
}

// packCatalogue turns the words of a pack into those that sheets are read by.
func packCatalogue(p *pack.Pack) sheet.Catalogue {
	c := sheet.Catalogue{
		Categories: map[string][]string{}, Values: map[sheet.Field]map[string][]string{},
		Finished: p.Import.Finished, Unfinished: p.Import.Unfinished,
	}
	for _, f := range p.Import.Fields {
		c.Fields = append(c.Fields, sheet.FieldWords{Field: sheet.Field(f.Code), Kind: attributeKind(p, f.Code), Names: f.Synonyms})
	}
	for _, cat := range p.Import.Categories {
		words := append([]string{cat.Name.ZH, cat.Name.EN}, cat.Synonyms...)
		c.Categories[cat.Event] = append(c.Categories[cat.Event], slices.DeleteFunc(words, func(w string) bool { return w == "" })...)
	}
	for _, t := range p.Events {
		for i := range t.Attributes {
			at := &t.Attributes[i]
			f := attributeField(at.Name)
			if at.Type == "choice" {
				c.Values[f] = choiceWords(at)
			}
			// As events in JSON lines have it.
			c.Fields = append(c.Fields, sheet.FieldWords{Field: f, Kind: attributeKind(p, string(f)), Names: []string{sheet.EventAttributes + at.Name}})
		}
	}
	return c
}

// attributeField is the field of a register that holds an attribute.
func attributeField(name string) sheet.Field {
	if name == "severity" {
		return sheet.FieldSeverity
	}
	return sheet.Field(sheet.PrefixAttribute + name)
}

func choiceWords(at *plan.AttributeType) map[string][]string {
	out := map[string][]string{}
	for _, v := range at.Values {
		words := append([]string{v.Code, v.Name.ZH, v.Name.EN}, v.Synonyms...)
		out[v.Code] = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	}
	return out
}

// attributeKind is how the cells of an attribute's column are read.
func attributeKind(p *pack.Pack, code string) sheet.Kind {
	if strings.HasPrefix(code, sheet.PrefixQualification) {
		return sheet.KindDate
	}
	name := sheet.Field(code).Attribute()
	if name == "" {
		return ""
	}
	for _, at := range attributesFor(p, code) {
		if at.Name != name {
			continue
		}
		switch at.Type {
		case "date", "datetime":
			return sheet.KindDate
		case "number":
			return sheet.KindNumber
		case "bool":
			return sheet.KindFlag
		}
	}
	return sheet.KindText
}

// attributesFor lists the attributes a field may name: of events, contacts or
// assets, by its prefix.
func attributesFor(p *pack.Pack, field string) (out []plan.AttributeType) {
	kinds := p.Contacts
	switch {
	case strings.HasPrefix(field, sheet.PrefixAssetAttribute):
		kinds = p.Assets
	case !strings.HasPrefix(field, sheet.PrefixContactAttribute):
		for _, t := range p.Events {
			out = append(out, t.Attributes...)
		}
		return out
	}
	for _, k := range kinds {
		out = append(out, k.Attributes...)
	}
	return out
}

// Mappings lists the saved import mappings, by name.
func (a *App) Mappings(ctx context.Context, actor *huifang.Actor) ([]*huifang.Mapping, error) {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return nil, err
	}
	return a.reads().Mappings(ctx, actor.Org)
}

// SaveMapping keeps an import mapping under its name, Row 0 for a new one.
// Faults of the YAML are located; a stale Row is a CodeConflict.
func (a *App) SaveMapping(ctx context.Context, actor *huifang.Actor, m *huifang.Mapping) error {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return err
	}
	if strings.TrimSpace(m.Name) == "" {
		return fieldFault("name", "mapping.name", huifang.Text{ZH: "请给映射起个名字", EN: "give the mapping a name"})
	}
	if _, err := sheet.LoadMapping([]byte(m.Body), m.Name); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		m.Org = actor.Org
		if err := tx.SaveMapping(ctx, m); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "mapping.saved", "mapping", "", map[string]any{"name": m.Name})
	})
}

// DeleteMapping deletes a saved mapping; none of that name is CodeNotFound.
func (a *App) DeleteMapping(ctx context.Context, actor *huifang.Actor, name string) error {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteMapping(ctx, actor.Org, name); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "mapping.deleted", "mapping", "", map[string]any{"name": name})
	})
}
