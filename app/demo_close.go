package app

import "github.com/huifang/huifang"

// freezeDay is the day on which the month before the last is closed: late
// follow-ups and reviews have had their time by then.
const freezeDay = 5

// closings has the administrator close every month of the demonstration but
// the last one or two, as they would have.
func (d *demo) closings() {
	last := huifang.DateOf(d.end, d.zone).Month()
	for m := huifang.DateOf(d.at, d.zone).Month(); m < last; m = m.Next() {
		day := m.Next().Next().First().AddDays(freezeDay - 1)
		d.later(day.At(17*60, d.zone), func() error { return d.freeze(m) })
	}
}

func (d *demo) freeze(m huifang.Month) error {
	dir, err := d.directory(d.ctx, d.org.ID)
	if err != nil {
		return err
	}
	admin := dir.staffCode["admin"]
	if admin == nil {
		return nil
	}
	_, err = d.FreezeMonth(d.ctx, dir.actor(admin), m)
	return err
}
