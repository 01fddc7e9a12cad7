package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/form"
)

type followupCmd struct {
	List        followupListCmd        `cmd:"" help:"List follow-ups, the most urgent first."`
	Show        followupShowCmd        `cmd:"" help:"Show one with its customer, form and history."`
	Take        followupTakeCmd        `cmd:"" help:"Sign for the form."`
	Attempt     followupAttemptCmd     `cmd:"" help:"Note an attempt to reach the customer."`
	Complete    followupCompleteCmd    `cmd:"" help:"Record the answers; without --answer the form is asked item by item."`
	Unreachable followupUnreachableCmd `cmd:"" help:"Close as unreachable, with a reason."`
	Waive       followupWaiveCmd       `cmd:"" help:"Waive, with a reason."`
	Postpone    followupPostponeCmd    `cmd:"" help:"Move the last day, with a reason."`
}

type followupListCmd struct {
	server
	State   []string `help:"planned, overdue, completed, unreachable, waived, cancelled." default:"planned,overdue"`
	Program string   `help:"Only this program."`
	Unit    string   `help:"Code of a unit."`
	Month   string   `help:"Only windows that close in this month (YYYY-MM)."`
	Mine    bool     `help:"Only what is assigned to me."`
	Text    string   `help:"Part of a number, name, room or plate."`
	Limit   int      `help:"How many." default:"50"`
	After   string   `help:"Go on after this page."`
	JSON    bool     `help:"Print as JSON." name:"json"`
}

// Run prints one page.
func (c *followupListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(s)
	if err != nil {
		return err
	}
	q := url.Values{"state": {strings.Join(c.State, ",")}, "limit": {strconv.Itoa(c.Limit)}}
	for k, v := range map[string]string{"program": c.Program, "month": c.Month, "text": c.Text, "after": c.After} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return err
		}
		q.Set("unit", string(id))
	}
	if c.Mine {
		var me api.Me
		if err := to.call(ctx, http.MethodGet, "/session", nil, nil, &me); err != nil {
			return err
		}
		if me.Staff != nil {
			q.Set("assignee", string(me.Staff.ID))
		}
	}
	var page api.List[api.Followup]
	if err := to.call(ctx, http.MethodGet, "/followups", q, nil, &page); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &page)
	}
	for i := range page.Items {
		fmt.Fprintln(s.out, followupLine(&page.Items[i], s.lang))
	}
	if page.Next != "" {
		fmt.Fprintln(s.out, "--after "+page.Next)
	}
	return nil
}

// unit is the id of a unit's code or name.
func (c *client) unit(ctx context.Context, code string) (huifang.ID, error) {
	var all api.List[api.Unit]
	if err := c.call(ctx, http.MethodGet, "/units", nil, nil, &all); err != nil {
		return "", err
	}
	for i := range all.Items {
		if u := &all.Items[i]; u.Code == code || u.Name == code || string(u.ID) == code {
			return u.ID, nil
		}
	}
	return "", huifang.Fail(huifang.CodeNotFound, "unit.not_found", huifang.Textf("没有单位“%s”", "there is no unit %q", code))
}

func followupLine(f *api.Followup, lang huifang.Lang) string {
	program := f.Program
	if f.ProgramName != nil {
		program = f.ProgramName.In(lang)
	}
	who := make([]string, 0, len(f.Assignees))
	for _, a := range f.Assignees {
		if a.Name == "" {
			a.Name = "?" + a.Role
		}
		who = append(who, a.Name)
	}
	return strings.Join([]string{f.Number, string(f.State), f.Window.Opens + "…" + f.Window.Closes, program, f.ContactName, f.AssetName, f.Matter, strings.Join(who, "+")}, "  ")
}

// one is a follow-up of a server, by number or id.
type one struct {
	server
	Number string `arg:"" help:"Number (HF-2026-000123) or id."`
	JSON   bool   `help:"Print as JSON." name:"json"`
}

// find loads it with everything.
func (c *one) find(ctx context.Context, s *streams) (*client, *api.FollowupDetail, error) {
	to, err := c.connect(s)
	if err != nil {
		return nil, nil, err
	}
	var d api.FollowupDetail
	err = to.call(ctx, http.MethodGet, "/followups/"+url.PathEscape(c.Number), nil, nil, &d)
	return to, &d, err
}

// act posts to a follow-up with the version it was seen in, and tells what
// came of it.
func (c *one) act(ctx context.Context, s *streams, verb string, in map[string]any) error {
	to, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	return c.post(ctx, s, to, d, verb, in)
}

func (c *one) post(ctx context.Context, s *streams, to *client, d *api.FollowupDetail, verb string, in map[string]any) error {
	if in == nil {
		in = map[string]any{}
	}
	in["version"] = d.Version
	var raw json.RawMessage
	if err := to.call(ctx, http.MethodPost, "/followups/"+string(d.ID)+"/"+verb, nil, in, &raw); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, raw)
	}
	return tell(s, d, raw)
}

// tell says in words what an action on a follow-up led to.
func tell(s *streams, d *api.FollowupDetail, raw json.RawMessage) error {
	var got struct {
		State    huifang.State   `json:"state"`
		Followup *api.Followup   `json:"followup"`
		Cases    []api.Case      `json:"cases"`
		Case     *api.Case       `json:"case"`
		Planned  []api.Followup  `json:"planned"`
		Next     json.RawMessage `json:"next"`
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		return err
	}
	say := func(zh, en string, args ...any) { fmt.Fprintln(s.out, huifang.Textf(zh, en, args...).In(s.lang)) }
	state := got.State
	if got.Followup != nil {
		state = got.Followup.State
		if v := got.Followup.Verdict; v != "" {
			state += huifang.State(" " + v)
		}
		if !got.Followup.NextTry.IsZero() && got.Followup.State == huifang.StatePlanned {
			say("下次尝试：%s", "next try: %s", got.Followup.NextTry.Local().Format("2006-01-02 15:04"))
		}
	}
	fmt.Fprintln(s.out, d.Number, state)
	if got.Case != nil {
		got.Cases = append(got.Cases, *got.Case)
	}
	for i := range got.Cases {
		say("已立案 %s，期限 %s", "case %s opened, due %s", got.Cases[i].Number, got.Cases[i].Due)
	}
	for i := range got.Planned {
		say("下次回访 %s：%s…%s", "next follow-up %s: %s…%s", got.Planned[i].Number, got.Planned[i].Window.Opens, got.Planned[i].Window.Closes)
	}
	return nil
}

type followupShowCmd struct{ one }

// Run prints it.
func (c *followupShowCmd) Run(ctx context.Context, s *streams) error {
	_, d, err := c.find(ctx, s)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, d)
	}
	fmt.Fprintln(s.out, followupLine(&d.Followup, s.lang))
	if d.Customer != nil {
		fmt.Fprintln(s.out, "  "+d.Customer.Name, strings.Join(d.Customer.Phones, " / "), d.Customer.Address)
	}
	for _, t := range d.Tries {
		fmt.Fprintf(s.out, "  %s %s %s %s\n", t.At.Local().Format("2006-01-02 15:04"), t.Channel, t.Disposition, t.Note)
	}
	if d.FormItems != nil {
		for i := range d.FormItems.Items {
			showItem(s, &d.FormItems.Items[i])
		}
	}
	for _, r := range d.Records {
		raw, err := json.Marshal(r.Answers)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "  %s %s %s\n", r.At.Local().Format("2006-01-02 15:04"), r.Verdict, raw)
	}
	return nil
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
	options := make([]string, 0, len(it.Options))
	for _, o := range it.Options {
		options = append(options, o.Code+"="+o.Label.In(s.lang))
	}
	fmt.Fprintf(s.out, "  %s %-16s %s  [%s] %s\n", mark, it.Code, it.Label.In(s.lang), it.Kind, strings.Join(options, " "))
}

type followupTakeCmd struct{ one }

// Run signs for the form.
func (c *followupTakeCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "take", nil)
}

type followupAttemptCmd struct {
	one
	Disposition string    `help:"answered, busy, no_answer, switched_off, wrong_number, refused or call_back." required:""`
	Channel     string    `help:"How." default:"phone"`
	Note        string    `help:"Anything worth knowing."`
	CallBack    time.Time `help:"When the customer asked to be called (RFC 3339), with call_back." format:"2006-01-02T15:04:05Z07:00"`
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
	Reason string `help:"Why the customer could not be reached." required:""`
}

// Run closes it.
func (c *followupUnreachableCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "unreachable", map[string]any{"reason": c.Reason})
}

type followupWaiveCmd struct {
	one
	Reason string `help:"Why it need not be done." required:""`
}

// Run waives it.
func (c *followupWaiveCmd) Run(ctx context.Context, s *streams) error {
	return c.act(ctx, s, "waive", map[string]any{"reason": c.Reason})
}

type followupPostponeCmd struct {
	one
	Opens  string `help:"New first day; default: as it is."`
	Closes string `help:"New last day." required:""`
	Reason string `help:"Why." required:""`
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

type followupCompleteCmd struct {
	one
	Channel string   `help:"How the customer was reached; default: the follow-up's first channel."`
	Answer  []string `help:"Answer as item=value; several options joined by commas; repeat for each item." sep:"none" short:"a" placeholder:"ITEM=VALUE"`
	Signed  string   `help:"Name the customer signed with."`
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
		if it.Kind == form.KindSection || !visible(def, it.Code, def.Parse(fields)) {
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

func visible(def *form.Definition, code string, answers huifang.Attributes) bool {
	return slices.Contains(def.Visible(answers), code)
}

// splitOptions takes several options apart; other kinds keep their commas.
func splitOptions(def *form.Definition, item, value string) []string {
	for i := range def.Items {
		if def.Items[i].Code == item && def.Items[i].Kind == form.KindChoices {
			return strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == '，' })
		}
	}
	return []string{value}
}
