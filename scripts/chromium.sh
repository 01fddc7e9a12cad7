#!/usr/bin/env bash
# Prints where Chromium is, for the tests in a real browser. It is installed
# with apt where it is missing, and so are Chinese letters for the pictures.
set -euo pipefail

fail() {
	echo "chromium.sh: $*" >&2
	exit 1
}

found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
letters() { [[ -n "$(fc-list :lang=zh family 2>/dev/null)" ]]; }

install() {
	command -v apt-get >/dev/null || fail "$* missing and so is apt-get; install Chromium and a Chinese font"
	local sudo=()
	if [[ $EUID -ne 0 ]]; then
		sudo -n true 2>/dev/null || fail "missing; run: sudo apt-get install $*"
		sudo=(sudo -n)
	fi
	echo "chromium.sh: installing $*" >&2
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

missing=()
found >/dev/null || missing+=(chromium)
letters || missing+=(fontconfig fonts-noto-cjk)
((${#missing[@]} == 0)) || install "${missing[@]}"
found || fail "Chromium is not where it was installed"
