"""News for phones that have registered and not asked for them: NOTIFY outside any dialog."""

import secrets

from softswitch.sip.call import CallHost
from softswitch.sip.contacts import Contact
from softswitch.sip.dialog import Dialog
from softswitch.sip.notifying import Notice, Notifier
from softswitch.sip.uri import user_part


class Unsolicited:
    """Remembers a phone only while a NOTIFY to it is under way."""

    def __init__(self, host: CallHost) -> None:
        self._host = host
        self._busy: dict[str, Notifier] = {}

    def tell(self, contact: Contact, body: bytes) -> None:
        notifier = self._busy.get(contact.uri)
        if notifier is None:
            notifier = self._busy[contact.uri] = self._notifier(contact)
        # The state that sofia_glue.c, sofia_glue_send_notify, gives for want of a subscription.
        notifier.tell(Notice("terminated;reason=noresource", body))

    def _notifier(self, contact: Contact) -> Notifier:
        own = f"<sip:{user_part(contact.user)}@{contact.domain}>"
        dialog = Dialog(
            call_id=secrets.token_hex(16),
            local=f"{own};tag={secrets.token_hex(8)}",
            remote=own,
            target=contact.uri,
            address=contact.destination,
            sequence=secrets.randbelow(2**24),
        )
        uri = contact.uri
        return Notifier(self._host, dialog, contact.user, lambda _: self._forget(uri))

    def _forget(self, uri: str) -> None:
        self._busy.pop(uri, None)
