"""Greetings: recorded by phone, uploaded as a file, or words to be spoken."""

import secrets
from pathlib import Path

from store.database import translated
from store.fields import clean, now
from store.models import Greeting, Mailbox
from store.models.mailbox import GreetingKind
from tts_asr.errors import SpeechError
from tts_asr.levels import level, trim
from tts_asr.prompt_folder import RATE
from tts_asr.resampling import resample
from tts_asr.sound_file import take_in
from tts_asr.wav import wav_bytes, write_whole
from voicemail.boxes.lookup import row
from voicemail.errors import GreetingRefused
from voicemail.ports import Box

SECONDS = (0.5, 180.0)
"""Shorter is a slip of the finger; nobody listens to longer ones."""
MOST_CHARACTERS = 2_000


def set_greeting(root: Path, box: Box, kind: str, recording: Path) -> None:
    """Keep a recording of any format as the greeting; the file itself is left alone.

    The one before is tidied away later, as nobody refers to it any more. `root` is the voicemail
    folder. Raises `GreetingRefused`, `BoxUnknown`.
    """
    checked = _kind(kind)
    path = Path("greetings") / f"{box.id}-{checked}-{secrets.token_hex(8)}.wav"
    try:
        sound = take_in(recording, *SECONDS)
        write_whole(root / path, wav_bytes(level(trim(resample(sound, RATE), ""))))
    except SpeechError as error:
        raise GreetingRefused(str(error)) from error
    _keep(box, checked, path=str(path), text="")


def set_greeting_text(box: Box, kind: str, text: str) -> None:
    """Words to be spoken in the box's language. Raises `GreetingRefused`, `BoxUnknown`."""
    words = clean(text.strip(), MOST_CHARACTERS + 1)
    if not words or len(words) > MOST_CHARACTERS:
        raise GreetingRefused(f"expected a text of 1 to {MOST_CHARACTERS} characters")
    _keep(box, _kind(kind), path="", text=words)


@translated()
def take_greeting(box: Box, kind: str) -> None:
    """Callers hear the usual words again. Raises `GreetingRefused`, `BoxUnknown`."""
    mine = (Greeting.mailbox == row(box)) & (Greeting.kind == _kind(kind))
    Greeting.delete().where(mine).execute()


@translated()
def set_away(box: Box, away: bool) -> None:
    """Switch the greeting `away` on or off. Raises `BoxUnknown`."""
    Mailbox.update(away=away).where(Mailbox.id == row(box).id).execute()


@translated()
def _keep(box: Box, kind: GreetingKind, *, path: str, text: str) -> None:
    (
        Greeting.insert(mailbox=row(box), kind=kind, path=path, text=text, changed_at=now())
        .on_conflict(
            conflict_target=[Greeting.mailbox, Greeting.kind],
            preserve=[Greeting.path, Greeting.text, Greeting.changed_at],
        )
        .execute()
    )


def _kind(kind: str) -> GreetingKind:
    try:
        return GreetingKind(kind)
    except ValueError as error:
        expected = ", ".join(GreetingKind)
        raise GreetingRefused(f'"{kind[:40]}" is no greeting; expected {expected}') from error
