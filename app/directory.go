package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// directory is what nearly every use case needs to know of an organization and
// what changes rarely: units, staff, roles, and the programs in force. It is
// immutable once made, and shared.
type directory struct {
	org      *huifang.Organization
	zone     *time.Location
	calendar *calendar.Calendar // the country's with the organization's own days
	units    []*huifang.Unit    // parents before children
	staff    []*huifang.Staff   // by code
	unit     map[huifang.ID]*huifang.Unit
	person   map[huifang.ID]*huifang.Staff
	roles    map[string]huifang.Role // built-in, of packs, of the organization; by code
	packs    []*pack.Pack            // active ones
	roster   *plan.Roster            // Fork it before the engine runs
	set      *plan.Set               // programs of active packs, and of earlier ones so that what runs goes on
	types    map[string]bool         // event types of active packs
	forms    map[string]int          // newest stored version by code
	progs    map[string]int
	packOf   map[string]string // program → code of its pack; "" when the pack is not active any more

	settings []*programSetting
	groups   []*huifang.Sender  // that are told alerts
	hooks    []*huifang.Webhook // that are told what happens
	merged   bool               // contacts or assets were merged: ids and codes may lead elsewhere
	layouts  map[string]string  // program → what its states' marks mean

	unitCode  map[string]*huifang.Unit  // by code, and by name where only one has it
	staffCode map[string]*huifang.Staff // by code, and by name where only one has it
	below     map[huifang.ID][]huifang.ID

	balanced   map[string]bool // programs that assign to whoever is least loaded
	candidates []huifang.ID    // who may be assigned so
}

// subtree lists a unit and all units below it; empty for an unknown one.
func (d *directory) subtree(unit huifang.ID) []huifang.ID { return d.below[unit] }

// zoneOf is the zone a unit's dates belong to.
func (d *directory) zoneOf(unit huifang.ID) *time.Location { return d.roster.Location(unit) }

// year is the calendar year of an instant where the organization is, for human
// numbers.
func (d *directory) year(at time.Time) int { return at.In(d.zone).Year() }

// findUnit is a unit by id, code or unmistakable name; nil when there is none.
func (d *directory) findUnit(ref string) *huifang.Unit {
	if u := d.unit[huifang.ID(ref)]; u != nil {
		return u
	}
	return d.unitCode[ref]
}

// findStaff is a person by id, code or unmistakable name; nil when there is none.
func (d *directory) findStaff(ref string) *huifang.Staff {
	if s := d.person[huifang.ID(ref)]; s != nil {
		return s
	}
	return d.staffCode[ref]
}

// inCharge lists who is told where a rule's person is not found: the
// supervisors of the unit or its nearest ancestor that has some, else its head,
// else the administrators.
func (d *directory) inCharge(unit huifang.ID) []huifang.ID {
	for u := d.unit[unit]; u != nil; u = d.unit[u.Parent] {
		if who := d.holders("supervisor", u.ID); len(who) > 0 {
			return who
		}
		if u.Head != "" {
			return []huifang.ID{u.Head}
		}
	}
	return d.holders("admin", "")
}

// holders lists the active holders of a role in a unit; unit "": anywhere.
func (d *directory) holders(role string, unit huifang.ID) []huifang.ID {
	var out []huifang.ID
	for _, s := range d.staff {
		if s.Active && s.HasRole(role) && (unit == "" || slices.Contains(s.Units, unit)) {
			out = append(out, s.ID)
		}
	}
	return out
}

// nameOf is what a follow-up is called in messages: its number and program.
func (d *directory) nameOf(f *huifang.Followup) huifang.Text {
	name := huifang.Text{ZH: f.Program, EN: f.Program}
	if p := d.set.Program(f.Program, "", nil); p != nil {
		name = huifang.Text{ZH: p.Name.In(huifang.ZH), EN: p.Name.In(huifang.EN)}
	}
	if f.Number != "" {
		name.ZH, name.EN = name.ZH+" "+f.Number, name.EN+" "+f.Number
	}
	return name
}

// loadDirectory reads everything of one organization from one committed state.
func (a *App) loadDirectory(ctx context.Context, org huifang.ID) (*directory, error) {
	d := &directory{
		unit: map[huifang.ID]*huifang.Unit{}, person: map[huifang.ID]*huifang.Staff{}, roles: map[string]huifang.Role{},
		unitCode: map[string]*huifang.Unit{}, staffCode: map[string]*huifang.Staff{}, below: map[huifang.ID][]huifang.ID{},
	}
	var kept stored
	err := a.store.Snapshot(ctx, func(v *store.View) (err error) {
		kept, err = readStored(ctx, &v.Reads, org)
		return err
	})
	if err != nil {
		return nil, err
	}
	d.org, d.units, d.staff, d.merged = kept.org, kept.units, kept.staff, kept.merged
	d.hooks = kept.hooks
	for _, s := range kept.senders {
		if s.Active && s.Kind.Group() {
			d.groups = append(d.groups, s)
		}
	}
	d.indexUnits()
	d.indexStaff()
	if err := a.loadContent(d, &kept); err != nil {
		return nil, err
	}
	return d, nil
}

// stored is what the store keeps of a directory.
type stored struct {
	org      *huifang.Organization
	units    []*huifang.Unit
	staff    []*huifang.Staff
	roles    []*huifang.Role
	packs    []*huifang.ProgramVersion
	programs []*huifang.ProgramVersion
	forms    []*huifang.ProgramVersion
	settings []*huifang.ProgramSetting
	senders  []*huifang.Sender
	hooks    []*huifang.Webhook
	merged   bool
}

func readStored(ctx context.Context, q *store.Reads, org huifang.ID) (s stored, err error) {
	if s.org, err = q.Organization(ctx, org); err != nil {
		return s, err
	}
	if s.units, err = q.Units(ctx, org); err != nil {
		return s, err
	}
	if s.staff, err = q.StaffList(ctx, org); err != nil {
		return s, err
	}
	if s.roles, err = q.Roles(ctx, org); err != nil {
		return s, err
	}
	for kind, into := range map[string]*[]*huifang.ProgramVersion{kindPack: &s.packs, kindProgram: &s.programs, kindForm: &s.forms} {
		if *into, err = q.ProgramVersions(ctx, org, kind); err != nil {
			return s, err
		}
	}
	if s.merged, err = q.AnyAlias(ctx, org); err != nil {
		return s, err
	}
	if s.settings, err = q.ProgramSettings(ctx, org); err != nil {
		return s, err
	}
	if s.senders, err = q.Senders(ctx, org); err != nil {
		return s, err
	}
	s.hooks, err = q.Webhooks(ctx, org)
	return s, err
}

func (d *directory) indexUnits() {
	names := map[string]int{}
	for _, u := range d.units {
		d.unit[u.ID] = u
		names[u.Name]++
	}
	for _, u := range d.units {
		if names[u.Name] == 1 {
			d.unitCode[u.Name] = u
		}
		for up := u; up != nil; up = d.unit[up.Parent] {
			d.below[up.ID] = append(d.below[up.ID], u.ID)
		}
	}
	for _, u := range d.units { // codes win over names
		if u.Code != "" {
			d.unitCode[u.Code] = u
		}
	}
}

func (d *directory) indexStaff() {
	names := map[string]int{}
	for _, s := range d.staff {
		d.person[s.ID] = s
		names[s.Name]++
	}
	for _, s := range d.staff {
		if names[s.Name] == 1 {
			d.staffCode[s.Name] = s
		}
	}
	for _, s := range d.staff {
		if s.Code != "" {
			d.staffCode[s.Code] = s
		}
	}
}

// buildRoster indexes active staff for the engine: who left is no assignee.
func (a *App) buildRoster(d *directory, aliases map[string]string) error {
	units := make([]huifang.Unit, 0, len(d.units))
	for _, u := range d.units {
		units = append(units, *u)
	}
	staff := make([]huifang.Staff, 0, len(d.staff))
	for _, s := range d.staff {
		if s.Active {
			staff = append(staff, *s)
		}
	}
	zone, err := time.LoadLocation(cmp.Or(d.org.Zone, "Asia/Shanghai"))
	if err != nil {
		zone = plan.DefaultZone()
	}
	d.zone = zone
	own, err := ownCalendar(&d.org.Settings)
	if err != nil {
		return err
	}
	d.calendar = a.calendar.With(own)
	d.roster, err = plan.NewRoster(units, staff, aliases, zone, d.calendar)
	return err
}
