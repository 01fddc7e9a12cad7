#!/usr/bin/env bash
# Starts a throw-away PostgreSQL and prints its address, ready for
# HUIFANG_TEST_POSTGRES or DATABASE_URL. Running it again prints the same.
#
#   scripts/postgres.sh              for tests: fast, loses data in a power cut
#   scripts/postgres.sh durable      for benchmarks: commits reach the disk
#   scripts/postgres.sh stop         stops both
#
# It listens on a Unix socket only. PostgreSQL is installed with apt where it
# is missing. Data live in $HUIFANG_POSTGRES_DIR (default /tmp/huifang-postgres):
# PostgreSQL refuses to run as root and its own user often cannot enter the
# checkout. Delete the folder to start afresh.
set -euo pipefail

base="${HUIFANG_POSTGRES_DIR:-/tmp/huifang-postgres}"
mode="${1:-fast}"

fail() {
	echo "postgres.sh: $*" >&2
	exit 1
}

# binaries prints the folder of the newest installed server.
binaries() {
	local found
	found="$(find /usr/lib/postgresql /usr/pgsql-* /opt/homebrew/opt/postgresql* /usr/local/opt/postgresql* \
		-path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)"
	[[ -n "$found" ]] || found="$(command -v initdb || true)"
	[[ -n "$found" ]] && dirname "$found"
}

install() {
	command -v apt-get >/dev/null || fail "PostgreSQL is missing and so is apt-get; install PostgreSQL 14 or newer"
	local sudo=()
	if [[ $EUID -ne 0 ]]; then
		sudo -n true 2>/dev/null || fail "PostgreSQL is missing; run: sudo apt-get install postgresql"
		sudo=(sudo -n)
	fi
	echo "postgres.sh: installing PostgreSQL" >&2
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql >&2
}

# server runs a command as a user that PostgreSQL accepts.
server() {
	if [[ $EUID -eq 0 ]]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

settings() {
	local memory
	memory="$(awk '/^MemTotal/{print int($2 / 1024)}' /proc/meminfo 2>/dev/null || echo 2048)"
	cat <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$1/socket'
		unix_socket_permissions = 0700
		max_connections = 200
		shared_buffers = $((memory / 8 < 1024 ? memory / 8 : 1024))MB
		max_wal_size = 4GB
		checkpoint_timeout = 15min
		log_min_messages = warning
	CONF
	if [[ "$2" == fast ]]; then
		printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off'
	fi
}

start() {
	local dir="$base/$mode" bin
	bin="$(binaries)" || { install && bin="$(binaries)"; } || fail "PostgreSQL is not where it was installed"
	if [[ -f "$dir/data/PG_VERSION" && "$("$bin/postgres" --version)" != *" $(<"$dir/data/PG_VERSION")."* ]]; then
		rm -rf "$dir"
	fi
	mkdir -p "$dir/socket"
	[[ $EUID -ne 0 ]] || chown postgres "$dir" "$dir/socket"
	if [[ ! -f "$dir/data/PG_VERSION" ]]; then
		server "$bin/initdb" -D "$dir/data" -U huifang -A trust -E UTF8 --locale=C >"$dir/initdb.log" 2>&1 ||
			fail "initdb failed: $(tail -n 3 "$dir/initdb.log")"
		settings "$dir" "$mode" >>"$dir/data/postgresql.conf"
	fi
	if ! server "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; then
		# The lock is not for the server to inherit: it would never be free again.
		server "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 start >/dev/null 2>&1 9>&- ||
			fail "the server does not start: $(tail -n 3 "$dir/server.log")"
	fi
	echo "postgres://huifang@/postgres?host=$dir/socket"
}

stop() {
	local bin data
	bin="$(binaries)" || return 0
	for data in "$base"/*/data; do
		[[ ! -d "$data" ]] || server "$bin/pg_ctl" -D "$data" -m fast -w stop >/dev/null 2>&1 || true
	done
}

mkdir -p "$base"
exec 9>"$base/lock"
flock 9
case "$mode" in
fast | durable) start ;;
stop) stop ;;
*) fail "unknown mode '$mode'; use fast, durable or stop" ;;
esac
