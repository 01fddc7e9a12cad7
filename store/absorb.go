package store

import (
	"context"
	"slices"

	"github.com/huifang/huifang"
)

// A contact that was merged into another is absorbed: every row that names it
// names the other from then on.
const (
	sqlNotPlannedOfContact = `UPDATE not_planned SET contact_id = $1 WHERE org_id = $2 AND contact_id = $3
AND event_id IN (SELECT id FROM event WHERE org_id = $4 AND contact_id = $5)`
	sqlNotPlannedOfAsset = `UPDATE not_planned SET asset_id = $1 WHERE org_id = $2 AND asset_id = $3
AND event_id IN (SELECT id FROM event WHERE org_id = $4 AND asset_id = $5)`
	sqlEventsOfContact    = "UPDATE event SET contact_id = $1 WHERE org_id = $2 AND contact_id = $3"
	sqlEventsOfAsset      = "UPDATE event SET asset_id = $1 WHERE org_id = $2 AND asset_id = $3"
	sqlFollowupsOfContact = "UPDATE followup SET contact_id = $1, rev = rev + 1 WHERE org_id = $2 AND contact_id = $3"
	sqlFollowupsOfAsset   = "UPDATE followup SET asset_id = $1, rev = rev + 1 WHERE org_id = $2 AND asset_id = $3"
	sqlCasesOfContact     = "UPDATE case_file SET contact_id = $1, rev = rev + 1 WHERE org_id = $2 AND contact_id = $3"
	sqlCasesOfAsset       = "UPDATE case_file SET asset_id = $1, rev = rev + 1 WHERE org_id = $2 AND asset_id = $3"
	sqlAssetsOfContact    = "UPDATE asset SET contact_id = $1, rev = rev + 1 WHERE org_id = $2 AND contact_id = $3"
	sqlMessagesOfContact  = "UPDATE message SET contact_id = $1 WHERE org_id = $2 AND contact_id = $3"

	sqlCountEventsOfContact    = "SELECT COUNT(*) FROM (SELECT 1 FROM event WHERE org_id = $1 AND contact_id = $2 LIMIT $3) AS found"
	sqlCountEventsOfAsset      = "SELECT COUNT(*) FROM (SELECT 1 FROM event WHERE org_id = $1 AND asset_id = $2 LIMIT $3) AS found"
	sqlCountFollowupsOfContact = "SELECT COUNT(*) FROM (SELECT 1 FROM followup WHERE org_id = $1 AND contact_id = $2 LIMIT $3) AS found"
	sqlCountFollowupsOfAsset   = "SELECT COUNT(*) FROM (SELECT 1 FROM followup WHERE org_id = $1 AND asset_id = $2 LIMIT $3) AS found"
	sqlCountCasesOfContact     = "SELECT COUNT(*) FROM (SELECT 1 FROM case_file WHERE org_id = $1 AND contact_id = $2 LIMIT $3) AS found"
	sqlCountCasesOfAsset       = "SELECT COUNT(*) FROM (SELECT 1 FROM case_file WHERE org_id = $1 AND asset_id = $2 LIMIT $3) AS found"
	sqlCountAssetsOfContact    = "SELECT COUNT(*) FROM (SELECT 1 FROM asset WHERE org_id = $1 AND contact_id = $2 LIMIT $3) AS found"

	sqlEnrollmentsOfContact = "SELECT DISTINCT enrollment_id FROM followup WHERE org_id = $1 AND contact_id = $2 AND enrollment_id IS NOT NULL"
	sqlEnrollmentsOfAsset   = "SELECT DISTINCT enrollment_id FROM followup WHERE org_id = $1 AND asset_id = $2 AND enrollment_id IS NOT NULL"
	sqlEnrollmentsByID      = "SELECT " + enrollmentColumns + " FROM enrollment WHERE org_id = $1 AND id IN (?)"
	sqlEnrollmentDelete     = "DELETE FROM enrollment WHERE org_id = $1 AND id = $2 AND rev = $3"
	sqlNotPlannedRehome     = "UPDATE not_planned SET enrollment_id = $1 WHERE org_id = $2 AND enrollment_id = $3"
	sqlFollowupRehome       = "UPDATE followup SET enrollment_id = $1, occurrence = $2, rev = rev + 1 WHERE org_id = $3 AND id = $4"

	sqlContactDelete = "DELETE FROM contact WHERE org_id = $1 AND id = $2 AND rev = $3"
	sqlAssetDelete   = "DELETE FROM asset WHERE org_id = $1 AND id = $2 AND rev = $3"

	sqlRecurrencesOf    = "SELECT " + recurrenceColumns + " FROM recurrence WHERE org_id = $1 AND kind = $2 AND subject_id IN ($3, $4) ORDER BY id"
	sqlRecurrenceMove   = "UPDATE recurrence SET subject_id = $1, rev = rev + 1 WHERE org_id = $2 AND id = $3"
	sqlRecurrenceUnite  = "UPDATE recurrence SET count = $1, events = $2, rev = rev + 1 WHERE org_id = $3 AND id = $4"
	sqlRecurrenceDelete = "DELETE FROM recurrence WHERE org_id = $1 AND id = $2"
)

// Holdings counts what names a contact or asset.
type Holdings struct {
	Events    int
	Followups int
	Cases     int
	Assets    int // of a contact
}

// absorbing are the statements of one kind of subject, in their order.
func absorbing(kind string) (count [4]string, first string, move []string) {
	if kind == huifang.KindAsset {
		return [4]string{sqlCountEventsOfAsset, sqlCountFollowupsOfAsset, sqlCountCasesOfAsset, ""}, sqlNotPlannedOfAsset,
			[]string{sqlEventsOfAsset, sqlFollowupsOfAsset, sqlCasesOfAsset}
	}
	return [4]string{sqlCountEventsOfContact, sqlCountFollowupsOfContact, sqlCountCasesOfContact, sqlCountAssetsOfContact}, sqlNotPlannedOfContact,
		[]string{sqlEventsOfContact, sqlFollowupsOfContact, sqlCasesOfContact, sqlAssetsOfContact, sqlMessagesOfContact}
}

// Holdings counts what names a contact or asset, each up to limit: that many
// means as many or more.
func (q *Reads) Holdings(ctx context.Context, org huifang.ID, kind string, id huifang.ID, limit int) (h Holdings, err error) {
	count, _, _ := absorbing(kind)
	for i, into := range []*int{&h.Events, &h.Followups, &h.Cases, &h.Assets} {
		if count[i] == "" {
			continue
		}
		n, err := number(ctx, q, count[i], org, id, limit)
		if err != nil {
			return h, err
		}
		*into = int(n)
	}
	return h, nil
}

// EnrollmentsAbout lists the enrollments that concern a contact or asset:
// active ones, and ended ones that planned something.
func (q *Reads) EnrollmentsAbout(ctx context.Context, org huifang.ID, kind string, id huifang.ID) ([]*huifang.Enrollment, error) {
	contact, asset, sql := id, huifang.ID(""), sqlEnrollmentsOfContact
	if kind == huifang.KindAsset {
		contact, asset, sql = "", id, sqlEnrollmentsOfAsset
	}
	out, err := q.ActiveEnrollments(ctx, org, contact, asset, nil)
	if err != nil {
		return nil, err
	}
	ids, err := list(ctx, q, (*row).id, sql, org, id)
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id huifang.ID) bool {
		return slices.ContainsFunc(out, func(e *huifang.Enrollment) bool { return e.ID == id })
	})
	err = eachKey(ctx, q, sqlEnrollmentsByID, []any{org}, ids, func(r *row) error {
		if e := scanEnrollment(r); !slices.ContainsFunc(out, func(o *huifang.Enrollment) bool { return o.ID == e.ID }) {
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// Absorb has everything that names a contact or asset name another: events,
// follow-ups, refusals, cases, recurrences, messages, of a contact its assets,
// and what was said of it not being somebody else. Enrollments are left: their
// states name subjects too. Rows that the closure has read before are stale.
func (tx *Tx) Absorb(ctx context.Context, org huifang.ID, kind string, from, to huifang.ID) error {
	_, first, move := absorbing(kind)
	if err := tx.put(ctx, first, to, org, from, org, from); err != nil {
		return err
	}
	for _, sql := range move {
		if err := tx.put(ctx, sql, to, org, from); err != nil {
			return err
		}
	}
	clear(tx.seen)
	if err := tx.moveRecurrences(ctx, org, kind, from, to); err != nil {
		return err
	}
	return tx.moveDistincts(ctx, org, kind, from, to)
}

// moveRecurrences unites what was flagged of both; of two decisions the
// survivor's stays, and the other's takes its place where that has none.
func (tx *Tx) moveRecurrences(ctx context.Context, org huifang.ID, kind string, from, to huifang.ID) error {
	all, err := list(ctx, &tx.Reads, scanRecurrence, sqlRecurrencesOf, org, kind, from, to)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Subject != from {
			continue
		}
		at := slices.IndexFunc(all, func(o *huifang.Recurrence) bool {
			return o.Subject == to && o.Rule == r.Rule && o.Matter == r.Matter && o.Month == r.Month
		})
		if at < 0 {
			if err := tx.put(ctx, sqlRecurrenceMove, to, org, r.ID); err != nil {
				return err
			}
			continue
		}
		if err := tx.uniteRecurrences(ctx, all[at], r); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) uniteRecurrences(ctx context.Context, keep, gone *huifang.Recurrence) error {
	for _, ev := range gone.Events {
		if !slices.Contains(keep.Events, ev) {
			keep.Events = append(keep.Events, ev)
		}
	}
	if keep.Decision == "" && gone.Decision != "" {
		keep.Decision, keep.Decided, keep.By, keep.Opinion, keep.Case = gone.Decision, gone.Decided, gone.By, gone.Opinion, gone.Case
		if err := tx.UpdateRecurrence(ctx, keep); err != nil {
			return err
		}
	}
	if err := tx.put(ctx, sqlRecurrenceUnite, len(keep.Events), asJSON{keep.Events}, keep.Org, keep.ID); err != nil {
		return err
	}
	return tx.put(ctx, sqlRecurrenceDelete, gone.Org, gone.ID)
}

// RehomeFollowup gives a follow-up to another enrollment under a new occurrence.
func (tx *Tx) RehomeFollowup(ctx context.Context, org, followup, enrollment huifang.ID, occurrence int) error {
	delete(tx.seen, followup)
	return tx.put(ctx, sqlFollowupRehome, enrollment, occurrence, org, followup)
}

// DeleteEnrollment removes an enrollment whose follow-ups have all been given to
// another, which takes over its refusals (stale Row: conflict).
func (tx *Tx) DeleteEnrollment(ctx context.Context, e *huifang.Enrollment, heir huifang.ID) error {
	if err := tx.put(ctx, sqlNotPlannedRehome, heir, e.Org, e.ID); err != nil {
		return err
	}
	return tx.check(ctx, changed, sqlEnrollmentDelete, e.Org, e.ID, e.Row)
}

// DeleteContact removes a contact that nothing names any more (stale Version:
// conflict).
func (tx *Tx) DeleteContact(ctx context.Context, c *huifang.Contact) error {
	if err := tx.put(ctx, sqlContactPhoneDelete, c.Org, c.ID); err != nil {
		return err
	}
	return tx.check(ctx, changed, sqlContactDelete, c.Org, c.ID, c.Version)
}

// DeleteAsset removes an asset that nothing names any more (stale Version:
// conflict).
func (tx *Tx) DeleteAsset(ctx context.Context, a *huifang.Asset) error {
	return tx.check(ctx, changed, sqlAssetDelete, a.Org, a.ID, a.Version)
}
