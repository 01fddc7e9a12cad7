// Package crash kills the product at random moments, as a power cut or the
// system would, and looks at what is left: the real binary serves as a process
// of its own and is killed while it takes in events, imports a register, wakes
// what is due, and is backed up, on both databases.
//
// In the end no acknowledged event may be lost, the follow-ups must be those of
// a run that was never killed, none doubled and none missing, and a backup is
// either whole or refused.
//
//	go test ./bench/crash                 a few kills of each kind
//	go test ./bench/crash -kills 50       what `make crash` does
package crash
