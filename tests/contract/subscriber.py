"""A test phone with a message lamp: subscribes to message-summary (RFC 3842, RFC 6665)."""

import uuid

from tests.contract import sip
from tests.contract.phone import Phone
from tests.contract.sip_end import Dialog, Manners


class Subscriber(Phone):
    def __init__(self, number: str = "5551234", manners: Manners | None = None) -> None:
        super().__init__(number, manners)
        self.notify_status: int | None = 200
        """How it answers a NOTIFY; None for never."""
        self.subscription: Dialog | None = None

    def subscribe(
        self,
        switch: tuple[str, int],
        secret: str,
        *,
        box: str = "",
        expires: int = 300,
        event: str = "message-summary",
    ) -> sip.Message:
        """Subscribe, refresh, or with `expires` 0 end it; the final answer."""
        dialog = self.subscription or self._new_subscription(switch, box or self.number)
        more = (("Event", event), ("Expires", str(expires)), ("Accept", SUMMARY))
        answer = self._asked(dialog, *more)
        if answer.status == 407:
            given = sip.digest(
                answer["Proxy-Authenticate"], "SUBSCRIBE", dialog.target, self.number, secret
            )
            answer = self._asked(dialog, *more, ("Proxy-Authorization", given))
        if answer.status < 300:
            dialog.remote = answer["To"]
            self.subscription = dialog
        return answer

    def _new_subscription(self, switch: tuple[str, int], box: str) -> Dialog:
        uri = f"sip:{box}@127.0.0.1:{switch[1]}"
        local = f"<sip:{self.number}@127.0.0.1>;tag={uuid.uuid4().hex[:8]}"
        return Dialog(uri, local, f"<sip:{box}@127.0.0.1>", f"{uuid.uuid4().hex}@lamp", switch, 0)

    def _asked(self, dialog: Dialog, *more: sip.Header) -> sip.Message:
        """One SUBSCRIBE and its final answer."""
        dialog.cseq += 1
        sequence, before = dialog.cseq, self.dialog
        self.dialog = dialog
        self.request("SUBSCRIBE", *more)
        self.dialog = before
        return self.wait(
            lambda m: (
                m["Call-ID"] == dialog.call_id
                and m.method == "SUBSCRIBE"
                and m.sequence == sequence
                and m.status >= 200
            )
        )

    def notified(self, *parts: str) -> sip.Message:
        """The first NOTIFY, past or to come, that holds all `parts`."""
        return self.wait(
            lambda m: (
                m.method == "NOTIFY"
                and not m.status
                and all(part.lower() in whole(m).lower() for part in parts)
            )
        )

    def notifications(self) -> list[sip.Message]:
        return [m for m in list(self.messages) if m.method == "NOTIFY" and not m.status]

    def _on_request(self, message: sip.Message, source: tuple[str, int]) -> None:
        if message.method != "NOTIFY":
            super()._on_request(message, source)
        elif self.notify_status is not None:
            self._respond(message, self.notify_status, source=source)


SUMMARY = "application/simple-message-summary"


def whole(message: sip.Message) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in message.headers)
    return f"{message.first}\n{headers}\n\n{message.body}"
