#!/usr/bin/env bash
# npm run train -- --data DIR: data → router.onnx and its companions (or `ablate` as the first word: the ablation table). Paths are the caller's.
caller=${INIT_CWD:-$PWD}
command=train
case "${1:-}" in train | ablate) command=$1; shift ;; esac
arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --data | --out | --runs | --picks) arguments+=("$1" "$(cd "$caller" && realpath -m "${2:?$1 needs a folder}")"); shift 2 ;;
    *) arguments+=("$1"); shift ;;
  esac
done
. "$(dirname "${BASH_SOURCE[0]}")/trainer-env.sh"
cd ..
exec trainer/.venv/bin/python -m trainer "$command" "${arguments[@]}"
