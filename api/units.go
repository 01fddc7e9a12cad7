package api

import (
	"context"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// UnitChange is what can be said of a unit.
type UnitChange struct {
	Parent      huifang.ID   `json:"parent,omitempty" maxLength:"100" doc:"Missing: at the root."`
	Code        string       `json:"code" minLength:"1" maxLength:"100"`
	Name        string       `json:"name" minLength:"1" maxLength:"200"`
	Head        huifang.ID   `json:"head,omitempty" maxLength:"100"`
	Zone        string       `json:"zone,omitempty" maxLength:"100"`
	Departments []Department `json:"departments,omitempty" maxItems:"200"`
	Version     int64        `json:"version,omitempty" doc:"Of the unit as you saw it, when changing one."`
}

func (c UnitChange) edit() app.UnitEdit {
	return app.UnitEdit{
		Parent: c.Parent, Code: c.Code, Name: c.Name, Head: c.Head, Zone: c.Zone,
		Departments: turned(c.Departments, func(d Department) huifang.Department { return huifang.Department{Name: d.Name, Head: d.Head} }),
	}
}

type unitCreation struct{ Body UnitChange }

type unitUpdate struct {
	ByID
	Match
	Body UnitChange
}

func (s *service) createUnit(ctx context.Context, actor *huifang.Actor, in *unitCreation) (*versioned[Unit], error) {
	u, err := s.app.CreateUnit(ctx, actor, in.Body.edit())
	if err != nil {
		return nil, err
	}
	return tagged(newUnit(u), u.Version), nil
}

func (s *service) updateUnit(ctx context.Context, actor *huifang.Actor, in *unitUpdate) (*versioned[Unit], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	u, err := s.app.UpdateUnit(ctx, actor, in.ID, version, in.Body.edit())
	if err != nil {
		return nil, withCurrent(err, func() (Unit, error) { return seen(newUnit)(s.app.Unit(ctx, actor, in.ID)) })
	}
	return tagged(newUnit(u), u.Version), nil
}

// seen turns a record that was read, unless reading failed.
func seen[F, T any](turn func(F) T) func(F, error) (T, error) {
	return func(from F, err error) (T, error) {
		if err != nil {
			var none T
			return none, err
		}
		return turn(from), nil
	}
}

// below is the units named, by id or code, with all units below them. An
// unknown one stays: it selects nothing.
func (s *service) below(ctx context.Context, actor *huifang.Actor, named []huifang.ID) ([]huifang.ID, error) {
	if len(named) == 0 {
		return nil, nil
	}
	units, err := s.app.Units(ctx, actor)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(named)
	for _, u := range units {
		if slices.Contains(named, huifang.ID(u.Code)) || slices.ContainsFunc(strings.Split(u.Path, "/"), func(id string) bool { return slices.Contains(out, huifang.ID(id)) }) {
			out = append(out, u.ID)
		}
	}
	return out, nil
}
