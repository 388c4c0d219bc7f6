"""Listens to a process that `pressline up` has started, and kills it when it hangs.

As systemd does with `WatchdogSec=`, in its words, but fair to a process that only starves.
"""

import os
import socket
import struct
import subprocess
from collections.abc import Callable, Mapping

from softswitch.service import ALIVE, BEATS, READY, STOPPING

from .silence import Silence

START_WITHIN = 120.0
"""Seconds until a process that has started must be ready: prompts may have to be rendered."""
LOOKS = 2 * BEATS
"""In the time of its patience, or more."""
LONGEST_LOOK = 0.5
"""Seconds; so soon it is seen that a process is gone."""
LARGEST_WORD = 4096
_CREDENTIALS = struct.Struct("3i")
"""unix(7), SCM_CREDENTIALS: pid, uid, gid of who has sent a datagram, as the kernel knows them."""


class Watchdog:
    """Of one program, for all its lives."""

    def __init__(self, patience: float, tell: Callable[[str], None]) -> None:
        """`patience`: seconds of silence; `tell` is told of each process that had to be killed."""
        self._patience = patience
        self._tell = tell
        self._ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._ear.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._ear.bind("")  # the kernel chooses a name (unix(7), autobind)
        self._ear.settimeout(min(patience / LOOKS, LONGEST_LOOK))

    @property
    def environment(self) -> Mapping[str, str]:
        """For the process, so that it speaks to us."""
        name: bytes = self._ear.getsockname()
        return {
            "NOTIFY_SOCKET": "@" + name[1:].decode(),
            "WATCHDOG_USEC": str(int(self._patience * 1e6)),
            "WATCHDOG_PID": "",
        }

    def watch(self, process: subprocess.Popen[str]) -> None:
        """Until it is gone, or says that it stops."""
        silence, patience = Silence(process.pid), START_WITHIN
        while process.poll() is None:
            word = self._hear(process.pid)
            if word == STOPPING:
                return
            if word in (READY, ALIVE):
                silence.beat()
                patience = self._patience
            elif silence.is_longer_than(patience):
                self._tell(f"gave no sign of life for {patience:g} s and was killed")
                process.kill()
                return

    def _hear(self, pid: int) -> str:
        """What the process says next; empty when it says nothing for a moment."""
        room = socket.CMSG_SPACE(_CREDENTIALS.size)
        try:
            said, facts, _, _ = self._ear.recvmsg(LARGEST_WORD, room)
        except TimeoutError:
            return ""
        senders = [_CREDENTIALS.unpack(data)[0] for *_, data in facts if len(data) == 12]
        return said.decode("ascii", "replace") if senders == [pid] else ""


def is_possible() -> bool:
    """Only Linux names sockets by itself and tells who has sent."""
    return hasattr(socket, "SO_PASSCRED") and os.path.isdir("/proc/self/task")
