"""A call that somebody at a phone sent elsewhere, or joined with another, is ours no more.

Its connection stays open and still commands it (transcript of a transfer): a hang-up by us would
end what the phone has just begun.
"""

from esl import commands
from esl.event import Event
from esl.session import CallSession
from ivr_flows.ports import CallEnded

BLIND = "BLIND_TRANSFER"
ATTENDED = "ATTENDED_TRANSFER"
HANGUP_LIMIT = 5.0
"""Seconds the switch may take to confirm a hang-up."""


def check_ours(session: CallSession, completion: Event) -> None:
    """Raises `CallEnded` when the call has left, by what a completed bridge says of it."""
    source = completion.get("Caller-Transfer-Source")
    if source and source != session.transfer_source:
        _leave(session, joined=":uuid_br:" in source)
    if completion.get("variable_transfer_disposition") == "replaced":
        _end_replaced(session)


def _leave(session: CallSession, *, joined: bool) -> None:
    if joined:
        # Otherwise it goes on behind `socket`, to the last resort, when the other hangs up
        # (switch_ivr_bridge.c, uuid_bridge_on_soft_execute).
        session.cork(commands.api(f"uuid_setvar {session.id} hangup_after_bridge true"))
        session.flush()
    session.ended = ATTENDED if joined else BLIND
    raise CallEnded(session.ended, connected=True)


def _end_replaced(session: CallSession) -> None:
    """The phone's second call, whose other side now talks to the caller of the first.

    Left alone it would go on behind `socket`, with the last resort.
    """
    session.cork(commands.hangup(ATTENDED))
    session.flush()
    session.wait_until(lambda: session.gone, HANGUP_LIMIT)
    raise CallEnded(ATTENDED, connected=True)
