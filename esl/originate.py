"""Calls that the switch places for us: rung here, answered at the callbox like any other."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from esl.call import EslCall
from esl.call_bridge_legs import endpoint, shown
from esl.call_bridge_outcomes import outcome_of
from esl.errors import CommandFailed, CommandTimeout, EslError
from esl.switch import Switch
from ivr_flows.ports import NOT_SHOWN, BridgeOutcome, CallFailed, Target

log = logging.getLogger(__name__)

TOKEN = "pressline_outgoing"
"""The variable that says for whom the call was placed. No caller can set it: of what a caller
sends, headers become variables only under `sip_h_` (sofia.c, sofia_handle_sip_i_invite)."""
SPARE = 5
"""Seconds that the whole may take beyond the ringing of its phones, each of which is given up
by its own limit."""
MARGIN = 10.0
"""Seconds more before the switch counts as stuck."""
RINGING = ("DOWN", "RINGING", "EARLY")
"""Call states of a channel that nobody has answered."""
_PLAIN_TOKEN = re.compile(r"[A-Za-z0-9-]{8,64}\Z")


@dataclass(frozen=True, slots=True)
class Order:
    """One phone to be rung."""

    token: str
    """Letters, digits and hyphens; nobody can guess it."""
    target: Target
    ring_seconds: float
    """Where the target itself says nothing."""
    callbox: tuple[str, int]
    """Where the switch brings the call once it is answered."""
    caller_name: str = ""
    """Shown there, if it is plain ASCII."""
    profile: str = "internal"


@dataclass(frozen=True, slots=True)
class Rung:
    """What became of the ringing."""

    outcome: BridgeOutcome
    cause: str = ""
    """The switch's own word."""


def originate(switch: Switch, order: Order) -> Rung:
    """Ring one phone until it is answered or cannot be; waits so long.

    The answered call may be with the callbox before this returns. Raises `CallFailed` for a
    target that is none.
    """
    command = f"originate {_dial_string(order)} {_program(order)}"
    try:
        switch.bgapi(command, _seconds(order) + SPARE + MARGIN)
    except CommandFailed as failed:
        cause = failed.reply.removeprefix("-ERR").strip()
        return Rung(outcome_of(cause), cause)
    except CommandTimeout as late:
        cancel(switch, order.token)
        return Rung(BridgeOutcome.FAILED, str(late))
    except EslError as error:
        return Rung(BridgeOutcome.FAILED, str(error))
    return Rung(BridgeOutcome.ANSWERED, "SUCCESS")


def cancel(switch: Switch, token: str) -> None:
    """Hang up whatever was placed under `token`, ringing or answered; never raises `EslError`.

    A channel that the switch has yet to make is missed: ask again until `originate` returns.
    """
    try:
        switch.api(f"hupall ORIGINATOR_CANCEL {TOKEN} {_checked(token)}")
    except EslError as error:
        log.warning("a call was not cancelled: %s", error)


def token_of(call: EslCall) -> str | None:
    """Under which token a call was placed; None for one that came in."""
    return call.variable(TOKEN) if call.is_outbound else None


def end_leftovers(
    switch: Switch, channels: Iterable[Mapping[str, Any]], is_known: Callable[[str], bool]
) -> None:
    """Of the rows of `show channels`, end what rings for a token that nobody knows (any more).

    Raises `EslError`, as `Switch.api`.
    """
    for row in channels:
        if row.get("direction") == "outbound" and row.get("callstate") in RINGING:
            token = _token_of_row(switch, row)
            if _PLAIN_TOKEN.match(token) and not is_known(token):
                cancel(switch, token)


def _token_of_row(switch: Switch, row: Mapping[str, Any]) -> str:
    try:
        return switch.api(f"uuid_getvar {row.get('uuid')} {TOKEN}").strip()
    except CommandFailed:
        return ""  # it has ended by now


def _dial_string(order: Order) -> str:
    seconds = _seconds(order)
    settings = {
        TOKEN: _checked(order.token),
        # Otherwise a network's announcement, heard before any answer, counts as one.
        "ignore_early_media": "true",
        "originate_timeout": str(seconds + SPARE),
        "playback_terminators": "any",  # else the callbox sets it, a command more
    } | _identity(order)
    listed = ",".join(f"{name}={value}" for name, value in settings.items())
    return f"{{{listed}}}[leg_timeout={seconds}]{endpoint(order.target, order.profile)}"


def _identity(order: Order) -> dict[str, str]:
    # Without a number the switch makes one up, of zeros (switch_ivr_originate.c).
    nobody = {"origination_caller_id_number": NOT_SHOWN}
    name = re.sub(r"[^A-Za-z0-9 ._-]", "", order.caller_name)[:60].strip()
    named = {"origination_caller_id_name": f"'{name}'"} if name else {}
    return nobody | named | shown(order.target)


def _program(order: Order) -> str:
    # Unquoted, the words after the address are lost, and the call is served synchronously
    # (switch_ivr_originate.c, and mod_commands.c, originate_function, which parts at blanks).
    host, port = order.callbox
    return f"'&socket({host}:{port} async full)'"


def _seconds(order: Order) -> int:
    wished = order.target.ring_seconds
    return max(1, round(order.ring_seconds if wished is None else wished))


def _checked(token: str) -> str:
    if not _PLAIN_TOKEN.match(token):
        raise CallFailed("originate", f"{token[:80]!r} is no token: letters, digits, hyphens")
    return token
