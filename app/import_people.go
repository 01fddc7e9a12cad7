package app

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
)

// listed is what became of one row of a list of people or things.
type listed int

const (
	listedSame listed = iota
	listedNew
	listedChanged
)

// mayList refuses who may not change what a list is of: contact.manage for
// contacts and assets, staff.manage for staff.
func (job *importing) mayList() error {
	switch job.mapping.Kind {
	case sheet.RowContact, sheet.RowAsset:
		return job.actor.Require(huifang.PermContactManage)
	case sheet.RowStaff:
		return job.actor.Require(huifang.PermStaffManage)
	case sheet.RowEvent, "":
	}
	return nil
}

// list settles the rows of a list: who is known is changed where the row says
// otherwise, who is not is added. What a row leaves blank stays as it is. A
// faulty row is rejected with its place; the others go on. Without write nothing
// is changed.
func (job *importing) list(ctx context.Context, c *importChunk, write bool) (tally [3]int, err error) {
	if !job.mapping.Kind.List() {
		return tally, nil
	}
	for _, row := range c.rows {
		if !row.Accepted() {
			continue
		}
		was, err := job.listRow(ctx, row, write)
		if fault := asFault(err); fault != nil {
			at := fault.At
			at.File, at.Sheet, at.Line = job.file.Name, row.Sheet, row.Line
			row.Err = fault.Located(at)
			continue
		}
		if err != nil {
			return tally, err
		}
		tally[was]++
	}
	return tally, nil
}

// asFault is an error that is the row's own; nil for any other.
func asFault(err error) *huifang.Error {
	own := []huifang.Code{huifang.CodeInvalid, huifang.CodeForbidden, huifang.CodeConflict, huifang.CodeNotFound}
	if slices.Contains(own, huifang.CodeOf(err)) {
		return asError(err)
	}
	return nil
}

func (job *importing) listRow(ctx context.Context, row *sheet.Row, write bool) (listed, error) {
	unit, err := job.unitOf(&row.Values)
	if err != nil {
		return 0, err
	}
	switch job.mapping.Kind {
	case sheet.RowContact:
		was, _, err := job.listContact(ctx, &row.Values, unit, write)
		return was, err
	case sheet.RowAsset:
		return job.listAsset(ctx, &row.Values, unit, write)
	case sheet.RowStaff:
		return job.listStaff(ctx, &row.Values, unit, write)
	case sheet.RowEvent, "":
	}
	return 0, nil
}

// unitOf is the unit a row names, else the one chosen for the import.
func (job *importing) unitOf(v *sheet.Values) (huifang.ID, error) {
	if u := job.d.findUnit(v.Unit); v.Unit != "" && u != nil {
		return u.ID, nil
	}
	if v.Unit != "" {
		job.strange.units[v.Unit]++
	}
	switch {
	case job.unit != nil:
		return job.unit.ID, nil
	case v.Unit != "":
		return "", fieldFault("unit", "unit.unknown", huifang.Textf("没有单位“%s”；请填写单位编码或名称", "there is no unit %q; give a unit's code or name", v.Unit))
	case len(job.d.units) == 1:
		return job.d.units[0].ID, nil
	}
	return "", nil
}

// whom is the id of the staff a row names; somebody unknown is noted and left
// out.
func (job *importing) whom(name string) huifang.ID {
	if name == "" {
		return ""
	}
	if s := job.d.findStaff(name); s != nil {
		return s.ID
	}
	job.strange.staff[name]++
	return ""
}

// listContact settles the customer of a row; the contact is nil where nothing
// is written and none was there.
func (job *importing) listContact(ctx context.Context, v *sheet.Values, unit huifang.ID, write bool) (listed, *huifang.Contact, error) {
	old, err := job.findListed(ctx, v, unit)
	if err != nil {
		return 0, nil, err
	}
	edit, owner, steward := ContactEdit{Attributes: huifang.Attributes{}}, job.whom(v.Owner), job.whom(v.Steward)
	if old != nil {
		edit = ContactEdit{
			Code: old.Code, Kind: old.Kind, Name: old.Name, Unit: old.Unit, Owner: old.Owner, Steward: old.Steward, Phones: old.Phones,
			Email: old.Email, Address: old.Address, Attributes: maps.Clone(old.Attributes), Quiet: old.Quiet,
		}
	}
	before := edit
	edit.Code, edit.Name = cmp.Or(v.Contact.Code, edit.Code), cmp.Or(v.Contact.Name, edit.Name, v.Contact.Code)
	edit.Kind, edit.Unit = cmp.Or(edit.Kind, v.Contact.Kind, job.d.contactKind()), cmp.Or(unit, edit.Unit)
	edit.Owner, edit.Steward = cmp.Or(owner, edit.Owner), cmp.Or(steward, edit.Steward)
	edit.Email, edit.Address = cmp.Or(v.Contact.Email, edit.Email), cmp.Or(v.Contact.Address, edit.Address)
	if len(v.Contact.Phones) > 0 {
		edit.Phones = v.Contact.Phones
	}
	edit.Attributes = overlaid(before.Attributes, v.Contact.Attributes)
	if err := job.d.checkAttributes(edit.Attributes, edit.Kind); err != nil {
		return 0, nil, err
	}
	switch {
	case old != nil && sameContact(&before, &edit):
		return listedSame, old, nil
	case !write:
		return newOrChanged(old == nil), old, job.d.checkContact(job.actor, &edit)
	}
	c, err := job.saveListed(ctx, old, edit)
	return newOrChanged(old == nil), c, err
}

// saveListed writes a contact. A new one gets its attributes in a second step,
// which tells them to the programs that look at them.
func (job *importing) saveListed(ctx context.Context, old *huifang.Contact, edit ContactEdit) (*huifang.Contact, error) {
	if old != nil {
		return job.app.UpdateContact(ctx, job.actor, old.ID, old.Version, edit)
	}
	bare := edit
	bare.Attributes = nil
	c, err := job.app.CreateContact(ctx, job.actor, bare)
	if err != nil || len(edit.Attributes) == 0 {
		return c, err
	}
	return job.app.UpdateContact(ctx, job.actor, c.ID, c.Version, edit)
}

func newOrChanged(fresh bool) listed {
	if fresh {
		return listedNew
	}
	return listedChanged
}

func sameContact(a, b *ContactEdit) bool {
	return a.Code == b.Code && a.Kind == b.Kind && a.Name == b.Name && a.Unit == b.Unit && a.Owner == b.Owner && a.Steward == b.Steward &&
		a.Email == b.Email && a.Address == b.Address && slices.Equal(a.Phones, b.Phones) && len(changed(a.Attributes, b.Attributes)) == 0
}

// overlaid is attributes with those of a row laid over them.
func overlaid(old, fresh huifang.Attributes) huifang.Attributes {
	out := maps.Clone(old)
	if out == nil {
		out = huifang.Attributes{}
	}
	maps.Copy(out, fresh)
	return out
}

// checkAttributes checks attributes against the kind of contact or asset they
// belong to.
func (d *directory) checkAttributes(values huifang.Attributes, kind string) error {
	for _, p := range d.packs {
		for _, k := range slices.Concat(p.Contacts, p.Assets) {
			if k.Code != kind {
				continue
			}
			for i := range k.Attributes {
				v := values[k.Attributes[i].Name]
				if v == nil || v == "" {
					continue
				}
				if err := k.Attributes[i].Check(v); err != nil {
					err.At.Field = "attributes." + k.Attributes[i].Name
					return err
				}
			}
		}
	}
	return nil
}

// findListed is the contact a row means: by code, by a phone with the same
// name, or by a name that only one in the unit has; nil when it is a new one.
func (job *importing) findListed(ctx context.Context, v *sheet.Values, unit huifang.ID) (*huifang.Contact, error) {
	q, org, in := job.app.reads(), job.d.org.ID, &v.Contact
	if in.Code != "" {
		found, err := job.app.listedContact(ctx, job.d, in.Code)
		if err != nil || found != nil {
			if found != nil { // one that was merged keeps the survivor's code
				in.Code = found.Code
			}
			return found, err
		}
	}
	named := func(c *huifang.Contact) bool { return c.Name == in.Name && (in.Code == "" || c.Code == "") }
	for _, p := range in.Phones {
		found, err := q.ContactsByPhone(ctx, org, p)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(found, named); i >= 0 {
			return found[i], nil
		}
	}
	if in.Name == "" {
		return nil, nil //nolint:nilnil // nobody
	}
	found, err := q.ContactsByName(ctx, org, unit, in.Name)
	found = slices.DeleteFunc(found, func(c *huifang.Contact) bool {
		return !named(c) || len(in.Phones) > 0 && len(c.Phones) > 0
	})
	if err != nil || len(found) != 1 {
		return nil, err
	}
	return found[0], nil
}

// listAsset settles the thing of a row and whom it belongs to. Dates that
// changed move what is planned.
func (job *importing) listAsset(ctx context.Context, v *sheet.Values, unit huifang.ID, write bool) (listed, error) {
	code := cmp.Or(v.Asset.Code, v.Asset.Name)
	if code == "" {
		return 0, fieldFault("asset.code", "asset.missing", huifang.Textf("没有%[1]s编号", "the %[2]s has no code", job.d.word("asset", huifang.ZH), job.d.word("asset", huifang.EN)))
	}
	old, err := job.app.listedAsset(ctx, job.d, code)
	if err != nil {
		return 0, err
	}
	owner, err := job.holder(ctx, v, unit, old, write)
	if err != nil {
		return 0, err
	}
	edit := AssetEdit{Code: code, Kind: cmp.Or(v.Asset.Kind, job.d.assetKind()), Name: cmp.Or(v.Asset.Name, code), Unit: unit, Contact: owner, Attributes: v.Asset.Attributes}
	if old != nil {
		edit = AssetEdit{
			Code: old.Code, Kind: old.Kind, Name: cmp.Or(v.Asset.Name, old.Name), Unit: cmp.Or(old.Unit, unit), Contact: cmp.Or(owner, old.Contact),
			Attributes: overlaid(old.Attributes, v.Asset.Attributes),
		}
	}
	if err := job.d.checkAttributes(edit.Attributes, edit.Kind); err != nil {
		return 0, err
	}
	switch {
	case old != nil && old.Name == edit.Name && old.Unit == edit.Unit && old.Contact == edit.Contact && reflect.DeepEqual(overlaid(old.Attributes, nil), edit.Attributes):
		return listedSame, nil
	case !write:
		return newOrChanged(old == nil), nil
	case old != nil:
		_, err = job.app.UpdateAsset(ctx, job.actor, old.ID, old.Version, edit)
		return listedChanged, err
	}
	bare := edit
	bare.Attributes = nil
	x, err := job.app.CreateAsset(ctx, job.actor, bare)
	if err == nil && len(edit.Attributes) > 0 {
		_, err = job.app.UpdateAsset(ctx, job.actor, x.ID, x.Version, edit)
	}
	return listedNew, err
}

// holder is whom a thing belongs to: the customer of the row, else as before. A
// new thing that nobody has is a fault.
func (job *importing) holder(ctx context.Context, v *sheet.Values, unit huifang.ID, old *huifang.Asset, write bool) (huifang.ID, error) {
	if v.Contact.Code == "" && v.Contact.Name == "" && len(v.Contact.Phones) == 0 {
		if old != nil && old.Contact != "" {
			return old.Contact, nil
		}
		return "", fieldFault("contact", "asset.owner_missing", huifang.Textf(
			"没有写明%[1]s属于哪位%[3]s", "it does not say whose %[2]s it is (%[4]s)",
			job.d.word("asset", huifang.ZH), job.d.word("asset", huifang.EN), job.d.word("contact", huifang.ZH), job.d.word("contact", huifang.EN)))
	}
	_, c, err := job.listContact(ctx, v, unit, write)
	if err != nil || c == nil {
		return "", err
	}
	return c.ID, nil
}

// word is what the trade calls something, e.g. asset.
func (d *directory) word(name string, lang huifang.Lang) string {
	for _, p := range d.packs {
		if w, ok := p.Words[name]; ok {
			return w.In(lang)
		}
	}
	return name
}

// listStaff settles a member of staff.
func (job *importing) listStaff(ctx context.Context, v *sheet.Values, unit huifang.ID, write bool) (listed, error) {
	old := job.knownStaff(v)
	edit, err := job.staffEdit(v, unit, old)
	switch {
	case err != nil:
		return 0, err
	case old != nil && sameStaff(old, &edit):
		return listedSame, nil
	case !write:
		return newOrChanged(old == nil), job.d.checkStaff(job.actor, cmp.Or(old, &huifang.Staff{Org: job.d.org.ID}), &edit)
	case old != nil:
		_, err = job.app.UpdateStaff(ctx, job.actor, old.ID, old.Version, edit)
	default:
		_, err = job.app.CreateStaff(ctx, job.actor, edit)
	}
	if err != nil {
		return 0, err
	}
	job.d, err = job.app.directory(ctx, job.actor.Org)
	return newOrChanged(old == nil), err
}

// knownStaff is the member of staff that a row names; nil: somebody new.
func (job *importing) knownStaff(v *sheet.Values) *huifang.Staff {
	old := job.d.findStaff(cmp.Or(v.Contact.Code, v.Contact.Name))
	if v.Contact.Code != "" && old != nil && old.Code != v.Contact.Code && old.Name == v.Contact.Code {
		return nil // their name happens to be that code
	}
	return old
}

// staffEdit is what a row says of a member of staff, laid over what is known.
func (job *importing) staffEdit(v *sheet.Values, unit huifang.ID, old *huifang.Staff) (edit StaffEdit, err error) {
	edit = StaffEdit{Active: true, Lang: job.d.org.Lang}
	if old != nil {
		edit = StaffEdit{
			Code: old.Code, Name: old.Name, Login: old.Login, Phone: old.Phone, Email: old.Email, Units: old.Units, Roles: old.Roles,
			Qualifications: old.Qualifications, Lang: old.Lang,
		}
	}
	edit.Code, edit.Name = cmp.Or(v.Contact.Code, edit.Code), cmp.Or(v.Contact.Name, edit.Name, v.Contact.Code)
	edit.Email = cmp.Or(v.Contact.Email, edit.Email)
	if len(v.Contact.Phones) > 0 {
		edit.Phone = v.Contact.Phones[0]
	}
	if unit != "" && !slices.Contains(edit.Units, unit) {
		edit.Units = append(slices.Clone(edit.Units), unit)
	}
	edit.Active = !gone(v.Status)
	if edit.Roles, err = job.rolesOf(v.Role, edit.Roles); err != nil {
		return edit, err
	}
	edit.Qualifications, err = licencesOf(v.Qualifications, edit.Qualifications)
	return edit, err
}

func sameStaff(old *huifang.Staff, e *StaffEdit) bool {
	return old.Code == e.Code && old.Name == e.Name && old.Phone == e.Phone && old.Email == e.Email && old.Active == e.Active &&
		slices.Equal(old.Units, e.Units) && slices.Equal(old.Roles, e.Roles) && slices.Equal(old.Qualifications, e.Qualifications)
}

// gone tells whether a status says that somebody does not work here any more.
func gone(status string) bool {
	switch strings.ToLower(strings.TrimSpace(status)) {
	case "离职", "已离职", "辞职", "退休", "已退休", "调出", "停用", "left", "resigned", "retired", "inactive":
		return true
	}
	return false
}

// rolesOf reads the roles of a cell; blank: as before.
func (job *importing) rolesOf(cell string, before []string) ([]string, error) {
	if cell == "" {
		return before, nil
	}
	var out []string
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、，,;；/／+", r) }) {
		code, ok := job.d.roleNamed(strings.TrimSpace(word))
		if !ok {
			return nil, fieldFault("role", "role.unknown", huifang.Textf("没有角色“%s”；请写角色的名称", "there is no role %q; write a role's name", strings.TrimSpace(word)))
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out, nil
}

// roleNamed is the code of a role by its code, name or alias.
func (d *directory) roleNamed(word string) (string, bool) {
	if d.roles[word].Code != "" {
		return word, true
	}
	for _, p := range d.packs {
		if code, ok := p.RoleAliases()[word]; ok {
			return code, true
		}
	}
	for code, r := range d.roles {
		if r.Name.ZH == word || r.Name.EN == word {
			return code, true
		}
	}
	return "", false
}

// licencesOf lays the licences of a row over those there are.
func licencesOf(cells huifang.Attributes, before []huifang.Qualification) ([]huifang.Qualification, error) {
	out := slices.Clone(before)
	for _, code := range slices.Sorted(maps.Keys(cells)) {
		text, _ := cells[code].(string)
		until, err := huifang.ParseDate(text[:min(len(text), len("2006-01-02"))])
		if err != nil {
			return nil, fieldFault("qualification."+code, "date.invalid", huifang.Textf("“%s”不是日期", "%q is no date", text))
		}
		q := huifang.Qualification{Code: code, Until: until}
		if i := slices.IndexFunc(out, func(o huifang.Qualification) bool { return o.Code == code }); i >= 0 {
			out[i] = q
			continue
		}
		out = append(out, q)
	}
	return out, nil
}
