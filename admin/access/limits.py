"""How often one address may send what is dear or delicate: passwords and codes."""

from flask import Flask, request
from flask_limiter import Limiter

OFTEN = "30 per minute; 300 per hour"
"""A newsroom's people often share one address, and all come at nine o'clock."""
DELICATE = frozenset({"signin", "account"})
"""Blueprints whose forms ask for passwords and codes."""


def limits(app: Flask) -> None:
    """Count in memory: the panel is one process, and the store's gates outlast it."""
    app.extensions["panel-limiter"] = Limiter(
        _address,
        app=app,
        application_limits=[OFTEN],
        application_limits_exempt_when=_is_harmless,
        storage_uri="memory://",
        strategy="moving-window",
        headers_enabled=True,
    )


def _is_harmless() -> bool:
    return request.method != "POST" or request.blueprint not in DELICATE


def _address() -> str:
    return request.remote_addr or ""
