package store_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/store/storetest"
)

// cutter stands between the store and PostgreSQL and breaks the connection
// once, at the word it is armed with: before the server sees it, or after, so
// that only the answer is lost.
type cutter struct {
	word  atomic.Pointer[[]byte]
	after atomic.Bool
	cuts  atomic.Int64
}

func (c *cutter) arm(word string, after bool) {
	b := []byte(word)
	c.after.Store(after)
	c.word.Store(&b)
}

func (c *cutter) serve(t *testing.T, target string) (address string) {
	t.Helper()
	cfg, err := pgx.ParseConfig(target)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	network, server := pgconn.NetworkAddress(cfg.Host, cfg.Port)
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			up, err := net.Dial(network, server)
			if err != nil {
				_ = client.Close()
				continue
			}
			answers := new(atomic.Bool)
			answers.Store(true)
			go c.forth(client, up, answers)
			go back(client, up, answers)
		}
	}()
	return (&url.URL{
		Scheme: "postgres", User: url.UserPassword(cfg.User, cfg.Password), Host: l.Addr().String(), Path: "/" + cfg.Database,
		RawQuery: "sslmode=disable&default_query_exec_mode=exec",
	}).String()
}

// forth carries what the store sends, until the word.
func (c *cutter) forth(client, up net.Conn, answers *atomic.Bool) {
	defer func() { _, _ = client.Close(), up.Close() }()
	buf := make([]byte, 1<<16)
	for {
		n, err := client.Read(buf)
		if word := c.word.Load(); word != nil && bytes.Contains(buf[:n], *word) && c.word.CompareAndSwap(word, nil) {
			c.cuts.Add(1)
			if !c.after.Load() {
				return
			}
			answers.Store(false)
			_, _ = up.Write(buf[:n])
			_, _ = io.Copy(io.Discard, client) // until the store hangs up
			return
		}
		if err != nil {
			return
		}
		if _, err := up.Write(buf[:n]); err != nil {
			return
		}
	}
}

// back carries the answers, until they are to be lost.
func back(client, up net.Conn, answers *atomic.Bool) {
	defer func() { _ = client.Close() }()
	buf := make([]byte, 1<<16)
	for {
		n, err := up.Read(buf)
		if err != nil || !answers.Load() {
			return
		}
		if _, err := client.Write(buf[:n]); err != nil {
			return
		}
	}
}

// A commit whose answer is lost is reported as unknown and is not run again:
// here it did happen. A connection lost before the commit is no loss at all.
func TestLostConnections(t *testing.T) {
	var c cutter
	target := storetest.PostgresURL(t)
	s := storetest.Open(t, store.Config{URL: c.serve(t, target), Writers: 1})
	direct := storetest.Open(t, store.Config{URL: target})
	ctx := context.Background()
	org := newOrg(t, s)
	for i, word := range []string{"COMMIT", "INSERT INTO event", "BEGIN", "INSERT INTO followup", "COMMIT", "INSERT INTO alert"} {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d %s after=%v", i, word, after), func(t *testing.T) {
				e, runs, before := newEvent(org), 0, c.cuts.Load()
				f := &huifang.Followup{Org: org, ID: newID(), State: huifang.StatePlanned, OpensAt: noon, ClosesAt: noon, DueMonth: 202603}
				c.arm(word, after)
				err := s.Write(ctx, func(tx *store.Tx) error {
					runs++
					if word == "INSERT INTO alert" { // nothing is waited for but the commit
						if err := tx.InsertAlerts(ctx, &huifang.Alert{Org: org, Staff: newID(), ID: newID(), At: noon}); err != nil {
							return err
						}
					}
					if err := tx.InsertFollowups(ctx, 2026, f); err != nil {
						return err
					}
					return insertEvent(tx, e)
				})
				if c.cuts.Load() != before+1 {
					t.Fatal("the connection was not cut")
				}
				unknown := err != nil
				if unknown {
					wantCode(t, err, huifang.CodeUnavailable, store.ReasonUnknown)
				}
				switch {
				case unknown && runs != 1:
					t.Fatalf("a commit of unknown fate was run %d times", runs)
				case !unknown && runs < 2:
					t.Fatalf("acknowledged after %d run although the connection was cut", runs)
				case !unknown && !exists(t, direct, e):
					t.Fatal("acknowledged and not kept")
				case word == "COMMIT" && !unknown:
					t.Fatal("a lost commit was acknowledged")
				}
			})
		}
	}
	checkOrg(t, direct, org)
	var numbers []string
	if err := direct.View().EachFollowup(ctx, org, store.FollowupFilter{}, func(f *huifang.Followup) error {
		numbers = append(numbers, f.Number)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	checkNumbers(t, numbers)
}
