"""What a webhook carries, and its signature (docs/webhooks.md)."""

import hashlib
import hmac
import json
from typing import Any

from voicemail.delivery.notice import Notice, Wording

EVENT = "message.new"


def as_json(notice: Notice, link: str) -> bytes:
    """The body of the post."""
    facts = {
        "event": EVENT,
        "id": notice.id,
        "box": notice.box,
        "title": notice.title,
        "caller": {
            "number": notice.number,
            "name": notice.name,
            "withheld": notice.withheld,
        },
        "dialled": notice.dialled,
        "started_at": notice.started_at.isoformat(),
        "seconds": round(notice.seconds, 2),
        "urgent": notice.urgent,
        "callback": {"number": notice.callback, "confirmed": notice.callback_confirmed},
        "forwarded_by": notice.forwarded_by,
        "transcript": _transcript(notice.wording, notice.language),
        "link": link,
    }
    return json.dumps(facts, ensure_ascii=False).encode()


def _transcript(wording: Wording, language: str) -> dict[str, Any]:
    return {
        "state": wording.state,
        "language": language,
        "text": wording.text,
        "doubtful": [word.text for word in wording.words if word.is_doubtful],
        "note": wording.note,
        "corrected_by": wording.corrected_by,
    }


def signature(secret: str, body: bytes, at: int) -> str:
    """The value of `X-Pressline-Signature` for a body posted at a Unix time."""
    signed = f"{at}.".encode() + body
    return f"t={at},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
