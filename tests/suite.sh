#!/bin/sh
# Runs a part of the tests, with pytest's arguments. What fails beside others runs once more, alone:
# calls sound in real time, and beside others the machine itself may have been late. The first
# failure stays in the output, and whoever passes only alone is named there: it is to be looked into.
set -eu
pytest="$(dirname "$0")/../.venv/bin/pytest"

code=0
"$pytest" "$@" || code=$?
[ "$code" = 1 ] || exit "$code" # 1: tests failed; all else is no matter of theirs
echo "== Failed beside others; once more, alone:"
"$pytest" "$@" --numprocesses 0 --verbose --last-failed --last-failed-no-failures none
echo "== These passed only alone: look into them."
