"""The systemd units and the program agree; what systemd says of them: tests/install."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from appliance.home import Home
from appliance.programs import PATIENCE
from appliance.settings import Settings

from .unit_files import PROVISIONING, UNITS, read_unit, service

HOME = Home(Path("/var/lib/pressline"))
PYTHON = "/opt/pressline/current/.venv/bin/python"


@pytest.mark.parametrize("name", PATIENCE)
def test_a_service_hangs_for_systemd_when_it_does_for_pressline_up(name: str) -> None:
    found = service(name)
    assert float(found["WatchdogSec"][0]) == PATIENCE[name]
    assert found["Type"] == ["notify"]
    # A stopped process hears no other signal, and systemd would wait for 90 s.
    assert found["WatchdogSignal"] == ["SIGKILL"]


@pytest.mark.parametrize("name", PATIENCE)
def test_a_service_is_started_again_for_ever(name: str) -> None:
    unit = read_unit(UNITS / f"pressline-{name}.service")
    assert unit["Service"]["Restart"] == ["always"]
    assert unit["Unit"]["StartLimitIntervalSec"] == ["0"]


@pytest.mark.parametrize("name", [*PATIENCE, "prepare"])
def test_what_a_service_runs_is_there(name: str) -> None:
    for line in service(name)["ExecStart"] + service(name).get("ExecStopPost", []):
        program, *words = shlex.split(line)
        if program == PYTHON:
            assert words[0] == "-m"
            assert find_spec(words[1])
        else:
            assert (program, words[0]) == (f"{Path(PYTHON).parent}/pressline", "prepare")


def test_services_name_the_files_that_are_prepared() -> None:
    assert str(HOME.switch_settings) in service("switch")["ExecStart"][0]
    assert str(HOME.web_phone_settings) in service("webphone")["ExecStart"][0]
    condition = read_unit(UNITS / "pressline-webphone.service")["Unit"]["ConditionPathExists"]
    assert condition == [str(HOME.web_phone_settings)]


def test_the_callbox_does_without_the_switch_and_without_what_is_prepared() -> None:
    unit = read_unit(UNITS / "pressline-callbox.service")["Unit"]
    assert "Requires" not in unit
    assert "BindsTo" not in unit


def test_every_service_is_shut_in() -> None:
    shared = read_unit(UNITS / "pressline-.service.d" / "sandbox.conf")["Service"]
    assert shared["ProtectSystem"] == ["strict"]
    assert shared["NoNewPrivileges"] == ["yes"]
    assert shared["CapabilityBoundingSet"] == [""]
    assert shared["User"] == ["pressline"]
    for path in UNITS.glob("pressline-*.service"):
        # A drop-in is read after its unit: what both set is the drop-in's.
        assert not set(read_unit(path)["Service"]) & set(shared), path


def test_freeswitch_is_started_on_what_is_rendered_and_not_as_root() -> None:
    found = read_unit(UNITS / "freeswitch.service.d" / "pressline.conf")["Service"]
    assert f"-conf {HOME.root}/freeswitch/conf " in found["ExecStart"][-1]
    assert found["User"] == ["freeswitch"]
    assert found["SupplementaryGroups"] == ["pressline"]


def _ports(text: str, protocol: str) -> set[str]:
    found = re.findall(rf"^\s+{protocol} dport (\{{[^}}]+\}}|\S+) accept", text, re.M)
    return {port for group in found for port in re.findall(r"[\d-]+", group)}


def test_the_world_reaches_the_ports_of_the_settings_and_no_others() -> None:
    rules = (PROVISIONING / "nftables" / "pressline.nft").read_text()
    settings = Settings()
    first, last = settings.rtp_ports
    sip = str(settings.sip.port)
    assert _ports(rules, "udp") == {"68", "546", sip, "5080", f"{first}-{last}"}
    assert _ports(rules, "tcp") == {"80", "443", sip, "5061", "5080", "7443"}
    assert "policy drop" in rules
    assert "flush ruleset" not in rules


def test_the_web_server_passes_on_to_where_the_panel_listens() -> None:
    from admin.app import LARGEST_REQUEST
    from appliance.web_phone import gateway_address

    site = (PROVISIONING / "nginx" / "pressline.conf").read_text()
    settings = Settings()
    assert f"proxy_pass http://{settings.panel};" in site
    assert f"proxy_pass http://{gateway_address(settings)}/;" in site
    assert f"client_max_body_size {LARGEST_REQUEST // 1024**2}m;" in site
    # Appended to what a visitor claims, it would let him choose his address.
    assert "proxy_add_x_forwarded_for" not in site


def test_every_module_that_is_loaded_comes_with_the_packages() -> None:
    from provisioning.freeswitch.rendering import MODULES

    script = (PROVISIONING / "install" / "switch.sh").read_text()
    for module in MODULES:
        assert f"freeswitch-{module.replace('_', '-')}" in script
