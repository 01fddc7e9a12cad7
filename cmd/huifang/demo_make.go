package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/store"
)

// halfMade begins the code of a demonstration that is still being made; it gets
// its own when it is whole, so that one cut off is never taken for it.
const halfMade = demoCode + "-making-"

// prepare makes the sample data of a database file that is not there yet: in a
// file beside it, which takes its place when it is whole.
func (c *demoCmd) prepare(ctx context.Context, s *streams) error {
	file, ok := sqliteFile(c.Database)
	if !ok {
		return nil
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	making := file + ".making"
	if left, err := removeDatabase(making); err != nil {
		return unwritable(making, err)
	} else if left {
		say(s, s.err, "上次生成中断，重新生成", "the last time was cut short; starting anew")
	}
	under := database{Database: making, relaxed: true}
	a, st, err := under.open(ctx, logger(s.err, "warn", false))
	if err != nil {
		return err
	}
	made, err := c.generate(ctx, s, a, demoCode)
	if err = errors.Join(err, st.Close()); err == nil {
		err = c.keep(made)
	}
	if err != nil {
		_, gone := removeDatabase(making)
		return errors.Join(err, gone)
	}
	for _, part := range slices.Backward(databaseParts()) { // the file itself last
		if err := os.Rename(making+part, file+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unwritable(file, err)
		}
	}
	return nil
}

// databaseParts are the endings of the files an SQLite database consists of.
func databaseParts() []string { return []string{"", "-wal", "-shm", "-journal"} }

// removeDatabase removes a database's files; some tells that there were some.
func removeDatabase(file string) (some bool, err error) {
	for _, part := range databaseParts() {
		switch e := os.Remove(file + part); {
		case e == nil:
			some = true
		case !errors.Is(e, fs.ErrNotExist):
			err = errors.Join(err, e)
		}
	}
	return some, err
}

// fill makes the sample data in a database that has other things in it, unless
// it is there, and tells what was made.
func (c *demoCmd) fill(ctx context.Context, s *streams, a *app.App, st *store.Store) (demoMade, error) {
	orgs, err := a.Organizations(ctx)
	if err != nil {
		return demoMade{}, err
	}
	for _, o := range orgs {
		if o.Code == demoCode {
			return c.kept()
		}
	}
	if slices.ContainsFunc(orgs, func(o *huifang.Organization) bool { return strings.HasPrefix(o.Code, halfMade) }) {
		say(s, s.err, "上次生成中断，重新生成；未完成的数据保留在另一机构代码下", "the last time was cut short; starting anew, what was made stays under a code of its own")
	}
	code := halfMade + strconv.FormatInt(time.Now().Unix(), 36)
	made, err := c.generate(ctx, s, a, code)
	if err != nil {
		return demoMade{}, err
	}
	if err := rename(ctx, st, code, demoCode); err != nil {
		return demoMade{}, err
	}
	return made, c.keep(made)
}

// rename gives an organization another code.
func rename(ctx context.Context, st *store.Store, from, to string) error {
	return st.Write(ctx, func(tx *store.Tx) error {
		o, err := tx.OrganizationByCode(ctx, from)
		if err != nil {
			return err
		}
		o.Code = to
		return tx.SaveOrganization(ctx, o)
	})
}

// generate makes the sample data and says how much there is of it.
func (c *demoCmd) generate(ctx context.Context, s *streams, a *app.App, code string) (demoMade, error) {
	say(s, s.err, "正在生成 %d 天的示例数据……", "making %d days of sample data …", c.Days)
	began := time.Now()
	got, err := a.Demo(ctx, app.DemoOptions{Seed: c.Seed, Code: code, Pack: c.Pack, Now: time.Now(), Days: c.Days})
	if err != nil {
		return demoMade{}, err
	}
	say(s, s.err, "完成：服务事件 %d，回访 %d（已完成 %d），诉求 %d，用时 %s",
		"done: %d events, %d follow-ups (%d completed), %d cases in %s", got.Events, got.Followups, got.Completed, got.Cases, time.Since(began).Round(100*time.Millisecond))
	register, err := c.writeRegister(got.Register)
	return demoMade{Logins: got.Logins, Pack: c.Pack, Register: register}, err
}
