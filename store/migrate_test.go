package store_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"testing"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

func TestMigrate(t *testing.T) {
	for name, address := range map[string]string{"sqlite": storetest.SQLiteURL(t), "postgres": storetest.EmptyPostgresURL(t)} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			_, err := store.Open(ctx, store.Config{URL: address, Frozen: true})
			wantCode(t, err, huifang.CodeConflict, "store.older")
			from, to, err := store.Migrate(ctx, store.Config{URL: address})
			if err != nil || from != 0 || to < 1 {
				t.Fatalf("migrated %d → %d: %v", from, to, err)
			}
			again, same, err := store.Migrate(ctx, store.Config{URL: address})
			if err != nil || again != to || same != to {
				t.Fatalf("migrated again %d → %d: %v", again, same, err)
			}
			s := storetest.Open(t, store.Config{URL: address, Frozen: true})
			org := populate(t, s)

			// The next schema finds what this one kept.
			before := store.Dump(t, s)
			if err := store.MigrateFurther(ctx, s, store.Config{URL: address},
				"ALTER TABLE followup ADD COLUMN mood TEXT NOT NULL DEFAULT '';\nCREATE INDEX followup_mood ON followup (org_id, mood);\n"); err != nil {
				t.Fatal(err)
			}
			after := store.Dump(t, s)
			for table := range before {
				if table != "followup" && len(before[table]) != len(after[table]) {
					t.Errorf("%s changed", table)
				}
			}
			if len(after["followup"]) != 1 || after["followup"][0] != before["followup"][0]+`mood="" ` {
				t.Errorf("the follow-up became %s", after["followup"])
			}
			checkOrg(t, s, org)

			// Which this program then refuses to touch.
			_, err = store.Open(ctx, store.Config{URL: address})
			wantCode(t, err, huifang.CodeConflict, "store.newer")
			_, _, err = store.Migrate(ctx, store.Config{URL: address})
			wantCode(t, err, huifang.CodeConflict, "store.newer")

			// A migration that fails changes nothing.
			half := "CREATE TABLE half (org_id BYTEA NOT NULL PRIMARY KEY);\nINSERT INTO missing VALUES (1);\n"
			if err := store.MigrateFurther(ctx, s, store.Config{URL: address}, "", half); err == nil {
				t.Fatal("a broken migration succeeded")
			}
			whole := "CREATE TABLE half (org_id BYTEA NOT NULL PRIMARY KEY);\n"
			if err := store.MigrateFurther(ctx, s, store.Config{URL: address}, "", whole); err != nil {
				t.Fatalf("after a failed one: %v", err)
			}
		})
	}
}

var update = flag.Bool("update", false, "write the backup of the newest schema again, while it is not released")

// Data that every earlier schema wrote is still read, after the upgrade. The
// files are backups made when the schema was new; add one with every migration.
func TestUpgradeOldData(t *testing.T) {
	if *update {
		s := storetest.SQLite(t)
		populate(t, s)
		if err := os.WriteFile("testdata/schema-1.backup", backup(t, s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for file, number := range map[string]string{"testdata/schema-1.backup": "HF-2026-000001"} {
		old, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{storetest.SQLiteURL(t), storetest.EmptyPostgresURL(t)} {
			if err := store.Restore(context.Background(), store.Config{URL: address, Files: t.TempDir()}, bytes.NewReader(old)); err != nil {
				t.Fatal(err)
			}
			s := storetest.Open(t, store.Config{URL: address, Frozen: true})
			for table, n := range store.Counts(t, s) {
				if n == 0 {
					t.Errorf("%s is empty", table)
				}
			}
			for _, o := range must(s.View().Organizations(context.Background()))(t) {
				checkOrg(t, s, o.ID)
				f := must(s.View().FollowupByNumber(context.Background(), o.ID, number))(t)
				if len(f.Assignees) != 3 || f.Channels[0] != huifang.ChannelVisit {
					t.Errorf("read %+v", f)
				}
			}
		}
	}
}
