package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/huifang/huifang/plan"
)

type simulateCmd struct {
	history
	Format string `help:"Format: csv or json." zh:"输出格式：csv 或 json。" enum:"csv,json" default:"csv"`
}

// row is one line of the output, columns in the order of the CSV.
type row struct {
	Program    string `json:"program"`
	Step       string `json:"step"`
	Occurrence int    `json:"occurrence"`
	Contact    string `json:"contact"`
	Asset      string `json:"asset"`
	Unit       string `json:"unit"`
	Opens      string `json:"opens"`
	Closes     string `json:"closes"`
	Assignees  string `json:"assignees"`
	Channels   string `json:"channels"`
	Form       string `json:"form"`
	State      string `json:"state"`
	Reason     string `json:"reason"`
}

func newRow(r *plan.Row) row {
	who := make([]string, 0, len(r.Assignees))
	for _, a := range r.Assignees {
		who = append(who, a.String())
	}
	channels := make([]string, 0, len(r.Channels))
	for _, c := range r.Channels {
		channels = append(channels, string(c))
	}
	return row{
		Program: r.Program, Step: r.Step, Occurrence: r.Occurrence, Contact: string(r.Contact), Asset: string(r.Asset), Unit: string(r.Unit),
		Opens: r.Window.Opens.String(), Closes: r.Window.Closes.String(), Assignees: strings.Join(who, "+"), Channels: strings.Join(channels, "+"),
		Form: r.Form, State: string(r.State), Reason: r.Reason,
	}
}

// Run prints the follow-ups. Outcomes that changed nothing are named on
// standard error.
func (c *simulateCmd) Run(s *streams) error {
	sim, err := c.simulate(s)
	if err != nil {
		return err
	}
	for _, ig := range sim.Ignored {
		fmt.Fprintf(s.err, "huifang: %s %s/%s/%d %s: %s\n", ig.Input.Event.Type, ig.Input.Program, ig.Input.Step, ig.Input.Occurrence, ig.Input.Event.Contact, plan.ReasonText(ig.Reason).In(s.lang))
	}
	rows := make([]row, 0, len(sim.Rows))
	for i := range sim.Rows {
		rows = append(rows, newRow(&sim.Rows[i]))
	}
	if c.Format == "json" {
		enc := json.NewEncoder(s.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(rows)
	}
	w := csv.NewWriter(s.out)
	if err := w.Write([]string{"program", "step", "occurrence", "contact", "asset", "unit", "opens", "closes", "assignees", "channels", "form", "state", "reason"}); err != nil {
		return err
	}
	for _, r := range rows {
		if err := w.Write([]string{r.Program, r.Step, strconv.Itoa(r.Occurrence), r.Contact, r.Asset, r.Unit, r.Opens, r.Closes, r.Assignees, r.Channels, r.Form, r.State, r.Reason}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
