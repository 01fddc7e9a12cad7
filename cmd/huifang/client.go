package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

// server says which server a command talks to and as whom. Client commands use
// nothing but its HTTP API.
type server struct {
	Server   string `help:"Address of the server; default: the one logged in to." zh:"服务器地址；默认为已登录的服务器。" env:"HUIFANG_SERVER" placeholder:"URL"`
	Token    string `help:"API token; default: of the log-in." zh:"接口令牌；默认用登录时取得的。" env:"HUIFANG_TOKEN"`
	Org      string `help:"Organization code, to log in for this command alone." zh:"机构代码，仅为本次命令登录。" env:"HUIFANG_ORG"`
	User     string `help:"Log-in name, with --org." zh:"登录名，与 --org 同用。" env:"HUIFANG_USER"`
	Password string `help:"Password, with --user; asked for when left out." zh:"密码，与 --user 同用；不给则提示输入。" env:"HUIFANG_PASSWORD"`
}

// client is a connection to a server.
type client struct {
	base  string
	token string
	lang  huifang.Lang
	http  *http.Client

	called string // the program's name, for hints
}

// saved is the log-in that later commands use, kept in the user's
// configuration folder.
type saved struct {
	Server string `json:"server"`
	Token  string `json:"token"`
	Zone   string `json:"zone"`
}

func savedFile() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", huifang.Invalid("config.dir", huifang.Textf("找不到用户配置目录：%v；请用 --server 与 --token", "no configuration folder: %v; use --server and --token", err))
	}
	return filepath.Join(dir, "huifang", "login.json"), nil
}

func readSaved() (l saved) {
	name, err := savedFile()
	if err != nil {
		return l
	}
	raw, err := os.ReadFile(name) //nolint:gosec // our own file
	if err != nil || json.Unmarshal(raw, &l) != nil {
		return saved{}
	}
	return l
}

// connect builds the client; without a log-in it says how to get one.
func (v *server) connect(ctx context.Context, s *streams) (*client, error) {
	l := readSaved()
	c := &client{base: strings.TrimRight(cmp.Or(v.Server, l.Server), "/"), token: v.Token, lang: s.lang, called: s.called, http: &http.Client{}}
	if c.base != "" && c.token == "" && v.User != "" {
		session, err := c.logIn(ctx, s, v.Org, v.User, v.Password)
		if err != nil {
			return nil, err
		}
		c.token = session.Token
		s.zone = zoneOf(session.Me.Organization.Zone)
	}
	if c.token == "" && (v.Server == "" || v.Server == l.Server) {
		c.token = l.Token
		s.zone = zoneOf(l.Zone)
	}
	if c.base == "" || c.token == "" {
		return nil, huifang.Fail(huifang.CodeUnauthenticated, "login.first", huifang.Textf(
			"尚未登录；请先运行 %s login http://127.0.0.1:8080 --org 机构 --user 登录名，或给出 --server 与 --token",
			"not logged in; run %s login http://127.0.0.1:8080 --org CODE --user NAME first, or give --server and --token", s.called))
	}
	return c, nil
}

// zoneOf is a zone by its name; nil where there is none.
func zoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if name == "" || err != nil {
		return nil
	}
	return zone
}

// logIn opens a session whose token the caller keeps.
func (c *client) logIn(ctx context.Context, s *streams, org, user, given string) (*api.Session, error) {
	password, err := askPassword(s, given)
	if err != nil {
		return nil, err
	}
	var got api.Session
	err = c.call(ctx, http.MethodPost, "/session", nil, api.LogIn{Organization: org, Login: user, Password: password, Bearer: true}, &got)
	return &got, err
}

// call sends in as JSON (nil: nothing) and decodes the answer into out (nil:
// dropped). A problem comes back as a *huifang.Error.
func (c *client) call(ctx context.Context, method, path string, query url.Values, in, out any) error {
	var body io.Reader
	if in != nil {
		raw, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(raw)
	}
	res, err := c.send(ctx, method, path, query, body, "application/json", "application/json")
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end or given up
	if out == nil {
		_, err = io.Copy(io.Discard, res.Body)
		return err
	}
	return json.NewDecoder(res.Body).Decode(out)
}

// send sends a request and returns an answer that is no problem. Its body is
// the caller's to close.
func (c *client) send(ctx context.Context, method, path string, query url.Values, body io.Reader, contentType, accept string) (*http.Response, error) {
	addr := c.base + "/api/v1" + path
	if len(query) > 0 {
		addr += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, addr, body)
	if err != nil {
		return nil, huifang.Invalid("server.address", huifang.Textf("服务器地址“%s”无效", "%q is not the address of a server", c.base))
	}
	if body != nil {
		req.Header.Set("Content-Type", contentType)
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("Accept-Language", string(c.lang))
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := c.http.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &huifang.Error{Code: huifang.CodeUnavailable, Reason: "server.unreachable", Err: err, Message: huifang.Textf(
			"无法连接 %s；请确认服务已启动（%s serve 或 demo）", "cannot reach %s; is it running (%s serve, or demo)?", c.base, c.called)}
	}
	if res.StatusCode < http.StatusBadRequest {
		return res, nil
	}
	defer res.Body.Close() //nolint:errcheck // given up
	return nil, problem(res)
}

// problem reads an RFC 9457 answer as our error.
func problem(res *http.Response) error {
	var p api.Problem
	raw, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil || json.Unmarshal(raw, &p) != nil || p.Code == "" {
		return &huifang.Error{Code: huifang.CodeUnavailable, Reason: "server.answer", Message: huifang.Textf("服务器答复异常（%s）", "the server answered strangely (%s)", res.Status)}
	}
	e := &huifang.Error{Code: p.Code, Reason: p.Reason, Message: p.Messages}
	if p.Location != nil {
		e.At = *p.Location
	}
	for _, f := range p.Errors {
		d := huifang.Fail(p.Code, f.Reason, f.Messages)
		if f.Location != nil {
			d.At = *f.Location
		}
		e.Details = append(e.Details, d)
	}
	return e
}

type loginCmd struct {
	Server   string `arg:"" help:"Address of the server, e.g. http://127.0.0.1:8080." zh:"服务器地址，如 http://127.0.0.1:8080。"`
	Org      string `help:"Organization code." zh:"机构代码。" required:"" env:"HUIFANG_ORG"`
	User     string `help:"Log-in name." zh:"登录名。" required:"" env:"HUIFANG_USER"`
	Password string `help:"Password; asked for when left out." zh:"密码；不给则提示输入。" env:"HUIFANG_PASSWORD"`
}

// Run logs in and keeps the log-in for later commands.
func (c *loginCmd) Run(ctx context.Context, s *streams) error {
	to := &client{base: strings.TrimRight(c.Server, "/"), lang: s.lang, called: s.called, http: &http.Client{Timeout: 30 * time.Second}}
	got, err := to.logIn(ctx, s, c.Org, c.User, c.Password)
	if err != nil {
		return err
	}
	name, err := savedFile()
	if err != nil {
		return err
	}
	raw, err := json.Marshal(saved{Server: to.base, Token: got.Token, Zone: got.Me.Organization.Zone})
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, raw, 0o600)); err != nil {
		return unwritable(name, err)
	}
	s.zone = zoneOf(got.Me.Organization.Zone)
	who := c.User
	if got.Me.Staff != nil {
		who = got.Me.Staff.Name
	}
	_, err = fmt.Fprintln(s.out, huifang.Textf("已登录 %s：%s，有效至 %s", "logged in to %s as %s until %s", got.Me.Organization.Name.In(s.lang), who, shownTime(s, got.Expires)).In(s.lang))
	return err
}
