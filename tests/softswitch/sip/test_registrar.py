"""Phones register over the wire, with our own client and by hand."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from softswitch.sip.contacts import MAX_CONTACTS, Contact
from softswitch.sip.digest import Credentials, answer_challenge
from softswitch.sip.errors import RegistrationFailed
from softswitch.sip.register_request import Attempt
from softswitch.sip.registrar import Registrar
from softswitch.sip.uri import parse_name_addr
from tests.softswitch.sip.doubles import ANSWER, BRISK, Desk, Wire, desks, soon, wire
from tests.softswitch.sip.requests import request

SECRETS = {"1000": "right", "1001": "other"}


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Book:
    """A registrar with its events noted."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.registrar = Registrar(SECRETS, now=self.clock)
        self.events: list[str] = []
        self.attempts: list[Attempt] = []
        self.registrar.on_register = self._on_register
        self.registrar.on_unregister = lambda contact, _: self.events.append("unregister")
        self.registrar.on_expire = lambda contact: self.events.append("expire")
        self.registrar.on_failure = lambda attempt: self.events.append("failure")
        self.registrar.on_attempt = self.attempts.append

    def _on_register(self, contact: Contact, attempt: Attempt) -> None:
        self.events.append("register")


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)


def test_a_phone_registers_is_called_and_unregisters() -> None:
    async def scene() -> None:
        book = Book()
        switch = Desk(registrar=book.registrar)
        phone = Desk(take=lambda call: call.answer(ANSWER))
        async with desks(switch, phone):
            own = Credentials("1000", "right")
            await phone.agent.register(switch.uri(), own, "1000", 300)
            (contact,) = book.registrar.contacts("1000")
            assert (contact.destination, contact.expires) == (phone.address, 300)
            ours = call_contact(switch, contact)
            await soon(ours.answered)
            await phone.agent.register(switch.uri(), own, "1000", 0)
            assert book.registrar.contacts("1000") == []
            assert book.events == ["register", "unregister"]

    run(scene())


def call_contact(switch: Desk, contact: Contact) -> Any:
    return switch.call(contact.destination, destination=contact.destination)


@pytest.mark.parametrize("credentials", [Credentials("1000", "wrong"), Credentials("99", "right")])
def test_a_wrong_password_is_forbidden_and_told(credentials: Credentials) -> None:
    async def scene() -> None:
        book = Book()
        switch, phone = Desk(registrar=book.registrar), Desk()
        async with desks(switch, phone):
            with pytest.raises(RegistrationFailed, match="403"):
                await phone.agent.register(switch.uri(), credentials, "1000", 300)
            assert book.events == ["failure"]
            assert book.attempts[0].result == "FORBIDDEN"
            assert book.registrar.all_contacts() == []

    run(scene())


def test_a_user_cannot_register_as_another() -> None:
    async def scene() -> None:
        book = Book()
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            response = await registered(phone, switch, "<sip:1000@127.0.0.1:9>", user="1001")
            assert response.status == 403

    run(scene())


async def registered(
    phone: Wire, switch: Desk, contact: str, *extra: str, user: str = "1000", call: str = "r"
) -> Any:
    """One REGISTER by hand, with its challenge answered."""
    number = len(call) + hash(contact) % 1000 * 2 + 1

    def register(cseq: int, *more: str) -> bytes:
        raw = request(
            "REGISTER",
            phone.address,
            *extra,
            *more,
            branch=f"z9hG4bK{call}{cseq}",
            call_id=call,
            cseq=cseq,
            uri="sip:127.0.0.1",
        )
        text = raw.decode().replace("<sip:100@127.0.0.1>", "<sip:1000@127.0.0.1>")
        lines = [line for line in text.split("\r\n") if not line.startswith("Contact:")]
        lines[1:1] = [f"Contact: {contact}"] if contact else []
        return "\r\n".join(lines).encode()

    phone.say(register(number), switch.address)
    challenged = await phone.response()
    assert challenged.status == 401
    given = answer_challenge(
        challenged.headers.all("WWW-Authenticate"),
        Credentials(user, SECRETS[user]),
        "REGISTER",
        "sip:127.0.0.1",
    )
    phone.say(register(number + 1, f"Authorization: {given}"), switch.address)
    return await phone.response()


def test_several_phones_of_one_user_are_all_held_and_a_star_removes_them() -> None:
    async def scene() -> None:
        book = Book()
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            await registered(phone, switch, "<sip:1000@127.0.0.1:9001>", call="a")
            both = await registered(
                phone, switch, '"Desk" <sip:1000@127.0.0.1:9002>;expires=60', call="b"
            )
            held = [parse_name_addr(line) for line in both.headers.members("Contact")]
            assert {address.uri for address in held} == {
                "sip:1000@127.0.0.1:9001",
                "sip:1000@127.0.0.1:9002",
            }
            newest = book.registrar.contacts("1000")[0]
            assert (newest.expires, newest.name) == (60, "Desk")
            none = await registered(phone, switch, "*", "Expires: 0", call="c")
            assert none.headers.members("Contact") == []
            assert book.events == ["register"] * 2 + ["unregister"] * 2

    run(scene())


def test_a_switch_with_one_phone_for_each_user_keeps_the_newest() -> None:
    async def scene() -> None:
        book = Book()
        book.registrar.on_register = lambda contact, _: book.registrar.keep_only(contact)
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            await registered(phone, switch, "<sip:1000@127.0.0.1:9001>", call="a")
            await registered(phone, switch, "<sip:1000@127.0.0.1:9002>", call="b")
            held = [contact.uri for contact in book.registrar.contacts("1000")]
            assert held == ["sip:1000@127.0.0.1:9002"]

    run(scene())


def test_a_query_without_contact_changes_nothing() -> None:
    async def scene() -> None:
        book = Book()
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            response = await registered(phone, switch, "")
            assert response.status == 200 and book.events == []

    run(scene())


def test_a_contact_that_is_not_renewed_runs_out() -> None:
    async def scene() -> None:
        book = Book()
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            await registered(phone, switch, "<sip:1000@127.0.0.1:9>;expires=30")
            book.clock.now += 31
            assert book.registrar.contacts("1000") == []
            book.registrar.expire()
            assert book.events == ["register", "expire"]

    run(scene())


def test_one_user_cannot_fill_the_book() -> None:
    async def scene() -> None:
        book = Book()
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            many = ", ".join(f"<sip:1000@127.0.0.1:{9000 + i}>" for i in range(MAX_CONTACTS + 1))
            assert (await registered(phone, switch, many)).status == 503
            assert len(book.registrar.contacts("1000")) == MAX_CONTACTS

    run(scene())


@pytest.mark.parametrize("contact", ["<http://x>", "*", "<sip:a b>", '"open <sip:a@b>'])
def test_a_contact_that_is_none_is_a_bad_request(contact: str) -> None:
    async def scene() -> None:
        book = Book()
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            raw = request("REGISTER", phone.address, uri="sip:127.0.0.1").decode()
            lines = raw.split("\r\n")
            lines = [f"Contact: {contact}" if x.startswith("Contact") else x for x in lines]
            phone.say("\r\n".join(lines).encode(), switch.address)
            assert (await phone.response()).status == 400

    run(scene())


def test_a_phone_behind_a_nat_is_called_where_it_came_from() -> None:
    async def scene() -> None:
        book = Book()
        async with desks(switch := Desk(registrar=book.registrar)), wire() as phone:
            raw = request("REGISTER", ("192.168.7.7", 5060), uri="sip:127.0.0.1")
            text = raw.decode().replace(";branch", ";rport;branch")
            phone.say(text.encode(), switch.address)
            challenged = await phone.response()
            via = challenged.header("Via")
            assert f"rport={phone.address[1]}" in via and "received=127.0.0.1" in via

    run(scene())


def test_a_registrar_that_does_not_answer_is_given_up() -> None:
    async def scene() -> None:
        async with desks(phone := Desk(timers=BRISK)), wire() as deaf:
            uri = f"sip:127.0.0.1:{deaf.address[1]}"
            with pytest.raises(RegistrationFailed, match="408"):
                await phone.agent.register(uri, Credentials("1", "2"), "1", 60)

    run(scene())


def test_a_call_is_challenged_where_calls_need_authentication() -> None:
    async def scene() -> None:
        switch = Desk(
            take=lambda call: call.answer(ANSWER),
            registrar=Book().registrar,
            calls_need_auth=True,
        )
        async with desks(switch, phone := Desk()):
            known = phone.call(switch, credentials=Credentials("1000", "right"))
            await soon(known.answered)
            wrong = phone.call(switch, credentials=Credentials("1000", "wrong"))
            assert (await soon(wrong.failed))[0] == 403
            none = phone.call(switch)
            assert (await soon(none.failed))[0] == 407
            theirs = await switch.next_call()
            assert theirs.call.authenticated_user == "1000"  # type: ignore[attr-defined]

    run(scene())
