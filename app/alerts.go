package app

import (
	"context"
	"slices"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/store"
)

// Alerts lists the actor's own alerts, newest first.
func (a *App) Alerts(ctx context.Context, actor *huifang.Actor, unread bool, p Page) (Paged[*huifang.Alert], error) {
	if actor.Staff == "" {
		return Paged[*huifang.Alert]{}, nil
	}
	p.Desc = true
	return a.reads().Alerts(ctx, actor.Org, actor.Staff, unread, p)
}

// UnreadAlerts counts the actor's own unread alerts.
func (a *App) UnreadAlerts(ctx context.Context, actor *huifang.Actor) (int, error) {
	if actor.Staff == "" {
		return 0, nil
	}
	return a.reads().UnreadAlerts(ctx, actor.Org, actor.Staff)
}

// ReadAlerts marks the actor's own alerts as read; without ids all of them.
// Others' ids are passed over.
func (a *App) ReadAlerts(ctx context.Context, actor *huifang.Actor, ids ...huifang.ID) error {
	if actor.Staff == "" {
		return nil
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		return tx.ReadAlerts(ctx, actor.Org, actor.Staff, a.now(), ids...)
	})
}

// alertText is what alerts of each kind say after the name of what they are
// about.
func alertText(kind string) huifang.Text {
	switch kind {
	case "followup.assigned":
		return huifang.Text{ZH: "已分派给您", EN: "was assigned to you"}
	case "followup.redo":
		return huifang.Text{ZH: "审核退回，请重新回访", EN: "was sent back by the reviewer; please do it again"}
	case "case.opened":
		return huifang.Text{ZH: "需要您处理", EN: "needs your attention"}
	case "case.reopened":
		return huifang.Text{ZH: "经回访客户仍不满意，请继续处理", EN: "was not settled for the customer; please go on with it"}
	case "case.assigned":
		return huifang.Text{ZH: "已交由您负责", EN: "is yours to settle"}
	case "action.assigned":
		return huifang.Text{ZH: "有整改措施由您落实", EN: "has a corrective action for you"}
	case "recurrence.flagged":
		return huifang.Text{ZH: "反复出现，请负责人决定是否按重大投诉处理", EN: "keeps coming back; the head decides whether it becomes a major complaint"}
	case "message.due":
		return huifang.Text{ZH: "请向客户发送消息", EN: "has a message for you to send to the customer"}
	case "message.failed":
		return huifang.Text{ZH: "消息没有送达，请另行联系客户", EN: "has a message that did not arrive; please reach the customer otherwise"}
	case "webhook.disabled":
		return huifang.Text{ZH: "连续多日推送失败，已停用", EN: "failed for days and was switched off"}
	}
	return huifang.Text{}
}

func alertOf(kind string, name huifang.Text) huifang.Text {
	text := alertText(kind)
	return huifang.Text{ZH: name.ZH + "：" + text.ZH, EN: name.EN + ": " + text.EN}
}

// tell alerts people of a follow-up, each once.
func (a *App) tell(ctx context.Context, tx *store.Tx, d *directory, kind string, f *huifang.Followup, who ...huifang.ID) error {
	return a.alert(ctx, tx, huifang.Alert{Org: f.Org, Kind: kind, Followup: f.ID, Text: alertOf(kind, d.nameOf(f))}, who...)
}

// tellCase alerts people of a case, each once.
func (a *App) tellCase(ctx context.Context, tx *store.Tx, kind string, c *huifang.Case, who ...huifang.ID) error {
	name := huifang.Text{ZH: "诉求 " + c.Number, EN: "case " + c.Number}
	if c.Number == "" { // numbered at the end of the transaction
		name = huifang.Text{ZH: "新的诉求", EN: "a new case"}
	}
	if c.Matter != "" {
		name.ZH, name.EN = name.ZH+"（"+c.Matter+"）", name.EN+" ("+c.Matter+")"
	}
	return a.alert(ctx, tx, huifang.Alert{Org: c.Org, Kind: kind, Followup: c.Followup, Case: c.ID, Text: alertOf(kind, name)}, who...)
}

func (a *App) alert(ctx context.Context, tx *store.Tx, what huifang.Alert, who ...huifang.ID) error {
	var out []*huifang.Alert
	for i, id := range who {
		if id == "" || slices.Contains(who[:i], id) {
			continue
		}
		one := what
		one.ID, one.Staff, one.At = a.newID(), id, a.now()
		out = append(out, &one)
	}
	if len(out) == 0 {
		return nil
	}
	if err := tx.InsertAlerts(ctx, out...); err != nil {
		return err
	}
	d, err := a.directory(ctx, what.Org)
	if err != nil {
		return err
	}
	return a.announce(ctx, tx, d, out)
}
