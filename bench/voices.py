"""Callers who speak the counted signal, in a process of their own.

`python -m bench.voices PACKETS SOCKET:PORT:STRIDE…` sends from sockets that it has inherited (by
their numbers) to these ports, 50 packets a second each; it prints a line when it begins. A phone
has a processor to itself: here it would compete with hundreds of listeners, and its lateness be
counted as the switch's loss.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from .counted import signal
from .rtp import FRAME_SECONDS, Sender
from .stamped import HOST

FIRST = 50
"""Real-time priority, where it may be had: one that was only nice to it (-10) was still late by up
to 20 ms beside the 900 threads of a hall, and by 300 beside a switch of real-time priority."""

Voice = tuple[socket.socket, int, int]
"""The socket of a line, the switch's port, and the signal's stride."""


@asynccontextmanager
async def speaking(voices: Sequence[Voice], seconds: float) -> AsyncIterator[None]:
    """For some seconds from the first packet on, for which it waits.

    Nobody else may send from these sockets meanwhile.
    """
    words = [f"{line.fileno()}:{port}:{stride}" for line, port, stride in voices]
    command = [sys.executable, "-m", "bench.voices", str(round(seconds / FRAME_SECONDS)), *words]
    process = await asyncio.create_subprocess_exec(
        *command, pass_fds=[line.fileno() for line, _, _ in voices], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        await process.stdout.readline()
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def speak(packets: int, words: list[str]) -> None:
    parts = [tuple(map(int, word.split(":"))) for word in words]
    lines = [
        (socket.socket(fileno=number), (HOST, port), Sender(), signal(packets, stride))
        for number, port, stride in parts
    ]
    print("speaking", flush=True)
    due = time.monotonic()
    for _ in range(packets):
        for line, place, sender, tones in lines:
            with suppress(OSError):  # the far port is closed already: the call is ending
                line.sendto(sender.audio(next(tones)), place)
        due += FRAME_SECONDS
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(FIRST))
    speak(int(sys.argv[1]), sys.argv[2:])
