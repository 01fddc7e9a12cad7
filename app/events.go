package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// EventFilter selects events; empty fields select all.
type EventFilter = store.EventFilter

// Event is one event, phone and id numbers in it masked; contact.read in its
// unit.
func (a *App) Event(ctx context.Context, actor *huifang.Actor, id huifang.ID) (*huifang.Event, error) {
	ev, err := a.reads().Event(ctx, actor.Org, id)
	if err != nil {
		return nil, err
	}
	if err := actor.RequireIn(huifang.PermContactRead, ev.Org, ev.Unit); err != nil {
		return nil, err
	}
	return maskEvent(ev), nil
}

// Events lists events: those of a contact or asset by the time they happened,
// else all in the order they arrived. Those of units outside the actor's scope
// are left out, so a page may be shorter than asked for. contact.read.
func (a *App) Events(ctx context.Context, actor *huifang.Actor, f EventFilter, p Page) (Paged[*huifang.Event], error) {
	if err := actor.Require(huifang.PermContactRead); err != nil {
		return Paged[*huifang.Event]{}, err
	}
	got, err := a.reads().Events(ctx, actor.Org, f, p)
	if err != nil {
		return got, err
	}
	kept := got.Items[:0]
	for _, ev := range got.Items {
		if actor.InUnit(ev.Unit) {
			kept = append(kept, maskEvent(ev))
		}
	}
	got.Items = kept
	return got, nil
}
