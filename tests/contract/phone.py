"""A test phone: calls, is called, holds, registers; one call at a time."""

import uuid
from collections.abc import Callable

from tests.contract import sip
from tests.contract.sip_end import Dialog, Manners, SipEnd

__all__ = ["Manners", "Phone"]

LIMIT = 15.0

Wanted = Callable[[sip.Message], object]


class Phone(SipEnd):
    def call(self, switch: tuple[str, int], number: str, *more: sip.Header) -> "Phone":
        return self.call_as(f"{uuid.uuid4().hex}@phone", switch, number, *more)

    def call_as(
        self, call_id: str, switch: tuple[str, int], number: str, *more: sip.Header
    ) -> "Phone":
        """Call under a given Call-ID."""
        local = f"{self.name} <sip:{self.number}@127.0.0.1:{self.port}>;tag={self.tag}"
        uri = f"sip:{number}@{switch[0]}:{switch[1]}"
        self.dialog = Dialog(uri, local, f"<{uri}>", call_id, switch)
        self._invite_branch = sip.new_branch()
        self._headers = more
        self.invite_again()
        return self

    def invite_again(self) -> None:
        """The same INVITE to the letter, as after a lost answer."""
        self.request("INVITE", *self._headers, body=self._session(), branch=self._invite_branch)

    def hang_up(self) -> None:
        """BYE, CANCEL or a refusal, whichever the moment wants; nothing after the end."""
        if self.ended.is_set() or self.dialog is None:
            return
        if self.answered.is_set():
            self.request("BYE")
            self.ended.set()
        elif self._invite is not None:
            self._respond(self._invite, 486)
            self.ended.set()
        else:
            self.request("CANCEL", branch=self._invite_branch)

    def hold(self, direction: str = "sendonly") -> sip.Message:
        """Offer another direction by re-INVITE; the switch's answer."""
        self._version += 1
        dialog = self._require()
        dialog.cseq += 1
        self.request("INVITE", body=self._session(direction))
        return self.wait(
            lambda m: m.method == "INVITE" and m.sequence == dialog.cseq and m.status >= 200
        )

    def refer(self, to: str) -> sip.Message:
        """Ask the switch to transfer the other side to this address; its answer (RFC 3515)."""
        dialog = self._require()
        dialog.cseq += 1
        by = f"<sip:{self.number}@127.0.0.1:{self.port}>"
        self.request("REFER", ("Refer-To", f"<{to}>"), ("Referred-By", by))
        return self.wait(lambda m: m.method == "REFER" and m.sequence == dialog.cseq and m.status)

    def told_of_transfer(self, limit: float = LIMIT) -> str:
        """The status line in the switch's NOTIFY."""
        notify = self.wait(_is_of_transfer, limit)
        return notify.body.strip()

    def press(self, keys: str) -> None:
        self.line.press(keys)

    def press_by_info(self, key: str) -> None:
        """One key by SIP INFO, as some phones send it."""
        self._require().cseq += 1
        body = f"Signal={key}\r\nDuration=160\r\n"
        self.request("INFO", ("Content-Type", "application/dtmf-relay"), raw=body)

    def register(self, switch: tuple[str, int], secret: str, expires: int = 300) -> int:
        """The registrar's final status. All of a phone's registrations share one Call-ID."""
        uri = f"sip:{switch[0]}:{switch[1]}"
        to = f"<sip:{self.number}@127.0.0.1>"
        call_id = f"{self.tag}@registration"
        self.dialog = Dialog(uri, f"{to};tag={self.tag}", to, call_id, switch, self.registered + 1)
        validity = ("Expires", str(expires))
        self.request("REGISTER", validity)
        challenge = self._registrar_says(self.dialog.cseq)
        given = sip.digest(challenge["WWW-Authenticate"], "REGISTER", uri, self.number, secret)
        self.dialog.cseq += 1
        self.request("REGISTER", validity, ("Authorization", given))
        self.registered, self.dialog = self.dialog.cseq, None
        return self._registrar_says(self.registered).status

    def _registrar_says(self, sequence: int) -> sip.Message:
        return self.wait(
            lambda m: m.method == "REGISTER" and m.sequence == sequence and m.status >= 200
        )

    # What a test asks.

    def wait_answer(self, limit: float = LIMIT) -> "Phone":
        assert self.answered.wait(limit), f"not answered: {self.statuses()}"
        return self

    def wait_end(self, limit: float = LIMIT) -> None:
        assert self.ended.wait(limit), f"the call did not end: {self.statuses()}"

    def wait_invite(self, limit: float = LIMIT) -> sip.Message:
        assert self.invited.wait(limit), "nobody called"
        assert self._invite is not None
        return self._invite

    def wait(self, wanted: Wanted, limit: float = LIMIT) -> sip.Message:
        """The first message, past or to come, that is wanted."""
        found: list[sip.Message] = []

        def look() -> bool:
            found[:] = [message for message in list(self.messages) if wanted(message)]
            return bool(found)

        with self._changed:
            assert self._changed.wait_for(look, limit), f"did not come: {self.statuses()}"
        return found[0]

    def wait_status(self, wanted: Callable[[int], bool], method: str = "INVITE") -> sip.Message:
        return self.wait(lambda m: m.status and m.method == method and wanted(m.status))

    def final(self) -> int:
        """The status that ended the INVITE."""
        return self.wait_status(lambda status: status >= 200).status

    def statuses(self) -> list[str]:
        return [message.first for message in list(self.messages)]

    def close(self) -> None:
        if self._closed.is_set():
            return
        self.hang_up()
        self._closed.set()
        self.socket.sendto(b"", self.socket.getsockname())  # Wakes the listener.
        self._thread.join(timeout=5)
        self.line.close()
        self.socket.close()


def _is_of_transfer(message: sip.Message) -> bool:
    """There are others, of the message lamp."""
    return message.first.startswith("NOTIFY ") and message["Event"].startswith("refer")
