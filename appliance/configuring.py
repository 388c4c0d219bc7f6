"""FreeSWITCH's configuration kept as settings and store say: written, and taken up."""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from esl.errors import EslError
from provisioning.freeswitch import network, running
from provisioning.freeswitch.applying import Applied, apply
from provisioning.freeswitch.checking import check
from provisioning.freeswitch.errors import NotApplied
from provisioning.freeswitch.facts import Facts
from provisioning.freeswitch.rendering import generation, render
from provisioning.freeswitch.running import Api
from provisioning.freeswitch.writing import ensure_surroundings, install
from softswitch.sip.udp import own_host_towards

from .home import Home
from .settings import Settings
from .switch_facts import switch_facts
from .switch_link import switch_api

OUTSIDE = ("192.0.2.1", 9)
"""Of no network (RFC 5737): only the way there is asked for, and nothing is sent."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it."""

    written: bool
    """Whether files had to be changed."""
    state: Literal["applied", "as it was", "not ours", "away"]
    """`not ours`: FreeSWITCH runs with somebody's own configuration, and is left alone."""
    reason: str = ""
    applied: Applied | None = None
    restart: Sequence[str] = ()
    """What only a restart changes, in words."""
    trunks: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with each, in words; empty: nothing."""
    brought_to: str = ""
    """The address on which it listens now; empty: it had one before."""


def write_configuration(settings: Settings, home: Home) -> bool:
    """Put the files in place; whether any had to be changed. On an open store.

    Raises `ProvisioningError`, `StoreAway`, `SettingsInvalid`.
    """
    with _alone(home):
        return _written(switch_facts(settings, home))[1]


def configure(settings: Settings, home: Home, *, always: bool = False) -> Outcome:
    """Write it, and have a FreeSWITCH that has read something else take it up.

    `always`: also one that has read it already. Raises as `write_configuration`, and `NotApplied`.
    """
    with _alone(home):
        facts = switch_facts(settings, home)
        expected, written = _written(facts)
        try:
            with switch_api(settings) as api:
                return _taken_up(api, facts, expected, written, always)
        except EslError as error:
            return Outcome(written, "away", str(error))


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """The worker, a command and the start may want it at the same moment."""
    home.switch_folder.mkdir(parents=True, exist_ok=True)
    with (home.root / "run" / "switch.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _written(facts: Facts) -> tuple[str, bool]:
    """The generation, and whether it is a new one."""
    ensure_surroundings(facts)
    files = render(facts)
    check(files)
    return generation(files), install(facts.folder, files)


def _taken_up(api: Api, facts: Facts, expected: str, written: bool, always: bool) -> Outcome:
    if not running.is_ours(api, facts.folder):
        return Outcome(written, "not ours")
    applied = None
    if always or running.generation(api) != expected:
        applied = apply(api, facts)
        if (found := running.generation(api)) != expected:
            raise NotApplied(f"FreeSWITCH has read {found or 'nothing of ours'}, not {expected}")
    restart = running.needs_restart(api, facts)
    trunks = running.gateways(api)
    address = own_host_towards("0.0.0.0", OUTSIDE)
    if is_shut_in := address != network.LOOPBACK and network.is_shut_in(api, facts):
        network.open_up(api, address)
    return Outcome(
        written,
        "applied" if applied else "as it was",
        applied=applied,
        restart=restart,
        trunks={one.name: running.trouble(trunks.get(one.name), one) for one in facts.gateways},
        brought_to=address if is_shut_in else "",
    )
