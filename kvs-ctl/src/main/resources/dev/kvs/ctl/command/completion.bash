# bash completion for kvsctl: eval "$(kvsctl completion bash)"
_kvsctl() {
    local typed=${COMP_LINE:0:COMP_POINT} cur=${COMP_WORDS[COMP_CWORD]} words line candidate before
    # bash cuts words at : and = also; kvsctl sees them whole, and what bash has cut off is cut off the answers.
    read -a words <<<"$typed"
    [[ $typed != *[[:space:]] ]] || words+=("")
    before=${words[${#words[@]} - 1]}
    before=${before%"${cur//\\/}"}
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :files) compopt -o default -o filenames ;;
            :nospace) compopt -o nospace ;;
            *)
                candidate=${line%%$'\t'*}
                printf -v candidate %q "${candidate#"$before"}"
                COMPREPLY+=("$candidate")
                ;;
        esac
    done < <("${words[0]}" __complete "${words[@]:1}" 2>/dev/null)
}
complete -F _kvsctl kvsctl
