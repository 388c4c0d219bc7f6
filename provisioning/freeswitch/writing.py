"""Files put in place all at once: a new folder beside the old one, and one rename.

`conf` is a link to a folder of `generations`. FreeSWITCH reads the old files or the new ones,
never some of each, also when the power fails at any moment.
"""

import os
import secrets
import shutil
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from store.folders import sync_folder

from .drift import drift
from .errors import ProvisioningError
from .facts import Facts

CONF: Final = "conf"
GENERATIONS: Final = "generations"
AUTHORITIES: Final = "cafile.pem"
"""By which name Sofia looks for them (tport.c, tport_tls.c)."""
KEPT: Final = 2
"""Generations: FreeSWITCH may be reading the one before."""
FILE_MODE, FOLDER_MODE = 0o640, 0o750
"""Passwords stand in them; FreeSWITCH reads them as a member of the group."""
SHARED_MODE: Final = 0o2770
"""FreeSWITCH writes there, for the group. Set at the start: the worker's unit may not do so
(`RestrictSUIDSGID`)."""


def install(folder: Path, files: Mapping[str, str]) -> bool:
    """Have `folder/conf` hold `files` and nothing else; whether anything had to be written.

    Raises `ProvisioningError` where something of somebody else's is in the way.
    """
    link = folder / CONF
    if link.exists() and not link.is_symlink():
        raise ProvisioningError(
            f"{link} is no link of ours: somebody else's configuration? Move it elsewhere"
        )
    if link.exists() and not drift(link, files):
        return False
    made = _written(folder / GENERATIONS, files)
    _point(link, made)
    _forget_old(folder / GENERATIONS, made)
    return True


def ensure_surroundings(facts: Facts) -> None:
    """What the files name: a folder of music, silence as long as there is none, and one of
    certificates, which FreeSWITCH makes itself where none are put there."""
    for path in (facts.music, facts.certificates):
        path.mkdir(parents=True, exist_ok=True)
    if facts.certificates.stat().st_mode & 0o7777 != SHARED_MODE:
        facts.certificates.chmod(SHARED_MODE)
    _name_authorities(facts.certificates / AUTHORITIES, facts.authorities)
    if not any(facts.music.iterdir()):
        _write_silence(facts.music / "silence.wav")


def _name_authorities(link: Path, authorities: Path | None) -> None:
    """A file that somebody has put there himself stays."""
    if link.is_symlink():
        if link.readlink() == authorities:
            return
        link.unlink()
    if authorities and not link.exists():
        link.symlink_to(authorities)


def _written(generations: Path, files: Mapping[str, str]) -> Path:
    generations.mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(8)
    begun = generations / f".{name}"
    for path, text in files.items():
        _write(begun / path, text)
    for place in (begun, *(path for path in begun.rglob("*") if path.is_dir())):
        place.chmod(FOLDER_MODE)
        sync_folder(place)
    made = generations / name
    begun.rename(made)
    sync_folder(generations)
    return made


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, FILE_MODE), "w") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _point(link: Path, made: Path) -> None:
    begun = link.with_name(f".{link.name}-{made.name}")
    begun.symlink_to(made.relative_to(link.parent), target_is_directory=True)
    begun.replace(link)
    sync_folder(link.parent)


def _forget_old(generations: Path, made: Path) -> None:
    others = sorted(
        (path for path in generations.iterdir() if path != made),
        key=lambda path: path.stat().st_mtime,
    )
    begun = [path for path in others if path.name.startswith(".")]
    whole = [path for path in others if not path.name.startswith(".")]
    for path in (*begun, *whole[: len(whole) + 1 - KEPT]):
        shutil.rmtree(path, ignore_errors=True)


def _write_silence(path: Path) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(2 * 8000))
