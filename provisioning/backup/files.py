"""The files of a home with their sums; a file that has not changed is not read again."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from store.recordings import checksum

from .places import LATE


@dataclass(frozen=True, slots=True)
class FileSum:
    """One file as it was."""

    size: int
    """Bytes."""
    changed: int
    """Nanoseconds since 1970: time of its last change."""
    sha256: str


FileSums = Mapping[str, FileSum]
"""By path in the home."""


def files_of(home: Path, names: Iterable[str], known: FileSums) -> dict[str, FileSum]:
    """What is finished under the given names; `known` spares the reading of what it has."""
    found: dict[str, FileSum] = {}
    for name in names:
        for path in finished(home / name):
            relative = str(path.relative_to(home))
            if now := _sum(path, known.get(relative)):
                found[relative] = now
    return found


def finished(root: Path) -> Iterator[Path]:
    """Plain files at or below `root`, without what is still being written. No link is followed."""
    if root.is_file() and not root.is_symlink():
        yield root
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in LATE]
        paths = (Path(folder) / name for name in names if not name.endswith(".part"))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


def differences(then: FileSums, root: Path) -> list[str]:
    """What under `root` is not as it was, in plain words."""
    return [fault for path, was in sorted(then.items()) if (fault := _fault(path, root, was))]


def _fault(name: str, root: Path, was: FileSum) -> str:
    try:
        now = checksum(root / name)
    except FileNotFoundError:
        return f"{name}: not there"
    except OSError as error:
        return f"{name}: cannot be read: {error.strerror}"
    return "" if now == was.sha256 else f"{name}: other content"


def _sum(path: Path, known: FileSum | None) -> FileSum | None:
    """None when it went away meanwhile."""
    try:
        facts = path.stat()
        if known and (known.size, known.changed) == (facts.st_size, facts.st_mtime_ns):
            return known
        return FileSum(facts.st_size, facts.st_mtime_ns, checksum(path))
    except FileNotFoundError:
        return None
