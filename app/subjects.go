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

	newborn map[huifang.ID]bool
	changed map[huifang.ID]bool
	log     []undo
}

type nameKey struct {
	unit huifang.ID
	name string
}

// undo is how to take back one step of an event that turns out faulty.
type undo func()

// maxSubjects bounds what an import remembers.
const maxSubjects = 20_000

func newSubjects() *subjects {
	s := &subjects{}
	s.forget()
	return s
}

// forget drops everything: another writer changed some of it.
func (s *subjects) forget() {
	*s = subjects{
		contacts: map[huifang.ID]*huifang.Contact{}, assets: map[huifang.ID]*huifang.Asset{},
		contactCode: map[string]huifang.ID{}, assetCode: map[string]huifang.ID{},
		phone: map[string][]huifang.ID{}, name: map[nameKey][]huifang.ID{},
	}
	s.begin()
}

// begin readies it for a chunk.
func (s *subjects) begin() {
	if len(s.contacts)+len(s.assets)+len(s.phone)+len(s.name) > maxSubjects {
		s.forget()
		return
	}
	s.newborn, s.changed, s.log = map[huifang.ID]bool{}, map[huifang.ID]bool{}, nil
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
			s.phone[p] = without(s.phone[p], c.ID)
		}
		k := nameKey{c.Unit, c.Name}
		s.name[k] = without(s.name[k], c.ID)
	})
	for _, p := range c.Phones {
		if list, whole := s.phone[p]; whole {
			s.phone[p] = append(list, c.ID)
		}
	}
	k := nameKey{c.Unit, c.Name}
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

// lend gives a unit of work its own copies.
func (s *subjects) lend(h *host) {
	h.pending = map[huifang.ID]bool{}
	for id := range s.newborn {
		h.newborn[id], h.pending[id] = true, true
	}
	for id, really := range s.changed {
		if really {
			h.pending[id] = true
		}
	}
	h.lent = s
}

// learn keeps what a chunk wrote, as it was written.
func (s *subjects) learn(h *host) {
	for _, c := range h.out.contacts {
		if v, ok := h.versions[c.ID]; ok {
			c.Version = v
			s.keepContact(c)
		}
	}
	for _, a := range h.out.assets {
		if v, ok := h.versions[a.ID]; ok {
			a.Version = v
			s.keepAsset(a)
		}
	}
	for id := range h.pending { // prepared for events that turned out known
		if _, written := h.versions[id]; !written {
			s.drop(id)
		}
	}
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
