"""One post to a webhook: to the address that was checked, within a time, or the reason why not."""

import time
from collections.abc import Mapping

import httpx

from store.models import Recipient
from store.secrecy import Locked
from voicemail.delivery.addresses import find_goal
from voicemail.delivery.exchange import Post, exchange
from voicemail.delivery.notice import Notice
from voicemail.delivery.one_line import one_line
from voicemail.delivery.settings import DeliverySettings, WebhookSettings
from voicemail.delivery.webhook_body import as_json, signature
from voicemail.errors import DeliveryFailed, DeliveryRefused

MOST_REDIRECTS = 3
REPEATING = frozenset({301, 302, 307, 308})
"""The post goes on to the new address; 303 asks for something else (RFC 9110, 15.4.4)."""
PASSING = frozenset({408, 425, 429})
"""Of 4xx, those that say: not now (RFC 9110, RFC 8470, RFC 6585)."""


def post(notice: Notice, recipient: Recipient, delivery: int, settings: DeliverySettings) -> None:
    """Raises `DeliveryFailed`."""
    if isinstance(recipient.secret, Locked):
        raise DeliveryFailed("its secret cannot be opened; put the store's secrets.toml back")
    link = settings.links.url(notice.id) if notice.audio and notice.is_open else ""
    body = as_json(notice, link)
    at = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Pressline",
        "X-Pressline-Delivery": f"{notice.id}.{delivery}",
        "X-Pressline-Signature": signature(recipient.secret, body, at),
    }
    post_to(recipient.address, body, headers, settings.webhook)


def post_to(address: str, body: bytes, headers: Mapping[str, str], rules: WebhookSettings) -> None:
    """One post, to where the address leads and is allowed to. Raises `DeliveryFailed`."""
    url = _url(address)
    deadline = time.monotonic() + rules.total_limit
    for _ in range(MOST_REDIRECTS + 1):
        goal = find_goal(url, rules.allow_private)
        left = deadline - time.monotonic()
        if left <= 0:
            raise DeliveryFailed(f"no answer in {rules.total_limit:g} s")
        answer = exchange(goal, Post(body, headers, min(left, rules.timeout), left))
        if answer.status not in REPEATING:
            return _judge(answer.status)
        url = _next(url, answer.location)
    raise DeliveryRefused(f"it redirects more than {MOST_REDIRECTS} times")


def _url(address: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise DeliveryRefused(f"{one_line(address, 100)!r} is no web address") from error


def _next(url: httpx.URL, location: str) -> httpx.URL:
    try:
        goal = url.join(location)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise DeliveryRefused(f"it redirects to {one_line(location, 100)!r}") from error
    if url.scheme == "https" and goal.scheme != "https":
        raise DeliveryRefused("it redirects from https to an address that is not encrypted")
    return goal


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    answer = f"it answers with status {status}"
    if status in PASSING or status >= 500:
        raise DeliveryFailed(answer)
    raise DeliveryRefused(answer)
