// Package pack reads trades: data files that say which events a trade knows,
// which follow-ups they demand, with which forms, words and figures. A pack is
// YAML, read strictly — an unknown field, a doubled key or a reference to
// nothing is an error with file, line and column — and it may extend another
// pack, saying only what differs. The built-in packs live in
// library/<name>/*.yaml; files named *_test.yaml beside them hold histories
// with the follow-ups they must give.
//
// # One pack, several files
//
// Every *.yaml file of a pack's folder that is not a test holds some of the
// fields of Pack. A field that is a list may be continued in another file; any
// other field is written once.
//
// A list whose items have a code names each code once, over all files. Anchors
// and aliases may be used within a file.
//
// # Extending
//
// A pack with "extends: PARENT" starts as a copy of its parent and is then
// changed by its own files:
//
//   - a mapping (name, retry, import …) takes over field by field: a field that
//     is written replaces the parent's, one that is left out stays;
//   - in a list whose items have a code (programs, steps, forms, items,
//     options, scripts, phrases, roles, recurrences …; event types go by type,
//     attributes by name) an item with a known code changes the parent's item
//     in the same way, in the parent's place, and an item with a new code is
//     added at the end;
//   - an item with "remove: true" and its code takes the parent's item away;
//   - every other list (channels, assign, outcomes, late, synonyms …) replaces
//     the parent's whole;
//   - a field written as null goes back to what it would be if the parent had
//     not written it.
//
// PARENT is the name of a built-in pack, or a folder relative to this one that
// starts with "./" or "../".
//
// # Tests
//
// A *_test.yaml file (TestFile) describes units, staff and contacts, then
// histories: inputs in the shape of simulate's lines, the date to look back
// from, and every follow-up there must be by then. They run through the engine
// itself. What a history lists is exact: a follow-up, case or refusal that is
// missing or not listed is a failure at its line.
package pack
