# Completion of rip for fish. Every candidate comes from the program itself: rip complete -- WORDS
function __rip_complete
    set -l words (commandline -opc)
    # Under the name `ip` there is no `complete`.
    set -l program $words[1]
    test (basename -- $program) = ip; and set program rip
    for line in (command $program complete -- $words (commandline -ct) 2>/dev/null)
        if string match -q \t'*' -- $line
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c rip -f -k -a '(__rip_complete)'
# `ip`, where it is rip.
if test (realpath -- (command -s ip; or echo /) 2>/dev/null) = (realpath -- (command -s rip; or echo .) 2>/dev/null)
    complete -c ip -e
    complete -c ip -f -k -a '(__rip_complete)'
end
