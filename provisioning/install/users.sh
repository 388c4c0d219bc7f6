# shellcheck shell=bash
# Who runs what: `pressline` the program, `freeswitch` the switch, which shares folders by the group.

has_user() { id "$1" >/dev/null 2>&1; }
put_user() { useradd --system --user-group --home-dir "$2" --shell /usr/sbin/nologin "$1"; }
in_group() { id -nG "$1" 2>/dev/null | tr ' ' '\n' | grep -qx "$2"; }
put_in_group() { usermod -aG "$2" "$1"; }

make_users() {
    ensure "the user pressline" has_user put_user pressline "$home"
    if [ "$switch" = freeswitch ]; then
        ensure "the user freeswitch" has_user put_user freeswitch /var/lib/freeswitch
        ensure "freeswitch is in the group pressline" in_group put_in_group freeswitch pressline
    fi
    # Others look in vain; the switch, of the group, may pass through to its folders.
    folder "$home" 750 pressline:pressline
    folder "$etc" 755
}
