"""What is upgraded to: a tree of Pressline's source, or an archive of one."""

import re
import shutil
import tarfile
import tomllib
from pathlib import Path

from .errors import SourceOdd
from .layout import Layout

VERSION = re.compile(r"[0-9]+(\.[0-9A-Za-z]+)*([+-][0-9A-Za-z.]+)?")
"""It becomes the name of a folder."""


def tree_of(source: Path, layout: Layout) -> Path:
    """The source tree; an archive is unpacked first. Raises `SourceOdd`."""
    if source.is_dir():
        return source
    shutil.rmtree(layout.incoming, ignore_errors=True)
    try:
        with tarfile.open(source) as archive:
            archive.extractall(layout.incoming, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise SourceOdd(
            f"{source}: cannot be unpacked ({error}); expected a folder or a .tar.gz of Pressline"
        ) from error
    return _only_folder(layout.incoming)


def version_in(tree: Path) -> str:
    """Raises `SourceOdd`."""
    path = tree / "pyproject.toml"
    try:
        project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
        name, version = project["name"], str(project["version"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise SourceOdd(f"{tree}: no source tree of Pressline: {path.name}: {error}") from error
    if name != "pressline" or not VERSION.fullmatch(version):
        raise SourceOdd(f"{path}: this is {name} {version}; expected pressline and its version")
    return version


def _only_folder(folder: Path) -> Path:
    """Archives of a tree have one folder at the top, or are the tree themselves."""
    entries = list(folder.iterdir())
    return entries[0] if len(entries) == 1 and entries[0].is_dir() else folder
