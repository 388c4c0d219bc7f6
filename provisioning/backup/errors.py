"""What can go wrong with backups.

BackupError
├── NotSetUp           there is no target, no key, or a program is missing
├── AlreadyBackingUp   another backup or restore of this home runs
├── TargetFailed       the archive cannot be reached, read or written
│   └── TargetGone     it was there once and is not there now
├── StoreFaulty        the store itself is damaged or does not answer
├── NoRoom             this machine's disk has no room for the picture
├── NotAsItWas         what came back differs from what was there; `.differences`
└── RestoreRefused     there is something where the backup was to go
"""

from collections.abc import Sequence

SHOWN = 10
"""So many differences are named; of more only the number."""


class BackupError(Exception):
    """Base of the backups' errors; its message is fit for the person at the terminal."""


class NotSetUp(BackupError):
    """There is no target, no key, or a program is missing."""


class AlreadyBackingUp(BackupError):
    """Another backup or restore of this home runs."""


class TargetFailed(BackupError):
    """The archive cannot be reached, read or written."""


class TargetGone(TargetFailed):
    """The archive was there once and is not there now."""


class StoreFaulty(BackupError):
    """The store is damaged or does not answer."""


class NoRoom(BackupError):
    """This machine's disk has no room for the picture."""


class NotAsItWas(BackupError):
    """What came back differs from what was there."""

    def __init__(self, snapshot: str, differences: Sequence[str]) -> None:
        named = [f"  {difference}" for difference in differences[:SHOWN]]
        if len(differences) > SHOWN:
            named.append(f"  … and {len(differences) - SHOWN} more")
        super().__init__(
            f"backup {snapshot} does not give back what was there:\n" + "\n".join(named)
        )
        self.differences = tuple(differences)


class RestoreRefused(BackupError):
    """There is something where the backup was to go."""
