"""Where the phone in the panel connects to, and who may use it."""

import tomllib
from pathlib import Path

import pytest

from appliance import web_phone
from appliance.errors import SettingsInvalid
from appliance.panel_parts.browser_phone import SECONDS, SignedPasses
from appliance.settings import Address, Settings, load
from appliance.web_phone import (
    gateway_address,
    gateway_missing,
    gateway_settings,
    origins,
    page_url,
    phone_missing,
)
from softswitch.webrtc.passes import PassSecrets, caller_of
from softswitch.webrtc.settings import parse_gateway_settings


def settings(home: Path, **given: str) -> Settings:
    environment = {f"PRESSLINE_{name.upper()}": value for name, value in given.items()}
    return load({"PRESSLINE_HOME": str(home), **environment})


def test_without_a_setting_the_gateway_is_beside_the_panel(tmp_path: Path) -> None:
    found = settings(tmp_path, panel="127.0.0.1:9000")
    assert gateway_address(found) == Address("127.0.0.1", 9002)
    assert page_url(found) == "ws://127.0.0.1:9002"


def test_the_last_port_of_all_leaves_room_below(tmp_path: Path) -> None:
    assert gateway_address(settings(tmp_path, panel="127.0.0.1:65535")).port == 65533


def test_an_address_of_its_own_is_taken(tmp_path: Path) -> None:
    found = settings(tmp_path, web_phone="0.0.0.0:9100")
    assert gateway_address(found) == Address("0.0.0.0", 9100)
    assert page_url(found) == "ws://127.0.0.1:9100"


def test_behind_a_web_server_browsers_are_sent_to_its_address(tmp_path: Path) -> None:
    found = settings(
        tmp_path, web_phone_url="wss://box.example/phone", public_url="https://box.example/x"
    )
    assert page_url(found) == "wss://box.example/phone"
    assert origins(found)[0] == "https://box.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("web_phone", "nonsense"),
        ("web_phone_url", "javascript:alert(1)"),
        ("web_phone_url", "wss://x; script-src *"),
    ],
)
def test_what_is_no_address_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsInvalid, match=name.upper()):
        settings(tmp_path, **{name: value})


def test_what_is_written_for_the_gateway_is_what_it_reads(tmp_path: Path) -> None:
    found = settings(tmp_path, sip="0.0.0.0:5070")
    read = parse_gateway_settings(tomllib.loads(gateway_settings(found)))
    assert (read.host, read.port) == ("127.0.0.1", 8082)
    assert (read.switch_host, read.switch_port) == ("127.0.0.1", 5070)
    assert read.origins == ("http://127.0.0.1:8080", "http://localhost:8080")


def test_a_pass_of_the_panel_opens_the_gateway(tmp_path: Path) -> None:
    found = settings(tmp_path)
    given = SignedPasses(found).give("200", "Anna")
    secrets = PassSecrets(parse_gateway_settings(tomllib.loads(gateway_settings(found))).key)
    assert secrets.get(given.user) == given.secret
    caller = caller_of(given.user)
    assert caller is not None
    assert (caller.number, caller.name, given.seconds) == ("200", "Anna", SECONDS)


def test_a_phone_that_is_off_is_off(tmp_path: Path) -> None:
    found = settings(tmp_path, web_phone="off")
    assert (gateway_missing(found), phone_missing(found)) == ("off", "off")


def test_without_a_gateway_the_page_may_use_anothers(tmp_path: Path) -> None:
    found = settings(tmp_path, web_phone="off", web_phone_url="wss://switch.example:7443")
    assert (gateway_missing(found), phone_missing(found)) == ("off", "")


def test_without_its_packages_the_phone_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_phone, "find_spec", lambda name: None)
    assert phone_missing(settings(tmp_path)) == "not installed"
