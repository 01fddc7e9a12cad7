// Package store keeps everything Huifang remembers, in SQLite or PostgreSQL,
// by one SQL text for both: a file per aggregate, the tables in migrations/.
//
// Reading happens on a View, writing in a closure given to Store.Write, which
// commits many closures together. Every row belongs to an organization and
// every method names it; rows of another organization are not found.
//
// Errors are *huifang.Error: not found, conflict (a duplicate key or a stale
// row version), invalid, or unavailable (try again; the fate of the write may
// be unknown).
package store
