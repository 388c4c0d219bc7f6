"""What `pressline up` looks at and writes before it starts anything."""

import re
import socket
import tomllib
from pathlib import Path

import pytest

from appliance.dialplan import extensions, softswitch_settings
from appliance.home import Home
from appliance.ports_free import taken_ports
from appliance.programs import programs
from appliance.secrets_file import load_secrets
from appliance.settings import Address, Settings
from tests.ports import free_port


def free() -> Address:
    return Address("127.0.0.1", free_port())


@pytest.fixture
def settings() -> Settings:
    return Settings(sip=free(), esl=free(), socket=free(), panel=free(), phones={"200": "Desk"})


def test_a_port_in_use_is_named_with_what_to_change(settings: Settings) -> None:
    with socket.create_server(settings.panel):
        (told,) = taken_ports(settings)
    assert told.startswith(f"panel: {settings.panel} is in use")
    assert "PRESSLINE_PANEL" in told


def test_a_sip_port_in_use_is_seen_too(settings: Settings) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(settings.sip)
        assert [told.split(":")[0] for told in taken_ports(settings)] == ["switch (SIP)"]


def test_free_ports_are_no_trouble(settings: Settings) -> None:
    assert taken_ports(settings) == []


def test_with_freeswitch_its_ports_are_not_ours(settings: Settings) -> None:
    with socket.create_server(settings.esl):
        assert taken_ports(settings.model_copy(update={"switch": "freeswitch"})) == []


def test_the_embedded_switch_is_told_everything(settings: Settings, home: Home) -> None:
    secrets = load_secrets(home.root, settings.phones)
    notice = home.prompts / 'odd "name".wav'
    written = tomllib.loads(softswitch_settings(settings, secrets, notice))
    assert written["sip"]["port"] == settings.sip.port
    assert written["sip"]["users"] == {"200": secrets.phones["200"]}
    assert written["event_socket"]["password"] == secrets.esl_password
    for extension in written["extension"]:
        assert ["socket", f"{settings.socket} async full"] in extension["actions"]
        assert ["playback", str(notice.absolute())] in extension["actions"]


@pytest.mark.parametrize(
    ("caller", "dialled", "file"),
    [
        ("+4930123", "100", "_${caller_id_number}_${destination_number}.wav"),
        ("", "100", "_unknown_${destination_number}.wav"),
        ("../../x", "100", "_unknown_${destination_number}.wav"),
        ("123\n", "100", "_unknown_${destination_number}.wav"),
        ("123", "../x", "_unknown_unknown.wav"),
        ("123", "100\n", "_unknown_unknown.wav"),
    ],
)
def test_only_numbers_get_into_the_name_of_a_spooled_file(
    settings: Settings, tmp_path: Path, caller: str, dialled: str, file: str
) -> None:
    rules = extensions(settings, tmp_path / "notice.wav")
    rule = next(
        rule
        for rule in rules
        if re.search(rule.caller, caller) and re.search(rule.dialled, dialled)
    )
    (recorded,) = [argument for application, argument in rule.actions if application == "record"]
    assert recorded.split(" ")[0].endswith(file)


def test_with_freeswitch_no_switch_is_started(settings: Settings, home: Home) -> None:
    names = [program.name for program in programs(settings, home)]
    assert names == ["switch", "callbox", "worker", "panel", "webphone"]
    external = settings.model_copy(update={"switch": "freeswitch"})
    assert [program.name for program in programs(external, home)] == names[1:]
