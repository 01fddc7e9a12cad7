package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// pageSize is what a worklist shows at a time.
const pageSize = 50

// worklist is one way to look at follow-ups; i varies what is asked for.
type worklist struct {
	name   string
	filter func(i int) store.FollowupFilter
	deep   bool // from a page far behind the first
}

func worklists() []worklist {
	now := huifang.Date(madeToday).At(0, time.UTC)
	open := []huifang.State{huifang.StatePlanned, huifang.StateOverdue}
	return []worklist{
		{name: "open ones of three units", filter: func(i int) store.FollowupFilter {
			return store.FollowupFilter{Now: now, States: open, Units: []huifang.ID{unitAt(i), unitAt(i + 7), unitAt(i + 31)}}
		}},
		{name: "a person's own open ones", filter: func(i int) store.FollowupFilter {
			return store.FollowupFilter{Now: now, States: open, Assignee: madeID(madeStaff, i%(madeUnits*madeLeads))}
		}},
		{name: "overdue ones of every unit, a far page", deep: true, filter: func(int) store.FollowupFilter {
			return store.FollowupFilter{Now: now, States: []huifang.State{huifang.StateOverdue}}
		}},
		{name: "a month's dissatisfied ones of a unit", filter: func(i int) store.FollowupFilter {
			return store.FollowupFilter{Now: now, Month: months()[i%len(months())], Units: []huifang.ID{unitAt(i)}, Satisfied: []huifang.Verdict{huifang.VerdictDissatisfied}}
		}},
		{name: "a month's late ones of a unit", filter: func(i int) store.FollowupFilter {
			late := false
			return store.FollowupFilter{Now: now, Month: months()[i%len(months())], Units: []huifang.ID{unitAt(i)}, OnTime: &late}
		}},
	}
}

func unitAt(i int) huifang.ID { return madeID(madeUnit, i%madeUnits) }

// pages reads pages of worklists, and the same rows by their keys.
func (l *listed) pages(ctx context.Context) ([]Row, error) {
	var out []Row
	for _, w := range worklists() {
		asked, err := l.ask(ctx, w)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
		got, err := takeTurns(ctx, l.rounds,
			contender{"page", func(ctx context.Context) (float64, error) { return l.readPages(ctx, asked) }},
			contender{"the same rows by key", func(ctx context.Context) (float64, error) { return l.readKeys(ctx, asked) }},
		)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
		n := 0
		for _, a := range asked {
			n += len(a.ids)
		}
		out = append(out, compared("worklist page: "+w.name, "s", got[0], got[1], atMost(3)).
			noted("%d rows a page on average; the driver alone fetches the same rows by their keys in one statement.", n/len(asked)))
	}
	return out, nil
}

// asking is one page to read, and the rows that are on it.
type asking struct {
	filter store.FollowupFilter
	page   store.Page
	ids    []huifang.ID
}

// variations is how many different pages are read in a round.
const variations = 60

func (l *listed) ask(ctx context.Context, w worklist) ([]asking, error) {
	var out []asking
	for i := range variations {
		a := asking{filter: w.filter(i), page: store.Page{Limit: pageSize}}
		for range 40 {
			found, err := l.store.View().Followups(ctx, madeID(madeOrg, 1), a.filter, store.ByCloses, a.page)
			if err != nil {
				return nil, err
			}
			a.ids = a.ids[:0]
			for _, f := range found.Items {
				a.ids = append(a.ids, f.ID)
			}
			if !w.deep || found.Next == "" || i == 0 {
				break
			}
			a.page.After = found.Next
		}
		if len(a.ids) > 0 {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no page has rows")
	}
	return out, nil
}

func (l *listed) readPages(ctx context.Context, asked []asking) (float64, error) {
	began := time.Now()
	for _, a := range asked {
		found, err := l.store.View().Followups(ctx, madeID(madeOrg, 1), a.filter, store.ByCloses, a.page)
		if err != nil {
			return 0, err
		}
		if len(found.Items) != len(a.ids) {
			return 0, fmt.Errorf("%d rows, %d before", len(found.Items), len(a.ids))
		}
	}
	return time.Since(began).Seconds() / float64(len(asked)), nil
}

// listColumns are the columns that a page of follow-ups brings.
const listColumns = `number, program, version, enrollment_id, step, occurrence, event_id, contact_id, asset_id, unit_id, department, matter, opens_on, opens_clock,
closes_on, closes_clock, opens_at, closes_at, due_month, assignees, lead_id, channels, form, form_version, script, state, late, reason, taken_by,
taken_at, returned_at, attempts, next_try, done_at, done_by, score, scored, satisfied, review, case_id, created, org_id, id, rev`

// readKeys fetches rows by key, one statement a page.
func (l *listed) readKeys(ctx context.Context, asked []asking) (float64, error) {
	statements := map[int]*sql.Stmt{}
	defer func() {
		for _, s := range statements {
			_ = s.Close() // only read
		}
	}()
	began := time.Now()
	for _, a := range asked {
		s := statements[len(a.ids)]
		if s == nil {
			places := make([]string, len(a.ids))
			for i := range places {
				places[i] = "$" + strconv.Itoa(i+2)
			}
			text := fmt.Sprintf("SELECT %s FROM followup WHERE org_id = $1 AND id IN (%s)", listColumns, strings.Join(places, ",")) //nolint:gosec // places only
			var err error
			s, err = l.db.PrepareContext(ctx, text)
			if err != nil {
				return 0, err
			}
			statements[len(a.ids)] = s
		}
		if err := fetch(ctx, s, a.ids); err != nil {
			return 0, err
		}
	}
	return time.Since(began).Seconds() / float64(len(asked)), nil
}

func fetch(ctx context.Context, s *sql.Stmt, ids []huifang.ID) error {
	org, _ := madeID(madeOrg, 1).Bytes()
	args := []any{org[:]}
	for _, id := range ids {
		raw, _ := id.Bytes()
		args = append(args, raw[:])
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err is looked at
	values := make([]any, strings.Count(listColumns, ",")+1)
	for i := range values {
		values[i] = new(any)
	}
	n := 0
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
		n++
	}
	if n != len(ids) {
		return fmt.Errorf("%d rows of %d keys", n, len(ids))
	}
	return rows.Err()
}
