"""restic, the program that keeps the archive (Debian's package `restic`, 0.14 and later)."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import NotSetUp, TargetFailed
from .places import Places
from .restic_answers import Snapshot, as_json, snapshot_from, summary
from .ssh import ssh_command

TAG = "pressline"
ASK_LIMIT = 300.0
"""Seconds for a short question to the archive. restic itself tries again for 15 minutes
(internal/backend/retry): too long for somebody at a terminal."""
WORK_LIMIT = 24 * 3600.0
"""Seconds for what moves data."""
UNREAD = 3
"""restic's status when a snapshot was made, but some file could not be read."""


@dataclass(frozen=True)
class Restic:
    """The archive at `target`."""

    target: str
    key: str = field(repr=False)
    places: Places
    upload_limit: int = 0
    """KiB a second; 0: none."""
    account: Mapping[str, str] = field(default_factory=dict, repr=False)
    """restic's variables of a target that asks for an account."""
    ask_limit: float = ASK_LIMIT

    def is_there(self) -> bool:
        """Whether the archive opens with our key. Raises `TargetFailed`."""
        return self._run("cat", "config", limit=self.ask_limit).returncode == 0

    def make(self) -> None:
        """Raises `TargetFailed`, too when there is one that does not open with our key."""
        self._done("init", limit=self.ask_limit)

    def unlock(self) -> None:
        """Remove locks that killed processes left; those of living ones stay."""
        self._done("unlock", limit=self.ask_limit)

    def save(self, paths: Sequence[str]) -> dict[str, Any]:
        """Keep `paths` of the home; restic's own summary. Raises `TargetFailed`."""
        listed = self.places.own / "paths"
        listed.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in paths))
        done = self._run(
            "backup", "--json", "--quiet", "--tag", TAG, "--files-from-raw", str(listed),
        )  # fmt: skip
        # A file that went away between the list and the reading is told, and no failure.
        if done.returncode not in (0, UNREAD):
            raise self._failed("backup", done.stderr)
        return summary(done.stdout)

    def snapshots(self) -> list[Snapshot]:
        """Oldest first. Raises `TargetFailed`."""
        found = self._done("snapshots", "--json", "--tag", TAG, limit=self.ask_limit)
        return [snapshot_from(facts) for facts in as_json(found) or []]

    def forget(self, keep: Sequence[str]) -> None:
        """Drop what `keep` does not hold, and what only that needed. Raises `TargetFailed`."""
        self._done("forget", "--tag", TAG, "--group-by", "tags", *keep, "--prune")

    def size(self, snapshot: str) -> int:
        """Bytes that it takes when it is unpacked. Raises `TargetFailed`."""
        found = self._done("stats", "--json", "--mode", "restore-size", snapshot)
        return int(as_json(found)["total_size"])

    def restore(self, snapshot: str, into: Path) -> None:
        """Raises `TargetFailed`."""
        self._done("restore", snapshot, "--target", str(into))

    def check(self) -> None:
        """That the archive hangs together. Raises `TargetFailed`."""
        self._done("check")

    def _done(self, *arguments: str, limit: float = WORK_LIMIT) -> str:
        done = self._run(*arguments, limit=limit)
        if done.returncode:
            raise self._failed(arguments[0], done.stderr)
        return done.stdout

    def _run(
        self, *arguments: str, limit: float = WORK_LIMIT
    ) -> "subprocess.CompletedProcess[str]":
        self.places.cache.mkdir(parents=True, exist_ok=True)
        command = [*_dying_with_us(), "restic", "--cache-dir", str(self.places.cache),
                   *self._options(), *arguments]  # fmt: skip
        if not shutil.which("restic"):
            raise NotSetUp("restic is not installed: apt-get install restic")
        try:
            return subprocess.run(
                command, cwd=self.places.home, env=self._environment(), capture_output=True,
                text=True, errors="replace", stdin=subprocess.DEVNULL, timeout=limit,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise TargetFailed(
                f"{self._told}: no answer within {limit:g} s; is it reachable?"
            ) from error

    def _options(self) -> list[str]:
        options = ["--limit-upload", str(self.upload_limit)] if self.upload_limit else []
        if self.target.startswith("sftp:"):
            options += ["-o", f"sftp.command={ssh_command(self.target, self.places)}"]
        return options

    def _environment(self) -> dict[str, str]:
        ours = {"RESTIC_REPOSITORY": self.target, "RESTIC_PASSWORD": self.key}
        return {**os.environ, **self.account, **ours}

    def _failed(self, verb: str, said: str) -> TargetFailed:
        lines = [line for line in said.strip().splitlines() if line.strip()]
        return TargetFailed(f"{self._told}: {verb} failed: {' / '.join(lines[-4:])[-600:]}")

    @property
    def _told(self) -> str:
        return f"backup_target {self.target}"


def _dying_with_us() -> tuple[str, ...]:
    """A restic that outlived its backup would hold the archive's lock against the next one."""
    return ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()
