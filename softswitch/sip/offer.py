"""Our side of a session: offers, answers and what they come to (RFC 3264, RFC 4733)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from softswitch.sip.errors import NotAcceptable
from softswitch.sip.sdp import Format, Media, SessionDescription
from softswitch.sip.uri import Address, is_ip

CODECS = {"PCMU": 0, "PCMA": 8}
EVENT_TYPE = 101
"""Payload type under which we offer telephone-event; 101 is what nearly all phones use."""
PTIME = 20
"""What we send and want in one packet, in milliseconds."""
_SEEN_FROM_HERE = {
    "sendrecv": "sendrecv",
    "sendonly": "recvonly",
    "recvonly": "sendonly",
    "inactive": "inactive",
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What both sides agreed on, seen from ours."""

    codec: str
    """PCMU or PCMA."""
    payload_type: int
    event_type: int | None
    """Payload type of RFC 4733 keys; None where the other side knows none."""
    remote: Address
    """Where to send to; port 0 or host 0.0.0.0 means nowhere."""
    direction: str
    """sendrecv, sendonly, recvonly or inactive, from our side."""
    ptime: int
    """What the other side wants in one packet, in milliseconds."""

    @property
    def may_send(self) -> bool:
        return self.direction in ("sendrecv", "sendonly") and self.remote[0] != "0.0.0.0"

    @property
    def is_held(self) -> bool:
        """Whether the other side has put us on hold."""
        return not self.may_send


def agree(remote: SessionDescription, codecs: Sequence[str] = tuple(CODECS)) -> Agreement:
    """The first codec of theirs that is among ours. Raises NotAcceptable without one."""
    media = remote.audio
    if media is None or not is_ip(media.host):
        raise NotAcceptable("no audio over RTP/AVP with an address in the session description")
    chosen = next((f for f in media.formats if f.name in codecs and f.rate == 8000), None)
    if chosen is None:
        named = ", ".join(f.name or str(f.payload_type) for f in media.formats)
        raise NotAcceptable(f"codecs {named[:80]}, expected one of {', '.join(codecs)}")
    events = next((f.payload_type for f in media.formats if _is_event(f)), None)
    direction = "inactive" if media.host == "0.0.0.0" else _SEEN_FROM_HERE[media.direction]
    return Agreement(
        chosen.name,
        chosen.payload_type,
        events,
        (media.host, media.port),
        direction,
        media.ptime,
    )


def _is_event(coding: Format) -> bool:
    return coding.name == "TELEPHONE-EVENT" and coding.rate == 8000


class AudioSession:
    """The session descriptions of one call leg; counts their versions (RFC 3264, section 8)."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        codecs: Sequence[str] = tuple(CODECS),
        event_type: int = EVENT_TYPE,
        name: str = "Pressline",
    ) -> None:
        self._host = host
        self._port = port
        self._codecs = tuple(codecs)
        self._event_type = event_type
        self._name = name
        self._id = secrets.randbelow(2**31)
        self._version = 0
        self._last: list[str] = []

    def offer(self, direction: str = "sendrecv") -> bytes:
        types = [CODECS[codec] for codec in self._codecs]
        names = dict(zip(types, self._codecs, strict=True))
        return self._describe(self._audio(names, self._event_type, direction))

    def answer(self, remote: SessionDescription) -> tuple[bytes, Agreement]:
        """Raises NotAcceptable when there is nothing in common."""
        agreed = agree(remote, self._codecs)
        lines: list[str] = []
        for media in remote.media:
            if media is remote.audio:
                names = {agreed.payload_type: agreed.codec}
                lines += self._audio(names, agreed.event_type, agreed.direction)
            else:
                lines.append(_refused(media))
        return self._describe(lines), agreed

    def accept(self, answer: SessionDescription) -> Agreement:
        """What an answer to our offer comes to. Raises NotAcceptable."""
        return agree(answer, self._codecs)

    def _audio(self, names: dict[int, str], events: int | None, direction: str) -> list[str]:
        types = [*names, events] if events is not None else [*names]
        lines = [f"m=audio {self._port} RTP/AVP {' '.join(map(str, types))}"]
        lines += [f"a=rtpmap:{number} {name}/8000" for number, name in names.items()]
        if events is not None:
            lines += [f"a=rtpmap:{events} telephone-event/8000", f"a=fmtp:{events} 0-15"]
        return [*lines, f"a=ptime:{PTIME}", f"a={direction}"]

    def _describe(self, media: list[str]) -> bytes:
        if media != self._last:
            self._version += 1
            self._last = media
        head = [
            "v=0",
            f"o={self._name} {self._id} {self._version} IN IP4 {self._host}",
            f"s={self._name}",
            f"c=IN IP4 {self._host}",
            "t=0 0",
        ]
        return "".join(f"{line}\r\n" for line in [*head, *media]).encode()


def _refused(media: Media) -> str:
    """A media line that we do not carry is answered with port 0 (RFC 3264, section 6)."""
    return f"m={media.kind} 0 {media.protocol} {media.formats_text}"
