"""What a page asks to be tried, and what it is told: JSON in both directions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from admin.errors import Refused
from admin.panel import the_panel
from ivr_flows.trace import StepRecord
from ivr_flows.trial import Trial
from ivr_flows.trying_out import Piece, Said, TryOut

MOST_KEYS = 200
"""Answers of one try-out."""


class Wish(BaseModel):
    """One press of a key, with all that came before it."""

    model_config = ConfigDict(extra="forbid")

    keys: list[str] = Field(default_factory=list, max_length=MOST_KEYS)
    typing: bool = True
    at: datetime | None = None
    """By the paper's clock."""
    caller: str = Field("5550100", max_length=64)
    dialed: str = Field("100", max_length=64)
    language: str = Field("", max_length=16)
    results: dict[str, Any] = Field(default_factory=dict, max_length=50)
    answers: dict[str, str] = Field(default_factory=dict, max_length=50)
    speaks: float = Field(5.0, ge=0, le=3600)
    hangs_up: float | None = Field(None, ge=0, le=86_400)
    really_ask: bool = True

    @property
    def given(self) -> dict[str, Any]:
        """As a test call has it; None for what is as usual."""
        return {
            "keys": self.keys,
            "with": self.results,
            "speaks": f"{self.speaks:g}s",
            "at": f"{self.at:%Y-%m-%d %H:%M}" if self.at else None,
            "caller": self.caller,
            "dialed": self.dialed,
            "language": self.language or None,
            "answers": self.answers,
            "hangs_up": None if self.hangs_up is None else f"{self.hangs_up:g}s",
        }

    @property
    def trial(self) -> Trial:
        """Raises `Refused`."""
        return read_trial({"name": gettext("a try-out"), **self.given})


def read_wish(given: Any) -> Wish:
    """Raises `Refused`."""
    try:
        return Wish.model_validate(given)
    except ValidationError as error:
        raise Refused(_faults(error)) from error


def read_trial(given: Mapping[str, Any]) -> Trial:
    """Raises `Refused`."""
    kept = {name: value for name, value in given.items() if value is not None}
    try:
        return Trial.model_validate(kept)
    except ValidationError as error:
        raise Refused(_faults(error)) from error


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in error.errors()[:5]
    )


def told(tried: TryOut) -> dict[str, Any]:
    """For the page."""
    run = tried.run
    return {
        "waits": tried.waits,
        "keyed": tried.keyed,
        "seconds": round(tried.seconds, 1),
        "pieces": [_piece(piece) for piece in tried.pieces],
        "trace": [_step(record) for record in tried.trace],
        "variables": {name: str(value)[:500] for name, value in tried.variables.items()},
        "asked": tried.asked,
        "end": str(run.end) if run else "",
        "reason": run.reason if run else "",
        "tags": list(run.tags) if run else [],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "kind": piece.kind,
        "text": piece.text,
        "seconds": round(piece.seconds, 1),
        "sound": sealed(piece.said) if piece.said else "",
    }


def _step(record: StepRecord) -> dict[str, Any]:
    return {
        "flow": record.flow,
        "step": record.step,
        "verb": record.verb,
        "event": record.event or "end",
        "detail": {name: str(value) for name, value in record.detail.items()},
        "error": record.error,
    }


def sealed(said: Said) -> str:
    """What is said, signed: nobody has the box say other texts than those of its flows."""
    return str(_seal().dumps([said.text, said.language, said.voice, said.recording]))


def unsealed(token: str) -> Said | None:
    try:
        text, language, voice, recording = _seal().loads(token)
    except (BadSignature, ValueError):
        return None
    return Said(
        path=the_panel().home, text=text, language=language, voice=voice, recording=recording
    )


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(the_panel().secret, salt="what a try-out says")
