#!/usr/bin/env bash
# Runs the trainer's pytest in its own environment.
. "$(dirname "${BASH_SOURCE[0]}")/trainer-env.sh"
.venv/bin/python -m pytest -q "$@"
