package app

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// Limits of what a member of staff may keep.
const (
	mostPreferences = 200
	maxPreference   = 8 << 10 // bytes
)

// Preferences lists the actor's own saved views (of a page) and preferences
// (page empty), by page and name.
func (a *App) Preferences(ctx context.Context, actor *huifang.Actor) ([]*huifang.Preference, error) {
	if _, err := a.self(ctx, actor); err != nil {
		return nil, err
	}
	return a.reads().Preferences(ctx, actor.Org, actor.Staff)
}

// SavePreference keeps one of the actor's own, or overwrites it: the last one
// to say something wins. Body is JSON of at most 8 kB; there are at most 200.
func (a *App) SavePreference(ctx context.Context, actor *huifang.Actor, p huifang.Preference) error {
	if _, err := a.self(ctx, actor); err != nil {
		return err
	}
	p.Org, p.Staff, p.Name = actor.Org, actor.Staff, strings.TrimSpace(p.Name)
	switch {
	case p.Name == "":
		return required("name", "")
	case utf8.RuneCountInString(p.Name) > 100 || utf8.RuneCountInString(p.Page) > 100:
		return fieldFault("name", "preference.name", huifang.Text{ZH: "名称不能超过 100 个字符", EN: "a name has at most 100 characters"})
	case !json.Valid([]byte(p.Body)):
		return fieldFault("value", "preference.value", huifang.Text{ZH: "内容不是有效的 JSON", EN: "the value is not JSON"})
	case len(p.Body) > maxPreference:
		return huifang.Fail(huifang.CodeTooLarge, "preference.too_large", huifang.Text{ZH: "内容不能超过 8 KB", EN: "a value has at most 8 kB"})
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		have, err := tx.Preferences(ctx, p.Org, p.Staff)
		if err != nil {
			return err
		}
		for _, h := range have {
			if h.Page == p.Page && h.Name == p.Name {
				return tx.SavePreference(ctx, &p)
			}
		}
		if len(have) >= mostPreferences {
			return huifang.Fail(huifang.CodeTooLarge, "preference.too_many", huifang.Textf("最多保存 %d 项，请先删除不用的", "at most %d are kept; delete what you do not use", mostPreferences))
		}
		return tx.SavePreference(ctx, &p)
	})
}

// DeletePreference forgets one of the actor's own.
func (a *App) DeletePreference(ctx context.Context, actor *huifang.Actor, page, name string) error {
	if _, err := a.self(ctx, actor); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		return tx.DeletePreference(ctx, actor.Org, actor.Staff, page, strings.TrimSpace(name))
	})
}
