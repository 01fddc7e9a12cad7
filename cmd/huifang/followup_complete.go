package main

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/form"
)

type followupCompleteCmd struct {
	one
	Channel string   `help:"How the customer was reached; default: the follow-up's first channel." zh:"实际的联系方式；默认取该回访的首选方式。"`
	Answer  []string `help:"Answer as item=value, item.row=value for one row of a table; several options joined by commas; repeat for each item." zh:"以“项目=值”作答，表格的一行写“项目.行=值”；多选以逗号连接；每项写一次。" sep:"none" short:"a" placeholder:"ITEM=VALUE"`
	Signed  string   `help:"Name the customer signed with." zh:"客户签字的姓名。"`
}

// Run records the answers.
func (c *followupCompleteCmd) Run(ctx context.Context, s *streams) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	answers := huifang.Attributes{}
	if d.FormItems != nil {
		def := *d.FormItems
		if answers, err = c.answers(s, &def); err != nil {
			return err
		}
	}
	if c.Channel == "" && len(d.Channels) > 0 {
		c.Channel = string(d.Channels[0])
	}
	in := map[string]any{"channel": c.Channel, "answers": answers}
	if c.Signed != "" {
		in["signatures"] = []api.Signature{{By: "customer", Name: c.Signed}}
	}
	return c.post(ctx, s, to, d, "complete", in)
}

// answers are those of --answer, else asked item by item. One to an item the
// form does not have is sent as it is, for the server to refuse with its place.
func (c *followupCompleteCmd) answers(s *streams, def *form.Definition) (huifang.Attributes, error) {
	if len(c.Answer) == 0 {
		return askForm(s, def)
	}
	fields, strange := map[string][]string{}, huifang.Attributes{}
	for _, a := range c.Answer {
		name, value, ok := strings.Cut(a, "=")
		if !ok {
			return nil, huifang.Invalid("answer.invalid", huifang.Textf("“%s”应写作 项目=值", "%q is to be written item=value", a))
		}
		field, it := fieldOf(def, strings.TrimSpace(name))
		switch {
		case it == nil:
			strange[field] = value
		case it.Kind == form.KindMatrix && field == it.Code: // one answer for every row
			for _, r := range it.Rows {
				fields[field+"."+r.Code] = options(it, value)
			}
		default:
			fields[field] = append(fields[field], options(it, value)...)
		}
	}
	answers := def.Parse(fields)
	maps.Copy(answers, strange)
	return answers, nil
}

// askForm asks a form item by item.
func askForm(s *streams, def *form.Definition) (huifang.Attributes, error) {
	fields := map[string][]string{}
	in := bufio.NewScanner(s.in)
	ask := func(it *form.Item, field string) bool {
		fmt.Fprint(s.out, "> ")
		if !in.Scan() {
			return false
		}
		if v := strings.TrimSpace(in.Text()); v != "" {
			fields[field] = options(it, v)
		}
		return true
	}
	for i := range def.Items {
		it := &def.Items[i]
		if !slices.Contains(def.Visible(def.Parse(fields)), it.Code) {
			continue
		}
		showItem(s, it)
		switch it.Kind {
		case form.KindSection, form.KindPhoto, form.KindFile: // nothing to type
		case form.KindMatrix:
			for r := range it.Rows {
				showRow(s, it, r)
				if !ask(it, it.Code+"."+it.Rows[r].Code) {
					return def.Parse(fields), in.Err()
				}
			}
		case form.KindSignature:
			if !ask(it, it.Code+".name") {
				return def.Parse(fields), in.Err()
			}
		default:
			if !ask(it, it.Code) {
				return def.Parse(fields), in.Err()
			}
		}
	}
	return def.Parse(fields), in.Err()
}

// fieldOf is the field that a name means, by code or by label, "item.row" for
// one row of a matrix; nil: the form has no such item.
func fieldOf(def *form.Definition, name string) (string, *form.Item) {
	head, row, inside := strings.Cut(name, ".")
	for i := range def.Items {
		it := &def.Items[i]
		if it.Kind == form.KindSection || !named(head, it.Code, it.Label) && !named(name, it.Code, it.Label) {
			continue
		}
		switch {
		case it.Kind == form.KindSignature:
			return it.Code + ".name", it
		case it.Kind != form.KindMatrix || !inside:
			if named(name, it.Code, it.Label) {
				return it.Code, it
			}
		default:
			for r := range it.Rows {
				if named(row, it.Rows[r].Code, it.Rows[r].Label) {
					return it.Code + "." + it.Rows[r].Code, it
				}
			}
		}
	}
	return name, nil
}

// named tells whether a word is a code or its label.
func named(word, code string, label huifang.Text) bool {
	return word == code || word == label.ZH || strings.EqualFold(word, label.EN)
}

// options takes several options apart, and takes an option's label for its
// code; other kinds keep what is written.
func options(it *form.Item, value string) []string {
	values := []string{value}
	if it.Kind == form.KindChoices {
		values = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == '，' || r == '、' })
	}
	for i, v := range values {
		if v = strings.TrimSpace(v); it.Kind == form.KindYesNo {
			v = yesNo(v)
		}
		values[i] = v
		for _, o := range it.Options {
			if named(v, o.Code, o.Label) {
				values[i] = o.Code
			}
		}
	}
	return values
}

// yesNo is yes or no as people write it.
func yesNo(v string) string {
	switch strings.ToLower(v) {
	case "是", "y", "yes", "true", "1":
		return "yes"
	case "否", "不是", "n", "no", "false", "0":
		return "no"
	}
	return v
}
