package sheet

import (
	"strings"
	"unicode/utf8"
)

// unfinishedWords stand where a completion time would if the job were done.
// Those of a mapping are added to them.
func unfinishedWords() []string {
	return []string{
		"处理中", "未完成", "未办结", "未结", "未结案", "未处理", "进行中", "跟进中", "维修中", "受理中", "已受理", "已派单", "派单中", "挂起", "暂停",
		"待处理", "待办", "待定", "待配件", "待料", "待回复", "待派单",
		"open", "pending", "in progress", "todo", "to do", "new", "assigned", "waiting", "on hold", "not started", "unfinished",
	}
}

// beginsDigit tells quickly that a text is a date rather than a word.
func beginsDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// cancelled tells whether a status says that the job was called off.
func cancelled(word string) bool {
	switch word {
	case "取消", "已取消", "作废", "已作废", "撤销", "已撤销", "撤单", "已撤单", "退单", "已退单", "cancelled", "canceled", "void", "withdrawn":
		return true
	}
	return false
}

// finishedWords are what status columns say of a finished job.
func finishedWords() []string {
	return []string{
		"已完成", "完成", "办结", "已办结", "结案", "已结案", "已结", "已处理", "处理完毕", "已解决", "已关闭", "关闭",
		"closed", "done", "completed", "complete", "finished", "resolved", "solved",
	}
}

// blankMark tells whether a text stands for nothing.
func blankMark(s string) bool {
	switch s {
	case "", "-", "--", "—", "——", "－", "/", "\\", "无", "暂无", "n/a", "N/A", "NA", "null", "NULL", "none", "None":
		return true
	}
	return false
}

// noCompletion tells whether what stands in the completion column says that
// there is none yet.
func (r *rules) noCompletion(text string) bool {
	if blankMark(text) {
		return true
	}
	word := fold(text)
	return r.unfinished[word] || strings.HasPrefix(word, "待") || strings.HasPrefix(word, "未") || strings.HasPrefix(word, "正在")
}

// total tells whether a cell says that its row is a subtotal and nothing else,
// whatever its other cells hold.
func total(cell string) bool {
	if first, _ := utf8.DecodeRuneInString(cell); len(cell) > 24 || !strings.ContainsRune("小合总共累本sStTgG", first) {
		return false
	}
	switch strings.TrimSuffix(fold(cell), ":") {
	case "小计", "合计", "总计", "共计", "累计", "本页小计", "本页合计", "本月小计", "本月合计", "subtotal", "total", "grandtotal":
		return true
	}
	return false
}

// subtotal tells whether a cell begins a subtotal row, if the row has neither
// category nor dates.
func (r *rules) subtotal(cell string) bool {
	word := fold(cell)
	if len(word) > 48 {
		return false
	}
	for _, w := range []string{"小计", "合计", "总计", "共计", "累计"} {
		if strings.Contains(word, w) {
			return true
		}
	}
	for _, w := range []string{"subtotal", "total", "grandtotal"} {
		if word == w || strings.HasPrefix(word, w+":") || strings.HasPrefix(word, w+"(") {
			return true
		}
	}
	for _, w := range r.subtotals {
		if strings.Contains(word, w) {
			return true
		}
	}
	return false
}

// footnote tells whether a cell begins a footnote or a signature line.
func footnote(cell string) bool {
	word := fold(cell)
	for _, w := range []string{"注:", "注1", "备注:", "附注", "说明:", "填表说明", "※", "*", "note:", "notes:", "制表", "填表人", "填报人", "审核人", "审核:", "复核", "负责人签", "签字", "签名", "打印日期", "打印时间"} {
		if strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

// errorText tells whether a text is the error of a formula, as CSV writes it.
func errorText(s string) bool {
	if s == "" || s[0] != '#' {
		return false
	}
	switch s {
	case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return strings.Trim(s, "#") == "" && len(s) > 3 // ######: the column was too narrow
}
