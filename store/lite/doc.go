// Package lite is a thin hold on SQLite, without database/sql and its driver
// in between: a statement is bound, stepped and read in place, and its
// arguments are copied once, into memory that the connection keeps.
//
// Nothing in it is safe for concurrent use but Conn.Interrupt: one goroutine at
// a time uses a connection and its statements.
package lite
