"""FreeSWITCH's configuration kept as settings and store say: written, and taken up."""

from dataclasses import dataclass
from typing import Literal

from esl.errors import EslError
from provisioning.freeswitch import running
from provisioning.freeswitch.applying import Applied, apply
from provisioning.freeswitch.checking import check
from provisioning.freeswitch.errors import NotApplied
from provisioning.freeswitch.facts import Facts
from provisioning.freeswitch.rendering import generation, render
from provisioning.freeswitch.running import Api
from provisioning.freeswitch.writing import ensure_surroundings, install

from .home import Home
from .settings import Settings
from .switch_facts import switch_facts
from .switch_link import switch_api


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it."""

    written: bool
    """Whether files had to be changed."""
    state: Literal["applied", "as it was", "not ours", "away"]
    """`not ours`: FreeSWITCH runs with somebody's own configuration, and is left alone."""
    reason: str = ""
    applied: Applied | None = None


def write_configuration(settings: Settings, home: Home) -> bool:
    """Put the files in place; whether any had to be changed. On an open store.

    Raises `ProvisioningError`, `StoreAway`, `SettingsInvalid`.
    """
    facts = switch_facts(settings, home)
    ensure_surroundings(facts.music, facts.certificates)
    files = render(facts)
    check(files)
    return install(facts.folder, files)


def configure(settings: Settings, home: Home, *, always: bool = False) -> Outcome:
    """Write it, and have a FreeSWITCH that has read something else take it up.

    `always`: also one that has read it already. Raises as `write_configuration`, and `NotApplied`.
    """
    written = write_configuration(settings, home)
    facts = switch_facts(settings, home)
    try:
        with switch_api(settings) as api:
            return _taken_up(api, facts, written, always)
    except EslError as error:
        return Outcome(written, "away", str(error))


def _taken_up(api: Api, facts: Facts, written: bool, always: bool) -> Outcome:
    if not running.is_ours(api, facts.folder):
        return Outcome(written, "not ours")
    expected = generation(render(facts))
    if running.generation(api) == expected and not always:
        return Outcome(written, "as it was")
    applied = apply(api, facts)
    if (found := running.generation(api)) != expected:
        raise NotApplied(f"FreeSWITCH has read {found or 'nothing of ours'}, not {expected}")
    return Outcome(written, "applied", applied=applied)
