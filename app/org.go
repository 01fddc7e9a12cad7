package app

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// NewOrganization is an organization to be made.
type NewOrganization struct {
	Code  string // for log-in: 2 to 32 of a–z, 0–9 and -
	Name  huifang.Text
	Zone  string       // default Asia/Shanghai
	Lang  huifang.Lang // default zh
	Packs []string     // built-in names or folders
}

var orgCode = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])$`)

// CreateOrganization makes an organization and activates its packs. It belongs
// to the installation, not to an organization, so no actor is asked; only the
// command line calls it. A code that is taken is a CodeConflict.
func (a *App) CreateOrganization(ctx context.Context, in NewOrganization) (*huifang.Organization, error) {
	o, loaded, err := a.newOrganization(in)
	if err != nil {
		return nil, err
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error { return a.insertOrganization(ctx, tx, o, loaded) })
	if huifang.ReasonOf(err) == store.ReasonDuplicate {
		return nil, huifang.Fail(huifang.CodeConflict, "organization.exists", huifang.Textf(
			"机构代码“%s”已被使用", "there is an organization with the code %q already", o.Code))
	}
	if err != nil {
		return nil, err
	}
	return a.reads().Organization(ctx, o.ID)
}

// newOrganization checks what is asked for.
func (a *App) newOrganization(in NewOrganization) (*huifang.Organization, []*pack.Pack, error) {
	o := &huifang.Organization{
		ID: a.newID(), Code: strings.ToLower(strings.TrimSpace(in.Code)), Name: in.Name, Zone: cmp.Or(in.Zone, "Asia/Shanghai"),
		Lang: cmp.Or(in.Lang, huifang.ZH), Created: a.now(),
	}
	if !orgCode.MatchString(o.Code) {
		return nil, nil, fieldFault("code", "organization.code", huifang.Textf(
			"机构代码“%s”无效：用 2 至 32 个小写字母、数字或连字符", "the code %q is not valid: use 2 to 32 lower-case letters, digits or hyphens", in.Code))
	}
	if err := checkOrganization(o); err != nil {
		return nil, nil, err
	}
	loaded, err := loadPacks(in.Packs)
	return o, loaded, err
}

// insertOrganization keeps a new organization with its packs.
func (a *App) insertOrganization(ctx context.Context, tx *store.Tx, o *huifang.Organization, packs []*pack.Pack) error {
	row := *o
	if err := tx.SaveOrganization(ctx, &row); err != nil {
		return err
	}
	for _, p := range packs {
		if _, err := a.savePack(ctx, tx, &row, p); err != nil {
			return err
		}
	}
	return a.audit(ctx, tx, system(o.ID), "organization.created", "organization", o.ID, nil)
}

func checkOrganization(o *huifang.Organization) error {
	if strings.TrimSpace(o.Name.ZH)+strings.TrimSpace(o.Name.EN) == "" {
		return fieldFault("name", "organization.name", huifang.Text{ZH: "请填写机构名称", EN: "give the organization a name"})
	}
	if _, err := time.LoadLocation(o.Zone); err != nil || o.Zone == "" || o.Zone == "Local" {
		return fieldFault("zone", "organization.zone", huifang.Textf("时区“%s”无效，应写作 Asia/Shanghai", "the time zone %q is unknown; write it as Asia/Shanghai", o.Zone))
	}
	if o.Lang != huifang.ZH && o.Lang != huifang.EN {
		return fieldFault("lang", "organization.lang", huifang.Textf("语言“%s”无效，可用 zh、en", "the language %q is neither zh nor en", o.Lang))
	}
	return nil
}

// Organizations lists all organizations, by code. It belongs to the
// installation: the command line and jobs call it.
func (a *App) Organizations(ctx context.Context) ([]*huifang.Organization, error) {
	return a.reads().Organizations(ctx)
}

// OrganizationByCode is the organization with the log-in code; installation
// level as Organizations.
func (a *App) OrganizationByCode(ctx context.Context, code string) (*huifang.Organization, error) {
	return a.reads().OrganizationByCode(ctx, strings.ToLower(strings.TrimSpace(code)))
}

// Organization is the actor's own organization.
func (a *App) Organization(ctx context.Context, actor *huifang.Actor) (*huifang.Organization, error) {
	return a.reads().Organization(ctx, actor.Org)
}

// UpdateOrganization changes name, zone, language and settings;
// organization.manage. Code and packs stay. Days of the calendar count for what
// is planned from then on. A stale Version is a CodeConflict.
func (a *App) UpdateOrganization(ctx context.Context, actor *huifang.Actor, to *huifang.Organization) error {
	if err := actor.Require(huifang.PermOrganization); err != nil {
		return err
	}
	if err := checkOrganization(to); err != nil {
		return err
	}
	if err := checkSettings(&to.Settings); err != nil {
		return err
	}
	version := to.Version
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		o, err := tx.Organization(ctx, actor.Org)
		if err != nil {
			return err
		}
		to.Settings.Quiet, to.Settings.UnitQuiet = o.Settings.Quiet, o.Settings.UnitQuiet // SetQuiet's
		o.Name, o.Zone, o.Lang, o.Settings, o.Version = to.Name, to.Zone, to.Lang, to.Settings, version
		if err := tx.SaveOrganization(ctx, o); err != nil {
			return err
		}
		*to = *o
		return a.audit(ctx, tx, actor, "organization.changed", "organization", actor.Org, map[string]any{"name": to.Name, "zone": to.Zone, "lang": to.Lang, "settings": to.Settings})
	})
	a.forget(actor.Org)
	return err
}
