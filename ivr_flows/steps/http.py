"""http: tell or ask another system."""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.problem import quoted
from ivr_flows.quantities import Duration, Variable, Word, wrong
from ivr_flows.step import DONE, DONE_EVENT, Event, Step
from ivr_flows.templates import GAP, Template
from ivr_flows.text import TemplateField, UrlField
from ivr_flows.value import ValueField

_FIXED_HOST = re.compile(rf"https?://[^/\s{GAP}@]+(?:/[^\s]*)?")
"""The host must stand in the flow: a caller's words never choose who is asked."""


class Http(Step):
    """Sends a request to another system and keeps its reply."""

    verb: ClassVar[str] = "http"
    example: ClassVar[str] = """\
http:
  method: POST
  url: https://crm.example.org/calls
  body: {number: "{{ caller.number }}"}
  store: reply
on: {error: welcome, timeout: welcome}
next: welcome
"""
    shorthand: ClassVar[str] = "url"
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "timeout": Event("no reply within `timeout`"),
    }

    url: UrlField
    """Address; the host is fixed, values in the path and query are percent-encoded."""
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    """The request's method."""
    body: Annotated[dict[Word, ValueField], Field(max_length=100)] | None = None
    """Sent as a JSON object."""
    headers: Annotated[dict[Word, TemplateField], Field(default_factory=dict, max_length=20)]
    """Further headers."""
    timeout: Duration = 5.0
    """How long the caller waits for the reply, in seconds."""
    store: Variable | None = None
    """Variable that takes `status` and `data` (the JSON reply, or its text)."""

    @field_validator("url")
    @classmethod
    def _host_is_fixed(cls, url: Template) -> Template:
        if not _FIXED_HOST.fullmatch(url.skeleton):
            raise wrong(f"bad url {quoted(url.source)}, expected http(s):// and a fixed host")
        return url

    def run(self, call: Call, context: Context) -> str:
        url = context.render(self.url)
        body = self.body and {key: context.value(value) for key, value in self.body.items()}
        headers = {key: _one_line(context.render(item)) for key, item in self.headers.items()}
        context.note("asked", f"{self.method} {url}")
        reply = context.ports.http.request(self.method, url, body, headers, self.timeout)
        context.note("status", reply.status)
        if reply.timed_out:
            return "timeout"
        context.store(self.store, {"status": reply.status, "data": reply.data})
        if not 200 <= reply.status < 300:
            context.fail(f"{self.method} {url}: {reply.status} {reply.error}")
        return DONE


def _one_line(text: str) -> str:
    return " ".join(text.split())
