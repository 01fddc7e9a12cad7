package crash

import (
	"testing"
	"time"

	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
)

// due is how many enrollments wait to be woken.
const due = 3000

// TestKilledTick: after three weeks of standstill the server finds many windows
// closed; it marks them late, alerts supervisors and heads, each once.
func TestKilledTick(t *testing.T) {
	t.Parallel()
	each(t, customers, func(t *testing.T, v *victim) {
		asleep := v.copy(v.base)
		then := func() time.Time { return time.Now().AddDate(0, 0, -21) }
		v.open(asleep, then, func(c *ground.Company) error {
			events := make([]app.EventInput, due)
			for i := range events {
				events[i] = ground.Event(5*i+3, customers, then().AddDate(0, 0, -1)) // complaints, repairs
			}
			_, err := c.App.Ingest(t.Context(), c.Actor, events, app.IngestOptions{})
			return err
		})
		want := v.copy(asleep)
		began := time.Now()
		v.open(want, time.Now, func(c *ground.Company) error {
			for {
				n, err := c.App.Tick(t.Context(), time.Now(), 1000)
				if n == 0 || err != nil {
					return err
				}
			}
		})
		if v.count(want, "SELECT COUNT(*) FROM alert") == 0 || v.count(want, "SELECT COUNT(*) FROM followup WHERE late = 1") == 0 {
			t.Fatal("nothing turned late")
		}
		took, inTime := time.Since(began), 0
		for v.killed < *kills {
			db := v.copy(asleep)
			for v.waiting(db) && v.killed < *kills {
				if v.kill(v.start(db), took); v.waiting(db) {
					inTime++
				}
			}
			v.finish(db)
			v.sound(db)
			v.same(db, want)
		}
		t.Logf("%d of %d kills came before everything was woken", inTime, v.killed)
	})
}

// waiting tells that something is due.
func (v *victim) waiting(d *ground.Database) bool {
	return v.count(d, "SELECT COUNT(*) FROM enrollment WHERE wake_at <= $1", time.Now().UnixMilli()) > 0
}

// finish lets the server wake what is due, and stops it.
func (v *victim) finish(d *ground.Database) {
	v.t.Helper()
	p := v.start(d)
	for end := time.Now().Add(time.Minute); v.waiting(d); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			v.t.Fatalf("not everything was woken within a minute\n%s", p.Log())
		}
	}
	v.stop(p)
}
