"""Alarms on their way to people: a line in the log, a mail, a post to a web address."""

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import uuid4

import structlog

from voicemail.delivery.settings import WebhookSettings
from voicemail.delivery.smtp import submit
from voicemail.delivery.webhook import post_to
from voicemail.delivery.webhook_body import signature
from voicemail.errors import DeliveryFailed

from ..messaging import mail_settings
from ..settings import Settings
from .deciding import News, stops_calls
from .standing import Standing

log = structlog.get_logger()

Tell = Callable[[Settings, News], None]
"""Raises `DeliveryFailed`."""
OVER = "This is over again:"


def channels(settings: Settings) -> Mapping[str, Tell]:
    """Those that are set, by name."""
    found: dict[str, Tell] = {"log": _log}
    if settings.admin_mail and mail_settings(settings) is not None:
        found["mail"] = _mail
    if settings.alarm_webhook:
        found["webhook"] = _post
    return found


def _log(_: Settings, news: News) -> None:
    for alarm in news.raised:
        log.error("the box needs a person", kind=alarm.kind, what=alarm.text)
    for alarm in news.over:
        log.info("over again", kind=alarm.kind, what=alarm.text)


def _mail(settings: Settings, news: News) -> None:
    server = mail_settings(settings)
    if server is None:
        return
    mail = EmailMessage()
    mail["From"] = server.sender
    mail["To"] = settings.admin_mail
    mail["Subject"] = _subject(settings, news)
    mail["Auto-Submitted"] = "auto-generated"
    over = [OVER, *(alarm.text for alarm in news.over)] if news.over else []
    paragraphs = [*(alarm.text for alarm in news.raised), *over, f"{settings.panel_url}/"]
    mail.set_content("\n\n".join(paragraphs) + "\n")
    submit(mail, settings.admin_mail, server)


def _subject(settings: Settings, news: News) -> str:
    who = f"Pressline of {' '.join(settings.paper_name.split())}"
    return f"{who} needs a person" if news.raised else f"{who} is well again"


def _post(settings: Settings, news: News) -> None:
    body = as_json(settings, news)
    at = int(time.time())
    secret = settings.alarm_secret.get_secret_value()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Pressline",
        "X-Pressline-Delivery": uuid4().hex,
        "X-Pressline-Signature": signature(secret, body, at),
    }
    post_to(settings.alarm_webhook, body, headers, WebhookSettings(settings.webhook_private))


def as_json(settings: Settings, news: News) -> bytes:
    facts = {
        "event": "alarm",
        "paper": settings.paper_name,
        "box": settings.box_name,
        "link": f"{settings.panel_url}/",
        "raised": [_facts(alarm) for alarm in news.raised],
        "over": [_facts(alarm) for alarm in news.over],
    }
    return json.dumps(facts, ensure_ascii=False).encode()


def _facts(alarm: Standing) -> dict[str, object]:
    return {
        "kind": alarm.kind,
        "text": alarm.text,
        "stops_calls": stops_calls(alarm.kind),
        "since": datetime.fromtimestamp(alarm.since, UTC).isoformat(timespec="seconds"),
    }


def told(settings: Settings, tell: Tell, news: News) -> bool:
    """Whether it went out; else it is tried again at the next look."""
    try:
        tell(settings, news)
    except DeliveryFailed as error:
        log.warning("the administrator could not be told", reason=str(error))
        return False
    return True
