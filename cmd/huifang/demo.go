package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

type demoCmd struct {
	Database string `help:"SQLite file or postgres:// address; default: demo/huifang.db, or a temporary folder where that cannot be written." zh:"SQLite 文件或 postgres:// 地址；默认 demo/huifang.db，无法写入时用临时文件夹。" placeholder:"FILE|URL"`
	Pack     string `help:"Built-in pack, or folder of one, whose sample is played." zh:"使用其示例的内置方案包，或文件夹。" default:"property" placeholder:"NAME|DIR"`
	Days     int    `help:"Days of history." zh:"历史天数。" default:"365"`
	Seed     uint64 `help:"Another seed makes other people and events." zh:"不同的种子生成不同的人和事件。" default:"1"`
	Listen   string `help:"Address to listen on." zh:"监听地址。" env:"HUIFANG_LISTEN" default:"127.0.0.1:8080"`
}

// demoCode is the demonstration's organization.
const demoCode = "demo"

// Run makes a year of sample data where there is none yet, says who may log in,
// and serves it.
func (c *demoCmd) Run(ctx context.Context, s *streams) error {
	if err := c.place(); err != nil {
		return err
	}
	serve := serveCmd{database: database{Database: c.Database, relaxed: true}, Listen: c.Listen}
	log := logger(s.err, "warn", false)
	l, err := serve.listen(ctx)
	if err != nil {
		return err
	}
	if err := c.prepare(ctx, s); err != nil {
		return errors.Join(err, l.Close())
	}
	a, st, err := serve.open(ctx, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	made, err := c.fill(ctx, s, a, st)
	if err != nil {
		return errors.Join(err, st.Close(), l.Close())
	}
	err = serve.run(ctx, l, a, st, log, func(addr string) { c.welcome(s, addr, made) })
	return errors.Join(err, st.Close())
}

// place finds somewhere to keep the database, and makes its folder.
func (c *demoCmd) place() error {
	if c.Database == "" {
		c.Database = filepath.Join("demo", "huifang.db")
		if err := os.MkdirAll("demo", 0o700); err == nil {
			return nil
		}
		dir, err := os.MkdirTemp("", "huifang-demo-")
		c.Database = filepath.Join(dir, "huifang.db")
		return err
	}
	file, ok := sqliteFile(c.Database)
	if !ok {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return unwritable(filepath.Dir(file), err)
	}
	return nil
}

// sqliteFile is the file of an SQLite database.
func sqliteFile(database string) (string, bool) {
	addr := address(database)
	if !strings.HasPrefix(addr, "sqlite:") {
		return "", false
	}
	return strings.TrimPrefix(strings.TrimPrefix(addr, "sqlite:"), "//"), true
}

// welcome says where the product is, who may log in, and what to do next.
func (c *demoCmd) welcome(s *streams, addr string, made demoMade) {
	logins := made.Logins
	if made.Pack != "" && made.Pack != c.Pack {
		say(s, s.err, "已有演示数据，用的是方案包 %s；要看 %s，请用 --database 另指文件，或删除 %s", "there are demonstration data already, of pack %s; for %s name another file with --database, or delete %s",
			made.Pack, c.Pack, shownAddress(c.Database))
	}
	say(s, s.out, "\n回访已启动：%s\n机构代码：%s    数据库：%s\n", "\nHuifang is up: %s\norganization: %s    database: %s\n", addr, demoCode, shownAddress(c.Database))
	if len(logins) == 0 {
		say(s, s.out, "登录名与密码同首次生成时所示", "log-ins are as they were shown when the data was made")
	} else {
		rows := [][]string{{pick(s, "登录名", "login"), pick(s, "密码", "password"), pick(s, "姓名", "name"), pick(s, "角色", "role"), pick(s, "单位", "unit")}}
		for _, l := range logins {
			rows = append(rows, []string{l.Login, l.Password, l.Name, l.Role.In(s.lang), l.Unit})
		}
		table(s.out, rows)
	}
	user, password := "LOGIN", "PASSWORD"
	if len(logins) > 0 {
		user, password = logins[0].Login, logins[0].Password
	}
	month := huifang.DateOf(time.Now(), time.Local).Month().First().AddDays(-1).Month()
	say(s, s.out, "\n接下来，在另一个终端里：", "\nnext, in another terminal:")
	fmt.Fprintf(s.out, "  %s login %s --org %s --user %s --password %s\n", s.called, addr, demoCode, user, password)
	fmt.Fprintf(s.out, "  %s followup list\n", s.called)
	fmt.Fprintf(s.out, "  %s stats --month %s\n", s.called, month)
	if made.Register != "" {
		fmt.Fprintf(s.out, "  %s import %s --preview\n", s.called, made.Register)
	}
	say(s, s.out, "接口说明：%s/api/docs    按 Ctrl+C 停止\n", "the API: %s/api/docs    Ctrl+C stops\n", addr)
}

// shownAddress is a database's address without its password.
func shownAddress(name string) string {
	if u, err := url.Parse(name); err == nil && u.User != nil {
		return u.Redacted()
	}
	return name
}
