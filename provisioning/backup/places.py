"""What lies where: in the home, and in the archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import NotSetUp

OWN = "backup"
"""Backups' own folder in the home."""
DISPOSABLE = frozenset(
    {OWN, "prompts", "public", "run", "log", "freeswitch", "spool", "jobs.db", "lost+found"}
)
"""In the home, and made anew; the spool goes into the archive as part of the picture."""
MODELS = "models"
"""Large, and to be had again: kept only where that is asked for."""
LATE = ("in-progress", "pieces-in-progress", "scratch", "names")
"""Folders whose files are still written or replaced: kept, but never proven to be the same."""


@dataclass(frozen=True, slots=True)
class Places:
    """Backups' own files under a home."""

    home: Path

    @property
    def own(self) -> Path:
        return self.home / OWN

    @property
    def key(self) -> Path:
        return self.own / "key"

    @property
    def state(self) -> Path:
        return self.own / "state.json"

    @property
    def lock(self) -> Path:
        return self.own / "lock"

    @property
    def cache(self) -> Path:
        """restic's: can be removed at any time."""
        return self.own / "cache"

    @property
    def ssh(self) -> Path:
        """Key and known hosts for a target over SFTP."""
        return self.own / "ssh"

    @property
    def picture(self) -> Path:
        """Made before each backup, and part of the archive under the same name."""
        return self.own / "picture"

    @property
    def scratch(self) -> Path:
        """Where a backup is unpacked before it is believed."""
        return self.own / "scratch"

    @property
    def before_upgrade(self) -> Path:
        return self.own / "before-upgrade"

    @property
    def aside(self) -> Path:
        """What a restore has replaced."""
        return self.own / "replaced"


def kept(home: Path, *, models: bool) -> list[str]:
    """The names in the home that go into the archive, beside the picture.

    What is not known to be disposable is kept: a folder forgotten here would be lost there.
    Raises `NotSetUp`.
    """
    for path in _entries(home):
        if path.is_symlink() and path.is_dir() and _is_kept(path.name, models):
            raise NotSetUp(
                f"{path} is a link to {path.resolve()}, and only the link would be kept: mount "
                "that folder here instead (mount --bind)"
            )
    return [path.name for path in _entries(home) if _is_kept(path.name, models)]


def _entries(home: Path) -> Iterator[Path]:
    return (path for path in sorted(home.iterdir()) if path.is_dir() or path.is_file())


def _is_kept(name: str, models: bool) -> bool:
    if name in DISPOSABLE or name.startswith((".", "pressline.db")):
        return False
    return models or name != MODELS
