"""What kind of answer a request wishes for."""

from flask import request


def wants_json() -> bool:
    """Scripts say so, or send JSON themselves; browsers and whoever says nothing get pages."""
    if request.is_json:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"
