"""Connecting the caller with somebody else."""

import time
from collections.abc import Sequence
from dataclasses import replace

from esl import commands
from esl.call_bridge_confirm import LONGEST, question
from esl.call_bridge_legs import TAKEN, dial_string, is_confirmed
from esl.call_bridge_outcomes import TRUNK_FAILED, outcome_of
from esl.call_bridge_sounds import on_hold, waiting
from esl.call_bridge_transfer import check_ours
from esl.event import Event
from esl.session import CallSession
from ivr_flows.ports import (
    BridgeOutcome,
    BridgeResult,
    BridgeRule,
    CallEnded,
    CallFailed,
    Target,
    Tried,
)

TALK_LIMIT = 6 * 3600.0
"""Seconds a connected pair may talk: a line left off the hook must not hold a call for ever."""
RING_MARGIN = 10.0
"""Seconds beyond the ring time before the switch counts as stuck."""

Group = Sequence[Target]
"""Targets that ring together."""
Round = tuple[Group, str]
"""And the dial string that has them ring."""


def bridge(
    session: CallSession, targets: Sequence[Target], rule: BridgeRule, profile: str
) -> BridgeResult:
    """Ring the targets and connect the first that takes the call, until either side hangs up.

    Raises `CallEnded` when the caller hangs up (`connected` if they spoke) or is transferred
    elsewhere by the other, `CallFailed`, `SwitchLost`.
    """
    session.check_alive()
    if not targets:
        raise CallFailed("bridge", "nobody to ring")
    groups: list[Group] = [targets] if rule.at_once else [[target] for target in targets]
    # All of them now: what cannot be dialled must be found out before anybody is rung.
    dialled = [_rounds(group, rule, profile) for group in groups]
    _prepare(session, targets, rule)
    tried: list[tuple[Target, BridgeOutcome]] = []
    result = BridgeResult(BridgeOutcome.FAILED)
    for rounds in dialled:
        result = _ring_by_any_way(session, rounds, rule, tried)
        if result.outcome is BridgeOutcome.ANSWERED:
            break
    session.keypad.clear()  # keys pressed now were for the other side
    return replace(result, tried=tuple(tried))


def _rounds(group: Group, rule: BridgeRule, profile: str) -> list[Round]:
    """First by their first ways, then by the others of those that have some."""
    rounds = []
    while group:
        rounds.append((group, dial_string(group, rule, profile)))
        group = [target.instead for target in group if target.instead]
    return rounds


def _prepare(session: CallSession, targets: Sequence[Target], rule: BridgeRule) -> None:
    """What holds for every attempt stands in the caller's variables."""
    ringing = waiting(rule.music, rule.country)
    settings = {
        # Otherwise a failed bridge hangs up the caller with the other side's cause
        # (mod_dptools.c, audio_bridge_function).
        "continue_on_fail": "true",
        "hangup_after_bridge": "false",
        "ringback": ringing,
        # Read instead for a call that is answered (switch_ivr_originate.c).
        "transfer_ringback": ringing,
        "instant_ringback": "true",
        "hold_music": on_hold(rule.hold_music),
        "import": TAKEN,
    }
    session.cork_locked("multiset", "^^|" + "|".join(map("=".join, settings.items())))
    if is_confirmed(targets):
        # Not among them: `set` expands what must be expanded after the key only.
        asked = question([*rule.whisper, *rule.confirm]).replace("'", "\\'")
        session.cork(commands.api(f"uuid_setvar {session.id} group_confirm_file {asked}"))


def _ring_by_any_way(
    session: CallSession,
    rounds: Sequence[Round],
    rule: BridgeRule,
    tried: list[tuple[Target, BridgeOutcome]],
) -> BridgeResult:
    """A later way is tried only where the trunk has failed. Adds to `tried`."""
    result = BridgeResult(BridgeOutcome.FAILED)
    for group, argument in rounds:
        try:
            result = _ring(session, group, argument, rule)
        except CallEnded as ended:
            ended.tried = (*tried, *ended.tried)
            raise
        tried += result.tried
        if result.cause not in TRUNK_FAILED:
            break
    return result


def _ring(session: CallSession, group: Group, argument: str, rule: BridgeRule) -> BridgeResult:
    session.bridged_at = session.unbridged_at = 0.0
    session.begin("bridge", argument)
    longest = max(target.ring_seconds or rule.ring_seconds for target in group)
    session.wait_until(
        lambda: bool(session.bridged_at) or session.is_settled or session.gone,
        longest + LONGEST + RING_MARGIN,
    )
    completion = None
    try:
        completion = session.completion("bridge", TALK_LIMIT if session.bridged_at else 0.0)
        session.check_alive()
        check_ours(session, completion)
    except CallEnded as ended:
        connected = bool(session.bridged_at)
        tried = _rung(group, completion) if connected else _all(group, BridgeOutcome.NO_ANSWER)
        raise CallEnded(ended.cause, connected=connected, tried=tried) from ended
    return _result(session, completion, group)


def _result(session: CallSession, completion: Event, group: Group) -> BridgeResult:
    if not session.bridged_at:
        cause = completion.get("variable_originate_disposition")
        outcome = outcome_of(cause)
        return BridgeResult(outcome, cause, tried=_all(group, outcome))
    until = session.unbridged_at or time.monotonic()
    seconds = until - session.bridged_at
    return BridgeResult(BridgeOutcome.ANSWERED, "SUCCESS", seconds, _rung(group, completion))


def _all(group: Group, outcome: BridgeOutcome) -> Tried:
    return [(target, outcome) for target in group]


def _rung(group: Group, completion: Event | None) -> Tried:
    """Who took the call: of several it is told at the end only."""
    told = completion.get(f"variable_{TAKEN}") if completion else ""
    taken = told if len(group) > 1 else "0"
    return [
        (target, BridgeOutcome.ANSWERED if str(number) == taken else BridgeOutcome.NO_ANSWER)
        for number, target in enumerate(group)
    ]
