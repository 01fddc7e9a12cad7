package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/store"
)

type organizationCmd struct {
	Add  organizationAddCmd  `cmd:"" help:"Create an organization with its packs." zh:"建立机构并启用方案包。"`
	List organizationListCmd `cmd:"" help:"List the organizations of this database." zh:"列出此数据库中的机构。"`
	Pack organizationPackCmd `cmd:"" help:"Activate a pack, or take its present version." zh:"启用方案包，或更新到它现在的版本。"`
}

type organizationAddCmd struct {
	database
	Code string   `arg:"" help:"Short name for log-in: letters, digits and -." zh:"登录用的简短代码：字母、数字和 -。"`
	Name string   `help:"Name in Chinese." zh:"中文名称。" required:""`
	EN   string   `help:"Name in English; default as in Chinese." zh:"英文名称；默认同中文。" name:"name-en"`
	Zone string   `help:"Time zone." zh:"时区。" default:"Asia/Shanghai"`
	Pack []string `help:"Packs to activate, built-in names or folders." zh:"启用的方案包：内置名称或文件夹。" default:"property" placeholder:"NAME|DIR"`
}

// Run creates it.
func (c *organizationAddCmd) Run(ctx context.Context, s *streams) error {
	return c.with(ctx, s, func(a *app.App, _ *store.Store) error {
		name := huifang.Text{ZH: c.Name, EN: c.EN}
		if name.EN == "" {
			name.EN = c.Name
		}
		o, err := a.CreateOrganization(ctx, app.NewOrganization{Code: c.Code, Name: name, Zone: c.Zone, Lang: s.lang, Packs: c.Pack})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(s.out, o.Code, o.Name.In(s.lang), o.ID)
		return err
	})
}

type organizationListCmd struct{ database }

// Run lists them.
func (c *organizationListCmd) Run(ctx context.Context, s *streams) error {
	return c.within(ctx, s, func(a *app.App, _ *store.Store) error {
		all, err := a.Organizations(ctx)
		rows := make([][]string, 0, len(all))
		for _, o := range all {
			rows = append(rows, []string{o.Code, o.Name.In(s.lang), strings.Join(o.Packs, ",")})
		}
		table(s.out, rows)
		return err
	})
}

type organizationPackCmd struct {
	ofOrganization
	Packs []string `arg:"" help:"Built-in names, or folders." zh:"内置名称或文件夹。"`
}

// Run activates it. What is done keeps the version it was made with.
func (c *organizationPackCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, func(a *app.App, actor *huifang.Actor) error {
		for _, name := range c.Packs {
			done, err := a.ActivatePack(ctx, actor, name)
			if err != nil {
				return err
			}
			say(s, s.out, "已启用 %s（%s）：新增 %d，更新 %d，未变 %d", "%s (%s) is active: %d new, %d changed, %d as before", done.Pack.Name.In(s.lang), done.Pack.Code, len(done.Added), len(done.Changed), len(done.Unchanged))
		}
		return nil
	})
}

type userCmd struct {
	Add      userAddCmd      `cmd:"" help:"Add a member of staff who may log in." zh:"添加可登录的员工。"`
	Password userPasswordCmd `cmd:"" help:"Set somebody's password." zh:"设置某人的密码。"`
	List     userListCmd     `cmd:"" help:"List the staff of an organization." zh:"列出机构的员工。"`
}

// ofOrganization is a database and one organization in it.
type ofOrganization struct {
	database
	Org string `help:"Organization code; may be left out where there is only one." zh:"机构代码；只有一个机构时可不给。" env:"HUIFANG_ORG"`
}

// act runs fn as the product itself within the organization.
func (o *ofOrganization) act(ctx context.Context, s *streams, fn func(a *app.App, actor *huifang.Actor) error) error {
	return o.within(ctx, s, func(a *app.App, _ *store.Store) error {
		all, err := a.Organizations(ctx)
		if err != nil {
			return err
		}
		for _, org := range all {
			if org.Code == o.Org || o.Org == "" && len(all) == 1 {
				return fn(a, app.SystemActor(org.ID))
			}
		}
		return huifang.Fail(huifang.CodeNotFound, "organization.not_found", huifang.Textf(
			"没有找到机构“%s”；请用 --org 指明，%s organization list 可列出全部", "there is no organization %q; name it with --org, %s organization list shows them", o.Org, s.called))
	})
}

type userAddCmd struct {
	ofOrganization
	Login    string   `arg:"" help:"Log-in name." zh:"登录名。"`
	Name     string   `help:"The person's name." zh:"姓名。" required:""`
	Role     []string `help:"Roles, e.g. admin, head, supervisor, staff, steward." zh:"角色，如 admin 管理员、head 负责人、supervisor 主管、staff 回访员、steward 管家。" default:"staff"`
	Unit     []string `help:"Codes of the units they work in; none: the whole organization." zh:"所在单位的编码；不给则为整个机构。"`
	Password string   `help:"Password; asked for when left out." zh:"密码；不给则提示输入。" env:"HUIFANG_PASSWORD"`
}

// Run adds the person and their password.
func (c *userAddCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, func(a *app.App, actor *huifang.Actor) error {
		units, err := unitIDs(ctx, a, actor, c.Unit)
		if err != nil {
			return err
		}
		password, err := askPassword(s, c.Password)
		if err != nil {
			return err
		}
		if err := app.CheckPassword(password, c.Login); err != nil { // before anything is written
			return err
		}
		m, err := a.CreateStaff(ctx, actor, app.StaffEdit{Code: c.Login, Name: c.Name, Login: c.Login, Units: units, Roles: c.Role, Active: true, Lang: s.lang})
		if err != nil {
			return err
		}
		if err := a.SetPassword(ctx, actor, m.ID, password); err != nil {
			return err
		}
		_, err = fmt.Fprintln(s.out, m.Login, m.Name, m.ID)
		return err
	})
}

func unitIDs(ctx context.Context, a *app.App, actor *huifang.Actor, codes []string) ([]huifang.ID, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	units, err := a.Units(ctx, actor)
	if err != nil {
		return nil, err
	}
	ids := make([]huifang.ID, 0, len(codes))
next:
	for _, code := range codes {
		for _, u := range units {
			if u.Code == code || u.Name == code {
				ids = append(ids, u.ID)
				continue next
			}
		}
		return nil, huifang.Invalid("unit.unknown", huifang.Textf("没有单位“%s”", "there is no unit %q", code))
	}
	return ids, nil
}

type userPasswordCmd struct {
	ofOrganization
	Login    string `arg:"" help:"Log-in name." zh:"登录名。"`
	Password string `help:"Password; asked for when left out." zh:"密码；不给则提示输入。" env:"HUIFANG_PASSWORD"`
}

// Run sets the password and ends the person's sessions.
func (c *userPasswordCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, func(a *app.App, actor *huifang.Actor) error {
		all, err := a.StaffList(ctx, actor, app.StaffFilter{}, app.Page{Limit: 1000})
		if err != nil {
			return err
		}
		for _, m := range all.Items {
			if m.Login != c.Login {
				continue
			}
			password, err := askPassword(s, c.Password)
			if err != nil {
				return err
			}
			return a.SetPassword(ctx, actor, m.ID, password)
		}
		return huifang.Fail(huifang.CodeNotFound, "staff.not_found", huifang.Textf("没有登录名为“%s”的员工", "nobody has the log-in name %q", c.Login))
	})
}

type userListCmd struct {
	ofOrganization
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// listed is one member of staff as the list shows them.
type listed struct {
	Login  string   `json:"login"`
	Code   string   `json:"code"`
	Name   string   `json:"name"`
	Roles  []string `json:"roles"`
	Active bool     `json:"active"`
}

// Run lists the staff.
func (c *userListCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, func(a *app.App, actor *huifang.Actor) error {
		all, err := a.StaffList(ctx, actor, app.StaffFilter{}, app.Page{Limit: 1000})
		if err != nil {
			return err
		}
		rows := make([]listed, 0, len(all.Items))
		for _, m := range all.Items {
			rows = append(rows, listed{m.Login, m.Code, m.Name, m.Roles, m.Active})
		}
		if c.JSON {
			enc := json.NewEncoder(s.out)
			enc.SetEscapeHTML(false)
			return enc.Encode(rows)
		}
		cells := make([][]string, 0, len(rows))
		for _, r := range rows {
			cells = append(cells, []string{r.Login, r.Name, strings.Join(r.Roles, ",")})
		}
		table(s.out, cells)
		return nil
	})
}

// askPassword is the password given, else one typed without echo, else a line
// of standard input.
func askPassword(s *streams, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	prompt := huifang.Text{ZH: "密码：", EN: "Password: "}.In(s.lang)
	if f, ok := s.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(s.err, prompt)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(s.err)
		return string(b), err
	}
	line, err := bufio.NewReader(s.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}
