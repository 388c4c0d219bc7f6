"""Who is where: phones register their contacts, calls find them (RFC 3261, section 10)."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from softswitch.sip.authentication import Authenticator, Verdict
from softswitch.sip.endpoint import Incoming
from softswitch.sip.errors import BadHeader
from softswitch.sip.message import Request
from softswitch.sip.uri import Address, NameAddr, is_ip, parse_name_addr, parse_uri
from softswitch.sip.validate import Refusal
from softswitch.sip.via import is_behind_nat

DEFAULT_EXPIRES = 3600
MAX_EXPIRES = 86_400
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


@dataclass(frozen=True, slots=True)
class Attempt:
    """The facts of one REGISTER request. Everything comes from outside."""

    from_user: str
    from_host: str
    to_user: str
    to_host: str
    contact: str
    call_id: str
    expires: int
    network: Address
    user_agent: str
    username: str = ""
    realm: str = ""
    result: str = ""
    """AUTHENTICATED, RENEWED, FORBIDDEN or STALE; empty while unchecked."""


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
        self._secrets = secrets_of
        self._now = now
        self._contacts: dict[str, dict[str, Contact]] = {}

    def knows(self, user: str) -> bool:
        return user in self._secrets

    def contacts(self, user: str) -> list[Contact]:
        """The user's contacts, the newest first."""
        now = self._now()
        held = self._contacts.get(user, {}).values()
        return [contact for contact in reversed(held) if contact.expires_at > now]

    def all_contacts(self) -> list[Contact]:
        return [contact for user in self._contacts for contact in self.contacts(user)]

    def keep_only(self, contact: Contact) -> None:
        """Forgets the user's other contacts: a phone that comes back from another port."""
        for other in self.contacts(contact.user):
            if other.uri != contact.uri:
                self._drop(other)

    def expire(self) -> None:
        """Forgets what has run out; called now and then."""
        now = self._now()
        for user in list(self._contacts):
            for contact in list(self._contacts[user].values()):
                if contact.expires_at <= now:
                    self._drop(contact)
                    self.on_expire(contact)

    def receive(self, incoming: Incoming) -> Refusal | list[Contact]:
        """The contacts now held, or why not."""
        request = incoming.request
        try:
            attempt = _attempt(request, incoming.source)
            contacts = _contact_headers(request)
        except BadHeader as error:
            return Refusal(400, f"Bad Request - {error}")
        refusal = self._check(request, attempt)
        if refusal:
            return refusal
        return self._apply(incoming, attempt, contacts)

    def _check(self, request: Request, attempt: Attempt) -> Refusal | None:
        realm = attempt.to_host
        given = request.headers.all("Authorization")
        verdict, username = self.authenticator.check(given, "REGISTER", realm)
        if verdict is Verdict.ABSENT or verdict is Verdict.STALE:
            stale = verdict is Verdict.STALE
            return challenge(self.authenticator, 401, realm, stale=stale)
        is_own = verdict is Verdict.KNOWN and username == attempt.to_user
        known = bool(self.contacts(attempt.to_user))
        result = ("RENEWED" if known else "AUTHENTICATED") if is_own else "FORBIDDEN"
        facts = {name: getattr(attempt, name) for name in attempt.__slots__}
        checked = Attempt(**facts | {"username": username, "realm": realm, "result": result})
        self.on_attempt(checked)
        if is_own:
            return None
        self.on_failure(checked)
        return Refusal(403, "Forbidden")

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
        held = self._contacts.setdefault(attempt.to_user, {})
        contact = self._contact(incoming, attempt, given)
        known = held.pop(given.uri, None)
        if contact.expires == 0:
            if known:
                held[given.uri] = known
                self._unregister(known, attempt)
            return None
        if len(held) >= MAX_CONTACTS:
            return Refusal(503, "Too Many Contacts")
        held[given.uri] = contact
        self.on_register(contact, attempt)
        return None

    def _contact(self, incoming: Incoming, attempt: Attempt, given: NameAddr) -> Contact:
        expires = min(_seconds(given.params.get("expires", ""), attempt.expires), MAX_EXPIRES)
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
        self._drop(contact)
        self.on_unregister(contact, attempt)

    def _drop(self, contact: Contact) -> None:
        held = self._contacts.get(contact.user, {})
        held.pop(contact.uri, None)
        if not held:
            self._contacts.pop(contact.user, None)


def challenge(
    authenticator: Authenticator, status: int, realm: str, *, stale: bool = False
) -> Refusal:
    """A 401 or 407 with one line for each algorithm."""
    name = "WWW-Authenticate" if status == 401 else "Proxy-Authenticate"
    lines = authenticator.challenges(realm, stale=stale)
    return Refusal(status, "", [(name, line) for line in lines])


def _attempt(request: Request, source: Address) -> Attempt:
    sender = parse_uri(parse_name_addr(request.header("From")).uri)
    subject = parse_uri(parse_name_addr(request.header("To")).uri)
    return Attempt(
        from_user=sender.user,
        from_host=sender.host,
        to_user=subject.user,
        to_host=subject.host,
        contact=request.header("Contact"),
        call_id=request.call_id,
        expires=_seconds(request.header("Expires"), DEFAULT_EXPIRES),
        network=source,
        user_agent=request.header("User-Agent"),
    )


def _seconds(text: str, default: int) -> int:
    """A malformed value counts as the default (RFC 3261, section 10.3, step 7)."""
    return int(text[:9]) if text.isascii() and text.isdigit() else default


def _contact_headers(request: Request) -> list[NameAddr | None]:
    """The addresses to bind; None for `*`, which removes them all. Raises BadHeader."""
    members = request.headers.members("Contact")
    if "*" in members:
        if len(members) > 1 or request.header("Expires") != "0":
            raise BadHeader("Contact * needs Expires: 0 and stands alone")
        return [None]
    contacts = [parse_name_addr(member) for member in members[: MAX_CONTACTS + 1]]
    for contact in contacts:
        parse_uri(contact.uri)
    return list(contacts)
