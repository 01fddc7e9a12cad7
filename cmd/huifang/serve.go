package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/jobs"
	"github.com/huifang/huifang/page"
	"github.com/huifang/huifang/store"
	"github.com/huifang/huifang/web"
)

type serveCmd struct {
	database
	Listen       string `help:"Address to listen on." zh:"监听地址。" env:"HUIFANG_LISTEN" default:"127.0.0.1:8080"`
	Proxied      bool   `help:"A trusted reverse proxy sets X-Forwarded-For and X-Forwarded-Proto." zh:"由可信的反向代理设置 X-Forwarded-For 和 X-Forwarded-Proto。" env:"HUIFANG_PROXIED"`
	AllowPrivate bool   `help:"Messages and webhooks may go to private addresses, e.g. a gateway in the same house." zh:"允许消息和事件推送发往内网地址，如自有的短信网关。" env:"HUIFANG_ALLOW_PRIVATE"`
	Key          string `help:"Seals the passwords of senders and webhooks: 32 bytes in base64, as from: openssl rand -base64 32." zh:"加密保存发送通道和事件推送的密钥：32 字节的 base64，可用 openssl rand -base64 32 生成。" env:"HUIFANG_KEY" placeholder:"BASE64"`
	LogLevel     string `help:"Log level: debug, info, warn or error." zh:"日志级别：debug 调试、info 一般、warn 警告、error 错误。" env:"HUIFANG_LOG_LEVEL" default:"info" enum:"debug,info,warn,error"`
	LogJSON      bool   `help:"Log as JSON." zh:"以 JSON 记录日志。" env:"HUIFANG_LOG_JSON" name:"log-json"`
}

// Run serves the API and does the background work until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, s *streams) error {
	log := logger(s.err, c.LogLevel, c.LogJSON)
	if err := c.outside(); err != nil {
		return err
	}
	l, err := c.listen(ctx)
	if err != nil {
		return err
	}
	a, st, err := c.open(ctx, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	return errors.Join(c.run(ctx, l, a, st, log, func(addr string) { c.firstSteps(ctx, s, a, addr) }), st.Close())
}

// outside reads what concerns messages and webhooks.
func (c *serveCmd) outside() error {
	c.private = c.AllowPrivate
	if c.Key == "" {
		return nil
	}
	key, err := base64.StdEncoding.DecodeString(c.Key)
	if err != nil || len(key) != 32 {
		return huifang.Invalid("key.invalid", huifang.Text{
			ZH: "HUIFANG_KEY 应为 32 字节的 base64，可用 openssl rand -base64 32 生成", EN: "HUIFANG_KEY is 32 bytes in base64, as from: openssl rand -base64 32",
		})
	}
	c.key = key
	return nil
}

// firstSteps says what an empty database lacks before anybody can log in: the
// link of the first run, which works once, or the commands that do the same.
func (c *serveCmd) firstSteps(ctx context.Context, s *streams, a *app.App, addr string) {
	code, err := a.OpenSetup(ctx)
	if err != nil || code == "" {
		return
	}
	say(s, s.err, "数据库里还没有机构。请在浏览器中打开（链接只能使用一次）：", "this database has no organization yet. Open in a browser (the link works once):")
	fmt.Fprintln(s.err, "  "+addr+"/setup?code="+code)
	say(s, s.err, "或另开终端建立机构和管理员：", "or make one and its administrator in another terminal:")
	on := ""
	if c.Database != defaultDatabase && c.Database != os.Getenv("DATABASE_URL") {
		on = " --database " + c.Database
	}
	say(s, s.err, "  %s organization add 机构代码 --name 机构名称 --pack property%s", "  %s organization add CODE --name NAME --pack property%s", s.called, on)
	say(s, s.err, "  %s user add 登录名 --name 姓名 --role admin%s", "  %s user add LOGIN --name NAME --role admin%s", s.called, on)
}

// listen takes the address, before any work that would be lost without it.
func (c *serveCmd) listen(ctx context.Context) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", c.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, huifang.Invalid("listen.taken", huifang.Textf(
			"地址 %s 已被占用；请用 --listen 或 HUIFANG_LISTEN 换一个端口，如 127.0.0.1:8090", "%s is taken; choose another port with --listen or HUIFANG_LISTEN, e.g. 127.0.0.1:8090", c.Listen))
	}
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	return l, nil
}

// grace is how long requests may take to finish after the signal to stop.
const grace = 20 * time.Second

// run calls ready with the address and serves on l, which it closes, until ctx
// ends.
func (c *serveCmd) run(ctx context.Context, l net.Listener, a *app.App, st *store.Store, log *slog.Logger, ready func(addr string)) error {
	srv := api.NewServer(c.Listen, api.New(api.Config{
		App: a, Log: log, Version: version, Ready: st.Ping, Proxied: c.Proxied, Console: web.Handler(),
		Public: page.New(page.Config{App: a, Address: api.Address(c.Proxied), Log: log}),
	}))
	work := jobs.New(jobs.Config{App: a, Store: st, Now: time.Now, NewID: newID, Log: log})
	group, inner := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error { return work.Run(inner) })
	group.Go(func() error { tidy(inner); return nil })
	group.Go(func() error {
		<-inner.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		return srv.Shutdown(stop)
	})
	log.Info("listening", "address", "http://"+l.Addr().String())
	if ready != nil {
		ready("http://" + l.Addr().String())
	}
	return group.Wait()
}
