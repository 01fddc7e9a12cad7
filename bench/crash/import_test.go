package crash

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/huifang/huifang/app"
	"github.com/huifang/huifang/bench/ground"
)

// rowsAFile is how many rows one register has.
const rowsAFile = 4000

// TestKilledImport: somebody imports a register, the server is killed, and the
// same file is imported again.
func TestKilledImport(t *testing.T) {
	t.Parallel()
	each(t, 0, func(t *testing.T, v *victim) {
		db, want := v.copy(v.base), v.copy(v.base)
		var files []string
		inTime := 0
		for v.killed < *kills {
			file := v.register(len(files))
			files = append(files, file)
			for imported := false; !imported && v.killed < *kills; {
				p := v.start(db)
				done := v.importing(p, file)
				v.kill(p, 1500*time.Millisecond)
				if imported = <-done == nil; !imported {
					inTime++
				}
			}
		}
		p := v.start(db)
		for range 2 { // the second time changes nothing
			for _, file := range files {
				v.check(<-v.importing(p, file))
			}
		}
		v.stop(p)
		t.Logf("%d of %d kills came before the import was done", inTime, v.killed)
		v.sound(db)
		v.open(want, time.Now, func(c *ground.Company) error {
			for _, file := range files {
				raw, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				done, err := c.App.Import(t.Context(), c.Actor, app.ImportFile{Name: "register.csv", Reader: bytes.NewReader(raw), Size: int64(len(raw))}, app.ImportOptions{})
				if err != nil {
					return err
				}
				if done.Accepted != rowsAFile {
					return fmt.Errorf("%d of %d rows were taken", done.Accepted, rowsAFile)
				}
			}
			return nil
		})
		v.same(db, want)
	})
}

// register writes a register of finished jobs, different from the others.
func (v *victim) register(number int) string {
	v.t.Helper()
	var b bytes.Buffer
	fmt.Fprintln(&b, "工单号,项目,房号,业主姓名,联系电话,类别,事项内容,责任部门,完成时间")
	for i := range rowsAFile {
		home := i % 700
		fmt.Fprintf(&b, "W%d-%d,%s,%d栋%d,业主%d-%d,138%04d%04d,%s,水管漏水,工程部,%s\n", number, i, ground.UnitCode(home%ground.Units), number+1, home+101, number, home,
			number, home, []string{"报修", "投诉", "其他"}[i%3], v.began.AddDate(0, 0, -1-i%3).Format("2006-01-02 15:04"))
	}
	file := filepath.Join(v.t.TempDir(), "register.csv")
	v.check(os.WriteFile(file, b.Bytes(), 0o600))
	return file
}

// importing sends the file with the product's own command.
func (v *victim) importing(p *ground.Process, file string) <-chan error {
	done := make(chan error, 1)
	cmd := exec.CommandContext(v.t.Context(), binary, "import", "--server", "http://"+p.Addr, "--token", v.token, "--yes", file)
	go func() {
		out, err := cmd.CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, out)
		}
		done <- err
	}()
	return done
}
