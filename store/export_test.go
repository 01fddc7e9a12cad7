package store

// Narrow is whether a list of the filter is sorted by what was asked for rather
// than by month first.
func Narrow(f FollowupFilter) bool { return newWorklist("", f).narrow() }
