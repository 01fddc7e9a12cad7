package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/report"
)

type statsCmd struct {
	server
	Month string `help:"Month as YYYY-MM." required:"" placeholder:"YYYY-MM"`
	Unit  string `help:"Code of a unit: only it and those below."`
	XLSX  string `help:"Write the sheet as an Excel file." name:"xlsx" placeholder:"FILE"`
	Live  bool   `help:"Count now, also where the month is closed."`
	JSON  bool   `help:"Print as JSON." name:"json"`
}

// Run prints the month's sheet, or writes it as an Excel file.
func (c *statsCmd) Run(ctx context.Context, s *streams) error {
	month, err := huifang.ParseMonth(c.Month)
	if err != nil {
		return err
	}
	to, err := c.connect(ctx, s)
	if err != nil {
		return err
	}
	query := url.Values{"lang": {string(s.lang)}}
	if c.Unit != "" {
		id, err := to.unit(ctx, c.Unit)
		if err != nil {
			return err
		}
		query.Set("unit", string(id))
	}
	if c.Live {
		query.Set("live", "true")
	}
	if c.XLSX != "" {
		if err := to.download(ctx, "/statistics/"+month.String()+"/sheet.xlsx", query, c.XLSX); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, c.XLSX)
		return err
	}
	var sheet report.MonthSheet
	if err := to.call(ctx, http.MethodGet, "/statistics/"+month.String(), query, nil, &sheet); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, &sheet)
	}
	return sheet.Text(s.out)
}
