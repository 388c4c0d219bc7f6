"""A recording begins with the tone's end, however long its file takes to be made."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from softswitch.apps import recording
from softswitch.media.frame import FRAME, Samples
from softswitch.media.recorder import WavWriter
from tests.listening import RATE, read_wav


class Port:
    """Hears a frame whenever it is told to."""

    def __init__(self) -> None:
        self.sinks: list[Any] = []

    def add_sink(self, sink: Any) -> None:
        self.sinks.append(sink)

    def remove_sink(self, sink: Any) -> None:
        self.sinks.remove(sink)

    def hear(self, frame: Samples) -> None:
        for sink in self.sinks:
            sink.push(frame)


def test_what_is_said_while_the_file_is_being_made_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, said = Port(), np.full(FRAME, 1000, dtype=np.int16)

    async def open_slowly(path: str) -> WavWriter:
        for _ in range(50):
            port.hear(said)
        return WavWriter(path)

    monkeypatch.setattr(recording, "_opened", open_slowly)
    session: Any = SimpleNamespace(port=port)
    path = tmp_path / "said.wav"
    writer = asyncio.run(recording._opened_meanwhile_heard(session, str(path)))
    writer.close()
    assert port.sinks == []
    assert len(read_wav(path)) == RATE
    assert read_wav(path).min() > 0
