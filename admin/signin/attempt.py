"""Whether somebody's password or code is right, with guesses counted."""

import ipaddress
import math
from collections.abc import Callable, Sequence

import structlog

from admin.access import passwords, second_factor
from admin.audit import record
from store import gates
from store.fields import now
from store.gates import Gate
from store.models import PanelUser

log = structlog.get_logger()
NETWORK = 64
"""Bits of an IPv6 address that tell one household from another."""


class Locked(Exception):
    """Too many wrong ones before: this one was not looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"locked for {seconds:.0f} s")
        self.minutes = max(1, math.ceil(seconds / 60))


def by_password(name: str, password: str, address: str) -> PanelUser | None:
    """The user, or none: nobody learns whether the name or the password was wrong, neither by
    words nor by time. Raises `Locked`, for names that nobody has as well."""
    name = plain_name(name)
    user: PanelUser | None = PanelUser.get_or_none(PanelUser.name == name)

    def is_right() -> bool:
        right = passwords.is_right(user.password_hash if user else "", password)
        return right and user is not None and user.active

    if _counted([Gate.of_user(name), Gate.of_address(network(address))], is_right):
        return user
    _refused(user, address, "password")
    return None


def by_code(user: PanelUser, code: str, address: str) -> str:
    """What the code was: `code`, `recovery code`, or nothing that is right. Raises `Locked`."""
    shown: list[str] = []

    def is_right() -> bool:
        if second_factor.take_code(user, code):
            shown.append("code")
        elif second_factor.take_recovery_code(user, code):
            shown.append("recovery code")
        return bool(shown)

    if _counted([Gate.of_second_factor(user.name), Gate.of_address(network(address))], is_right):
        return shown[0]
    _refused(user, address, "code")
    return ""


def by_own_password(user: PanelUser, password: str, address: str) -> bool:
    """For somebody signed in who changes what is delicate. Raises `Locked`."""
    wanted = [Gate.of_user(user.name), Gate.of_address(network(address))]
    return _counted(wanted, lambda: passwords.is_right(user.password_hash, password))


def plain_name(name: str) -> str:
    return name.strip().casefold()[:64]


def network(address: str) -> str:
    """What counts as one guesser: an IPv4 address, or the network of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, NETWORK), strict=False))
    return str(parsed)


def _counted(wanted: Sequence[Gate], is_right: Callable[[], bool]) -> bool:
    """Counted as wrong before it is looked at: of many guesses at once none slips through."""
    seen = gates.attempt(wanted, now())
    if not seen.may_look:
        raise Locked(seen.wait_seconds)
    if not is_right():
        return False
    own, address = wanted
    gates.open_again(own, address)
    return True


def _refused(user: PanelUser | None, address: str, what: str) -> None:
    """Only names of users are kept: some people key their password where the name belongs."""
    log.warning("sign-in refused", address=address, user=user.name if user else "", wrong=what)
    if user is not None:
        record("sign-in refused", "user", user.name, None, {"wrong": what})
