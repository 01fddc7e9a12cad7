// Package form holds form definitions and what can be said of answers to them:
// which items show, whether the answers are right, their score and verdict.
package form
