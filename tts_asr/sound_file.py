"""Sound files that people bring: looked at before they are read, whatever they say they are."""

import stat
from pathlib import Path

import soundfile

from tts_asr.errors import SoundRefused, SpeechError
from tts_asr.sound import Sound, read_sound

MOST_BYTES = 50_000_000
"""Three minutes of stereo at 48 kHz are 35 MB."""
MOST_SAMPLES = 60_000_000
"""Of all channels together: 240 MB of memory, however small the file itself is."""


def take_in(recording: Path, shortest: float, longest: float) -> Sound:
    """The sound of a file of any common format; `shortest` and `longest` in seconds.

    Raises `SoundRefused`.
    """
    try:
        _check_file(recording)
        _check_shape(recording, shortest, longest)
        sound = read_sound(recording, recording.name)
    except SoundRefused:
        raise
    except (SpeechError, soundfile.SoundFileError, OSError) as error:
        raise SoundRefused(str(error)) from error
    _check_length(recording, sound.seconds, shortest, longest)
    return sound


def _check_file(recording: Path) -> None:
    """Raises `SoundRefused`, `OSError`."""
    state = recording.stat()
    if not stat.S_ISREG(state.st_mode):  # reading a pipe or a device may never end
        raise SoundRefused(f"{recording.name}: expected a sound file")
    if state.st_size > MOST_BYTES:
        what = f"{state.st_size} bytes, expected {MOST_BYTES} at most"
        raise SoundRefused(f"{recording.name}: {what}")


def _check_shape(recording: Path, shortest: float, longest: float) -> None:
    """Before it is read. Raises `SoundRefused`, `soundfile.SoundFileError`."""
    shape = soundfile.info(str(recording))
    _check_length(recording, shape.duration, shortest, longest)
    if shape.frames * shape.channels > MOST_SAMPLES:
        what = f"{shape.channels} channels at {shape.samplerate} Hz, expected a simpler file"
        raise SoundRefused(f"{recording.name}: {what}")


def _check_length(recording: Path, seconds: float, shortest: float, longest: float) -> None:
    if not shortest <= seconds <= longest:
        what = f"{seconds:.1f} s long, expected {shortest:g} to {longest:g} s"
        raise SoundRefused(f"{recording.name}: {what}")
