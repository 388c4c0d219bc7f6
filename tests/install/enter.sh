#!/bin/bash
# enter.sh ROOT [FOLDERS…] -- COMMAND…: runs it in ROOT, in mount and process namespaces of its own,
# which the caller has made. FOLDERS of this machine are seen there, unchangeable.
set -eu
root=$1
shift
mount --make-rprivate /
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"
    mount --bind -o ro "$1" "$root$1"
    shift
done
shift
# How this machine reaches packages: whom it trusts, its pip's settings and what pip has kept.
mount --bind /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
touch "$root/etc/host-pip.conf"
[ ! -e /etc/pip.conf ] || mount --bind /etc/pip.conf "$root/etc/host-pip.conf"
[ ! -e "$HOME/.config/pip/pip.conf" ] ||
    mount --bind "$HOME/.config/pip/pip.conf" "$root/etc/host-pip.conf"
kept=$(dirname "$root")/pip-cache
mkdir -p "$kept" "$root/root/.cache/pip"
mount --bind "$kept" "$root/root/.cache/pip"
exec chroot "$root" "$@"
