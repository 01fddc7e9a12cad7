package report

import (
	"io"
	"sync"

	"github.com/huifang/huifang"
)

const (
	pressRows    = 1024 // of a block: enough that handing it over costs nothing
	pressWidth   = 256  // bytes that nearly every row stays below
	pressWorkers = 2
	pressBlocks  = 2 * pressWorkers // under way at a time
)

// csvPress writes a list of follow-ups: rows are gathered into blocks, blocks
// formatted by two goroutines, and written in the order they came. A list that
// fits one block needs no goroutine.
type csvPress struct {
	w     io.Writer
	lang  huifang.Lang
	block *csvBlock // being gathered
	queue []*csvBlock
	idle  []*csvBlock
	work  chan *csvBlock // nil: no worker was needed yet
	group sync.WaitGroup
	err   error // of the writer
}

// csvBlock is some rows, and their text once done is told.
type csvBlock struct {
	rows []*FollowupRow
	text []byte
	done chan struct{}
}

func newCSVPress(w io.Writer, lang huifang.Lang) *csvPress {
	p := &csvPress{w: w, lang: lang}
	p.block = newCSVBlock(csvChunk)
	p.block.text = csvHead(append(p.block.text, "\ufeff"...), lang)
	return p
}

func newCSVBlock(room int) *csvBlock {
	return &csvBlock{rows: make([]*FollowupRow, 0, pressRows), text: make([]byte, 0, room), done: make(chan struct{}, 1)}
}

// add takes a row.
func (p *csvPress) add(r *FollowupRow) {
	if len(p.block.rows) == pressRows {
		p.start()
	}
	p.block.rows = append(p.block.rows, r)
}

// start has the block formatted and begins another.
func (p *csvPress) start() {
	if p.work == nil {
		p.work = make(chan *csvBlock, pressBlocks)
		for range pressWorkers {
			p.group.Go(func() {
				l := &lists{lang: p.lang}
				for b := range p.work {
					b.format(l)
					b.done <- struct{}{}
				}
			})
		}
	}
	p.work <- p.block
	if p.queue = append(p.queue, p.block); len(p.queue) == pressBlocks {
		p.writeFirst()
	}
	if n := len(p.idle); n > 0 {
		p.block, p.idle = p.idle[n-1], p.idle[:n-1]
		return
	}
	p.block = newCSVBlock(pressRows * pressWidth)
}

func (b *csvBlock) format(l *lists) {
	text := b.text
	for _, r := range b.rows {
		text = endLine(appendFollowup(text, r, l))
	}
	b.text = text
}

// writeFirst writes the block that has waited longest.
func (p *csvPress) writeFirst() {
	b := p.queue[0]
	p.queue = append(p.queue[:0], p.queue[1:]...)
	<-b.done
	p.write(b)
	clear(b.rows)
	b.rows, b.text = b.rows[:0], b.text[:0]
	p.idle = append(p.idle, b)
}

func (p *csvPress) write(b *csvBlock) {
	if p.err == nil {
		_, p.err = p.w.Write(b.text)
	}
}

// finish writes what is left and tells what went wrong.
func (p *csvPress) finish() error {
	for len(p.queue) > 0 {
		p.writeFirst()
	}
	p.block.format(&lists{lang: p.lang})
	p.write(p.block)
	return p.err
}

// close ends the goroutines.
func (p *csvPress) close() {
	if p.work != nil {
		close(p.work)
		p.group.Wait()
	}
}
