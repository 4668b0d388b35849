# Completion of rip for bash. Every candidate comes from the program itself: rip complete -- WORDS
_rip() {
  local line=${COMP_LINE:0:COMP_POINT} words cut program
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  local cur=${words[-1]}
  # readline puts in only what stands behind the last of its own word breaks: `fe80::`, `-color=`.
  cut=${cur%"${cur##*["$COMP_WORDBREAKS"]}"}
  # Under the name `ip` there is no `complete`.
  program=${words[0]/#\~/$HOME} && [[ ${program##*/} == ip ]] && program=rip
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      $'\t'*) compopt -o default ;;
      *) line=${line%%$'\t'*} && COMPREPLY+=("${line#"$cut"}") ;;
    esac
  done < <("$program" complete -- "${words[@]}" 2>/dev/null)
}
complete -o nosort -F _rip rip
# `ip`, where it is rip.
[[ $(type -P ip) -ef $(type -P rip) ]] && complete -o nosort -F _rip ip
