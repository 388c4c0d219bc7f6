"""The calls that are going on, by Call-ID and our tag."""

import asyncio
from contextlib import suppress

from softswitch.sip.call import SipCall
from softswitch.sip.message import Request
from softswitch.sip.uri import parse_name_addr


class CallTable:
    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], SipCall] = {}
        self._quiet = asyncio.Event()
        """Set while there is no call."""
        self._quiet.set()

    def all(self) -> list[SipCall]:
        return list(self._calls.values())

    def remember(self, call: SipCall) -> None:
        self._calls[call.call_id, call.local_tag] = call
        self._quiet.clear()

    def forget(self, call: SipCall) -> None:
        self._calls.pop((call.call_id, call.local_tag), None)
        if not self._calls:
            self._quiet.set()

    def find(self, request: Request) -> SipCall | None:
        """The call that a request belongs to (RFC 3261, section 12.2.2): all three must fit."""
        tag = parse_name_addr(request.header("To")).tag
        call = self._calls.get((request.call_id, tag))
        if call is None or call.dialog.remote_tag != parse_name_addr(request.header("From")).tag:
            return None
        return call

    async def drain(self, limit: float) -> None:
        """Waits until every call is over and its BYE answered, at most `limit` seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), limit)
