package report_test

import (
	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

// estate is the month of a property company with a region of two estates and
// one estate of its own, two programs below target, one household that keeps
// complaining.
func estate(lang huifang.Lang) *report.MonthSheet {
	complaint, repair, service := "property.complaint", "property.repair", "property.service"
	return &report.MonthSheet{
		Lang:         lang,
		Organization: huifang.Text{ZH: "雅园物业服务有限公司", EN: "Yayuan Property Services"},
		Month:        202603,
		Prepared:     huifang.MakeDate(2026, 4, 1),
		PreparedBy:   "李静",
		Programs: []report.ProgramColumn{
			{Code: complaint, Name: huifang.Text{ZH: "投诉回访", EN: "Complaints"}, Target: 100},
			{Code: repair, Name: huifang.Text{ZH: "维修回访", EN: "Repairs"}, Target: 95},
			{Code: service, Name: huifang.Text{ZH: "服务回访", EN: "Services"}, Target: 80},
		},
		Units: []report.UnitRow{
			{ID: "u1", Name: "华南区域", Cells: map[string]huifang.Tally{service: {Due: 2, Done: 2, OnTime: 2, Satisfied: 1}}},
			{ID: "u2", Name: "雅园小区", Depth: 1, Cells: map[string]huifang.Tally{
				complaint: {Due: 6, Done: 5, OnTime: 4, Late: 1, Unreachable: 1, Satisfied: 3, Dissatisfied: 1, Unqualified: 1},
				repair:    {Due: 40, Done: 36, OnTime: 34, Late: 2, Open: 3, OpenLate: 2, Waived: 1, Satisfied: 33, Dissatisfied: 1},
				service:   {Due: 12, Done: 11, OnTime: 11, Open: 1, Satisfied: 10},
			}},
			{ID: "u3", Name: "天河花园", Depth: 1, Cells: map[string]huifang.Tally{
				repair: {Due: 20, Done: 20, OnTime: 20, Satisfied: 20},
			}, Targets: map[string]float64{repair: 98}},
			{ID: "u4", Name: "海珠半岛国际公寓", Cells: map[string]huifang.Tally{
				complaint: {Due: 1, Done: 1, OnTime: 1, Satisfied: 1},
				service:   {Due: 5, Done: 3, OnTime: 3, Waived: 1, Unreachable: 1, Satisfied: 3},
			}},
		},
		Staff: []report.StaffRow{
			{ID: "s1", Name: "陈晓明", Unit: "雅园小区", Tally: huifang.Tally{
				Due: 60, Done: 54, OnTime: 51, Late: 3, Open: 4, OpenLate: 2, Unreachable: 1, Waived: 1, Satisfied: 47, Dissatisfied: 2, Unqualified: 1,
			}},
			{Tally: huifang.Tally{Due: 26, Done: 24, OnTime: 24, Unreachable: 1, Waived: 1, Satisfied: 24}},
		},
		Unqualified: []report.UnqualifiedRow{
			{
				Number: "HF-2026-000123", Date: huifang.MakeDate(2026, 3, 12), Unit: "雅园小区", Contact: "张*（138****5678）", Asset: "3栋2单元1201",
				Program: huifang.Text{ZH: "投诉回访", EN: "Complaints"}, Matter: "电梯异响", Verdict: huifang.VerdictDissatisfied,
				Department: "工程部", Said: "维修后两天又响，希望更换导靴并说明检修计划", CaseNumber: "AJ-2026-000011", CaseState: huifang.CaseActing,
			},
			{
				Number: "HF-2026-000187", Date: huifang.MakeDate(2026, 3, 25), Unit: "雅园小区", Contact: "刘**", Asset: "B2-045",
				Program: huifang.Text{ZH: "维修回访", EN: "Repairs"}, Matter: "=1+1", Verdict: huifang.VerdictUnqualified, Opinion: "返修不彻底",
			},
		},
		Recurrences: []report.RecurrenceRow{
			{Unit: "雅园小区", Kind: "contact", Subject: "张*", Matter: "电梯异响", Count: 2, Decision: "major", Opinion: "月底前整改", CaseNumber: "AJ-2026-000011"},
			{Unit: "雅园小区", Kind: "asset", Subject: "B2-045", Matter: "地坪渗水", Count: 3},
		},
		Unreachable: []report.UnreachableRow{
			{Number: "HF-2026-000140", Unit: "雅园小区", Contact: "何**", Asset: "5栋1101", Program: huifang.Text{ZH: "投诉回访", EN: "Complaints"}, Staff: "陈晓明", Reason: "三次均无人接听，上门无人"},
		},
		NotPlanned: 4,
	}
}
