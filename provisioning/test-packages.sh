#!/bin/sh
# The Debian packages that only the tests need: a SIP caller, a SIP phone, two database servers, a
# queue's server, a browser, others' sound programs to compare ours with, and
# what keeps backups.
set -eu
PATH=$PATH:/usr/sbin
set --
command -v sipp >/dev/null || set -- "$@" sip-tester
command -v baresip >/dev/null || set -- "$@" baresip-core
command -v sox >/dev/null || set -- "$@" sox
command -v espeak-ng >/dev/null || set -- "$@" espeak-ng
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null ||
    set -- "$@" postgresql
command -v mariadbd >/dev/null || set -- "$@" mariadb-server
command -v redis-server >/dev/null || set -- "$@" redis-server
command -v shellcheck >/dev/null || set -- "$@" shellcheck
command -v fail2ban-regex >/dev/null || set -- "$@" fail2ban
command -v restic >/dev/null || set -- "$@" restic
command -v sshd >/dev/null || set -- "$@" openssh-server
command -v chromium >/dev/null || set -- "$@" chromium
fc-list :lang=zh 2>/dev/null | grep -q . || set -- "$@" fontconfig fonts-wqy-zenhei
command -v chromedriver >/dev/null || set -- "$@" chromium-driver
[ $# = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian packages for the tests: $* …"
    exec provisioning/apt-install.sh "$@"
fi
echo "Some tests are skipped for want of Debian packages: sudo apt-get install --no-install-recommends $*" >&2
