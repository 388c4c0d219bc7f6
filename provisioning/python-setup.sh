#!/usr/bin/env bash
# Makes .venv from the developers' lock file, or from LOCK; does nothing when it is already up to date.
# With --mark it only prints what .venv/.made-from holds then.
set -euo pipefail
python=${PYTHON:-python3}
lock=${LOCK:-requirements-dev.lock}
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
case $version in
    3.11 | 3.12 | 3.13) ;;
    *)
        echo "Pressline needs Python 3.11 to 3.13; $python is $version." \
            "Name another: PYTHON=python3.12 make …" >&2
        exit 1
        ;;
esac

made_from=$({ echo "$PWD" "$version" && cat "$lock" pyproject.toml; } | cksum)
if [ "${1:-}" = --mark ]; then
    echo "$made_from"
    exit 0
fi
[ "$(cat .venv/.made-from 2>/dev/null)" = "$made_from" ] && exit 0

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" != 0 ]; then
        echo "Python cannot make virtual environments here. Install: sudo apt-get install python3-venv" >&2
        exit 1
    fi
    echo "Installing the Debian package python3-venv …"
    provisioning/apt-install.sh python3-venv
fi

# Scripts in .venv name their folder and Python: one that was moved, or is of another Python,
# starts anew. Otherwise it is kept, with whatever the owner has added to it.
case $(.venv/bin/pip --version 2>/dev/null || true) in
    *" $PWD/.venv/"*"(python $version)") clear="" ;;
    *) clear=--clear ;;
esac
echo "Installing Python packages into .venv, once; this takes a minute or two."
"$python" -m venv $clear .venv
# greenswitch comes as source only: pip's old way to build it ends with pip 23.1.
.venv/bin/pip install --disable-pip-version-check --progress-bar off --use-pep517 \
    --require-hashes -r "$lock" |
    while read -r first name _; do
        case "$first $name" in
            Collecting*) echo "  ${name%%;*}" ;;
            "Installing collected") echo "  … all here; unpacking" ;;
        esac
    done
.venv/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$made_from" >.venv/.made-from
