"""The archive's password: the paper's own setting, or one made at random and kept in the home."""

import secrets
import stat

from store.folders import sync_folder, write_whole

from .errors import NotSetUp
from .places import Places

BYTES = 24
"""Of chance in a key that is made here."""


def key_of(given: str, places: Places) -> str:
    """The setting, or the home's key, which is made when there is none. Raises `NotSetUp`."""
    return given or _kept(places) or _made(places)


def known_key(given: str, places: Places) -> str:
    """The setting, or the home's key: a new one opens no archive. Raises `NotSetUp`."""
    key = given or _kept(places)
    if not key:
        raise NotSetUp(
            f"there is no key in {places.own}: give the one that `pressline backup key` showed, "
            "as PRESSLINE_BACKUP_PASSWORD=…"
        )
    return key


def keep(key: str, places: Places) -> None:
    """Have this home go on with `key`: after a restore."""
    places.own.mkdir(parents=True, exist_ok=True)
    write_whole(places.key, f"{key}\n".encode(), 0o600)
    sync_folder(places.own)


def _kept(places: Places) -> str:
    try:
        mode = stat.S_IMODE(places.key.stat().st_mode)
        key = places.key.read_text().strip()
    except FileNotFoundError:
        return ""
    if mode & 0o077:
        raise NotSetUp(f"{places.key}: others can read it; run: chmod 600 {places.key}")
    if not key:
        raise NotSetUp(f"{places.key}: empty; write the key of your backups into it")
    return key


def _made(places: Places) -> str:
    key = secrets.token_urlsafe(BYTES)
    keep(key, places)
    return key
