"""What a backup holds, with the sums of it: travels in the archive, beside the store's copy."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from store.folders import write_whole

from .errors import TargetFailed
from .files import FileSum
from .sums import Sums, TableSum

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    version: str
    """Of the program that made the backup."""
    store: str
    """`sqlite` or `postgresql`."""
    tables: Sums
    files: dict[str, FileSum]
    """By path in the home."""
    made_at: str
    """UTC, ISO 8601."""

    def write(self, folder: Path) -> None:
        """Raises `OSError`."""
        write_whole(folder / NAME, json.dumps(asdict(self)).encode("utf-8", "surrogateescape"))


def read(folder: Path) -> Manifest:
    """Raises `TargetFailed` when it is missing or odd."""
    path = folder / NAME
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        return _from(json.loads(text))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise TargetFailed(
            f"{path}: the backup's list of contents cannot be read ({error}); try another backup"
        ) from error


def last(folder: Path) -> dict[str, FileSum]:
    """The files of the manifest made last on this home; none when there is none."""
    try:
        return read(folder).files
    except TargetFailed:
        return {}


def _from(found: dict[str, Any]) -> Manifest:
    return Manifest(
        version=str(found["version"]),
        store=str(found["store"]),
        tables={name: TableSum(**facts) for name, facts in found["tables"].items()},
        files={path: FileSum(**facts) for path, facts in found["files"].items()},
        made_at=str(found["made_at"]),
    )
