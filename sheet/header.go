package sheet

import "strings"

const (
	headRows  = 200 // rows looked at to understand a sheet
	headTop   = 40  // of them, rows within which the header must begin
	headLines = 3   // lines a header may be deep
)

// head is the beginning of a sheet, from which its layout is understood.
type head struct {
	tab     tab
	rows    []*record
	byRow   map[int]*record
	anchors map[[2]int][2]int // cell of a merged range → its first cell, where a header may be
	whole   bool              // the sheet ends within rows
}

// readHead takes the first rows of a sheet.
func readHead(src source, i int) (*head, error) {
	h := &head{byRow: map[int]*record{}, whole: true}
	for rec, err := range src.records(i) {
		if err != nil {
			return nil, err
		}
		if len(h.rows) == headRows {
			h.whole = false
			break
		}
		h.rows = append(h.rows, rec)
		h.byRow[rec.row] = rec
	}
	h.tab = src.tabs()[i]
	h.spread()
	return h, nil
}

// spread notes where the merged ranges lie that a header may be made of.
func (h *head) spread() {
	const most = 1 << 17 // cells; a real header has hundreds
	h.anchors = map[[2]int][2]int{}
	if len(h.rows) == 0 {
		return
	}
	last := h.rows[0].row + headTop + headLines
	for _, m := range h.tab.merges {
		for row := m.top; row <= min(m.bottom, last); row++ {
			for c := m.left; c <= min(m.right, maxColumns-1); c++ {
				if len(h.anchors) >= most {
					return
				}
				h.anchors[[2]int{row, c}] = [2]int{m.top, m.left}
			}
		}
	}
}

// width is the number of columns of the rows from..to.
func (h *head) width(from, to int) int {
	w := 0
	for _, r := range h.rows {
		if r.row >= from && r.row <= to {
			w = max(w, len(r.cells))
		}
	}
	for w < maxColumns && from > 0 && h.merged(from, w) != "" {
		w++
	}
	return w
}

func (h *head) shown(row, column int) string {
	if r := h.byRow[row]; r != nil {
		return clean(r.cell(column))
	}
	return ""
}

// merged is the text of a cell of the header with merged ranges resolved.
func (h *head) merged(row, column int) string {
	if text := h.shown(row, column); text != "" {
		return text
	}
	if a, ok := h.anchors[[2]int{row, column}]; ok {
		return h.shown(a[0], a[1])
	}
	return ""
}

// names gives the column names of a header of so many lines that begins at
// row: the texts of its lines from top to bottom, joined by "/".
func (h *head) names(row, lines int) []string {
	last := row + lines - 1
	names := make([]string, h.width(row, last))
	for c := range names {
		var parts []string
		for l := row; l <= last; l++ {
			text := strings.Join(strings.Fields(h.merged(l, c)), " ")
			if text == "" && l < last {
				text = h.inherited(l, c)
			}
			if text != "" && (len(parts) == 0 || parts[len(parts)-1] != text) {
				parts = append(parts, text)
			}
		}
		names[c] = strings.Join(parts, "/")
	}
	return names
}

// inherited is the heading a blank cell stands under where merged ranges are
// lost, as in CSV: that of the nearest column to the left, if all columns from
// there to here have a text of their own in the line below.
func (h *head) inherited(row, column int) string {
	for c := column; c >= 0 && h.merged(row+1, c) != ""; c-- {
		if text := h.merged(row, c); text != "" {
			return text
		}
	}
	return ""
}

// find looks for the header: the lines whose names score best. Nothing under
// least is a header. Of equals the shallower, then the upper one is taken.
func (h *head) find(given Header, least int, score func(names []string) int) (row, lines int, names []string) {
	best := least - 1
	for _, r := range h.rows {
		if given.Row > 0 && r.row != given.Row {
			continue
		}
		if given.Row == 0 && r.row > h.rows[0].row+headTop {
			break
		}
		if given.Row == 0 && h.continues(r) {
			continue
		}
		for n := 1; n <= headLines; n++ {
			if given.Lines > 0 && n != given.Lines {
				continue
			}
			candidate := h.names(r.row, n)
			if s := score(candidate); s > best || s == best && row > 0 && n < lines {
				best, row, lines, names = s, r.row, n, candidate
			}
		}
	}
	return row, lines, names
}

// continues tells whether a row is the lower part of merged cells that begin
// above it: no header begins there.
func (h *head) continues(r *record) bool {
	for c := range min(h.width(r.row, r.row), maxColumns) {
		if a, ok := h.anchors[[2]int{r.row, c}]; ok && a[0] < r.row && h.shown(a[0], a[1]) != "" {
			return true
		}
	}
	return false
}

// numbered tells names that occur more than once apart: the second 日期 becomes
// 日期#2.
func numbered(names []string) []string {
	seen := make(map[string]int, len(names))
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n
		if n == "" {
			continue
		}
		if seen[n]++; seen[n] > 1 {
			out[i] = n + "#" + itoa(seen[n])
		}
	}
	return out
}
