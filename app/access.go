package app

import (
	"context"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// How long a log-in lasts: until it was not used for sessionIdle, at most
// sessionLongest. Its use is noted at most every sessionNoted, to spare a write
// for each request.
const (
	sessionIdle    = 12 * time.Hour
	sessionLongest = 14 * 24 * time.Hour
	sessionNoted   = 10 * time.Minute
)

// logins is what log-ins keep in memory.
type logins struct {
	passwords passwords
	failures  *failures
}

func newLogins() logins {
	return logins{passwords: newPasswords(), failures: &failures{byKey: map[string][]time.Time{}}}
}

// Credentials are what a person logs in with. Address is where the request
// came from, for the limit on failures.
type Credentials struct {
	Organization string // its code
	Login        string
	Password     string
	Address      string
}

// LoggedIn is a new session. Secret is shown once: only its hash is kept.
type LoggedIn struct {
	Secret  string
	Expires time.Time
	Actor   *huifang.Actor
	Staff   *huifang.Staff
}

func wrongLogin() error {
	return huifang.Fail(huifang.CodeUnauthenticated, "login.wrong", huifang.Text{
		ZH: "机构代码、登录名或密码不正确", EN: "the organization, login or password is not right",
	})
}

// Login opens a session. Whatever is wrong — the organization, the login, the
// password, a person who left — the answer is the same CodeUnauthenticated
// login.wrong after the same time. Five failures of a login from one address
// within fifteen minutes, fifty from anywhere, or fifty of any logins from one
// address, make it CodeTooMany
// login.too_many until the oldest is that long past.
func (a *App) Login(ctx context.Context, in Credentials) (*LoggedIn, error) {
	now := a.now()
	login := strings.ToLower(strings.TrimSpace(in.Organization) + "\x00" + strings.TrimSpace(in.Login))
	here, from := login+"\x00"+in.Address, "address\x00"+in.Address
	f := a.logins.failures
	// Counted before it is known, so that many at a time are no more than one
	// after another.
	if wait := f.try(now, limit{here, failuresHere}, limit{login, failuresAll}, limit{from, failuresFrom}); wait > 0 {
		return nil, tooMany(wait)
	}
	org, s, hash, err := a.credential(ctx, strings.TrimSpace(in.Organization), strings.TrimSpace(in.Login))
	if err != nil {
		f.withdrawn(now, here, login, from)
		return nil, err
	}
	right, err := a.logins.passwords.check(ctx, in.Password, hash)
	switch {
	case err != nil:
		f.withdrawn(now, here, login, from)
		return nil, err
	case !right:
		a.log.Warn("log-in failed", "organization", in.Organization, "login", in.Login, "address", in.Address)
		return nil, wrongLogin()
	}
	f.withdrawn(now, login, from)
	f.succeeded(here)
	return a.openSession(ctx, org, s, now)
}

// credential finds who logs in; hash is empty where there is nobody, or nobody
// who may.
func (a *App) credential(ctx context.Context, code, login string) (org *huifang.Organization, s *huifang.Staff, hash string, err error) {
	if login == "" {
		return nil, nil, "", nil
	}
	if org, err = a.reads().OrganizationByCode(ctx, code); err != nil {
		return nil, nil, "", absent(err)
	}
	if s, err = a.reads().StaffByLogin(ctx, org.ID, login); err != nil {
		return nil, nil, "", absent(err)
	}
	c, err := a.reads().Credential(ctx, org.ID, s.ID)
	if err != nil || !s.Active {
		return nil, nil, "", absent(err)
	}
	return org, s, c.Hash, nil
}

// absent is nil for what was not found, and for text no record can hold.
func absent(err error) error {
	if c := huifang.CodeOf(err); c == huifang.CodeNotFound || c == huifang.CodeInvalid {
		return nil
	}
	return err
}

func (a *App) openSession(ctx context.Context, org *huifang.Organization, s *huifang.Staff, now time.Time) (*LoggedIn, error) {
	d, err := a.directory(ctx, org.ID)
	if err != nil {
		return nil, err
	}
	out := &LoggedIn{Expires: now.Add(sessionIdle), Actor: d.actor(s), Staff: s}
	var hash string
	out.Secret, hash = newSecret(sessionPrefix)
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.InsertSession(ctx, &huifang.Session{Org: org.ID, Hash: hash, Staff: s.ID, Created: now, Expires: out.Expires}); err != nil {
			return err
		}
		return a.audit(ctx, tx, out.Actor, "session.opened", "staff", s.ID, nil)
	})
	return out, err
}

func badSession() error {
	return huifang.Fail(huifang.CodeUnauthenticated, "session.invalid", huifang.Text{
		ZH: "未登录或登录已失效，请重新登录", EN: "not logged in, or the session has ended; log in again",
	})
}

// Authenticate tells who a secret belongs to: a session's, or an API token's,
// whose Staff is nil. Use of a session prolongs it. Anything else is
// CodeUnauthenticated session.invalid.
func (a *App) Authenticate(ctx context.Context, secret string) (*huifang.Actor, *huifang.Staff, error) {
	switch {
	case strings.HasPrefix(secret, sessionPrefix):
		return a.bySession(ctx, hashSecret(secret))
	case strings.HasPrefix(secret, tokenPrefix):
		actor, err := a.byToken(ctx, hashSecret(secret))
		return actor, nil, err
	}
	return nil, nil, badSession()
}

func (a *App) bySession(ctx context.Context, hash string) (*huifang.Actor, *huifang.Staff, error) {
	now := a.now()
	session, err := a.reads().SessionByHash(ctx, hash)
	if err != nil {
		return nil, nil, unknownSession(err)
	}
	if !session.Expires.After(now) {
		return nil, nil, badSession()
	}
	d, err := a.directory(ctx, session.Org)
	if err != nil {
		return nil, nil, err
	}
	s := d.person[session.Staff]
	if s == nil || !s.Active {
		return nil, nil, badSession()
	}
	longest := session.Created.Add(sessionLongest)
	if until := now.Add(sessionIdle); until.Sub(session.Expires) >= sessionNoted && session.Expires.Before(longest) {
		if until.After(longest) {
			until = longest
		}
		err = a.store.Write(ctx, func(tx *store.Tx) error { return tx.ExtendSession(ctx, session.Org, hash, until) })
		if err != nil && huifang.CodeOf(err) != huifang.CodeNotFound {
			a.log.WarnContext(ctx, "session not prolonged", "error", err)
		}
	}
	return d.actor(s), s, nil
}

func unknownSession(err error) error {
	if huifang.CodeOf(err) == huifang.CodeNotFound {
		return badSession()
	}
	return err
}

func (a *App) byToken(ctx context.Context, hash string) (*huifang.Actor, error) {
	t, err := a.reads().TokenByHash(ctx, hash)
	if err != nil {
		return nil, unknownSession(err)
	}
	now := a.now()
	if !t.Revoked.IsZero() || !t.Expires.IsZero() && !t.Expires.After(now) {
		return nil, badSession()
	}
	actor := &huifang.Actor{Org: t.Org, Token: t.ID, Permissions: map[huifang.Permission]bool{}}
	for _, p := range t.Permissions {
		actor.Permissions[p] = true
	}
	return actor, nil
}

// Logout ends the session of a secret; ending none is no error.
func (a *App) Logout(ctx context.Context, secret string) error {
	hash := hashSecret(secret)
	session, err := a.reads().SessionByHash(ctx, hash)
	if err != nil {
		return absent(err)
	}
	return a.store.Write(ctx, func(tx *store.Tx) error { return tx.DeleteSession(ctx, session.Org, hash) })
}

// SystemActor is the product's own actor in an organization, for the command
// line and jobs: it passes every check.
func SystemActor(org huifang.ID) *huifang.Actor { return system(org) }

// self is the member of staff the actor is; an API token is nobody.
func (a *App) self(ctx context.Context, actor *huifang.Actor) (*huifang.Staff, error) {
	if actor.Staff == "" {
		return nil, huifang.Fail(huifang.CodeForbidden, "actor.not_staff", huifang.Text{
			ZH: "此操作只能由登录的员工进行", EN: "only a logged-in member of staff can do this",
		})
	}
	return a.reads().Staff(ctx, actor.Org, actor.Staff)
}
