package app

import (
	"slices"

	"github.com/huifang/huifang"
)

// prefetch reads in few statements what a chunk names by code, phone or name.
func (r *resolver) prefetch(events []EventInput) error {
	if err := r.prefetchCodes(events); err != nil || len(events) < 2 {
		return err
	}
	if err := r.prefetchPhones(events); err != nil {
		return err
	}
	return r.prefetchNames(events)
}

func (r *resolver) prefetchCodes(events []EventInput) error {
	var contacts, assets []string
	for i := range events {
		e := &events[i]
		if c := e.Contact.Code; c != "" {
			if _, ok := r.contactCode[c]; !ok {
				contacts = append(contacts, c)
			}
		}
		code := e.Asset.Code
		if code == "" {
			code = e.Asset.Name
		}
		if code == "" || e.Asset.ID != "" {
			continue
		}
		var unit huifang.ID
		if u := r.d.findUnit(e.Unit); u != nil {
			unit = u.ID
		}
		for _, c := range r.assetCodes(code, unit, e.scoped) {
			if _, ok := r.assetCode[c]; !ok {
				assets = append(assets, c)
			}
		}
	}
	if err := r.readContacts(contacts); err != nil {
		return err
	}
	return r.readAssets(assets)
}

// prefetchPhones reads the contacts of the numbers that match will look for.
func (r *resolver) prefetchPhones(events []EventInput) error {
	var phones []string
	for i := range events {
		if c := &events[i].Contact; c.ID != "" || c.Code != "" {
			continue
		}
		for _, p := range events[i].Contact.Phones {
			if _, whole := r.phone[p]; !whole {
				phones = append(phones, p)
			}
		}
	}
	if len(phones) == 0 {
		return nil
	}
	phones = unique(phones)
	found, err := r.q.ContactsByPhones(r.ctx, r.d.org.ID, phones)
	if err != nil {
		return err
	}
	for _, p := range phones {
		r.phone[p] = r.keepAll(found[p], r.newPhone[p])
	}
	return nil
}

// prefetchNames reads the contacts of the names that match will look for, where
// no number is known already.
func (r *resolver) prefetchNames(events []EventInput) error {
	names := map[huifang.ID][]string{}
	for i := range events {
		c, u := &events[i].Contact, r.d.findUnit(events[i].Unit)
		if c.ID != "" || c.Code != "" || c.Name == "" || u == nil || slices.ContainsFunc(c.Phones, func(p string) bool { return len(r.phone[p]) > 0 }) {
			continue
		}
		if _, whole := r.name[nameKey{u.ID, c.Name}]; !whole {
			names[u.ID] = append(names[u.ID], c.Name)
		}
	}
	for unit, list := range names {
		list = unique(list)
		found, err := r.q.ContactsByNames(r.ctx, r.d.org.ID, unit, list)
		if err != nil {
			return err
		}
		for _, name := range list {
			k := nameKey{unit, name}
			r.name[k] = r.keepAll(found[name], r.newName[k])
		}
	}
	return nil
}

func unique[T ~string](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

func (r *resolver) readContacts(codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	found, err := r.q.ContactsByCode(r.ctx, r.d.org.ID, unique(codes))
	for _, c := range found {
		r.keepContact(c)
	}
	if err != nil {
		return err
	}
	return r.readMerged(huifang.KindContact, codes, func(code string) bool { return found[code] != nil }, func(code string, id huifang.ID) error {
		c, err := r.contactByID(id)
		if err == nil && c != nil {
			r.contactCode[code] = c.ID
		}
		return err
	})
}

// readAssets reads assets and the contacts they belong to.
func (r *resolver) readAssets(codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	found, err := r.q.AssetsByCode(r.ctx, r.d.org.ID, unique(codes))
	if err != nil {
		return err
	}
	err = r.readMerged(huifang.KindAsset, codes, func(code string) bool { return found[code] != nil }, func(code string, id huifang.ID) error {
		a, err := r.assetByID(id)
		if err == nil && a != nil {
			found[code], r.assetCode[code] = a, a.ID
		}
		return err
	})
	if err != nil {
		return err
	}
	var owners []huifang.ID
	for _, a := range found {
		r.keepAsset(a)
		if a.Contact != "" && r.contacts[a.Contact] == nil {
			owners = append(owners, a.Contact)
		}
	}
	if len(owners) == 0 {
		return nil
	}
	people, err := r.q.ContactsByID(r.ctx, r.d.org.ID, unique(owners))
	for _, c := range people {
		r.keepContact(c)
	}
	return err
}

// contactByID is a contact, nil when there is none.
func (r *resolver) contactByID(id huifang.ID) (*huifang.Contact, error) {
	if c := r.contacts[id]; c != nil {
		return c, nil
	}
	c, err := r.q.Contact(r.ctx, r.d.org.ID, id)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		if to, err := r.survivorOf(huifang.KindContact, id); err != nil || to != "" && to != id {
			return r.survivingContact(to, err)
		}
	}
	if err != nil {
		return nil, absent(err)
	}
	r.keepContact(c)
	return c, nil
}

// assetByID is an asset, nil when there is none.
func (r *resolver) assetByID(id huifang.ID) (*huifang.Asset, error) {
	if a := r.assets[id]; a != nil {
		return a, nil
	}
	a, err := r.q.Asset(r.ctx, r.d.org.ID, id)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		if to, err := r.survivorOf(huifang.KindAsset, id); err != nil || to != "" && to != id {
			return r.survivingAsset(to, err)
		}
	}
	if err != nil {
		return nil, absent(err)
	}
	r.keepAsset(a)
	return a, nil
}

// match finds the contact that is meant, nil when it is a new one. A code
// decides alone. Without one, whoever belongs to the asset counts first, then a
// phone number with the same name, then the name within the unit; different
// names or numbers are different people.
func (r *resolver) match(in *ContactInput, as *huifang.Asset, unit huifang.ID) (*huifang.Contact, error) {
	if in.Code != "" {
		return r.contacts[r.contactCode[in.Code]], nil
	}
	if as != nil && as.Contact != "" {
		c, err := r.contactByID(as.Contact)
		if err != nil || c != nil && alike(c, in) {
			return c, err
		}
	}
	c, err := r.matchPhone(in)
	if c != nil || err != nil || in.Name == "" || unit == "" {
		return c, err
	}
	return r.matchName(in, as, unit)
}

// matchPhone finds a contact by one of the numbers, with the same name where
// both have one.
func (r *resolver) matchPhone(in *ContactInput) (*huifang.Contact, error) {
	for _, p := range in.Phones {
		ids, err := r.byPhone(p)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			c := r.contacts[id]
			if c != nil && (in.Name == "" || c.Name == "" || c.Name == in.Name || c.Name == maskPhone(p)) {
				return c, nil
			}
		}
	}
	return nil, nil //nolint:nilnil // nobody
}

// matchName finds the one contact of the name in a unit; of two none, since
// they cannot be told apart.
func (r *resolver) matchName(in *ContactInput, as *huifang.Asset, unit huifang.ID) (*huifang.Contact, error) {
	ids, err := r.byName(nameKey{unit, in.Name})
	if err != nil {
		return nil, err
	}
	var found *huifang.Contact
	for _, id := range ids {
		c := r.contacts[id]
		if c == nil || !alike(c, in) || !r.fits(c, as) {
			continue
		}
		if found != nil {
			return nil, nil //nolint:nilnil // two of that name
		}
		found = c
	}
	return found, nil
}

// alike tells whether a contact may be the one named: the same name where both
// have one, a phone in common where both have some.
func alike(c *huifang.Contact, in *ContactInput) bool {
	if c.Name != "" && in.Name != "" && c.Name != in.Name {
		return false
	}
	if len(c.Phones) == 0 || len(in.Phones) == 0 {
		return c.Name == in.Name || in.Name == ""
	}
	return slices.ContainsFunc(in.Phones, func(p string) bool { return slices.Contains(c.Phones, p) })
}

// fits tells that a name is not all two people have in common: nobody in the
// home named belongs to another contact.
func (r *resolver) fits(c *huifang.Contact, as *huifang.Asset) bool {
	if as == nil || as.Contact == c.ID {
		return true
	}
	for _, other := range r.assets {
		if other.Contact == c.ID && other.ID != as.ID {
			return false
		}
	}
	return as.Contact == ""
}

// byPhone lists the contacts with a phone number.
func (r *resolver) byPhone(phone string) ([]huifang.ID, error) {
	if ids, whole := r.phone[phone]; whole {
		return ids, nil
	}
	found, err := r.q.ContactsByPhone(r.ctx, r.d.org.ID, phone)
	if err != nil {
		return nil, err
	}
	ids := r.keepAll(found, r.newPhone[phone])
	r.phone[phone] = ids
	return ids, nil
}

// byName lists the contacts of a name in a unit.
func (r *resolver) byName(k nameKey) ([]huifang.ID, error) {
	if ids, whole := r.name[k]; whole {
		return ids, nil
	}
	found, err := r.q.ContactsByName(r.ctx, r.d.org.ID, k.unit, k.name)
	if err != nil {
		return nil, err
	}
	ids := r.keepAll(found, r.newName[k])
	r.name[k] = ids
	return ids, nil
}

// keepAll remembers what was read, where nothing newer is known, and adds what
// is about to be created: it may be written already, or not yet.
func (r *resolver) keepAll(found []*huifang.Contact, newborn []huifang.ID) []huifang.ID {
	ids := make([]huifang.ID, 0, len(found)+len(newborn))
	for _, c := range found {
		if r.contacts[c.ID] == nil {
			r.keepContact(c)
		}
		ids = append(ids, c.ID)
	}
	for _, id := range newborn {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
