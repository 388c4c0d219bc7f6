"""Registrations as events: `sofia::register` and its kin (sofia_reg.c)."""

from collections.abc import Callable

from softswitch.bus import EventBus
from softswitch.events import EventMint
from softswitch.sip.registrar import Attempt, Contact, Registrar
from softswitch.sip_variables import PROFILE


class RegistrationEvents:
    def __init__(self, registrar: Registrar, mint: EventMint, bus: EventBus) -> None:
        self.on_register: Callable[[Contact], None] = lambda contact: None
        """Told after the event."""
        self._registrar = registrar
        self._mint = mint
        self._bus = bus

    def listen(self) -> None:
        self._registrar.on_attempt = self._on_attempt
        self._registrar.on_failure = self._on_failure
        self._registrar.on_register = self._on_register
        self._registrar.on_unregister = self._on_unregister
        self._registrar.on_expire = self._on_expire

    def _fire(self, subclass: str, headers: dict[str, str]) -> None:
        if self._bus.wanted("CUSTOM"):
            self._bus.fire(self._mint.make("CUSTOM", headers, subclass=subclass))

    def _on_attempt(self, attempt: Attempt) -> None:
        facts = _attempt_facts(attempt)
        self._fire("sofia::pre_register", facts)
        checked = {"username": attempt.username, "realm": attempt.realm}
        result = {"auth-result": attempt.result}
        self._fire("sofia::register_attempt", facts | checked | result)

    def _on_failure(self, attempt: Attempt) -> None:
        facts = {
            "profile-name": PROFILE,
            "to-user": attempt.to_user,
            "to-host": attempt.to_host,
            "network-ip": attempt.network[0],
            "network-port": str(attempt.network[1]),
            "user-agent": attempt.user_agent,
            "registration-type": "REGISTER",
        }
        self._fire("sofia::register_failure", facts)

    def _on_register(self, contact: Contact, attempt: Attempt) -> None:
        # FreeSWITCH without multiple-registrations: the newest contact replaces the others.
        self._registrar.keep_only(contact)
        facts = _attempt_facts(attempt) | _user_facts(contact)
        self._fire("sofia::register", facts | {"presence-hosts": "n/a"})
        self.on_register(contact)

    def _on_unregister(self, contact: Contact, attempt: Attempt) -> None:
        facts = _attempt_facts(attempt)
        for name in ("to-user", "to-host", "status"):
            facts.pop(name)
        self._fire("sofia::unregister", facts | _user_facts(contact))

    def _on_expire(self, contact: Contact) -> None:
        facts = {
            "profile-name": PROFILE,
            "call-id": contact.call_id,
            "user": contact.user,
            "host": contact.domain,
            "contact": contact.uri,
            "expires": str(contact.expires),
            "user-agent": contact.user_agent,
        }
        self._fire("sofia::expire", facts)


def _attempt_facts(attempt: Attempt) -> dict[str, str]:
    return {
        "profile-name": PROFILE,
        "from-user": attempt.from_user,
        "from-host": attempt.from_host,
        "contact": attempt.contact,
        "call-id": attempt.call_id,
        "rpid": "unknown",
        "status": "Registered(UDP)",
        "expires": str(attempt.expires),
        "to-user": attempt.to_user,
        "to-host": attempt.to_host,
        "network-ip": attempt.network[0],
        "network-port": str(attempt.network[1]),
        "user-agent": attempt.user_agent,
    }


def _user_facts(contact: Contact) -> dict[str, str]:
    user, realm = contact.user, contact.domain
    return {
        "username": user,
        "realm": realm,
        "sip_number_alias": user,
        "sip_auth_username": user,
        "sip_auth_realm": realm,
        "number_alias": user,
        "user_name": user,
        "domain_name": realm,
        "user_context": "public",
    }
