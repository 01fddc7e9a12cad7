package report

import (
	"fmt"

	"github.com/huifang/huifang"
)

// label pairs the two languages of a fixed text.
func label(zh, en string) huifang.Text { return huifang.Text{ZH: zh, EN: en} }

func monthName(m huifang.Month, lang huifang.Lang) string {
	first := m.First()
	y, mon, _ := first.Civil()
	if lang == huifang.EN {
		return fmt.Sprintf("%s %d", mon, y)
	}
	return fmt.Sprintf("%d年%d月", y, int(mon))
}

func dateName(d huifang.Date, lang huifang.Lang) string {
	if d == huifang.NoDate {
		return ""
	}
	y, m, day := d.Civil()
	if lang == huifang.EN {
		return fmt.Sprintf("%d %s %d", day, m, y)
	}
	return fmt.Sprintf("%d年%d月%d日", y, int(m), day)
}

func verdictName(v huifang.Verdict) huifang.Text {
	switch v {
	case huifang.VerdictSatisfied:
		return label("满意", "satisfied")
	case huifang.VerdictDissatisfied:
		return label("不满意", "dissatisfied")
	case huifang.VerdictUnqualified:
		return label("不合格", "unqualified")
	case huifang.VerdictNone:
	}
	return huifang.Text{}
}

func stateName(s huifang.State) huifang.Text {
	switch s {
	case huifang.StatePlanned:
		return label("待回访", "planned")
	case huifang.StateOverdue:
		return label("逾期未回访", "overdue")
	case huifang.StateCompleted:
		return label("已回访", "completed")
	case huifang.StateUnreachable:
		return label("无法联系", "unreachable")
	case huifang.StateWaived:
		return label("免回访", "waived")
	case huifang.StateCancelled:
		return label("已取消", "cancelled")
	}
	return label(string(s), string(s))
}

func reviewName(r huifang.ReviewState) huifang.Text {
	switch r {
	case huifang.ReviewPending:
		return label("待审核", "pending")
	case huifang.ReviewQualified:
		return label("合格", "qualified")
	case huifang.ReviewUnqualified:
		return label("不合格", "unqualified")
	case huifang.ReviewRedo:
		return label("退回重做", "do again")
	case huifang.ReviewNone:
	}
	return huifang.Text{}
}

func caseStateName(s huifang.CaseState) huifang.Text {
	switch s {
	case huifang.CaseOpen:
		return label("待处理", "open")
	case huifang.CaseActing:
		return label("整改中", "under way")
	case huifang.CaseResolved:
		return label("待确认", "resolved")
	case huifang.CaseClosed:
		return label("已关闭", "closed")
	}
	return label(string(s), string(s))
}

func channelName(c huifang.Channel) huifang.Text {
	switch c {
	case huifang.ChannelPhone:
		return label("电话", "phone")
	case huifang.ChannelSMS:
		return label("短信", "SMS")
	case huifang.ChannelWeChat:
		return label("微信", "WeChat")
	case huifang.ChannelEmail:
		return label("邮件", "e-mail")
	case huifang.ChannelVisit:
		return label("上门", "visit")
	case huifang.ChannelMeeting:
		return label("座谈会", "meeting")
	case huifang.ChannelSurvey:
		return label("问卷", "survey")
	case huifang.ChannelOther:
		return label("其他", "other")
	}
	return label(string(c), string(c))
}

func dispositionName(d huifang.Disposition) huifang.Text {
	switch d {
	case huifang.Answered:
		return label("接通", "answered")
	case huifang.Busy:
		return label("占线", "busy")
	case huifang.NoAnswer:
		return label("无人接听", "no answer")
	case huifang.SwitchedOff:
		return label("关机", "switched off")
	case huifang.WrongNumber:
		return label("号码错误", "wrong number")
	case huifang.Refused:
		return label("拒访", "refused")
	case huifang.CallBack:
		return label("约定再打", "call back")
	}
	return label(string(d), string(d))
}

// NameOf is what sheets call a state, verdict, review, channel, disposition or
// case state; empty for anything else.
func NameOf(v any) huifang.Text {
	switch v := v.(type) {
	case huifang.State:
		return stateName(v)
	case huifang.Verdict:
		return verdictName(v)
	case huifang.ReviewState:
		return reviewName(v)
	case huifang.Channel:
		return channelName(v)
	case huifang.Disposition:
		return dispositionName(v)
	case huifang.CaseState:
		return caseStateName(v)
	}
	return huifang.Text{}
}

// recurrenceName names a recurrence by what recurred.
func recurrenceName(kind string) huifang.Text {
	if kind == "asset" {
		return label("返工", "rework")
	}
	return label("重复诉求", "repeated complaint")
}

func decisionName(decision string) huifang.Text {
	switch decision {
	case "":
		return label("待定", "undecided")
	case "major":
		return label("按重大投诉处理", "major complaint")
	case "normal":
		return label("按一般问题处理", "handled as usual")
	}
	return label(decision, decision)
}
