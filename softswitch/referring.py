"""What comes of a phone's REFER (sofia.c, sofia_handle_sip_i_refer).

A transfer ends at a number of the dialplan or at a call that we have: never at an address that
a phone names. FreeSWITCH dials the address of a call that it does not know; we refuse.
"""

from softswitch.apps.joining import join
from softswitch.line import SipLine
from softswitch.session import Session
from softswitch.sip.referral import DONE, FORBIDDEN, Referral, Replaced
from softswitch.transfers import transfer_to

ATTENDED = "ATTENDED_TRANSFER"


def refer(session: Session, referral: Referral) -> str:
    """Status and phrase for the phone. The call that asks ends by what it leads to."""
    if referral.replaced is not None:
        return _attended(session, _session_of(session, referral.replaced))
    if session.peer is None or not referral.user:
        return FORBIDDEN
    session.variables.set("endpoint_disposition", "BLIND_TRANSFER")
    transfer_to(session.peer, referral.user)
    return DONE


def _attended(session: Session, second: Session | None) -> str:
    """Join the peers of both calls; who has none goes where the other call went."""
    if second is None or second is session:
        return FORBIDDEN
    one, other = session.peer, second.peer
    if one is None and other is None:
        return FORBIDDEN
    second.variables.set("transfer_disposition", "replaced")
    second.variables.set("endpoint_disposition", ATTENDED)
    if one is not None and other is not None:
        join(one, other)
    elif one is not None:
        transfer_to(one, second.channel.profile.destination_number)
    elif other is not None:
        transfer_to(other, session.channel.profile.destination_number)
    second.hang_up(ATTENDED, aside=True)
    session.hang_up(ATTENDED, aside=True)
    return DONE


def _session_of(session: Session, wanted: Replaced) -> Session | None:
    for found in session.switch.sessions.values():
        line = found.line
        if isinstance(line, SipLine) and not found.channel.hung_up and _is(line, wanted):
            return found
    return None


def _is(line: SipLine, wanted: Replaced) -> bool:
    call = line.call
    known = call.call_id, call.local_tag, call.dialog.remote_tag
    return known == (wanted.call_id, wanted.to_tag, wanted.from_tag)
