"""What an upgrade is about to do, on the disk before it does it."""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from store.folders import sync_folder, write_whole

from .errors import Unfinished


class Step(StrEnum):
    """In the order in which they are taken."""

    BUILDING = "building"
    BACKING_UP = "backing-up"
    STOPPING = "stopping"
    KEEPING = "keeping"
    MIGRATING = "migrating"
    SWITCHING = "switching"
    STARTING = "starting"
    GOING_BACK = "going-back"
    """The only one that comes after any other."""


NOTHING_CHANGED = (Step.BUILDING, Step.BACKING_UP)
STOPPED_ONLY = (Step.STOPPING, Step.KEEPING)


@dataclass(frozen=True, slots=True)
class Journal:
    step: Step
    old: str
    new: str
    was_there: bool = False
    """The new release had been built before: it is not ours to remove."""

    def at(self, step: Step) -> "Journal":
        return replace(self, step=step)


def write(path: Path, journal: Journal) -> None:
    """Raises `OSError`."""
    write_whole(path, json.dumps(asdict(journal)).encode())
    sync_folder(path.parent)


def read(path: Path) -> Journal | None:
    """None when no upgrade is under way. Raises `Unfinished` when it cannot be understood."""
    try:
        found = json.loads(path.read_text())
        return Journal(Step(found["step"]), found["old"], found["new"], found["was_there"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unfinished(
            f"{path}: what an upgrade was doing cannot be read ({error}). See which release "
            "`current` beside it points at; if the box is well, remove this file"
        ) from error


def remove(path: Path) -> None:
    """The upgrade is over. Raises `OSError`."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)
