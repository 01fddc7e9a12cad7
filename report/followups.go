package report

import (
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

// names are the texts of one language that rows repeat, looked up once.
type names struct {
	lang     huifang.Lang
	state    map[huifang.State]string
	verdict  map[huifang.Verdict]string
	review   map[huifang.ReviewState]string
	channel  map[huifang.Channel]string
	channels map[string]string // joined lists
	key      []byte
}

func newNames(lang huifang.Lang) *names {
	n := &names{
		lang: lang, state: map[huifang.State]string{}, verdict: map[huifang.Verdict]string{},
		review: map[huifang.ReviewState]string{}, channel: map[huifang.Channel]string{}, channels: map[string]string{},
	}
	for _, s := range []huifang.State{
		huifang.StatePlanned, huifang.StateOverdue, huifang.StateCompleted, huifang.StateUnreachable, huifang.StateWaived, huifang.StateCancelled,
	} {
		n.state[s] = stateName(s).In(lang)
	}
	for _, v := range []huifang.Verdict{huifang.VerdictNone, huifang.VerdictSatisfied, huifang.VerdictDissatisfied, huifang.VerdictUnqualified} {
		n.verdict[v] = verdictName(v).In(lang)
	}
	for _, r := range []huifang.ReviewState{
		huifang.ReviewNone, huifang.ReviewPending, huifang.ReviewQualified, huifang.ReviewUnqualified, huifang.ReviewRedo,
	} {
		n.review[r] = reviewName(r).In(lang)
	}
	for _, c := range huifang.Channels() {
		n.channel[c] = channelName(c).In(lang)
	}
	return n
}

// joined is a list of channels by name; few different lists exist, so each is
// put together once.
func (n *names) joined(channels []huifang.Channel) string {
	n.key = n.key[:0]
	for _, c := range channels {
		n.key = append(append(n.key, c...), ',')
	}
	if s, ok := n.channels[string(n.key)]; ok {
		return s
	}
	parts := make([]string, len(channels))
	for i, c := range channels {
		parts[i] = n.channel[c]
	}
	s := strings.Join(parts, n.comma())
	n.channels[string(n.key)] = s
	return s
}

func (n *names) comma() string {
	if n.lang == huifang.EN {
		return ", "
	}
	return "、"
}

// people joins names; one name, the usual case, is itself.
func (n *names) people(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return strings.Join(list, n.comma())
}
