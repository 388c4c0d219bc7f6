"""The folder that readers see into: ours alone, changed by one process at a time."""

import fcntl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from store.folders import files, write_whole


@contextmanager
def alone(lock: Path) -> Iterator[bool]:
    """The lock goes with the process, however it ends."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def put(path: Path, content: bytes) -> bool:
    """Whether it was another. Unchanged files keep their time, which web servers tell readers."""
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        pass
    write_whole(path, content)
    return True


def tidy(root: Path, wanted: Collection[Path]) -> int:
    """Removes what is not to be read (any more), and what a crash left unfinished; how much."""
    folders = [path for path in root.iterdir() if path.is_dir() and not path.is_symlink()]
    strays = [path for folder in (root, *folders) for path in files(folder) if path not in wanted]
    for path in strays:
        path.unlink(missing_ok=True)
    for folder in folders:
        if not any(folder.iterdir()):
            folder.rmdir()
    return len(strays)
