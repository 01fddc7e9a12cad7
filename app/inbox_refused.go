package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// RefusedEvent is an event that was acknowledged and could not be planned.
type RefusedEvent struct {
	Event   *huifang.Event // as far as it is known; numbers masked
	Contact string         // who was named
	Asset   string
	Refused time.Time
	Fault   *huifang.Error
}

// Refused lists the events of the actor's units that could not be planned, in
// order of arrival, with the reason of each. A page may be shorter than asked
// for. event.ingest.
func (a *App) Refused(ctx context.Context, actor *huifang.Actor, p Page) (Paged[RefusedEvent], error) {
	var out Paged[RefusedEvent]
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return out, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return out, err
	}
	got, err := a.reads().Refused(ctx, actor.Org, p)
	if err != nil {
		return out, err
	}
	out.Next = got.Next
	for _, row := range got.Items {
		l := open(row)
		if r := l.refused(d); actor.InUnit(r.Event.Unit) {
			out.Items = append(out.Items, r)
		}
	}
	return out, nil
}

func (o *opened) refused(d *directory) RefusedEvent {
	r := RefusedEvent{Event: maskEvent(o.event(d)), Refused: o.Done, Fault: o.fault()}
	if c := o.Contact; c != nil {
		for _, name := range []string{c.Code, c.Name, string(c.ID)} {
			if r.Contact == "" {
				r.Contact = maskText(name)
			}
		}
	}
	if x := o.Asset; x != nil {
		for _, name := range []string{x.Code, x.Name, string(x.ID)} {
			if r.Asset == "" {
				r.Asset = name
			}
		}
	}
	return r
}

// fault is why it is refused.
func (o *opened) fault() *huifang.Error {
	e := &huifang.Error{}
	if err := json.Unmarshal([]byte(o.Fault), e); err != nil { //nolint:musttag // as faultText wrote it
		return asError(err)
	}
	return e
}

// RetryRefused puts an event that could not be planned back into the inbox,
// once what was wrong is put right. event.ingest in its unit.
func (a *App) RetryRefused(ctx context.Context, actor *huifang.Actor, id huifang.ID) error {
	err := a.settleRefused(ctx, actor, id, "event.retried", func(tx *store.Tx, r *huifang.Received) error { return tx.Receive(ctx, r) })
	if err == nil {
		a.inboxes.of(actor.Org).waiting.Add(1)
		a.inboxes.hint()
	}
	return err
}

// DismissRefused forgets an event that could not be planned and never will be;
// the audit keeps what it was. event.ingest in its unit.
func (a *App) DismissRefused(ctx context.Context, actor *huifang.Actor, id huifang.ID) error {
	return a.settleRefused(ctx, actor, id, "event.dismissed", func(*store.Tx, *huifang.Received) error { return nil })
}

func (a *App) settleRefused(ctx context.Context, actor *huifang.Actor, id huifang.ID, action string, then func(*store.Tx, *huifang.Received) error) error {
	if err := actor.Require(huifang.PermEventIngest); err != nil {
		return err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Received(ctx, actor.Org, id)
		if err != nil {
			return err
		}
		if row.Fault == "" {
			return notRefused()
		}
		l := open(row)
		ev := l.event(d)
		if err := actor.RequireIn(huifang.PermEventIngest, ev.Org, ev.Unit); err != nil {
			return err
		}
		if err := tx.RemoveRefused(ctx, actor.Org, id); err != nil {
			return err
		}
		if err := then(tx, row); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, action, "event", id, map[string]any{
			"source": ev.Source, "key": ev.Key, "type": ev.Type, "at": ev.At, "reason": l.fault().Reason,
		})
	})
}

func notRefused() error {
	return huifang.Fail(huifang.CodeNotFound, "event.not_refused", huifang.Text{ZH: "没有这个未能处理的事件", EN: "there is no such refused event"})
}

// tellRefused alerts everybody who may send events when the first of them could
// not be planned; as long as some stand, more do not alert again.
func (a *App) tellRefused(ctx context.Context, tx *store.Tx, d *directory, letters []opened, refused []*huifang.Received) error {
	if len(refused) == 0 {
		return nil
	}
	n, err := tx.CountRefused(ctx, d.org.ID)
	if err != nil || n > len(refused) {
		return err
	}
	return a.alert(ctx, tx, huifang.Alert{Org: d.org.ID, Kind: "event.refused", Text: refusedText(n)}, d.senders(letters)...)
}

func refusedText(n int) huifang.Text {
	return huifang.Textf("%d 个已接收的事件无法生成回访，请查看原因并处理（接口 /inbox/refused，命令 event refused）",
		"%d received events could not be planned; see why and settle them (/inbox/refused, or the command event refused)", n)
}

// senders are the active members of staff who may send events of the units of
// some letters.
func (d *directory) senders(letters []opened) []huifang.ID {
	var out []huifang.ID
	for _, s := range d.staff {
		actor := d.actor(s)
		if !s.Active || !actor.Can(huifang.PermEventIngest) {
			continue
		}
		for i := range letters {
			if actor.InUnit(letters[i].event(d).Unit) {
				out = append(out, s.ID)
				break
			}
		}
	}
	return out
}

// Standing is how far an event came that was acknowledged.
type Standing struct {
	Event *huifang.Event
	State IngestStatus   // "" once it is planned; IngestReceived, IngestRejected
	Fault *huifang.Error // why it was rejected
}

// EventStanding is one event like Event, also one that is not planned yet, or
// could not be. One that was known already is the event it was.
func (a *App) EventStanding(ctx context.Context, actor *huifang.Actor, id huifang.ID) (Standing, error) {
	ev, err := a.Event(ctx, actor, id)
	if huifang.CodeOf(err) != huifang.CodeNotFound {
		return Standing{Event: ev}, err
	}
	row, failed := a.reads().Received(ctx, actor.Org, id)
	switch {
	case huifang.CodeOf(failed) == huifang.CodeNotFound: // or it was planned this moment
		ev, err = a.Event(ctx, actor, id)
		return Standing{Event: ev}, err
	case failed != nil:
		return Standing{}, failed
	case row.Event != "":
		ev, err = a.Event(ctx, actor, row.Event)
		return Standing{Event: ev}, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return Standing{}, err
	}
	l := open(row)
	out := Standing{Event: l.event(d), State: IngestReceived}
	if err := actor.RequireIn(huifang.PermContactRead, actor.Org, out.Event.Unit); err != nil {
		return Standing{}, err
	}
	if out.Event = maskEvent(out.Event); row.Fault != "" {
		out.State, out.Fault = IngestRejected, l.fault()
	}
	return out, nil
}
