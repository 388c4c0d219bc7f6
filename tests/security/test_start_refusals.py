"""A box that would let strangers in does not start, and says how it would."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from appliance.dangers import Danger, dangers, phone_dangers, refuse
from appliance.errors import BoxUnsafe
from appliance.exposure import is_loopback, reachable_from_outside
from appliance.home import Home
from appliance.preparing import prepare
from appliance.settings import Address, Settings, load
from appliance.weak_secrets import weakness

EVERYWHERE = "0.0.0.0"


def settings(home: Path, **given: Any) -> Settings:
    return Settings(home=home, **given)


def found(home: Path, **given: Any) -> list[Danger]:
    return list(dangers(settings(home, **given)))


def risks(home: Path, **given: Any) -> set[str]:
    return {danger.risk for danger in found(home, **given)}


@contextmanager
def listening(host: str) -> Iterator[Address]:
    with socket.create_server((host, 0)) as server:
        yield Address(*server.getsockname()[:2])


def test_the_defaults_are_safe(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize("switch", ["embedded", "freeswitch"])
@pytest.mark.parametrize("host", [EVERYWHERE, "192.168.1.20", "switch.example", "::"])
def test_an_event_socket_that_others_reach_is_refused(
    tmp_path: Path, switch: str, host: str
) -> None:
    assert risks(tmp_path, switch=switch, esl=Address(host, 8021)) == {"event-socket"}


def test_freeswitch_that_listens_for_everybody_is_refused_wherever_we_connect(
    tmp_path: Path,
) -> None:
    with listening(EVERYWHERE) as at:
        told = found(tmp_path, switch="freeswitch", esl=Address("127.0.0.1", at.port))
    assert [danger.risk for danger in told] == ["event-socket"]
    assert "listen-ip 127.0.0.1" in told[0].message
    assert f"{EVERYWHERE}:{at.port}" in told[0].message


def test_freeswitch_that_listens_on_this_machine_alone_is_taken(tmp_path: Path) -> None:
    with listening("127.0.0.1") as at:
        assert not risks(tmp_path, switch="freeswitch", esl=at)


def test_a_callbox_port_that_others_reach_is_refused(tmp_path: Path) -> None:
    assert risks(tmp_path, socket=Address(EVERYWHERE, 8040)) == {"callbox-port"}


def test_a_panel_in_clear_is_refused_and_behind_tls_it_is_not(tmp_path: Path) -> None:
    open_panel = Address(EVERYWHERE, 8080)
    assert risks(tmp_path, panel=open_panel) == {"panel-without-tls"}
    assert risks(tmp_path, panel=open_panel, public_url="http://box") == {"panel-without-tls"}
    assert not risks(tmp_path, panel=open_panel, public_url="https://box.example")


@pytest.mark.parametrize(
    "password",
    ["ClueCon", "cluecon-1234", "changeme", "Password2026", "1234567890", "aaaaaaaaaaaa"],
)
def test_an_event_socket_password_that_guessers_know_is_refused(
    tmp_path: Path, password: str
) -> None:
    told = found(tmp_path, esl_password=SecretStr(password))
    assert [danger.risk for danger in told] == ["event-socket-password"]
    assert password not in str(told[0])


def test_a_phone_with_a_weak_password_is_refused_where_scanners_reach_it(tmp_path: Path) -> None:
    weak = {"200": "200200200", "201": "password", "202": "kX2-fjw0Qa9LmZpp"}
    outside = settings(tmp_path, sip=Address(EVERYWHERE, 5060))
    told = [str(danger) for danger in phone_dangers(outside, weak)]
    assert [line.split(":")[0] for line in told] == ["phone 200", "phone 201"]
    assert not list(phone_dangers(settings(tmp_path), weak))
    assert len(list(phone_dangers(settings(tmp_path, switch="freeswitch"), weak))) == 2


def test_a_refusal_tells_where_what_was_expected_and_how_to_go_on(tmp_path: Path) -> None:
    unsafe = settings(tmp_path, esl=Address(EVERYWHERE, 8021), socket=Address(EVERYWHERE, 8040))
    with pytest.raises(BoxUnsafe) as refused:
        refuse(unsafe, dangers(unsafe))
    told = str(refused.value)
    assert "esl: 0.0.0.0:8021" in told and "Expected 127.0.0.1:8021" in told
    assert "socket:" in told and "PRESSLINE_ACCEPT_RISKS=callbox-port" in told


def test_a_risk_that_is_accepted_is_no_reason_to_refuse(tmp_path: Path) -> None:
    unsafe = load(
        {
            "PRESSLINE_HOME": str(tmp_path),
            "PRESSLINE_PANEL": "0.0.0.0:8080",
            "PRESSLINE_ACCEPT_RISKS": "panel-without-tls, callbox-port",
        }
    )
    refuse(unsafe, dangers(unsafe))


def test_a_box_is_not_prepared_when_it_would_be_unsafe(tmp_path: Path) -> None:
    unsafe = settings(tmp_path, esl=Address(EVERYWHERE, 8021))
    with pytest.raises(BoxUnsafe):
        prepare(unsafe, Home(tmp_path))
    assert not (tmp_path / "pressline.db").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_what_is_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "10.0.0.1", "::ffff:10.0.0.1", "box.example"])
def test_what_others_reach(host: str) -> None:
    assert not is_loopback(host)


def test_nobody_listens_where_nobody_listens() -> None:
    with listening("127.0.0.1") as at:
        port = at.port
    assert reachable_from_outside(port) == []


@pytest.mark.parametrize("secret", ["", "short", "200200200200", "admin-12345", "abababababab"])
def test_passwords_that_somebody_would_guess(secret: str) -> None:
    assert weakness(secret, "200")


def test_passwords_that_the_box_makes_are_good() -> None:
    assert not weakness("Zk3vP0qyR-x2_uWn", "200")
