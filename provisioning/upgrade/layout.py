"""Where the installed program lies: a folder for each release, and a link to the one in use."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from store.folders import sync_folder

from .errors import SourceOdd

ROOT = Path("/opt/pressline")
BUILT = ".built"
"""In a release's folder, once all of it is there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The folder of the installed program."""

    root: Path = ROOT

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def current(self) -> Path:
        return self.root / "current"

    @property
    def journal(self) -> Path:
        return self.root / "upgrade.json"

    @property
    def incoming(self) -> Path:
        """Where an archive is unpacked."""
        return self.root / "incoming"

    def release(self, version: str) -> Path:
        return self.releases / version

    def version(self) -> str:
        """The one in use. Raises `SourceOdd` where none is installed."""
        if not self.current.is_symlink():
            raise SourceOdd(
                f"{self.current}: there is no installed Pressline here; install it with "
                "provisioning/install.sh (`pressline upgrade` is for what that has installed)"
            )
        return Path(os.readlink(self.current)).name

    def use(self, version: str) -> None:
        """Point the link at a release, at once for all readers. Raises `OSError`."""
        fresh = self.root / ".current.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(f"releases/{version}")
        os.replace(fresh, self.current)
        sync_folder(self.root)

    def is_built(self, version: str) -> bool:
        return (self.release(version) / BUILT).exists()

    def mark_built(self, version: str) -> None:
        """After this the release is on the disk, whatever happens. Raises `OSError`."""
        os.sync()  # tens of thousands of small files: one call for all
        (self.release(version) / BUILT).touch()
        sync_folder(self.release(version))

    def remove(self, version: str) -> None:
        shutil.rmtree(self.release(version), ignore_errors=True)

    def remove_old(self, keep: str) -> None:
        """All releases but those in use, `keep`, and what was built by hand."""
        for path in self.releases.iterdir():
            if path.name not in (keep, self.version()) and (path / BUILT).exists():
                shutil.rmtree(path, ignore_errors=True)
