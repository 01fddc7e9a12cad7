package plan

import (
	"maps"
	"slices"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// Roster is a snapshot of an organization's units and staff, as the engine
// needs them to find assignees and zones. It is read only while the engine
// runs; Load is kept by the host.
type Roster struct {
	Units    map[huifang.ID]*huifang.Unit
	Staff    map[huifang.ID]*huifang.Staff
	Roles    map[string]string // alias → role code
	Load     map[huifang.ID]int
	Zone     *time.Location // of units that name none
	Calendar *calendar.Calendar

	zones  map[string]*time.Location
	byRole map[roleKey][]huifang.ID
	byCode map[string]huifang.ID
	byName map[string][]huifang.ID
}

type roleKey struct {
	unit huifang.ID
	role string
}

// DefaultZone is the zone where nothing else is said: Asia/Shanghai.
func DefaultZone() *time.Location {
	if loc, err := time.LoadLocation("Asia/Shanghai"); err == nil {
		return loc
	}
	return time.FixedZone("CST", 8*3600)
}

// NewRoster indexes units and staff. roles maps other spellings of a role to
// its code. A unit with an unknown zone is an error.
func NewRoster(units []huifang.Unit, staff []huifang.Staff, roles map[string]string, zone *time.Location, cal *calendar.Calendar) (*Roster, error) {
	if zone == nil {
		zone = DefaultZone()
	}
	r := &Roster{
		Units: make(map[huifang.ID]*huifang.Unit, len(units)), Staff: make(map[huifang.ID]*huifang.Staff, len(staff)),
		Roles: roles, Load: map[huifang.ID]int{}, Zone: zone, Calendar: cal,
		zones: map[string]*time.Location{}, byRole: map[roleKey][]huifang.ID{}, byCode: map[string]huifang.ID{}, byName: map[string][]huifang.ID{},
	}
	for i := range units {
		u := &units[i]
		r.Units[u.ID] = u
		if u.Zone == "" || r.zones[u.Zone] != nil {
			continue
		}
		loc, err := time.LoadLocation(u.Zone)
		if err != nil {
			return nil, huifang.Invalid("unit.zone", huifang.Textf("单位“%s”的时区“%s”无效，应写作 Asia/Shanghai", "unit %q has an unknown time zone %q; write it as Asia/Shanghai", u.ID, u.Zone))
		}
		r.zones[u.Zone] = loc
	}
	for i := range staff {
		s := &staff[i]
		r.Staff[s.ID] = s
		if s.Code != "" {
			r.byCode[s.Code] = s.ID
		}
		if s.Name != "" {
			r.byName[s.Name] = append(r.byName[s.Name], s.ID)
		}
		for _, unit := range s.Units {
			for _, role := range s.Roles {
				k := roleKey{unit, r.role(role)}
				r.byRole[k] = append(r.byRole[k], s.ID)
			}
		}
	}
	for _, ids := range r.byRole {
		slices.Sort(ids)
	}
	return r, nil
}

// Fork is a copy whose Load can change without touching r's.
func (r *Roster) Fork() *Roster {
	c := *r
	c.Load = maps.Clone(r.Load)
	return &c
}

func (r *Roster) role(name string) string {
	if code, ok := r.Roles[name]; ok {
		return code
	}
	return name
}

// Location is the zone of a unit: its own, else its nearest ancestor's, else
// the roster's.
func (r *Roster) Location(unit huifang.ID) *time.Location {
	for range maxDepth {
		u, ok := r.Units[unit]
		if !ok {
			break
		}
		if u.Zone != "" {
			return r.zones[u.Zone]
		}
		unit = u.Parent
	}
	return r.Zone
}

// maxDepth bounds the climb through a unit tree, so that a loop ends.
const maxDepth = 64

// climb calls visit for the unit and its ancestors, nearest first, until visit
// returns true.
func (r *Roster) climb(unit huifang.ID, visit func(*huifang.Unit) bool) {
	for range maxDepth {
		u, ok := r.Units[unit]
		if !ok || visit(u) {
			return
		}
		unit = u.Parent
	}
}

// lookup finds a member of staff for the chain of substitutes. Of somebody the
// roster does not know, nothing says that they are away.
func (r *Roster) lookup(id huifang.ID) (*huifang.Staff, bool) {
	if s, ok := r.Staff[id]; ok {
		return s, true
	}
	return &huifang.Staff{ID: id}, id != ""
}

// staffID is the id of a staff code, or of a name that only one person has, of
// all or within the unit; else the code itself as an id.
func (r *Roster) staffID(code string, unit huifang.ID) huifang.ID {
	if id, ok := r.byCode[code]; ok {
		return id
	}
	named := r.byName[code]
	if len(named) == 1 {
		return named[0]
	}
	var found huifang.ID
	for _, id := range named {
		if !slices.Contains(r.Staff[id].Units, unit) {
			continue
		}
		if found != "" {
			return huifang.ID(code)
		}
		found = id
	}
	if found != "" {
		return found
	}
	return huifang.ID(code)
}
