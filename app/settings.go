package app

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/calendar"
)

// Limits of an organization's settings.
const (
	mostRanges = 200
	mostDays   = 62 // of one range
)

// checkSettings refuses settings that could not be used: where the number goes
// in the address that calls, ranges of the calendar.
func checkSettings(s *huifang.Settings) error {
	s.Telephone = strings.TrimSpace(s.Telephone)
	if t := s.Telephone; t != "" && (!strings.Contains(t, "{phone}") || !callable(t) || len(t) > 500) {
		return fieldFault("settings.telephone", "settings.telephone", huifang.Text{
			ZH: "拨号地址应以 tel:、sip:、callto:、http:// 或 https:// 开头，并含有 {phone}", EN: "the address that calls begins with tel:, sip:, callto:, http:// or https:// and holds {phone}",
		})
	}
	if err := checkReach(s); err != nil {
		return err
	}
	if len(s.Calendar) > mostRanges {
		return fieldFault("settings.calendar", "settings.calendar", huifang.Textf("最多 %d 段日期", "at most %d ranges", mostRanges))
	}
	for _, r := range s.Calendar {
		if r.To < r.From || r.To-r.From >= mostDays {
			return fieldFault("settings.calendar", "settings.calendar", huifang.Textf(
				"日期段 %s 至 %s 无效：结束不早于开始，且不超过 %d 天", "the range %s to %s is not valid: it ends after it begins, within %d days", r.From, r.To, mostDays))
		}
	}
	if _, err := ownCalendar(s); err != nil {
		return at("settings.calendar", err)
	}
	return nil
}

// checkReach refuses an address of the installation that no link could be made
// from, and links that work for no time or for ever.
func checkReach(s *huifang.Settings) error {
	s.Address = strings.TrimRight(strings.TrimSpace(s.Address), "/")
	if s.Address != "" {
		u, err := url.Parse(s.Address)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || len(s.Address) > 200 {
			return fieldFault("settings.address", "settings.address", huifang.Text{
				ZH: "对外网址应写作 https://hf.example.com，不含参数", EN: "write the address as https://hf.example.com, without parameters",
			})
		}
	}
	if s.SurveyDays < 0 || s.SurveyDays > mostSurvey {
		return fieldFault("settings.survey_days", "settings.survey_days", huifang.Textf("问卷链接有效期应为 1 至 %d 天", "survey links work for 1 to %d days", mostSurvey))
	}
	return nil
}

// callable tells an address that a browser may open to call somebody.
func callable(t string) bool {
	for _, scheme := range []string{"tel:", "sip:", "callto:", "http://", "https://"} {
		if strings.HasPrefix(t, scheme) {
			return true
		}
	}
	return false
}

// ownCalendar is the organization's own days, to be laid over the country's;
// days that two ranges name are a fault.
func ownCalendar(s *huifang.Settings) (*calendar.Calendar, error) {
	if len(s.Calendar) == 0 {
		return nil, nil //nolint:nilnil // none of its own
	}
	var b strings.Builder
	b.WriteString("ranges:\n")
	for _, r := range s.Calendar {
		name := r.Name
		if name == (huifang.Text{}) {
			name = huifang.Text{ZH: "休息", EN: "day off"}
			if r.Working {
				name = huifang.Text{ZH: "上班", EN: "working day"}
			}
		}
		b.WriteString("  - {from: " + r.From.String() + ", to: " + r.To.String() + ", working: " + strconv.FormatBool(r.Working) +
			", name: {zh: " + strconv.Quote(name.In(huifang.ZH)) + ", en: " + strconv.Quote(name.In(huifang.EN)) + "}}\n")
	}
	return calendar.Load([]byte(b.String()), "")
}
