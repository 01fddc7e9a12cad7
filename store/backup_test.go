package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// populate keeps something in every table.
func populate(t *testing.T, s *store.Store) huifang.ID {
	t.Helper()
	ctx := context.Background()
	org := newOrg(t, s)
	unit, staff, role := filled[huifang.Unit](t), filled[huifang.Staff](t), filled[huifang.Role](t)
	unit.Parent, unit.Version, staff.Version, role.Version = "", 0, 0, 0
	contact, asset, enrollment := filled[huifang.Contact](t), filled[huifang.Asset](t), filled[huifang.Enrollment](t)
	contact.Version, asset.Version, enrollment.Row = 0, 0, 0
	f, action := fullFollowup(t, org), filled[huifang.Action](t)
	attempt, record, review := filled[huifang.Attempt](t), filled[huifang.Record](t), filled[huifang.Review](t)
	attempt.Followup, record.Followup, review.Followup = f.ID, f.ID, f.ID
	c, setting, mapping := filled[huifang.Case](t), filled[huifang.ProgramSetting](t), filled[huifang.Mapping](t)
	action.Case, action.Version, setting.Row, mapping.Row = c.ID, 0, 0, 0
	credential, session := filled[huifang.Credential](t), filled[huifang.Session](t)
	credential.Staff, session.Staff = staff.ID, staff.ID
	imported, reject := filled[huifang.Import](t), filled[huifang.ImportReject](t)
	reject.Import = imported.ID
	event, token, recurrence, notPlanned := filled[huifang.Event](t), filled[huifang.Token](t), filled[huifang.Recurrence](t), filled[huifang.NotPlanned](t)
	alert, version, frozen, idempotency := filled[huifang.Alert](t), filled[huifang.ProgramVersion](t), filled[huifang.Frozen](t), filled[huifang.Idempotency](t)
	preference, file, use := filled[huifang.Preference](t), filled[huifang.File](t), filled[huifang.FileUse](t)
	file.Hash = must(s.Blobs().Put(strings.NewReader("内容")))(t)
	use.Hash = file.Hash
	link, sender, message := filled[huifang.SurveyLink](t), filled[huifang.Sender](t), filled[huifang.Message](t)
	template, webhook, delivery := filled[huifang.MessageTemplate](t), filled[huifang.Webhook](t), filled[huifang.WebhookDelivery](t)
	link.Followup, delivery.Webhook = f.ID, webhook.ID
	sender.Version, message.Row, template.Row, webhook.Version, delivery.Row = 0, 0, 0, 0, 0
	alias, distinct := filled[huifang.Alias](t), filled[huifang.Distinct](t)
	audit, job := filled[huifang.AuditEntry](t), newJob(org, noon, "u")
	for _, v := range []any{
		unit, staff, role, contact, asset, enrollment, action, attempt, record, review, c, setting, mapping, credential, session, imported, reject, event,
		token, recurrence, notPlanned, alert, version, frozen, idempotency, audit, preference, file, use,
		link, sender, message, template, webhook, delivery, alias, distinct,
	} {
		reflect.ValueOf(v).Elem().FieldByName("Org").SetString(string(org))
	}
	waiting, refused := filled[huifang.Received](t), filled[huifang.Received](t)
	waiting.Org, refused.Org = org, org
	write(t, s, func(tx *store.Tx) error {
		_, eventErr := tx.InsertEvents(ctx, event)
		_, recurrenceErr := tx.FlagRecurrence(ctx, recurrence)
		_, messageErr := tx.InsertMessage(ctx, message)
		_, leaseErr := tx.LeaseInbox(ctx, org, newID(), noon, noon.Add(time.Minute))
		return errors.Join(eventErr, recurrenceErr, messageErr,
			tx.SaveUnit(ctx, unit), tx.SaveStaff(ctx, staff), tx.SaveRole(ctx, role), tx.SaveCredential(ctx, credential), tx.InsertSession(ctx, session),
			tx.InsertToken(ctx, token), tx.SaveContact(ctx, contact), tx.SaveAsset(ctx, asset), tx.SaveEnrollment(ctx, enrollment),
			tx.InsertFollowups(ctx, 2026, f), tx.InsertAttempt(ctx, attempt), tx.InsertRecord(ctx, record), tx.InsertReview(ctx, review),
			tx.InsertNotPlanned(ctx, notPlanned), tx.InsertCase(ctx, 2026, c), tx.SaveAction(ctx, action), tx.InsertAlerts(ctx, alert),
			tx.SaveProgramVersion(ctx, version), tx.SaveProgramSetting(ctx, setting), tx.SaveImport(ctx, imported), tx.InsertImportRejects(ctx, reject),
			tx.SaveMapping(ctx, mapping), tx.InsertIdempotency(ctx, idempotency), tx.Enqueue(ctx, job), tx.Audit(ctx, audit), tx.FreezeMonth(ctx, frozen),
			tx.SavePreference(ctx, preference), tx.SaveFile(ctx, file), tx.AttachFile(ctx, use),
			tx.InsertSurveyLink(ctx, link), tx.SaveSender(ctx, sender), tx.SaveMessageTemplate(ctx, template), tx.SaveWebhook(ctx, webhook),
			tx.SaveDelivery(ctx, delivery), tx.InsertAlias(ctx, alias), tx.SaveDistinct(ctx, *distinct),
			tx.Receive(ctx, waiting), tx.KeepReceived(ctx, refused), leaseErr,
		)
	})
	return org
}

func backup(t *testing.T, s *store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Backup(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A backup of either database restores into either, with every table whole: the
// backup of the restored one is the same again.
func TestBackupCrosses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, from *store.Store) {
		ctx := context.Background()
		org := populate(t, from)
		for table, n := range store.Counts(t, from) {
			if n == 0 {
				t.Errorf("nothing in %s to back up", table)
			}
		}
		saved := backup(t, from)
		for name, url := range map[string]string{
			"new sqlite": storetest.SQLiteURL(t), "new postgres": storetest.EmptyPostgresURL(t), "migrated postgres": storetest.PostgresURL(t),
		} {
			if err := store.Restore(ctx, store.Config{URL: url, Files: t.TempDir()}, bytes.NewReader(saved)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			to := storetest.Open(t, store.Config{URL: url})
			same(t, store.Dump(t, to), store.Dump(t, from))
			checkOrg(t, to, org)
			write(t, to, func(tx *store.Tx) error { return insertEvent(tx, newEvent(org)) }) // it lives
			wantCode(t, store.Restore(ctx, store.Config{URL: url, Files: t.TempDir()}, bytes.NewReader(saved)), huifang.CodeConflict, "restore.not_empty")
		}
	})
}

func TestBackupDamaged(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		ctx := context.Background()
		from := storetest.SQLite(t)
		populate(t, from)
		saved := backup(t, from)
		restore := func(b []byte) error {
			return store.Restore(ctx, store.Config{URL: url, Files: t.TempDir()}, bytes.NewReader(b))
		}
		for n := 0; n < len(saved); n += max(1, len(saved)/40) {
			if err := restore(saved[:n]); huifang.CodeOf(err) != huifang.CodeInvalid {
				t.Fatalf("cut at %d of %d: %v", n, len(saved), err)
			}
		}
		wantCode(t, restore(saved[:len(saved)-1]), huifang.CodeInvalid, "")
		for n := 8; n < len(saved); n += max(1, len(saved)/40) {
			bad := slices.Clone(saved)
			bad[n] ^= 0x10
			if err := restore(bad); huifang.CodeOf(err) != huifang.CodeInvalid {
				t.Fatalf("a flipped bit at %d of %d: %v", n, len(saved), err)
			}
		}
		wantCode(t, restore([]byte("id,name\n")), huifang.CodeInvalid, "backup.format")
		wantCode(t, restore(slices.Concat(saved, saved)), huifang.CodeInvalid, "backup.damaged")
		// After all that the database is still empty and takes the whole one.
		if err := restore(saved); err != nil {
			t.Fatal(err)
		}
	})
}

// A backup taken while clients write is one consistent state: every event has
// its follow-up, numbers have no gaps, the rollup fits.
func TestBackupUnderLoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		org := newOrg(t, s)
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					e := newEvent(org)
					f := &huifang.Followup{Org: org, ID: newID(), Event: e.ID, State: huifang.StatePlanned, OpensAt: noon, ClosesAt: noon, DueMonth: 202603}
					if err := s.Write(ctx, func(tx *store.Tx) error {
						return errors.Join(insertEvent(tx, e), tx.InsertFollowups(ctx, 2026, f))
					}); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		time.Sleep(50 * time.Millisecond)
		saved := backup(t, s)
		close(stop)
		wg.Wait()
		url := storetest.SQLiteURL(t)
		if err := store.Restore(ctx, store.Config{URL: url, Files: t.TempDir()}, bytes.NewReader(saved)); err != nil {
			t.Fatal(err)
		}
		to := storetest.Open(t, store.Config{URL: url})
		checkOrg(t, to, org)
		var numbers []string
		if err := to.View().EachFollowup(ctx, org, store.FollowupFilter{}, func(f *huifang.Followup) error {
			numbers = append(numbers, f.Number)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		checkNumbers(t, numbers)
		if n := store.Counts(t, to)["event"]; n != int64(len(numbers)) || n == 0 {
			t.Fatalf("%d events and %d follow-ups", n, len(numbers))
		}
	})
}

// A disk that fills up while the backup is written is an error, not a short
// backup.
func TestBackupWriteError(t *testing.T) {
	s := storetest.SQLite(t)
	populate(t, s)
	err := s.Backup(context.Background(), brokenWriter{})
	if err == nil || !strings.Contains(err.Error(), io.ErrShortWrite.Error()) {
		t.Fatalf("got %v", err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
