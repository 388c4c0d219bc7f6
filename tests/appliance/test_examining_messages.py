"""What doctor tells of mailboxes."""

from pathlib import Path

import pytest

from appliance.examining_messages import examine_messages
from appliance.home import Home
from appliance.settings import Settings
from store.models import Recipient
from tests.voicemail.stored import make_box

pytestmark = pytest.mark.usefixtures("store")


def found(home: Home, **settings: object) -> dict[str, tuple[bool, str]]:
    made = Settings.model_validate({"home": home.root, **settings})
    return {f.what: (f.ok, f.message) for f in examine_messages(made, home)}


def test_without_mailboxes_it_says_how_to_make_one(home: Home) -> None:
    assert found(home) == {"mailboxes": (True, "none; `pressline mailboxes add` makes one")}


def test_a_last_resort_that_does_not_exist_is_a_fault(home: Home) -> None:
    make_box("tips")
    ok, message = found(home)["last resort"]
    assert not ok
    assert "there is no mailbox desk" in message
    assert found(home, last_resort_box="tips")["last resort"][0]


def test_mail_addresses_without_a_mail_server_are_a_fault(home: Home) -> None:
    Recipient.create(mailbox=make_box("desk").id, address="desk@paper.example")
    ok, message = found(home)["mail"]
    assert not ok
    assert "mail_server" in message
    assert found(home, mail_server="mail.example:587")["mail"] == (
        True,
        "by mail.example:587 (starttls)",
    )


def test_it_tells_who_hears_each_language(home: Home) -> None:
    make_box("desk")
    make_box("中文台", language="zh")
    told = [f.message for f in examine_messages(Settings(home=home.root), home)]
    assert any("en: pocketsphinx" in message and "digits" in message for message in told)
    assert any(message.startswith("zh: no model") for message in told), told


def test_a_half_copied_model_is_named(home: Home) -> None:
    make_box("desk", language="zh")
    half: Path = home.models / "zh-half"
    (half / "am").mkdir(parents=True)
    assert "zh-half" in found(home)["transcripts"][1]
