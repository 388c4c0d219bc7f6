"""HTTP for the `http` step: one bounded request. Runs in the sidecar, never on the call's loop."""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from ivr_flows.ports import HttpReply

LARGEST_BODY = 1_000_000
"""Bytes read of an answer; a flow speaks sentences, not files."""


def request(
    method: str,
    url: str,
    body: Mapping[str, Any] | None,
    headers: Mapping[str, str],
    limit_seconds: float,
) -> HttpReply:
    """Ask, and give what came back. Redirects are not followed: they could lead anywhere.

    Never raises; trouble is a reply with status 0 and `.error`.
    """
    try:
        with (
            httpx.Client(timeout=limit_seconds, trust_env=False) as client,
            client.stream(method, url, json=body, headers=dict(headers)) as answer,
        ):
            return HttpReply(answer.status_code, _decoded(answer))
    except httpx.TimeoutException:
        return HttpReply(0, error=f"no answer in {limit_seconds:g} s", timed_out=True)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError) as error:
        return HttpReply(0, error=str(error) or error.__class__.__name__)


def _decoded(answer: httpx.Response) -> Any:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST_BODY:
            raise ValueError(f"the answer is larger than {LARGEST_BODY} bytes")
    text = content.decode("utf-8", errors="replace")
    if "json" in answer.headers.get("content-type", ""):
        return json.loads(text)
    return text
