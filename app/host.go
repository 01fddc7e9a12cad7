package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/store"
)

// host keeps enrollments for the engine during one unit of work: it reads what
// the engine asks for, remembers it, and gathers what is to be written until
// flush. It belongs to one goroutine and one run of a transaction's closure.
//
// Ahead of a transaction (ahead true) it works on what is known to be new and
// refuses to read anything another writer could change meanwhile: errAhead
// sends the caller into the transaction. So the ordinary event, which only
// starts programs of its own, costs the writer nothing but its inserts.
type host struct {
	ctx   context.Context //nolint:containedctx // plan.Host's methods have none, and a host lives within one call
	app   *App
	d     *directory
	q     *store.Reads
	tx    *store.Tx // nil ahead of a transaction, and where nothing is written
	ahead bool
	now   time.Time // when the work is really done; env.Now may be earlier
	env   plan.Env
	run   plan.Runner

	contacts    map[huifang.ID]*huifang.Contact
	assets      map[huifang.ID]*huifang.Asset
	gated       map[huifang.ID]bool
	owned       map[huifang.ID]bool // contacts and assets read to be changed
	newborn     map[huifang.ID]bool // events, contacts, assets that are new: nothing is stored about them
	enrollments map[subjectKey]*plan.Enrollment
	asked       map[subjectKey]bool // looked up, or all of a subject's in a program loaded
	related     map[subjectKey][]*plan.Enrollment
	loaded      map[subjectKey]bool
	followups   map[huifang.ID]*huifang.Followup
	batch       []*huifang.Event // of this unit of work, for starts that come after them
	weighed     bool             // Roster.Load is filled in
	full        bool             // note conditions that do not hold, too: for explanations

	lent     *lent                // contacts and assets that ingestion found; nil elsewhere
	versions map[huifang.ID]int64 // row versions of contacts and assets after flush

	cancelReason string // in place of the engine's, while a correction withdraws follow-ups
	out          changes
}

// subjectKey is a program and what an enrollment in it is about.
type subjectKey struct {
	program string
	id      huifang.ID
}

// errAhead says that the work needs a transaction to read in.
var errAhead = errors.New("app: to be done inside the transaction")

func (a *App) newHost(ctx context.Context, q *store.Reads, d *directory, now time.Time) *host {
	h := &host{
		ctx: ctx, app: a, d: d, q: q, now: now,
		contacts: map[huifang.ID]*huifang.Contact{}, assets: map[huifang.ID]*huifang.Asset{},
		newborn: map[huifang.ID]bool{}, enrollments: map[subjectKey]*plan.Enrollment{},
	}
	h.env = plan.Env{Now: now, Roster: d.roster.Fork()}
	h.run = plan.Runner{Set: d.set, Host: h}
	return h
}

// hostIn is a host within a transaction.
func (a *App) hostIn(ctx context.Context, tx *store.Tx, d *directory, now time.Time) *host {
	h := a.newHost(ctx, &tx.Reads, d, now)
	h.tx = tx
	return h
}

// subject is an enrollment's identity.
func subject(e *plan.Enrollment) subjectKey { return subjectKey{e.Program, e.Key} }

// Enrollment is part of plan.Host.
func (h *host) Enrollment(program string, key huifang.ID) (*plan.Enrollment, error) {
	k := subjectKey{program, key}
	if e := h.enrollments[k]; e != nil || h.newborn[key] || h.asked[k] {
		return e, nil
	}
	if h.ahead {
		return nil, errAhead
	}
	note(&h.asked, k)
	row, err := h.q.EnrollmentByKey(h.ctx, h.d.org.ID, program, key)
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		return nil, nil //nolint:nilnil // plan.Host: nil when there is none
	}
	if err != nil {
		return nil, err
	}
	return h.keep(row)
}

func note[K comparable](set *map[K]bool, k K) {
	if *set == nil {
		*set = map[K]bool{}
	}
	(*set)[k] = true
}

// keep takes a stored enrollment into the unit of work; one that is there
// already stays as it is. What it should have been woken for before now it is
// woken for first, so that a tick that comes late changes nothing.
func (h *host) keep(row *huifang.Enrollment) (*plan.Enrollment, error) {
	if e := h.enrollments[subjectKey{row.Program, row.Key}]; e != nil {
		return e, nil
	}
	e, err := h.adopt(row)
	if err != nil || e.Wake.IsZero() || e.Wake.After(h.env.Now) {
		return e, err
	}
	runner, env := h.run, h.env
	defer func() { h.run, h.env = runner, env }()
	h.run = plan.Runner{Set: h.d.set, Host: h}
	due := wakes{{e: e}}
	return e, h.wakeDue(due, env.Now)
}

// adopt is keep without waking.
func (h *host) adopt(row *huifang.Enrollment) (*plan.Enrollment, error) {
	state, same, err := h.d.decodeState(row.Program, row.State)
	if err != nil {
		return nil, &huifang.Error{
			Code: huifang.CodeInternal, Reason: "enrollment.damaged", Err: err,
			Message: huifang.Textf("入组 %s 的状态无法读取", "the state of enrollment %s cannot be read", row.ID),
		}
	}
	e := &plan.Enrollment{
		ID: row.ID, Program: row.Program, Key: row.Key, Contact: row.Contact, Asset: row.Asset, Unit: row.Unit,
		State: state, Wake: row.WakeAt, Active: row.Active, Row: row.Row,
	}
	h.remember(e)
	if !same && !h.ahead {
		return e, h.recount(e)
	}
	return e, nil
}

// remember takes an enrollment into the unit of work.
func (h *host) remember(e *plan.Enrollment) {
	h.enrollments[subject(e)] = e
	if h.related != nil {
		h.index(e)
	}
}

// index finds an enrollment by its contact and asset.
func (h *host) index(e *plan.Enrollment) {
	for _, id := range []huifang.ID{e.Contact, e.Asset} {
		if id != "" {
			k := subjectKey{e.Program, id}
			h.related[k] = append(h.related[k], e)
		}
	}
}

// Related is part of plan.Host.
func (h *host) Related(program string, contact, asset huifang.ID) ([]*plan.Enrollment, error) {
	if h.related == nil { // the ordinary event never asks
		h.related = map[subjectKey][]*plan.Enrollment{}
		for _, e := range h.enrollments {
			h.index(e)
		}
	}
	var out []*plan.Enrollment
	for i, id := range []huifang.ID{contact, asset} {
		if id == "" {
			continue
		}
		k := subjectKey{program, id}
		if !h.newborn[id] && !h.loaded[k] {
			if err := h.load(k, i == 1); err != nil {
				return nil, err
			}
		}
		for _, e := range h.related[k] {
			if e.Active && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b *plan.Enrollment) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, nil
}

// load reads the active enrollments of a program that concern a contact, or an
// asset.
func (h *host) load(k subjectKey, asset bool) error {
	if h.ahead {
		return errAhead
	}
	contact, as := k.id, huifang.ID("")
	if asset {
		contact, as = as, contact
	}
	rows, err := h.q.ActiveEnrollments(h.ctx, h.d.org.ID, contact, as, []string{k.program})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := h.keep(row); err != nil {
			return err
		}
	}
	note(&h.loaded, k)
	return nil
}
