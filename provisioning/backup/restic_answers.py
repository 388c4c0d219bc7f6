"""What restic answers, read with suspicion."""

import json
from dataclasses import dataclass
from typing import Any

from .errors import TargetFailed


@dataclass(frozen=True, slots=True)
class Snapshot:
    id: str
    """The short one that people read."""
    made_at: str
    host: str


def as_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise TargetFailed(f"restic gave an answer that is no JSON: {text[:200]!r}") from error


def summary(text: str) -> dict[str, Any]:
    found = [as_json(line) for line in text.splitlines() if '"summary"' in line]
    if not found or "snapshot_id" not in found[-1]:
        raise TargetFailed("restic told of no snapshot; see whether the target has room")
    return dict(found[-1])


def snapshot_from(facts: dict[str, Any]) -> Snapshot:
    return Snapshot(facts["short_id"], facts["time"][:19], facts.get("hostname", ""))
