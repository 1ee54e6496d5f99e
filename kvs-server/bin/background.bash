# kvs start|stop|restart|status: one node per configuration file, in the background, with a PID file beside that file.
# Sourced by kvs. Supervisors such as systemd run `kvs config.yaml` in the foreground instead.

readonly START_SECONDS_MAX=60
readonly STOP_SECONDS_MAX=60

# pid_of CONFIG - sets PID to the running node of this configuration; false when there is none.
pid_of() {
    PID=
    [[ -s $1.pid ]] || return 1
    read -r PID <"$1.pid"
    # A number in a file proves nothing: after a crash another program may have been given it.
    if [[ $PID =~ ^[0-9]+$ ]] && kill -0 "$PID" 2>/dev/null && [[ $(ps -p "$PID" -o args=) == *kvs-server.jar* ]]; then
        return 0
    fi
    PID=
    return 1
}

start_node() {
    local config=$1 i
    if pid_of "$config"; then
        say "The node of $config is running already (process $PID)."
        return
    fi
    prepare
    unset KVS_JAVA_OPTS
    # Made here, because the process may open it only after we have begun to read it.
    : >"$config.log"
    nohup "${COMMAND[@]}" "$config" >"$config.log" 2>&1 </dev/null &
    PID=$!
    echo "$PID" >"$config.pid"
    for ((i = 0; i < START_SECONDS_MAX * 10; i++)); do
        if [[ $(<"$config.log") =~ https?://[^[:space:]]+ ]]; then
            echo "Started process $PID: ${BASH_REMATCH[0]}; its log is $config.log"
            return
        fi
        if ! kill -0 "$PID" 2>/dev/null; then
            rm -f "$config.pid"
            cat "$config.log" >&2
            say "The node of $config did not start, see above."
            exit 1
        fi
        sleep 0.1
    done
    say "Process $PID has not said within $START_SECONDS_MAX s where it listens; see $config.log"
    exit 1
}

stop_node() {
    local config=$1 i
    if ! pid_of "$config"; then
        say "No node of $config is running."
        rm -f "$config.pid"
        return
    fi
    kill -TERM "$PID"
    for ((i = 0; i < STOP_SECONDS_MAX * 10; i++)); do
        if ! kill -0 "$PID" 2>/dev/null; then
            rm -f "$config.pid"
            echo "Stopped process $PID."
            return
        fi
        sleep 0.1
    done
    say "Process $PID has not ended within $STOP_SECONDS_MAX s. It loses nothing by kill -9 $PID."
    exit 1
}

restart_node() {
    stop_node "$1"
    start_node "$1"
}

status_node() {
    if pid_of "$1"; then
        echo "running, process $PID"
    else
        echo "not running"
        exit 3
    fi
}
