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
    (cd "$ROOT" && JAVA_HOME=$JDK MAVEN_OPTS="$quiet ${MAVEN_OPTS-}" mvn -B "$@" </dev/null)
}
