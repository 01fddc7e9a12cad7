package app

import (
	"slices"

	"github.com/huifang/huifang"
)

// subjects is the contacts and assets that ingestion has seen: those read, and
// those to be created or changed with the present chunk. An import keeps it
// from chunk to chunk.
type subjects struct {
	contacts    map[huifang.ID]*huifang.Contact
	assets      map[huifang.ID]*huifang.Asset
	contactCode map[string]huifang.ID
	assetCode   map[string]huifang.ID
	phone       map[string][]huifang.ID // whole answers
	name        map[nameKey][]huifang.ID

	newborn  map[huifang.ID]bool
	changed  map[huifang.ID]bool
	log      []undo
	newPhone map[string][]huifang.ID // of contacts that may not be written yet
	newName  map[nameKey][]huifang.ID

	most int // is forgotten when it has grown over so many; 0: never
}

type nameKey struct {
	unit huifang.ID
	name string
}

// undo is how to take back one step of an event that turns out faulty.
type undo func()

// maxSubjects bounds what an import remembers.
const maxSubjects = 10_000

func newSubjects() *subjects {
	s := &subjects{most: maxSubjects}
	s.forget()
	return s
}

// full tells that the next chunk makes it forget everything. Nothing may be
// under way to the database then: it would be found nowhere.
func (s *subjects) full() bool {
	return s.most > 0 && len(s.contacts)+len(s.assets)+len(s.phone)+len(s.name) > s.most
}

// forget drops everything: another writer changed some of it.
func (s *subjects) forget() {
	*s = subjects{
		contacts: map[huifang.ID]*huifang.Contact{}, assets: map[huifang.ID]*huifang.Asset{},
		contactCode: map[string]huifang.ID{}, assetCode: map[string]huifang.ID{},
		phone: map[string][]huifang.ID{}, name: map[nameKey][]huifang.ID{}, most: s.most,
	}
	s.settle()
}

// begin readies it for a chunk. What the chunk before created or changed is
// taken for written, as it is when the chunk's write is still under way.
func (s *subjects) begin() {
	if s.full() {
		s.forget()
		return
	}
	for id := range s.newborn {
		s.bump(id)
	}
	for id, really := range s.changed {
		if really {
			s.bump(id)
		}
	}
	s.newborn, s.changed, s.log = map[huifang.ID]bool{}, map[huifang.ID]bool{}, nil
}

// bump counts a write of a contact or asset.
func (s *subjects) bump(id huifang.ID) {
	if c := s.contacts[id]; c != nil {
		c.Version++
	}
	if a := s.assets[id]; a != nil {
		a.Version++
	}
}

// settle forgets what was new or changed, which is written now, not what is
// known.
func (s *subjects) settle() {
	s.newborn, s.changed, s.log = map[huifang.ID]bool{}, map[huifang.ID]bool{}, nil
	s.newPhone, s.newName = map[string][]huifang.ID{}, map[nameKey][]huifang.ID{}
}

// mark and back bracket one event, so that a faulty one leaves nothing behind.
func (s *subjects) mark() int { return len(s.log) }

func (s *subjects) back(to int) {
	for i := len(s.log) - 1; i >= to; i-- {
		s.log[i]()
	}
	s.log = s.log[:to]
}

// change changes a contact so that it can be taken back.
func (s *subjects) change(c *huifang.Contact, to huifang.Contact) {
	was, wasChanged := *c, s.changed[c.ID]
	*c = to
	s.changed[c.ID] = !s.newborn[c.ID]
	s.log = append(s.log, func() {
		*c = was
		s.changed[c.ID] = wasChanged
	})
}

// changeAsset changes an asset so that it can be taken back.
func (s *subjects) changeAsset(a *huifang.Asset, to huifang.Asset) {
	was, wasChanged := *a, s.changed[a.ID]
	*a = to
	s.changed[a.ID] = !s.newborn[a.ID]
	s.log = append(s.log, func() {
		*a = was
		s.changed[a.ID] = wasChanged
	})
}

func (s *subjects) addContact(c *huifang.Contact) {
	s.keepContact(c)
	s.newborn[c.ID] = true
	s.log = append(s.log, func() {
		delete(s.contacts, c.ID)
		delete(s.newborn, c.ID)
		if c.Code != "" {
			delete(s.contactCode, c.Code)
		}
		for _, p := range c.Phones {
			s.phone[p], s.newPhone[p] = without(s.phone[p], c.ID), without(s.newPhone[p], c.ID)
		}
		k := nameKey{c.Unit, c.Name}
		s.name[k], s.newName[k] = without(s.name[k], c.ID), without(s.newName[k], c.ID)
	})
	for _, p := range c.Phones {
		s.newPhone[p] = append(s.newPhone[p], c.ID)
		if list, whole := s.phone[p]; whole {
			s.phone[p] = append(list, c.ID)
		}
	}
	k := nameKey{c.Unit, c.Name}
	s.newName[k] = append(s.newName[k], c.ID)
	if list, whole := s.name[k]; whole {
		s.name[k] = append(list, c.ID)
	}
}

func without(list []huifang.ID, id huifang.ID) []huifang.ID {
	return slices.DeleteFunc(slices.Clone(list), func(o huifang.ID) bool { return o == id })
}

func (s *subjects) addAsset(a *huifang.Asset) {
	s.keepAsset(a)
	s.newborn[a.ID] = true
	s.log = append(s.log, func() {
		delete(s.assets, a.ID)
		delete(s.newborn, a.ID)
		delete(s.assetCode, a.Code)
	})
}

func (s *subjects) keepContact(c *huifang.Contact) {
	s.contacts[c.ID] = c
	if c.Code != "" {
		s.contactCode[c.Code] = c.ID
	}
}

func (s *subjects) keepAsset(a *huifang.Asset) {
	s.assets[a.ID] = a
	if a.Code != "" {
		s.assetCode[a.Code] = a.ID
	}
}

// lent is the contacts and assets that a chunk's events name, as they were
// when it was resolved.
type lent struct {
	contacts map[huifang.ID]*huifang.Contact
	assets   map[huifang.ID]*huifang.Asset
	newborn  map[huifang.ID]bool
	pending  map[huifang.ID]bool // to be written with the first event that names them
}

// lend copies what events name, for units of work to use while the next chunk
// is resolved.
func (s *subjects) lend(items []item) *lent {
	l := &lent{
		contacts: make(map[huifang.ID]*huifang.Contact, len(items)), assets: make(map[huifang.ID]*huifang.Asset, len(items)),
		newborn: s.newborn, pending: make(map[huifang.ID]bool, len(s.newborn)+len(s.changed)),
	}
	for i := range items {
		ev := &items[i].ev
		s.lendContact(l, ev.Contact)
		as := s.assets[ev.Asset]
		if as == nil || l.assets[as.ID] != nil {
			continue
		}
		c := *as
		l.assets[as.ID] = &c
		l.pending[as.ID] = s.newborn[as.ID] || s.changed[as.ID]
		s.lendContact(l, as.Contact)
	}
	return l
}

func (s *subjects) lendContact(l *lent, id huifang.ID) {
	c := s.contacts[id]
	if c == nil || l.contacts[id] != nil {
		return
	}
	row := *c
	l.contacts[id] = &row
	l.pending[id] = s.newborn[id] || s.changed[id]
}

// host gives a unit of work what was lent.
func (l *lent) host(h *host) {
	for id := range l.newborn {
		h.newborn[id] = true
	}
	h.lent = l
}

// unwritten lists what was prepared for events that turned out to be known.
func (l *lent) unwritten(h *host) []huifang.ID {
	var out []huifang.ID
	for id, wanted := range l.pending {
		if _, written := h.versions[id]; wanted && !written {
			out = append(out, id)
		}
	}
	return out
}

// learn keeps what a chunk wrote, as it was written.
func (s *subjects) learn(h *host) {
	for _, c := range h.out.contacts {
		c.Version = h.versions[c.ID]
		s.keepContact(c)
	}
	for _, a := range h.out.assets {
		a.Version = h.versions[a.ID]
		s.keepAsset(a)
	}
	for _, id := range h.lent.unwritten(h) {
		s.drop(id)
	}
	s.settle()
}

// drop forgets one contact or asset.
func (s *subjects) drop(id huifang.ID) {
	if c := s.contacts[id]; c != nil {
		delete(s.contacts, id)
		delete(s.contactCode, c.Code)
	}
	if a := s.assets[id]; a != nil {
		delete(s.assets, id)
		delete(s.assetCode, a.Code)
	}
}
