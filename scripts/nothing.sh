#!/usr/bin/env bash
# Runs a command that reports findings on its output and always succeeds, and
# fails when it reported any.
set -euo pipefail

found="$("$@")"
if [[ -n "$found" ]]; then
	printf '%s\n' "$found" >&2
	exit 1
fi
