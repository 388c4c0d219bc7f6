"""Files that outlast a power failure, and folders that are looked into. All of it blocks."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

UNFINISHED = ".part"


def files(folder: Path) -> Iterator[Path]:
    """The plain files in a folder; none where it is not made yet. No link is followed."""
    try:
        with os.scandir(folder) as entries:
            found = [entry.path for entry in entries if entry.is_file(follow_symlinks=False)]
    except FileNotFoundError:
        return
    yield from map(Path, sorted(found))


def make_folder(folder: Path) -> None:
    """With all above it; their names outlast a power failure. Raises `OSError`."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Names that were made in `folder` outlast a power failure from here on. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """What is in it outlasts a power failure. Raises `OSError`."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Readers see all of it or what was there before. Raises `OSError`.

    By default everybody may read it: a web server may run as another user.
    """
    handle, name = tempfile.mkstemp(UNFINISHED, ".", path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(handle, mode)
            os.fsync(handle)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
