#!/usr/bin/env bash
# Makes models/trainer/.venv when it is missing or its requirements changed; sourced from models/trainer's callers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../models/trainer"

python=${PYTHON:-python3}
stamp=.venv/requirements.sha256
wanted=$(sha256sum requirements.txt | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  "$python" -m venv .venv || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv" >&2; exit 1; }
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
  echo "$wanted" > "$stamp"
fi
