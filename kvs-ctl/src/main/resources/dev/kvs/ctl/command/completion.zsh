#compdef kvsctl
# zsh completion for kvsctl: kvsctl completion zsh > a folder of fpath, as _kvsctl
_kvsctl() {
    local line
    local -a candidates files
    local -a space
    while IFS= read -r line; do
        case $line in
            :files) _files; return ;;
            :nospace) space=(-S '') ;;
            *) candidates+=("${line%%$'\t'*}") ;;
        esac
    done < <("${words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    compadd "${space[@]}" -- "${candidates[@]}"
}
# Sourced, it is announced; autoloaded, this is the first call.
if [[ ${funcstack[1]-} == _kvsctl ]]; then _kvsctl "$@"; else compdef _kvsctl kvsctl; fi
