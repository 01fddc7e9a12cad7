package store

import (
	"context"
	"errors"
	"strings"
	"sync"
)

// Config says which database to open and how.
type Config struct {
	// URL is sqlite:///absolute/path.db, sqlite:relative.db or a PostgreSQL
	// address (several hosts, target_session_attrs and pool_max_conns are
	// understood; behind a pooler in transaction mode add
	// default_query_exec_mode=exec).
	URL     string
	Files   string // folder of files' content, shared by all nodes; default: beside an SQLite file, with .files after its name
	Readers int    // SQLite: connections that read; default 4
	Writers int    // PostgreSQL: transactions that commit groups; default 4
	Relaxed bool   // SQLite: synchronous=NORMAL; the last commits may be lost in a power cut
	Frozen  bool   // do not migrate: refuse a database whose schema is not current

	// Only to measure what it saves and costs.
	Alone    bool // every closure in a transaction of its own
	Unrolled bool // the rollup is not kept: statistics are wrong until RebuildTallies
}

func (c Config) readers() int { return orDefault(c.Readers, 4) }
func (c Config) writers() int { return orDefault(c.Writers, 4) }

// group is how many closures one transaction takes.
func (c Config) group() int {
	if c.Alone {
		return 1
	}
	return maxGroup
}

func orDefault(n, def int) int {
	if n > 0 {
		return n
	}
	return def
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	reads View

	lite      *litePool // SQLite: readers and the one writer
	liteWrite *liteConn

	checkpoints *checkpoints // of SQLite
	pg          *pgPool      // PostgreSQL

	shapes     insertions
	queue      chan *write
	writers    sync.WaitGroup
	closing    sync.RWMutex // held while queueing; closed is set under it
	closed     bool
	ready      chan struct{}
	recounting sync.Mutex // one rebuild of the rollup at a time
	unrolled   bool       // see Config
	blobs      *Blobs     // nil: there is no folder for files
}

// Open opens the database and, unless cfg.Frozen, brings its schema up to date.
// It refuses a database that a newer version wrote.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	s := &Store{queue: make(chan *write, maxQueue), ready: make(chan struct{}, 1), unrolled: cfg.Unrolled, blobs: newBlobs(cfg)}
	err := s.connect(ctx, cfg)
	if err == nil {
		err = s.upgrade(ctx, cfg)
	}
	if err != nil {
		return nil, errors.Join(err, s.disconnect())
	}
	if s.pg != nil {
		s.reads.Reads = Reads{run: s.pg, arrays: true}
	} else {
		s.reads.run = s.lite
	}
	if !cfg.Frozen {
		if err := s.Analyze(ctx); err != nil {
			return nil, errors.Join(err, s.disconnect())
		}
	}
	s.start(context.WithoutCancel(ctx), cfg)
	return s, nil
}

func (s *Store) connect(ctx context.Context, cfg Config) (err error) {
	if strings.HasPrefix(cfg.URL, "postgres://") || strings.HasPrefix(cfg.URL, "postgresql://") {
		s.pg, err = openPostgres(ctx, cfg.URL, cfg.writers(), &s.shapes)
		return err
	}
	path, ok := litePath(cfg.URL)
	if !ok || path == "" {
		return badURL(cfg.URL)
	}
	if s.liteWrite, err = openLite(path, writerPragmas(cfg.Relaxed)); err != nil {
		return translate(err)
	}
	s.lite = newLitePool(path, cfg.readers())
	s.checkpoints, err = openCheckpoints(path, writerPragmas(cfg.Relaxed))
	return translate(err)
}

func (s *Store) start(ctx context.Context, cfg Config) {
	n := s.Writers()
	s.writers.Add(n)
	for range n {
		go s.serve(ctx, cfg.group())
	}
}

func (s *Store) begin(ctx context.Context) (transaction, error) {
	if s.pg != nil {
		return s.pg.begin(ctx)
	}
	return s.liteWrite.begin(ctx, s.checkpoints)
}

// races tells whether other transactions may write at the same time.
func (s *Store) races() bool { return s.pg != nil }

// skip is the clause by which a picking SELECT leaves what others hold.
func (s *Store) skip() string {
	if s.pg != nil {
		return " FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// Close commits what was queued, then closes the database. Later writes fail.
func (s *Store) Close() error {
	s.closing.Lock()
	if s.closed {
		s.closing.Unlock()
		return nil
	}
	s.closed = true
	close(s.queue)
	s.closing.Unlock()
	s.writers.Wait()
	return s.disconnect()
}

func (s *Store) disconnect() error {
	var errs []error
	if s.pg != nil {
		s.pg.pool.Close()
	}
	if s.lite != nil {
		errs = append(errs, s.lite.close())
	}
	if s.checkpoints != nil {
		errs = append(errs, s.checkpoints.close())
	}
	if s.liteWrite != nil {
		errs = append(errs, s.liteWrite.close())
	}
	return translate(errors.Join(errs...))
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	_, err := number(ctx, &s.reads.Reads, "SELECT 1")
	return err
}

// View reads committed data; each call sees the newest.
func (s *Store) View() *View { return &s.reads }

// Snapshot runs fn on a View whose calls all see the same committed state. The
// View is valid only within fn, on its goroutine.
func (s *Store) Snapshot(ctx context.Context, fn func(v *View) error) error {
	with := func(r runner) error { return fn(&View{Reads{run: r, arrays: s.pg != nil}}) }
	if s.pg != nil {
		return s.pg.snapshot(ctx, with)
	}
	return s.lite.snapshot(ctx, with)
}

// Ready receives a hint when a commit enqueued a job that may be due. Hints are
// merged and may be lost; poll besides.
func (s *Store) Ready() <-chan struct{} { return s.ready }

func (s *Store) hint() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// Shared tells whether other nodes may use the same database.
func (s *Store) Shared() bool { return s.pg != nil }

// Writers is how many transactions may be open at a time.
func (s *Store) Writers() int {
	if s.pg != nil {
		return s.pg.writers
	}
	return 1
}
