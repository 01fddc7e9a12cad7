package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
)

type spotCheckCmd struct {
	List  spotCheckListCmd  `cmd:"" default:"withargs" help:"List the samples that were drawn." zh:"列出各次抽查。"`
	Draw  spotCheckDrawCmd  `cmd:"" help:"Draw records at random; the same seed draws the same." zh:"随机抽取回访记录，同一种子抽出同样的样本。"`
	Show  spotCheckShowCmd  `cmd:"" help:"Show one, or write it as an Excel file." zh:"查看一次抽查，或写成 Excel 文件。"`
	Opine spotCheckOpineCmd `cmd:"" help:"Note what the check of a record found." zh:"填写一份记录的抽查意见。"`
}

type spotCheckListCmd struct {
	server
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run lists them.
func (c *spotCheckListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var all api.List[api.SpotCheckLine]
	if err := to.call(ctx, http.MethodGet, "/spot-checks", nil, nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &all)
	}
	if len(all.Items) == 0 {
		say(s, s.out, "还没有抽查", "nothing was drawn yet")
		return nil
	}
	rows := [][]string{{pick(s, "代号", "ID"), pick(s, "回访日期", "FOLLOWED UP"), pick(s, "抽取", "DRAWN"), pick(s, "已查", "CHECKED"), pick(s, "问题", "FAULTS"), pick(s, "种子", "SEED")}}
	for i := range all.Items {
		l := &all.Items[i]
		rows = append(rows, []string{
			shortID(l.ID), l.From.String() + " – " + l.To.String(), strconv.Itoa(l.Size) + " / " + strconv.Itoa(l.Population),
			strconv.Itoa(l.Checked), strconv.Itoa(l.Faults), l.Seed,
		})
	}
	table(s.out, rows)
	return nil
}

type spotCheckDrawCmd struct {
	server
	From    string  `help:"First day the records were made (YYYY-MM-DD)." zh:"回访日期起（年-月-日）。" required:"" placeholder:"YYYY-MM-DD"`
	To      string  `help:"Last day (YYYY-MM-DD)." zh:"回访日期止（年-月-日）。" required:"" placeholder:"YYYY-MM-DD"`
	Percent float64 `help:"Of each department's records." zh:"每个部门抽取的百分比。"`
	Count   int     `help:"Or so many of each department." zh:"或每个部门的份数。"`
	Unit    string  `help:"Code or name of a unit: it and those below." zh:"单位编码或名称：含其下级。"`
	Seed    string  `help:"Draws the same sample again." zh:"种子：重现同样的样本。"`
	JSON    bool    `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run draws.
func (c *spotCheckDrawCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	in := map[string]any{"from": c.From, "to": c.To, "percent": c.Percent, "count": c.Count, "seed": c.Seed}
	if c.Unit != "" {
		if in["unit"], err = to.unit(ctx, c.Unit); err != nil {
			return err
		}
	}
	var got api.SpotCheckLine
	if err := to.call(ctx, http.MethodPost, "/spot-checks", nil, in, &got); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &got)
	}
	say(s, s.out, "%d 份记录中抽取 %d 份，种子 %s；代号 %s", "of %[1]d records %[2]d were drawn, seed %[3]s; id %[4]s", got.Population, got.Size, got.Seed, shortID(got.ID))
	return nil
}

// spotCheck is the one whose id ends so.
func (c *client) spotCheck(ctx context.Context, end string) (string, error) {
	var all api.List[api.SpotCheckLine]
	if err := c.call(ctx, http.MethodGet, "/spot-checks", nil, nil, &all); err != nil {
		return "", err
	}
	for i := range all.Items {
		if id := string(all.Items[i].ID); strings.HasSuffix(id, end) {
			return "/spot-checks/" + id, nil
		}
	}
	return "", huifang.Fail(huifang.CodeNotFound, "spotcheck.not_found", huifang.Textf("没有代号为“%s”的抽查", "there is no spot check %q", end))
}

type spotCheckShowCmd struct {
	server
	ID   string `arg:"" help:"As the list shows it." zh:"列表中的代号。"`
	XLSX string `help:"Write an Excel file." zh:"写成 Excel 文件。" name:"xlsx" placeholder:"FILE"`
	JSON bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints it, or writes it as an Excel file.
func (c *spotCheckShowCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	at, err := to.spotCheck(ctx, c.ID)
	if err != nil {
		return err
	}
	if c.XLSX != "" {
		if err := to.download(ctx, at+"/sheet.xlsx", nil, c.XLSX); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, c.XLSX)
		return err
	}
	var got api.SpotCheck
	if err := to.call(ctx, http.MethodGet, at, nil, nil, &got); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &got)
	}
	rows := [][]string{{pick(s, "编号", "NUMBER"), pick(s, "部门", "DEPARTMENT"), pick(s, "客户", "CUSTOMER"), pick(s, "结论", "RESULT"), pick(s, "意见", "OPINION")}}
	for i := range got.Items {
		it := &got.Items[i]
		result := map[string]string{"": pick(s, "待查", "open"), "sound": pick(s, "符合要求", "sound"), "fault": pick(s, "存在问题", "fault")}[string(it.Result)]
		rows = append(rows, []string{it.Followup.Number, it.Department, it.Followup.ContactName, result, it.Opinion})
	}
	table(s.out, rows)
	return nil
}

type spotCheckOpineCmd struct {
	server
	ID      string `arg:"" help:"As the list shows it." zh:"列表中的代号。"`
	Number  string `arg:"" help:"Number of the follow-up." zh:"回访编号。"`
	Result  string `arg:"" help:"sound: as it should be; fault: it is not, and a case is opened." zh:"sound 符合要求、fault 存在问题（将立案）。" enum:"sound,fault"`
	Opinion string `help:"In words; needed for a fault." zh:"意见；存在问题时必填。"`
	JSON    bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run notes the opinion.
func (c *spotCheckOpineCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	at, err := to.spotCheck(ctx, c.ID)
	if err != nil {
		return err
	}
	var got api.SpotCheck
	if err := to.call(ctx, http.MethodGet, at, nil, nil, &got); err != nil {
		return err
	}
	for i := range got.Items {
		f := &got.Items[i].Followup
		if f.Number != c.Number {
			continue
		}
		in := map[string]any{"followup": f.ID, "result": c.Result, "opinion": c.Opinion}
		if err := to.call(ctx, http.MethodPost, at+"/opinions", nil, in, &got); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(s.out, &got)
		}
		say(s, s.out, "已保存：已查 %d / %d，问题 %d", "saved: %d of %d checked, %d faults", got.Checked, got.Size, got.Faults)
		return nil
	}
	return huifang.Fail(huifang.CodeNotFound, "spotcheck.not_drawn", huifang.Textf("%s 不在抽查之列", "%s is not among those drawn", c.Number))
}
