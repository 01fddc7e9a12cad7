// Package report renders what the other rooms counted and listed: the month's
// statistics sheet as people print, sign and file it, and lists of follow-ups
// as XLSX and CSV. It never queries; every function takes plain rows and a
// writer. Phone numbers arrive as they may be shown: masking is the caller's.
package report
