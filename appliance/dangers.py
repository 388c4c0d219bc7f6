"""What lets strangers into the box: the start is refused, unless `accept_risks` names it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import structlog

from .dialplan import switch_password
from .errors import BoxUnsafe
from .exposure import is_loopback, reachable_from_outside
from .setting_types import Risk
from .settings import Settings
from .weak_secrets import weakness

log = structlog.get_logger()

HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Danger:
    risk: Risk
    message: str
    """Where, what, what was expected."""

    def __str__(self) -> str:
        return f"{self.message} To start all the same: PRESSLINE_ACCEPT_RISKS={self.risk}"


def refuse(settings: Settings, found: Iterable[Danger]) -> None:
    """Raises `BoxUnsafe` for those that are not accepted, all at once."""
    unaccepted = []
    for danger in found:
        if danger.risk in settings.accept_risks:
            log.warning("a risk is accepted", risk=danger.risk, what=danger.message)
        else:
            unaccepted.append(str(danger))
    if unaccepted:
        raise BoxUnsafe(unaccepted)


def dangers(settings: Settings) -> Iterator[Danger]:
    """What the settings open, and what the switch beside us does. Raises `SettingsInvalid`."""
    yield from _event_socket(settings)
    yield from _callbox_port(settings)
    yield from _panel(settings)
    yield from _password(settings)


def phone_dangers(settings: Settings, passwords: Mapping[str, str]) -> Iterator[Danger]:
    """Weak passwords of phones, by number, where scanners reach the switch."""
    if settings.switch == "embedded" and is_loopback(settings.sip.host):
        return
    for number, password in sorted(passwords.items()):
        if fault := weakness(password, number):
            yield Danger(
                "phone-passwords",
                f"phone {number}: strangers would register with its password: {fault} Give it a "
                "new one in the panel, or remove its line from secrets.toml to have one made.",
            )


def _event_socket(settings: Settings) -> Iterator[Danger]:
    if not is_loopback(settings.esl.host):
        yield Danger(
            "event-socket",
            f"esl: {settings.esl} is not this machine alone; who reaches the Event Socket commands "
            f"the switch, and what is said there is not encrypted. Expected {HERE}:8021, or a "
            "tunnel that ends there.",
        )
    elif settings.switch == "freeswitch":
        for address in reachable_from_outside(settings.esl.port):
            yield Danger(
                "event-socket",
                f"the switch's Event Socket listens on {address}, where others reach it; who does "
                f"commands the switch. Expected: listen-ip {HERE} in FreeSWITCH's "
                "event_socket.conf.xml (docs/freeswitch.md).",
            )


def _callbox_port(settings: Settings) -> Iterator[Danger]:
    if not is_loopback(settings.socket.host):
        yield Danger(
            "callbox-port",
            f"socket: on {settings.socket} others could hand the callbox calls that there are not; "
            f"it asks for no password. Expected {HERE}:8040.",
        )


def _panel(settings: Settings) -> Iterator[Danger]:
    if not is_loopback(settings.panel.host) and not settings.public_url.startswith("https://"):
        yield Danger(
            "panel-without-tls",
            f"panel: on {settings.panel} passwords and messages go through the network in clear. "
            f"Expected {HERE}:8080 behind a web server with TLS, and public_url = "
            '"https://…".',
        )


def _password(settings: Settings) -> Iterator[Danger]:
    if fault := weakness(switch_password(settings), "cluecon"):
        yield Danger(
            "event-socket-password",
            f"esl_password: strangers would guess it: {fault} Leave it empty for the random one in "
            "secrets.toml; FreeSWITCH's event_socket.conf.xml must have the same.",
        )
