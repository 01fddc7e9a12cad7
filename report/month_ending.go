package report

import "github.com/huifang/huifang"

// ending is what stands below the units on the main page: the sums, the
// findings, the analysis, the signatures. Its height is known before the units
// are laid out, so that they can make room for it.
type ending struct {
	texts   []string
	heights []float64 // of texts
	height  float64   // of everything
}

const (
	sumHeight  = 20.0
	signHeight = 34.0
	signGap    = 8.0
)

func (m *MonthSheet) ending(p *page) ending {
	e := ending{height: 3*sumHeight + signHeight + signGap}
	for _, finding := range m.Findings() {
		e.texts = append(e.texts, finding.In(m.Lang))
	}
	analysis := m.Analysis
	if analysis == "" {
		analysis = "\n\n\n\n" // room to write
	}
	e.texts = append(e.texts, m.pick("分析与改进措施：", "Analysis and measures: ")+analysis)
	columns := int(p.span(leadColumns, len(p.widths)-1)) - 4
	for _, text := range e.texts {
		height := float64(printedLines(text, columns))*(lineHeight+0.5) + 4
		e.heights = append(e.heights, height)
		e.height += height
	}
	return e
}

// analysisLines state what the figures show, then the supervisor's analysis or
// room to write it.
func (m *MonthSheet) analysisLines(p *page, end ending) {
	last := len(p.widths) - 1
	from := p.row + 1
	for i, text := range end.texts {
		p.next(end.heights[i])
		border := "lr"
		if i == 0 {
			border += "t"
		}
		if i == len(end.texts)-1 {
			border += "b"
		}
		p.merged(leadColumns, last, 1, text, look{align: "left", indent: 1, top: i == len(end.texts)-1, border: border})
	}
	to := p.row
	p.row = from
	p.merged(0, 1, to-from+1, either(m.Words.Analysis, label("情况分析", "Findings")).In(m.Lang), look{bold: true, align: "center", border: allSides, shade: headShade})
	p.row = to
}

// signatures is the line that makes the sheet a document.
func (m *MonthSheet) signatures(p *page) {
	signers := m.Words.Signatures
	if len(signers) == 0 {
		signers = []huifang.Text{label("制表人", "Prepared by"), label("审核人", "Reviewed by"), label("负责人", "Head"), label("日期", "Date")}
	}
	parts := make([]string, len(signers))
	for i, who := range signers {
		parts[i] = m.pick(who.ZH+"：", who.EN+": ")
	}
	parts[0] += m.PreparedBy
	if last := len(parts) - 1; signers[last].ZH == "日期" {
		parts[last] = m.pick("日期：　　　　年　　月　　日", "Date: ")
	}
	p.next(signGap)
	p.next(signHeight)
	columns := len(p.widths)
	for i, part := range parts {
		from, to := i*columns/len(parts), (i+1)*columns/len(parts)-1
		p.merged(from, to, 1, part, look{size: 11, align: "left"})
	}
}

// comfortable is the height the units' rows should have at least: the greatest
// within reason at which the ending is not torn apart by the end of a page.
func (p *page) comfortable(rows []float64, end float64) float64 {
	const (
		most, least, step = 26.0, 15.0, 0.5
		tolerance         = 12 // programs that print differ by as much
	)
	for h := most; h >= least; h -= step {
		room := p.below() - tolerance
		left := room
		for _, row := range rows {
			if left < max(row, h) {
				left = room
			}
			left -= max(row, h)
		}
		if left >= end {
			return h
		}
	}
	return rowHeight
}
