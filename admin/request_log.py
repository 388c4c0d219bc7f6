"""Every request has a number: in each line of the log that it causes, and in its answer."""

from uuid import uuid4

import structlog
from flask import Flask, Response, g

HEADER = "X-Request-Id"


def number_requests(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)


def _begin() -> None:
    # Ours alone: what a browser sends is not taken over into the log.
    g.request_number = uuid4().hex[:12]
    structlog.contextvars.bind_contextvars(request=g.request_number)


def _tell(answer: Response) -> Response:
    if "request_number" in g:
        answer.headers[HEADER] = g.request_number
    return answer


def _end(_: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request")
