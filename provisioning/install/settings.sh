# shellcheck shell=bash
# /etc/pressline/pressline.env: what the installation decides. All else is in pressline.toml, and
# what an administrator has changed here stays.

env_file=$etc/pressline.env

# The name that was asked for, that of before, or what this machine calls itself.
choose_host() {
    known=$(sed -n 's|^PRESSLINE_PUBLIC_URL=https://||p' "$env_file" 2>/dev/null | head -n 1)
    named=$host
    host=${host:-${known:-$(hostname -f 2>/dev/null || hostname)}}
    case $host in
        *[!A-Za-z0-9.-]* | "" | -* | .*)
            fail "--host: '$host' is no name of a machine; expected for instance box.paper.example" ;;
    esac
}

has_setting() { grep -q "^$1=" "$env_file" 2>/dev/null; }
is_setting() { grep -qxF "$1=$2" "$env_file" 2>/dev/null; }

put_setting() {
    { grep -v "^$1=" "$env_file" 2>/dev/null || true; echo "$1=$2"; } >"$scratch/env"
    put_file "$scratch/env" "$env_file" 640 root:pressline
}

# setting NAME VALUE [always]: a value that is there stays, unless it is `always` ours.
setting() {
    if [ "${3:-}" = always ]; then
        ensure "the setting $1=$2" is_setting put_setting "$1" "$2"
    else
        ensure "the setting $1" has_setting put_setting "$1" "$2"
    fi
}

write_settings() {
    setting PRESSLINE_HOME "$home" always
    setting PRESSLINE_SWITCH "$switch" always
    setting PRESSLINE_SIP 0.0.0.0:5060
    # The panel's phone and test calls; the embedded switch knows what comes from this machine.
    [ "$switch" = embedded ] || setting PRESSLINE_SIP_INSIDE 127.0.0.1:5070
    setting PRESSLINE_PANEL_PROXIES 1
    setting PRESSLINE_PUBLIC_URL "https://$host" ${named:+always}
    setting PRESSLINE_WEB_PHONE_URL "wss://$host/web-phone" ${named:+always}
}

is_prepared() { [ -s "$home/secrets.toml" ]; }

put_home() {
    told=$(/usr/local/bin/pressline prepare) || return 1
    invitation=$(printf %s "$told" | grep -A 2 'Sign in' || true)
}

# Here, with somebody to read it, and not by the service: the first administrator's password is
# shown once.
prepare_home() { ensure "secrets, store and the first administrator" is_prepared put_home; }
