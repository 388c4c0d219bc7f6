"""Greetings: recorded by phone, uploaded as a file, or words to be spoken."""

import secrets
import stat
from pathlib import Path

import soundfile

from store.database import translated
from store.fields import clean, now
from store.models import Greeting, Mailbox
from store.models.mailbox import GreetingKind
from tts_asr.errors import SpeechError
from tts_asr.levels import level, trim
from tts_asr.prompt_folder import RATE
from tts_asr.resampling import resample
from tts_asr.sound import Sound, read_sound
from tts_asr.wav import wav_bytes, write_whole
from voicemail.boxes.lookup import row
from voicemail.errors import GreetingRefused
from voicemail.ports import Box

MOST_BYTES = 50_000_000
"""Three minutes of stereo at 48 kHz are 35 MB."""
MOST_SAMPLES = 60_000_000
"""Of all channels together: 240 MB of memory, however small the file itself is."""
SECONDS = (0.5, 180.0)
"""Shorter is a slip of the finger; nobody listens to longer ones."""
MOST_CHARACTERS = 2_000


def set_greeting(root: Path, box: Box, kind: str, recording: Path) -> None:
    """Keep a recording of any format as the greeting; the file itself is left alone.

    The one before is tidied away later, as nobody refers to it any more. `root` is the voicemail
    folder. Raises `GreetingRefused`, `BoxUnknown`.
    """
    checked = _kind(kind)
    sound = _sound(recording)
    path = Path("greetings") / f"{box.id}-{checked}-{secrets.token_hex(8)}.wav"
    try:
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


def _sound(recording: Path) -> Sound:
    try:
        _check_file(recording)
        _check_shape(recording)
        sound = read_sound(recording, recording.name)
    except (SpeechError, soundfile.SoundFileError, OSError) as error:
        raise GreetingRefused(str(error)) from error
    _check_length(recording, sound.seconds)
    return sound


def _check_file(recording: Path) -> None:
    """Raises `GreetingRefused`, `OSError`."""
    state = recording.stat()
    if not stat.S_ISREG(state.st_mode):  # reading a pipe or a device may never end
        raise GreetingRefused(f"{recording.name}: expected a sound file")
    if state.st_size > MOST_BYTES:
        what = f"{state.st_size} bytes, expected {MOST_BYTES} at most"
        raise GreetingRefused(f"{recording.name}: {what}")


def _check_shape(recording: Path) -> None:
    """Before it is read. Raises `GreetingRefused`, `soundfile.SoundFileError`."""
    shape = soundfile.info(str(recording))
    _check_length(recording, shape.duration)
    if shape.frames * shape.channels > MOST_SAMPLES:
        what = f"{shape.channels} channels at {shape.samplerate} Hz, expected a simpler file"
        raise GreetingRefused(f"{recording.name}: {what}")


def _check_length(recording: Path, seconds: float) -> None:
    shortest, longest = SECONDS
    if not shortest <= seconds <= longest:
        what = f"{seconds:.1f} s long, expected {shortest:g} to {longest:g} s"
        raise GreetingRefused(f"{recording.name}: {what}")
