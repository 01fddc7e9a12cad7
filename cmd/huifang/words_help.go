package main

import (
	"strings"

	"github.com/huifang/huifang"
)

// The words of the help pages that belong to no single command.
//
//nolint:gochecknoglobals // fixed texts
var (
	aboutProgram  = huifang.Text{ZH: "回访 Huifang：提供服务之后，不漏掉任何一位客户的回访。", EN: "Huifang 回访: makes sure no customer is forgotten after a service was given."}
	aboutHelp     = huifang.Text{ZH: "显示本说明。", EN: "Show this page."}
	headUsage     = huifang.Text{ZH: "用法：", EN: "Usage: "}
	headArguments = huifang.Text{ZH: "参数：", EN: "Arguments:"}
	headFlags     = huifang.Text{ZH: "选项：", EN: "Options:"}
	wordCommand   = huifang.Text{ZH: "命令", EN: "command"}
	wordFlags     = huifang.Text{ZH: "选项", EN: "options"}
	noteRequired  = huifang.Text{ZH: "必填", EN: "required"}
	noteDefault   = huifang.Text{ZH: "默认 ", EN: "default "}
	noteEnv       = huifang.Text{ZH: "环境变量 ", EN: "environment "}
)

// groupTitle heads a group of commands.
func groupTitle(key string, top bool) huifang.Text {
	switch key {
	case "server":
		return huifang.Text{ZH: "启动服务：", EN: "The server:"}
	case "client":
		return huifang.Text{ZH: "在服务器上办理（经接口）：", EN: "Work on a server, over its API:"}
	case "rules":
		return huifang.Text{ZH: "规则（不需要数据库）：", EN: "Rules, without a database:"}
	case "database":
		return huifang.Text{ZH: "直接操作数据库：", EN: "On the database itself:"}
	}
	if top {
		return huifang.Text{ZH: "其他：", EN: "Other:"}
	}
	return huifang.Text{ZH: "命令：", EN: "Commands:"}
}

// groupOrder is the place of a group on the page.
func groupOrder(key string) int {
	if i := strings.Index("server client rules database", key); key != "" && i >= 0 {
		return i
	}
	return 99 // what has no group comes last
}

// noun is a word for a value or an argument; empty in Chinese when it is not
// known.
func noun(word string, lang huifang.Lang) string {
	if lang == huifang.EN {
		return word
	}
	return map[string]string{
		"TEXT": "文字", "N": "数", "TIME": "时间", "DATE": "日期", "YYYY-MM": "年-月", "YYYY-MM-DD": "年-月-日", "BASE64": "密钥", "FILE": "文件", "DIR": "文件夹", "NAME": "名称", "URL": "地址",
		"LANG": "语言", "ITEM=VALUE": "项目=值", "CODE": "代码", "LIST": "列表", "HOURS": "时段", "STEP=TIME": "步骤=时间", "KIND": "种类", "PROGRAM": "方案",
		"number": "编号", "ledger": "台账", "result": "结果", "opinion": "意见", "file": "文件", "server": "服务器", "shell": "外壳", "code": "代码", "login": "登录名", "packs": "方案包", "text": "内容",
		"decision": "结论", "words": "词", "hours": "时段", "program": "方案", "kept": "保留的客户", "merged": "并入的客户", "id": "内部号", "contact": "客户", "keep": "保留方", "gone": "被合并方", "one": "甲", "other": "乙", "NAME=keep": "字段=取值",
	}[word]
}
