"""How much room the disk has for messages. Cheap: it asks the system once."""

import os
from dataclasses import dataclass
from pathlib import Path

LEAST_BYTES = 200_000_000
"""Below this no message is begun: 3.5 hours at 16 kB a second, so that 50 callers who are at it
can finish, and the store can still write."""
LEAST_SHARE = 0.02
LOW_BYTES = 1_000_000_000
LOW_SHARE = 0.05
LEAST_FILES = 1_000
"""A disk may be out of inodes long before it is out of bytes."""


@dataclass(frozen=True, slots=True)
class Space:
    """What is left on a disk, and how large it is, in bytes."""

    free: int
    total: int
    free_files: int = 10 * LEAST_FILES
    """How many more files it takes."""

    @property
    def has_room(self) -> bool:
        """Whether one more message may be begun."""
        least = max(LEAST_BYTES, self.total * LEAST_SHARE)
        return self.free >= least and self.free_files >= LEAST_FILES

    @property
    def is_low(self) -> bool:
        """Whether the administrator should be told."""
        low = max(LOW_BYTES, self.total * LOW_SHARE)
        return self.free < low or self.free_files < 10 * LEAST_FILES

    def __str__(self) -> str:
        return f"{self.free / 1e9:.1f} GB of {self.total / 1e9:.0f} GB free"


def space(folder: Path) -> Space:
    """Of the disk that holds `folder`. Raises `OSError`."""
    disk = os.statvfs(folder)
    # Some file systems do not count files at all, and say 0 of 0.
    files = disk.f_favail if disk.f_files else 10 * LEAST_FILES
    return Space(disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize, files)


def room(folder: Path) -> bool:
    """Whether one more message may be begun. A disk that cannot be asked is taken to be well."""
    try:
        return space(folder).has_room
    except OSError:
        return True
