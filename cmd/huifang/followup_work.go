package main

import (
	"context"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type followupTakeCmd struct{ one }

// Run signs for the form.
func (c *followupTakeCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "take", nil)
}

type followupAttemptCmd struct {
	one
	Disposition string    `help:"How it ended: answered, busy, no_answer, switched_off, wrong_number, refused or call_back." zh:"结果：answered 接通、busy 占线、no_answer 无人接听、switched_off 关机、wrong_number 号码错误、refused 拒访、call_back 约定再联系。" required:""`
	Channel     string    `help:"How: phone, sms, wechat, email, visit, meeting, survey or other." zh:"联系方式：phone 电话、sms 短信、wechat 微信、email 邮件、visit 上门、meeting 座谈、survey 问卷、other 其他。" default:"phone"`
	Note        string    `help:"Anything worth knowing." zh:"备注。"`
	CallBack    time.Time `help:"When the customer asked to be called (RFC 3339), with call_back." zh:"客户约定的时间（如 2026-03-20T15:00:00+08:00），与 call_back 同用。" format:"2006-01-02T15:04:05Z07:00"`
}

// Run notes the attempt and prints when to try next.
func (c *followupAttemptCmd) Run(ctx context.Context, s *streams) error {
	in := map[string]any{"channel": c.Channel, "disposition": c.Disposition, "note": c.Note}
	if !c.CallBack.IsZero() {
		in["call_back_at"] = c.CallBack
	}
	return c.act(ctx, s, "attempts", in)
}

type followupUnreachableCmd struct {
	one
	Reason string `help:"Why the customer could not be reached." zh:"联系不上客户的原因。" required:""`
}

// Run closes it.
func (c *followupUnreachableCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "unreachable", map[string]any{"reason": c.Reason})
}

type followupWaiveCmd struct {
	one
	Reason string `help:"Why it need not be done." zh:"不必回访的原因。" required:""`
}

// Run waives it.
func (c *followupWaiveCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "waive", map[string]any{"reason": c.Reason})
}

type followupPostponeCmd struct {
	one
	Opens  string `help:"New first day; default: as it is." zh:"新的开始日期；默认不变。"`
	Closes string `help:"New last day." zh:"新的截止日期。" required:""`
	Reason string `help:"The reason." zh:"原因。" required:""`
}

// Run moves the window.
func (c *followupPostponeCmd) Run(ctx context.Context, s *streams) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	if c.Opens == "" {
		c.Opens = d.Window.Opens
	}
	return c.post(ctx, s, to, d, "postpone", map[string]any{"window": api.Window{Opens: c.Opens, Closes: c.Closes}, "reason": c.Reason})
}

type followupReturnCmd struct{ one }

// Run gives the form back.
func (c *followupReturnCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "return", nil)
}

type followupReassignCmd struct {
	one
	To     []string `help:"Codes, names or ids of staff; the first answers for it." zh:"员工编号、姓名或内部号；第一位为负责人。" required:""`
	Reason string   `help:"The reason." zh:"原因。" required:""`
}

// Run gives it to others.
func (c *followupReassignCmd) Run(ctx context.Context, s *streams) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	ids := make([]huifang.ID, 0, len(c.To))
	for _, named := range c.To {
		id, err := to.staff(ctx, named)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	return c.post(ctx, s, to, d, "reassign", map[string]any{"assignees": ids, "reason": c.Reason})
}
