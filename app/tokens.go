package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// NewToken describes an API token to make. A zero Expires is never.
type NewToken struct {
	Name        string
	Permissions []huifang.Permission
	Expires     time.Time
}

// CreateToken makes an API token that reaches the whole organization with the
// permissions given, which must be ones the actor holds (token.beyond); so it
// takes an actor who reaches the whole organization. The secret is shown once.
func (a *App) CreateToken(ctx context.Context, actor *huifang.Actor, in NewToken) (t *huifang.Token, secret string, err error) {
	if err := organizationWide(actor, huifang.PermTokenManage); err != nil {
		return nil, "", err
	}
	if err := checkToken(actor, &in, a.now()); err != nil {
		return nil, "", err
	}
	secret, hash := newSecret(tokenPrefix)
	t = &huifang.Token{
		Org: actor.Org, ID: a.newID(), Name: in.Name, Hash: hash, Permissions: in.Permissions, Created: a.now(), By: actor.Staff, Expires: in.Expires,
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.InsertToken(ctx, t); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "token.created", "token", t.ID, map[string]any{"name": t.Name, "permissions": t.Permissions, "expires": t.Expires})
	})
	return t, secret, err
}

func checkToken(actor *huifang.Actor, in *NewToken, now time.Time) error {
	in.Name = strings.TrimSpace(in.Name)
	if err := required("name", in.Name); err != nil {
		return err
	}
	if len(in.Permissions) == 0 {
		return required("permissions", "")
	}
	if !in.Expires.IsZero() && !in.Expires.After(now) {
		return fieldFault("expires", "token.expired", huifang.Text{ZH: "失效时间已过", EN: "the expiry lies in the past"})
	}
	if err := knownPermissions(in.Permissions); err != nil {
		return err
	}
	for _, p := range in.Permissions {
		if !actor.Can(p) {
			return huifang.Fail(huifang.CodeForbidden, "token.beyond", huifang.Textf("不能授予您自己没有的权限 %s", "you cannot grant %s, which you do not have", p))
		}
	}
	return nil
}

// Tokens lists the API tokens, by name. token.manage.
func (a *App) Tokens(ctx context.Context, actor *huifang.Actor) ([]*huifang.Token, error) {
	if err := organizationWide(actor, huifang.PermTokenManage); err != nil {
		return nil, err
	}
	return a.reads().Tokens(ctx, actor.Org)
}

// RevokeToken ends an API token at once. token.manage.
func (a *App) RevokeToken(ctx context.Context, actor *huifang.Actor, id huifang.ID) error {
	if err := organizationWide(actor, huifang.PermTokenManage); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		tokens, err := tx.Tokens(ctx, actor.Org)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(tokens, func(t *huifang.Token) bool { return t.ID == id }) {
			return huifang.Fail(huifang.CodeNotFound, "token.not_found", huifang.Text{ZH: "没有找到该令牌", EN: "no such token"})
		}
		if err := tx.RevokeToken(ctx, actor.Org, id, a.now()); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "token.revoked", "token", id, nil)
	})
}
