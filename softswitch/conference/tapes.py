"""A room's recordings: any number of files at once, each whole up to its last quarter second."""

import asyncio
import logging

from softswitch.errors import SoundUnusable
from softswitch.media.frame import Samples
from softswitch.media.recorder import WavWriter

log = logging.getLogger(__name__)

_FLUSH_SECONDS = 0.25
MAX_TAPES = 20
"""Files that one room may write at once: a program's bug must not fill the disk."""


class Tapes:
    def __init__(self) -> None:
        self._writers: tuple[WavWriter, ...] = ()
        self._opening: set[str] = set()
        self._flusher: asyncio.Task[None] | None = None

    @property
    def paths(self) -> list[str]:
        return [writer.path for writer in self._writers]

    def __bool__(self) -> bool:
        return bool(self._writers)

    def is_used(self, path: str) -> bool:
        return path in self._opening or path in self.paths

    def push(self, frame: Samples) -> None:
        """On the media thread."""
        for writer in self._writers:
            writer.push(frame)

    async def start(self, path: str) -> bool:
        """False when the file cannot be opened or is in use, or there are too many."""
        if self.is_used(path) or len(self._writers) + len(self._opening) >= MAX_TAPES:
            log.warning("a room cannot be recorded into %s: in use, or one too many", path)
            return False
        loop = asyncio.get_running_loop()
        self._opening.add(path)
        try:
            writer = await loop.run_in_executor(None, WavWriter, path)
        except SoundUnusable as error:
            log.warning("%s", error)
            return False
        finally:
            self._opening.discard(path)
        self._writers = (*self._writers, writer)
        if self._flusher is None:
            self._flusher = loop.create_task(self._flush())
        return True

    async def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_FLUSH_SECONDS)
            for writer in self._writers:
                try:
                    await loop.run_in_executor(None, writer.flush)
                except OSError as error:
                    log.error("recording %s cannot be written: %s", writer.path, error)

    def stop(self, path: str) -> WavWriter | None:
        """The recording that has ended; None when there is none of that path."""
        writer = next((each for each in self._writers if each.path == path), None)
        if writer is None:
            return None
        self._writers = tuple(each for each in self._writers if each is not writer)
        if not self._writers and self._flusher is not None:
            self._flusher.cancel()
            self._flusher = None
        try:
            writer.close()
        except OSError as error:
            log.error("recording %s is cut short: %s", writer.path, error)
        return writer
