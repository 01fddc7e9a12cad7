package app

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// directories keeps the directory of each organization in use, and compiled
// programs, which organizations with the same packs share.
type directories struct {
	mu      sync.Mutex
	byOrg   map[huifang.ID]*cached
	changes map[huifang.ID]int // counts forget, so that a load under way is not kept
	sets    map[string]*plan.Set
	loads   singleflight.Group
}

type cached struct {
	d       *directory
	checked time.Time // when the version was last compared
}

// recheck is how long a directory is used before its version is compared.
const recheck = time.Second

// directory is the organization's directory, read from the cache. Another
// node's change shows within a second, one of this process at once. It reads
// committed data: a use case that changes units, staff, roles, packs or
// settings calls touch in its transaction and forget after it.
func (a *App) directory(ctx context.Context, org huifang.ID) (*directory, error) {
	now := a.clock()
	a.cache.mu.Lock()
	c, generation := a.cache.byOrg[org], a.cache.changes[org]
	if c != nil && now.Sub(c.checked).Abs() < recheck {
		a.cache.mu.Unlock()
		return c.d, nil
	}
	a.cache.mu.Unlock()
	if c != nil {
		o, err := a.reads().Organization(ctx, org)
		if err != nil {
			return nil, err
		}
		if o.Version == c.d.org.Version {
			a.cache.keep(org, &cached{c.d, now}, generation)
			return c.d, nil
		}
	}
	got, err, _ := a.cache.loads.Do(string(org), func() (any, error) {
		d, err := a.loadDirectory(context.WithoutCancel(ctx), org)
		if err == nil {
			a.cache.keep(org, &cached{d, now}, generation)
		}
		return d, err
	})
	if err != nil {
		return nil, err
	}
	return got.(*directory), nil //nolint:forcetypeassert // Do's function returns nothing else
}

func (c *directories) keep(org huifang.ID, entry *cached, generation int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changes[org] == generation {
		c.byOrg[org] = entry
	}
}

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
	defer a.cache.mu.Unlock()
	delete(a.cache.byOrg, org)
	a.cache.changes[org]++
	a.cache.loads.Forget(string(org))
}
