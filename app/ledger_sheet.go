package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/pack"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/report"
)

// sheet fills the ledger; on screen only its first rows.
func (b *ledgerBook) sheet(ctx context.Context, screen bool) (*report.Ledger, error) {
	err := b.load(ctx)
	if err != nil {
		return nil, err
	}
	if b.reader, err = b.newReader(ctx); err != nil {
		return nil, err
	}
	rows := b.rows()
	out := &report.Ledger{
		Lang: b.lang, Title: b.title(), Sheet: b.l.Name.In(b.lang), Facts: b.preamble(len(rows)), By: b.d.org.Name.In(b.lang),
		Empty: huifang.Text{ZH: "本期没有记录", EN: "nothing in this period"}.In(b.lang),
	}
	for _, s := range b.l.Signatures {
		out.Signatures = append(out.Signatures, s.In(b.lang))
	}
	for _, n := range b.l.Notes {
		out.Notes = append(out.Notes, n.In(b.lang))
	}
	most := ledgerRowsShown
	if b.l.Layout == "cards" {
		most = ledgerCardsShown
	}
	if screen && len(rows) > most {
		out.Notes = append(out.Notes, huifang.Textf("共 %d 条，屏幕上只列前 %d 条；下载的文件包含全部。", "%d in all; the screen shows the first %d, the file has them all.", len(rows), most).In(b.lang))
		rows = rows[:most]
	}
	if b.l.Layout == "cards" {
		b.fillCards(out, rows)
		return out, nil
	}
	b.fillList(out, rows)
	return out, nil
}

func (b *ledgerBook) title() string {
	title := b.l.Title
	if title == (huifang.Text{}) {
		title = b.l.Name
	}
	return strings.NewReplacer(
		"{{organization}}", b.d.org.Name.In(b.lang), "{{unit}}", b.d.unitName(b.q.Unit), "{{period}}", periodName(b.l.Period, b.from, b.to, b.lang),
	).Replace(title.In(b.lang))
}

// preamble is the line below the title.
func (b *ledgerBook) preamble(rows int) []string {
	unit := b.d.unitName(b.q.Unit)
	if unit == "" {
		unit = b.d.org.Name.In(b.lang)
	}
	out := []string{unit}
	if b.l.Period != "" {
		out = append(out, periodName(b.l.Period, b.from, b.to, b.lang))
	}
	made := b.app.now().In(b.d.zoneOf(b.q.Unit)).Format("2006-01-02 15:04")
	out = append(out, huifang.Textf("制表时间 %s", "made %s", made).In(b.lang))
	if b.l.Layout != "cards" {
		out = append(out, huifang.Textf("共 %d 条", "%d rows", rows).In(b.lang))
	}
	return out
}

// ledgerSlot is one printed column: of a ledger's column, for a day where it has
// one for each.
type ledgerSlot struct {
	at     int
	column *pack.LedgerColumn
	tests  *columnTests
	day    huifang.Date
}

func (b *ledgerBook) slots(columns []pack.LedgerColumn, tests []columnTests) (slots []ledgerSlot, heads []report.LedgerColumn) {
	for i := range columns {
		c := &columns[i]
		slot := ledgerSlot{at: i, column: c, tests: &tests[i], day: huifang.NoDate}
		if !c.Days {
			slots = append(slots, slot)
			heads = append(heads, report.LedgerColumn{Title: c.Title.In(b.lang), Width: c.Width, Left: c.Left})
			continue
		}
		for day := b.from; day <= b.to; day++ {
			slot.day = day
			slots = append(slots, slot)
			_, _, n := day.Civil()
			heads = append(heads, report.LedgerColumn{Title: strconv.Itoa(n), Width: 3.2})
		}
	}
	return slots, heads
}

func (b *ledgerBook) fillList(out *report.Ledger, rows []ledgerRow) {
	var slots []ledgerSlot
	slots, out.Columns = b.slots(b.l.Columns, b.tests.columns)
	at := map[string]int{}
	for i := range rows {
		name := ""
		if len(b.l.Heading) > 0 {
			name = b.reader.text(b.l.Heading, rows[i].facts[0])
		}
		j, known := at[name]
		if !known {
			j = len(out.Sections)
			at[name] = j
			out.Sections = append(out.Sections, report.LedgerSection{Name: name})
		}
		s := &out.Sections[j]
		s.Rows = append(s.Rows, b.cells(slots, &rows[i], len(s.Rows)+1))
	}
	if b.l.Rows == "groups" && len(rows) > 1 {
		out.Total = b.total(slots)
	}
}

// total is the last row of groups: what they count together.
func (b *ledgerBook) total(slots []ledgerSlot) []report.LedgerCell {
	all := b.whole()
	out := make([]report.LedgerCell, len(slots))
	for i := range slots {
		switch c := slots[i].column; {
		case slices.Equal(c.Value, pack.Reading{"group"}):
			out[i] = report.LedgerCell{Value: huifang.Text{ZH: "合计", EN: "Total"}.In(b.lang)}
		case c.Count != "" || len(c.Mean) > 0:
			out[i] = b.cell(&slots[i], all, 0)
		}
	}
	return out
}

// whole is all rows together.
func (b *ledgerBook) whole() *ledgerRow {
	all := &ledgerRow{key: ledgerTotal, contacts: b.contacts}
	for _, r := range b.rows() {
		all.facts = append(all.facts, r.facts...)
	}
	slices.SortStableFunc(all.facts, func(x, y *ledgerFact) int { return x.Followup.OpensAt.Compare(y.Followup.OpensAt) })
	return all
}

// ledgerTotal is the key of the row of sums; no group has it.
const ledgerTotal = "*total*"

func (b *ledgerBook) fillCards(out *report.Ledger, rows []ledgerRow) {
	slots, _ := b.slots(b.l.Columns, b.tests.columns)
	var lines []ledgerSlot
	lines, out.Columns = b.slots(b.l.Lines, b.tests.lines)
	out.Cards = []report.LedgerCard{}
	for i := range rows {
		card := report.LedgerCard{Title: b.cardTitle(&rows[i]), Opens: b.cardOpens(&rows[i])}
		for j, cell := range b.cells(slots, &rows[i], i+1) {
			card.Facts = append(card.Facts, report.LedgerFact{Name: b.l.Columns[slots[j].at].Title.In(b.lang), LedgerCell: cell})
		}
		if len(lines) > 0 {
			for j, f := range rows[i].facts {
				card.Lines = append(card.Lines, b.cells(lines, &ledgerRow{contact: f.Contact, facts: []*ledgerFact{f}}, j+1))
			}
		}
		out.Cards = append(out.Cards, card)
	}
}

// cardTitle names a card: by the follow-up's number, else the contact's.
func (b *ledgerBook) cardTitle(r *ledgerRow) string {
	number := ""
	switch {
	case b.l.Rows != "contacts" && len(r.facts) == 1:
		number = r.facts[0].Followup.Number
	case r.contact != nil:
		number = b.reader.hidden(r.contact.Code)
	}
	if number == "" {
		return ""
	}
	return huifang.Textf("编号 %s", "No. %s", number).In(b.lang)
}

// cardOpens is the record a card is of.
func (b *ledgerBook) cardOpens(r *ledgerRow) *report.Opens {
	switch {
	case b.l.Rows != "contacts" && len(r.facts) == 1:
		return &report.Opens{Kind: "followup", ID: r.facts[0].Followup.ID}
	case r.contact != nil:
		return &report.Opens{Kind: "contact", ID: r.contact.ID}
	}
	return nil
}

func (b *ledgerBook) cells(slots []ledgerSlot, r *ledgerRow, index int) []report.LedgerCell {
	out := make([]report.LedgerCell, len(slots))
	for i := range slots {
		out[i] = b.cell(&slots[i], r, index)
	}
	return out
}

func (b *ledgerBook) cell(s *ledgerSlot, r *ledgerRow, index int) report.LedgerCell {
	c := s.column
	switch {
	case c.Blank:
		return report.LedgerCell{}
	case slices.Equal(c.Value, pack.Reading{"index"}):
		return report.LedgerCell{Value: int64(index)}
	case slices.Equal(c.Value, pack.Reading{"group"}):
		if r.name == "" {
			return report.LedgerCell{Value: huifang.Text{ZH: "（未填）", EN: "(none)"}.In(b.lang)}
		}
		return report.LedgerCell{Value: r.name}
	case c.Count != "":
		return b.count(s, r)
	case len(c.Mean) > 0:
		return report.LedgerCell{Value: b.mean(s, r)}
	}
	return b.picked(s, r)
}

// picked reads the value of the follow-up that the column picks.
func (b *ledgerBook) picked(s *ledgerSlot, r *ledgerRow) report.LedgerCell {
	facts := b.chosen(s, r)
	if len(facts) == 0 {
		if r.contact == nil || s.day != huifang.NoDate {
			return report.LedgerCell{}
		}
		bare := &ledgerFact{Fact: plan.Fact{Followup: &huifang.Followup{}, Contact: r.contact}}
		v, opens := b.reader.read(s.column.Value, bare)
		return report.LedgerCell{Value: v, Opens: opens}
	}
	if s.column.Pick != "each" {
		v, opens := b.value(s, facts[0])
		return report.LedgerCell{Value: v, Opens: opens}
	}
	var lines []string
	for _, f := range facts {
		v, _ := b.value(s, f)
		if line := plainText(v); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return report.LedgerCell{Value: strings.Join(lines, "\n")}
}

func (b *ledgerBook) value(s *ledgerSlot, f *ledgerFact) (any, *report.Opens) {
	if s.column.Tell == "" {
		return b.reader.read(s.column.Value, f)
	}
	switch v := s.tests.tell.Of(&f.Fact).(type) {
	case string:
		return b.reader.word("", v), nil
	case float64:
		return v, nil
	case bool:
		return b.reader.yes(v), nil
	}
	return nil, nil
}

func plainText(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// chosen are the follow-ups a column reads from, the one that counts first.
func (b *ledgerBook) chosen(s *ledgerSlot, r *ledgerRow) []*ledgerFact {
	var out []*ledgerFact
	for _, f := range r.facts {
		if (s.day == huifang.NoDate || b.dateOf(f.Followup) == s.day) && s.tests.when.Holds(&f.Fact) && (s.column.Pick != "next" || !f.State.Done()) {
			out = append(out, f)
		}
	}
	if b.l.Rows != "" && b.l.Rows != "followups" && (s.column.Pick == "" || s.column.Pick == "last") {
		slices.SortStableFunc(out, func(x, y *ledgerFact) int { return y.Followup.DoneAt.Compare(x.Followup.DoneAt) })
	}
	return out
}

// counting is what a column counts of a row: so many of so many, and the
// follow-ups behind them.
type counting struct {
	report.Share
	facts []*ledgerFact
}

// counted counts the follow-ups of a row, or its contacts, each by the last of
// its follow-ups that counts at all.
func (b *ledgerBook) counted(r *ledgerRow, column int) counting { //nolint:cyclop // follow-ups or contacts, of some or of all
	c, tests := &b.l.Columns[column], &b.tests.columns[column]
	var out counting
	seen := map[huifang.ID]bool{}
	for _, f := range slices.Backward(r.facts) {
		if !tests.of.Holds(&f.Fact) || c.Per == "contact" && c.Of != "" && seen[f.Followup.Contact] {
			continue
		}
		yes := tests.count.Holds(&f.Fact)
		if c.Per == "contact" && c.Of == "" && (seen[f.Followup.Contact] || !yes) {
			continue
		}
		seen[f.Followup.Contact] = true
		out.Whole++
		if yes {
			out.Part++
			out.facts = append(out.facts, f)
		}
	}
	if c.Per == "contact" && c.Of == "" && c.Count == "true" && len(b.l.Contacts) > 0 {
		out.Part = int64(len(r.contacts))
		if r.contact != nil {
			out.Part = 1
		}
	}
	slices.Reverse(out.facts)
	return out
}

func (b *ledgerBook) count(s *ledgerSlot, r *ledgerRow) report.LedgerCell {
	got := b.counted(r, s.at)
	opens := &report.Opens{Kind: "followups", Key: r.key, Column: s.at}
	if len(got.facts) == 0 {
		opens = nil
	}
	if s.column.Of != "" {
		return report.LedgerCell{Value: got.Share, Opens: opens}
	}
	return report.LedgerCell{Value: got.Part, Opens: opens}
}

// mean is the average of the numbers that were recorded; nil without any.
func (b *ledgerBook) mean(s *ledgerSlot, r *ledgerRow) any {
	sum, n := 0.0, 0
	for _, f := range r.facts {
		if v, _ := b.reader.read(s.column.Mean, f); s.tests.when.Holds(&f.Fact) {
			if x, ok := v.(float64); ok {
				sum += x
				n++
			}
		}
	}
	if n == 0 {
		return nil
	}
	return sum / float64(n)
}
