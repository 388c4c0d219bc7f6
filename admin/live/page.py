"""`GET /live?topics=calls,rooms`: server-sent events for as long as the sign-in lasts."""

import time
from collections.abc import Iterator

from flask import Blueprint, Response, make_response, request, session

from admin.access.current import TOKEN, current_user, may
from admin.access.guard import Open, needs
from admin.access.roles import permissions_of
from admin.access.sessions import session_of
from admin.panel import the_panel
from store.database import database
from store.errors import StoreAway

from .live import Live, TooMany
from .topics import TOPICS, allowed

HEARTBEAT = 15.0
"""Seconds; shows that the browser is still there, and when the sign-in is looked at again."""
BEAT = b": alive\n\n"
BEGIN = b"retry: 3000\n\n"
"""Milliseconds until a browser whose connection broke comes again."""


def live_page() -> Blueprint:
    page = Blueprint("live", __name__)

    @page.get("/live")
    @needs(Open.SIGNED_IN)
    def live() -> Response:
        user = current_user()
        topics = allowed(request.args.get("topics", "")[:200].split(","), may)
        if user is None or not topics:
            return make_response("There is nothing that you may follow.", 204)
        news = _news(the_panel().live, user.name, topics, session.get(TOKEN, ""))
        answer = Response(news, mimetype="text/event-stream")
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Accel-Buffering"] = "no"  # nginx would keep news until it has many
        return answer

    return page


def _news(live: Live, user: str, topics: frozenset[str], token: str) -> Iterator[bytes]:
    """Ends with the sign-in, and when its user may not see all of this any more."""
    yield BEGIN
    try:
        with live.following(user, topics) as follower:
            looked = time.monotonic()
            while True:
                yield follower.next(HEARTBEAT) or BEAT
                if time.monotonic() - looked >= HEARTBEAT:
                    looked = time.monotonic()
                    if not _still_allowed(token, topics):
                        return
    except TooMany:
        return  # the browser comes again, after `retry`


def _still_allowed(token: str, topics: frozenset[str]) -> bool:
    """A store that is away takes nobody's sign-in."""
    try:
        with database.connection_context():
            found = session_of(token)
    except StoreAway:
        return True
    return found is not None and all(
        TOPICS[topic] in permissions_of(found.user.role) for topic in topics
    )
