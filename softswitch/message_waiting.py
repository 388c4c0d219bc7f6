"""The message lamp: MESSAGE_QUERY when a phone wants to know, MESSAGE_WAITING for the answer."""

import logging

from softswitch.bus import EventBus
from softswitch.events import Event, EventMint
from softswitch.sip.agent import UserAgent
from softswitch.sip.contacts import Contact
from softswitch.sip.registrar import Registrar
from softswitch.sip.subscriptions import Subscription
from softswitch.sip_variables import PROFILE

log = logging.getLogger(__name__)

_PREFIX = "mwi-"
_ONE_LINE = str.maketrans("\r\n", "  ")


class MessageWaiting:
    """Implements `bus.Listener`. Accounts are `sip:<user>@<domain>`, as FreeSWITCH has them with
    force-register-domain and force-subscription-domain."""

    def __init__(
        self, agent: UserAgent, registrar: Registrar, mint: EventMint, bus: EventBus, domain: str
    ) -> None:
        self._agent = agent
        self._registrar = registrar
        self._mint = mint
        self._bus = bus
        self._domain = domain

    def listen(self) -> None:
        self._bus.add(self)
        if self._agent.subscriptions is not None:
            self._agent.subscriptions.on_subscribe = self._on_subscribe

    def on_register(self, contact: Contact) -> None:
        """As FreeSWITCH does with send-message-query-on-register."""
        self._ask(contact.user, {"VM-Call-ID": contact.call_id})

    def _on_subscribe(self, subscription: Subscription) -> None:
        self._ask(subscription.user, {"VM-sub-call-id": subscription.dialog.call_id})

    def _ask(self, user: str, facts: dict[str, str]) -> None:
        if self._bus.wanted("MESSAGE_QUERY"):
            account = f"sip:{user}@{self._domain}"
            known = {"Message-Account": account, "VM-Sofia-Profile": PROFILE}
            self._bus.fire(self._mint.make("MESSAGE_QUERY", known | facts))

    def wants(self, name: str) -> bool:
        return name == "MESSAGE_WAITING"

    def deliver(self, event: Event) -> None:
        if event.name != "MESSAGE_WAITING":
            return
        facts = {name.lower(): value for name, value in event.headers.items()}
        user, _, host = facts.get("mwi-message-account", "").removeprefix("sip:").partition("@")
        if not host or "mwi-messages-waiting" not in facts:
            log.error("MESSAGE_WAITING lacks MWI-Messages-Waiting or a whole MWI-Message-Account")
        elif host.lower() != self._domain.lower():
            log.error("MESSAGE_WAITING is for %r, we are %r", host[:80], self._domain)
        else:
            self._tell(user, _summary(event))

    def _tell(self, user: str, body: bytes) -> None:
        """Phones that have subscribed and all that are registered: one that is both gets both
        (sofia_presence.c, actual_sofia_presence_mwi_event_handler)."""
        if self._agent.subscriptions is not None:
            self._agent.subscriptions.tell(user, body)
        for contact in self._registrar.contacts(user):
            self._agent.unsolicited.tell(contact, body)


def _summary(event: Event) -> bytes:
    """The event's own MWI headers, in their order, as RFC 3842 has them."""
    lines = []
    for name, value in event.headers.items():
        if name.lower().startswith(_PREFIX):
            is_bare = name.lower() == "mwi-message-account" and not value.startswith("sip:")
            line = f"{name[len(_PREFIX) :]}: {'sip:' if is_bare else ''}{value}"
            lines.append(line.translate(_ONE_LINE))
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace")
