# shellcheck shell=bash
# The system: which it is, and the packages of its own that the box needs.

PACKAGES="ca-certificates curl fail2ban logrotate nftables nginx openssl python3
python3-systemd python3-venv restic rsync systemd util-linux"

ensure_debian() {
    [ "$(id -u)" = 0 ] || fail "it must be run as root: sudo provisioning/install.sh"
    debian=$(. /etc/os-release && echo "${ID:-?} ${VERSION_ID:-?}")
    case $debian in
        "debian 12" | "debian 13") ;;
        *) fail "this is $debian; expected Debian 12 or 13. Elsewhere: make run, see README.md" ;;
    esac
}

is_package() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

are_packages() {
    for package in "$@"; do
        is_package "$package" || return 1
    done
}

missing_packages() {
    for package in "$@"; do
        is_package "$package" || printf ' %s' "$package"
    done
}

put_packages() {
    # shellcheck disable=SC2046 # a list of words
    "$here/apt-install.sh" $(missing_packages "$@")
}

# One of these sets the clock; each does. In a container the machine outside does.
has_clock_keeper() {
    is_package chrony || is_package systemd-timesyncd || is_package ntpsec || in_container
}

in_container() { command -v systemd-detect-virt >/dev/null && systemd-detect-virt -q --container; }

install_packages() {
    # shellcheck disable=SC2086 # a list of words
    ensure "Debian packages:$(missing_packages $PACKAGES)" are_packages put_packages $PACKAGES
    ensure "the clock is kept right" has_clock_keeper put_packages systemd-timesyncd
}
