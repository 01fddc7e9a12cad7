package main

import (
	"context"
	"net/http"
	"os"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

// eventWords are what the types of event are called; empty for whoever may not
// know them, who then reads their codes.
func (c *client) eventWords(ctx context.Context) map[string]huifang.Text {
	var all api.List[api.EventType]
	out := map[string]huifang.Text{}
	if err := c.call(ctx, http.MethodGet, "/event-types", nil, nil, &all); err != nil {
		return out
	}
	for i := range all.Items {
		out[all.Items[i].Type] = all.Items[i].Name
	}
	return out
}

// eventWord is what a type of event is called, else its code.
func eventWord(s *streams, words map[string]huifang.Text, typ string) string {
	if w := words[typ].In(s.lang); w != "" {
		return w
	}
	return typ
}

// fieldWord is what a column of a register means.
func fieldWord(field string) huifang.Text {
	if i := strings.LastIndex(field, "attribute:"); i >= 0 {
		name := field[i+len("attribute:"):]
		return huifang.Text{ZH: "属性 " + name, EN: "attribute " + name}
	}
	if w, ok := map[string]huifang.Text{
		"key": {ZH: "单号", EN: "number of the job"}, "contact.code": {ZH: "客户编号", EN: "contact's code"}, "contact.name": {ZH: "客户姓名", EN: "contact's name"},
		"contact.kind": {ZH: "客户类别", EN: "kind of contact"}, "contact.phone": {ZH: "电话", EN: "phone"}, "contact.email": {ZH: "邮箱", EN: "e-mail"},
		"contact.address": {ZH: "地址", EN: "address"}, "asset.code": {ZH: "资产编号", EN: "asset"}, "asset.name": {ZH: "资产名称", EN: "asset's name"},
		"asset.kind": {ZH: "资产类别", EN: "kind of asset"}, "event.type": {ZH: "类别", EN: "category"}, "event.at": {ZH: "完成时间", EN: "completed at"},
		"opened_at": {ZH: "受理时间", EN: "opened at"}, "status": {ZH: "状态", EN: "status"}, "department": {ZH: "部门", EN: "department"},
		"staff": {ZH: "经办人", EN: "done by"}, "steward": {ZH: "管家", EN: "steward"}, "owner": {ZH: "负责人", EN: "owner"}, "unit": {ZH: "单位", EN: "unit"},
		"severity": {ZH: "程度", EN: "severity"}, "matter": {ZH: "事项", EN: "matter"}, "note": {ZH: "备注", EN: "note"}, "serial": {ZH: "序号（不导入）", EN: "running number (not imported)"},
	}[field]; ok {
		return w
	}
	return huifang.Text{ZH: field, EN: field}
}

// rejectWord is why rows of a register are rejected, in short; each row has its
// own sentence besides.
func rejectWord(reason string) huifang.Text {
	if w, ok := map[string]huifang.Text{
		"date.impossible": {ZH: "日期不存在", EN: "impossible date"}, "date.unreadable": {ZH: "日期无法辨认", EN: "unreadable date"},
		"date.out_of_range": {ZH: "日期超出范围", EN: "date out of range"}, "date.year_unknown": {ZH: "日期缺年份", EN: "date without a year"},
		"date.ambiguous": {ZH: "日期有歧义", EN: "ambiguous date"}, "phone.invalid": {ZH: "电话无效", EN: "invalid phone"},
		"sheet.at.missing": {ZH: "缺完成时间", EN: "no completion time"}, "sheet.at.future": {ZH: "完成时间在将来", EN: "completed in the future"},
		"sheet.at.before_opened": {ZH: "完成早于受理", EN: "closed before it was opened"}, "sheet.category.missing": {ZH: "缺类别", EN: "no category"},
		"sheet.category.unknown": {ZH: "类别未知", EN: "unknown category"}, "sheet.contact.missing": {ZH: "缺客户", EN: "no contact"},
		"sheet.value.missing": {ZH: "缺必填内容", EN: "a value is missing"}, "sheet.value.unknown": {ZH: "内容不认识", EN: "unknown value"},
		"sheet.value.number": {ZH: "应为数字", EN: "not a number"}, "sheet.value.flag": {ZH: "应为是或否", EN: "not yes or no"},
		"sheet.status.unknown": {ZH: "状态未知", EN: "unknown status"}, "sheet.key.twice": {ZH: "单号重复", EN: "number used twice"},
		"sheet.row.width": {ZH: "列数不符", EN: "wrong number of columns"}, "sheet.row.alike": {ZH: "与另一行相同", EN: "same as another row"},
		"sheet.record.too_long": {ZH: "行太长", EN: "row too long"}, "sheet.csv.quote": {ZH: "引号不成对", EN: "unbalanced quotes"},
		"sheet.cell.error": {ZH: "单元格有错误值", EN: "error in a cell"}, "sheet.cell.uncalculated": {ZH: "公式未计算", EN: "formula without a value"},
		"sheet.cell.digits_lost": {ZH: "号码丢了末位", EN: "digits lost"}, "sheet.encoding": {ZH: "文字编码有误", EN: "broken encoding"},
		"sheet.json": {ZH: "JSON 有误", EN: "broken JSON"}, "sheet.merge.orphan": {ZH: "合并单元格缺首行", EN: "merged cell without its first row"},
		"unit.unknown": {ZH: "单位未知", EN: "unknown unit"}, "unit.missing": {ZH: "缺单位", EN: "no unit"}, "staff.unknown": {ZH: "员工未知", EN: "unknown staff"},
		"event.future": {ZH: "发生时间在将来", EN: "in the future"}, "event.unknown_type": {ZH: "事件类型未知", EN: "unknown type of event"},
		"event.reserved": {ZH: "系统保留的事件类型", EN: "reserved type of event"},
	}[reason]; ok {
		return w
	}
	return huifang.Text{ZH: reason, EN: reason}
}

// refuseFolder refuses a folder where a file is needed.
func refuseFolder(file string, info os.FileInfo) error {
	if !info.IsDir() {
		return nil
	}
	return huifang.Invalid("file.folder", huifang.Text{
		ZH: "这是一个文件夹；请指定其中的登记表文件", EN: "this is a folder; name a register in it",
	}).Located(huifang.Location{File: file})
}
