package app

import (
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// organizationWide is Require for what concerns the whole organization.
func organizationWide(actor *huifang.Actor, p huifang.Permission) error {
	if err := actor.Require(p); err != nil {
		return err
	}
	if actor.Units != nil && !actor.System {
		return huifang.Fail(huifang.CodeForbidden, "forbidden.unit_scope", huifang.Text{
			ZH: "此操作涉及整个机构，需要机构级权限", EN: "this concerns the whole organization and takes an organization-wide role",
		})
	}
	return nil
}

// required is the error of a missing field, nil when it is there.
func required(field, value string) error {
	if strings.TrimSpace(value) != "" {
		return nil
	}
	return fieldFault(field, "field.missing", huifang.Textf("缺少必填项 %s", "%s is required", field))
}

// stale is the conflict of a version that is not the current one.
func stale(seen, current int64) error {
	if seen == 0 || seen == current {
		return nil
	}
	return huifang.Fail(huifang.CodeConflict, store.ReasonStale, huifang.Text{
		ZH: "该记录已被他人修改，请刷新后重试", EN: "the record was changed by someone else; reload and try again",
	})
}
