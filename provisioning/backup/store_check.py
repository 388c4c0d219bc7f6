"""Whether every page of a SQLite store can be read: by a process of its own, below all else.

    python -m provisioning.backup.store_check FILE

A damaged page is found only by whoever reads it; a call may do so weeks later.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from .errors import StoreFaulty
from .sqlite_store import assert_sound
from .stores import POSTGRESQL

LIMIT = 120.0
"""Seconds; a store that takes longer is looked through by each backup all the same."""


def fault_of(store_url: str, limit: float = LIMIT) -> str:
    """What is wrong with the store's pages, and what to do; empty when nothing was found.

    PostgreSQL looks after its own pages (`data_checksums`). Blocks for up to `limit` seconds.
    """
    path = Path(store_url.removeprefix("sqlite:///"))
    if store_url.startswith(POSTGRESQL) or not path.exists():
        return ""
    command = [*_idle(), sys.executable, "-m", "provisioning.backup.store_check", str(path)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stderr.strip()[-1000:] if done.returncode else ""


def _idle() -> list[str]:
    idle = ["nice", "-n", "19"] if shutil.which("nice") else []
    return idle + (["ionice", "-c", "3", "-t"] if shutil.which("ionice") else [])


def main() -> None:
    try:
        assert_sound(Path(sys.argv[1]), quick=True)
    except StoreFaulty as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
