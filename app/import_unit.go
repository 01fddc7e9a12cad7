package app

import "github.com/huifang/huifang"

// onlyUnit lets a register that names no unit be of the one there is: the
// actor's only unit without others below it.
func (job *importing) onlyUnit() {
	if job.unit == nil {
		if leaves := job.leaves(); len(leaves) == 1 {
			job.unit = leaves[0]
		}
	}
}

// severalUnits tells that a row has to say which unit it is of, or be about an
// asset or a contact that is of one.
func (job *importing) severalUnits() bool { return job.unit == nil && len(job.leaves()) > 1 }

// leaves are the units within the actor's scope that have none below them.
func (job *importing) leaves() []*huifang.Unit {
	parents := map[huifang.ID]bool{}
	for _, u := range job.d.unit {
		parents[u.Parent] = true
	}
	var out []*huifang.Unit
	for id, u := range job.d.unit {
		if !parents[id] && job.actor.InUnit(id) {
			out = append(out, u)
		}
	}
	return out
}

// unplaced refuses a row of a register of which nothing tells the unit.
func unplaced() *huifang.Error {
	return fieldFault("unit", "unit.missing", huifang.Text{
		ZH: "没有写明单位，资产和客户也不属于已知单位；请为导入选择单位（命令行用 --unit），或把单位列写入对应关系",
		EN: "it names no unit, and neither its asset nor its contact is known to be of one; choose a unit for the import (--unit on the command line), or map a column to the unit",
	})
}
