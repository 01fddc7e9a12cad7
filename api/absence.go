package api

import (
	"context"

	"github.com/huifang/huifang"
)

// AbsenceChange registers an absence.
type AbsenceChange struct {
	Absence
	Version int64 `json:"version,omitempty" doc:"Of the member of staff as you saw them."`
}

// AbsenceEffect is what an absence brought about.
type AbsenceEffect struct {
	Staff Staff `json:"staff"`
	Moved int   `json:"moved" doc:"Follow-ups given to substitutes."`
	Kept  int   `json:"kept" doc:"Follow-ups left as they are: nobody stands in."`
}

type absenceInput struct {
	ByID
	Match
	Body AbsenceChange
}

func (s *service) registerAbsence(ctx context.Context, actor *huifang.Actor, in *absenceInput) (*answer[AbsenceEffect], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	from, err := dateOf("body.from", in.Body.From)
	if err != nil {
		return nil, err
	}
	to, err := dateOf("body.to", in.Body.To)
	if err != nil {
		return nil, err
	}
	got, err := s.app.RegisterAbsence(ctx, actor, in.ID, version, huifang.Absence{From: from, To: to, Substitute: in.Body.Substitute})
	if err != nil {
		return nil, withCurrent(err, func() (Staff, error) { return seen(newStaff)(s.app.StaffMember(ctx, actor, in.ID)) })
	}
	return &answer[AbsenceEffect]{Body: AbsenceEffect{Staff: newStaff(got.Staff), Moved: got.Moved, Kept: got.Kept}}, nil
}

type absenceEnd struct {
	ByID
	Match
	Body struct {
		From    string `json:"from" format:"date" doc:"Names the absence by its first day."`
		Last    string `json:"last" format:"date" doc:"The last day off; before from removes the absence."`
		Version int64  `json:"version,omitempty"`
	}
}

func (s *service) endAbsence(ctx context.Context, actor *huifang.Actor, in *absenceEnd) (*versioned[Staff], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	from, err := dateOf("body.from", in.Body.From)
	if err != nil {
		return nil, err
	}
	last, err := dateOf("body.last", in.Body.Last)
	if err != nil {
		return nil, err
	}
	p, err := s.app.EndAbsence(ctx, actor, in.ID, version, from, last)
	if err != nil {
		return nil, withCurrent(err, func() (Staff, error) { return seen(newStaff)(s.app.StaffMember(ctx, actor, in.ID)) })
	}
	return tagged(newStaff(p), p.Version), nil
}

// Role is a named set of permissions.
type Role struct {
	Code        string               `json:"code"`
	Name        huifang.Text         `json:"name"`
	Permissions []huifang.Permission `json:"permissions"`
	Version     int64                `json:"version" doc:"0: built in, or of a pack."`
}

func newRole(r huifang.Role) Role {
	return Role{Code: r.Code, Name: r.Name, Permissions: list(r.Permissions), Version: r.Version}
}

func (s *service) listRoles(ctx context.Context, actor *huifang.Actor, _ *empty) (*answer[List[Role]], error) {
	roles, err := s.app.Roles(ctx, actor)
	return all(roles, newRole), err
}

type roleInput struct {
	Match
	Code string `path:"code" minLength:"1" maxLength:"100"`
	Body struct {
		Name        huifang.Text         `json:"name"`
		Permissions []huifang.Permission `json:"permissions" maxItems:"100"`
		Version     int64                `json:"version,omitempty"`
	}
}

func (s *service) saveRole(ctx context.Context, actor *huifang.Actor, in *roleInput) (*versioned[Role], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	r, err := s.app.SaveRole(ctx, actor, version, huifang.Role{Org: actor.Org, Code: in.Code, Name: in.Body.Name, Permissions: in.Body.Permissions})
	if err != nil {
		return nil, err
	}
	return tagged(newRole(*r), r.Version), nil
}
