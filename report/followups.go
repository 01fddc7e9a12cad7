package report

import (
	"slices"
	"strings"
	"time"

	"github.com/huifang/huifang"
)

// FollowupRow is one follow-up of an exported list, with names where the
// record has ids. Phone is as it may be shown; DoneAt is in the unit's zone.
type FollowupRow struct {
	Number     string
	Program    string
	Step       string
	Occurrence int
	Unit       string
	Department string
	Contact    string
	Phone      string
	Asset      string
	Matter     string
	Window     huifang.Window
	Assignees  []string
	Channels   []huifang.Channel
	State      huifang.State // as huifang.Followup.StateAt gives it
	Attempts   int
	DoneAt     time.Time // zero: not done
	DoneBy     string
	Score      float64
	Scored     bool
	Verdict    huifang.Verdict
	Review     huifang.ReviewState
	CaseNumber string
	Reason     string // why waived, unreachable, cancelled or postponed
}

// followupHead are the columns of an exported list, with their widths in a
// workbook in half-width characters.
var followupHead = [...]struct { //nolint:gochecknoglobals // constant table
	label huifang.Text
	width float64
}{
	{label("回访编号", "Number"), 16},
	{label("回访方案", "Program"), 18},
	{label("步骤", "Step"), 14},
	{label("次序", "Occurrence"), 6},
	{label("单位", "Unit"), 18},
	{label("部门", "Department"), 12},
	{label("客户", "Contact"), 14},
	{label("电话", "Phone"), 14},
	{label("资产", "Asset"), 16},
	{label("事由", "Matter"), 24},
	{label("开始", "Opens"), 17},
	{label("截止", "Closes"), 17},
	{label("回访人", "Assignees"), 16},
	{label("回访方式", "Channels"), 16},
	{label("状态", "State"), 12},
	{label("尝试次数", "Attempts"), 9},
	{label("完成时间", "Done at"), 17},
	{label("完成人", "Done by"), 12},
	{label("得分", "Score"), 8},
	{label("结论", "Verdict"), 10},
	{label("审核", "Review"), 10},
	{label("诉求编号", "Case"), 16},
	{label("原因", "Reason"), 24},
}

// lists joins a row's lists into texts. Neighbouring rows mostly have the same
// ones, so the last of each is kept.
type lists struct {
	lang       huifang.Lang
	people     []string
	peopleText string
	ways       []huifang.Channel
	waysText   string
	waysNew    bool // not written yet, see repeated
	days       *[dayTexts]dayText
	repeated   repeated
}

func (l *lists) assignees(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	if !slices.Equal(names, l.people) {
		l.people, l.peopleText = slices.Clone(names), strings.Join(names, l.comma())
	}
	return l.peopleText
}

func (l *lists) channels(channels []huifang.Channel) string {
	if !slices.Equal(channels, l.ways) {
		parts := make([]string, len(channels))
		for i, c := range channels {
			parts[i] = channelName(c).In(l.lang)
		}
		l.ways, l.waysText, l.waysNew = slices.Clone(channels), strings.Join(parts, l.comma()), true
	}
	return l.waysText
}

func (l *lists) comma() string {
	if l.lang == huifang.EN {
		return ", "
	}
	return "、"
}
