#!/bin/bash
# Installs Pressline on Debian 12 or 13; run as root from Pressline's folder. Doing it again changes
# nothing that is as it should be. docs/install.md tells more.
set -eu
umask 022

usage() {
    cat <<'END'
provisioning/install.sh [--check] [--embedded | --freeswitch] [--host NAME] [--certificate FOLDER]

  --check               change nothing; tell what would be, with exit status 1 if anything would
  --embedded            the switch that is built in, whatever else is there
  --freeswitch          FreeSWITCH: the one that is here, or SignalWire's packages, for which
                        their token must be in the environment: SIGNALWIRE_TOKEN=…
  --host NAME           the name by which browsers reach this machine (else: what it calls itself)
  --certificate FOLDER  with fullchain.pem and privkey.pem for that name, as certbot keeps them in
                        /etc/letsencrypt/live/NAME (else: one that browsers warn of)
END
}

CHECK=0 choice="" host="" certificate="" invitation="" doing=""
while [ $# -gt 0 ]; do
    case $1 in
        --check) CHECK=1 ;;
        --embedded) choice=embedded ;;
        --freeswitch) choice=freeswitch ;;
        --host) host=${2:?"--host needs a name"} && shift ;;
        --certificate) certificate=${2:?"--certificate needs a folder"} && shift ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && exit 2 ;;
    esac
    shift
done

here=$(cd "$(dirname "$0")" && pwd)
source_tree=$(dirname "$here")
home=/var/lib/pressline
etc=/etc/pressline
# shellcheck source=provisioning/install/saying.sh
. "$here/install/saying.sh"
# shellcheck source=provisioning/install/files.sh
. "$here/install/files.sh"
# shellcheck source=provisioning/install/debian.sh
. "$here/install/debian.sh"
# shellcheck source=provisioning/install/switch.sh
. "$here/install/switch.sh"
# shellcheck source=provisioning/install/users.sh
. "$here/install/users.sh"
# shellcheck source=provisioning/install/program.sh
. "$here/install/program.sh"
# shellcheck source=provisioning/install/settings.sh
. "$here/install/settings.sh"
# shellcheck source=provisioning/install/web.sh
. "$here/install/web.sh"
# shellcheck source=provisioning/install/guards.sh
. "$here/install/guards.sh"
# shellcheck source=provisioning/install/services.sh
. "$here/install/services.sh"

scratch=$(mktemp -d)
at_end() {
    status=$?
    [ $status = 0 ] || [ -z "$doing" ] || tell_failure "$doing"
    [ -z "$invitation" ] || printf '\n%s\n' "$invitation"
    rm -rf "$scratch"
}
trap at_end EXIT

ensure_debian
choose_switch
choose_host
install_packages
install_switch
make_users
install_program
write_settings
prepare_home
install_web
install_guards
install_services

if [ "$changed" = 0 ]; then
    say "" "Nothing had to be changed."
elif [ "$CHECK" = 1 ]; then
    say "" "$changed of these would be changed. Nothing was."
    exit 1
else
    say "" "$changed of these were changed."
    tell_what_next
fi
