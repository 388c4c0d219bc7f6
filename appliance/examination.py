"""What `pressline doctor` looks at beside the running processes."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from store import sealing
from store.errors import StoreError
from tts_asr.engines import make_engines
from voicemail.housekeeping import space

from .backing_up import backup_finding, look_through_store
from .book import Book
from .dangers import dangers
from .errors import ApplianceError
from .examining_messages import examine_messages
from .finding import Finding
from .home import Home
from .opening import open_book
from .secrets_file import load_secrets
from .settings import Settings
from .switch_priority import examine_priority

LEAST_FREE = 1_000_000_000
"""Bytes: some 17 hours of recordings."""


def examine(settings: Settings, home: Home) -> list[Finding]:
    """Everything that can be looked at without the box running."""
    return [
        _python(),
        _home(home.root),
        _rights(home.root),
        *(_dangers(settings) if home.root.is_dir() else ()),  # it would make secrets, and a home
        _disk(home.root),
        *_secrets(settings, home),
        *_kept(settings, home),
        *_speech(settings, home),
        _pages(settings, home),
        backup_finding(settings, home),
        _freeswitch(settings),
        *examine_priority(home),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Finding("python", ok, version if ok else f"{version}: install Python 3.11, 3.12 or 3.13")


def _home(root: Path) -> Finding:
    if root.is_dir():
        return Finding("home", True, str(root.absolute()))
    return Finding("home", False, f"{root.absolute()} is not there; `pressline demo` makes one")


def _rights(root: Path) -> Finding:
    if root.is_dir() and stat.S_IMODE(root.stat().st_mode) & 0o007:
        return Finding(
            "rights",
            False,
            f"everybody on this machine can look into {root.absolute()}, where messages and "
            f"recordings are; run: chmod o= {root.absolute()}",
        )
    return Finding("rights", True, "others cannot look into the home")


def _dangers(settings: Settings) -> Iterator[Finding]:
    try:
        found = list(dangers(settings))
    except ApplianceError:
        return  # what is wrong with the secrets is told below
    for danger in found:
        accepted = danger.risk in settings.accept_risks
        told = f"accepted: {danger.message}" if accepted else str(danger)
        yield Finding("danger", accepted, told)
    if not found:
        yield Finding("danger", True, "nothing is open to strangers that should not be")


def _disk(root: Path) -> Finding:
    disk = space(root if root.exists() else Path())
    if disk.is_read_only:
        return Finding("disk", False, f"{disk}: {disk.remedy}")
    message = f"{disk.free / 1e9:.1f} GB free"
    ok = disk.free > LEAST_FREE
    return Finding("disk", ok, message if ok else f"{message}: make room")


def _secrets(settings: Settings, home: Home) -> Iterator[Finding]:
    if home.root.is_dir():
        try:
            load_secrets(home.root, settings.phones)
        except ApplianceError as error:
            yield Finding("secrets", False, str(error))
        else:
            yield Finding("secrets", True, "only the owner can read them")


def _kept(settings: Settings, home: Home) -> Iterator[Finding]:
    try:
        book = open_book(settings)
    except StoreError as error:
        yield Finding("store", False, str(error))
        return
    yield from _flows(book)
    if book.exists:
        yield from examine_messages(settings, home)
        yield _sealed()


def _sealed() -> Finding:
    if count := sealing.locked():
        return Finding(
            "sealed secrets",
            False,
            f"{count} in the store cannot be opened: they belong to another secrets.toml; put it "
            "back from a backup, or set them anew (docs/security.md)",
        )
    return Finding("sealed secrets", True, "all can be opened")


def _pages(settings: Settings, home: Home) -> Finding:
    fault = look_through_store(settings, home) if home.root.is_dir() else ""
    return Finding("store pages", not fault, fault or "nothing is damaged")


def _flows(book: Book) -> Iterator[Finding]:
    if not book.flows:
        yield Finding("flows", False, "none is live; `pressline demo` or `pressline publish FILE`")
        return
    yield Finding("flows", True, f"{len(book.flows)} live: {', '.join(sorted(book.flows))}")
    yield from _routes(book)


def _routes(book: Book) -> Iterator[Finding]:
    routes = book.routes.routes
    missing = sorted({route.flow for route in routes} - book.flows.keys())
    if missing:
        yield Finding("routes", False, f"lead to flows that are not live: {', '.join(missing)}")
    elif not routes:
        yield Finding("routes", False, "no number leads to a flow")
    else:
        told = ", ".join(f"{route.number} → {route.flow}" for route in routes)
        yield Finding("routes", True, told)


def _speech(settings: Settings, home: Home) -> Iterator[Finding]:
    reasons = {
        engine.name: engine.available()
        for engine in make_engines(home.root / "models", settings.speech)
    }
    usable = [name for name, reason in reasons.items() if reason is None]
    told = "; ".join(f"{name}: {reason or 'ready'}" for name, reason in reasons.items())
    yield Finding("speech", bool(usable), told)


def _freeswitch(settings: Settings) -> Finding:
    if settings.switch == "embedded":
        return Finding("switch kind", True, "the embedded switch; FreeSWITCH is for production")
    return Finding(
        "switch kind",
        True,
        f"FreeSWITCH at {settings.esl}; its dialplan must lead calls to "
        f"socket {settings.socket} (docs/freeswitch.md)",
    )
