package api

import (
	"strings"

	"github.com/huifang/huifang"
)

// phrase is a message of the library that checks requests: what stands before
// and after the one value in it, and the same in Chinese with %s for the value.
type phrase struct{ before, after, zh string }

// phrases are its messages that our operations can bring about.
func phrases() []phrase {
	return []phrase{
		{"unexpected property", "", "不认识的字段"},
		{"expected required property ", " to be present", "缺少必填字段 %s"},
		{"required ", " parameter is missing", "缺少必填参数（%s）"},
		{"expected string to be RFC 3339 date-time", "", "应为带时区的时间，如 2026-03-01T08:00:00+08:00"},
		{"expected string to be RFC 3339 date", "", "应为日期，如 2026-03-01"},
		{"invalid date/time for format ", "", "应为带时区的时间，如 2026-03-01T08:00:00+08:00"},
		{"expected string to be RFC 4122 uuid: ", "", "应为 UUID（%s）"},
		{"expected string to match pattern ", "", "格式不符，应符合 %s"},
		{"expected string to be ", "", "应为 %s"},
		{"expected value to be one of ", "", "只能是其中之一：%s"},
		{"expected boolean", "", "应为 true 或 false"},
		{"expected integer", "", "应为整数"},
		{"expected number >= ", "", "不能小于 %s"},
		{"expected number > ", "", "应大于 %s"},
		{"expected number <= ", "", "不能大于 %s"},
		{"expected number < ", "", "应小于 %s"},
		{"expected number", "", "应为数字"},
		{"expected string", "", "应为文字"},
		{"expected array length >= ", "", "至少要有 %s 项"},
		{"expected array length <= ", "", "最多 %s 项"},
		{"expected array items to be unique", "", "各项不能重复"},
		{"expected array", "", "应为列表"},
		{"expected object", "", "应为对象"},
		{"expected length >= ", "", "至少 %s 个字符"},
		{"expected length <= ", "", "最多 %s 个字符"},
		{"invalid integer", "", "应为整数"},
		{"invalid float", "", "应为数字"},
		{"invalid boolean", "", "应为 true 或 false"},
		{"unknown query parameter", "", "不认识的查询参数"},
		{"request body is required", "", "缺少请求内容"},
		{"invalid character ", "", "JSON 格式有误：字符 %s"},
		{"unexpected end of JSON input", "", "JSON 不完整"},
		{"json: ", "", "JSON 内容有误：%s"},
	}
}

// inBoth is a message of that library in both languages.
func inBoth(en string) huifang.Text {
	for _, p := range phrases() {
		rest, ok := strings.CutPrefix(en, p.before)
		if !ok || !strings.HasSuffix(rest, p.after) || p.after == "" && rest != "" && !strings.Contains(p.zh, "%s") && !strings.HasSuffix(p.before, " ") {
			continue
		}
		value := strings.TrimSuffix(rest, p.after)
		return huifang.Text{ZH: strings.ReplaceAll(p.zh, "%s", value), EN: en}
	}
	return huifang.Text{ZH: "内容不符合要求（" + en + "）", EN: en}
}
