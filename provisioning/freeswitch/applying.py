"""A running FreeSWITCH takes up the files in place; no call ends by it."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import running
from .errors import NotApplied
from .facts import Facts
from .running import Api


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done."""

    removed: Sequence[str]
    """Gateways that are there no more, or are made anew."""
    added: Sequence[str]


def apply(api: Api, facts: Facts) -> Applied:
    """Have it run what stands in its files. Raises `NotApplied`, and what `api` raises.

    A gateway that changed is taken away and made anew, since a rescan passes over those that are
    there (parse_gateways, sofia.c). Calls over it go on: they hold its memory, not its name.
    """
    done(api, "reloadxml")
    done(api, "reloadacl")
    done(api, f"fsctl max_sessions {facts.sessions}")
    found = running.gateways(api)
    removed = running.differing(facts.gateways, found)
    for name in removed:
        api(f"sofia profile trunks killgw {name}")
    wanted = {gateway.name for gateway in facts.gateways}
    added = [*running.missing(facts.gateways, found), *wanted.intersection(removed)]
    done(api, "sofia profile phones rescan")
    done(api, "sofia profile trunks rescan")
    return Applied(removed, sorted(added))


def done(api: Api, command: str) -> None:
    """Raises `NotApplied` for a refusal."""
    answer = api(command).strip()
    if answer.startswith(("-ERR", "-USAGE", "Invalid")):
        raise NotApplied(f"FreeSWITCH refused {command!r}: {answer[:200]}")
