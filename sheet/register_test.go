package sheet

import (
	"maps"
	"slices"
	"testing"

	"github.com/huifang/huifang"
)

// The numbers in this file were worked out by hand from the register: of 64
// entries a month, those with a completion date that exists, a known category
// and a customer, by category.
func TestRegister(t *testing.T) {
	t.Parallel()
	b := openFile(t, "register.xlsx")
	m, report := guessed(t, b)
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	if got := report.Sheets[2]; got.Data || got.Sheet != "填表说明" || got.Reason.ZH == "" || got.Reason.EN == "" {
		t.Errorf("the instruction sheet: %+v", got)
	}
	sums := map[string]*Summary{}
	for _, row := range readAll(t, b, m) {
		if sums[row.Sheet] == nil {
			sums[row.Sheet] = &Summary{}
		}
		sums[row.Sheet].Add(row)
	}
	rejected := map[string]int{"date.impossible": 1, "sheet.category.unknown": 1, "sheet.contact.missing": 1}
	for _, tc := range []struct {
		sheet                string
		month                huifang.Month
		accepted, unfinished int
		types                map[string]int
	}{
		{"3月", 202603, 55, 6, map[string]int{"repair.completed": 28, "complaint.resolved": 18, "help.completed": 2, "service.completed": 7}},
		{"4月", 202604, 52, 9, map[string]int{"repair.completed": 24, "complaint.resolved": 18, "help.completed": 4, "service.completed": 6}},
	} {
		s := sums[tc.sheet]
		if s.Rows != 64 || s.Accepted != tc.accepted || s.Skipped[SkipUnfinished] != tc.unfinished || s.Skipped[SkipSubtotal] != 3 || s.Skipped[SkipFootnote] != 1 {
			t.Errorf("%s: %+v", tc.sheet, s)
		}
		if !maps.Equal(s.Types, tc.types) || !maps.Equal(s.Months[tc.month], tc.types) || len(s.Months) != 1 {
			t.Errorf("%s: by type %v, by month %v; want %v in %v", tc.sheet, s.Types, s.Months, tc.types, tc.month)
		}
		if !maps.Equal(s.Rejected, rejected) {
			t.Errorf("%s: rejected %v", tc.sheet, s.Rejected)
		}
	}
	if len(sums) != 2 {
		t.Errorf("sheets read: %v", slices.Collect(maps.Keys(sums)))
	}
}

// TestRegisterRows looks at rows with something special about them.
func TestRegisterRows(t *testing.T) {
	t.Parallel()
	b := openFile(t, "register.xlsx")
	m, _ := guessed(t, b)
	type place struct {
		sheet string
		line  int
	}
	rows := map[place]*Row{}
	for _, row := range readAll(t, b, m) {
		rows[place{row.Sheet, row.Line}] = row
	}
	for _, tc := range []struct {
		at                  place
		contact, asset      string
		phones              []string
		opened, done        string
		kind, staff         string
		department, steward string
		severity, matter    string
	}{
		{place{"3月", 6}, "司徒伟", "6栋2单元1103", []string{"13800002556"}, "2026-03-21 15:50", "2026-03-22 15:50", "repair.completed", "孙工", "工程部", "林晓", "", "卫生间下水堵塞"},
		{place{"3月", 16}, "赵子轩", "4栋1单元602", []string{"13800006987"}, "2026-03-17 17:35", "2026-03-17 20:35", "repair.completed", "何队长", "环境部", "许倩", "", "单元门禁失灵"},                       // merged over three rows
		{place{"3月", 19}, "区堃", "2栋1单元901", []string{"13800004568"}, "2026-03-16", "2026-03-18 23:55", "repair.completed", "何队长", "工程部", "林晓", "", "卫生间下水堵塞"},                             // phone as a number
		{place{"3月", 53}, "欧阳洋", "5栋1单元1004", []string{"13800007798"}, "2026-03-04", "2026-03-05 09:45", "complaint.resolved", "马师傅", "秩序维护部", "林晓", "major", "楼上装修噪音"},                   // 客户投诉, 重大
		{place{"3月", 71}, "黄强", "4栋1单元1103", []string{"13800007420", "0755-88887420"}, "2026-03-15 10:05", "2026-03-15", "complaint.resolved", "刘师傅", "秩序维护部", "罗婷", "major", "电梯等待时间过长"}, // the same day
		{place{"4月", 40}, "杨子轩", "3栋2单元401", []string{"13800007552"}, "2026-04-10 12:40", "2026-04-11 08:40", "service.completed", "孙工", "秩序维护部", "林晓", "", "咨询装修手续"},
	} {
		row := rows[tc.at]
		if row == nil || !row.Accepted() {
			t.Errorf("%v: %+v", tc.at, row)
			continue
		}
		v := row.Values
		if v.Contact.Name != tc.contact || v.Asset.Code != tc.asset || !slices.Equal(v.Contact.Phones, tc.phones) ||
			show(v.OpenedAt) != tc.opened || show(v.At) != tc.done || v.Type != tc.kind || v.Staff != tc.staff ||
			v.Department != tc.department || v.Steward != tc.steward || v.Severity != tc.severity || v.Matter != tc.matter {
			t.Errorf("%v: %s %s %+v", tc.at, show(v.OpenedAt), show(v.At), v)
		}
	}
	// The merged cells of row 40 begin in a blank row: taken from above, and said so.
	if w := rows[place{"4月", 40}].Warnings; len(w) != 1 || w[0].Reason != "sheet.merge.orphan" {
		t.Errorf("row 40 of April: %v", w)
	}
	bad := rows[place{"4月", 17}]
	if bad.Err == nil || bad.Err.At.String() != "register.xlsx[4月]:17:10 event.at" || bad.Err.Message.ZH != "“完成时间”列：“2026-04-32”不是真实存在的日期或时间" {
		t.Errorf("row 17 of April: %v", bad.Err)
	}
}

// TestRegisterAgain: the mapping as a file, the rows in another order, the same
// keys.
func TestRegisterAgain(t *testing.T) {
	t.Parallel()
	b := openFile(t, "register.xlsx")
	m, _ := guessed(t, b)
	file, err := m.YAML()
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadMapping(file, "register.yaml")
	if err != nil {
		t.Fatal(err)
	}
	first, second := keys(readAll(t, b, m)), keys(readAll(t, b, again))
	if !slices.Equal(first, second) || len(first) != 107 {
		t.Errorf("%d and %d keys", len(first), len(second))
	}
	slices.Sort(first)
	if len(slices.Compact(first)) != 107 {
		t.Error("two rows share a key")
	}
}

func keys(rows []*Row) []string {
	var out []string
	for _, r := range rows {
		if r.Accepted() {
			out = append(out, r.Values.Key)
		}
	}
	return out
}
