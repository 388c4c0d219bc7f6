"""What became of a test call."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import soundfile

from appliance.phone.errors import PhoneError
from softswitch.media.g711 import Samples


class End(StrEnum):
    THEY_HUNG_UP = "they hung up"
    WE_HUNG_UP = "we hung up"
    REFUSED = "refused"
    NOT_ANSWERED = "not answered"
    TIME_LIMIT = "time limit"


@dataclass(frozen=True, slots=True)
class KeyPress:
    key: str
    at: float
    """Seconds since the answer."""


@dataclass(slots=True)
class CallReport:
    end: End
    heard: Samples
    """8000 samples a second, from the answer on (early media before it is left out)."""
    answered_after: float | None = None
    """Milliseconds from the INVITE to the 200; None for a call that was not answered."""
    seconds: float = 0.0
    """From the answer to the end."""
    status: int = 0
    """SIP status of a refusal."""
    phrase: str = ""
    reason: str = ""
    """The other side's Reason header; from outside, hostile."""
    keys: list[KeyPress] = field(default_factory=list)
    prompts: int = 0
    """Prompts heard to their end."""
    undone: int = 0
    """Words of the key script that the call was too short to begin."""

    @property
    def answered(self) -> bool:
        return self.answered_after is not None

    def save(self, path: Path) -> None:
        """What was heard as a WAV file. Raises PhoneError when it cannot be written."""
        try:
            soundfile.write(path, self.heard, 8000, subtype="PCM_16", format="WAV")
        except (OSError, soundfile.SoundFileError) as error:
            raise PhoneError(f"what was heard cannot be written to {path}: {error}") from error
