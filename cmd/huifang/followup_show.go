package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/pack"
)

type followupShowCmd struct {
	one
	Why bool `help:"Say why it exists, and why then." zh:"说明为何生成、为何在此时限。"`
}

// Run prints it.
func (c *followupShowCmd) Run(ctx context.Context, s *streams) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	if c.Why {
		return c.why(ctx, s, to, d)
	}
	if c.JSON {
		return printJSON(s.out, d)
	}
	fmt.Fprintln(s.out, strings.Join(strings.Fields(strings.Join(followupCells(s, &d.Followup), " ")), "  "))
	if d.Customer != nil {
		say(s, s.out, "客户：%s  %s  %s", "contact: %s  %s  %s", d.Customer.Name, strings.Join(d.Customer.Phones, " / "), d.Customer.Address)
	}
	if e := d.ServiceEvent; e != nil {
		say(s, s.out, "事件：%s  %s", "event: %s  %s", eventWord(s, to.eventWords(ctx), e.Type), shownTime(s, e.At))
	}
	for _, t := range d.Tries {
		say(s, s.out, "尝试：%s  %s  %s  %s", "attempt: %s  %s  %s  %s", shownTime(s, t.At), channelWord(t.Channel).In(s.lang), dispositionWord(t.Disposition).In(s.lang), t.Note)
	}
	showForm(s, d)
	return showRecords(s, d)
}

// why prints the explanation line by line.
func (c *followupShowCmd) why(ctx context.Context, s *streams, to *client, d *api.FollowupDetail) error {
	var got api.FollowupWhy
	if err := to.call(ctx, http.MethodGet, "/followups/"+string(d.ID)+"/explanation", nil, nil, &got); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &got)
	}
	fmt.Fprintln(s.out, got.Number, got.ProgramName.In(s.lang), got.StepName.In(s.lang))
	for _, line := range got.Lines {
		fmt.Fprintln(s.out, "  "+line.In(s.lang))
	}
	return nil
}

// showForm prints the questions of a follow-up that is to be done, and what to
// say.
func showForm(s *streams, d *api.FollowupDetail) {
	if d.State.Done() || d.FormItems == nil {
		return
	}
	say(s, s.out, "\n%s（* 必填；用 --answer 项目=值 填写）", "\n%s (* required; answer with --answer item=value)", d.FormItems.Name.In(s.lang))
	showQuestions(s, d.FormItems)
	if len(d.Phrases) > 0 {
		say(s, s.out, "\n话术", "\nphrases")
	}
	for _, p := range d.Phrases {
		fmt.Fprintln(s.out, "  "+pack.Phrase{Text: p.Text}.Fill(s.lang, said(s, d)))
	}
}

// said are the words that phrases fill in.
func said(s *streams, d *api.FollowupDetail) map[string]string {
	values := map[string]string{
		"contact": d.ContactName, "unit": d.UnitName, "department": d.Department, "asset": d.AssetName, "matter": d.Matter,
		"number": d.Number, "closes": d.Window.Closes, "phone": d.Phone,
	}
	if len(d.Assignees) > 0 {
		values["staff"] = d.Assignees[0].Name
	}
	if d.ServiceEvent != nil {
		values["event_date"] = shownTime(s, d.ServiceEvent.At)[:len(time.DateOnly)]
		values["event_staff"] = d.Names[d.ServiceEvent.Staff]
	}
	return values
}

// showRecords prints what was found, the last record of which counts.
func showRecords(s *streams, d *api.FollowupDetail) error {
	for _, r := range d.Records {
		say(s, s.out, "\n记录：%s  %s  %s  %s", "\nrecord: %s  %s  %s  %s", shownTime(s, r.At), d.Names[r.Staff], channelWord(r.Channel).In(s.lang), verdictWord(r.Verdict).In(s.lang))
		if d.FormItems == nil {
			continue
		}
		var rows [][]string
		for i := range d.FormItems.Items {
			it := &d.FormItems.Items[i]
			if answer, ok := r.Answers[it.Code]; ok {
				rows = append(rows, answerRows(s, it, answer)...)
			}
		}
		table(s.out, rows)
	}
	for _, r := range d.Reviews {
		say(s, s.out, "审核：%s  %s  %s", "review: %s  %s  %s", d.Names[r.Staff], reviewWord(r.Decision).In(s.lang), r.Opinion)
	}
	return nil
}
