"""Desk phones: registering with digest, and being rung as a user."""

import json

import pytest

from tests.contract.client import Connection
from tests.contract.conftest import USERS, Leg, PhoneMaker
from tests.contract.phone import Phone
from tests.contract.rtp import SAID
from tests.contract.sounds import Sounds
from tests.switches import Switch

SUBCLASSES = "sofia::register sofia::unregister sofia::register_failure sofia::register_attempt"


@pytest.fixture
def desk(phones: PhoneMaker, switch: Switch) -> Phone:
    """User 200's phone, registered."""
    phone = phones("200")
    assert phone.register(switch.sip, USERS["200"]) == 200
    return phone


def unregister(phone: Phone, switch: Switch) -> None:
    assert phone.register(switch.sip, USERS[phone.number], expires=0) == 200


def test_a_registrar_asks_for_a_digest(phones: PhoneMaker, switch: Switch) -> None:
    phone = phones("200")
    phone.register(switch.sip, USERS["200"])
    challenge = phone.wait_status(lambda status: status == 401, "REGISTER")["WWW-Authenticate"]
    assert challenge.startswith("Digest ")
    assert 'realm="127.0.0.1"' in challenge
    assert 'qop="auth"' in challenge
    assert "algorithm=MD5" in challenge


def test_a_registration_is_confirmed_with_its_expiry(desk: Phone) -> None:
    confirmed = desk.wait_status(lambda status: status == 200, "REGISTER")
    assert f":{desk.port}" in confirmed["Contact"]
    assert "expires=300" in confirmed["Contact"]


@pytest.mark.parametrize(("user", "secret"), [("200", "wrong"), ("999", "whatever")])
def test_a_wrong_secret_or_a_stranger_is_forbidden(
    phones: PhoneMaker, switch: Switch, user: str, secret: str
) -> None:
    assert phones(user).register(switch.sip, secret) == 403


def test_a_registration_is_told(phones: PhoneMaker, switch: Switch, inbound: Connection) -> None:
    inbound.command(f"event plain CUSTOM {SUBCLASSES}")
    phone = phones("200")
    phone.register(switch.sip, USERS["200"])
    told = inbound.event("CUSTOM", Event_Subclass="sofia::register")
    assert told["from-user"] == "200"
    assert told["from-host"] == "127.0.0.1"
    assert told["username"] == "200"
    assert told["realm"] == "127.0.0.1"
    assert told["expires"] == "300"
    assert told["network-port"] == str(phone.port)
    assert f"127.0.0.1:{phone.port}" in told["contact"]


def test_leaving_is_told(desk: Phone, switch: Switch, inbound: Connection) -> None:
    inbound.command(f"event plain CUSTOM {SUBCLASSES}")
    unregister(desk, switch)
    told = inbound.event("CUSTOM", Event_Subclass="sofia::unregister")
    assert told["from-user"] == "200"


def test_a_failed_registration_is_told(
    phones: PhoneMaker, switch: Switch, inbound: Connection
) -> None:
    inbound.command(f"event plain CUSTOM {SUBCLASSES}")
    phones("200").register(switch.sip, "wrong")
    told = inbound.event("CUSTOM", Event_Subclass="sofia::register_failure")
    assert told["to-user"] == "200"


def test_registered_phones_are_listed(desk: Phone, inbound: Connection) -> None:
    rows = json.loads(inbound.api_with("show registrations as json", str(desk.port)))["rows"]
    own = [row for row in rows if row["network_port"] == str(desk.port)]
    assert [row["reg_user"] for row in own] == ["200"]
    assert own[0]["url"].startswith("sofia/internal/sip:200@127.0.0.1:")


def test_a_phones_address_can_be_asked_for(
    desk: Phone, switch: Switch, inbound: Connection
) -> None:
    told = inbound.api("sofia_contact 200@127.0.0.1")
    assert f"sofia/internal/sip:200@127.0.0.1:{desk.port}" in told
    assert inbound.api("sofia_contact 201@127.0.0.1") == "error/user_not_registered"


def test_a_user_is_rung_at_the_registered_phone(
    leg: Leg, desk: Phone, switch: Switch, sounds: Sounds
) -> None:
    leg.esl.start("bridge", "user/200@127.0.0.1")
    leg.esl.event("CHANNEL_BRIDGE")
    desk.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID


def test_a_phone_that_has_left_is_not_rung(
    leg: Leg, desk: Phone, switch: Switch, inbound: Connection
) -> None:
    inbound.command(f"event plain CUSTOM {SUBCLASSES}")
    unregister(desk, switch)
    inbound.event("CUSTOM", Event_Subclass="sofia::unregister")
    leg.esl.run("set", "continue_on_fail=true")
    done = leg.esl.run("bridge", "user/200@127.0.0.1")
    assert done["variable_originate_disposition"] == "USER_NOT_REGISTERED"
