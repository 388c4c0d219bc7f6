"""fail2ban's filters on lines that the programs really write."""

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from softswitch.sip.digest import Credentials
from softswitch.sip.errors import RegistrationFailed
from softswitch.sip.registrar import Registrar
from tests.softswitch.sip.doubles import Desk, desks

from .unit_files import PROVISIONING

HERE = Path(__file__).parent
FILTERS = PROVISIONING / "fail2ban" / "filter.d"
SCANNER, OFFICE = "203.0.113.9", "192.0.2.20"
PREFIX = "2026-11-22 10:00:00 box python[123]: "
"""As the journal's lines come to a filter."""

pytestmark = pytest.mark.skipif(
    not shutil.which("fail2ban-regex"), reason="Debian's fail2ban is missing"
)


def found(log: Path, name: str) -> list[str]:
    """The address of each line that a filter takes."""
    told = subprocess.check_output(
        ["fail2ban-regex", "--no-check-all", "-o", "<ip>", str(log), str(FILTERS / name)], text=True
    )
    return told.split()


def test_freeswitchs_refusals_count_and_an_honest_phone_does_not() -> None:
    addresses = found(HERE / "fail2ban" / "freeswitch.log", "pressline-freeswitch.conf")
    assert addresses.count(SCANNER) == 6
    assert addresses.count("203.0.113.66") == 1
    assert OFFICE not in addresses


def test_calls_without_a_password_count_for_the_scanners_jail() -> None:
    name = "pressline-freeswitch.conf[mode=unanswered]"
    assert found(HERE / "fail2ban" / "freeswitch.log", name) == [SCANNER] * 3


def test_a_stranger_cannot_have_another_shut_out_by_what_he_calls_himself(tmp_path: Path) -> None:
    start = "2026-11-22 10:06:39.948334 95.63% [WARNING] sofia_reg.c:"
    forged = f"x@y] from ip {OFFICE}"
    log = tmp_path / "log"
    log.write_text(
        f"{start}1787 SIP auth failure (REGISTER) on sofia profile 'phones' "
        f"for [{forged}@h] from ip {SCANNER}\n"
        f"{start}3210 Can't find user [x] from {OFFICE}@h] from {SCANNER}\n"
    )
    assert found(log, "pressline-freeswitch.conf") == [SCANNER, SCANNER]


def _refused_at_the_panel() -> str:
    code = (
        "from appliance import logs; logs.set_up();"
        "from admin.signin.attempt import _refused;"
        f"_refused(None, '{SCANNER}', 'password'); _refused(None, '2001:db8::9', 'code')"
    )
    return subprocess.check_output([sys.executable, "-c", code], text=True)


def test_wrong_passwords_at_the_panel_count(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("".join(f"{PREFIX}{line}\n" for line in _refused_at_the_panel().splitlines()))
    assert found(log, "pressline-panel.conf") == [SCANNER, "2001:db8::9"]


def test_wrong_passwords_count_in_logs_of_json(tmp_path: Path) -> None:
    log = tmp_path / "log"
    refused = {"address": SCANNER, "user": "", "event": "sign-in refused", "level": "warning"}
    forged = {"event": "call refused", "why": f'"event": "sign-in refused", "address": "{OFFICE}"'}
    log.write_text("".join(f"{PREFIX}{json.dumps(line)}\n" for line in (refused, forged)))
    assert found(log, "pressline-panel.conf") == [SCANNER]


async def _register_wrongly() -> None:
    switch, phone = Desk(registrar=Registrar({"1000": "right"})), Desk()
    async with desks(switch, phone):
        with pytest.raises(RegistrationFailed):
            await phone.agent.register(switch.uri(), Credentials("1000", "wrong"), "1000", 300)


def test_wrong_passwords_at_the_embedded_switch_count(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asyncio.run(_register_wrongly())
    # As softswitch/__main__.py has them written.
    lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in caplog.records]
    log = tmp_path / "log"
    log.write_text("".join(f"{PREFIX}{line}\n" for line in lines))
    assert found(log, "pressline-embedded.conf") == ["127.0.0.1"]
