package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/form"
)

type followupCompleteCmd struct {
	one
	Channel string   `help:"How the customer was reached; default: the follow-up's first channel." zh:"实际的联系方式；默认取该回访的首选方式。"`
	Answer  []string `help:"Answer as item=value; several options joined by commas; repeat for each item." zh:"以“项目=值”作答；多选以逗号连接；每项写一次。" sep:"none" short:"a" placeholder:"ITEM=VALUE"`
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

// answers are those of --answer, else asked item by item.
func (c *followupCompleteCmd) answers(s *streams, def *form.Definition) (huifang.Attributes, error) {
	fields := map[string][]string{}
	for _, a := range c.Answer {
		item, value, ok := strings.Cut(a, "=")
		if !ok {
			return nil, huifang.Invalid("answer.invalid", huifang.Textf("“%s”应写作 项目=值", "%q is to be written item=value", a))
		}
		fields[item] = append(fields[item], splitOptions(def, item, value)...)
	}
	if len(c.Answer) > 0 {
		return def.Parse(fields), nil
	}
	in := bufio.NewScanner(s.in)
	for i := range def.Items {
		it := &def.Items[i]
		if it.Kind == form.KindSection || !asked(def, it.Code, def.Parse(fields)) {
			continue
		}
		showItem(s, it)
		fmt.Fprint(s.out, "> ")
		if !in.Scan() {
			break
		}
		if v := strings.TrimSpace(in.Text()); v != "" {
			fields[it.Code] = splitOptions(def, it.Code, v)
		}
	}
	return def.Parse(fields), in.Err()
}

func asked(def *form.Definition, code string, answers huifang.Attributes) bool {
	return slices.Contains(def.Visible(answers), code)
}

// splitOptions takes several options apart, and takes an option's label for its
// code; other kinds keep what is written.
func splitOptions(def *form.Definition, item, value string) []string {
	i := slices.IndexFunc(def.Items, func(it form.Item) bool { return it.Code == item })
	if i < 0 {
		return []string{value}
	}
	it := &def.Items[i]
	values := []string{value}
	if it.Kind == form.KindChoices {
		values = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == '，' || r == '、' })
	}
	for i, v := range values {
		for _, o := range it.Options {
			if v = strings.TrimSpace(v); v == o.Label.ZH || strings.EqualFold(v, o.Label.EN) {
				values[i] = o.Code
			}
		}
	}
	return values
}
