"""Recording the far end, alone (`record`) or both sides (`record_session`)."""

import asyncio
import logging
from collections import deque
from dataclasses import dataclass

from softswitch.apps.playing import stops_at_terminator
from softswitch.errors import SoundUnusable
from softswitch.media.frame import Samples, milliseconds, mixed
from softswitch.media.recorder import SilenceWatch, WavWriter
from softswitch.session import Session, Wake
from softswitch.variables import number_of

log = logging.getLogger(__name__)

_FLUSH_SECONDS = 0.25
_DRAIN_SECONDS = 0.06
"""A caller who hangs up has said the last words already: what the jitter buffer still holds."""
_MOST_EARLY = 3000
"""Frames, a minute: a disk that hangs must not fill the memory."""
DEFAULT_THRESHOLD = 200
"""switch_ivr_play_say.c: mean height below which a frame counts as silence."""


@dataclass(slots=True)
class _Take:
    """The sink of one `record`."""

    writer: WavWriter
    silence: SilenceWatch

    def push(self, frame: Samples) -> None:
        self.writer.push(frame)
        self.silence.push(frame)


class _Early:
    """The sink of a recording whose file is not there yet."""

    def __init__(self) -> None:
        self.frames: deque[Samples] = deque(maxlen=_MOST_EARLY)

    def push(self, frame: Samples) -> None:
        self.frames.append(frame)


async def record(session: Session, argument: str) -> None:
    """`record <path> [<limit s>] [<silence threshold>] [<silence s>]`."""
    words = argument.rsplit(" ", 3) if argument.count(" ") >= 3 else argument.split(" ")
    words += [""] * (4 - len(words))
    session.variables.set("playback_terminator_used", None)
    try:
        writer = await _opened_meanwhile_heard(session, session.switch.recording_path(words[0]))
    except SoundUnusable as error:
        log.warning("%s", error)
        session.hang_up("DESTINATION_OUT_OF_ORDER")
        return
    threshold = number_of(words[2], DEFAULT_THRESHOLD, 0, 32768)
    silence = SilenceWatch(threshold, number_of(words[3], 0, 0, 3600))
    limit = number_of(words[1], 0, 0, 14_400)
    await _record(session, _Take(writer, silence), limit or None)


async def _record(session: Session, take: _Take, limit: float | None) -> None:
    session.variables.set("silence_hits_exhausted", "false")
    path = take.writer.path
    session.channel.fire("RECORD_START", {"Record-File-Path": path})
    session.port.add_sink(take)
    try:
        await _until_over(session, take, limit)
    finally:
        if session.channel.hung_up:
            await asyncio.sleep(_DRAIN_SECONDS)
        session.port.remove_sink(take)
        await _closed(take.writer)
        _note_length(session, take)
        session.channel.fire("RECORD_STOP", {"Record-File-Path": path})


async def _until_over(session: Session, take: _Take, limit: float | None) -> None:
    loop = asyncio.get_running_loop()
    deadline = None if limit is None else loop.time() + limit
    stops = stops_at_terminator(session)
    while not take.silence.exhausted:
        left = _FLUSH_SECONDS if deadline is None else deadline - loop.time()
        if left <= 0:
            return
        wake = await session.wait(seconds=min(left, _FLUSH_SECONDS), keys=True)
        if wake is Wake.BROKEN or (wake is Wake.KEY and stops(session.keypad.take())):
            return
        if not await _flushed(take.writer):
            return  # as in FreeSWITCH: the disk is full, and the call goes on


def _note_length(session: Session, take: _Take) -> None:
    samples, size = take.writer.samples, str(take.writer.size)
    session.variables.set("silence_hits_exhausted", str(take.silence.exhausted).lower())
    session.variables.set_all(
        {
            "record_record_file_size": size,
            "record_file_size": size,
            "record_seconds": str(samples // 8000),
            "record_ms": str(milliseconds(samples)),
            "record_samples": str(samples),
        }
    )


class SessionRecording:
    """Both sides of a call in one file, beside whatever else goes on."""

    def __init__(self, session: Session, writer: WavWriter, limit: float | None) -> None:
        self.writer = writer
        self._session = session
        self._limit = limit
        self._task: asyncio.Task[None] | None = None
        self._masked = False

    def push(self, frame: Samples) -> None:
        """What is said to the far end, mixed with what it says in the same tick."""
        both = mixed([frame, self._session.port.last_heard])
        self.writer.push(both * 0 if self._masked else both)

    def start(self) -> None:
        facts = {"Record-File-Path": self.writer.path}
        self._session.channel.fire("RECORD_START", facts)
        self._session.port.add_tap(self)
        self._task = asyncio.get_running_loop().create_task(self._keep())

    def mask(self, on: bool) -> None:
        """Silence instead of speech from now on, for instance for a card number."""
        self._masked = on

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + (self._limit or 14_400)
        while loop.time() < deadline:
            await asyncio.sleep(min(_FLUSH_SECONDS, max(0.0, deadline - loop.time())))
            await _flushed(self.writer)
        self._task = None
        self.stop()

    def stop(self) -> None:
        """Ends the file (the last quarter of a second is written here) and tells."""
        self._session.recordings.pop(self.writer.path, None)
        if self._task is not None:
            self._task.cancel()
        self._session.port.remove_tap(self)
        try:
            self.writer.close()
        except OSError as error:
            log.error("recording %s is cut short: %s", self.writer.path, error)
        samples, variables = self.writer.samples, self._session.variables
        variables.set("record_file_size", str(self.writer.size))
        variables.set("record_samples", str(samples))
        variables.set("record_seconds", str(samples // 8000))
        variables.set("record_ms", str(milliseconds(samples)))
        variables.set("record_completion_cause", "success-maxtime")
        # FreeSWITCH 1.10.12 says success-maxtime whoever stopped it.
        facts = {
            "Record-File-Path": self.writer.path,
            "Record-Completion-Cause": "success-maxtime",
        }
        self._session.channel.fire("RECORD_STOP", facts)


async def begin_recording(session: Session, path: str, limit: int = 0) -> bool:
    """Start to record both sides; False when it cannot be, or is being done already."""
    path = session.switch.recording_path(path)
    if path in session.recordings or len(session.recordings) >= 8:
        return False
    try:
        writer = await _opened(path)
    except SoundUnusable as error:
        log.warning("%s", error)
        return False
    recording = SessionRecording(session, writer, limit or None)
    session.recordings[path] = recording
    session.on_end.append(lambda: _stop_if_running(session, path))
    recording.start()
    return True


def _stop_if_running(session: Session, path: str) -> None:
    if recording := session.recordings.get(path):
        recording.stop()


async def record_session(session: Session, argument: str) -> None:
    """`record_session <path> [+<limit s>]`."""
    path, _, limit = argument.partition(" +")
    await begin_recording(session, path.strip(), number_of(limit, 0, 0, 14_400))


async def stop_record_session(session: Session, argument: str) -> None:
    path = session.switch.recording_path(argument)
    for recording in list(session.recordings.values()):
        if argument == "all" or path == recording.writer.path:
            recording.stop()


async def _opened(path: str) -> WavWriter:
    return await asyncio.get_running_loop().run_in_executor(None, WavWriter, path)


async def _opened_meanwhile_heard(session: Session, path: str) -> WavWriter:
    """On a busy disk a file takes a while to be made; callers speak as soon as the tone ends."""
    early = _Early()
    session.port.add_sink(early)
    try:
        writer = await _opened(path)
    finally:
        session.port.remove_sink(early)
    for frame in early.frames:
        writer.push(frame)
    return writer


async def _flushed(writer: WavWriter) -> bool:
    """Whether it could be written."""
    try:
        await asyncio.get_running_loop().run_in_executor(None, writer.flush)
    except OSError as error:
        log.error("recording %s cannot be written: %s", writer.path, error)
        return False
    return True


async def _closed(writer: WavWriter) -> None:
    try:
        await asyncio.get_running_loop().run_in_executor(None, writer.close)
    except OSError as error:
        log.error("recording %s is cut short: %s", writer.path, error)
