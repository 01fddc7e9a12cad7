package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/huifang/huifang"
)

// xlsxFile is a workbook. Of its parts only the shared strings and the styles
// are held in memory; worksheets are streamed. The reader is our own rather than
// a library's because three things matter here that libraries hide once they
// give out text: whether a cell is a number (an identity number stored as one
// has lost digits), merged ranges without the whole sheet in memory, and a limit
// on every byte that is inflated.
type xlsxFile struct {
	limits  Limits
	parts   map[string]*zip.File
	sheets  []xlsxSheet
	strings []string
	dates   []bool // by style: is it a date format
	left    int64  // bytes that may still be inflated while opening
	read    meter
}

type xlsxSheet struct {
	tab
	part *zip.File
}

// errBudget ends the reading of a part that inflates beyond its limit.
var errBudget = errors.New("over the limit")

func openXLSX(r io.ReaderAt, size int64, limits Limits) (*xlsxFile, *huifang.Error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	x := &xlsxFile{limits: limits, parts: make(map[string]*zip.File, len(z.File)), left: limits.Uncompressed}
	for _, f := range z.File {
		x.parts[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	if _, ok := x.parts["content.xml"]; ok {
		return nil, notSheet("这是 OpenDocument 文件，请另存为 .xlsx", "this is an OpenDocument file; save it as .xlsx")
	}
	for _, step := range []func() error{x.readWorkbook, x.readStyles, x.readStrings, x.readMerges} {
		if err := step(); err != nil {
			return nil, x.fault(err)
		}
	}
	return x, nil
}

// fault tells the limit, the foreign file and the damaged file apart.
func (x *xlsxFile) fault(err error) *huifang.Error {
	if e := (*huifang.Error)(nil); errors.As(err, &e) {
		return e
	}
	if errors.Is(err, errBudget) {
		return tooLarge("sheet.xlsx.bomb", "文件解压后过大，已停止读取；请删去多余的空白行列后另存，或分成几个文件",
			"the file inflates beyond its limit and was not read on; delete surplus blank rows and columns and save it anew, or split it")
	}
	return damaged(err)
}

func damaged(err error) *huifang.Error {
	return &huifang.Error{
		Code: huifang.CodeInvalid, Reason: "sheet.xlsx.damaged", Err: err,
		Message: huifang.Text{ZH: "XLSX 文件损坏或不完整，请重新上传，或用表格软件打开后另存", EN: "the XLSX is damaged or incomplete; upload it again, or open it in a spreadsheet and save it anew"},
	}
}

// part opens a part for reading within its limits. While the file is opened
// every byte counts against the whole file's budget too.
func (x *xlsxFile) part(f *zip.File, limit int64) (*budgeted, error) {
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return nil, zip.ErrAlgorithm
	}
	packed, claimed := int64(min(f.CompressedSize64, 1<<40)), int64(min(f.UncompressedSize64, 1<<40))
	if limit = min(limit, max(ratioFloor, packed*x.limits.Ratio)); claimed > limit {
		return nil, errBudget
	}
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &budgeted{ReadCloser: rc, left: limit}, nil
}

// budgeted is a part that may inflate to so many bytes, whatever its header
// says.
type budgeted struct {
	io.ReadCloser
	left int64
}

func (b *budgeted) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errBudget
	}
	return n, err
}

// decode reads one of the small parts with an ordinary XML decoder; a part that
// is not there decodes as nothing.
func (x *xlsxFile) decode(name string, into any) error {
	f, ok := x.parts[name]
	if !ok {
		return nil
	}
	rc, err := x.part(f, min(x.left, maxToken))
	if err != nil {
		return err
	}
	defer rc.Close() //nolint:errcheck // read only
	return xml.NewDecoder(rc).Decode(into)
}

type xlsxWorkbook struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string     `xml:"name,attr"`
		State string     `xml:"state,attr"`
		Attrs []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
}

type xlsxRelations struct {
	Relations []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// readWorkbook lists the worksheets in their order; chart sheets are none.
func (x *xlsxFile) readWorkbook() error {
	book := x.officeDocument()
	if _, ok := x.parts[book]; !ok {
		return notSheet("这个压缩文件不是 XLSX 表格", "this archive is no XLSX workbook")
	}
	var wb xlsxWorkbook
	if err := x.decode(book, &wb); err != nil {
		return err
	}
	targets, err := x.relations(book, "/worksheet")
	if err != nil {
		return err
	}
	date1904 := wb.Properties.Date1904 == "1" || wb.Properties.Date1904 == "true"
	for _, s := range wb.Sheets {
		part, ok := x.parts[targets[relationID(s.Attrs)]]
		if !ok {
			continue
		}
		x.sheets = append(x.sheets, xlsxSheet{part: part, tab: tab{name: s.Name, hidden: s.State != "" && s.State != "visible", date1904: date1904}})
	}
	if len(x.sheets) == 0 {
		return notSheet("工作簿里没有工作表", "the workbook holds no worksheet")
	}
	return nil
}

// officeDocument is the name of the workbook's own part.
func (x *xlsxFile) officeDocument() string {
	var rels xlsxRelations
	if err := x.decode("_rels/.rels", &rels); err == nil {
		for _, r := range rels.Relations {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				return strings.TrimPrefix(path.Clean(r.Target), "/")
			}
		}
	}
	return "xl/workbook.xml"
}

// relations maps the ids of a part's relations of one type to part names.
func (x *xlsxFile) relations(of, kind string) (map[string]string, error) {
	var rels xlsxRelations
	dir := path.Dir(of)
	if err := x.decode(path.Join(dir, "_rels", path.Base(of)+".rels"), &rels); err != nil {
		return nil, err
	}
	targets := make(map[string]string, len(rels.Relations))
	for _, r := range rels.Relations {
		if !strings.HasSuffix(r.Type, kind) {
			continue
		}
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		targets[r.ID] = strings.TrimPrefix(path.Clean(target), "/")
	}
	return targets, nil
}

func relationID(attrs []xml.Attr) string {
	for _, a := range attrs {
		if a.Name.Local == "id" && strings.HasSuffix(a.Name.Space, "/relationships") {
			return a.Value
		}
	}
	return ""
}

func (x *xlsxFile) tabs() []tab {
	out := make([]tab, len(x.sheets))
	for i := range x.sheets {
		out[i] = x.sheets[i].tab
	}
	return out
}
