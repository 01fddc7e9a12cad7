package huifang

// Permission is one thing a role may do. The dotted name is stable.
type Permission string

// The permissions.
const (
	PermFollowupRead   Permission = "followup.read"     // within one's units
	PermFollowupWork   Permission = "followup.work"     // take, attempt, complete what is assigned to one
	PermFollowupManage Permission = "followup.manage"   // reassign, postpone, waive, work any within one's units
	PermFollowupReview Permission = "followup.review"   // review records of others
	PermCaseRead       Permission = "case.read"         //
	PermCaseManage     Permission = "case.manage"       // assign, act, resolve
	PermRecurrence     Permission = "recurrence.decide" // the head's decision
	PermContactRead    Permission = "contact.read"      //
	PermContactManage  Permission = "contact.manage"    //
	PermContactReveal  Permission = "contact.reveal"    // see phone and id numbers whole; audited
	PermEventIngest    Permission = "event.ingest"      // send events, import
	PermStatsRead      Permission = "stats.read"        //
	PermProgramManage  Permission = "program.manage"    // activate packs, override numbers
	PermStaffManage    Permission = "staff.manage"      // units, staff, roles, absences
	PermAuditRead      Permission = "audit.read"        //
	PermTokenManage    Permission = "token.manage"      // API tokens
	PermOrganization   Permission = "organization.manage"
)

// Permissions lists every permission.
func Permissions() []Permission {
	return []Permission{
		PermFollowupRead, PermFollowupWork, PermFollowupManage, PermFollowupReview,
		PermCaseRead, PermCaseManage, PermRecurrence, PermContactRead, PermContactManage, PermContactReveal,
		PermEventIngest, PermStatsRead, PermProgramManage, PermStaffManage, PermAuditRead, PermTokenManage, PermOrganization,
	}
}

// Name is what a permission is called.
func (p Permission) Name() Text {
	name := map[Permission]Text{
		PermFollowupRead: {ZH: "查看回访", EN: "see follow-ups"}, PermFollowupWork: {ZH: "办理回访", EN: "work follow-ups"},
		PermFollowupManage: {ZH: "管理回访", EN: "manage follow-ups"}, PermFollowupReview: {ZH: "审核回访", EN: "review records"},
		PermCaseRead: {ZH: "查看诉求", EN: "see cases"}, PermCaseManage: {ZH: "处理诉求", EN: "manage cases"},
		PermRecurrence: {ZH: "裁定重复事项", EN: "decide on recurrences"}, PermContactRead: {ZH: "查看客户", EN: "see contacts"},
		PermContactManage: {ZH: "管理客户", EN: "manage contacts"}, PermContactReveal: {ZH: "查看完整电话与证件号", EN: "see numbers whole"},
		PermEventIngest: {ZH: "导入与发送事件", EN: "import and send events"}, PermStatsRead: {ZH: "查看统计", EN: "see statistics"},
		PermProgramManage: {ZH: "管理方案", EN: "manage programs"}, PermStaffManage: {ZH: "管理单位与员工", EN: "manage units and staff"},
		PermAuditRead: {ZH: "查看审计", EN: "see the audit chain"}, PermTokenManage: {ZH: "管理接口令牌", EN: "manage API tokens"},
		PermOrganization: {ZH: "管理机构", EN: "manage the organization"},
	}[p]
	if name == (Text{}) {
		return Text{ZH: string(p), EN: string(p)}
	}
	return name
}

// BuiltinRoles are the roles every organization has; packs add the trade's own
// (with role codes that rules can name).
func BuiltinRoles() []Role {
	staff := []Permission{PermFollowupRead, PermFollowupWork, PermCaseRead, PermContactRead, PermContactReveal}
	supervisor := append(append([]Permission{}, staff...), PermFollowupManage, PermFollowupReview, PermCaseManage, PermContactManage, PermEventIngest, PermStatsRead)
	head := append(append([]Permission{}, supervisor...), PermRecurrence, PermAuditRead)
	return []Role{
		{Code: "staff", Name: Text{ZH: "回访员", EN: "Follow-up staff"}, Permissions: staff},
		{Code: "supervisor", Name: Text{ZH: "主管", EN: "Supervisor"}, Permissions: supervisor},
		{Code: "head", Name: Text{ZH: "负责人", EN: "Head"}, Permissions: head},
		{Code: "admin", Name: Text{ZH: "管理员", EN: "Administrator"}, Permissions: Permissions()},
		{Code: "ingest", Name: Text{ZH: "数据接入", EN: "Data ingestion"}, Permissions: []Permission{PermEventIngest}},
	}
}

// Actor is whoever asks: a logged-in member of staff, or an API token with the
// permissions it was given. Everything an authorisation decision needs is in
// it, so that API, export and jobs decide alike.
type Actor struct {
	Org         ID
	Staff       ID // empty for a token
	Token       ID
	Permissions map[Permission]bool
	Units       map[ID]bool // every unit within the actor's subtrees; nil: all units
	System      bool        // the product's own jobs; passes every check of its organization
}

// Can tells whether the actor holds the permission.
func (a *Actor) Can(p Permission) bool { return a.System || a.Permissions[p] }

// InUnit tells whether the unit lies within the actor's subtrees. Records
// without a unit belong to the whole organization.
func (a *Actor) InUnit(u ID) bool { return a.System || a.Units == nil || u == "" || a.Units[u] }

func forbidden(zh, en string) error {
	return Fail(CodeForbidden, "forbidden", Text{ZH: zh, EN: en})
}

// Require is nil when the actor holds the permission, else a CodeForbidden
// error that names it.
func (a *Actor) Require(p Permission) error {
	if a.Can(p) {
		return nil
	}
	name := p.Name()
	return forbidden("没有“"+name.ZH+"”权限（"+string(p)+"）", "not permitted to "+name.EN+" ("+string(p)+")")
}

// RequireIn is Require plus the unit test. A record of another organization is
// not found rather than forbidden, so that its existence stays hidden.
func (a *Actor) RequireIn(p Permission, org, unit ID) error {
	if org != a.Org {
		return Fail(CodeNotFound, "not_found", Text{ZH: "没有找到该记录", EN: "no such record"})
	}
	if err := a.Require(p); err != nil {
		return err
	}
	if !a.InUnit(unit) {
		return forbidden("该记录属于您管理范围之外的单位", "the record belongs to a unit outside your scope")
	}
	return nil
}

func (f *Followup) assignedTo(staff ID) bool {
	for _, a := range f.Assignees {
		if staff != "" && a.Staff == staff {
			return true
		}
	}
	return false
}

// CanReadFollowup decides who may see a follow-up: readers within their units,
// and whoever it is assigned to.
func CanReadFollowup(a *Actor, f *Followup) error {
	if f.Org == a.Org && f.assignedTo(a.Staff) && a.Can(PermFollowupWork) {
		return nil
	}
	return a.RequireIn(PermFollowupRead, f.Org, f.Unit)
}

// CanWorkFollowup decides who may take, attempt and complete a follow-up: its
// assignees, and managers of its unit.
func CanWorkFollowup(a *Actor, f *Followup) error {
	if f.Org == a.Org && a.Can(PermFollowupWork) && f.assignedTo(a.Staff) {
		return nil
	}
	if err := a.RequireIn(PermFollowupManage, f.Org, f.Unit); err != nil {
		if CodeOf(err) == CodeNotFound {
			return err
		}
		return Fail(CodeForbidden, "followup.not_yours", Text{ZH: "该回访未分派给您", EN: "this follow-up is not assigned to you"})
	}
	return nil
}

// CanManageFollowup decides who may reassign, postpone or waive.
func CanManageFollowup(a *Actor, f *Followup) error {
	return a.RequireIn(PermFollowupManage, f.Org, f.Unit)
}

// CanReviewFollowup decides who may review: a reviewer of the unit who neither
// did the follow-up nor was assigned to it.
func CanReviewFollowup(a *Actor, f *Followup) error {
	if err := a.RequireIn(PermFollowupReview, f.Org, f.Unit); err != nil {
		return err
	}
	if a.Staff == "" || f.DoneBy == a.Staff || f.assignedTo(a.Staff) {
		return OwnRecord()
	}
	return nil
}

// OwnRecord is the error of a review by the record's own author (review.own).
func OwnRecord() error {
	return Fail(CodeForbidden, "review.own", Text{ZH: "不能审核自己的回访记录", EN: "nobody reviews a record of their own"})
}

// CanManageCase decides who may act on a case: its owner, and case managers of
// its unit.
func CanManageCase(a *Actor, c *Case) error {
	if c.Org == a.Org && a.Staff != "" && c.Owner == a.Staff && a.Can(PermCaseRead) {
		return nil
	}
	return a.RequireIn(PermCaseManage, c.Org, c.Unit)
}

// CanDecideRecurrence decides who may make the head's decision.
func CanDecideRecurrence(a *Actor, r *Recurrence) error {
	return a.RequireIn(PermRecurrence, r.Org, r.Unit)
}
