// Package page serves the public pages: what a customer sees who follows a link
// in a message. They need no log-in and no script, fit a phone first, speak
// Chinese and English, and tell nothing about the customer: whoever holds the
// link could be somebody else.
package page
