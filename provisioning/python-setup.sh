#!/bin/sh
# Makes .venv from the lock file; does nothing when it is already up to date.
set -eu
stamp=.venv/.made-from
[ -f "$stamp" ] && cmp -s requirements.lock "$stamp" && exit 0
python=${PYTHON:-python3}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv
    else
        echo "Python cannot make virtual environments here. Install: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
"$python" -m venv .venv
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
cp requirements.lock "$stamp"
