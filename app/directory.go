package app

import (
	"context"
	"sync"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// directory is what nearly every use case needs to know of an organization and
// what changes rarely: units, staff, roles, and the programs in force. It is
// immutable once made, and shared.
type directory struct {
	org    *huifang.Organization
	zone   *time.Location
	units  []*huifang.Unit // parents before children
	staff  []*huifang.Staff
	unit   map[huifang.ID]*huifang.Unit
	person map[huifang.ID]*huifang.Staff
	roles  map[string]huifang.Role // built-in, of packs, of the organization; by code
	packs  []*pack.Pack
	roster *plan.Roster // Fork it before the engine runs
	set    *plan.Set
	forms  map[string]int // newest stored version by code
	progs  map[string]int
	off    map[string]map[huifang.ID]bool // program → units it is switched off or on for, "" for all

	unitCode  map[string]*huifang.Unit
	staffCode map[string]*huifang.Staff
	below     map[huifang.ID][]huifang.ID // a unit and all below it

	checked time.Time // when the version was last compared
}

// directories keeps the directory of each organization in use.
type directories struct {
	mu    sync.Mutex
	byOrg map[huifang.ID]*directory
}

// directory is the organization's directory, read from the cache. Another
// node's change shows within a second, one of this process at once. It reads
// committed data: a use case that changes units, staff, roles, packs or
// settings calls touch in its transaction and forget after it.
func (a *App) directory(ctx context.Context, org huifang.ID) (*directory, error) {
	return nil, huifang.Fail(huifang.CodeInternal, "directory", huifang.Text{})
}

// subtree lists a unit and all units below it; empty for an unknown one.
func (d *directory) subtree(unit huifang.ID) []huifang.ID { return d.below[unit] }

// zoneOf is the zone a unit's dates belong to.
func (d *directory) zoneOf(unit huifang.ID) *time.Location { return d.roster.Location(unit) }

// touch tells every node that the organization's directory changed.
func (a *App) touch(ctx context.Context, tx *store.Tx, org huifang.ID) error {
	o, err := tx.Organization(ctx, org)
	if err != nil {
		return err
	}
	return tx.SaveOrganization(ctx, o)
}

// forget drops the cached directory after a change of it was committed.
func (a *App) forget(org huifang.ID) {
	a.cache.mu.Lock()
	delete(a.cache.byOrg, org)
	a.cache.mu.Unlock()
}
