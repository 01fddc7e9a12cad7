// Package sheet reads the spreadsheets that organizations really keep and hands
// out clean, located rows: it recognises CSV (UTF-8, GB18030, UTF-16), XLSX and
// JSON lines by content, finds the header (merged, several lines deep, below
// titles), maps columns to the vocabulary's fields, fills merged cells down,
// passes over subtotals and footnotes, reads phones and dates as people write
// them, and says of every other row what is wrong with it, where and how to
// mend it.
//
// Three steps: Open a Book, Guess a Mapping (or load a saved one), Read rows.
// Rows are streamed; a million of them need no more memory than one. Nothing
// here knows a store or an organization: matching contacts, assets and units is
// the caller's.
//
// What a row becomes, decided in this order:
//
//   - blank rows, repeated headers, subtotals and footnotes are skipped;
//   - a row without completion, or with a word like 处理中 in its place or in
//     its status column, is unfinished and skipped: no event yet; one called off
//     is skipped, too;
//   - a row whose cells cannot be trusted (impossible or ambiguous date, unknown
//     category, no customer, completed before opened, error values, broken bytes)
//     is rejected with every fault found in it;
//   - all others are accepted, some with warnings.
package sheet
