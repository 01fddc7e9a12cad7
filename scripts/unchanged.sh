#!/usr/bin/env bash
# Runs a command that writes generated files, and fails when a file of the
# repository is not what it was before: someone forgot to commit the result.
set -euo pipefail
cd "$(dirname "$0")/.."

fingerprint() {
	git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
		while IFS= read -r -d '' file; do
			[[ ! -f "$file" ]] || printf '%s  %s\n' "$(git hash-object --no-filters -- "$file")" "$file"
		done
}

before="$(mktemp)"
after="$(mktemp)"
trap 'rm -f "$before" "$after"' EXIT

fingerprint >"$before"
"$@"
fingerprint >"$after"
if ! diff -u "$before" "$after" >/dev/null; then
	echo "generated files differ from the committed ones; run 'make generate' and commit:" >&2
	diff "$before" "$after" | awk '/^[<>]/{print "  " $3}' | sort -u >&2
	exit 1
fi
