package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// add keeps a group, unless what is left of it within the actor's reach is one
// only, or somebody said that they are all different.
func (s *search) add(why Likeness, key string, ids []huifang.ID) error {
	ids, err := s.undecided(unique(ids))
	if err != nil || len(ids) < 2 {
		return err
	}
	g := Duplicates{Why: why, Key: key}
	if s.kind == huifang.KindAsset {
		err = s.fillAssets(&g, ids)
	} else {
		err = s.fillContacts(&g, ids)
	}
	if n := len(g.Contacts); err == nil && (n >= 2 || s.kind == huifang.KindAsset && len(g.Assets) >= 2) {
		s.found = append(s.found, g)
	}
	return err
}

// undecided drops those that somebody told apart from every other.
func (s *search) undecided(ids []huifang.ID) ([]huifang.ID, error) {
	pairs, err := s.app.reads().Distincts(s.ctx, s.d.org.ID, s.kind, ids)
	if err != nil || len(pairs) == 0 {
		return ids, err
	}
	apart := map[huifang.ID]int{}
	for _, p := range pairs {
		apart[p.A]++
		apart[p.B]++
	}
	n := len(ids)
	return slices.DeleteFunc(ids, func(id huifang.ID) bool { return apart[id] == n-1 }), nil
}

// reaches tells whether the actor may see a record of the unit in this search.
func (s *search) reaches(unit huifang.ID) bool {
	return s.actor.InUnit(unit) && (s.units == nil || slices.Contains(s.units, unit))
}

func (s *search) fillContacts(g *Duplicates, ids []huifang.ID) error {
	found, err := s.app.reads().ContactsByID(s.ctx, s.d.org.ID, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if c := found[id]; c != nil && s.reaches(c.Unit) {
			g.Contacts = append(g.Contacts, maskContact(c))
		}
	}
	assets, err := s.app.reads().AssetsOf(s.ctx, s.d.org.ID, ids)
	for _, c := range g.Contacts {
		for _, x := range assets[c.ID] {
			g.Assets = append(g.Assets, maskAsset(x))
		}
	}
	return err
}

func (s *search) fillAssets(g *Duplicates, ids []huifang.ID) error {
	found, err := s.app.reads().AssetsByID(s.ctx, s.d.org.ID, ids)
	for _, id := range ids {
		if x := found[id]; x != nil && s.reaches(x.Unit) {
			g.Assets = append(g.Assets, maskAsset(x))
		}
	}
	return err
}

// lookAtNames groups contacts of one name by the rooms and the numbers they
// share, each in one pass: nobody is compared with everybody.
func (s *search) lookAtNames(name string, ids []huifang.ID) error {
	found, err := s.app.reads().ContactsByID(s.ctx, s.d.org.ID, ids)
	if err != nil {
		return err
	}
	assets, err := s.app.reads().AssetsOf(s.ctx, s.d.org.ID, ids)
	if err != nil {
		return err
	}
	rooms, numbers := newJoined(), newJoined()
	for _, id := range ids {
		c := found[id]
		if c == nil {
			continue
		}
		for _, room := range roomsOf(c, assets[id]) {
			rooms.put(room, id)
		}
		for _, p := range c.Phones {
			for _, slip := range slips(p) {
				numbers.put(slip, id)
			}
		}
	}
	for _, g := range []struct {
		why Likeness
		in  *joined
	}{{LikeRoom, rooms}, {LikeNumbers, numbers}} {
		for _, alike := range g.in.list() {
			if g.why == LikeNumbers && (rooms.together(alike) || sharePhone(found, alike)) {
				continue // listed for that
			}
			if err := s.add(g.why, name, alike); err != nil {
				return err
			}
		}
	}
	return nil
}

// sharePhone tells that all have one number in common: they are listed for it.
func sharePhone(found map[huifang.ID]*huifang.Contact, ids []huifang.ID) bool {
	return slices.ContainsFunc(found[ids[0]].Phones, func(p string) bool {
		return !slices.ContainsFunc(ids, func(id huifang.ID) bool { return !slices.Contains(found[id].Phones, p) })
	})
}

// roomsOf is where a contact lives, as far as two spellings of it are the same.
func roomsOf(c *huifang.Contact, assets []*huifang.Asset) []string {
	var out []string
	if k := plainKey(c.Address); k != "" {
		out = append(out, string(c.Unit)+"@"+k)
	}
	for _, x := range assets {
		for _, text := range []string{x.Code, x.Name} {
			if k := plainKey(text); k != "" {
				out = append(out, string(cmp.Or(x.Unit, c.Unit))+"#"+k)
			}
		}
	}
	return unique(out)
}

// plainKey is a code or address without what people write differently: width,
// case, spaces, hyphens, and the words between numbers of a room.
func plainKey(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(width.Fold.String(s)) {
		switch {
		case unicode.IsDigit(r), unicode.IsLetter(r) && !strings.ContainsRune("栋幢座号楼单元室房", r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// slips are keys that two numbers share when one differs from the other by one
// wrong digit, by two digits changed about, or by its area code.
func slips(phone string) []string {
	var d []byte
	for i := range len(phone) {
		if c := phone[i]; c >= '0' && c <= '9' {
			d = append(d, c)
		}
	}
	if len(d) > 11 && d[0] == '8' && d[1] == '6' {
		d = d[2:]
	}
	if len(d) < 7 {
		return nil
	}
	var out []string
	for i := range d {
		out = append(out, string(d[:i])+"?"+string(d[i+1:]))
		if i+1 < len(d) {
			pair := []byte{min(d[i], d[i+1]), max(d[i], d[i+1])}
			out = append(out, string(d[:i])+"<"+string(pair)+">"+string(d[i+2:]))
		}
	}
	if d[0] != '1' { // a fixed line: with or without its area code
		out = append(out, "…"+string(d[max(0, len(d)-7):]))
	}
	return out
}

// joined joins ids that share a key.
type joined struct {
	byKey  map[string]huifang.ID
	leader map[huifang.ID]huifang.ID
}

func newJoined() *joined {
	return &joined{byKey: map[string]huifang.ID{}, leader: map[huifang.ID]huifang.ID{}}
}

func (g *joined) find(id huifang.ID) huifang.ID {
	for g.leader[id] != "" && g.leader[id] != id {
		id = g.leader[id]
	}
	return id
}

func (g *joined) put(key string, id huifang.ID) {
	if g.leader[id] == "" {
		g.leader[id] = id
	}
	first, ok := g.byKey[key]
	if !ok {
		g.byKey[key] = id
		return
	}
	g.leader[g.find(id)] = g.find(first)
}

// together tells whether ids are all in one group.
func (g *joined) together(ids []huifang.ID) bool {
	return g.leader[ids[0]] != "" && !slices.ContainsFunc(ids, func(id huifang.ID) bool { return g.find(id) != g.find(ids[0]) })
}

// list is the groups of two and more, in a steady order.
func (g *joined) list() [][]huifang.ID {
	by := map[huifang.ID][]huifang.ID{}
	for _, id := range slices.Sorted(maps.Keys(g.leader)) {
		by[g.find(id)] = append(by[g.find(id)], id)
	}
	var out [][]huifang.ID
	for _, leader := range slices.Sorted(maps.Keys(by)) {
		if len(by[leader]) > 1 {
			out = append(out, by[leader])
		}
	}
	return out
}

// spellings are other ways a code may be written, each to be looked up: without
// spaces and hyphens, in upper case, without leading zeros, without the prefix
// of a source.
func spellings(code string) []string {
	folded := strings.ToUpper(width.Fold.String(strings.TrimSpace(code)))
	plain := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, folded)
	out := []string{folded, plain, strings.ToLower(folded), strings.ToLower(plain), strings.TrimLeft(plain, "0")}
	if _, rest, ok := strings.Cut(folded, "-"); ok && len(rest) >= 4 {
		out = append(out, rest)
	}
	if _, rest, ok := strings.Cut(folded, ":"); ok && len(rest) >= 2 {
		out = append(out, rest)
	}
	return unique(slices.DeleteFunc(out, func(s string) bool { return s == "" || s == code }))
}

// lookAtCodes looks up the other spellings of a stretch of codes.
func (s *search) lookAtCodes(entries []store.Keyed) error {
	of := map[string][]store.Keyed{} // spelling → who might be meant by it
	for _, e := range entries {
		for _, spelling := range spellings(e.Key) {
			of[spelling] = append(of[spelling], e)
		}
	}
	known, err := s.byCode(slices.Sorted(maps.Keys(of)))
	if err != nil {
		return err
	}
	alike, name := newJoined(), map[huifang.ID]string{}
	for code, id := range known {
		for _, e := range of[code] {
			if e.ID != id {
				alike.put(code, id)
				alike.put(code, e.ID)
				name[id] = code
			}
		}
	}
	for _, ids := range alike.list() {
		key := ""
		for _, id := range ids {
			key = cmp.Or(key, name[id])
		}
		if err := s.add(LikeCode, key, ids); err != nil {
			return err
		}
	}
	return nil
}

// byCode finds who has codes.
func (s *search) byCode(codes []string) (map[string]huifang.ID, error) {
	out := make(map[string]huifang.ID)
	if s.kind == huifang.KindAsset {
		found, err := s.app.reads().AssetsByCode(s.ctx, s.d.org.ID, codes)
		for code, x := range found {
			out[code] = x.ID
		}
		return out, err
	}
	found, err := s.app.reads().ContactsByCode(s.ctx, s.d.org.ID, codes)
	for code, c := range found {
		out[code] = c.ID
	}
	return out, err
}
