# shellcheck shell=bash
# Which switch: FreeSWITCH (already here, or from SignalWire's packages), or the one built in.

REPOSITORY=https://freeswitch.signalwire.com/repo/deb/debian-release
KEYRING=/usr/share/keyrings/signalwire-freeswitch-repo.gpg
SIGNIN=/etc/apt/auth.conf.d/signalwire-freeswitch.conf
# What provisioning/freeswitch loads (rendering.py, MODULES).
FREESWITCH_PACKAGES="freeswitch freeswitch-systemd freeswitch-mod-commands freeswitch-mod-conference
freeswitch-mod-dialplan-xml freeswitch-mod-dptools freeswitch-mod-event-socket
freeswitch-mod-local-stream freeswitch-mod-logfile freeswitch-mod-loopback
freeswitch-mod-native-file freeswitch-mod-rtc freeswitch-mod-sndfile freeswitch-mod-sofia
freeswitch-mod-tone-stream"

freeswitch_program() {
    command -v freeswitch 2>/dev/null || find /usr/local/freeswitch/bin/freeswitch 2>/dev/null
}

earlier_choice() { sed -n 's/^PRESSLINE_SWITCH=//p' "$etc/pressline.env" 2>/dev/null || true; }

# By what was asked for, what was chosen before, what is here, or what can be had.
choose_switch() {
    switch=${choice:-$(earlier_choice)}
    [ -n "$switch" ] && return 0
    if [ -n "$(freeswitch_program)" ] || [ -n "${SIGNALWIRE_TOKEN:-}" ]; then
        switch=freeswitch
    else
        switch=embedded
        NO_TOKEN=1
    fi
}

install_switch() {
    if [ "${NO_TOKEN:-0}" = 1 ]; then
        say "" "There is no FreeSWITCH here, and SIGNALWIRE_TOKEN is not set: the embedded switch is" \
            "taken. It is for trying out and for small desks. For FreeSWITCH get a token from" \
            "SignalWire (free of charge) and run: SIGNALWIRE_TOKEN=… provisioning/install.sh --freeswitch" ""
    fi
    [ "$switch" = freeswitch ] || return 0
    if [ -n "$(freeswitch_program)" ]; then
        tell ok "FreeSWITCH is here: $(freeswitch_program)"
        return 0
    fi
    [ -n "${SIGNALWIRE_TOKEN:-}" ] || fail "FreeSWITCH is asked for, but is not here, and its packages" \
        "need a token: SIGNALWIRE_TOKEN=… provisioning/install.sh --freeswitch" \
        "Without a token: provisioning/install.sh --embedded"
    ensure "FreeSWITCH from SignalWire's packages" has_freeswitch put_freeswitch
}

has_freeswitch() { [ -n "$(freeswitch_program)" ]; }

put_freeswitch() {
    [ "$(printf %s "$SIGNALWIRE_TOKEN" | tr -cd 'A-Za-z0-9_-')" = "$SIGNALWIRE_TOKEN" ] ||
        fail "SIGNALWIRE_TOKEN holds other than letters, digits, - and _."
    # By a file: what stands on a command line is seen by everybody on this machine.
    (umask 077 && printf 'machine %s login signalwire password %s\n' \
        "$(echo "$REPOSITORY" | cut -d/ -f3)" "$SIGNALWIRE_TOKEN" >"$scratch/signin")
    refused=$(curl -sS --fail --max-time 60 --netrc-file "$scratch/signin" \
        -o "$scratch/keyring" "$REPOSITORY/signalwire-freeswitch-repo.gpg" 2>&1) ||
        fail "SignalWire's packages cannot be had ($refused)." \
            "Is the token right, and is this machine on the internet?" \
            "To go on without: provisioning/install.sh --embedded"
    install -m 644 "$scratch/keyring" "$KEYRING"
    install -m 600 "$scratch/signin" "$SIGNIN"
    echo "deb [signed-by=$KEYRING] $REPOSITORY/ $(. /etc/os-release && echo "$VERSION_CODENAME") main" \
        >/etc/apt/sources.list.d/signalwire-freeswitch.list
    # shellcheck disable=SC2086 # a list of words
    put_packages $FREESWITCH_PACKAGES
}
