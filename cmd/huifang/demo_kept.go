package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/huifang/huifang/app"
)

// demoMade is what is told of a demonstration, each time it is served.
type demoMade struct {
	Logins   []app.DemoLogin `json:"logins"`
	Pack     string          `json:"pack"`
	Register string          `json:"register,omitempty"` // file of a sheet to import; "" where there is none
}

// keptFile keeps what was made of a demonstration beside its database.
func (c *demoCmd) keptFile() (string, bool) {
	file, ok := sqliteFile(c.Database)
	return file + ".demo.json", ok
}

func (c *demoCmd) keep(made demoMade) error {
	name, ok := c.keptFile()
	if !ok {
		return nil
	}
	raw, err := json.MarshalIndent(made, "", "  ") //nolint:musttag // read by ourselves alone
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		return unwritable(name, err)
	}
	return nil
}

func (c *demoCmd) kept() (made demoMade, err error) {
	name, ok := c.keptFile()
	if !ok {
		return made, nil
	}
	raw, err := os.ReadFile(name) //nolint:gosec // our own file
	if errors.Is(err, os.ErrNotExist) {
		return made, nil
	}
	if err != nil {
		return made, unreadable(name, err)
	}
	if err := json.Unmarshal(raw, &made); err != nil { //nolint:musttag // written by ourselves
		return made, unreadable(name, err)
	}
	if _, err := os.Stat(made.Register); err != nil {
		made.Register = "" // it was moved or deleted
	}
	return made, nil
}

// writeRegister writes the sheet of the last day beside the database, as a file
// that spreadsheet programs open; with PostgreSQL in the working directory.
func (c *demoCmd) writeRegister(r app.DemoRegister) (string, error) {
	if len(r.Rows) == 0 {
		return "", nil
	}
	name := "演示-" + strings.ReplaceAll(r.Name, " ", "") + ".csv" // never a file of somebody else's
	if file, ok := sqliteFile(c.Database); ok {
		name = filepath.Join(filepath.Dir(file), name)
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // beside the database that was named
	if err != nil {
		return "", unwritable(name, err)
	}
	const mark = "\ufeff" // without it, they would take UTF-8 for something else
	_, err = f.WriteString(mark)
	w := csv.NewWriter(f)
	err = errors.Join(err, w.WriteAll(append([][]string{r.Header}, r.Rows...)), f.Close())
	if err != nil {
		return "", unwritable(name, err)
	}
	return name, nil
}
