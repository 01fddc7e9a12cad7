#!/usr/bin/env bash
# Runs npm in a folder: npm.sh FOLDER ARGUMENTS… The console needs npm 11; an
# older one fetches that for this one use.
set -euo pipefail
cd "$(dirname "$0")/../$1"
shift

command -v npm >/dev/null || {
	echo "npm.sh: the console needs Node.js 20.19 or newer and npm; without them: go build ./cmd/huifang" >&2
	exit 1
}
major="$(npm --version 2>/dev/null)"
if ((${major%%.*} < 11)); then
	exec npx --yes npm@11 "$@"
fi
exec npm "$@"
