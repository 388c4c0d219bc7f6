"""A FreeSWITCH that started before the network comes out of this machine later."""

from dataclasses import replace
from pathlib import Path

import pytest

from provisioning.freeswitch import network
from provisioning.freeswitch.errors import NotApplied
from provisioning.freeswitch.facts import Facts
from tests.provisioning.freeswitch.facts import facts
from tests.provisioning.freeswitch.test_applying import Api


def on(host: str, folder: Path) -> Facts:
    told = facts(folder)
    return replace(told, listening=replace(told.listening, host=host))


@pytest.mark.parametrize(
    ("host", "bound", "shut_in"),
    [
        ("0.0.0.0", "127.0.0.1", True),
        ("0.0.0.0", "192.0.2.7", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("0.0.0.0", "", False),
    ],
)
def test_it_is_shut_in_when_it_ought_to_listen_for_others_and_does_not(
    tmp_path: Path, host: str, bound: str, shut_in: bool
) -> None:
    told = on(host, tmp_path)
    answer = (
        f"<profile><profile-info><bind-url>sip:m@{bound}:5060</bind-url></profile-info></profile>"
    )
    api = {"sofia xmlstatus profile phones": answer if bound else "Invalid Profile!"}.__getitem__
    assert network.is_shut_in(api, told) is shut_in


def test_it_reads_its_address_anew_and_its_profiles_begin_again(tmp_path: Path) -> None:
    api = Api(on("0.0.0.0", tmp_path), tmp_path)
    network.open_up(api, "192.0.2.7")
    assert api.asked == [
        "global_setvar local_ip_v4=192.0.2.7",
        "reloadxml",
        "sofia profile phones restart",
        "sofia profile trunks restart",
    ]


def test_what_it_refuses_is_told(tmp_path: Path) -> None:
    api = Api(on("0.0.0.0", tmp_path), tmp_path)
    api.refused = "sofia profile trunks"
    with pytest.raises(NotApplied, match="sofia profile trunks restart"):
        network.open_up(api, "192.0.2.7")
