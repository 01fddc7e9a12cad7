package huifang

import "time"

// Kinds of subject that can be merged.
const (
	KindContact = "contact"
	KindAsset   = "asset"
)

// Alias is what is left of a contact or asset that was merged into another: its
// id and its code lead there.
type Alias struct {
	Org  ID
	Kind string // KindContact or KindAsset
	Old  ID
	To   ID
	Code string // the one that did not become the survivor's, empty: there was none
	Name string // as it was called
	At   time.Time
	By   ID
}

// Distinct is two contacts, or two assets, of which somebody said that they are
// not the same, however alike they look. A < B.
type Distinct struct {
	Org  ID
	Kind string
	A, B ID
	At   time.Time
	By   ID
}

// NewDistinct puts the two in order.
func NewDistinct(org ID, kind string, x, y ID) Distinct {
	if y < x {
		x, y = y, x
	}
	return Distinct{Org: org, Kind: kind, A: x, B: y}
}
