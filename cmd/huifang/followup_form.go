package main

import (
	"fmt"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/form"
)

// answerRows are the answers to one item in words: a line for each row of a
// matrix, else one.
func answerRows(s *streams, it *form.Item, answer any) [][]string {
	label := "  " + it.Label.In(s.lang)
	given, ok := answer.(map[string]any)
	switch {
	case it.Kind == form.KindSignature && ok:
		return [][]string{{label, fmt.Sprint(given["name"])}}
	case it.Kind != form.KindMatrix || !ok:
		return [][]string{{label, answered(s, it, answer)}}
	}
	rows := [][]string{{label}}
	for i := range it.Rows {
		if one, ok := given[it.Rows[i].Code]; ok {
			rows = append(rows, []string{"    " + it.Rows[i].Label.In(s.lang), answered(s, it, one)})
		}
	}
	return rows
}

// answered is an answer in words: options by their labels.
func answered(s *streams, it *form.Item, answer any) string {
	switch v := answer.(type) {
	case string:
		return optionLabel(s, it, v, v)
	case bool:
		if v {
			return optionLabel(s, it, "yes", pick(s, "是", "yes"))
		}
		return optionLabel(s, it, "no", pick(s, "否", "no"))
	case []any:
		parts := make([]string, 0, len(v))
		for _, one := range v {
			parts = append(parts, answered(s, it, one))
		}
		return strings.Join(parts, pick(s, "、", ", "))
	}
	return fmt.Sprint(answer)
}

func optionLabel(s *streams, it *form.Item, code, otherwise string) string {
	for _, o := range it.Options {
		if o.Code == code {
			return o.Label.In(s.lang)
		}
	}
	return otherwise
}

// showItem prints a question with the answers it takes.
func showItem(s *streams, it *form.Item) {
	if it.Kind == form.KindSection {
		fmt.Fprintln(s.out, "  — "+it.Label.In(s.lang))
		return
	}
	mark := " "
	if it.Required {
		mark = "*"
	}
	takes := kindWord(it).In(s.lang)
	options := make([]string, 0, len(it.Options))
	for _, o := range it.Options {
		options = append(options, o.Code+"="+o.Label.In(s.lang))
	}
	if len(options) > 0 {
		takes += pick(s, "：", ": ") + strings.Join(options, " ")
	}
	if len(it.ShowIf) > 0 {
		takes += pick(s, "；视前面的回答而问", "; asked only after some answers")
	}
	fmt.Fprintf(s.out, "  %s %s  %s  [%s]\n", mark, padded(it.Code, 16), it.Label.In(s.lang), takes)
}

// showQuestions lists the questions of a form.
func showQuestions(s *streams, def *form.Definition) {
	for i := range def.Items {
		it := &def.Items[i]
		showItem(s, it)
		for r := range it.Rows {
			showRow(s, it, r)
		}
	}
}

// showRow prints one row of a matrix.
func showRow(s *streams, it *form.Item, row int) {
	r := &it.Rows[row]
	fmt.Fprintf(s.out, "      %s  %s\n", padded(it.Code+"."+r.Code, 24), r.Label.In(s.lang))
}

func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(width-columns(text), 0))
}

// kindWord is how an item is answered.
func kindWord(it *form.Item) huifang.Text {
	switch it.Kind {
	case form.KindText:
		return huifang.Text{ZH: "文字", EN: "text"}
	case form.KindNumber:
		return huifang.Text{ZH: "数字", EN: "number"}
	case form.KindDate:
		return huifang.Text{ZH: "日期，如 2026-03-20", EN: "date such as 2026-03-20"}
	case form.KindChoice:
		return huifang.Text{ZH: "单选", EN: "one of"}
	case form.KindChoices:
		return huifang.Text{ZH: "多选", EN: "any of"}
	case form.KindRating:
		return grades(it, "评分", "grade")
	case form.KindNPS:
		return huifang.Text{ZH: "推荐程度 0–10", EN: "0–10, how likely to recommend"}
	case form.KindMatrix:
		if len(it.Options) == 0 {
			return grades(it, "逐行评分", "a grade for each row,")
		}
		return huifang.Text{ZH: "逐行单选", EN: "one for each row of"}
	case form.KindYesNo:
		return huifang.Text{ZH: "是/否", EN: "yes or no"}
	case form.KindPhoto:
		return huifang.Text{ZH: "照片，在网页上传", EN: "photo, uploaded in the browser"}
	case form.KindFile:
		return huifang.Text{ZH: "文件，在网页上传", EN: "file, uploaded in the browser"}
	case form.KindSignature:
		return huifang.Text{ZH: "签字人姓名", EN: "name signed with"}
	case form.KindSection:
	}
	return huifang.Text{}
}

// grades says from where to where a grade goes.
func grades(it *form.Item, zh, en string) huifang.Text {
	most := it.Scale
	if most == 0 {
		most = 5
	}
	return huifang.Textf("%[1]s 1–%[3]d", "%[2]s 1–%[3]d", zh, en, most)
}
