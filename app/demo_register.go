package app

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/sheet"
)

// DemoRegister is a sheet as the trade keeps it, of the last day: nobody has
// read it in yet, so that the import can be tried. One row is of a job that is
// not finished and one has a date there is none of.
type DemoRegister struct {
	Name   string // of the sheet, as a file may be called
	Header []string
	Rows   [][]string
}

// registerRows is how many jobs the sheet lists.
const registerRows = 16

// register makes up the sheet.
func (d *demo) register() DemoRegister {
	described, columns := d.registerColumns()
	out := DemoRegister{Name: d.trade.Words["event"].In(huifang.ZH) + "登记表"}
	if described != nil {
		out.Name = described.Name.In(huifang.ZH)
	}
	kinds := d.registerEvents(described)
	if len(kinds) == 0 {
		return DemoRegister{}
	}
	var rows []map[string]string
	for i := 0; len(rows) < registerRows && i < 4*registerRows; i++ {
		if e := d.unread(kinds[i%len(kinds)], i); e != nil {
			rows = append(rows, d.registerRow(e))
		}
	}
	slices.SortStableFunc(rows, func(a, b map[string]string) int { return strings.Compare(a["event.at"], b["event.at"]) })
	for i, r := range rows {
		r["serial"], r["key"] = strconv.Itoa(i+1), fmt.Sprintf("%s%03d", r["key"], i+1)
	}
	if n := len(rows); n > 3 {
		d.spoil(rows[n/3], rows[n-2])
	}
	d.lay(&out, columns, described, rows)
	return out
}

// lay lays rows out under the headings of the columns that say anything.
func (d *demo) lay(out *DemoRegister, columns []pack.ImportField, described *pack.ImportSheet, rows []map[string]string) {
	for _, c := range columns {
		used := slices.ContainsFunc(rows, func(r map[string]string) bool { return r[c.Code] != "" })
		if !used || c.Code == "event.type" && described != nil && described.Fixed["event.type"] != "" && sameEverywhere(rows, c.Code) {
			continue
		}
		out.Header = append(out.Header, c.Synonyms[0])
		for i := range rows {
			if len(out.Rows) <= i {
				out.Rows = append(out.Rows, nil)
			}
			out.Rows[i] = append(out.Rows[i], rows[i][c.Code])
		}
	}
}

// registerColumns are the sheet the sample names and its columns with their
// headings; without one those of a register in general.
func (d *demo) registerColumns() (*pack.ImportSheet, []pack.ImportField) {
	words := &d.trade.Import
	at := slices.IndexFunc(words.Sheets, func(s pack.ImportSheet) bool { return s.Code == d.trade.Sample.Register })
	if at < 0 {
		return nil, slices.DeleteFunc(slices.Clone(words.Fields), func(f pack.ImportField) bool { return len(f.Synonyms) == 0 })
	}
	s := &words.Sheets[at]
	var out []pack.ImportField
	for i := range s.Columns {
		if names := words.Words(s, i); len(names) > 0 {
			out = append(out, pack.ImportField{Code: s.Columns[i].Code, Synonyms: names})
		}
	}
	return s, out
}

// registerEvents are what the sheet's rows may tell of: its own type, else
// whatever happens by itself and has a name in registers; the frequent ones come
// first.
func (d *demo) registerEvents(described *pack.ImportSheet) []*pack.SampleEvent {
	var out []*pack.SampleEvent
	for i := range d.trade.Sample.Events {
		s := &d.trade.Sample.Events[i]
		own := described != nil && s.Event == described.Fixed["event.type"] && tells(described, s)
		general := described == nil && s.Monthly > 0 && slices.ContainsFunc(d.trade.Import.Categories, func(c pack.ImportCategory) bool { return c.Event == s.Event })
		if own || general {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b *pack.SampleEvent) int { return cmp.Compare(b.Monthly, a.Monthly) })
	return out[:min(len(out), 6)]
}

// tells whether what happens has all that a row of the sheet must say.
func tells(described *pack.ImportSheet, s *pack.SampleEvent) bool {
	if len(s.Matters) == 0 && s.Monthly == 0 && s.Initial == 0 { // it only goes on with what came before
		return false
	}
	return !slices.Contains(described.Mandatory, string(sheet.FieldAssetCode)) || s.Asset == "own" || strings.HasPrefix(s.Asset, "new:")
}

// unread is something that happened the day before the end and was told to
// nobody; nil when nobody was found.
func (d *demo) unread(s *pack.SampleEvent, i int) *registered {
	u := d.units[i%len(d.units)]
	c := d.somebody(u, s)
	if c == nil || c.listed {
		c = d.stranger(u, s)
	}
	if s.Asset == "own" && len(c.assets) == 0 {
		return nil
	}
	c.listed = true
	chain := &demoChain{root: s.Code, contact: c}
	at := huifang.DateOf(d.end, d.zone).AddDays(-1).At(d.clockOf(s), d.zone)
	return &registered{EventInput: d.event(chain, s, at, 1), who: c, asset: chain.asset}
}

// stranger is a customer nobody has met before.
func (d *demo) stranger(u *demoUnit, s *pack.SampleEvent) *demoContact {
	c := &demoContact{unit: u, number: len(u.contacts) + 1, busy: map[string]bool{}}
	u.contacts = append(u.contacts, c)
	kind := d.sampleContact()
	for i := range d.trade.Sample.Contacts {
		if known := &d.trade.Sample.Contacts[i]; len(s.Kinds) > 0 && slices.Contains(s.Kinds, known.Of()) {
			kind = known
		}
	}
	d.introduce(u, c, kind, slices.Index(d.units, u))
	return c
}

// registered is an event with whom and what it is about.
type registered struct {
	EventInput
	who   *demoContact
	asset *demoAsset
}

// registerRow is an event as people write it, by field.
func (d *demo) registerRow(e *registered) map[string]string {
	_, month, day := huifang.DateOf(e.At, d.zone).Civil()
	row := map[string]string{
		"key": fmt.Sprintf("%02d%02d-", month, day), "event.at": d.written(e.At.UTC().Format(time.RFC3339)),
		"opened_at": d.written(e.Attributes["opened_at"]), "status": first(d.trade.Import.Finished), "matter": shownValue(e.Attributes["matter"]),
		"event.type": d.category(e), "unit": e.who.unit.unit.Name, "department": e.Department, "staff": d.nameOf(e.Staff),
		"owner": d.nameOf(e.who.owner), "steward": d.nameOf(e.who.steward),
		"contact.code": e.who.code, "contact.name": e.who.name, "contact.phone": first(e.who.phones), "contact.email": e.who.email, "contact.address": e.who.address,
	}
	d.writeAttributes(row, sheet.PrefixAttribute, e.Attributes)
	d.writeAttributes(row, sheet.PrefixContactAttribute, e.who.attributes)
	if e.asset != nil {
		row["asset.code"] = strings.TrimPrefix(e.asset.code, e.who.unit.unit.Code+"/") // as it is known within the unit
		if e.asset.name != e.asset.code {
			row["asset.name"] = e.asset.name
		}
		d.writeAttributes(row, sheet.PrefixAssetAttribute, e.asset.attributes)
	}
	row["severity"] = row[sheet.PrefixAttribute+"severity"]
	return row
}

// category is the word for an event; of several, the one that says most of it.
func (d *demo) category(e *registered) string {
	word, most := "", -1
	for _, c := range d.trade.Import.Categories {
		fits := c.Event == e.Type
		for name, v := range c.Set {
			fits = fits && shownValue(e.Attributes[name]) == shownValue(v)
		}
		if fits && len(c.Set) > most {
			word, most = c.Name.In(huifang.ZH), len(c.Set)
		}
	}
	return word
}

func (d *demo) nameOf(code string) string {
	for _, u := range d.units {
		for _, list := range u.byRole {
			for _, s := range list {
				if s.Code == code {
					return s.Name
				}
			}
		}
	}
	return ""
}

// writeAttributes adds attributes as cells.
func (d *demo) writeAttributes(row map[string]string, prefix string, values huifang.Attributes) {
	for name, v := range values {
		row[prefix+name] = d.written(v)
		for _, t := range attributesFor(d.trade, prefix+name) {
			for _, choice := range t.Values {
				if t.Name == name && choice.Code == v {
					row[prefix+name] = choice.Name.In(huifang.ZH)
				}
			}
		}
	}
}

// written is a value as people write it.
func (d *demo) written(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "是"
		}
		return "否"
	case string:
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return at.In(d.zone).Format("2006-01-02 15:04")
		}
		if at, err := time.Parse("2006-01-02T15:04", v); err == nil {
			return at.Format("2006-01-02 15:04")
		}
	}
	return shownValue(v)
}

// spoil has one row's job unfinished and another's date impossible.
func (d *demo) spoil(unfinished, impossible map[string]string) {
	if word := first(d.trade.Import.Unfinished); word != "" {
		unfinished["status"] = word
	}
	year, _, _ := huifang.DateOf(d.end, d.zone).Civil()
	impossible["event.at"] = fmt.Sprintf("%d-02-30 10:00", year)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func sameEverywhere(rows []map[string]string, field string) bool {
	return !slices.ContainsFunc(rows, func(r map[string]string) bool { return r[field] != rows[0][field] })
}
