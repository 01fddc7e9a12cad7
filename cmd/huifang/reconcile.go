package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/huifang/huifang/api"
)

type reconcileCmd struct {
	server
	File string `arg:"" help:"The source system's list: CSV, XLSX or JSON lines." zh:"来源系统的清单：CSV、XLSX 或 JSON 行。"`
	Unit string `help:"Unit of rows that name none." zh:"未写明单位的行所属的单位。"`
	XLSX string `help:"Write the differences as an Excel file." zh:"把差异写成 Excel 文件。" name:"xlsx" placeholder:"FILE"`
	JSON bool   `help:"Print as JSON." zh:"以 JSON 输出。" name:"json"`
}

// Run compares the list with what is recorded.
func (c *reconcileCmd) Run(ctx context.Context, s *streams) error {
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	send := &importCmd{File: c.File}
	fields := map[string]string{}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return err
		}
		fields["unit"] = string(id)
	}
	if c.XLSX != "" {
		return send.upload(ctx, to, "/reconciliations/sheet.xlsx", fields, "*/*", func(r io.Reader) error { return c.keep(s, r) })
	}
	var got api.Reconciliation
	err = send.upload(ctx, to, "/reconciliations", fields, "application/json", func(r io.Reader) error { return json.NewDecoder(r).Decode(&got) })
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &got)
	}
	say(s, s.out, "%s 至 %s：清单 %d 条，系统 %d 条，一致 %d 条，差异 %d 处", "%s to %s: %d listed, %d recorded, %d agree, %d differences",
		got.From, got.To, got.Listed, got.Recorded, got.Agreed, len(got.Differences))
	if len(got.Differences) == 0 {
		return nil
	}
	rows := [][]string{{pick(s, "差异", "DIFFERENCE"), pick(s, "来源编号", "KEY"), pick(s, "行", "ROW"), pick(s, "客户", "CUSTOMER"), pick(s, "项目", "FIELD"), pick(s, "清单", "LISTED"), pick(s, "系统", "RECORDED")}}
	for i := range got.Differences {
		d := &got.Differences[i]
		field, line, there := "", "", d.There
		if d.Field != nil {
			field = d.Field.In(s.lang)
		}
		if d.Line > 0 {
			line = strconv.Itoa(d.Line)
		}
		if d.Text != nil && there == "" {
			there = d.Text.In(s.lang)
		}
		rows = append(rows, []string{d.KindName.In(s.lang), d.Key, line, d.Contact, field, there, d.Here})
	}
	table(s.out, rows)
	return nil
}

// keep writes the sheet to the file asked for.
func (c *reconcileCmd) keep(s *streams, r io.Reader) error {
	file, err := os.Create(filepath.Clean(c.XLSX))
	if err != nil {
		return unwritable(c.XLSX, err)
	}
	_, err = io.Copy(file, r)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		fmt.Fprintln(s.out, c.XLSX)
	}
	return err
}
