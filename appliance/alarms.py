"""Tells the administrator what needs a person: in the log and by mail, each thing once a day."""

import json
import time
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import structlog

from store.errors import StoreError
from voicemail.delivery.smtp import submit
from voicemail.errors import DeliveryFailed

from .attention import Needs, needs
from .home import Home
from .messaging import mail_settings
from .settings import Settings

log = structlog.get_logger()

AGAIN_AFTER = 86_400.0
"""Seconds until the same need is told once more."""


def raise_alarms(settings: Settings, home: Home) -> list[str]:
    """The kinds that were told now. Blocks."""
    try:
        found = needs(home)
    except (StoreError, OSError) as error:
        log.warning("nobody knows what needs a person", reason=str(error))
        return []
    told = _Told(home.root / "run" / "alarms.json")
    fresh = {kind: text for kind, text in found.items() if told.is_fresh(kind)}
    for kind, text in fresh.items():
        log.error("the box needs a person", kind=kind, what=text)
    if fresh and not _mailed(settings, fresh):
        return []
    told.note(found, fresh)
    return list(fresh)


class _Told:
    """When each need was told, kept over restarts; a need that is gone is forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at = self._read()

    def is_fresh(self, kind: str) -> bool:
        return time.time() - self._at.get(kind, 0.0) > AGAIN_AFTER

    def note(self, found: Needs, fresh: Needs) -> None:
        now = time.time()
        kept = {kind: now if kind in fresh else self._at.get(kind, now) for kind in found}
        if kept != self._at:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(kept))

    def _read(self) -> Mapping[str, float]:
        try:
            found = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _mailed(settings: Settings, fresh: Needs) -> bool:
    """True also when nobody is to be mailed."""
    server = mail_settings(settings)
    if server is None or not settings.admin_mail:
        return True
    mail = EmailMessage()
    mail["From"] = server.sender
    mail["To"] = settings.admin_mail
    mail["Subject"] = f"Pressline of {settings.paper_name} needs a person"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join(fresh.values()) + f"\n\n{settings.panel_url}/healthz\n")
    try:
        submit(mail, settings.admin_mail, server)
    except DeliveryFailed as error:
        log.warning("the administrator could not be mailed", reason=str(error))
        return False
    return True
