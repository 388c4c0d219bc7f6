"""Backups on a running box: when one is due it is made by a process of its own, below all else."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

import structlog

from provisioning.backup import state
from provisioning.backup.due import is_due
from provisioning.backup.holding import is_running
from provisioning.backup.places import Places
from provisioning.backup.state import State
from provisioning.backup.store_check import fault_of

from .finding import Finding
from .home import Home
from .settings import Settings

log = structlog.get_logger()


def places_of(settings: Settings) -> Places:
    return Places(settings.home.absolute())


def start_when_due(settings: Settings, home: Home) -> int:
    """The process that makes the backup; 0 when none is due. It never waits for it.

    What it does is noted in a file; one that was killed is found by that and started again.
    """
    places = Places(home.root.absolute())
    known = state.read(places)
    if not settings.backup_target and known.since:
        state.forget(places)
    if not is_due(settings, known, state.now()) or is_running(places):
        return 0
    environment = {**os.environ, "PRESSLINE_HOME": str(places.home)}
    process = subprocess.Popen(
        command(), env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    log.info("a backup begins", pid=process.pid)
    return process.pid


def command() -> Sequence[str]:
    """Calls come first: it takes what processor and disk time they leave."""
    idle = ["nice", "-n", "19"] if shutil.which("nice") else []
    idle += ["ionice", "-c", "3", "-t"] if shutil.which("ionice") else []
    return [*idle, sys.executable, "-m", "appliance", "backup", "--quiet"]


def look_through_store(settings: Settings, home: Home) -> str:
    """What is wrong with the store's pages; noted in a file, since the store may not tell."""
    fault = fault_of(settings.store_url)
    places = Places(home.root.absolute())
    if fault != state.read(places).store_fault:
        state.note(places, store_fault=fault)
        log.error("the store is damaged" if fault else "the store is whole again", what=fault)
    return fault


def store_need(home: Home) -> str:
    """What the last look has found."""
    return state.read(Places(home.root.absolute())).store_fault


def backup_need(home: Home) -> str:
    """What of the backups needs a person; empty when all is well, or where none are made."""
    known = state.read(Places(home.root.absolute()))
    if known.fault:
        return f"the backup failed ({_last(known)}): {known.fault}"
    if known.is_old(state.now()):
        return f"no backup for two days ({_last(known)}): `pressline backup` tells why"
    return ""


def backup_finding(settings: Settings, home: Home) -> Finding:
    """For `pressline doctor`."""
    known = state.read(Places(home.root.absolute()))
    if not settings.backup_target:
        return Finding("backup", True, "none are made: set backup_target (docs/backup.md)")
    if need := backup_need(home):
        return Finding("backup", False, need)
    if not known.good:
        return Finding("backup", True, "none made yet; `pressline backup` makes one now")
    size = f"{known.bytes / 1e6:.1f} MB in {known.seconds:.0f} s"
    return Finding("backup", True, f"{_last(known)}, {size}")


def _last(known: State) -> str:
    return f"the last good one is of {known.good:%Y-%m-%d %H:%M} UTC" if known.good else "none yet"
