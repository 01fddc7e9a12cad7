package app

import (
	"context"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// ChangePassword changes the actor's own password and ends every session of
// theirs, the present one too. A wrong old password counts as a failed log-in.
func (a *App) ChangePassword(ctx context.Context, actor *huifang.Actor, old, fresh string) error {
	s, err := a.self(ctx, actor)
	if err != nil {
		return err
	}
	if err := CheckPassword(fresh, s.Login); err != nil {
		return err
	}
	if old == fresh {
		return fieldFault("password", "password.same", huifang.Text{ZH: "新密码与原密码相同", EN: "the new password equals the old one"})
	}
	now, key := a.now(), string(actor.Org+actor.Staff)
	if wait := a.logins.failures.wait(key, failuresHere, now); wait > 0 {
		return tooMany(wait)
	}
	c, err := a.reads().Credential(ctx, actor.Org, actor.Staff)
	if err != nil {
		return err
	}
	right, err := a.logins.passwords.check(ctx, old, c.Hash)
	switch {
	case err != nil:
		return err
	case !right:
		a.logins.failures.failed(now, key)
		return fieldFault("old", "password.wrong", huifang.Text{ZH: "原密码不正确", EN: "the old password is not right"})
	}
	return a.savePassword(ctx, actor, s, fresh)
}

// SetPassword sets the password of a member of staff and ends their sessions;
// an empty one takes the right to log in away. It takes staff.manage over all
// of the person's units, and no less permission than the person has.
func (a *App) SetPassword(ctx context.Context, actor *huifang.Actor, staff huifang.ID, password string) error {
	d, s, err := a.manageable(ctx, actor, staff)
	if err != nil {
		return err
	}
	if err := d.within(actor, s.Roles); err != nil {
		return err
	}
	if password != "" {
		if err := CheckPassword(password, s.Login); err != nil {
			return err
		}
		if s.Login == "" {
			return fieldFault("login", "login.missing", huifang.Text{ZH: "该员工没有登录名，请先设置", EN: "this member of staff has no login; set one first"})
		}
	}
	return a.savePassword(ctx, actor, s, password)
}

func (a *App) savePassword(ctx context.Context, actor *huifang.Actor, s *huifang.Staff, password string) error {
	hash := ""
	if password != "" {
		var err error
		if hash, err = a.logins.passwords.hash(ctx, password); err != nil {
			return err
		}
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SaveCredential(ctx, &huifang.Credential{Org: s.Org, Staff: s.ID, Hash: hash, Changed: a.now()}); err != nil {
			return err
		}
		if err := tx.DeleteSessions(ctx, s.Org, s.ID); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "staff.password_set", "staff", s.ID, map[string]bool{"may_log_in": hash != ""})
	})
}
