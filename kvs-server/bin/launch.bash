# Shared by the launchers: finds a JDK 25 and Maven, and says clearly what is missing. Sourced, never run.
# It sits on the path of every start, so the usual case forks no process: version numbers are read from files.

[[ -n ${BASH_VERSION-} ]] || { echo "this file is for bash" >&2; exit 69; }

readonly KVS_JAVA_VERSION=25

# say LINE... - one line on standard error, so that standard output stays the program's own.
say() { printf '%s\n' "$*" >&2; }

# give_up LINE... - says why, one line per argument, and ends with 69 (EX_UNAVAILABLE: something needed is missing).
give_up() {
    printf '%s\n' "$@" >&2
    exit 69
}

# is_jdk DIR - true when DIR holds a whole JDK (with the compiler) of the version we need.
is_jdk() {
    [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
    local line
    while IFS= read -r line; do
        [[ $line =~ ^JAVA_VERSION=\"${KVS_JAVA_VERSION}([.+\"-]) ]] && return 0
    done <"$1/release"
    return 1
}

# find_jdk - sets JDK to the first JDK 25: JAVA_HOME, then PATH, then the places where installers put them.
find_jdk() {
    local dir link
    if [[ -n ${JAVA_HOME-} ]] && is_jdk "$JAVA_HOME"; then
        JDK=$JAVA_HOME
        return
    fi
    if link=$(type -P javac); then
        dir=$(readlink -f "$link" 2>/dev/null || echo "$link")
        dir=${dir%/bin/javac}
        if is_jdk "$dir"; then
            JDK=$dir
            return
        fi
    fi
    for dir in /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* \
        "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        /opt/java/* /opt/jdk* /opt/*jdk* /usr/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if is_jdk "$dir"; then
            JDK=$dir
            return
        fi
    done
    give_up "KVS needs a JDK $KVS_JAVA_VERSION and found none in JAVA_HOME, on PATH or in the usual places." \
        "  Debian, Ubuntu   apt-get install temurin-25-jdk (Adoptium's repository) or openjdk-25-jdk" \
        "  macOS            brew install openjdk@25" \
        "  anywhere         sdk install java 25-tem (sdkman.io), or unpack an archive from adoptium.net" \
        "Then run this again; if the JDK is in an unusual place, set JAVA_HOME to it."
}

# find_maven - gives up with a hint unless mvn is there.
find_maven() {
    type -P mvn >/dev/null && return
    give_up "KVS is built by Maven, and there is no mvn on PATH (3.8 or newer is needed)." \
        "  Debian, Ubuntu   apt-get install maven" \
        "  macOS            brew install maven" \
        "  anywhere         sdk install maven (sdkman.io), or unpack an archive from maven.apache.org"
}

# maven ARG... - Maven, in the project at $ROOT, on the JDK that was found.
maven() {
    # Maven's own libraries use calls that a new JDK warns about; the warnings would only hide ours.
    local quiet="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    # It also ends every module with an escape sequence that resets a terminal, whatever it was told about colours.
    (cd "$ROOT" && JAVA_HOME=$JDK MAVEN_OPTS="$quiet ${MAVEN_OPTS-}" mvn -B -Dstyle.color=never "$@" </dev/null 2>&1) |
        sed -u $'s/\033\\[0\\{0,1\\}m//g'
}

# is_stale JAR MODULE... - true when JAR is missing or older than the sources of the modules that go into it.
is_stale() {
    local jar=$1 newest=$1 module file
    [[ -f $jar ]] || return 0
    # A build that changes nothing leaves the jar as it was; the stamp remembers that it was looked at.
    [[ $jar.built -nt $newest ]] && newest=$jar.built
    shopt -s nullglob
    shopt -s globstar 2>/dev/null || true
    [[ $ROOT/pom.xml -nt $newest ]] && return 0
    for module in "${@:2}"; do
        for file in "$ROOT/$module/pom.xml" "$ROOT/$module"/src/main/**; do
            [[ $file -nt $newest ]] && return 0
        done
    done
    return 1
}

# build JAR MODULE... - packages the last of the modules with all it needs, unless the jar is already current.
build() {
    local jar=$1 modules=("${@:2}") started=$SECONDS
    local last=${modules[${#modules[@]} - 1]}
    is_stale "$jar" "${modules[@]}" || return 0
    if [[ -f $jar ]] && ! type -P mvn >/dev/null; then
        say "The sources are newer than ${jar#"$ROOT"/}, but there is no mvn to build them; going on with what is built."
        return
    fi
    find_maven
    hold_build_lock
    if is_stale "$jar" "${modules[@]}"; then
        say "Building $last; the first time takes a minute or two and loads its libraries ..."
        maven -q -pl "$last" -am package -Dmaven.test.skip=true >&2 || give_up "The build of $last failed, see above."
        : >"$jar.built"
        say "Built in $((SECONDS - started)) s."
    fi
    release_build_lock
}

# Two launchers started together must not build into the same folder at once. A lock whose owner has died is broken.
hold_build_lock() {
    BUILD_LOCK=$ROOT/kvs-client/target/launcher.lock
    mkdir -p "$ROOT/kvs-client/target"
    local owner announced=
    until (set -o noclobber && echo $$ >"$BUILD_LOCK") 2>/dev/null; do
        owner=$(cat "$BUILD_LOCK" 2>/dev/null || true)
        if [[ -n $owner ]] && ! kill -0 "$owner" 2>/dev/null; then
            rm -f "$BUILD_LOCK"
            continue
        fi
        [[ -n $announced ]] || say "Waiting for another launcher (process ${owner:-unknown}) that is building ..."
        announced=yes
        sleep 0.5
    done
    trap release_build_lock EXIT
}

release_build_lock() {
    rm -f "$BUILD_LOCK"
    trap - EXIT
}

# aot_cache JAR CACHE TRAINER - makes CACHE by running the command TRAINER CACHE, once per jar, and sets AOT to the JVM
# flags that use it. Without a cache the program starts too, only slower.
aot_cache() {
    local jar=$1 cache=$2 trainer=("${@:3}")
    AOT=()
    if [[ ! $cache -nt $jar && -w ${cache%/*} ]]; then
        hold_build_lock
        if [[ ! $cache -nt $jar ]]; then
            say "Preparing the start-up cache ${cache#"$ROOT"/} (once per build) ..."
            rm -f "$cache"
            if ! "${trainer[@]}" "$cache" >"$cache.log" 2>&1; then
                say "That did not work, so starts will be slower; ${cache#"$ROOT"/}.log says why."
                : >"$cache"
            fi
        fi
        release_build_lock
    fi
    # An empty file says that the training of this very jar failed: it is not tried again at each start.
    [[ ! -s $cache || $jar -nt $cache ]] || AOT=("-XX:AOTCache=$cache" '-Xlog:aot*=off' '-Xlog:cds*=off')
}
