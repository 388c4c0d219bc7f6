"""The line of a call of ours."""

from collections.abc import Callable

from softswitch.line import SipLine, reason_header
from softswitch.media.rtp_port import RtpPort
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.offer import AudioSession
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.sdp import SessionDescription
from softswitch.sip_variables import called_variables


class OutgoingLine(SipLine):
    call: OutgoingCall

    def __init__(self, call: OutgoingCall, port: RtpPort, audio: AudioSession) -> None:
        super().__init__(call, port, audio)
        self.on_progress: Callable[[], None] = lambda: None
        """It rings, or early media has begun."""
        self.on_answered: Callable[[], None] = lambda: None
        call.on_ringing = self._on_ringing
        call.on_answer = self._on_answer

    def ring(self) -> None:
        """Nothing: ringing is the far end's business."""

    start_media = answer = ring

    def _on_ringing(self, status: int, sdp: SessionDescription | None) -> None:
        self._note_dialog()
        if sdp is not None and self._take(sdp):
            self.session.channel.mark_early()
        else:
            self.session.channel.mark_ringing()
        self.on_progress()

    def _on_answer(self, sdp: SessionDescription | None) -> None:
        self._note_dialog()
        if (sdp is None or not self._take(sdp)) and self.agreed is None:
            self.session.hang_up("INCOMPATIBLE_DESTINATION", aside=True)
            return
        self.session.channel.mark_answered()
        self.on_answered()

    def _take(self, sdp: SessionDescription) -> bool:
        try:
            agreed = self.audio.accept(sdp)
        except NotAcceptable:
            return False
        self.agree(agreed)
        self.connect()
        self.note_local_media()
        return True

    def _note_dialog(self) -> None:
        self.session.channel.profile.network_addr = self.call.source[0]
        self.session.variables.set_all(called_variables(self.call))

    def hang_up(self, cause: str) -> None:
        variables = self.session.variables
        if "sip_hangup_disposition" not in variables:
            answered = self.session.channel.profile.times.answered
            variables.set("sip_hangup_disposition", "send_bye" if answered else "send_cancel")
        self.call.hangup(reason=reason_header(cause))

    def refuse(self, status: int, phrase: str) -> None:
        self.session.hang_up("CALL_REJECTED")
