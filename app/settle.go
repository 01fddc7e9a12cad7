package app

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// outcome is how a follow-up ended.
type outcome struct {
	State   huifang.State // completed, unreachable or waived
	At      time.Time
	Staff   huifang.ID
	Answers huifang.Attributes
	Reason  string
}

// settled is what followed from an outcome.
type settled struct {
	Cases   []*huifang.Case     // opened
	Planned []*huifang.Followup // created or moved
}

// settle takes the end of a follow-up through the engine in the caller's
// transaction: it appends the outcome event, sets f.State (and f.Case to the
// first case opened), saves f, and carries out what follows: cases, alerts,
// next follow-ups. The caller has loaded f in tx, authorised, and set every
// other field of f (DoneAt, DoneBy, Score, Satisfied, Reason …) before.
// A follow-up that ended before is a CodeConflict with reason
// followup.already_done and changes nothing.
func (a *App) settle(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup, o outcome) (settled, error) {
	return settled{}, huifang.Fail(huifang.CodeInternal, "settle", huifang.Text{})
}

// replan lets the engine look at an enrollment again after a person moved one
// of its follow-ups by hand: the engine leaves that window alone from then on
// and escalates by it. f.Window is the new window; f.OpensAt, ClosesAt and
// DueMonth are set from it, Late is cleared, and f is saved.
func (a *App) replan(ctx context.Context, tx *store.Tx, d *directory, f *huifang.Followup) error {
	return huifang.Fail(huifang.CodeInternal, "replan", huifang.Text{})
}

// deliver appends an event that a use case makes itself (case.resolved,
// contact.changed …) in the caller's transaction and takes it to every program
// that looks at its type, with all that follows. ev.ID, Org and Received are
// set; an empty Key becomes the ID. For contact.changed and asset.changed the
// caller has saved the contact or asset already.
func (a *App) deliver(ctx context.Context, tx *store.Tx, d *directory, ev *huifang.Event) error {
	return huifang.Fail(huifang.CodeInternal, "deliver", huifang.Text{})
}
