# Shared by the benchmarks: tools, processes, wrk and its numbers. Sourced, never run.
BENCH=$ROOT/integration-tests/bench
# shellcheck source=../../kvs-server/bin/launch.bash
source "$ROOT/kvs-server/bin/launch.bash"

readonly CONNECTIONS=64 THREADS=2
readonly KVS_PORT=18080 ETCD_PORT=18081 REDIS_PORT=18082 EMPTY_PORT=18083

# need COMMAND PACKAGE - installs a Debian package when its command is missing.
need() {
    type -P "$1" >/dev/null && return
    [[ $EUID -eq 0 ]] && type -P apt-get >/dev/null || give_up "The benchmark needs $1 (Debian package $2)."
    say "Installing $2 ..."
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" </dev/null >/dev/null
    # A package may start a server of its own; ours are started by hand.
    type -P systemctl >/dev/null && systemctl stop "$2" 2>/dev/null || true
}

WORK=$(mktemp -d "${TMPDIR:-/tmp}/kvs-bench.XXXXXX")
PIDS=()
cleanup() {
    local pid
    for pid in ${PIDS[@]+"${PIDS[@]}"}; do kill -9 "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$WORK"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# background NAME COMMAND... - starts a process with its output in $WORK/NAME.log; sets PID.
background() {
    local name=$1
    shift
    "$@" >"$WORK/$name.log" 2>&1 </dev/null &
    PID=$!
    PIDS+=("$PID")
}

# answers URL SECONDS - waits until URL answers 2xx.
answers() {
    local deadline=$((SECONDS + $2))
    until curl -sf -o /dev/null "$1"; do
        ((SECONDS < deadline)) || { say "No answer from $1 within $2 s:"; tail -20 "$WORK"/*.log >&2; exit 1; }
        sleep 0.02
    done
}

# start_kvs DIR [key: value...] - starts a node with its data in DIR; sets KVS_PID.
start_kvs() {
    local dir=$1
    shift
    mkdir -p "$dir"
    printf '%s\n' "node_id: bench" "port: $KVS_PORT" "data_dir: $dir/data" "log_level: warn" \
        "rate_limiting_enabled: false" "auth_enabled: ${KVS_AUTH:-false}" "$@" >"$dir/config.yaml"
    background kvs "$ROOT/kvs-server/bin/kvs" "$dir/config.yaml"
    KVS_PID=$PID
}

# stop PID [SIGNAL] - ends a process and waits for it.
stop() {
    kill "-${2:-TERM}" "$1" 2>/dev/null || true
    while kill -0 "$1" 2>/dev/null; do sleep 0.02; done
}

rss_mib() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }

# run_wrk SCRIPT URL SECONDS [ARG...] - sets RATE (requests/s), P50 and P99 (ms) and ERRORS.
run_wrk() {
    local out script=$1 url=$2 seconds=$3
    shift 3
    out=$(wrk -t$THREADS -c$CONNECTIONS -d"${seconds}s" --latency -s "$BENCH/$script" "$url" -- "$@")
    read -r RATE P50 P99 ERRORS < <(awk '/^RESULT/ { print $2, $3, $4, $5 }' <<<"$out")
    [[ ${ERRORS:-1} == 0 ]] || say "$script: $ERRORS answers were errors" "$out"
}

median() { printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }
row() { printf '%-34s %12s %10s %10s %10s\n' "$@"; }
