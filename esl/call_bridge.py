"""Connecting the caller with somebody else."""

import re
import time
from collections.abc import Sequence

from esl.session import CallSession
from ivr_flows.ports import (
    BridgeOutcome,
    BridgeResult,
    BridgeRule,
    CallEnded,
    CallFailed,
    Role,
    Target,
)

TALK_LIMIT = 6 * 3600.0
"""Seconds a connected pair may talk: a line left off the hook must not hold a call for ever."""
RING_MARGIN = 10.0
"""Seconds beyond the ring time before the switch counts as stuck."""

# Nothing that parts, groups or expands in an originate string: , | [ ] { } < > $ ' and blanks.
_USER = re.compile(r"[A-Za-z0-9_.+*#-]{1,64}(@[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?)?\Z")
_SIP = re.compile(
    r"(?:sip:)?([A-Za-z0-9_.+*#-]{1,64}@[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?"
    r"(;transport=(udp|tcp|tls))?)\Z"
)
_NUMBER = re.compile(r"\+?[0-9*#]{1,32}\Z")
_NOT_IN_A_NAME = re.compile(r"[^\w .-]")
_ROOM = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")

OUTCOMES = {
    "SUCCESS": BridgeOutcome.ANSWERED,
    "USER_BUSY": BridgeOutcome.BUSY,
    "NORMAL_CIRCUIT_CONGESTION": BridgeOutcome.BUSY,
    "NO_ANSWER": BridgeOutcome.NO_ANSWER,
    "ALLOTTED_TIMEOUT": BridgeOutcome.NO_ANSWER,
    "NO_USER_RESPONSE": BridgeOutcome.NO_ANSWER,
    "PROGRESS_TIMEOUT": BridgeOutcome.NO_ANSWER,
    "CALL_REJECTED": BridgeOutcome.REFUSED,
    "SUBSCRIBER_ABSENT": BridgeOutcome.UNREACHABLE,
    "USER_NOT_REGISTERED": BridgeOutcome.UNREACHABLE,
    "UNALLOCATED_NUMBER": BridgeOutcome.UNREACHABLE,
    "NO_ROUTE_DESTINATION": BridgeOutcome.UNREACHABLE,
    "INVALID_NUMBER_FORMAT": BridgeOutcome.UNREACHABLE,
    "RECOVERY_ON_TIMER_EXPIRE": BridgeOutcome.UNREACHABLE,
    "NORMAL_TEMPORARY_FAILURE": BridgeOutcome.UNREACHABLE,
    "DESTINATION_OUT_OF_ORDER": BridgeOutcome.UNREACHABLE,
    "GATEWAY_DOWN": BridgeOutcome.UNREACHABLE,
}
"""The causes seen for each SIP answer; every other one is `FAILED`."""

FLAGS = {Role.LISTENER: "+flags{mute}", Role.SPEAKER: "", Role.MODERATOR: "+flags{moderator}"}


def bridge(
    session: CallSession, targets: Sequence[Target], rule: BridgeRule, profile: str
) -> BridgeResult:
    """Ring the targets and connect the first that answers, until either side hangs up.

    Raises `CallEnded` when the caller hangs up (`connected` if they spoke), `CallFailed`,
    `SwitchLost`.
    """
    session.check_alive()
    argument = _argument(targets, rule, profile)
    # Otherwise a failed bridge hangs up the caller with the other side's cause
    # (mod_dptools.c, audio_bridge_function).
    session.set_variable("continue_on_fail", "true")
    session.set_variable("hangup_after_bridge", "false")
    session.bridged_at = session.unbridged_at = 0.0
    session.begin("bridge", argument)
    ringing = rule.ring_seconds * (1 if rule.at_once else len(targets)) + RING_MARGIN
    session.wait_until(
        lambda: bool(session.bridged_at) or session.is_settled or session.gone, ringing
    )
    try:
        completion = session.completion("bridge", TALK_LIMIT if session.bridged_at else 0.0)
        session.check_alive()
    except CallEnded as ended:
        raise CallEnded(ended.cause, connected=bool(session.bridged_at)) from ended
    session.keypad.clear()  # keys pressed now were for the other side
    if session.bridged_at:
        until = session.unbridged_at or time.monotonic()
        return BridgeResult(BridgeOutcome.ANSWERED, "SUCCESS", until - session.bridged_at)
    cause = completion.get("variable_originate_disposition")
    return BridgeResult(OUTCOMES.get(cause, BridgeOutcome.FAILED), cause)


def conference(session: CallSession, room: str, role: Role) -> None:
    """Join until the caller leaves or the room ends. Raises as `bridge`."""
    session.check_alive()
    if not _ROOM.match(room):
        raise CallFailed("conference", f"{room[:80]!r} is no room: letters, digits, _ and - only")
    session.execute("conference", f"{room}@default{FLAGS[role]}", TALK_LIMIT)
    session.keypad.clear()


def _argument(targets: Sequence[Target], rule: BridgeRule, profile: str) -> str:
    if not targets:
        raise CallFailed("bridge", "nobody to ring")
    ring = max(1, round(rule.ring_seconds))
    legs = [f"[leg_timeout={ring}]{_endpoint(target, profile)}" for target in targets]
    return _identity(rule) + ("," if rule.at_once else "|").join(legs)


def _endpoint(target: Target, profile: str) -> str:
    if target.kind == "user" and _USER.match(target.address):
        return f"user/{target.address}"
    address = _SIP.match(target.address) if target.kind == "sip" else None
    if address:
        return f"sofia/{profile}/sip:{address.group(1)}"
    raise CallFailed(
        "bridge", f"{target.kind[:20]!r} {target.address[:80]!r} is no user or SIP address"
    )


def _identity(rule: BridgeRule) -> str:
    """Who is shown to the other side. A number that is none is not shown at all."""
    shown = {}
    name = _NOT_IN_A_NAME.sub("", rule.caller_name)[:60].strip()
    if name:
        shown["origination_caller_id_name"] = f"'{name}'"
    if _NUMBER.match(rule.caller_number):
        shown["origination_caller_id_number"] = rule.caller_number
    listed = ",".join(f"{key}={value}" for key, value in shown.items())
    return f"{{{listed}}}" if listed else ""
