package sheet_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/huifang/huifang"
	"github.com/huifang/huifang/sheet"
)

// A register is opened, its mapping guessed, its rows read.
func Example() {
	register := "锦绣花园2026年3月登记表\n" +
		"房号,业主姓名,联系电话,类别,受理时间,完成时间\n" +
		"6-1103,司徒伟,138-0000-2556,报修,3月21日,3/22\n" +
		"1-2701,周敏,+86 13800004797,报修,3月9日,处理中\n" +
		"6-404,欧阳伟,13800009164 / 0755-88889164,报修,3月9日,2026-03-32\n"
	book, err := sheet.Open(strings.NewReader(register), int64(len(register)), "register.csv", sheet.Limits{})
	if err != nil {
		log.Fatal(huifang.In(err, huifang.ZH))
	}
	property := sheet.Catalogue{Categories: map[string][]string{"repair.completed": {"报修"}}}
	mapping, _, err := sheet.Guess(book, sheet.DefaultCatalogue().Merge(property))
	if err != nil {
		log.Fatal(huifang.In(err, huifang.ZH))
	}
	for row, err := range sheet.Read(book, mapping, sheet.Options{Now: time.Now()}) {
		switch {
		case err != nil:
			log.Fatal(huifang.In(err, huifang.ZH))
		case row.Skip != sheet.SkipNone:
			fmt.Println(row.Line, row.Skip)
		case row.Err != nil:
			fmt.Println(row.Line, row.Err.Reason)
		default:
			fmt.Println(row.Line, row.Values.Type, row.Values.At.Date, row.Values.Contact.Name, row.Values.Contact.Phones)
		}
	}
	// Output:
	// 3 repair.completed 2026-03-22 司徒伟 [13800002556]
	// 4 unfinished
	// 5 date.impossible
}
