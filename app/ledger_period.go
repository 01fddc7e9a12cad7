package app

import (
	"fmt"
	"strconv"
	"time"

	"github.com/huifang/huifang"
)

// periodOf is the first and last day of the period a day lies in; NoDate for no
// period. Weeks begin on Monday.
func periodOf(period string, on huifang.Date) (from, to huifang.Date) {
	y, m, _ := on.Civil()
	switch period {
	case "day":
		return on, on
	case "week":
		from = on.AddDays(-(int(on.Weekday()) + 6) % 7)
		return from, from.AddDays(6)
	case "month":
		return on.Month().First(), on.Month().Last()
	case "quarter":
		from = huifang.MakeDate(y, (m-1)/3*3+1, 1)
		return from, from.AddMonths(3).AddDays(-1)
	case "year":
		return huifang.MakeDate(y, time.January, 1), huifang.MakeDate(y, time.December, 31)
	}
	return huifang.NoDate, huifang.NoDate
}

// periodName is what a period is called in titles.
func periodName(period string, from, to huifang.Date, lang huifang.Lang) string {
	y, m, day := from.Civil()
	var t huifang.Text
	switch period {
	case "day":
		t = huifang.Text{ZH: fmt.Sprintf("%d年%d月%d日", y, int(m), day), EN: fmt.Sprintf("%d %s %d", day, m, y)}
	case "week":
		t = huifang.Text{ZH: from.String() + " 至 " + to.String(), EN: from.String() + " to " + to.String()}
	case "month":
		t = huifang.Text{ZH: fmt.Sprintf("%d年%d月", y, int(m)), EN: fmt.Sprintf("%s %d", m, y)}
	case "quarter":
		q := (int(m)-1)/3 + 1
		t = huifang.Text{ZH: fmt.Sprintf("%d年第%d季度", y, q), EN: fmt.Sprintf("Q%d %d", q, y)}
	case "year":
		t = huifang.Text{ZH: fmt.Sprintf("%d年", y), EN: strconv.Itoa(y)}
	}
	return t.In(lang)
}
