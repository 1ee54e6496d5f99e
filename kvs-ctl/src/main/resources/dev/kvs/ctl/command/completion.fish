# fish completion for kvsctl: kvsctl completion fish > ~/.config/fish/completions/kvsctl.fish
function __kvsctl_candidates
    set -l words (commandline -opc)
    # What stands at the cursor is as it was typed; kvsctl sees it without backslashes and quotes.
    set -l typed (commandline -ct)
    set -l plain (string unescape -- "$typed")
    or set plain "$typed"
    set -l found ($words[1] __complete $words[2..-1] "$plain" 2>/dev/null)
    if contains -- :files $found
        __fish_complete_path (commandline -ct)
    else
        string match -v ':*' -- $found
    end
end
complete -c kvsctl -f -a '(__kvsctl_candidates)'
