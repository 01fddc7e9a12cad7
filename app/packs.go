package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/store"
)

// PackInfo is a pack as a list shows it.
type PackInfo struct {
	Code        string
	Name        huifang.Text
	Description huifang.Text
	Source      string
	Version     int
	Active      bool
	Builtin     bool
	Programs    []string // codes
}

// Activation is what activating a pack changed. Codes are of programs as
// "program:repair" and of forms as "form:repair".
type Activation struct {
	Pack      PackInfo
	Replaced  string // the pack it extends, which it took the place of
	Added     []string
	Changed   []string // a new version
	Unchanged []string
}

func packInfo(p *pack.Pack, active, builtin bool) PackInfo {
	out := PackInfo{Code: p.Code, Name: p.Name, Description: p.Description, Source: p.Source, Version: p.Version, Active: active, Builtin: builtin}
	for i := range p.Programs {
		out.Programs = append(out.Programs, p.Programs[i].Code)
	}
	return out
}

// Packs lists the built-in packs and the organization's own active ones.
func (a *App) Packs(ctx context.Context, actor *huifang.Actor) ([]PackInfo, error) {
	if err := actor.Require(huifang.PermFollowupRead); err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	builtin := pack.List()
	out := make([]PackInfo, 0, len(builtin)+len(d.packs))
	for _, p := range d.packs {
		out = append(out, packInfo(p, true, slices.Contains(builtin, p.Code)))
	}
	for _, name := range builtin {
		if slices.ContainsFunc(out, func(i PackInfo) bool { return i.Code == name }) {
			continue
		}
		p, err := pack.Load(name)
		if err != nil {
			return nil, err
		}
		out = append(out, packInfo(p, false, true))
	}
	return out, nil
}

// loadPacks loads packs and sees that they can stand side by side.
func loadPacks(names []string) ([]*pack.Pack, error) {
	out := make([]*pack.Pack, 0, len(names))
	for _, name := range names {
		p, err := pack.Load(name)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	_, err := combine(out).compile()
	return out, err
}

// ActivatePack activates a built-in pack by its name, or the pack in a folder,
// beside those that are active; again, it takes the pack's present version. A
// pack that extends an active one takes its place. Definitions are kept as
// versions that never change: what is unchanged makes no new version.
//
// program.manage over the whole organization. Errors: the pack's own faults, located, in Details;
// CodeConflict pack.clash when it contradicts an active pack.
func (a *App) ActivatePack(ctx context.Context, actor *huifang.Actor, nameOrDir string) (*Activation, error) {
	if err := organizationWide(actor, huifang.PermProgramManage); err != nil {
		return nil, err
	}
	p, err := pack.Load(nameOrDir)
	if err != nil {
		return nil, err
	}
	d, err := a.directory(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	beside := slices.DeleteFunc(slices.Clone(d.packs), func(o *pack.Pack) bool { return o.Code == p.Code || o.Code == p.Extends })
	if _, err := combine(append(beside, p)).compile(); err != nil {
		return nil, err
	}
	var out *Activation
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		o, err := tx.Organization(ctx, actor.Org)
		if err != nil {
			return err
		}
		if out, err = a.savePack(ctx, tx, o, p); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "pack.activated", kindPack, "", map[string]any{"pack": p.Code, "version": p.Version, "replaced": out.Replaced})
	})
	a.forget(actor.Org)
	return out, err
}

// savePack keeps a pack's definitions and makes it active.
func (a *App) savePack(ctx context.Context, tx *store.Tx, o *huifang.Organization, p *pack.Pack) (*Activation, error) {
	out := &Activation{Pack: packInfo(p, true, slices.Contains(pack.List(), p.Code))}
	if _, err := a.saveDefinition(ctx, tx, o.ID, kindPack, p.Code, p); err != nil {
		return nil, err
	}
	for i := range p.Programs {
		if err := a.noteDefinition(ctx, tx, o.ID, out, kindProgram, p.Programs[i].Code, &p.Programs[i]); err != nil {
			return nil, err
		}
	}
	for i := range p.Forms {
		if err := a.noteDefinition(ctx, tx, o.ID, out, kindForm, p.Forms[i].Code, &p.Forms[i]); err != nil {
			return nil, err
		}
	}
	if slices.Contains(o.Packs, p.Extends) {
		out.Replaced = p.Extends
	}
	o.Packs = slices.DeleteFunc(slices.Clone(o.Packs), func(code string) bool { return code == p.Code || code == p.Extends && p.Extends != "" })
	o.Packs = append(o.Packs, p.Code)
	return out, tx.SaveOrganization(ctx, o)
}

func (a *App) noteDefinition(ctx context.Context, tx *store.Tx, org huifang.ID, out *Activation, kind, code string, def any) error {
	before, err := tx.ProgramVersion(ctx, org, kind, code, 0)
	if err != nil && huifang.CodeOf(err) != huifang.CodeNotFound {
		return err
	}
	hash, err := a.saveDefinition(ctx, tx, org, kind, code, def)
	name := kind + ":" + code
	switch {
	case err != nil:
		return err
	case before == nil:
		out.Added = append(out.Added, name)
	case before.Hash == hash:
		out.Unchanged = append(out.Unchanged, name)
	default:
		out.Changed = append(out.Changed, name)
	}
	return nil
}

func (a *App) saveDefinition(ctx context.Context, tx *store.Tx, org huifang.ID, kind, code string, def any) (hash string, err error) {
	body, err := json.Marshal(def)
	if err != nil {
		return "", huifang.Wrap(err)
	}
	sum := sha256.Sum256(body)
	hash = hex.EncodeToString(sum[:])
	return hash, tx.SaveProgramVersion(ctx, &huifang.ProgramVersion{
		Org: org, Kind: kind, Code: code, Definition: string(body), Hash: hash, At: a.now(),
	})
}

// DeactivatePack stops a pack: nothing new starts by it, follow-ups that are
// planned stay and go on. program.manage over the whole organization.
func (a *App) DeactivatePack(ctx context.Context, actor *huifang.Actor, code string) error {
	if err := organizationWide(actor, huifang.PermProgramManage); err != nil {
		return err
	}
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		o, err := tx.Organization(ctx, actor.Org)
		if err != nil {
			return err
		}
		if !slices.Contains(o.Packs, code) {
			return huifang.Fail(huifang.CodeNotFound, "pack.not_active", huifang.Textf("行业包“%s”没有启用", "the pack %q is not active", code))
		}
		o.Packs = slices.DeleteFunc(slices.Clone(o.Packs), func(c string) bool { return c == code })
		if err := tx.SaveOrganization(ctx, o); err != nil {
			return err
		}
		return a.audit(ctx, tx, actor, "pack.deactivated", kindPack, "", map[string]any{"pack": code})
	})
	a.forget(actor.Org)
	return err
}
