"""One HTTP post to an address that was looked up and checked before."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from socket import socket
from typing import Any

import httpx

from voicemail.delivery.addresses import Goal
from voicemail.delivery.one_line import one_line
from voicemail.delivery.time_limit import cut_off
from voicemail.errors import DeliveryFailed

CONNECTED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
"""Events of httpcore's `trace` that bring a stream."""


@dataclass(frozen=True, slots=True)
class Post:
    body: bytes
    headers: Mapping[str, str]
    timeout: float
    """Seconds without a sign."""
    limit: float
    """Seconds for all of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str = ""


def exchange(goal: Goal, post: Post) -> Answer:
    """The answer of the first address that can be reached; its content is not even read.

    Raises `DeliveryFailed`.
    """
    try:
        for address in goal.addresses[:-1]:
            try:
                return _ask(goal.url, address, post)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return _ask(goal.url, goal.addresses[-1], post)
    except httpx.TimeoutException as error:
        raise DeliveryFailed("no answer in time") from error
    except (httpx.HTTPError, ValueError) as error:
        raise DeliveryFailed(one_line(str(error), 200) or error.__class__.__name__) from error


def _ask(url: httpx.URL, address: str, post: Post) -> Answer:
    """Connects to `address` and nowhere else: a second look at the name could tell another one."""
    line = _Line()
    # The system's authorities, and with them those that the paper added for its own servers.
    trusted = ssl.create_default_context()
    with (
        httpx.Client(timeout=post.timeout, trust_env=False, verify=trusted) as client,
        cut_off(post.limit, line.connection),
        client.stream(
            "POST",
            url.copy_with(host=address),
            content=post.body,
            headers={**post.headers, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii"), "trace": line.note},
        ) as answer,
    ):
        return Answer(answer.status_code, answer.headers.get("location", ""))


class _Line:
    """The connection beneath a request."""

    def __init__(self) -> None:
        self._stream: Any = None

    def note(self, event: str, facts: Mapping[str, Any]) -> None:
        if event in CONNECTED:
            self._stream = facts["return_value"]

    def connection(self) -> socket | None:
        found: socket | None = self._stream and self._stream.get_extra_info("socket")
        return found
