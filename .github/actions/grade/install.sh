#!/usr/bin/env bash
# Installs tfgrad into a virtual environment of its own, so that nothing of the learner's repository is imported.
set -euo pipefail
venv="${RUNNER_TEMP:?}/tfgrad-venv"
python -m venv "$venv"
extra=""
[ "$BACKEND" = "shim" ] || extra="[tensorflow]"
if [ -n "${INSTALL:-}" ]; then
    "$venv/bin/python" -m pip install --quiet "$INSTALL"
else
    "$venv/bin/python" -m pip install --quiet -c "$ACTION_ROOT/constraints.txt" "$ACTION_ROOT$extra"
fi
