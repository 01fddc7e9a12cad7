// Package ground is what benchmarks and crash tests stand on: fresh databases of
// either kind, a company in them as the product sets it up, and the product
// itself as a process that can be killed.
package ground
