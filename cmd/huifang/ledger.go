package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/api"
	"github.com/huifang/huifang/report"
)

type ledgerCmd struct {
	List ledgerListCmd `cmd:"" default:"withargs" help:"List the sheets that the trade keeps." zh:"列出行业台账。"`
	Show ledgerShowCmd `cmd:"" help:"Show one for a day, month or quarter, or write it as a file." zh:"查看某日、某月或某季度的台账，或写成文件。"`
}

type ledgerListCmd struct {
	server
	JSON bool `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run lists them.
func (c *ledgerListCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	var all api.List[api.LedgerInfo]
	if err := to.call(ctx, http.MethodGet, "/ledgers", nil, nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &all)
	}
	if len(all.Items) == 0 {
		say(s, s.out, "启用的行业包没有台账", "the active packs keep no ledgers")
		return nil
	}
	rows := [][]string{{pick(s, "代号", "NAME"), pick(s, "台账", "LEDGER"), pick(s, "期间", "PERIOD"), pick(s, "行业包", "PACK")}}
	for i := range all.Items {
		l := &all.Items[i]
		rows = append(rows, []string{l.Pack + "/" + l.Code, l.Name.In(s.lang), ledgerPeriod(s, l.Period), l.PackName.In(s.lang)})
	}
	table(s.out, rows)
	return nil
}

func ledgerPeriod(s *streams, period string) string {
	switch period {
	case "day":
		return pick(s, "日", "day")
	case "week":
		return pick(s, "周", "week")
	case "month":
		return pick(s, "月", "month")
	case "quarter":
		return pick(s, "季度", "quarter")
	case "year":
		return pick(s, "年", "year")
	}
	return pick(s, "全部", "all")
}

type ledgerShowCmd struct {
	server
	Ledger string `arg:"" help:"As the list names it: PACK/NAME, or NAME alone." zh:"列表中的代号：行业包/台账，或只写台账。"`
	On     string `help:"A day of the period (YYYY-MM-DD); default: today." zh:"期间内的任一天（年-月-日），默认今天。" placeholder:"YYYY-MM-DD"`
	Unit   string `help:"Code or name of a unit: it and those below." zh:"单位编码或名称：含其下级。"`
	Reveal bool   `help:"Phone numbers whole; noted in the audit chain." zh:"显示完整电话，计入审计。"`
	XLSX   string `help:"Write an Excel file." zh:"写成 Excel 文件。" name:"xlsx" placeholder:"FILE"`
	CSV    string `help:"Write a CSV file." zh:"写成 CSV 文件。" name:"csv" placeholder:"FILE"`
	JSON   bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run prints the ledger, or writes it as a file.
func (c *ledgerShowCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	at, err := c.find(ctx, to)
	if err != nil {
		return err
	}
	q := url.Values{"lang": {string(s.lang)}}
	if c.On != "" {
		q.Set("on", c.On)
	}
	if c.Reveal {
		q.Set("reveal", strconv.FormatBool(true))
	}
	if err := to.inUnit(ctx, q, c.Unit); err != nil {
		return err
	}
	for file, name := range map[string]string{c.XLSX: "sheet.xlsx", c.CSV: "sheet.csv"} {
		if file == "" {
			continue
		}
		if err := to.download(ctx, at+"/"+name, q, file); err != nil {
			return err
		}
		fmt.Fprintln(s.out, file)
	}
	if c.XLSX != "" || c.CSV != "" {
		return nil
	}
	var sheet report.Layout
	if err := to.call(ctx, http.MethodGet, at+"/layout", q, nil, &sheet); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &sheet)
	}
	printLayout(s, &sheet)
	return nil
}

// find is the address of the ledger named.
func (c *ledgerShowCmd) find(ctx context.Context, to *client) (string, error) {
	pack, code, both := strings.Cut(c.Ledger, "/")
	if both {
		return "/ledgers/" + url.PathEscape(pack) + "/" + url.PathEscape(code), nil
	}
	var all api.List[api.LedgerInfo]
	if err := to.call(ctx, http.MethodGet, "/ledgers", nil, nil, &all); err != nil {
		return "", err
	}
	for i := range all.Items {
		if l := &all.Items[i]; l.Code == c.Ledger || l.Name.ZH == c.Ledger || l.Name.EN == c.Ledger {
			return "/ledgers/" + url.PathEscape(l.Pack) + "/" + url.PathEscape(l.Code), nil
		}
	}
	return "", huifang.Fail(huifang.CodeNotFound, "ledger.not_found", huifang.Textf("没有台账“%s”；ledger list 列出全部", "there is no ledger “%s”; ledger list shows them all", c.Ledger))
}

// printLayout prints a sheet's rows: merged ones as lines of their own, others as
// a table.
func printLayout(s *streams, sheet *report.Layout) {
	for _, p := range sheet.Pages {
		var rows [][]string
		flush := func() {
			if len(rows) > 0 {
				table(s.out, rows)
			}
			rows = nil
		}
		for _, r := range p.Rows {
			if len(r.Cells) == 1 && r.Cells[0].Columns > 1 {
				flush()
				fmt.Fprintln(s.out, r.Cells[0].Text)
				continue
			}
			line := make([]string, len(r.Cells))
			for i, cell := range r.Cells {
				line[i] = strings.ReplaceAll(cell.Text, "\n", "；")
			}
			if len(rows) > 0 && len(line) != len(rows[0]) {
				flush()
			}
			if len(line) > 0 {
				rows = append(rows, line)
			}
		}
		flush()
	}
}
