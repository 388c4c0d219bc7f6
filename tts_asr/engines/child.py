"""Runs a script of this folder in a process of its own, which can be killed when it is late."""

import subprocess
import sys
from pathlib import Path

MAX_REASON = 300
"""Characters of the child's own words that reach the log."""


class ChildFailed(Exception):
    """The message is the child's last line, or why it could not be started."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        """Its exit status; negative for a signal, `None` when it never ran."""


def ask_child(
    script: Path, given: bytes, limit_seconds: float, arguments: tuple[str, ...] = ()
) -> bytes:
    """What the script prints for `given` on its input. Raises `ChildFailed`, `TimeoutError`."""
    # -P: else the script's own folder is searched first, and our files shadow the real packages.
    command = [sys.executable, "-P", str(script), *arguments]
    try:
        child = subprocess.run(
            command, input=given, capture_output=True, timeout=limit_seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    except OSError as error:
        raise ChildFailed(f"its process cannot be started: {error}") from error
    if child.returncode:
        raise ChildFailed(_last_words(child.stderr), child.returncode)
    return child.stdout


def _last_words(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:MAX_REASON] if lines else "its process died without a word"
