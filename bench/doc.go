// Command bench measures Huifang against the limits of the machine it runs on
// and writes docs/benchmarks.md: for every figure that is demanded, what we do
// and the raw limit doing the same work without us, taking turns in the same
// run, so that a slow machine or a busy hour changes both alike.
//
//	go run ./bench -out docs/benchmarks.md
//	go run ./bench -only engine,export -rounds 3
//
// A figure is the median over at least five rounds of a ratio taken within each
// round. Sizes are those demanded; BENCH_ROWS and BENCH_IMPORT make the largest
// smaller. PostgreSQL is measured where DATABASE_URL or HUIFANG_TEST_POSTGRES
// names a server; it should keep every commit (scripts/postgres.sh durable).
package main
