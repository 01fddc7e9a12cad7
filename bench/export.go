package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/plan"
	"github.com/huifang/huifang/report"
)

// export writes a list of follow-ups as CSV and as a workbook, into a file. The
// limits are the same bytes written from memory, and the library given the same
// cells.
func export(ctx context.Context, b *bench) ([]Row, error) {
	list := exportRows(b.size.exportRows)
	csv, err := exportCSV(ctx, b, list)
	if err != nil {
		return nil, err
	}
	xlsx, err := exportXLSX(ctx, b, list)
	if err != nil {
		return nil, err
	}
	return []Row{csv, xlsx}, nil
}

func exportCSV(ctx context.Context, b *bench, list []report.FollowupRow) (Row, error) {
	var bytesAlone bytes.Buffer
	if err := report.FollowupsCSV(&bytesAlone, each(list), huifang.ZH); err != nil {
		return Row{}, err
	}
	got, err := takeTurns(ctx, b.rounds,
		contender{"ours", func(context.Context) (float64, error) {
			return b.fileTime("export.csv", fileTimes, func(w io.Writer) error { return report.FollowupsCSV(w, each(list), huifang.ZH) })
		}},
		contender{"the same bytes from memory", func(context.Context) (float64, error) {
			return b.fileTime("export.csv", fileTimes, func(w io.Writer) error {
				_, err := w.Write(bytesAlone.Bytes())
				return err
			})
		}},
	)
	if err != nil {
		return Row{}, err
	}
	return compared("export: "+thousands(int64(len(list)))+" follow-ups as CSV", "s", got[0], got[1], atMost(3)).
		noted("Rows of 23 columns already read from the database; %.1f MB into a new file, the middle of %d. Reading the rows takes some thirty times as long as writing them out, see the list from the database.", float64(bytesAlone.Len())/1e6, fileTimes), nil
}

func exportXLSX(ctx context.Context, b *bench, list []report.FollowupRow) (Row, error) {
	cells, err := sameCells(list)
	if err != nil {
		return Row{}, err
	}
	got, err := takeTurns(ctx, b.rounds,
		contender{"ours", func(context.Context) (float64, error) {
			return b.fileTime("export.xlsx", 1, func(w io.Writer) error { return report.FollowupsXLSX(w, each(list), huifang.ZH) })
		}},
		contender{"the library alone", func(context.Context) (float64, error) {
			return b.fileTime("export.xlsx", 1, func(w io.Writer) error { return libraryAlone(w, cells) })
		}},
	)
	if err != nil {
		return Row{}, err
	}
	return compared("export: "+thousands(int64(len(list)))+" follow-ups as XLSX", "s", got[0], got[1], atMost(1.3)).
		noted("The library alone: excelize's stream writer given the same cells and two date styles."), nil
}

// fileTimes is how often a file that is quick to write is written for one time;
// the middle one counts, because now and then the system makes a writer wait for
// its disk.
const fileTimes = 9

// fileTime is how long a new file takes to be written, the middle of so many
// times, without removing the one before, and without reaching the disk.
func (b *bench) fileTime(name string, n int, write func(io.Writer) error) (float64, error) {
	path := filepath.Join(b.dir, name)
	times := make([]float64, n)
	for i := range times {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return 0, err
		}
		began := time.Now()
		f, err := os.Create(path) //nolint:gosec // our own folder
		if err != nil {
			return 0, err
		}
		if err := errors.Join(write(f), f.Close()); err != nil {
			return 0, err
		}
		times[i] = time.Since(began).Seconds()
	}
	return median(times), nil
}

func each(list []report.FollowupRow) iter.Seq2[*report.FollowupRow, error] {
	return func(yield func(*report.FollowupRow, error) bool) {
		for i := range list {
			if !yield(&list[i], nil) {
				return
			}
		}
	}
}

// exportRows are follow-ups as a list of a month holds them.
func exportRows(n int) []report.FollowupRow {
	zone := plan.DefaultZone()
	out := make([]report.FollowupRow, n)
	for i := range out {
		day := huifang.MakeDate(2026, 1, 5) + huifang.Date(i%300)
		out[i] = report.FollowupRow{
			Number: fmt.Sprintf("HF-2026-%06d", i+1), Program: "维修回访", Step: "维修回访", Occurrence: 1, Unit: fmt.Sprintf("项目%d", i%40), Department: "工程部",
			Contact: fmt.Sprintf("业户%d", i%9000), Phone: "138****5678", Asset: fmt.Sprintf("%d栋%d单元%d", i%9+1, i%3+1, i%2700+101), Matter: "厨房水管漏水",
			Window:    huifang.Window{Opens: huifang.Moment{Date: day, Clock: huifang.NoClock}, Closes: huifang.Moment{Date: day + 23, Clock: huifang.NoClock}},
			Assignees: []string{"陈晓明"}, Channels: []huifang.Channel{huifang.ChannelVisit, huifang.ChannelPhone}, State: huifang.StatePlanned,
		}
		if r := &out[i]; i%10 < 8 {
			r.State, r.Attempts, r.DoneBy = huifang.StateCompleted, 1, "陈晓明"
			r.DoneAt, r.Verdict = (day+9).At(huifang.Clock(600+i%400), zone), huifang.VerdictSatisfied
		}
	}
	return out
}

// sameCells are the values that our workbook holds, read back from it.
func sameCells(list []report.FollowupRow) ([][]any, error) {
	var out bytes.Buffer
	if err := report.FollowupsXLSX(&out, each(list), huifang.ZH); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // in memory
	lines, err := file.Rows(file.GetSheetName(0))
	if err != nil {
		return nil, err
	}
	defer lines.Close() //nolint:errcheck // in memory
	var cells [][]any
	for at := 0; lines.Next(); at++ {
		texts, err := lines.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		cells = append(cells, typed(texts, at == 0))
	}
	return cells, lines.Error()
}

// Columns of the list that hold counts and days.
const (
	columnOccurrence = 3
	columnOpens      = 10
	columnCloses     = 11
	columnAttempts   = 15
	columnDone       = 16
)

// typed gives the texts of a line the types and styles that they have in our
// workbook.
func typed(texts []string, head bool) []any {
	line := make([]any, len(texts))
	for i, t := range texts {
		var v float64
		_, err := fmt.Sscan(t, &v)
		switch {
		case t == "":
		case head || err != nil:
			line[i] = t
		case i == columnOccurrence || i == columnAttempts:
			line[i] = int(v)
		case i == columnOpens || i == columnCloses:
			line[i] = excelize.Cell{StyleID: 1, Value: int(v)}
		case i == columnDone:
			line[i] = excelize.Cell{StyleID: 2, Value: v}
		default:
			line[i] = t
		}
	}
	return line
}

// libraryAlone writes the cells with nothing of ours.
func libraryAlone(w io.Writer, cells [][]any) error {
	file := excelize.NewFile()
	for _, format := range []string{"yyyy-mm-dd", "yyyy-mm-dd hh:mm"} {
		if _, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return err
		}
	}
	stream, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, line := range cells {
		if err := stream.SetRow(fmt.Sprintf("A%d", i+1), line); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	buffered := bufio.NewWriter(w)
	if _, err := file.WriteTo(buffered); err != nil {
		return err
	}
	return errors.Join(buffered.Flush(), file.Close())
}
