"""Messages of half a minute that wait to be written down."""

import os
from pathlib import Path

import numpy as np
import soundfile

from store import messages
from store.database import writing
from store.fields import now
from store.jobs import MessageBegun, MessageKept
from tests.listening import RATE, read_wav
from tests.tts_asr.heard import messages as spoken
from voicemail.places import dated_path

from .mailboxes import DESK


def leave_long_messages(folder: Path, count: int) -> None:
    """Messages for the desk, which share one file; the store is open."""
    sound = folder / "sound.wav"
    samples = np.concatenate([read_wav(message.path) for message in spoken()])
    soundfile.write(str(sound), samples, RATE, subtype="PCM_16")
    seconds = len(samples) / RATE
    begun = [MessageBegun(f"long{number:04}", DESK, "", now()) for number in range(count)]
    paths = [dated_path(one.id, one.started_at) for one in begun]
    for path in paths:
        (folder / path.parent).mkdir(parents=True, exist_ok=True)
        os.link(sound, folder / path)
    with writing():
        messages.kept(
            [
                MessageKept(one, now(), str(path), seconds, seconds, 0, "", "key")
                for one, path in zip(begun, paths, strict=True)
            ]
        )
