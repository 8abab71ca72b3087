#!/usr/bin/env bash
# Grades, annotates, and hands score and maximum to the workflow. Exits as tfgrad does, unless `fail` is false.
set -uo pipefail
tfgrad="${TFGRAD:-${RUNNER_TEMP:?}/tfgrad-venv/bin/tfgrad}"
mkdir -p "$REPORTS"
arguments=(grade --backend "$INPUT_BACKEND" --format github --format "json=$REPORTS/report.json")
for format in ${INPUT_FORMATS:-}; do
    case "$format" in
        json | github) ;;
        junit*) arguments+=(--format "$format=$REPORTS/${format/:/-}.xml") ;;
        markdown) arguments+=(--format "markdown=$REPORTS/report.md") ;;
        text) arguments+=(--format "text=$REPORTS/report.txt") ;;
        *:*) arguments+=(--format "$format=$REPORTS/report-${format#*:}.${format%%:*}") ;;
        *) arguments+=(--format "$format=$REPORTS/report.$format") ;;
    esac
done
[ -z "${INPUT_EXERCISES:-}" ] || arguments+=(--exercises "$INPUT_EXERCISES")
[ -z "${INPUT_EXERCISE:-}" ] || arguments+=(--exercise "$INPUT_EXERCISE")
# Files directly in the path belong to the learner; in a class every folder is one, and the name would pick only one.
if [ -n "${INPUT_LEARNER:-}" ] && [ -n "$(find "$INPUT_PATH" -maxdepth 1 \( -name '*.py' -o -name '*.ipynb' \) -print -quit)" ]; then
    arguments+=(--learner "$INPUT_LEARNER")
fi

# The learner's programs run below this process: no token, no file of the runner's may be in their surroundings.
env -u GITHUB_TOKEN -u ACTIONS_RUNTIME_TOKEN -u ACTIONS_ID_TOKEN_REQUEST_TOKEN -u ACTIONS_ID_TOKEN_REQUEST_URL \
    -u GITHUB_OUTPUT -u GITHUB_ENV -u GITHUB_PATH -u GITHUB_STATE \
    "$tfgrad" "${arguments[@]}" -- "$INPUT_PATH"
code=$?

if [ -f "$REPORTS/report.json" ]; then
    python3 - "$REPORTS/report.json" "$code" >>"${GITHUB_OUTPUT:-/dev/null}" <<'PYTHON'
import json, sys

summary = json.load(open(sys.argv[1], encoding="utf-8"))["summary"]
print(f"score={float(summary['score']):g}")
print(f"max={float(summary['max_score']):g}")
print(f"passed={'true' if sys.argv[2] == '0' else 'false'}")
PYTHON
fi
if [ "$code" = 1 ] && [ "${INPUT_FAIL:-true}" != "true" ]; then
    exit 0
fi
exit "$code"
