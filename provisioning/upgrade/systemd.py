"""The installed box: systemd's units, the program's user, the panel's page of health."""

import json
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import StepFailed
from .store_work import Work

TARGET = "pressline.target"
USER = "pressline"
LIMIT = 3600.0
"""Seconds for one step: making the Python packages and backing up take the longest."""
ANSWER_WITHIN = 10.0
BUILD = Path(__file__).parent / "build-release.sh"


@dataclass(frozen=True, slots=True)
class SystemdBox:
    """A `Box`."""

    panel: str
    """The panel's own address, such as `http://127.0.0.1:8080`."""
    runs: bool = True
    """False while the machine starts: the units are started afterwards, by systemd itself."""

    def build(self, source: Path, release: Path) -> None:
        _run(str(BUILD), str(source), str(release))

    def back_up(self, release: Path) -> None:
        _as_program(release, str(release / ".venv/bin/pressline"), "backup")

    def stop(self) -> None:
        if self.runs:
            _run("systemctl", "stop", TARGET)

    def start(self) -> None:
        if self.runs:
            _run("systemctl", "start", TARGET)

    def work(self, release: Path, verb: Work) -> None:
        python = str(release / ".venv/bin/python")
        _as_program(release, python, "-m", "provisioning.upgrade.store_work", verb)

    def well(self) -> dict[str, bool] | None:
        try:
            with urllib.request.urlopen(f"{self.panel}/healthz", timeout=ANSWER_WITHIN) as answer:
                return _parts(answer.read())
        except urllib.error.HTTPError as error:  # 503: it answers, and something is not well
            return _parts(error.read())
        except OSError:
            return None


def _parts(body: bytes) -> dict[str, bool] | None:
    try:
        return {name: bool(part["ok"]) for name, part in json.loads(body)["parts"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _as_program(release: Path, *command: str) -> None:
    """As the user to whom the store belongs, when we are root."""
    become = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    _run(*become, *command, folder=release)


def _run(*command: str, folder: Path | None = None) -> None:
    try:
        subprocess.run(
            command, cwd=folder, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        said = error.stdout.decode(errors="replace").strip()[-1000:]
        raise StepFailed(f"{_told(command)} failed: {said or error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise StepFailed(f"{_told(command)} was not done in {LIMIT / 60:g} minutes") from error
    except OSError as error:
        raise StepFailed(f"{_told(command)} cannot be run: {error}") from error


def _told(command: Sequence[str]) -> str:
    return " ".join(command)
