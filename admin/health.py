"""`GET /healthz`: how each part of the box is, for people and for monitors."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import structlog
from flask import Blueprint, Response, jsonify

from .access.guard import Open, needs

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Health:
    """How one part is."""

    ok: bool
    message: str
    """In plain words, with what to do when it is not well."""
    facts: Mapping[str, Any] = field(default_factory=dict)


Check = Callable[[], Health]


def health_page(checks: Mapping[str, Check]) -> Blueprint:
    """The page that runs every check. Answers 200 when all are well, 503 otherwise."""
    page = Blueprint("health", __name__)

    @page.get("/healthz")
    @needs(Open.EVERYBODY)
    def healthz() -> Response:
        found = {name: _checked(name, check) for name, check in checks.items()}
        ok = all(health.ok for health in found.values())
        answer = jsonify(
            status="ok" if ok else "degraded",
            parts={name: asdict(health) for name, health in found.items()},
        )
        answer.status_code = 200 if ok else 503
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return page


def _checked(name: str, check: Check) -> Health:
    try:
        return check()
    except Exception as error:  # the top of a request: one broken check must not hide the others
        log.exception("health check failed", part=name)
        return Health(False, f"the check itself failed: {error.__class__.__name__}")
