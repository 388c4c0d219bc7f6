# shellcheck shell=bash
# systemd: units, what starts by itself, and (where systemd runs) starting it.

units=/etc/systemd/system
UNITS="pressline.target pressline-prepare.service pressline-callbox.service pressline-switch.service
pressline-worker.service pressline-panel.service pressline-webphone.service
pressline-switch-guard.service firewall-pressline.service"

install_units() {
    for unit in $UNITS; do
        file "$here/systemd/$unit" "$units/$unit"
    done
    file "$here/systemd/pressline-.service.d/sandbox.conf" \
        "$units/pressline-.service.d/sandbox.conf"
    file "$here/systemd/pressline-switch-guard.service.d/see-and-end.conf" \
        "$units/pressline-switch-guard.service.d/see-and-end.conf"
    [ "$switch" = freeswitch ] && install_freeswitch_unit
    return 0
}

install_freeswitch_unit() {
    program=$(freeswitch_program)
    [ -e /lib/systemd/system/freeswitch.service ] ||
        filled "$here/systemd/freeswitch.service" "$units/freeswitch.service" "FREESWITCH=$program"
    filled "$here/systemd/freeswitch.service.d/pressline.conf" \
        "$units/freeswitch.service.d/pressline.conf" "FREESWITCH=$program"
}

is_masked() { [ "$(readlink "$units/$1" 2>/dev/null)" = /dev/null ]; }

# What an administrator has masked is his.
is_enabled() { is_masked "$1" || systemctl is-enabled -q "$1" 2>/dev/null; }
put_enabled() { systemctl enable -q "$1" 2>/dev/null; }
is_disabled() { ! systemctl is-enabled -q "$1" 2>/dev/null; }
put_disabled() { systemctl disable -q "$1" 2>/dev/null; }
enabled() { ensure "$1 starts with the system" is_enabled put_enabled "$1"; }

enable_units() {
    enabled firewall-pressline.service
    enabled pressline.target
    if [ "$switch" = freeswitch ]; then
        enabled freeswitch.service
        enabled pressline-switch-guard.service
        is_disabled pressline-switch.service ||
            ensure "the embedded switch starts no more" is_disabled put_disabled pressline-switch.service
    else
        enabled pressline-switch.service
    fi
    for unit in nginx fail2ban; do enabled "$unit.service"; done
}

is_active() { is_masked "$1" || systemctl is-active -q "$1"; }
put_active() { systemctl restart "$1"; }

start_units() {
    if [ "$changed" != 0 ] && [ "$CHECK" = 0 ]; then
        systemctl daemon-reload
        systemctl restart firewall-pressline.service fail2ban.service pressline.target
        [ "$switch" = embedded ] || systemctl restart freeswitch.service
        systemctl reload-or-restart nginx.service
    fi
    switch_unit=freeswitch.service
    [ "$switch" = freeswitch ] || switch_unit=pressline-switch.service
    for unit in firewall-pressline.service pressline-callbox.service pressline-worker.service \
        pressline-panel.service "$switch_unit" nginx.service fail2ban.service; do
        ensure "$unit runs" is_active put_active "$unit"
    done
}

install_services() {
    install_units
    enable_units
    if has_systemd; then
        start_units
    else
        say "systemd does not run here: the services are enabled, and not started."
    fi
}

tell_what_next() {
    say "" "The panel is at https://$host/ ; what to do first: docs/install.md"
    is_own_certificate && say "Its certificate is self-made, so browsers warn. A real one:" \
        "docs/install.md, \"A certificate\"."
    return 0
}
