"""Kills a FreeSWITCH that hangs, so that systemd starts it anew: `-m appliance.switch_guard FILE`.

FreeSWITCH gives no signs of life by itself, and while it hangs its callers hear nothing. It is
asked over its Event Socket, where a frozen one lets connect and never answers. Runs beside it as
its own user, who may end it.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from esl.errors import AuthFailed, EslError
from esl.inbound import CommandConnection
from softswitch.service import ALIVE, READY, tell

from . import logs
from .dialplan import switch_password
from .errors import SettingsInvalid
from .settings import Settings, load
from .silence import Silence

log = structlog.get_logger()

EVERY = 0.5
"""Seconds between two questions, and for each answer."""
PATIENCE = 2.0
"""Seconds without an answer, of those in which FreeSWITCH could have given one."""
START_WITHIN = 60.0
"""Seconds until the first answer of one that has started: its modules have to be loaded."""


class SwitchGuard:
    """Looks after one life of FreeSWITCH after the other."""

    def __init__(self, pid_file: Path, is_well: Callable[[], bool]) -> None:
        self._pid_file = pid_file
        self._is_well = is_well
        self._pid = 0
        self._silence = Silence(0)
        self._patience = START_WITHIN

    def look(self) -> int:
        """The number of the process that was killed; 0 when none had to be.

        Raises `PermissionError` while the file is for others: FreeSWITCH makes it so
        (switch_core.c), and its unit opens it once it has started.
        """
        pid = running(self._pid_file)
        if pid != self._pid:
            self._pid, self._silence, self._patience = pid, Silence(pid), START_WITHIN
        if not pid:
            return 0
        if self._is_well():
            self._silence.beat()
            self._patience = PATIENCE
        elif self._silence.is_longer_than(self._patience):
            return self._kill(pid)
        return 0

    def _kill(self, pid: int) -> int:
        log.error("FreeSWITCH gives no answer and is killed", pid=pid, seconds=self._patience)
        self._pid = 0
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return 0
        return pid


def running(pid_file: Path) -> int:
    """The process that the file names, if it lives; else 0. Raises `PermissionError`."""
    try:
        pid = int(pid_file.read_text().strip())
        if pid <= 1:  # kill(2): such numbers mean many processes
            return 0
        os.kill(pid, 0)
    except PermissionError:
        raise
    except (OSError, ValueError, OverflowError):
        return 0
    return pid


def answers(settings: Settings) -> bool:
    """A wrong password is an answer, too."""
    connection = CommandConnection(*settings.esl, switch_password(settings), timeout=EVERY)
    try:
        connection.connect()
        connection.api("uptime", EVERY)
    except AuthFailed:
        return True
    except EslError:
        return False
    finally:
        connection.stop()
    return True


def main(pid_file: str) -> None:
    """For ever. `pid_file` is FreeSWITCH's own."""
    logs.set_up()
    try:
        settings = load()
        switch_password(settings)
    except SettingsInvalid as error:
        sys.exit(f"pressline switch guard: {error}")
    guard = SwitchGuard(Path(pid_file), lambda: answers(settings))
    tell(READY)
    looked = time.monotonic()
    while True:
        tell(ALIVE)
        try:
            guard.look()
            looked = time.monotonic()
        except PermissionError as error:
            if time.monotonic() > looked + START_WITHIN:
                sys.exit(f"pressline switch guard: FreeSWITCH cannot be looked after: {error}")
        time.sleep(EVERY)


if __name__ == "__main__":
    main(sys.argv[1])
