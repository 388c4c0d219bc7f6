"""What `pressline doctor` looks at of mailboxes: who hears them, who is told, who stands in."""

from collections.abc import Iterator, Sequence

from store.models import Mailbox, Recipient
from store.models.mailbox import Channel
from tts_asr.transcriber import Transcriber
from tts_asr.transcribers import transcriber_for, why_none

from .finding import Finding
from .home import Home
from .settings import Settings


def examine_messages(settings: Settings, home: Home) -> Iterator[Finding]:
    """The store must be open."""
    boxes = list(Mailbox.select().order_by(Mailbox.name))
    if not boxes:
        yield Finding("mailboxes", True, "none; `pressline mailboxes add` makes one")
        return
    yield Finding("mailboxes", True, ", ".join(box.name for box in boxes))
    yield _last_resort(settings, boxes)
    yield from _models(home, boxes)
    yield from _mail(settings)


def _last_resort(settings: Settings, boxes: Sequence[Mailbox]) -> Finding:
    name = settings.last_resort_box
    if name in {box.name for box in boxes}:
        return Finding("last resort", True, f"mailbox {name}")
    return Finding(
        "last resort",
        False,
        f"there is no mailbox {name}: make it, or set last_resort_box to another one",
    )


def _models(home: Home, boxes: Sequence[Mailbox]) -> Iterator[Finding]:
    for language in sorted({box.language for box in boxes if box.transcribe}):
        hears = transcriber_for(home.models, language)
        told = _told(hears) if hears else why_none(home.models, language)
        yield Finding("transcripts", True, f"{language}: {told}")


def _mail(settings: Settings) -> Iterator[Finding]:
    mailed = Recipient.select().where(Recipient.channel == Channel.MAIL).count()
    if mailed and settings.mail_server is None:
        yield Finding(
            "mail",
            False,
            "mailboxes have mail addresses, but mail_server in pressline.toml is not set",
        )
    elif settings.mail_server:
        yield Finding("mail", True, f"by {settings.mail_server} ({settings.mail_tls})")


def _told(hears: Transcriber) -> str:
    known = f"{hears.engine} with {hears.model}"
    return f"{known} ({hears.limitation})" if hears.limitation else known
