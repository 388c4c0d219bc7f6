# shellcheck shell=bash
# The firewall, who is shut out for guessing, and how long logs are kept.

# Where administrators come in; 22 where no SSH server is, so that one installed later is reached.
ssh_ports() {
    found=$({ sshd -T 2>/dev/null || true; } | sed -n 's/^port //p' | sort -un | tr '\n' ' ')
    # The port of this very session, whatever listens there.
    # shellcheck disable=SC2086 # words: address port address port
    set -- ${SSH_CONNECTION:-}
    # shellcheck disable=SC2086 # words
    printf '%s\n' ${found:-22} ${4-} | sort -un | paste -sd, | sed 's/,/, /g'
}

install_firewall() {
    folder "$etc/firewall.d" 755
    filled "$here/nftables/pressline.nft" "$etc/firewall.nft" "SSH=$(ssh_ports)"
    [ "$CHECK" = 1 ] || check_firewall
}

# In a container the kernel may not be asked; the service tells then.
check_firewall() {
    trouble=$(nft -c -f "$etc/firewall.nft" 2>&1) && return 0
    case $trouble in
        *"Operation not permitted"* | *"cache initialization failed"*) ;;
        *) fail "the firewall's rules are not taken: $trouble" ;;
    esac
}

install_jails() {
    for filter in "$here"/fail2ban/filter.d/*.conf; do
        file "$filter" "/etc/fail2ban/filter.d/$(basename "$filter")"
    done
    file "$here/fail2ban/jail.d/pressline.conf" /etc/fail2ban/jail.d/pressline.conf
    if [ "$switch" = freeswitch ]; then jail=freeswitch other=embedded; else jail=embedded other=freeswitch; fi
    file "$here/fail2ban/jail.d/pressline-$jail.conf" "/etc/fail2ban/jail.d/pressline-$jail.conf"
    away "/etc/fail2ban/jail.d/pressline-$other.conf"
    has_logs /var/log/fail2ban.log || ensure "/var/log/fail2ban.log" has_logs put_log /var/log/fail2ban.log
}

has_logs() { [ -e "$1" ]; }
put_log() { install -m 640 -o root -g adm /dev/null "$1"; }

install_guards() {
    install_firewall
    install_jails
    if [ "$switch" = freeswitch ]; then
        folder /var/log/freeswitch 755 freeswitch:freeswitch
        ensure "/var/log/freeswitch/freeswitch.log" has_logs put_switch_log /var/log/freeswitch/freeswitch.log
        file "$here/logrotate/pressline" /etc/logrotate.d/pressline
    fi
}

# fail2ban does not start without the file that it is to read.
put_switch_log() { install -m 640 -o freeswitch -g freeswitch /dev/null "$1"; }
