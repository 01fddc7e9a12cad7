// Package api is the edge to the network: the operations of the product over
// HTTP as one OpenAPI 3.1 document (openapi.json, kept as a golden file), the
// wire types, log-in sessions and API tokens, and the only place that turns an
// error's code into an HTTP status (errors.go).
//
// An operation authenticates, calls one method of package app and writes what
// it says; it decides nothing itself. Conventions of the wire: instants are RFC
// 3339 in UTC, dates are YYYY-MM-DD and months YYYY-MM in the unit's zone, a
// list is {"items": […], "next": "…"} and the next page is asked for with
// ?after=<next>, an error is a Problem.
package api

//go:generate go test . -run TestOpenAPIIsAsAgreed -count=1 -update
