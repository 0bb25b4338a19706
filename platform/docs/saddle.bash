# Completion of saddle for bash; installed to share/bash-completion/completions/saddle.
_saddle() {
  local commands="run sweep resume repair diff verify check plugins describe estimate compare report watch export sample show new doctor"
  local kinds="generator discriminator loss metric dataset"
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command= at i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --plugin-path) ((i++)) ;;
      -*) ;;
      *) command=${COMP_WORDS[i]}; at=$i; break ;;
    esac
  done
  COMPREPLY=()
  case $previous in
    --plugin-path | --out) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --plugin) mapfile -t COMPREPLY < <(compgen -f -X '!*.so' -- "$word"; compgen -d -- "$word"); return ;;
    --x | --y | --output | -o | --save-latent) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --estimator)
      mapfile -t COMPREPLY < <(compgen -W \
        "$("${COMP_WORDS[0]}" estimate --list 2>/dev/null | awk -F'[ :]' '/^(entropy|kl|mi) /{print $2}')" -- "$word")
      return ;;
    --run) mapfile -t COMPREPLY < <(compgen -f -X '!*.h5' -- "$word"; compgen -d -- "$word"); return ;;
    --metric)
      mapfile -t COMPREPLY < <(compgen -W \
        "$("${COMP_WORDS[0]}" plugins metric 2>/dev/null | awk '{print $2}')" -- "$word")
      return ;;
    --unit) mapfile -t COMPREPLY < <(compgen -W "nats bits" -- "$word"); return ;;
    --set | --vary | --seeds | --jobs | --series | --every | --threads | --timeout | --count | --step | --seed | --latent | --columns) return ;;
  esac
  local options="--help --plugin-path"
  case $command in
    run) options+=" --out --overwrite --set" ;;
    sweep) options+=" --jobs --json --out --seeds --set --vary" ;;
    watch) options+=" --every" ;;
    export) options+=" --best --out --step" ;;
    report) options+=" --output" ;;
    compare) options+=" --json --series" ;;
    resume) options+=" --set" ;;
    verify) options+=" --windows" ;;
    diff) options+=" --replay" ;;
    check) options+=" --json --plugin --set --show-resolved --timeout" ;;
    estimate) options+=" --estimator --json --list --metric --run --set --threads --unit --x --y" ;;
    sample) options+=" --best --columns --count --interpolate --json --latent --output --save-latent --seed --step --threads" ;;
    plugins | show) options+=" --json" ;;
    describe) options+=" --json --json-schema" ;;
    new) options+=" --out" ;;
    "") options+=" --version" ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    return
  fi
  local place=$((COMP_CWORD - ${at:-0}))
  case $command:$place in
    :*) mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word") ;;
    run:* | sweep:* | check:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.yaml' -- "$word"; compgen -d -- "$word") ;;
    resume:*) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    compare:* | report:* | watch:* | export:* | sample:* | show:* | repair:* | diff:* | verify:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.h5' -- "$word"; compgen -d -- "$word") ;;
    describe:1) mapfile -t COMPREPLY < <(compgen -W "$kinds spec" -- "$word") ;;
    plugins:1 | new:1) mapfile -t COMPREPLY < <(compgen -W "$kinds" -- "$word") ;;
    estimate:1) mapfile -t COMPREPLY < <(compgen -W "entropy kl mi" -- "$word") ;;
    describe:2)
      mapfile -t COMPREPLY < <(compgen -W \
        "$("${COMP_WORDS[0]}" plugins "$previous" 2>/dev/null | awk '{print $2}')" -- "$word") ;;
  esac
}
complete -F _saddle saddle
