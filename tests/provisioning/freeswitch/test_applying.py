"""What a running FreeSWITCH is told, and what it is found to have."""

from dataclasses import replace
from pathlib import Path

import pytest

from provisioning.freeswitch import running
from provisioning.freeswitch.applying import apply
from provisioning.freeswitch.errors import NotApplied
from provisioning.freeswitch.facts import Facts, Gateway
from tests.provisioning.freeswitch.facts import facts


class Api:
    """Answers as FreeSWITCH 1.10.12 does."""

    def __init__(self, told: Facts, folder: Path) -> None:
        self.asked: list[str] = []
        self.told = told
        self.folder = folder
        self.refused = ""

    def __call__(self, command: str) -> str:
        self.asked.append(command)
        if self.refused and command.startswith(self.refused):
            return "-ERR [no]\n"
        if command == "global_getvar conf_dir":
            return f"{self.folder / 'conf'}"
        if command == "sofia xmlstatus gateway":
            return f"<gateways>{''.join(map(_listed, self.told.gateways))}</gateways>"
        if command.startswith("sofia xmlstatus profile "):
            return self._profile(command.split()[-1])
        if command.startswith("sofia_gateway_data "):
            digests = {one.name: one.digest for one in self.told.gateways}
            return digests.get(command.split()[1], "-ERR no such var")
        return "+OK\n"

    def _profile(self, name: str) -> str:
        on = self.told.listening
        if name == "inside" and not on.inside:
            return "Invalid Profile!\n"
        ports = {"phones": on.phones, "trunks": on.trunks, "inside": on.inside and on.inside[1]}
        tls = {"phones": on.tls, "trunks": on.trunks_tls}.get(name, 0)
        wss = on.wss if name == "phones" else 0
        return (
            f"<profile><profile-info><bind-url>sip:x@127.0.0.1:{ports[name]}</bind-url>"
            + (f"<tls-bind-url>sips:x@127.0.0.1:{tls};transport=tls</tls-bind-url>" * bool(tls))
            + (f"<wss-bind-url>sips:x@127.0.0.1:{wss};transport=wss</wss-bind-url>" * bool(wss))
            + "</profile-info></profile>"
        )


def _listed(gateway: Gateway) -> str:
    return (
        f"<gateway><name>{gateway.name}</name><profile>trunks</profile>"
        "<state>NOREG</state><status>UP</status></gateway>"
    )


@pytest.fixture
def told(tmp_path: Path) -> Facts:
    return facts(tmp_path)


def test_only_what_changed_is_made_anew(told: Facts) -> None:
    main, spare = told.gateways
    wanted = replace(told, gateways=(main, replace(spare, expires=99), Gateway("new", "a.example")))
    api = Api(told, told.folder)
    done = apply(api, wanted)
    assert (done.removed, done.added) == (["spare"], ["new", "spare"])
    killed = [asked for asked in api.asked if "killgw" in asked]
    assert killed == ["sofia profile trunks killgw spare"]
    assert not any("restart" in asked or "reload mod" in asked for asked in api.asked)


def test_files_are_read_before_any_profile_is_looked_through(told: Facts) -> None:
    api = Api(told, told.folder)
    apply(api, told)
    order = [api.asked.index(one) for one in ("reloadxml", "sofia profile trunks rescan")]
    assert order == sorted(order)


@pytest.mark.parametrize("command", ["reloadxml", "reloadacl", "sofia profile phones rescan"])
def test_a_refusal_is_told_with_its_command(told: Facts, command: str) -> None:
    api = Api(told, told.folder)
    api.refused = command
    with pytest.raises(NotApplied, match=command):
        apply(api, told)


def test_somebody_elses_freeswitch_is_known_as_that(told: Facts, tmp_path: Path) -> None:
    assert running.is_ours(Api(told, told.folder), told.folder)
    assert not running.is_ours(Api(told, tmp_path / "theirs"), told.folder)


def test_nothing_needs_a_restart_where_all_listens_as_it_ought_to(told: Facts) -> None:
    assert running.needs_restart(Api(told, told.folder), told) == []


def test_a_profile_that_does_not_run_is_told(told: Facts) -> None:
    without = replace(told, listening=replace(told.listening, inside=None))
    assert running.needs_restart(Api(without, told.folder), told) == [
        "the profile inside does not run: sofia profile inside start"
    ]


def test_an_answer_that_cannot_be_read_is_told(told: Facts) -> None:
    with pytest.raises(NotApplied, match="cannot be read"):
        running.gateways(lambda command: "<half")
