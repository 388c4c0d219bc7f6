"""Who is where: phones register their contacts, calls find them (RFC 3261, section 10)."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from softswitch.sip.authentication import Authenticator, Verdict, challenge
from softswitch.sip.contacts import Contact, ContactBook
from softswitch.sip.errors import BadHeader
from softswitch.sip.guessing import MOST, Guesses
from softswitch.sip.incoming_request import Incoming
from softswitch.sip.message import Request
from softswitch.sip.register_request import Attempt, read_attempt, read_contacts, seconds_in
from softswitch.sip.uri import NameAddr, is_ip, parse_uri
from softswitch.sip.validate import Refusal
from softswitch.sip.via import is_behind_nat

log = logging.getLogger(__name__)

__all__ = ["Attempt", "Contact", "Registrar"]

MAX_EXPIRES = 86_400
"""Seconds: phones that vanish are forgotten after a day."""

ContactEvent = Callable[[Contact, Attempt], None]


class Registrar:
    """`secrets_of` maps user to secret and may change while we run."""

    def __init__(
        self, secrets_of: Mapping[str, str], *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.on_attempt: Callable[[Attempt], None] = lambda attempt: None
        """Every request that brought credentials."""
        self.on_failure: Callable[[Attempt], None] = lambda attempt: None
        self.on_register: ContactEvent = lambda contact, attempt: None
        self.on_unregister: ContactEvent = lambda contact, attempt: None
        self.on_expire: Callable[[Contact], None] = lambda contact: None
        self.authenticator = Authenticator(secrets_of, now=now)
        self._guesses = Guesses(now)
        self._secrets = secrets_of
        self._now = now
        self._book = ContactBook(now)

    def knows(self, user: str) -> bool:
        return user in self._secrets

    def contacts(self, user: str) -> list[Contact]:
        """The user's contacts, the newest first."""
        return self._book.of(user)

    def all_contacts(self) -> list[Contact]:
        return self._book.all()

    def keep_only(self, contact: Contact) -> None:
        """Forgets the user's other contacts, for a switch that knows one phone for each."""
        for other in self._book.of(contact.user):
            if other.uri != contact.uri:
                self._book.drop(other)

    def expire(self) -> None:
        """Forgets what has run out; called now and then."""
        for contact in self._book.take_expired():
            self.on_expire(contact)

    def receive(self, incoming: Incoming) -> Refusal | list[Contact]:
        """The contacts now held, or why not."""
        request = incoming.request
        try:
            attempt = read_attempt(request, incoming.source)
            contacts = read_contacts(request)
        except BadHeader as error:
            return Refusal(400, f"Bad Request - {error}")
        checked = self._check(request, attempt)
        if isinstance(checked, Refusal):
            return checked
        return self._apply(incoming, checked, contacts)

    def _check(self, request: Request, attempt: Attempt) -> Refusal | Attempt:
        if self._is_deaf_to(attempt):
            return Refusal(403, "Forbidden")
        realm = attempt.to_host
        given = request.headers.all("Authorization")
        verdict, username = self.authenticator.check(given, "REGISTER", realm)
        if verdict is Verdict.ABSENT or verdict is Verdict.STALE:
            stale = verdict is Verdict.STALE
            return challenge(self.authenticator, 401, realm, stale=stale)
        is_own = verdict is Verdict.KNOWN and username == attempt.to_user
        known = bool(self.contacts(attempt.to_user))
        result = ("RENEWED" if known else "AUTHENTICATED") if is_own else "FORBIDDEN"
        checked = replace(attempt, username=username, realm=realm, result=result)
        self.on_attempt(checked)
        if is_own:
            return checked
        self.on_failure(checked)
        self._note_guess(attempt)
        return Refusal(403, "Forbidden")

    def _is_deaf_to(self, attempt: Attempt) -> bool:
        """A phone that is registered from there is heard, whatever its neighbours guess."""
        host = attempt.network[0]
        held = {contact.network[0] for contact in self.contacts(attempt.to_user)}
        return self._guesses.are_too_many(host) and host not in held

    def _note_guess(self, attempt: Attempt) -> None:
        # The jail reads this line (provisioning/fail2ban): what strangers choose stands last.
        log.warning("registration from %s refused: %.60r", attempt.network[0], attempt.to_user)
        if self._guesses.add(attempt.network[0]):
            log.error("%s has guessed %d times: not listened to", attempt.network[0], MOST)

    def _apply(
        self, incoming: Incoming, attempt: Attempt, contacts: list[NameAddr | None]
    ) -> Refusal | list[Contact]:
        for given in contacts:
            if given is None:
                for held in self.contacts(attempt.to_user):
                    self._unregister(held, attempt)
                continue
            refusal = self._bind(incoming, attempt, given)
            if refusal:
                return refusal
        return self.contacts(attempt.to_user)

    def _bind(self, incoming: Incoming, attempt: Attempt, given: NameAddr) -> Refusal | None:
        contact = self._contact(incoming, attempt, given)
        if contact.expires == 0:
            known = self._book.find(contact.user, contact.uri)
            if known:
                self._unregister(known, attempt)
        elif self._book.put(contact):
            self.on_register(contact, attempt)
        else:
            return Refusal(503, "Too Many Contacts")
        return None

    def _contact(self, incoming: Incoming, attempt: Attempt, given: NameAddr) -> Contact:
        expires = min(seconds_in(given.params.get("expires", ""), attempt.expires), MAX_EXPIRES)
        uri = parse_uri(given.uri)
        is_hidden = is_behind_nat(incoming.via, incoming.source) or not is_ip(uri.host)
        return Contact(
            user=attempt.to_user,
            domain=attempt.to_host,
            uri=given.uri,
            name=given.name,
            call_id=attempt.call_id,
            user_agent=attempt.user_agent,
            network=attempt.network,
            destination=attempt.network if is_hidden else uri.address,
            expires=expires,
            expires_at=self._now() + expires,
        )

    def _unregister(self, contact: Contact, attempt: Attempt) -> None:
        self._book.drop(contact)
        self.on_unregister(contact, attempt)
