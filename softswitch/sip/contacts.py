"""Where the users' phones are."""

from collections.abc import Callable
from dataclasses import dataclass

from softswitch.sip.uri import Address

MAX_CONTACTS = 10
"""Contacts of one user at a time."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One place where a user's phone can be reached."""

    user: str
    domain: str
    uri: str
    name: str
    call_id: str
    user_agent: str
    network: Address
    """Where the registration came from."""
    destination: Address
    """Where calls go to: `network` for a phone behind a NAT."""
    expires: int
    """Seconds granted."""
    expires_at: float
    """On the clock of the registrar, in seconds."""


class ContactBook:
    """Contacts by user, in the order in which they were last renewed."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._held: dict[str, dict[str, Contact]] = {}

    def of(self, user: str) -> list[Contact]:
        """The newest first."""
        now = self._now()
        held = self._held.get(user, {}).values()
        return [contact for contact in reversed(held) if contact.expires_at > now]

    def all(self) -> list[Contact]:
        return [contact for user in self._held for contact in self.of(user)]

    def find(self, user: str, uri: str) -> Contact | None:
        return self._held.get(user, {}).get(uri)

    def put(self, contact: Contact) -> bool:
        """False when the user has too many already."""
        held = self._held.setdefault(contact.user, {})
        held.pop(contact.uri, None)
        if len(held) >= MAX_CONTACTS:
            return False
        held[contact.uri] = contact
        return True

    def drop(self, contact: Contact) -> None:
        held = self._held.get(contact.user, {})
        held.pop(contact.uri, None)
        if not held:
            self._held.pop(contact.user, None)

    def take_expired(self) -> list[Contact]:
        """What has run out; it is forgotten."""
        now = self._now()
        everyone = [contact for held in self._held.values() for contact in held.values()]
        expired = [contact for contact in everyone if contact.expires_at <= now]
        for contact in expired:
            self.drop(contact)
        return expired
