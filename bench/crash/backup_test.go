package crash

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/huifang/huifang/bench/ground"
)

// TestKilledBackup: a backup is taken while events come in, and killed. What it
// leaves is a whole backup under its name, which restores to a consistent
// state, or a part of one under another, which is refused, unless it was killed
// when only the name was wanting.
func TestKilledBackup(t *testing.T) {
	t.Parallel()
	each(t, customers, func(t *testing.T, v *victim) {
		db := v.copy(v.base)
		s := &senders{victim: v, most: 1500}
		p := v.start(db)
		v.check(<-s.send(p, 8))
		s.mu.Lock()
		s.most = 1 << 30
		s.mu.Unlock()
		load := s.send(p, 1)
		longest := v.backup(db, s)
		whole, partial := 0, 0
		for v.killed < *kills {
			sure := s.sure()
			file := filepath.Join(t.TempDir(), "huifang.backup")
			cmd := exec.CommandContext(t.Context(), binary, "backup", "--database", db.URL, file)
			v.check(cmd.Start())
			v.moment(longest)
			_ = cmd.Process.Kill() // it may be done
			_ = cmd.Wait()
			v.killed++
			left, err := filepath.Glob(file + "*")
			v.check(err)
			for _, name := range left {
				if v.restored(name, sure, name == file) {
					whole++
				} else {
					partial++
				}
			}
		}
		p.Kill()
		v.check(<-load)
		t.Logf("%d whole, %d in part, longest %s", whole, partial, longest)
	})
}

// backup takes a backup in peace and gives the time it took.
func (v *victim) backup(db *ground.Database, s *senders) time.Duration {
	v.t.Helper()
	sure := s.sure()
	file := filepath.Join(v.t.TempDir(), "huifang.backup")
	began := time.Now()
	if out, err := exec.CommandContext(v.t.Context(), binary, "backup", "--database", db.URL, file).CombinedOutput(); err != nil {
		v.t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(began)
	v.restored(file, sure, true)
	return took
}

// restored restores a backup with the product's own command and looks at it: all
// events that were acknowledged before it began are in, each with its
// follow-up or waiting to be planned. One that need not be whole may be refused; then it says why and
// leaves nothing behind.
func (v *victim) restored(file string, sure int, whole bool) bool {
	v.t.Helper()
	d := v.fresh(v.base.Kind)
	out, err := exec.CommandContext(v.t.Context(), binary, "restore", "--database", d.URL, "--lang", "en", file).CombinedOutput()
	if err != nil {
		if whole || !strings.Contains(string(out), "backup") {
			v.t.Errorf("seed %d: %v: %s", v.seed, err, out)
		}
		v.check(d.Schema(v.t.Context())) // it may have none
		if n := v.count(d, "SELECT COUNT(*) FROM organization"); n != 0 {
			v.t.Errorf("seed %d: a refused backup left %d organizations", v.seed, n)
		}
		return false
	}
	events, followups := v.count(d, "SELECT COUNT(*) FROM event"), v.count(d, "SELECT COUNT(*) FROM followup")
	enrollments := v.count(d, "SELECT COUNT(*) FROM enrollment WHERE program <> ''")
	waiting := v.count(d, "SELECT COUNT(*) FROM inbox") // one that was known already may wait, too
	if events+waiting < sure || followups != events || enrollments != events {
		v.t.Errorf("seed %d: the backup has %d events (%d were acknowledged before), %d follow-ups, %d enrollments", v.seed, events, sure, followups, enrollments)
	}
	v.sound(d)
	return true
}
