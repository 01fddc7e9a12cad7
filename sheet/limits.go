package sheet

import "github.com/huifang/huifang"

// Limits bound what Open takes in, so that no file, however made, costs more
// than it may. Zero fields are the defaults.
type Limits struct {
	Bytes        int64 // of the file; default 200 MiB
	Uncompressed int64 // of what is read of an XLSX; default 2 GiB
	Strings      int64 // of the shared strings of an XLSX, which are held in memory; default 256 MiB
	Ratio        int64 // uncompressed to compressed, of an XLSX part over 16 MiB; default 200
	Record       int   // of one CSV or JSON record; default 1 MiB
}

const (
	kib = 1 << 10
	mib = 1 << 20

	maxColumns = 2048     // cells further right are not read
	maxRows    = 1 << 20  // of a worksheet, as the format has it
	maxStrings = 8 << 20  // shared strings of a workbook
	maxMerges  = 1 << 18  // merged ranges of a workbook
	maxToken   = 16 * mib // one XML token, or one of the small parts of a workbook
	ratioFloor = 16 * mib
)

func (l Limits) filled() Limits {
	fill := func(v *int64, def int64) {
		if *v <= 0 {
			*v = def
		}
	}
	fill(&l.Bytes, 200*mib)
	fill(&l.Uncompressed, 2048*mib)
	fill(&l.Strings, 256*mib)
	fill(&l.Ratio, 200)
	if l.Record <= 0 {
		l.Record = mib
	}
	return l
}

func tooLarge(reason, zh, en string, args ...any) *huifang.Error {
	return huifang.Fail(huifang.CodeTooLarge, reason, huifang.Textf(zh, en, args...))
}

func invalid(reason, zh, en string, args ...any) *huifang.Error {
	return huifang.Invalid(reason, huifang.Textf(zh, en, args...))
}
