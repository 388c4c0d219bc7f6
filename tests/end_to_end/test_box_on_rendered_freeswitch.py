"""The whole box on a FreeSWITCH that it has configured itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.settings import load
from lines.phones import records as phones
from lines.phones.entry import PhoneEntry
from provisioning.freeswitch.dry_start import command
from store import database
from tests.end_to_end.box import NO_FREESWITCH, Box
from tests.end_to_end.waiting import eventually
from tests.ports import free_port
from tests.provisioning.freeswitch.rendered import DeskPhone
from tests.switch_plan import HOST, Plan, SwitchFailed
from tests.switches import FreeSwitch

pytestmark = [
    pytest.mark.skipif(FreeSwitch.program() is None, reason=NO_FREESWITCH),
    pytest.mark.timeout(300),
]

NEW = "305"


class _OnOurFiles(FreeSwitch):
    """Started on what `pressline prepare` has written."""

    def __init__(self, plan: Plan, home: Path) -> None:
        super().__init__(plan)
        self.home = home

    def _prepare(self) -> list[str]:
        program = self.program()
        if program is None:
            raise SwitchFailed(NO_FREESWITCH)
        return command(program, self.home / "freeswitch")


class RenderedBox(Box):
    def _freeswitch(self) -> FreeSwitch:
        plan = Plan(self.home.parent / "freeswitch")
        plan.home.mkdir(parents=True, exist_ok=True)
        return _OnOurFiles(plan, self.home)

    def start(self) -> "Box":
        assert self.freeswitch
        self.done("prepare", "--unattended")
        self.freeswitch.start()
        self.up()
        self.wait_until_well()
        return self

    def new_phone(self, number: str) -> str:
        """Its password."""
        load(self.environment)  # by which the store's key is found
        database.connect(self.home / "pressline.db")
        try:
            phones.keep(PhoneEntry(number=number, title="Culture"))
            return phones.new_password(number)
        finally:
            database.disconnect()


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RenderedBox]:
    made = RenderedBox(
        tmp_path_factory.mktemp("box") / "home",
        "freeswitch",
        sip_inside=f"{HOST}:{free_port()}",
        trunk_port=str(free_port()),
        tls_port="0",
        wss_port="0",
    )
    made.fill()
    try:
        made.start()
        yield made
    finally:
        made.close()


def test_a_caller_hears_the_flow(box: RenderedBox) -> None:
    told = box.done("call", "100", "--keys", "hangup")
    assert "welcome" in told, told


def test_the_box_knows_that_freeswitch_has_what_it_ought_to_have(box: RenderedBox) -> None:
    assert "as they should be" in box.done("switch", "drift")
    assert "all profiles run" in box.done("switch", "status")
    part = box.health()["parts"]["configuration"]
    assert part["ok"], part


def test_a_phone_that_was_added_registers_and_reaches_the_callbox(box: RenderedBox) -> None:
    phone = DeskPhone(NEW)
    try:
        password = box.new_phone(NEW)
        box.done("switch", "apply")
        assert phone.register(box.sip, password) == 200
        phone.call_with(box.sip, "100", password).wait_answer(60)
        eventually(lambda: len(phone.line.heard()) > 8000, "the flow speaks", 60)
    finally:
        phone.close()
    assert "as they should be" in box.done("switch", "drift")
