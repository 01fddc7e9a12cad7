// Package form holds the questionnaires of follow-ups: what a form asks, which
// of it shows, whether the answers are right, and what they say — a score, a
// band, a verdict. Definitions are plain data that a pack or an organization
// writes; nothing here reads a clock or does I/O, and no value, however odd,
// makes it panic.
//
// # Definitions
//
// A Definition is one version of a form. Codes of items, options and rows are
// stable: they name columns, CEL variables and statistics whatever a label
// becomes. Check lists the faults of a definition, Follows what keeps it from
// succeeding an older one, and Extend adds the user's own items (设定适宜的回访项)
// as a new version, so that old records keep theirs.
//
// Conditions are data, not expressions: an item, an operator, a constant. They
// refer to earlier items only, so one reading from top to bottom decides what
// shows, and they can be exported: JSONSchema and FHIR carry them along. The
// conditions of a section cover the items up to the next section. An answer to
// a hidden item does not exist, for scores and for other conditions alike.
//
// # Scores
//
// Every figure is what was achieved out of what was attainable:
//
//	choice, yesno   points of the option ÷ full
//	choices         sum of the points of the chosen options ÷ full
//	rating          grade ÷ scale            (4 of 5 stars: 0.8)
//	nps             grade ÷ 10
//	number          value ÷ full             (only where full is given)
//	matrix          Σ row weight × row ÷ Σ row weight, over the answered rows
//
// where full is the item's Full, else the best option, or for choices the sum
// of all options; each figure is kept within 0 and 1. The score is
//
//	100 × Σ weight × figure ÷ Σ weight
//
// over the items that show, are answered and carry points, rounded to nine
// decimals. Hidden items, unanswered items and options without points ("not
// applicable") thus neither add to the score nor take from it. With fewer than
// MinAnswered such items, or without any, there is no score. A mark of 100,
// 90, 80 … for an option, or one to five stars read as 20 to 100, is the scale
// of the customer survey (客户回访调查表); its bands are ≥ 95 very satisfied,
// ≥ 90 satisfied, ≥ 80 basically satisfied, else dissatisfied. A score belongs
// to the highest band whose lower bound it reaches, so 94.5 is satisfied.
//
// # Verdicts
//
// A verdict comes from rules over answers, score and band, or more shortly from
// an option or band that names it. The gravest that applies wins: unqualified
// (the service itself failed the check, to be handled as a complaint), then
// dissatisfied (opens a case), then satisfied; none where nothing applies.
package form
