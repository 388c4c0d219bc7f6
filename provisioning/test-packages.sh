#!/bin/sh
# The Debian packages that only the tests need: a SIP caller and two database servers.
set -eu
packages=""
command -v sipp >/dev/null || packages="$packages sip-tester"
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null ||
    packages="$packages postgresql"
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || packages="$packages mariadb-server"
[ -z "$packages" ] && exit 0
if [ "$(id -u)" != 0 ]; then
    echo "Some tests need Debian packages. Install: sudo apt-get install$packages" >&2
    exit 0
fi
apt-get update -qq
# Services must not start by themselves: the tests start their own on loopback.
printf '#!/bin/sh\nexit 101\n' > /tmp/pressline-policy-rc.d
[ -e /usr/sbin/policy-rc.d ] || { install -m 755 /tmp/pressline-policy-rc.d /usr/sbin/policy-rc.d; made=1; }
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
[ "${made:-}" = 1 ] && rm /usr/sbin/policy-rc.d
exit 0
