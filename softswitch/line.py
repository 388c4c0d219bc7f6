"""The signalling of a session: what SIP does to its channel, and the other way round."""

import re

from softswitch.causes import NORMAL, Q850, cause_named, cause_of_sip, sip_of_cause
from softswitch.channel import CallState
from softswitch.media.keys import VALID, Key
from softswitch.media.rtp_port import RtpPort, Terms
from softswitch.session import Session
from softswitch.sip.call import SipCall
from softswitch.sip.ending import Ending, EndReason
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.offer import Agreement, AudioSession
from softswitch.sip.sdp import SessionDescription
from softswitch.sip_variables import local_media, remote_media

_REASON = re.compile(r"\bQ\.850\s*;\s*cause\s*=\s*(\d{1,3})", re.IGNORECASE)
_DTMF_RELAY = re.compile(rb"Signal\s*=\s*([0-9A-Da-d*#])", re.IGNORECASE)
_RELAY_DURATION = re.compile(rb"Duration\s*=\s*(\d{1,5})", re.IGNORECASE)
_PHRASES = {200: "OK"}


class SipLine:
    """What lines in both directions share."""

    def __init__(self, call: SipCall, port: RtpPort, audio: AudioSession) -> None:
        self.call = call
        self.port = port
        self.audio = audio
        self.session: Session
        self.agreed: Agreement | None = None
        self.is_held = False
        """Whether the far end has put the call on hold, or was told to."""
        call.on_end = self._on_end
        call.on_info = self._on_info
        call.on_refer = lambda referral: self.session.switch.refer(self.session, referral)
        call.on_reoffer = self._on_reoffer
        call.on_reanswer = self._on_reanswer

    def attach(self, session: Session) -> None:
        self.session = session
        self.port.on_key = session.press

    def agree(self, agreed: Agreement) -> None:
        """Note what was agreed on; audio begins with `connect`."""
        self.agreed = agreed
        self.session.channel.codec = agreed.codec
        sdp = self.call.remote_sdp
        self.session.variables.set_all(remote_media(agreed, sdp.raw if sdp else b""))

    def connect(self) -> None:
        """Let audio flow as agreed."""
        if self.agreed is None:
            return
        agreed = self.agreed
        terms = Terms(
            agreed.codec, agreed.payload_type, agreed.event_type, agreed.remote, agreed.may_send
        )
        self.port.connect(terms, self.call.source[0])

    def note_local_media(self) -> None:
        if self.agreed is not None:
            known = local_media(self.port.address, self.agreed, self.call.local_sdp)
            self.session.variables.set_all(known | {"rtp_use_ssrc": str(self.port.ssrc)})

    def hold(self, on: bool) -> None:
        """Ask the far end to hear nothing, or everything again."""
        if self.session.channel.answered:
            self.call.reinvite(self.audio.offer("sendonly" if on else "sendrecv"))
            self.mark_held(on)

    def mark_held(self, on: bool) -> None:
        if on == self.is_held:
            return
        self.is_held = on
        channel = self.session.channel
        channel.set_call_state(CallState.HELD if on else CallState.UNHELD)
        channel.fire("CHANNEL_HOLD" if on else "CHANNEL_UNHOLD")
        self.session.on_hold(on)
        if not on:
            channel.set_call_state(CallState.ACTIVE)

    def send_key(self, key: Key) -> None:
        if self.port.takes_keys:
            self.port.send_key(key)
        elif self.session.channel.answered:
            body = f"Signal={key.digit}\r\nDuration={key.samples // 8}\r\n".encode()
            self.call.send_info("application/dtmf-relay", body)

    def _on_reoffer(self, offer: SessionDescription) -> bytes:
        """Raises NotAcceptable: the call goes on as before."""
        answer, agreed = self.audio.answer(offer)
        self.agree(agreed)
        self.connect()
        self.mark_held(agreed.is_held)
        return answer

    def _on_reanswer(self, answer: SessionDescription) -> None:
        try:
            self.agreed = self.audio.accept(answer)
        except NotAcceptable:
            return
        self.connect()

    def _on_info(self, kind: str, body: bytes) -> None:
        if kind == "application/dtmf-relay" and (match := _DTMF_RELAY.search(body)):
            length = _RELAY_DURATION.search(body)
            samples = int(length[1]) * 8 if length else 2000
            self.session.press(Key(match[1].decode().upper(), samples, "ENDPOINT"))
        elif kind == "application/dtmf" and body.strip().decode("latin-1") in VALID:
            self.session.press(Key(body.strip().decode(), source="ENDPOINT"))

    def _on_end(self, reason: EndReason) -> None:
        """The far end or the network ended it."""
        variables = self.session.variables
        status = reason.status or 200
        if reason.kind is Ending.BYE:
            variables.set("sip_hangup_disposition", "recv_bye")
        elif reason.kind is Ending.CANCEL:
            variables.set("sip_hangup_disposition", "recv_cancel")
        elif reason.kind is Ending.FAILED:
            variables.set("sip_hangup_disposition", "recv_refuse")
            variables.set("sip_invite_failure_status", str(status))
            variables.set("sip_invite_failure_phrase", reason.phrase)
        cause = ended_cause(reason)
        variables.set("sip_term_status", str(status))
        variables.set("proto_specific_hangup_cause", f"sip:{status}")
        variables.set("sip_term_cause", str(Q850.get(cause, 16)))
        variables.set("sip_hangup_phrase", reason.phrase or _PHRASES.get(status))
        self.session.hang_up(cause, aside=self.session.peer is not None)


def ended_cause(reason: EndReason) -> str:
    """The hangup cause that an end means; a Q.850 number in a BYE counts first."""
    told = _REASON.search(reason.reason_header)
    if reason.kind is Ending.BYE:
        return cause_named(told[1]) if told else NORMAL
    if reason.kind is Ending.CANCEL:
        return "ORIGINATOR_CANCEL"
    if reason.kind is Ending.TIMEOUT:
        return "RECOVERY_ON_TIMER_EXPIRE"
    return cause_of_sip(reason.status)


def reason_header(cause: str) -> str:
    """The Reason that FreeSWITCH gives with its BYE, CANCEL and refusals."""
    number = Q850.get(cause, 31)
    return f'Q.850;cause={number};text="{cause}"' if number < 128 else f'SIP;text="{cause}"'


def refusal_status(cause: str) -> int:
    return sip_of_cause(cause)
