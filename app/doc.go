// Package app holds the use cases of Huifang: what people, other systems and
// the product's own jobs can ask for. Each is a method of App in the file of
// its aggregate and has the same shape: authorise with the pure decisions of
// the vocabulary, load, decide in a pure core, then save and enqueue in one
// transaction.
//
// Methods take the Actor who asks. Errors that reach people are *huifang.Error.
// Nothing here reads the clock or makes random numbers of its own: Config
// brings both, so that a test or a demonstration runs in any year. Secrets alone
// come from the system's random numbers: they must never be foreseen.
package app
