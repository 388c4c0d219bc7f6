"""Trunks with an account: their password is kept, and never given out."""

from typing import Any

import pytest
from pydantic import ValidationError

from lines.dialling import interchange, records
from lines.dialling.entry import KEPT, TrunkEntry
from lines.dialling.number import normalised
from lines.dialling.ways import target
from store.models import Trunk

ACCOUNT = {"name": "main", "host": "sip.example", "user": "84930", "password": "secret-word"}


def trunk(**given: Any) -> TrunkEntry:
    return TrunkEntry(**{**ACCOUNT, **given})


def test_a_password_is_never_given_out_again(store: str) -> None:
    records.keep_trunk(trunk())
    assert records.trunks()[0].password == KEPT
    assert "secret-word" not in repr(interchange.sections()) + repr(records.trunks())
    assert records.trunk_passwords() == {"main": "secret-word"}


@pytest.mark.parametrize("given", ["", KEPT])
def test_a_change_without_the_password_keeps_it(store: str, given: str) -> None:
    records.keep_trunk(trunk())
    records.keep_trunk(trunk(password=given, expires=900))
    assert records.trunk_passwords() == {"main": "secret-word"}
    assert records.trunks()[0].expires == 900


def test_what_was_given_out_can_be_taken_in_again(store: str) -> None:
    records.keep_trunk(trunk(addresses=("192.0.2.0/28",)))
    content = interchange.gather(interchange.sections(), "paper.yaml")
    assert not content.mistakes
    interchange.keep(content)
    assert records.trunk_passwords() == {"main": "secret-word"}
    assert records.trunks()[0].addresses == ("192.0.2.0/28",)


def test_another_users_password_is_not_kept(store: str) -> None:
    records.replace_trunks([trunk()])
    records.replace_trunks([trunk(user="other", password="")])
    assert records.trunk_passwords() == {}


def test_a_trunk_without_a_user_has_no_password(store: str) -> None:
    records.keep_trunk(trunk())
    records.keep_trunk(trunk(user="", password=KEPT))
    assert Trunk.get().password == ""


@pytest.mark.parametrize(
    "odd",
    [
        {"user": "a b"},
        {"user": "a@b"},
        {"password": "a\nb"},
        {"host": "sip.example;transport=tls"},
        {"domain": "<x>"},
        {"transport": "sctp"},
        {"expires": 5},
        {"number": "${x}"},
        {"addresses": ["everywhere"]},
        {"addresses": ["192.0.2.1/28"]},
        {"host": "", "gateway": "own"},
    ],
)
def test_what_no_provider_has_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        trunk(**odd)


@pytest.mark.parametrize(
    ("given", "kind", "address"),
    [
        ({}, "gateway", "+49301234567@main"),
        ({"user": ""}, "sip", "+49301234567@sip.example"),
        ({"user": "", "transport": "tls"}, "sip", "+49301234567@sip.example;transport=tls"),
    ],
)
def test_who_has_an_account_is_called_by_the_switchs_gateway(
    given: dict[str, Any], kind: str, address: str
) -> None:
    way = target(normalised("+49301234567", "DE"), trunk(**given))
    assert (way.kind, way.address) == (kind, address)
