package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/huifang/huifang"
)

func TestParseTime(t *testing.T) {
	t.Parallel()
	april := huifang.MakeDate(2026, time.April, 15)
	for _, tc := range []struct {
		cell string
		near huifang.Date
		want string // local time in Shanghai, a date alone when DateOnly
	}{
		// As the register writes them.
		{"二〇二六年三月十四日", huifang.NoDate, "2026-03-14"},
		{"二〇二六年四月十八日", huifang.NoDate, "2026-04-18"},
		{"2026.3.22 18:10", huifang.NoDate, "2026-03-22 18:10"},
		{"2026.4.11 15:00", huifang.NoDate, "2026-04-11 15:00"},
		{"3月14日", april, "2026-03-14"},
		{"4月19日", april, "2026-04-19"},
		{"4/15", april, "2026-04-15"},
		{"46090.44097222222", huifang.NoDate, "2026-03-09 10:35"},
		{"46113.21875", huifang.NoDate, "2026-04-01 05:15"},
		{"46104", huifang.NoDate, "2026-03-23"},
		// Machines.
		{"2026-04-11", huifang.NoDate, "2026-04-11"},
		{"2026-04-11 15:00", huifang.NoDate, "2026-04-11 15:00"},
		{"2026-04-11T15:00:05", huifang.NoDate, "2026-04-11 15:00:05"},
		{"2026-04-11T15:00:05.25Z", huifang.NoDate, "2026-04-11 23:00:05.25"},
		{"2016-07-13 15:11:07+00:00", huifang.NoDate, "2016-07-13 23:11:07"},
		{"2026-04-11T15:00:00+0530", huifang.NoDate, "2026-04-11 17:30"},
		{"2026-04-11 15:00 UTC", huifang.NoDate, "2026-04-11 23:00"},
		{"20260411", huifang.NoDate, "2026-04-11"},
		{"202604111500", huifang.NoDate, "2026-04-11 15:00"},
		{"20260411150007", huifang.NoDate, "2026-04-11 15:00:07"},
		{"20260411 15:00", huifang.NoDate, "2026-04-11 15:00"},
		// People.
		{"2026年4月11日", huifang.NoDate, "2026-04-11"},
		{"2026 年 4 月 11 日", huifang.NoDate, "2026-04-11"},
		{"26年4月11号", huifang.NoDate, "2026-04-11"},
		{"2026年4月11日 15时30分", huifang.NoDate, "2026-04-11 15:30"},
		{"2026年4月11日下午3点", huifang.NoDate, "2026-04-11 15:00"},
		{"2026年4月11日下午3点半", huifang.NoDate, "2026-04-11 15:30"},
		{"2026年4月11日 上午9:05", huifang.NoDate, "2026-04-11 09:05"},
		{"2026年4月11日中午12点", huifang.NoDate, "2026-04-11 12:00"},
		{"2026年4月11日凌晨12:20", huifang.NoDate, "2026-04-11 00:20"},
		{"2026年4月11日晚上8点", huifang.NoDate, "2026-04-11 20:00"},
		{"2026年4月11日晚上12点", huifang.NoDate, "2026-04-12 00:00"},
		{"2026年4月11日下午15点", huifang.NoDate, "2026-04-11 15:00"},
		{"2026年4月11日下午", huifang.NoDate, "2026-04-11"},
		{"2026-04-11 24:00", huifang.NoDate, "2026-04-12 00:00"},
		{"2026/4/11", huifang.NoDate, "2026-04-11"},
		{"2026/4/11 5:07:09", huifang.NoDate, "2026-04-11 05:07:09"},
		{"2026.4.11", huifang.NoDate, "2026-04-11"},
		{"2026. 4. 11", huifang.NoDate, "2026-04-11"},
		{"２０２６－０４－１１　１５：００", huifang.NoDate, "2026-04-11 15:00"},
		{"　2026-04-11 ", huifang.NoDate, "2026-04-11"},
		{"2026年4月11日 星期六", huifang.NoDate, "2026-04-11"},
		{"2026年4月11日（周六）15:00", huifang.NoDate, "2026-04-11 15:00"},
		{"二零二六年十月三十一日", huifang.NoDate, "2026-10-31"},
		{"二O二六年元月二十日", huifang.NoDate, "2026-01-20"},
		{"二〇二六年十一月廿一日", huifang.NoDate, "2026-11-21"},
		{"十月三十一日", april, "2025-10-31"}, // a register of April knows last October
		{"4月11日完成", april, "2026-04-11"},
		{"4.11", april, "2026-04-11"},
		{"11 Apr 2026", huifang.NoDate, "2026-04-11"},
		{"11-Apr-26", huifang.NoDate, "2026-04-11"},
		{"Apr 11, 2026 3:00 PM", huifang.NoDate, "2026-04-11 15:00"},
		{"April 11th, 2026", huifang.NoDate, "2026-04-11"},
		{"Sat, 11 Apr 2026 15:00:00 +0800", huifang.NoDate, "2026-04-11 15:00"},
		{"4/25/2026 3:11:07 PM", huifang.NoDate, "2026-04-25 15:11:07"},
		{"2026-04-11 12:30 AM", huifang.NoDate, "2026-04-11 00:30"},
		{"11 Apr", april, "2026-04-11"},
		{"2024-02-29", huifang.NoDate, "2024-02-29"},
		// The year that brings it nearest.
		{"12月30日", huifang.MakeDate(2026, time.January, 15), "2025-12-30"},
		{"1月2日", huifang.MakeDate(2025, time.December, 15), "2026-01-02"},
		{"2月29日", huifang.MakeDate(2025, time.March, 15), "2024-02-29"},
	} {
		got, err := ParseTime(tc.cell, Hints{Near: tc.near})
		if err != nil {
			t.Errorf("%q: %v", tc.cell, err)
			continue
		}
		if shown := show(got); shown != tc.want {
			t.Errorf("%q is %s, want %s", tc.cell, shown, tc.want)
		}
	}
}

func show(i Instant) string {
	local := i.Time.In(shanghai())
	if i.DateOnly {
		return local.Format(time.DateOnly)
	}
	layout := "2006-01-02 15:04:05.99"
	if local.Second() == 0 && local.Nanosecond() == 0 {
		layout = "2006-01-02 15:04"
	}
	return local.Format(layout)
}

func TestParseTimeRefuses(t *testing.T) {
	t.Parallel()
	for cell, reason := range map[string]string{
		"2026-03-32":              "date.impossible",
		"2026-04-32":              "date.impossible",
		"2026年2月30日":              "date.impossible",
		"2026-13-01":              "date.impossible",
		"13月1日":                   "date.impossible",
		"2026-04-11 25:00":        "date.impossible",
		"2026-04-11 24:30":        "date.impossible",
		"2026年4月11日下午0点":          "date.impossible",
		"2026年4月11日晚上1点":          "date.impossible", // of which day?
		"2/30":                    "date.impossible",
		"32/13/2026":              "date.impossible",
		"3/5/24":                  "date.ambiguous",
		"03/05/2026":              "date.ambiguous",
		"26-4-11":                 "date.ambiguous",
		"99999":                   "date.out_of_range",
		"12345":                   "date.out_of_range",
		"1899-12-31":              "date.out_of_range",
		"2999-01-01":              "date.out_of_range",
		"":                        "date.unreadable",
		"昨天":                      "date.unreadable",
		"2026":                    "date.unreadable",
		"4月":                      "date.unreadable",
		"2026年4月":                 "date.unreadable",
		"2026-04-11 - 2026-04-12": "date.unreadable",
		"4月11日至4月12日":             "date.unreadable",
		"13800004797":             "date.unreadable",
		"15:00":                   "date.unreadable",
		"2026-04-11 15:00 左右":     "date.unreadable",
		"2026-04-11 15:00+99:00":  "date.unreadable",
		strings.Repeat("1", 500):  "date.unreadable",
		"\xff\xfe":                "date.unreadable",
	} {
		_, err := ParseTime(cell, Hints{Near: huifang.MakeDate(2026, time.April, 15)})
		if huifang.ReasonOf(err) != reason {
			t.Errorf("%q: %v, want %s", cell, err, reason)
		}
	}
	if _, err := ParseTime("4月11日", Hints{Near: huifang.NoDate}); huifang.ReasonOf(err) != "date.year_unknown" {
		t.Errorf("a date without year: %v", err)
	}
}

func TestDateOrder(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		cell  string
		order DateOrder
		want  string
	}{
		{"3/5/24", OrderMDY, "2024-03-05"},
		{"3/5/24", OrderDMY, "2024-05-03"},
		{"03-05-24", OrderYMD, "2003-05-24"},
		{"03/05/2026", OrderDMY, "2026-05-03"},
		{"25/04/2026", OrderUnknown, "2026-04-25"}, // only one reading
		{"4/25/24", OrderUnknown, "2024-04-25"},
		{"5/5/05", OrderUnknown, "2005-05-05"}, // all readings agree
		{"11/4", OrderDMY, "2026-04-11"},
		{"2026-04-11", OrderDMY, "2026-04-11"},
	} {
		d, err := ParseDate(tc.cell, Hints{Order: tc.order, Near: huifang.MakeDate(2026, time.April, 15)})
		if err != nil || d.String() != tc.want {
			t.Errorf("%q %s: %v %v, want %s", tc.cell, tc.order, d, err, tc.want)
		}
	}
	if _, err := ParseDate("4/25/24", Hints{Order: OrderDMY, Near: huifang.NoDate}); huifang.ReasonOf(err) != "date.impossible" {
		t.Errorf("month 25: %v", err)
	}
}

func TestSerials(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		cell     string
		date1904 bool
		want     string
	}{
		{"45351", false, "2024-02-29"},
		{"45351.5", false, "2024-02-29 12:00"},
		{"45351.999999", false, "2024-03-01 00:00"}, // to the second
		{"43889", true, "2024-02-29"},
		{"20260411", false, "2026-04-11"},
	} {
		got, err := ParseTime(tc.cell, Hints{Numeric: true, Date1904: tc.date1904})
		if err != nil || show(got) != tc.want {
			t.Errorf("%s: %s %v, want %s", tc.cell, show(got), err, tc.want)
		}
	}
	for cell, want := range map[string]string{"1946-11-04": "1946-11-04", "17110": "1946-11-04", "1899-12-31": ""} {
		got, err := ParseTime(cell, Hints{Lifelong: true})
		if want == "" && huifang.ReasonOf(err) != "date.out_of_range" || want != "" && (err != nil || show(got) != want) {
			t.Errorf("born %s: %s %v, want %s", cell, show(got), err, want)
		}
	}
	for _, cell := range []string{"4.15", "2026", "13800004797", "-1", "0.5"} {
		if _, err := ParseTime(cell, Hints{Numeric: true, Near: huifang.MakeDate(2026, 4, 15)}); err == nil {
			t.Errorf("the number %s is no date", cell)
		}
	}
}

// TestSummerTime: times of day are wall clock times, whatever the zone does.
func TestSummerTime(t *testing.T) {
	t.Parallel()
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseTime("2026-03-08 15:00", Hints{Loc: loc})
	if err != nil || got.Time.Format(time.RFC3339) != "2026-03-08T19:00:00Z" || got.Date.String() != "2026-03-08" {
		t.Errorf("%v %v", got, err)
	}
}

// TestDateSpellings: every way to write a date gives that date.
func TestDateSpellings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := huifang.MakeDate(1990, 1, 1) + huifang.Date(rapid.IntRange(0, 40000).Draw(t, "day"))
		y, m, d := day.Civil()
		minute := rapid.IntRange(0, 1439).Draw(t, "minute")
		clock := fmt.Sprintf("%d:%02d", minute/60, minute%60)
		for _, cell := range []string{
			day.String() + " " + fmt.Sprintf("%02d:%02d", minute/60, minute%60),
			fmt.Sprintf("%d/%d/%d %s", y, m, d, clock),
			fmt.Sprintf("%d.%d.%d %s", y, m, d, clock),
			fmt.Sprintf("%d年%d月%d日 %s", y, m, d, clock),
			fmt.Sprintf("%s年%s月%s日 %d时%d分", chineseDigits(y), chineseNumber(int(m)), chineseNumber(d), minute/60, minute%60),
			fmt.Sprintf("%d %s %d %s", d, m.String()[:3], y, clock),
			fmt.Sprintf("%d月%d日 %s", m, d, clock),
			fmt.Sprintf("%.10f", float64(day)+25569+float64(minute)/1440),
		} {
			got, err := ParseTime(cell, Hints{Near: day})
			if err != nil {
				t.Fatalf("%q: %v", cell, err)
			}
			if want := day.At(huifang.Clock(minute), shanghai()); !got.Time.Equal(want) && (minute != 0 || !got.DateOnly) {
				t.Fatalf("%q is %v, want %v", cell, got.Time, want)
			}
			if got.Date != day {
				t.Fatalf("%q is on %v, want %v", cell, got.Date, day)
			}
		}
	})
}

func chineseDigits(n int) string {
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		b.WriteRune([]rune("〇一二三四五六七八九")[c-'0'])
	}
	return b.String()
}

func chineseNumber(n int) string {
	ones := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return ones[n]
	case n < 20:
		return "十" + ones[n-10]
	}
	return ones[n/10] + "十" + ones[n%10]
}

func TestYearMonth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"锦绣花园2026年3月报修、投诉、求助登记表": "2026-3",
		"制表日期：2026年4月1日":         "2026-4",
		"二〇二六年十二月工单":             "2026-12",
		"3月":                     "0-3",
		"十一月份":                   "0-11",
		"202603":                 "2026-3",
		"2026-03 报修":             "2026-3",
		"工单_20260401":            "2026-4",
		"2026年度登记表":              "2026-0",
		"Sheet1":                 "0-0",
		"一期工程登记":                 "0-0",
		"2026年第13月":              "2026-0",
		"13800004797":            "0-0",
	} {
		y, m := yearMonth(text)
		if got := fmt.Sprintf("%d-%d", y, m); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"二〇二六年三月十四日", "2026.3.22 18:10", "3/5/24", "46090.44", "Apr 11, 2026 3:00 PM", "2026-04-11T15:00:05.25+08:00", "4月", "十", "下午3点", "2026-04-32"} {
		f.Add(s, 20000)
	}
	f.Fuzz(func(t *testing.T, cell string, near int) {
		i, err := ParseTime(cell, Hints{Near: huifang.Date(near % 100000)})
		if err == nil && (i.Time.Year() < firstYear-1 || i.Time.Year() > lastYear+1) {
			t.Errorf("%q is %v", cell, i.Time)
		}
		if err != nil && huifang.ReasonOf(err) == "" {
			t.Errorf("%q: %v", cell, err)
		}
	})
}
