"""The line of a call from outside."""

from softswitch.line import SipLine, reason_header, refusal_status
from softswitch.media.rtp_port import RtpPort
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.offer import Agreement, AudioSession
from softswitch.sip_variables import dialog_variables


class IncomingLine(SipLine):
    """Answers an offer at once in its mind, and tells the caller when asked to."""

    call: IncomingCall

    def __init__(self, call: IncomingCall, port: RtpPort, audio: AudioSession) -> None:
        """Raises NotAcceptable when there is no codec in common."""
        super().__init__(call, port, audio)
        self._sdp = b""
        self.offered: Agreement | None = None
        if call.remote_sdp is not None:
            self._sdp, self.offered = audio.answer(call.remote_sdp)
        else:
            self._sdp = audio.offer()
            call.on_ack = self._on_ack

    def ring(self) -> None:
        if not self.session.channel.hung_up:
            self.call.ring()
            self.session.channel.mark_ringing()

    def start_media(self) -> None:
        if self.agreed is None or self.session.channel.answer_state != "ringing":
            return
        self.call.ring(183, self._sdp)
        self._begin()
        self.session.channel.mark_early()

    def answer(self) -> None:
        channel = self.session.channel
        if channel.answered or channel.hung_up:
            return
        self.call.answer(self._sdp)
        self._begin()
        channel.mark_answered()
        self.session.variables.set_all(dialog_variables(self.call))

    def _begin(self) -> None:
        self.connect()
        self.note_local_media()

    def _on_ack(self) -> None:
        """The answer to an offer of ours: the call came without one."""
        if self.agreed is None and self.call.remote_sdp is not None:
            try:
                self.agree(self.audio.accept(self.call.remote_sdp))
            except NotAcceptable:
                self.session.hang_up("INCOMPATIBLE_DESTINATION", aside=True)
                return
            self._begin()

    def hang_up(self, cause: str) -> None:
        answered = self.session.channel.profile.times.answered
        disposition = "send_bye" if answered else "send_refuse"
        if "sip_hangup_disposition" not in self.session.variables:
            self.session.variables.set("sip_hangup_disposition", disposition)
        self.call.hangup(refusal_status(cause), reason_header(cause))

    def refuse(self, status: int, phrase: str) -> None:
        self.session.variables.set("sip_hangup_disposition", "send_refuse")
        self.call.refuse(status)
