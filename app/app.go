package app

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
	"github.com/huifang/huifang/channel"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// Config is what an App runs on.
type Config struct {
	Store    *store.Store
	Now      func() time.Time   // the clock
	NewID    func() huifang.ID  // makes UUIDv7; safe for concurrent use
	Log      *slog.Logger       // nil: discarded
	Calendar *calendar.Calendar // nil: China's
	Network  *channel.Network   // the way out of messages and webhooks; nil: to public addresses only
	Key      []byte             // 32 bytes that seal secrets of senders and webhooks; nil: kept as they are
}

// App is the use cases over one store. It is safe for concurrent use; any
// number of Apps, in any number of processes, may share a PostgreSQL database.
type App struct {
	store    *store.Store
	clock    func() time.Time
	newID    func() huifang.ID
	log      *slog.Logger
	calendar *calendar.Calendar
	network  *channel.Network
	key      []byte
	cache    directories
	setup    setup
	feeds    feeds
	logins   logins
	inboxes  inboxes
	watch    func([]*huifang.Followup) // is told what is planned; a demonstration's alone
}

// New builds an App.
func New(cfg Config) *App {
	a := &App{store: cfg.Store, clock: cfg.Now, newID: cfg.NewID, log: cfg.Log, calendar: cfg.Calendar, network: cfg.Network, key: cfg.Key}
	if a.network == nil {
		a.network = channel.NewNetwork(false)
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.calendar == nil {
		a.calendar = calendar.China()
	}
	a.cache.byOrg, a.cache.changes, a.cache.sets = map[huifang.ID]*cached{}, map[huifang.ID]int{}, map[string]*plan.Set{}
	a.logins = newLogins()
	a.inboxes.init()
	return a
}

// now is the current instant in UTC, cut to the milliseconds that are kept.
func (a *App) now() time.Time { return a.clock().UTC().Truncate(time.Millisecond) }

// reads is the newest committed data.
func (a *App) reads() *store.Reads { return &a.store.View().Reads }

// audit notes a change or a reveal in the organization's chain. action is
// dotted, e.g. "followup.completed"; detail is anything JSON can hold.
func (a *App) audit(ctx context.Context, tx *store.Tx, actor *huifang.Actor, action, kind string, record huifang.ID, detail any) error {
	body, err := json.Marshal(detail)
	if err != nil {
		return huifang.Wrap(err)
	}
	err = tx.Audit(ctx, &huifang.AuditEntry{
		Org: actor.Org, At: a.now(), Staff: actor.Staff, Action: action, Kind: kind, Record: record, Detail: string(signed(actor, body)),
	})
	if err != nil {
		return err
	}
	return a.reportAudited(ctx, tx, actor.Org, action, record)
}

// signed names the API token behind an entry that has no member of staff, so
// that two tokens and the product's own jobs can be told apart.
func signed(actor *huifang.Actor, detail []byte) []byte {
	if actor.Staff != "" || actor.Token == "" {
		return detail
	}
	by := `{"token":"` + string(actor.Token) + `"`
	if bytes.HasPrefix(detail, []byte("{")) && !bytes.Equal(detail, []byte("{}")) {
		return append([]byte(by+","), detail[1:]...)
	}
	return []byte(by + `,"detail":` + string(detail) + "}")
}

// system is the product's own actor in an organization.
func system(org huifang.ID) *huifang.Actor { return &huifang.Actor{Org: org, System: true} }

// Page asks for one page of a list.
type Page = store.Page

// Paged is one page of a list; Next is empty on the last.
type Paged[T any] = store.Paged[T]
