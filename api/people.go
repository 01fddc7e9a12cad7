package api

import (
	"context"
	"net/http"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/app"
)

// people: staff, their absences, and roles.
func (s *service) people() {
	const tag = "people"
	manage := may(huifang.PermStaffManage)
	register(s, tag, op{id: "list-staff", method: http.MethodGet, path: "/staff", zh: "列出员工", en: "List staff"}, s.listStaff)
	register(s, tag, op{id: "create-staff", method: http.MethodPost, path: "/staff", zh: "新建员工", en: "Create a member of staff", needs: manage, created: true, once: true}, s.createStaff)
	register(s, tag, op{id: "get-staff", method: http.MethodGet, path: "/staff/{id}", zh: "查看员工", en: "Show a member of staff"}, s.getStaff)
	register(s, tag, op{id: "update-staff", method: http.MethodPut, path: "/staff/{id}", zh: "修改员工", en: "Change a member of staff", needs: manage}, s.updateStaff)
	register(s, tag, op{id: "set-password", method: http.MethodPut, path: "/staff/{id}/password", zh: "设置员工密码", en: "Set a member of staff's password", needs: manage}, s.setPassword)
	register(s, tag, op{id: "register-absence", method: http.MethodPost, path: "/staff/{id}/absences", zh: "登记缺勤与代班人", en: "Register an absence and who stands in", needs: manage}, s.registerAbsence)
	register(s, tag, op{id: "end-absence", method: http.MethodPost, path: "/staff/{id}/absences/end", zh: "结束或取消缺勤", en: "End an absence, or remove it", needs: manage}, s.endAbsence)
	register(s, tag, op{id: "list-roles", method: http.MethodGet, path: "/roles", zh: "列出角色", en: "List roles"}, s.listRoles)
	register(s, tag, op{id: "save-role", method: http.MethodPut, path: "/roles/{code}", zh: "保存角色", en: "Create or change a role of the organization's own", needs: manage}, s.saveRole)
}

// Staff is a person who works for the organization.
type Staff struct {
	ID             huifang.ID      `json:"id"`
	Code           string          `json:"code"`
	Name           string          `json:"name"`
	Login          string          `json:"login,omitempty" doc:"Shown to those who manage staff, and to the person."`
	Phone          string          `json:"phone,omitempty" doc:"As login."`
	Email          string          `json:"email,omitempty" doc:"As login."`
	Units          []huifang.ID    `json:"units"`
	Roles          []string        `json:"roles"`
	Qualifications []Qualification `json:"qualifications"`
	Absences       []Absence       `json:"absences"`
	Active         bool            `json:"active"`
	Lang           huifang.Lang    `json:"lang,omitempty"`
	Version        int64           `json:"version"`
}

// Qualification is a licence with its last valid day.
type Qualification struct {
	Code  string `json:"code" minLength:"1" maxLength:"100"`
	Until string `json:"until,omitempty" format:"date" doc:"Missing: does not expire."`
}

// Absence is a range of days off, both ends included.
type Absence struct {
	From       string     `json:"from,omitempty" format:"date"`
	To         string     `json:"to,omitempty" format:"date" doc:"Missing while the return is unknown."`
	Substitute huifang.ID `json:"substitute,omitempty" maxLength:"100" doc:"Who stands in."`
}

func newStaff(p *huifang.Staff) Staff {
	return Staff{
		ID: p.ID, Code: p.Code, Name: p.Name, Login: p.Login, Phone: p.Phone, Email: p.Email, Units: list(p.Units), Roles: list(p.Roles),
		Active: p.Active, Lang: p.Lang, Version: p.Version,
		Qualifications: turned(p.Qualifications, func(q huifang.Qualification) Qualification {
			return Qualification{Code: q.Code, Until: q.Until.String()}
		}),
		Absences: turned(p.Absences, func(a huifang.Absence) Absence {
			return Absence{From: a.From.String(), To: a.To.String(), Substitute: a.Substitute}
		}),
	}
}

type staffListInput struct {
	Paging
	Unit     huifang.ID `query:"unit" maxLength:"100" doc:"Only those of the unit and the units below."`
	Role     string     `query:"role" maxLength:"100"`
	Text     string     `query:"text" maxLength:"200" doc:"Part of name or code."`
	Inactive bool       `query:"inactive" doc:"Also those who left."`
}

func (s *service) listStaff(ctx context.Context, actor *huifang.Actor, in *staffListInput) (*answer[List[Staff]], error) {
	p, err := s.app.StaffList(ctx, actor, app.StaffFilter{Unit: in.Unit, Role: in.Role, Text: in.Text, Inactive: in.Inactive}, in.page())
	return newList(p, newStaff), err
}

func (s *service) getStaff(ctx context.Context, actor *huifang.Actor, in *ByID) (*versioned[Staff], error) {
	p, err := s.app.StaffMember(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return tagged(newStaff(p), p.Version), nil
}

// StaffChange is what can be said of a member of staff.
type StaffChange struct {
	Code           string          `json:"code" minLength:"1" maxLength:"100"`
	Name           string          `json:"name" minLength:"1" maxLength:"200"`
	Login          string          `json:"login,omitempty" maxLength:"200"`
	Phone          string          `json:"phone,omitempty" maxLength:"50"`
	Email          string          `json:"email,omitempty" maxLength:"200"`
	Units          []huifang.ID    `json:"units,omitempty" maxItems:"1000"`
	Roles          []string        `json:"roles,omitempty" maxItems:"100"`
	Qualifications []Qualification `json:"qualifications,omitempty" maxItems:"100"`
	Inactive       bool            `json:"inactive,omitempty" doc:"The person left; ends every session."`
	Lang           huifang.Lang    `json:"lang,omitempty" enum:"zh,en"`
	Version        int64           `json:"version,omitempty" doc:"Of the record as you saw it, when changing one."`
}

func (c StaffChange) edit() (app.StaffEdit, error) {
	e := app.StaffEdit{
		Code: c.Code, Name: c.Name, Login: c.Login, Phone: c.Phone, Email: c.Email, Units: c.Units, Roles: c.Roles, Active: !c.Inactive, Lang: c.Lang,
	}
	for _, q := range c.Qualifications {
		until, err := dateOf("body.qualifications.until", q.Until)
		if err != nil {
			return e, err
		}
		e.Qualifications = append(e.Qualifications, huifang.Qualification{Code: q.Code, Until: until})
	}
	return e, nil
}

type staffCreation struct{ Body StaffChange }

type staffUpdate struct {
	ByID
	Match
	Body StaffChange
}

func (s *service) createStaff(ctx context.Context, actor *huifang.Actor, in *staffCreation) (*versioned[Staff], error) {
	edit, err := in.Body.edit()
	if err != nil {
		return nil, err
	}
	p, err := s.app.CreateStaff(ctx, actor, edit)
	if err != nil {
		return nil, err
	}
	return tagged(newStaff(p), p.Version), nil
}

func (s *service) updateStaff(ctx context.Context, actor *huifang.Actor, in *staffUpdate) (*versioned[Staff], error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	edit, err := in.Body.edit()
	if err != nil {
		return nil, err
	}
	p, err := s.app.UpdateStaff(ctx, actor, in.ID, version, edit)
	if err != nil {
		return nil, withCurrent(err, func() (Staff, error) { return seen(newStaff)(s.app.StaffMember(ctx, actor, in.ID)) })
	}
	return tagged(newStaff(p), p.Version), nil
}

type passwordInput struct {
	ByID
	Body struct {
		Password string `json:"password" format:"password" maxLength:"1000" doc:"Empty takes the log-in away."`
	}
}

func (s *service) setPassword(ctx context.Context, actor *huifang.Actor, in *passwordInput) (*nothing, error) {
	return nil, s.app.SetPassword(ctx, actor, in.ID, in.Body.Password)
}
