// Package plan is the engine: it turns service events into the follow-ups a
// program demands. Advance is a pure reducer — fold it over a history and you
// have a simulation, run it inside a transaction and you have the live system;
// there is no second implementation. It reads no clock and does no I/O.
package plan
