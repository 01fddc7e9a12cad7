// Package calendar knows which days and hours are worked: public holidays and
// make-up working days as data, shifts, absences with their substitutes, quiet
// hours, and distances in time measured by them. It is pure: every function
// takes dates and instants and returns them.
package calendar
