"""libespeak-ng through ctypes: the only place that knows its functions and numbers.

Constants are those of espeak-ng 1.52, `speak_lib.h`. The library keeps one voice and one callback
for the whole process and is not thread-safe: `LOCK` is held around every use.
"""

import ctypes
import threading
import time
from functools import cache
from typing import Any

import espeakng_loader

AUDIO_OUTPUT_SYNCHRONOUS = 2
# Without it the library calls exit() when its data is missing.
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
POS_CHARACTER = 1
EE_OK = 0
MAX_DATA_PATH = 159
"""`path_home` in espeak-ng's speech.c has room for so many bytes; a longer path is cut silently."""

LOCK = threading.Lock()
_SYNTH_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class LibraryFailed(Exception):
    """libespeak-ng cannot be loaded or refused a call."""


class Library:
    """The loaded library. Every method is called under `LOCK`."""

    def __init__(self) -> None:
        data = str(espeakng_loader.get_data_path())
        if len(data.encode()) > MAX_DATA_PATH:
            raise LibraryFailed(f"its data path is longer than {MAX_DATA_PATH} bytes: {data}")
        self._functions = ctypes.CDLL(espeakng_loader.get_library_path())
        self._declare()
        self.rate: int = self._functions.espeak_Initialize(
            AUDIO_OUTPUT_SYNCHRONOUS, 0, data.encode(), INITIALIZE_DONT_EXIT
        )
        if self.rate <= 0:
            raise LibraryFailed(f"it does not start with the data in {data}")

    def _declare(self) -> None:
        self._functions.espeak_Initialize.argtypes = [
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_int,
        ]
        self._functions.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        self._functions.espeak_SetSynthCallback.argtypes = [_SYNTH_CALLBACK]
        self._functions.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]

    def choose_voice(self, name: str) -> bool:
        """False when there is no such voice: the library then keeps the one it had before."""
        chosen: int = self._functions.espeak_SetVoiceByName(name.encode())
        return chosen == EE_OK

    def speak(self, text: str, limit_seconds: float) -> bytes:
        """16-bit samples at `rate`. Raises `TimeoutError`, `LibraryFailed`."""
        collector = _Collector(time.monotonic() + limit_seconds)
        callback = _SYNTH_CALLBACK(collector.take)
        self._functions.espeak_SetSynthCallback(callback)
        raw = text.encode()
        outcome = self._functions.espeak_Synth(
            raw, len(raw) + 1, 0, POS_CHARACTER, 0, CHARS_UTF8, None, None
        )
        if collector.late:
            raise TimeoutError
        if outcome != EE_OK:
            raise LibraryFailed(f"espeak_Synth answered {outcome}")
        return bytes(collector.pcm)


class _Collector:
    """Gathers samples, and tells the library to stop when the time is over."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.pcm = bytearray()
        self.late = False

    def take(self, samples: Any, count: int, _events: object) -> int:
        self.late = self.late or time.monotonic() > self.deadline
        if samples and count > 0:
            self.pcm += ctypes.string_at(samples, 2 * count)
        return int(self.late)


@cache
def library() -> Library:
    """The one library of the process. Raises `LibraryFailed`."""
    try:
        return Library()
    except (OSError, RuntimeError) as error:
        raise LibraryFailed(str(error)) from error
