"""What FreeSWITCH is told, gathered from the settings and the store."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from lines.dialling import records as dialling
from lines.dialling.entry import TrunkEntry
from lines.phones.records import known
from provisioning.freeswitch.facts import Facts, Gateway, Listening, Phone, Rule

from .book import load_book
from .dialplan import esl_password, extensions
from .errors import SettingsInvalid
from .home import Home
from .notice import line_notices, make_notice
from .secrets_file import load_secrets
from .settings import Settings

SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
"""Of Debian's ca-certificates. Where it is missing, FreeSWITCH takes nobody's certificate."""
ANSWERED = ("answer", "")
"""First of all: a flow that begins by speaking is heard 24 ms sooner (docs/freeswitch.md)."""


def switch_facts(settings: Settings, home: Home) -> Facts:
    """On an open store. Raises `StoreAway`, `SettingsInvalid`."""
    secrets = load_secrets(home.root, settings.phones)
    notice = make_notice(home, settings)
    lines = line_notices(home, settings, load_book())
    return Facts(
        folder=home.switch_folder.absolute(),
        listening=_listening(settings),
        event_socket_password=esl_password(settings, secrets),
        rules=[
            Rule(rule.caller, rule.dialled, (ANSWERED, *rule.actions))
            for rule in extensions(settings, notice, lines)
        ],
        phones=_phones(settings, secrets.phones),
        gateways=_gateways(settings),
        srtp=settings.srtp,
        authorities=_authorities(settings.trunk_authorities),
        sessions=settings.switch_sessions,
    )


def _authorities(given: str) -> Path | None:
    """Raises `SettingsInvalid`."""
    if given == "none":
        return None
    if given == "system":
        return SYSTEM_AUTHORITIES
    if not Path(given).is_file():
        raise SettingsInvalid(
            [f"trunk_authorities: {given} is no file; expected system, none, or certificates (PEM)"]
        )
    return Path(given).absolute()


def _listening(settings: Settings) -> Listening:
    return Listening(
        host=settings.sip.host,
        phones=settings.sip.port,
        trunks=settings.trunk_port,
        tls=settings.tls_port,
        wss=settings.wss_port,
        inside=settings.sip_inside,
        public_ip=settings.public_ip,
        rtp=settings.rtp_ports,
        event_socket=settings.esl,
    )


def _phones(settings: Settings, passwords: Mapping[str, str]) -> Sequence[Phone]:
    """Where a number stands in both, the settings count."""
    found = {row.number: Phone(row.number, row.title, row.password) for row in known()}
    found |= {
        number: Phone(number, title, passwords[number]) for number, title in settings.phones.items()
    }
    return [phone for _, phone in sorted(found.items()) if phone.password]


def _gateways(settings: Settings) -> Sequence[Gateway]:
    """Trunks that only name a gateway of FreeSWITCH's own are none of ours."""
    passwords = dialling.trunk_passwords()
    usual = [TrunkEntry(name="settings", host=settings.trunk)] if settings.trunk else []
    return [
        Gateway(
            name=trunk.name,
            host=trunk.host,
            transport=trunk.transport,
            user=trunk.user,
            password=passwords.get(trunk.name, ""),
            domain=trunk.domain,
            expires=trunk.expires,
            number=trunk.number,
            addresses=trunk.addresses,
        )
        for trunk in dialling.trunks() or usual
        if trunk.host
    ]
