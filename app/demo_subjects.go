package app

import (
	"fmt"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
)

// demoContact is one customer.
type demoContact struct {
	unit       *demoUnit
	kind       string
	number     int // within the unit
	code, name string
	home       string
	phones     []string
	email      string
	address    string
	owner      string // code of staff
	steward    string
	attributes huifang.Attributes
	assets     []*demoAsset
	trouble    string          // matter that keeps coming back, "" for most
	busy       map[string]bool // what began by itself and goes on
	listed     bool            // on the sheet to be imported
}

// demoAsset is a thing a customer has.
type demoAsset struct {
	code, kind, name string
	attributes       huifang.Attributes
}

// input names the contact to the use cases.
func (c *demoContact) input() ContactInput {
	return ContactInput{
		Code: c.code, Kind: c.kind, Name: c.name, Phones: c.phones, Email: c.email, Address: c.address,
		Owner: c.owner, Steward: c.steward, Attributes: c.attributes,
	}
}

// input names the asset to the use cases.
func (a *demoAsset) input() AssetInput {
	if a == nil {
		return AssetInput{}
	}
	return AssetInput{Code: a.code, Kind: a.kind, Name: a.name, Attributes: a.attributes}
}

// people fills a unit with customers. A few have a matter that keeps coming
// back.
func (d *demo) people(u *demoUnit, index int) {
	homes := homesOf(u.sample)
	d.rng.Shuffle(len(homes), func(i, j int) { homes[i], homes[j] = homes[j], homes[i] })
	homes = homes[:min(u.sample.Contacts, len(homes))]
	slices.Sort(homes)
	for i := range u.sample.Contacts {
		c := &demoContact{unit: u, number: i + 1, code: fmt.Sprintf("%s-%04d", u.sample.Code, i+1), busy: map[string]bool{}}
		if i < len(homes) {
			c.home = homes[i]
		}
		d.introduce(u, c, d.sampleContact(), index)
		u.contacts = append(u.contacts, c)
	}
}

// sampleContact draws a kind of customer by its share.
func (d *demo) sampleContact() *pack.SampleContact {
	list := d.trade.Sample.Contacts
	total := 0
	for i := range list {
		total += max(list[i].Share, 1)
	}
	if total == 0 {
		return &pack.SampleContact{}
	}
	x := d.rng.IntN(total)
	for i := range list {
		if x -= max(list[i].Share, 1); x < 0 {
			return &list[i]
		}
	}
	return &list[0]
}

// introduce makes up who a customer is and what they have.
func (d *demo) introduce(u *demoUnit, c *demoContact, s *pack.SampleContact, index int) {
	scope := &demoScope{day: huifang.DateOf(d.at, d.zone), unit: u, contact: c}
	c.kind, c.attributes = s.Of(), huifang.Attributes{}
	if c.name = d.text(s.Name, scope); c.name == "" {
		c.name = d.personName()
	}
	d.draw(c.attributes, s.Attributes, scope)
	scope.known = []huifang.Attributes{c.attributes}
	if c.phones = []string{d.text(s.Phones, scope)}; c.phones[0] == "" {
		c.phones[0] = fmt.Sprintf("138%04d%04d", (index*1000+d.rng.IntN(1000))%10000, c.number-1)
	}
	if d.chance(s.NoPhone) {
		c.phones = nil
	}
	c.address, c.email = d.text(s.Address, scope), d.text(s.Email, scope)
	c.owner, c.steward = d.share(u, s.Owner, c.number), d.share(u, s.Steward, c.number)
	if d.chance(4) && len(d.trade.Sample.Events) > 0 {
		if m := one(d.rng, d.trade.Sample.Events).Matters; len(m) > 0 {
			c.trouble = one(d.rng, m).Text
		}
	}
	for i := range d.trade.Sample.Assets {
		a := &d.trade.Sample.Assets[i]
		if len(a.Owned) == 0 || len(a.Kinds) > 0 && !slices.Contains(a.Kinds, c.kind) {
			continue
		}
		for range one(d.rng, a.Owned) {
			c.assets = append(c.assets, d.asset(a, scope))
		}
	}
}

// share is the one of a role's holders who has the customer, by turns of ten
// neighbours.
func (d *demo) share(u *demoUnit, role string, number int) string {
	who := u.byRole[role]
	if len(who) == 0 {
		return ""
	}
	return who[(number-1)/10%len(who)].Code
}

// asset makes up a thing.
func (d *demo) asset(s *pack.SampleAsset, scope *demoScope) *demoAsset {
	a := &demoAsset{kind: s.Code, attributes: huifang.Attributes{}}
	d.draw(a.attributes, s.Attributes, scope)
	inner := *scope
	inner.known = append([]huifang.Attributes{a.attributes}, scope.known...)
	a.code = d.text(s.Number, &inner)
	if a.name = d.text(s.Name, &inner); a.name == "" {
		a.name = a.code
	}
	return a
}

// homesOf lists the homes of a unit as registers write them.
func homesOf(s pack.SampleUnit) []string {
	var out []string
	for b := range s.Buildings {
		for e := range max(s.Entrances, 1) {
			for f := range max(s.Floors, 1) {
				for n := range max(s.PerFloor, 1) {
					out = append(out, fmt.Sprintf("%d栋%d单元%d%02d", b+1, e+1, f+1, n+1))
				}
			}
		}
	}
	return out
}
