# shellcheck shell=bash
# nginx with TLS in front of the panel.

tls=$etc/tls

has_certificate() { [ -s "$tls/fullchain.pem" ] && [ -s "$tls/privkey.pem" ]; }

# For ten years: nobody trusts it anyhow before he has looked at it.
put_certificate() (
    umask 077
    kind=DNS
    [ -n "${host//[0-9.]/}" ] || kind=IP
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
        -subj "/CN=$host" -addext "subjectAltName=$kind:$host" \
        -keyout "$tls/privkey.pem" -out "$tls/fullchain.pem" 2>/dev/null
)

is_own_certificate() { [ ! -L "$tls/fullchain.pem" ]; }

link_certificate() {
    for name in fullchain privkey; do
        [ -s "$certificate/$name.pem" ] || fail "--certificate: there is no $certificate/$name.pem"
        link "$certificate/$name.pem" "$tls/$name.pem"
    done
}

fill_site() {
    cp "$here/nginx/pressline.conf" "$scratch/site"
    # Without IPv6 in the kernel nginx would not start.
    [ -e /proc/net/if_inet6 ] || sed -i '/listen \[::\]/d' "$scratch/site"
    filled "$scratch/site" /etc/nginx/sites-available/pressline "HOST=$host"
}

install_web() {
    folder "$tls" 750
    if [ -n "$certificate" ]; then
        link_certificate
    else
        ensure "a certificate for $host" has_certificate put_certificate
    fi
    fill_site
    link ../sites-available/pressline /etc/nginx/sites-enabled/pressline
    away /etc/nginx/sites-enabled/default
    [ "$CHECK" = 1 ] || nginx -q -t || fail "nginx does not take its configuration; see above."
}
