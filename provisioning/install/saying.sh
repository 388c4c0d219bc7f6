# shellcheck shell=bash
# Steps that tell what they do. Each is three words: what it is about, how to see whether it is so
# already, how to make it so. With CHECK=1 nothing is made.

changed=0

say() { printf '%s\n' "$@"; }

# A step's line: its state, and what it is about.
tell() { printf '%-8s %s\n' "$1" "$2"; }

tell_failure() { printf '\nThe installation stopped: %s\n' "$*" >&2; }

fail() {
    tell_failure "$*"
    doing=""
    exit 2
}

# ensure WHAT IS_SO MAKE [ARGUMENTS…]: both functions are given the same arguments.
ensure() {
    what=$1 is_so=$2 make=$3
    shift 3
    if "$is_so" "$@"; then
        tell ok "$what"
        return 0
    fi
    changed=$((changed + 1))
    if [ "$CHECK" = 1 ]; then
        tell missing "$what"
        return 0
    fi
    doing=$what # not `|| fail`: within such a list `set -e` is off
    "$make" "$@"
    doing=""
    tell changed "$what"
}

# Whether this machine runs systemd: not so in a chroot or a container.
has_systemd() { [ -d /run/systemd/system ]; }
