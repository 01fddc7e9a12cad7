package app

import (
	"context"
	"sync"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// Live updates are hints: what kind of record changed and which, never what it
// holds. Every node looks at a marker in the database about once a second, once
// for all who listen, so that it does not matter which node made the change.

// How often is looked, and how much one look tells before it says only "much
// changed".
const (
	lookEvery    = time.Second
	beatEvery    = 15 * time.Second
	alertEvery   = 3 * time.Second
	mostHints    = 200
	keptBatches  = 64
	forgottenFor = time.Minute // without a listener
)

// Change is one hint. ID is empty where the whole kind may have changed.
type Change struct {
	Kind string
	ID   huifang.ID
}

// Changes is what a listener is told at once; without any it is a heartbeat.
type Changes struct {
	At     int64 // place in the stream, to be named when listening again
	Missed bool  // something changed since the place named: read everything again
	List   []Change
	Unread int // unread alerts
}

// changedRecord is a change with what decides who may hear of it.
type changedRecord struct {
	Change
	may func(*huifang.Actor) bool
}

// batch is what one look found.
type batch struct {
	at   int64 // audit sequence number after it
	list []changedRecord
}

// feed is the newest changes of one organization.
type feed struct {
	mu      sync.Mutex
	looked  time.Time
	marker  store.Marker
	batches []batch
	count   int64 // batches ever
}

// feeds are those of the organizations somebody listens to.
type feeds struct {
	mu    sync.Mutex
	byOrg map[huifang.ID]*feed
}

func (f *feeds) of(org huifang.ID) *feed {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.byOrg == nil {
		f.byOrg = map[huifang.ID]*feed{}
	}
	if f.byOrg[org] == nil {
		f.byOrg[org] = &feed{}
	}
	return f.byOrg[org]
}

// Watch tells each of the changes within the scope of whoever the secret of a
// session or token belongs to, from now on, and a heartbeat at least every
// fifteen seconds. since is At of an earlier listening, 0 for none. It returns
// nil when ctx or the session ends, and each's error.
func (a *App) Watch(ctx context.Context, secret string, since int64, each func(Changes) error) error {
	actor, err := a.present(ctx, secret)
	if err != nil {
		return err
	}
	l := &listener{app: a, actor: actor, feed: a.feeds.of(actor.Org), each: each}
	if err := l.begin(ctx, since); err != nil {
		return err
	}
	look, beat, alerts := time.NewTicker(lookEvery), time.NewTicker(beatEvery), time.NewTicker(alertEvery)
	defer look.Stop()
	defer beat.Stop()
	defer alerts.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			err = l.look(ctx)
		case <-alerts.C:
			err = l.alerts(ctx)
		case <-beat.C:
			if l.actor, err = a.present(ctx, secret); huifang.CodeOf(err) == huifang.CodeUnauthenticated {
				return nil
			}
			if err == nil {
				err = each(Changes{At: l.at, Unread: l.unread})
			}
		}
		if err != nil && ctx.Err() == nil && huifang.CodeOf(err) != huifang.CodeUnavailable {
			return err
		}
	}
}

// present is who a secret belongs to. Unlike Authenticate it does not prolong
// the session: an open page is no sign of a person.
func (a *App) present(ctx context.Context, secret string) (*huifang.Actor, error) {
	hash := hashSecret(secret)
	session, err := a.reads().SessionByHash(ctx, hash)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		return a.byToken(ctx, hash)
	}
	if err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, session.Org)
	if err != nil {
		return nil, err
	}
	s := d.person[session.Staff]
	if !session.Expires.After(a.now()) || s == nil || !s.Active {
		return nil, badSession()
	}
	return d.actor(s), nil
}

// listener is one connection.
type listener struct {
	app    *App
	actor  *huifang.Actor
	feed   *feed
	each   func(Changes) error
	seen   int64 // batches
	at     int64
	unread int
}

// begin says where the stream stands, and whether something was missed.
func (l *listener) begin(ctx context.Context, since int64) (err error) {
	if l.unread, err = l.app.UnreadAlerts(ctx, l.actor); err != nil {
		return err
	}
	if l.seen, l.at, err = l.feed.join(ctx, l.app, l.actor.Org); err != nil {
		return err
	}
	return l.each(Changes{At: l.at, Missed: since != 0 && since != l.at, Unread: l.unread})
}

// look tells what others' look, or this one, found since the last time.
func (l *listener) look(ctx context.Context) error {
	batches, missed, err := l.feed.since(ctx, l.app, l.actor.Org, &l.seen)
	if err != nil || len(batches) == 0 && !missed {
		return err
	}
	out := Changes{Missed: missed, Unread: l.unread}
	told := map[Change]bool{}
	for _, b := range batches {
		l.at = b.at
		for _, c := range b.list {
			if !told[c.Change] && c.may(l.actor) {
				told[c.Change] = true
				out.List = append(out.List, c.Change)
			}
		}
	}
	out.At = l.at
	if len(out.List) == 0 && !missed {
		return nil
	}
	return l.each(out)
}

// alerts tells when the number of the listener's unread alerts changed.
func (l *listener) alerts(ctx context.Context) error {
	n, err := l.app.UnreadAlerts(ctx, l.actor)
	if err != nil || n == l.unread {
		return err
	}
	l.unread = n
	return l.each(Changes{At: l.at, Unread: n, List: []Change{{Kind: "alert"}}})
}
