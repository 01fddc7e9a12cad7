package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"sync"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// setup is the one-time code that guards the first run. It lives in memory: a
// restart makes another.
type setup struct {
	mu   sync.Mutex
	code string
}

// OpenSetup is the code that Setup asks for, while there is no organization;
// empty once there is one. Whoever runs the server is shown it.
func (a *App) OpenSetup(ctx context.Context) (string, error) {
	needed, err := a.SetupNeeded(ctx)
	if err != nil || !needed {
		return "", err
	}
	a.setup.mu.Lock()
	defer a.setup.mu.Unlock()
	if a.setup.code == "" {
		var b [15]byte
		_, _ = rand.Read(b[:]) // never fails, see newSecret
		a.setup.code = strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
	}
	return a.setup.code, nil
}

// SetupNeeded tells whether the database holds no organization at all.
func (a *App) SetupNeeded(ctx context.Context) (bool, error) {
	all, err := a.reads().Organizations(ctx)
	return len(all) == 0, err
}

// SetupPacks are the packs to choose from, for whoever has the code.
func (a *App) SetupPacks(ctx context.Context, code, address string) ([]PackInfo, error) {
	if err := a.checkSetup(ctx, code, address); err != nil {
		return nil, err
	}
	var out []PackInfo
	for _, name := range pack.List() {
		p, err := pack.Load(name)
		if err != nil {
			return nil, err
		}
		out = append(out, packInfo(p, false, true))
	}
	return out, nil
}

// checkSetup refuses a wrong code, and everything once there is an
// organization. Guessing is slowed as at log-in.
func (a *App) checkSetup(ctx context.Context, code, address string) error {
	needed, err := a.SetupNeeded(ctx)
	if err != nil {
		return err
	}
	if !needed {
		return setUp()
	}
	now, key := a.now(), "setup\x00"+address
	if wait := a.logins.failures.wait(key, failuresHere, now); wait > 0 {
		return tooMany(wait)
	}
	a.setup.mu.Lock()
	right := a.setup.code != "" && subtle.ConstantTimeCompare([]byte(strings.TrimSpace(code)), []byte(a.setup.code)) == 1
	a.setup.mu.Unlock()
	if right {
		return nil
	}
	a.logins.failures.failed(now, key)
	return huifang.Fail(huifang.CodeForbidden, "setup.code", huifang.Text{
		ZH: "初始化链接无效，请使用服务启动时显示的链接", EN: "the code is not right; use the link that the server showed when it started",
	})
}

func setUp() error {
	return huifang.Fail(huifang.CodeConflict, "setup.done", huifang.Text{ZH: "系统已经建立了机构，请直接登录", EN: "there is an organization already; log in"})
}

// SetupInput is the first organization and its administrator.
type SetupInput struct {
	Setup        string // the code of OpenSetup
	Organization NewOrganization
	Unit         string // name of the first unit; default: the organization's
	Login        string
	Name         string // of the administrator; default: the login
	Password     string
	Address      string // where the request came from, for the limit on guessing
}

// Setup makes the first organization of an empty database, with one unit and an
// administrator, who is logged in by it. It works once: then the code is gone.
// Errors: setup.done (conflict), setup.code (forbidden), and those of
// CreateOrganization, CreateStaff and SetPassword.
func (a *App) Setup(ctx context.Context, in SetupInput) (*LoggedIn, error) {
	if err := a.checkSetup(ctx, in.Setup, in.Address); err != nil {
		return nil, err
	}
	in.Login, in.Name = strings.TrimSpace(in.Login), strings.TrimSpace(in.Name)
	if err := required("login", in.Login); err != nil {
		return nil, err
	}
	if err := CheckPassword(in.Password, in.Login); err != nil {
		return nil, err
	}
	o, packs, err := a.newOrganization(in.Organization)
	if err != nil {
		return nil, err
	}
	hash, err := a.logins.passwords.hash(ctx, in.Password)
	if err != nil {
		return nil, err
	}
	unit := &huifang.Unit{Org: o.ID, ID: a.newID(), Name: cmp.Or(strings.TrimSpace(in.Unit), o.Name.In(o.Lang))}
	unit.Code = unit.Name
	admin := &huifang.Staff{
		Org: o.ID, ID: a.newID(), Code: in.Login, Name: cmp.Or(in.Name, in.Login), Login: in.Login,
		Units: []huifang.ID{unit.ID}, Roles: []string{"admin"}, Active: true, Lang: o.Lang,
	}
	if err := a.firstOrganization(ctx, o, packs, unit, admin, hash); err != nil {
		return nil, err
	}
	return a.openSession(ctx, o, admin, a.now())
}

func (a *App) firstOrganization(ctx context.Context, o *huifang.Organization, packs []*pack.Pack, unit *huifang.Unit, admin *huifang.Staff, hash string) error {
	a.setup.mu.Lock() // the code serves one request
	defer a.setup.mu.Unlock()
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		all, err := tx.Organizations(ctx)
		switch {
		case err != nil:
			return err
		case len(all) > 0:
			return setUp()
		}
		unit.Version, admin.Version = 0, 0
		if err := a.insertOrganization(ctx, tx, o, packs); err != nil {
			return err
		}
		if err := tx.SaveUnit(ctx, unit); err != nil {
			return err
		}
		if err := tx.SaveStaff(ctx, admin); err != nil {
			return err
		}
		if err := tx.SaveCredential(ctx, &huifang.Credential{Org: o.ID, Staff: admin.ID, Hash: hash, Changed: a.now()}); err != nil {
			return err
		}
		return a.audit(ctx, tx, system(o.ID), "staff.created", "staff", admin.ID, map[string]any{"name": admin.Name, "roles": admin.Roles, "units": admin.Units, "active": true})
	})
	if err == nil {
		a.setup.code = ""
	}
	return err
}
