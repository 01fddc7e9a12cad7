package calendar

import (
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/huifang/huifang"
)

// calendar reads the whole file.
func (r *reader) calendar(n *yaml.Node) {
	r.fields(n, "", map[string]func(*yaml.Node){
		"weekend": r.weekend,
		"ranges": func(n *yaml.Node) {
			r.list(n, "ranges", func(i int, n *yaml.Node) { r.span(n, fmt.Sprintf("ranges[%d]", i)) })
		},
	})
}

// weekend reads the days of the week that are off.
func (r *reader) weekend(n *yaml.Node) {
	off := week(0)
	r.list(n, "weekend", func(_ int, n *yaml.Node) {
		name, ok := r.text(n, "weekend")
		if !ok {
			return
		}
		d, ok := parseWeekday(name)
		if !ok {
			r.fault(n, "weekday", "weekend", huifang.Textf("“%s”不是星期几；应写作 monday … sunday", "%q is no day of the week; write monday … sunday", name))
			return
		}
		off |= 1 << d
	})
	const all week = 1<<7 - 1
	if off == all {
		r.fault(n, "no_workday", "weekend", huifang.Text{ZH: "一周中至少要有一天上班", EN: "at least one day of the week must be worked"})
		return
	}
	r.week = all &^ off
}

// parseWeekday reads an English name of a day of the week.
func parseWeekday(s string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), s) {
			return d, true
		}
	}
	return 0, false
}

// span reads one range and names its days.
func (r *reader) span(n *yaml.Node, field string) {
	var name huifang.Text
	from, to, working := huifang.NoDate, huifang.NoDate, ""
	faults := r.count
	ok := r.fields(n, field, map[string]func(*yaml.Node){
		"from":    func(n *yaml.Node) { from = r.date(n, field+".from") },
		"to":      func(n *yaml.Node) { to = r.date(n, field+".to") },
		"working": func(n *yaml.Node) { working = r.boolean(n, field+".working") },
		"name":    func(n *yaml.Node) { name = r.name(n, field+".name") },
	})
	if !ok || r.count > faults {
		return
	}
	if to == huifang.NoDate {
		to = from
	}
	switch {
	case from == huifang.NoDate:
		r.missing(n, field, "from")
	case working == "":
		r.missing(n, field, "working")
	case name == huifang.Text{}:
		r.missing(n, field, "name")
	case to < from:
		r.fault(n, "backwards", field, huifang.Textf("结束日 %s 早于开始日 %s", "the end %s is before the start %s", to, from))
	default:
		r.take(n, field, from, to, working == "true", name)
	}
}

// take names the days of a range that no other range of the file names.
func (r *reader) take(n *yaml.Node, field string, from, to huifang.Date, working bool, name huifang.Text) {
	at := int32(len(r.names)) //nolint:gosec // a file has fewer than 2^20 bytes
	r.names = append(r.names, name)
	for d := from; d <= to; d++ {
		if line, twice := r.taken[d]; twice {
			r.fault(n, "overlap", field, huifang.Textf("%s 已在第 %d 行的范围中", "%s is already in the range of line %d", d, line))
			return
		}
		r.taken[d] = n.Line
		r.days = append(r.days, day{date: d, working: working, name: at})
	}
}

func (r *reader) missing(n *yaml.Node, field, key string) {
	r.fault(n, "missing_key", field, huifang.Textf("缺少“%s”", "%q is missing", key))
}

func (r *reader) date(n *yaml.Node, field string) huifang.Date {
	s, ok := r.text(n, field)
	if !ok {
		return huifang.NoDate
	}
	d, err := huifang.ParseDate(s)
	if err != nil {
		r.fault(n, "date", field, huifang.Textf("“%s”不是有效日期，应写作 2026-03-31", "%q is not a date; write it as 2026-03-31", s))
		return huifang.NoDate
	}
	if y, _, _ := d.Civil(); y < firstYear || y > lastYear {
		r.fault(n, "year", field, huifang.Textf("日期 %s 不在 %d 至 %d 年之间", "the date %s is not in the years %d to %d", d, firstYear, lastYear))
		return huifang.NoDate
	}
	return d
}

func (r *reader) boolean(n *yaml.Node, field string) string {
	s, ok := r.text(n, field)
	if ok && s != "true" && s != "false" {
		r.fault(n, "boolean", field, huifang.Textf("“%s”应写作 true 或 false", "%q must be true or false", s))
	}
	return s
}

func (r *reader) name(n *yaml.Node, field string) (name huifang.Text) {
	if n.Kind == yaml.ScalarNode {
		name.ZH, _ = r.text(n, field)
		return name
	}
	r.fields(n, field, map[string]func(*yaml.Node){
		"zh": func(n *yaml.Node) { name.ZH, _ = r.text(n, field+".zh") },
		"en": func(n *yaml.Node) { name.EN, _ = r.text(n, field+".en") },
	})
	return name
}
