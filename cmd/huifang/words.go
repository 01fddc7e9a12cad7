package main

import "github.com/huifang/huifang"

// stateWord is what a follow-up's state is called.
func stateWord(s huifang.State) huifang.Text {
	switch s {
	case huifang.StatePlanned:
		return huifang.Text{ZH: "未回访", EN: "planned"}
	case huifang.StateOverdue:
		return huifang.Text{ZH: "逾期", EN: "overdue"}
	case huifang.StateCompleted:
		return huifang.Text{ZH: "已回访", EN: "completed"}
	case huifang.StateUnreachable:
		return huifang.Text{ZH: "无法联系", EN: "unreachable"}
	case huifang.StateWaived:
		return huifang.Text{ZH: "免回访", EN: "waived"}
	case huifang.StateCancelled:
		return huifang.Text{ZH: "已取消", EN: "cancelled"}
	}
	return huifang.Text{ZH: string(s), EN: string(s)}
}

// verdictWord is what a record says.
func verdictWord(v huifang.Verdict) huifang.Text {
	switch v {
	case huifang.VerdictSatisfied:
		return huifang.Text{ZH: "满意", EN: "satisfied"}
	case huifang.VerdictDissatisfied:
		return huifang.Text{ZH: "不满意", EN: "dissatisfied"}
	case huifang.VerdictUnqualified:
		return huifang.Text{ZH: "不合格", EN: "unqualified"}
	case huifang.VerdictNone:
	}
	return huifang.Text{}
}

// reviewWord is what a review decided.
func reviewWord(r huifang.ReviewState) huifang.Text {
	switch r {
	case huifang.ReviewPending:
		return huifang.Text{ZH: "待审核", EN: "pending"}
	case huifang.ReviewQualified:
		return huifang.Text{ZH: "合格", EN: "qualified"}
	case huifang.ReviewUnqualified:
		return huifang.Text{ZH: "不合格", EN: "unqualified"}
	case huifang.ReviewRedo:
		return huifang.Text{ZH: "重做", EN: "to be done again"}
	case huifang.ReviewNone:
	}
	return huifang.Text{}
}

// caseWord is where a case stands.
func caseWord(c huifang.CaseState) huifang.Text {
	switch c {
	case huifang.CaseOpen:
		return huifang.Text{ZH: "待处理", EN: "open"}
	case huifang.CaseActing:
		return huifang.Text{ZH: "整改中", EN: "acting"}
	case huifang.CaseResolved:
		return huifang.Text{ZH: "待复访", EN: "resolved"}
	case huifang.CaseClosed:
		return huifang.Text{ZH: "已结案", EN: "closed"}
	}
	return huifang.Text{ZH: string(c), EN: string(c)}
}

// severityWord grades a case.
func severityWord(s huifang.Severity) huifang.Text {
	if s == huifang.SeverityMajor {
		return huifang.Text{ZH: "重大", EN: "major"}
	}
	return huifang.Text{ZH: "一般", EN: "general"}
}

// channelWord is what a channel is called.
func channelWord(c huifang.Channel) huifang.Text {
	switch c {
	case huifang.ChannelPhone:
		return huifang.Text{ZH: "电话", EN: "phone"}
	case huifang.ChannelSMS:
		return huifang.Text{ZH: "短信", EN: "SMS"}
	case huifang.ChannelWeChat:
		return huifang.Text{ZH: "微信", EN: "WeChat"}
	case huifang.ChannelEmail:
		return huifang.Text{ZH: "邮件", EN: "e-mail"}
	case huifang.ChannelVisit:
		return huifang.Text{ZH: "上门", EN: "visit"}
	case huifang.ChannelMeeting:
		return huifang.Text{ZH: "座谈", EN: "meeting"}
	case huifang.ChannelSurvey:
		return huifang.Text{ZH: "问卷", EN: "survey"}
	case huifang.ChannelOther:
	}
	return huifang.Text{ZH: "其他", EN: "other"}
}

// dispositionWord is how an attempt ended.
func dispositionWord(d huifang.Disposition) huifang.Text {
	switch d {
	case huifang.Answered:
		return huifang.Text{ZH: "接通", EN: "answered"}
	case huifang.Busy:
		return huifang.Text{ZH: "占线", EN: "busy"}
	case huifang.NoAnswer:
		return huifang.Text{ZH: "无人接听", EN: "no answer"}
	case huifang.SwitchedOff:
		return huifang.Text{ZH: "关机", EN: "switched off"}
	case huifang.WrongNumber:
		return huifang.Text{ZH: "号码错误", EN: "wrong number"}
	case huifang.Refused:
		return huifang.Text{ZH: "拒访", EN: "refused"}
	case huifang.CallBack:
		return huifang.Text{ZH: "约定再联系", EN: "call back"}
	}
	return huifang.Text{ZH: string(d), EN: string(d)}
}

// skipWord is why a row of a register makes no event.
func skipWord(reason string) huifang.Text {
	w := huifang.Text{ZH: reason, EN: reason}
	switch reason {
	case "unfinished":
		w.ZH = "未办结"
	case "duplicate":
		w.ZH = "重复"
	case "subtotal":
		w.ZH = "小计"
	case "footnote":
		w.ZH = "附注"
	case "cancelled":
		w.ZH = "已作废"
	case "header":
		w.ZH = "重复的表头"
	case "blank":
		w.ZH = "空行"
	}
	return w
}
