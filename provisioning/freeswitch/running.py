"""What a running FreeSWITCH says of itself, over any way to its API."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .errors import NotApplied
from .facts import Facts, Gateway
from .rendering import GATEWAY_DIGEST, GENERATION

Api = Callable[[str], str]
"""A command of FreeSWITCH's API; its answer, with `-ERR` and all. Raises what its giver raises."""

BINDINGS: Final = {"tls": "tls-bind-url", "wss": "wss-bind-url"}
"""How `sofia xmlstatus profile` calls what is bound beside `bind-url`."""
PORT: Final = re.compile(r":(\d{1,5})(?:$|[;/])")
HOST: Final = re.compile(r"@([\d.]+|\[[\da-fA-F:]+\])")


@dataclass(frozen=True, slots=True)
class GatewayState:
    """A gateway as it runs."""

    name: str
    state: str
    """Of its registration: REGED, NOREG, FAIL_WAIT …"""
    is_up: bool
    digest: str
    """Of what it was made; empty for one that is none of ours."""


def is_ours(api: Api, folder: Path) -> bool:
    """Whether it was started with our configuration, and not with somebody's own."""
    given = api("global_getvar conf_dir").strip()
    return bool(given) and Path(given).absolute() == (folder / "conf").absolute()


def generation(api: Api) -> str:
    """Of the files that it has read; empty for files that are none of ours."""
    return api(f"global_getvar {GENERATION}").strip()


def gateways(api: Api) -> Mapping[str, GatewayState]:
    """Of the profile `trunks`. Raises `NotApplied` for an answer that cannot be read."""
    names = _parsed(api("sofia xmlstatus gateway")).findall("gateway")
    found = [_state(api, element) for element in names if _text(element, "profile") == "trunks"]
    return {state.name: state for state in found}


def differing(expected: Sequence[Gateway], found: Mapping[str, GatewayState]) -> Sequence[str]:
    """Names of gateways that run and are others, or are wanted no more."""
    digests = {gateway.name: gateway.digest for gateway in expected}
    return sorted(name for name, state in found.items() if digests.get(name) != state.digest)


def missing(expected: Sequence[Gateway], found: Mapping[str, GatewayState]) -> Sequence[str]:
    return sorted({gateway.name for gateway in expected} - found.keys())


def trouble(state: GatewayState | None, gateway: Gateway) -> str:
    """What is wrong with a trunk, in words; empty: nothing."""
    if state is None:
        return f"trunk {gateway.name}: FreeSWITCH does not have it"
    if gateway.user and not gateway.password:
        return f"trunk {gateway.name}: it has a user name and no password, so it does not register"
    if state.state not in ("REGED", "NOREG"):
        hint = "; its certificate may not be trusted here" if gateway.transport == "tls" else ""
        return f"trunk {gateway.name} is not registered ({state.state}){hint}"
    return "" if state.is_up else f"trunk {gateway.name} does not answer"


def needs_restart(api: Api, facts: Facts) -> Sequence[str]:
    """What only a restart changes, in words; it would end calls, so a person decides."""
    found = [_of_profile(api, facts, profile) for profile in _profiles(facts)]
    return [told for profile in found for told in profile]


def _profiles(facts: Facts) -> Sequence[str]:
    return ["phones", "trunks", *(["inside"] if facts.listening.inside else [])]


def _of_profile(api: Api, facts: Facts, profile: str) -> Sequence[str]:
    info = _parsed(api(f"sofia xmlstatus profile {profile}")).find("profile-info")
    if info is None:
        return [f"the profile {profile} does not run: sofia profile {profile} start"]
    wanted, bound = _ports(facts, profile), _bound(info)
    return [
        f"{profile} ({kind}) listens on port {bound.get(kind, 0) or 'none'}, and ought to on "
        f"{port or 'none'}: sofia profile {profile} restart (ends its calls)"
        for kind, port in wanted.items()
        if port != bound.get(kind, 0)
    ]


def _ports(facts: Facts, profile: str) -> Mapping[str, int]:
    on = facts.listening
    if profile == "inside":
        return {"sip": on.inside[1] if on.inside else 0}
    if profile == "trunks":
        return {"sip": on.trunks, "tls": on.trunks_tls}
    return {"sip": on.phones, "tls": on.tls, "wss": on.wss}


def bound_host(api: Api, profile: str) -> str:
    """Where a profile listens for SIP; empty when it does not run."""
    info = _parsed(api(f"sofia xmlstatus profile {profile}")).find("profile-info")
    found = HOST.search(_text(info, "bind-url")) if info is not None else None
    return found[1] if found else ""


def _bound(info: ElementTree.Element) -> Mapping[str, int]:
    urls = {kind: _text(info, name) for kind, name in {"sip": "bind-url", **BINDINGS}.items()}
    ports = {kind: PORT.search(url) for kind, url in urls.items()}
    return {kind: int(port[1]) for kind, port in ports.items() if port}


def _state(api: Api, element: ElementTree.Element) -> GatewayState:
    name = _text(element, "name")
    digest = api(f"sofia_gateway_data {name} ivar {GATEWAY_DIGEST}").strip()
    is_digest = re.fullmatch("[0-9a-f]{16}", digest)
    status = _text(element, "status")
    return GatewayState(name, _text(element, "state"), status == "UP", digest if is_digest else "")


def _text(element: ElementTree.Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _parsed(answer: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(answer)
    except ElementTree.ParseError as error:
        if answer.startswith(("Invalid", "-ERR")):
            return ElementTree.Element("nothing")
        raise NotApplied(
            f"FreeSWITCH's answer cannot be read ({error}): {answer[:80]!r}"
        ) from error
