package crash

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

var (
	kills  = flag.Int("kills", 2, "how often to kill each kind of work on each database")
	seed   = flag.Uint64("seed", 0, "of the moments to kill at; 0: another each time")
	binary string
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

// run builds the product once for all tests.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "huifang-crash-")
	if err == nil {
		defer os.RemoveAll(dir) //nolint:errcheck // temporary
		binary, err = ground.Build(context.Background(), dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// each runs a test on both databases, with a company to try on.
func each(t *testing.T, customers int, test func(t *testing.T, v *victim)) {
	t.Helper()
	server := cmp.Or(os.Getenv("HUIFANG_TEST_POSTGRES"), os.Getenv("DATABASE_URL"))
	if server == "" {
		t.Fatal("no PostgreSQL to test on; run: export HUIFANG_TEST_POSTGRES=$(scripts/postgres.sh)  (make test does it for you)")
	}
	for _, kind := range []string{ground.SQLite, ground.Postgres} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			g := &ground.Ground{Dir: t.TempDir(), Server: server}
			v := &victim{t: t, ground: g, seed: cmp.Or(*seed, rand.Uint64())}
			v.random = rand.New(rand.NewPCG(v.seed, 1))
			v.base = v.fresh(kind)
			v.check(v.base.Found(t.Context(), customers))
			v.open(v.base, time.Now, func(c *ground.Company) error {
				var err error
				v.token, err = c.Token(t.Context())
				return err
			})
			v.began = time.Now()
			test(t, v)
			t.Logf("%d kills, seed %d", v.killed, v.seed)
		})
	}
}

// victim is what gets killed.
type victim struct {
	t      *testing.T
	ground *ground.Ground
	base   *ground.Database // the company before anything happened
	token  string
	began  time.Time
	seed   uint64
	random *rand.Rand
	killed int
}

func (v *victim) check(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *victim) fresh(kind string) *ground.Database {
	v.t.Helper()
	d, err := v.ground.Fresh(v.t.Context(), kind)
	v.check(err)
	v.t.Cleanup(func() { v.drop(d) })
	return d
}

func (v *victim) drop(d *ground.Database) {
	if err := d.Drop(context.Background()); err != nil {
		v.t.Error(err)
	}
}

// copy is a copy of a database that nobody is connected to.
func (v *victim) copy(of *ground.Database) *ground.Database {
	v.t.Helper()
	d, err := of.Copy(v.t.Context())
	v.check(err)
	v.t.Cleanup(func() { v.drop(d) })
	return d
}

// open runs fn over a database by a clock.
func (v *victim) open(d *ground.Database, now func() time.Time, fn func(c *ground.Company) error) {
	v.t.Helper()
	c, err := d.Open(v.t.Context(), store.Config{}, now)
	v.check(err)
	v.check(errors.Join(fn(c), c.Close()))
}

// start runs the product over a database.
func (v *victim) start(d *ground.Database) *ground.Process {
	v.t.Helper()
	p, err := ground.Start(v.t.Context(), binary, d.URL)
	v.check(err)
	v.t.Cleanup(p.Kill)
	return p
}

// stop ends it in peace.
func (v *victim) stop(p *ground.Process) {
	v.t.Helper()
	if err := p.Stop(); err != nil {
		v.t.Fatalf("%v\n%s", err, p.Log())
	}
}

// moment waits for a random time up to the longest.
func (v *victim) moment(longest time.Duration) {
	time.Sleep(time.Duration(v.random.Int64N(int64(longest))))
}

// kill ends the process at a random moment.
func (v *victim) kill(p *ground.Process, longest time.Duration) {
	v.moment(longest)
	p.Kill()
	v.killed++
}
