"""The `bridge` application."""

from softswitch.apps.ringing import Ringing
from softswitch.apps.setting import exported
from softswitch.bridge import Bridge, last_leg, note_end, release
from softswitch.causes import dial_status
from softswitch.channel import CallState, State
from softswitch.errors import DialStringError, Interrupted
from softswitch.line_out import OutgoingLine
from softswitch.originate.dialstring import DialString, Endpoint, parse_dial_string
from softswitch.originate.leg import CallerId, Leg
from softswitch.originate.originate import (
    DEFAULT_SECONDS,
    OriginateFailed,
    Originator,
    originate,
)
from softswitch.session import Session
from softswitch.variables import number_of


async def bridge(session: Session, argument: str) -> None:
    """Ring the phones of a dial string and talk to the one that answers."""
    before = session.channel.call_state
    session.channel.set_call_state(CallState.RING_WAIT)
    try:
        other = await _ring(session, argument)
    except (OriginateFailed, DialStringError) as error:
        session.channel.set_call_state(before)
        _note_failure(session, error.cause)
        return
    except Interrupted:
        _note_outcome(session, "ORIGINATOR_CANCEL")
        raise
    moves = other.moves
    try:
        await _talk(session, other, before)
    finally:
        if other.moves == moves:
            release(other, "NORMAL_CLEARING")


async def _ring(session: Session, argument: str) -> Session:
    dial = _with_exported(parse_dial_string(argument), exported(session))
    profile = session.channel.profile
    ringing = Ringing(session, dial)
    who = Originator(
        switch=session.switch,
        caller=session,
        caller_id=_caller_id(session, profile.caller_name, profile.caller_number),
        wait=ringing.wait,
        on_progress=ringing.on_progress,
        on_failed_leg=lambda leg: _note_leg(session, leg),
    )
    ringing.start()
    seconds = session.variables.get("originate_timeout", session.variables.get("call_timeout", ""))
    try:
        return await originate(who, dial, number_of(seconds, DEFAULT_SECONDS, 1, 86_400))
    finally:
        ringing.stop()


def _caller_id(session: Session, name: str, number: str) -> CallerId:
    variables = session.variables
    return CallerId(
        variables.get("effective_caller_id_name", name),
        variables.get("effective_caller_id_number", number),
    )


def _with_exported(dial: DialString, inherited: dict[str, str]) -> DialString:
    if not inherited:
        return dial
    groups = tuple(
        tuple(Endpoint(leg.kind, leg.address, inherited | leg.variables) for leg in group)
        for group in dial.groups
    )
    return DialString(inherited | dial.variables, groups)


def _note_leg(session: Session, leg: Leg) -> None:
    """A leg that failed, in the caller's variables."""
    failed = leg.session
    session.variables.set_all(last_leg(failed) | {"originate_signal_bond": failed.uuid})
    for name in ("sip_invite_failure_status", "sip_invite_failure_phrase"):
        session.variables.set(name, failed.variables.get(name))
    _append(session, "originated_legs", f"{_named(failed)}")
    _append(session, "originate_causes", f"{failed.uuid};{failed.channel.cause}")


def _named(leg: Session) -> str:
    profile = leg.channel.profile
    return f"{leg.uuid};{profile.callee_name};{profile.callee_number}"


def _append(session: Session, name: str, value: str) -> None:
    """switch_event.c: a header with several values is written as ARRAY::a|:b."""
    held = session.variables.get(name, "")
    if held and len(held) < 8000:
        value = f"{held if held.startswith('ARRAY::') else 'ARRAY::' + held}|:{value}"
    session.variables.set(name, value)


def _note_outcome(session: Session, cause: str) -> None:
    session.variables.set_all(
        {
            "originate_disposition": cause,
            "DIALSTATUS": dial_status(cause),
            "originate_failed_cause": cause,
        }
    )


def _note_failure(session: Session, cause: str) -> None:
    _note_outcome(session, cause)
    if not _continues(session.variables.get("continue_on_fail", ""), cause):
        session.hang_up(cause)


def _continues(rule: str, cause: str) -> bool:
    """`true`, or a list of causes that are no reason to end the call (mod_dptools.c)."""
    if rule.lower() in ("true", "yes", "1", "on"):
        return True
    return cause in {word.strip().upper() for word in rule.split(",")}


async def _talk(session: Session, other: Session, before: CallState) -> None:
    _note_success(session, other)
    other.channel.state = State.EXCHANGE_MEDIA
    _follow_answer(session, other)
    session.channel.set_call_state(CallState.ACTIVE if session.channel.answered else before)
    pair = Bridge(session, other)
    pair.tell("CHANNEL_BRIDGE")
    try:
        await pair.talk()
    finally:
        pair.part()
        note_end(session, other)
        if session.channel.hung_up:
            session.variables.set("last_bridge_role", "originator")
        pair.tell("CHANNEL_UNBRIDGE")
    # switch_ivr_bridge.c, audio_bridge_thread: who leaves somebody on hold leaves for both.
    ends = session.variables.is_true("hangup_after_bridge") or other.line.is_held
    if (ends or not session.channel.answered) and other.channel.hung_up:
        session.hang_up(other.channel.cause)


def _follow_answer(session: Session, other: Session) -> None:
    """The caller is answered when the other is; until then it hears early media."""
    if other.channel.answered:
        session.line.answer()
        return
    session.line.start_media()
    assert isinstance(other.line, OutgoingLine)
    other.line.on_answered = session.line.answer


def _note_success(session: Session, other: Session) -> None:
    for name in filter(None, session.variables.get("import", "").split(",")):
        session.variables.set(name.strip(), other.variables.get(name.strip()))
    sdp = other.variables.get("switch_r_sdp", "")
    _append(session, "originated_legs", _named(other))
    session.variables.set_all(
        {
            "switch_m_sdp": sdp,
            "video_media_flow": "inactive",
            "text_media_flow": "inactive",
            "audio_media_flow": "sendrecv",
            "originate_disposition": "SUCCESS",
            "DIALSTATUS": "SUCCESS",
        }
    )
    _append(session, "originate_causes", f"{other.uuid};NONE")
