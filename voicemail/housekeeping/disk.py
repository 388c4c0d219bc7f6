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
    is_read_only: bool = False
    """As the system makes a disk that fails."""

    @property
    def has_room(self) -> bool:
        """Whether one more message may be begun."""
        least = max(LEAST_BYTES, self.total * LEAST_SHARE)
        return not self.is_read_only and self.free >= least and self.free_files >= LEAST_FILES

    @property
    def is_low(self) -> bool:
        """Whether the administrator should be told."""
        low = max(LOW_BYTES, self.total * LOW_SHARE)
        return self.is_read_only or self.free < low or self.free_files < 10 * LEAST_FILES

    @property
    def remedy(self) -> str:
        """What to do when it has no room."""
        if self.is_read_only:
            return "`dmesg` says why; copy what is there to another disk"
        return "make room at once"

    def __str__(self) -> str:
        told = f"{self.free / 1e9:.1f} GB of {self.total / 1e9:.0f} GB free"
        return f"the disk can only be read ({told})" if self.is_read_only else told


def space(folder: Path) -> Space:
    """Of the disk that holds `folder`. Raises `OSError`."""
    disk = os.statvfs(folder)
    # Some file systems do not count files at all, and say 0 of 0.
    files = disk.f_favail if disk.f_files else 10 * LEAST_FILES
    read_only = bool(disk.f_flag & os.ST_RDONLY)
    return Space(disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize, files, read_only)


def room(folder: Path) -> bool:
    """Whether one more message may be begun. A disk that cannot be asked is taken to be well."""
    try:
        return space(folder).has_room
    except OSError:
        return True
