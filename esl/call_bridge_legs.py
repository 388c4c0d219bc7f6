"""Whom a call is bridged to, as FreeSWITCH's dial string says it."""

import re
from collections.abc import Sequence

from esl import call_bridge_confirm as confirming
from esl.call_bridge_sounds import on_hold
from ivr_flows.ports import NOT_SHOWN, BridgeRule, CallFailed, Target

TAKEN = "pressline_taken"
"""The variable that tells which target of several took the call, counted from 0."""
SILENT_SECONDS = 12
"""Without even a ringing signal a trunk counts as failed, where there is another way: E.721 of
ITU-T, table 2, allows 11 for a call abroad (95 of 100)."""

# Nothing that parts, groups or expands in an originate string: , | [ ] { } < > $ ' and blanks.
_USER = re.compile(r"[A-Za-z0-9_.+*#-]{1,64}(@[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?)?\Z")
_SIP = re.compile(
    r"(?:sip:)?([A-Za-z0-9_.+*#-]{1,64}@[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?"
    r"(;transport=(udp|tcp|tls))?)\Z"
)
_GATEWAY = re.compile(r"(\+?[0-9*#]{1,32})@([A-Za-z0-9_.-]{1,64})\Z")
_NUMBER = re.compile(r"\+?[0-9*#]{1,32}\Z")
_NOT_IN_A_NAME = re.compile(r"[^\w .-]")


def dial_string(targets: Sequence[Target], rule: BridgeRule, profile: str) -> str:
    """All of `targets` at once. Raises `CallFailed`."""
    longest = max(_ring_seconds(target, rule) for target in targets)
    shared = {
        # Otherwise a mobile network's announcement, heard before any answer, is connected.
        "ignore_early_media": "true",
        "originate_timeout": str(longest + confirming.LONGEST),
    } | _identity(rule)
    if rule.whisper or is_confirmed(targets):
        shared |= {"group_confirm_key": "exec", "group_confirm_cancel_timeout": "true"}
    legs = [_leg(number, target, rule, profile) for number, target in enumerate(targets)]
    return f"{{{_listed(shared)}}}" + ",".join(legs)


def is_confirmed(targets: Sequence[Target]) -> bool:
    return any(target.confirm for target in targets)


def _leg(number: int, target: Target, rule: BridgeRule, profile: str) -> str:
    own = {
        "leg_timeout": str(_ring_seconds(target, rule)),
        TAKEN: str(number),
        "hold_music": _quoted(on_hold(rule.hold_music)),
    } | shown(target)
    if target.instead:
        own["leg_progress_timeout"] = str(SILENT_SECONDS)
    if not target.confirm:  # read for a leg that is asked by the settings of all
        own["group_confirm_file"] = confirming.whisper(rule.whisper)
    return f"[{_listed(own)}]{endpoint(target, profile)}"


def _ring_seconds(target: Target, rule: BridgeRule) -> int:
    seconds = rule.ring_seconds if target.ring_seconds is None else target.ring_seconds
    return max(1, round(seconds))


def endpoint(target: Target, profile: str) -> str:
    """Where a leg goes. Raises `CallFailed`."""
    if target.kind == "user" and _USER.match(target.address):
        return f"user/{target.address}"
    address = _SIP.match(target.address) if target.kind == "sip" else None
    if address:
        return f"sofia/{profile}/sip:{address.group(1)}"
    trunk = _GATEWAY.match(target.address) if target.kind == "gateway" else None
    if trunk:
        return f"sofia/gateway/{trunk.group(2)}/{trunk.group(1)}"
    raise CallFailed(
        "bridge", f"{target.kind[:20]!r} {target.address[:80]!r} is no user or SIP address"
    )


def _identity(rule: BridgeRule) -> dict[str, str]:
    """Who is shown to the other side. A number that is none is not shown at all."""
    shown_there = {}
    name = _NOT_IN_A_NAME.sub("", rule.caller_name)[:60].strip()
    if name:
        shown_there["origination_caller_id_name"] = f"'{name}'"
    if _NUMBER.match(rule.caller_number):
        shown_there["origination_caller_id_number"] = rule.caller_number
    return shown_there


def shown(target: Target) -> dict[str, str]:
    """Variables of a leg for the number that its trunk shows."""
    if target.shown_number == NOT_SHOWN:
        return {
            "origination_caller_id_name": "Anonymous",
            "origination_caller_id_number": NOT_SHOWN,
        }
    if _NUMBER.match(target.shown_number):
        return {"origination_caller_id_number": target.shown_number}
    return {}


def _quoted(value: str) -> str:
    return f"'{value}'"


def _listed(settings: dict[str, str]) -> str:
    return ",".join(f"{name}={value}" for name, value in settings.items())
