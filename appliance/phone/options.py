"""What a test call is to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from appliance.phone.errors import BadCall, BadSpeech
from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.g711 import Samples
from softswitch.media.wav import load_sound
from softswitch.sip.errors import BadHeader
from softswitch.sip.uri import parse_uri, user_part


@dataclass(frozen=True, slots=True)
class Progress:
    """Something that happened in a call, for whoever watches it."""

    at: float
    """Seconds since the INVITE."""
    text: str
    """A sentence for the terminal, such as `answered after 41 ms`."""
    call_id: str
    """The SIP Call-ID."""


@dataclass(frozen=True, slots=True)
class CallOptions:
    uri: str
    """`sip:100@127.0.0.1:5060`"""
    keys: str = ""
    """See `key_script`."""
    info: bool = False
    """Send keys by SIP INFO instead of RFC 4733."""
    speak: Path | None = None
    """A sound file of any rate. Without `speak` in `keys` it is spoken upon the answer."""
    from_number: str = "1000"
    from_name: str = "Test Phone"
    user: str = ""
    """For switches that ask for a password; else empty."""
    password: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further SIP headers of the INVITE."""
    ring_limit: float = 30.0
    """Seconds until an unanswered call is given up."""
    limit: float = 120.0
    """Seconds after the answer until we hang up."""
    silence: float = 0.8
    """Seconds of silence that end a prompt; longer than the pause between two sentences."""
    host: str = ""
    """Our own address; empty for the one that reaches the other side."""
    on_progress: Callable[[Progress], None] = lambda progress: None

    @property
    def from_uri(self) -> str:
        """Who calls; with `user` the one whose password is given."""
        return f"sip:{user_part(self.user or self.from_number)}@{parse_uri(self.uri).host}"

    def check(self) -> None:
        """Raises BadCall with what is wrong."""
        try:
            parse_uri(self.uri)
        except BadHeader as error:
            raise BadCall(str(error)) from error
        for name in ("ring_limit", "limit", "silence"):
            if not getattr(self, name) > 0:
                raise BadCall(f"{name} is {getattr(self, name)}, expected seconds above 0")


def load_speech(path: Path) -> Samples:
    """Telephone audio from a sound file. Raises BadSpeech."""
    try:
        return load_sound(str(path))
    except (SoundMissing, SoundUnusable) as error:
        raise BadSpeech(f"{path} cannot be spoken: {error}") from error
