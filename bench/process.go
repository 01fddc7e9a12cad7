package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
	"github.com/huifang/huifang/store"
)

// process looks at the product from outside: its binary, how soon it answers,
// and what memory it takes when it is idle. On SQLite.
func process(ctx context.Context, b *bench) (rows []Row, err error) {
	err = b.outside(ctx, func(binary string, db *ground.Database, token string) error {
		info, err := os.Stat(binary)
		if err != nil {
			return err
		}
		size := series{values: []float64{float64(info.Size()) / 1e6}}
		rows, err = b.start(ctx, binary, db, token)
		rows = append(rows, bounded("binary", "MB", size, series{}, atMost(70)))
		return err
	})
	return rows, err
}

// memory is what a large import takes. On SQLite.
func memory(ctx context.Context, b *bench) (rows []Row, err error) {
	err = b.outside(ctx, func(binary string, db *ground.Database, token string) error {
		row, err := b.largeImport(ctx, binary, db, token)
		rows = []Row{row}
		return err
	})
	return rows, err
}

// outside builds the product and a database that was used for some weeks.
func (b *bench) outside(ctx context.Context, look func(binary string, db *ground.Database, token string) error) error {
	binary, err := ground.Build(ctx, b.dir)
	if err != nil {
		return err
	}
	db, err := b.base(ctx, ground.SQLite, b.size.customers)
	if err != nil {
		return err
	}
	defer db.Drop(ctx) //nolint:errcheck // temporary
	token, err := b.used(ctx, db)
	if err != nil {
		return err
	}
	return look(binary, db, token)
}

// used puts some weeks of events into the database, and gives a token for it.
func (b *bench) used(ctx context.Context, db *ground.Database) (string, error) {
	c, err := db.Open(ctx, store.Config{}, time.Now)
	if err != nil {
		return "", err
	}
	events := make([]app.EventInput, b.size.batchEvents)
	for i := range events {
		events[i] = ground.Event(i, b.size.customers, time.Now().AddDate(0, 0, -2))
	}
	for from := 0; from < len(events); from += app.MaxBatch {
		if _, err := c.App.Ingest(ctx, c.Actor, events[from:min(from+app.MaxBatch, len(events))], app.IngestOptions{}); err != nil {
			return "", errors.Join(err, c.Close())
		}
	}
	token, err := c.Token(ctx)
	return token, errors.Join(err, c.Close())
}

// start measures from the start of the process to its first answer from the
// database, and its memory when it has nothing to do.
func (b *bench) start(ctx context.Context, binary string, db *ground.Database, token string) ([]Row, error) {
	var memory []float64
	got, err := takeTurns(ctx, b.rounds,
		contender{"ours", func(ctx context.Context) (float64, error) {
			began := time.Now()
			p, err := ground.Start(ctx, binary, db.URL)
			if err != nil {
				return 0, err
			}
			defer p.Kill()
			if err := answers(ctx, "http://"+p.Addr+"/api/v1/followups?limit=1", token); err != nil {
				return 0, err
			}
			took := time.Since(began).Seconds()
			time.Sleep(b.size.idle)
			now, _, err := p.Memory()
			memory = append(memory, float64(now)/(1<<20))
			return took, errors.Join(err, p.Stop())
		}},
		contender{"the binary printing its version", func(ctx context.Context) (float64, error) {
			began := time.Now()
			err := exec.CommandContext(ctx, binary, "version").Run()
			return time.Since(began).Seconds(), err
		}},
	)
	if err != nil {
		return nil, err
	}
	return []Row{
		bounded("existing database to first answer", "s", got[0], got[1], atMost(0.1)).
			noted("From starting the process to a list of follow-ups over HTTP, with %s events in the database.", thousands(int64(b.size.batchEvents))),
		bounded("idle memory", "MiB", series{values: memory}, series{}, atMost(50)).noted("Resident, %s after the first answer.", b.size.idle),
	}, nil
}

func answers(ctx context.Context, address, token string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s: %s", address, res.Status, body)
	}
	return err
}

// largeImport sends a large register to the server and sees how much memory
// that took it.
func (b *bench) largeImport(ctx context.Context, binary string, db *ground.Database, token string) (Row, error) {
	file := filepath.Join(b.dir, "large.csv")
	f, err := os.Create(file) //nolint:gosec // our own folder
	if err != nil {
		return Row{}, err
	}
	if err := errors.Join(writeRegister(f, b.size.largeImport, time.Now(), 365), f.Close()); err != nil {
		return Row{}, err
	}
	p, err := ground.Start(ctx, binary, db.URL)
	if err != nil {
		return Row{}, err
	}
	defer p.Kill()
	began := time.Now()
	cmd := exec.CommandContext(ctx, binary, "import", "--server", "http://"+p.Addr, "--token", token, "--yes", "--lang", "en", file) //nolint:gosec // our own binary
	out, err := cmd.CombinedOutput()
	if err != nil {
		return Row{}, fmt.Errorf("%w\n%s\n%s", err, out, p.Log())
	}
	took := time.Since(began)
	_, most, err := p.Memory()
	if err != nil {
		return Row{}, err
	}
	b.say("%s", out)
	row := bounded("memory of importing "+thousands(int64(b.size.largeImport))+" CSV rows", "MB", series{values: []float64{float64(most) / 1e6}}, series{}, atMost(150)).
		noted("The most that was ever resident in the server, which reads the upload twice: for the preview and for the import. A year of jobs; %s a second, preview included.",
			thousands(int64(float64(b.size.largeImport)/took.Seconds())))
	return row, p.Stop()
}
