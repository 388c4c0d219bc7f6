"""The message lamp: who is told, of what, and when a phone wants to know (RFC 3842)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.baresip import Baresip
from tests.contract.client import Connection
from tests.contract.conftest import USERS
from tests.contract.subscriber import SUMMARY, Subscriber
from tests.switches import Switch

ACCOUNT = "sip:200@127.0.0.1"
BODY = "Messages-Waiting: {}\r\nMessage-Account: sip:200@127.0.0.1\r\nVoice-Message: {}\r\n\r\n"


@pytest.fixture
def desk() -> Iterator[Subscriber]:
    phone = Subscriber("200")
    yield phone
    phone.close()


def tell(inbound: Connection, waiting: str, voice: str, account: str = ACCOUNT) -> None:
    reply = inbound.command(
        "sendevent MESSAGE_WAITING\n"
        f"MWI-Messages-Waiting: {waiting}\nMWI-Message-Account: {account}\n"
        f"MWI-Voice-Message: {voice}"
    )
    assert reply.reply.startswith("+OK ")


def test_a_registered_phone_is_told_without_asking(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    desk.register(switch.sip, USERS["200"])
    tell(inbound, "yes", "2/3 (1/0)")
    notify = desk.notified("Messages-Waiting: yes", "2/3 (1/0)")
    assert notify["Event"] == "message-summary"
    assert notify["Content-Type"] == SUMMARY
    assert notify["Subscription-State"].startswith("terminated")
    assert notify.body == BODY.format("yes", "2/3 (1/0)")
    assert notify.tag == ""


def test_a_phone_that_subscribes_is_told_in_its_dialog(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    accepted = desk.subscribe(switch.sip, USERS["200"])
    assert accepted.status == 202
    assert accepted["Expires"] == "300"
    tell(inbound, "yes", "1/0 (0/0)")
    notify = desk.notified("1/0 (0/0)")
    assert notify["Call-ID"] == accepted["Call-ID"]
    assert notify["From"].endswith(f"tag={accepted.tag}")
    assert notify["Subscription-State"].startswith("active;expires=")
    assert notify.body == BODY.format("yes", "1/0 (0/0)")
    tell(inbound, "no", "0/1 (0/0)")
    assert desk.notified("0/1 (0/0)").body == BODY.format("no", "0/1 (0/0)")


def test_a_phone_that_ends_its_subscription_is_told_so_and_nothing_after(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    desk.subscribe(switch.sip, USERS["200"])
    assert desk.subscribe(switch.sip, USERS["200"], expires=0).status == 202
    assert desk.notified("Subscription-State: terminated")["Content-Length"] == "0"
    other = Subscriber("200")
    other.subscribe(switch.sip, USERS["200"])
    tell(inbound, "yes", "7/0 (0/0)")
    other.notified("7/0 (0/0)")
    assert not [notify for notify in desk.notifications() if "7/0" in notify.body]
    other.close()


def test_a_subscription_can_be_renewed(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    first = desk.subscribe(switch.sip, USERS["200"])
    again = desk.subscribe(switch.sip, USERS["200"], expires=100)
    assert (again.status, again["Expires"], again["To"]) == (202, "100", first["To"])
    tell(inbound, "yes", "4/4 (0/0)")
    desk.notified("4/4 (0/0)")


def test_an_account_may_be_written_without_its_scheme(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    desk.subscribe(switch.sip, USERS["200"])
    tell(inbound, "yes", "1/1 (0/0)", "200@127.0.0.1")
    assert desk.notified("1/1").body == BODY.format("yes", "1/1 (0/0)")


def test_an_account_elsewhere_is_not_ours(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    desk.subscribe(switch.sip, USERS["200"])
    tell(inbound, "yes", "8/8 (0/0)", "sip:200@elsewhere.example")
    tell(inbound, "yes", "9/9 (0/0)")
    desk.notified("9/9")
    assert not [notify for notify in desk.notifications() if "8/8" in notify.body]


def test_the_switch_asks_how_things_stand_when_a_phone_registers(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    inbound.command("event plain MESSAGE_QUERY")
    for _ in range(2):  # each time: a phone may have been switched off meanwhile
        desk.register(switch.sip, USERS["200"])
        asked = inbound.event("MESSAGE_QUERY", VM_Call_ID=f"{desk.tag}@registration")
        assert asked["Message-Account"] == ACCOUNT


def test_the_switch_asks_how_things_stand_when_a_phone_subscribes(
    switch: Switch, inbound: Connection, desk: Subscriber
) -> None:
    inbound.command("event plain MESSAGE_QUERY")
    accepted = desk.subscribe(switch.sip, USERS["200"])
    asked = inbound.event("MESSAGE_QUERY", VM_sub_call_id=accepted["Call-ID"])
    assert asked["Message-Account"] == ACCOUNT


def test_an_unknown_event_is_a_bad_event(switch: Switch, desk: Subscriber) -> None:
    refused = desk.subscribe(switch.sip, USERS["200"], event="nonsense")
    assert refused.status == 489
    assert "message-summary" in refused["Allow-Events"]


@pytest.mark.parametrize(("user", "secret"), [("200", "wrong"), ("999", "whatever")])
def test_a_wrong_secret_or_a_stranger_may_not_watch(switch: Switch, user: str, secret: str) -> None:
    stranger = Subscriber(user)
    # FreeSWITCH says 401 without a challenge.
    assert stranger.subscribe(switch.sip, secret).status in (401, 403)
    stranger.close()


def test_the_lamp_of_a_real_phone_goes_on_and_off(
    switch: Switch, inbound: Connection, tmp_path: Path
) -> None:
    inbound.command("event plain MESSAGE_QUERY")
    phone = Baresip(tmp_path / "baresip", switch.sip, "201", USERS["201"])
    try:
        phone.wait_registered()
        inbound.until(lambda event: bool(event.get("VM-sub-call-id")))
        tell(inbound, "yes", "1/0 (1/0)", "sip:201@127.0.0.1")
        phone.wait_lamp(True, "1/0 (1/0)")
        tell(inbound, "no", "0/1 (0/1)", "sip:201@127.0.0.1")
        phone.wait_lamp(False, "0/1 (0/1)")
    finally:
        phone.close()
