"""What came of running the installation once, twice, and only looking."""

from dataclasses import dataclass
from subprocess import CompletedProcess

from .root import Root, contents, fresh, pip_folders

HOST = "box.paper.example"
Done = CompletedProcess[str]


@dataclass(frozen=True)
class Installation:
    root: Root
    looked: Done
    """`--check` in the fresh system, and what changed by it."""
    changed_by_looking: set[str]
    first: Done
    second: Done
    changed_by_second: set[str]
    looked_again: Done


def made() -> Installation:
    root = fresh("installed")
    bare = contents(root.folder)
    looked = root.install("--check")
    changed_by_looking = _changed(root, bare)
    first = root.install("--host", HOST)
    assert first.returncode == 0, first.stdout + first.stderr
    installed = contents(root.folder)
    second = root.install()
    changed_by_second = _changed(root, installed)
    return Installation(
        root, looked, changed_by_looking, first, second, changed_by_second, root.install("--check")
    )


def _changed(root: Root, before: set[str]) -> set[str]:
    # Where this machine's own folders were mounted is no doing of the installation.
    ours = ("host-pip.conf", "/root/.cache", *(f" .{folder}" for folder in pip_folders()))
    differing = contents(root.folder) ^ before
    return {line for line in differing if not any(part in line for part in ours)}
