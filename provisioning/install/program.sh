# shellcheck shell=bash
# The program: a folder for each version, with the Python packages in it; `current` is the one in use.

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$source_tree/pyproject.toml")
release=/opt/pressline/releases/$version
current=/opt/pressline/current

# What differs between the two trees, by rsync's words; nothing when they are the same.
differences() {
    rsync -rlpgo --checksum --omit-dir-times --delete --itemize-changes "$@" \
        --chown=root:root --chmod=D755,Fu+rw,Fgo+r,Fgo-w \
        --exclude=.git --exclude=/.venv --exclude=/var --exclude=/tests --exclude=/bench \
        --exclude=__pycache__ --exclude='*.egg-info' --exclude='.*_cache' --exclude=.hypothesis \
        --exclude=node_modules "$source_tree/" "$release/"
}

is_copied() {
    [ "$source_tree" -ef "$release" ] && return 0
    [ -d "$release" ] && command -v rsync >/dev/null && [ -z "$(differences --dry-run)" ]
}

put_copy() { mkdir -p "$release" && differences >/dev/null && touch "$release/.compile"; }

setup_python() { LOCK=requirements.lock provisioning/python-setup.sh "$@"; }

has_packages() {
    [ -d "$release/.venv" ] && [ ! -e "$release/.compile" ] && (
        cd "$release" && [ "$(cat .venv/.made-from 2>/dev/null)" = "$(setup_python --mark)" ]
    )
}

# The services may write nothing here, so what Python would keep beside a file is made now.
put_python() (
    cd "$release" && setup_python &&
        .venv/bin/python -m compileall -q -x '/\.venv/' . && rm -f .compile
)

refuse_other_version() {
    [ -L "$current" ] && [ ! "$current" -ef "$release" ] || return 0
    fail "this box runs $(basename "$(readlink "$current")"), and this is $version." \
        "Bring it to the new version with a backup and a way back: pressline upgrade $source_tree"
}

install_program() {
    refuse_other_version
    ensure "the program in $release" is_copied put_copy
    ensure "its Python packages" has_packages put_python
    link "releases/$version" "$current"
    file "$here/install/pressline.wrapper" /usr/local/bin/pressline 755
}
