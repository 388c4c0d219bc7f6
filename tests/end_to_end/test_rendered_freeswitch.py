"""The rendered configuration on the real FreeSWITCH: who is let in, who is not, what changes."""

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provisioning.freeswitch import running
from provisioning.freeswitch.applying import Applied, apply
from provisioning.freeswitch.facts import Facts, Gateway, Phone, Rule
from provisioning.freeswitch.rendering import generation, render
from tests.certificates import Certificate, make_certificate
from tests.end_to_end.box import NO_FREESWITCH
from tests.end_to_end.waiting import eventually
from tests.ports import free_port
from tests.provisioning.freeswitch.facts import HOSTILE
from tests.provisioning.freeswitch.rendered import (
    TROUBLE,
    DeskPhone,
    Provider,
    RenderedFreeSwitch,
    listening,
    many_phones,
    running_on,
    stranger_calls,
)
from tests.provisioning.freeswitch.secure_caller import SecureCaller
from tests.provisioning.freeswitch.secure_provider import SecureProvider
from tests.sipp import Callee, place_calls
from tests.switch_plan import HOST, MEDIA_BLOCK, claim_media_block
from tests.switches import FreeSwitch

pytestmark = [
    pytest.mark.skipif(FreeSwitch.program() is None, reason=NO_FREESWITCH),
    pytest.mark.timeout(300),
]

TONE, PARK = "900", "901"
ANSWER = ("answer", "")
RULES = (
    Rule("", f"^{TONE}$", (ANSWER, ("playback", "tone_stream://%(600000,0,1000)"))),
    Rule("", f"^{PARK}$", (ANSWER, ("park", ""))),
)
SECRET = "p'a\"s&$${domain}${system(touch hacked)}"
"""Of a phone and of an account: what FreeSWITCH might expand."""
LIMIT = 60.0
CALLER = "Caller-Caller-ID-Number: "


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider("84930", SECRET)
    yield made
    made.close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Certificate]:
    """Of a provider whom this box trusts; of one whom it does not; and of another trusted name."""
    folders = [tmp_path_factory.mktemp("certificate") for _ in range(3)]
    # Sofia finds an address in the common name alone (tport_tls.c, tls_post_connection_check).
    names = (HOST, HOST, "127.0.0.9")
    return [
        make_certificate(folder, f"IP:{name}", common_name=name)
        for folder, name in zip(folders, names, strict=True)
    ]


@pytest.fixture(scope="module")
def authorities(certificates: Sequence[Certificate]) -> Path:
    trusted, _, other = certificates
    path = trusted.pem.with_name("authorities.pem")
    path.write_text(trusted.pem.read_text() + other.pem.read_text())
    return path


@pytest.fixture(scope="module")
def switch(
    tmp_path_factory: pytest.TempPathFactory, provider: Provider, authorities: Path
) -> Iterator[Any]:
    claim = claim_media_block()
    last = claim.getsockname()[1]
    hostile = [Phone(str(500 + n), title, "x") for n, title in enumerate(HOSTILE)]
    facts = Facts(
        tmp_path_factory.mktemp("rendered"),
        listening((last + 1 - MEDIA_BLOCK, last - 1)),
        'socket"secret&$${domain}',
        RULES,
        (*many_phones(50), Phone("300", "Culture", SECRET), *hostile),
        (provider.gateway, Gateway("list", f"{HOST}:9", addresses=(f"{HOST}/32",))),
        authorities=authorities,
    )
    with claim, running_on(facts) as made:
        yield made


@pytest.fixture
def desk() -> Iterator[DeskPhone]:
    made = DeskPhone("300")
    yield made
    made.close()


@pytest.fixture
def api(switch: RenderedFreeSwitch) -> Iterator[Callable[[str], str]]:
    connection = switch.commands()
    yield connection.api
    connection.close()


def applied(switch: RenderedFreeSwitch, api: Callable[[str], str], **given: Any) -> Applied:
    switch.put(replace(switch.facts, **given))
    return apply(api, switch.facts)


def test_it_starts_and_finds_nothing_wrong(
    switch: RenderedFreeSwitch, api: Callable[[str], str]
) -> None:
    assert TROUBLE.findall(switch.logged()) == []
    assert running.is_ours(api, switch.facts.folder)
    assert running.generation(api) == generation(render(switch.facts))
    assert running.needs_restart(api, switch.facts) == []


def test_hostile_values_are_only_texts(
    switch: RenderedFreeSwitch, api: Callable[[str], str]
) -> None:
    for number in range(len(HOSTILE)):
        asked = f"user_data {500 + number}@pressline.internal var effective_caller_id_name"
        name = api(asked).strip()
        assert name and not set(name) & set("${}<>'\"")
    assert not list(switch.facts.folder.rglob("hacked")) and not Path("hacked").exists()


def test_fifty_phones_register(
    switch: RenderedFreeSwitch, api: Callable[[str], str], tmp_path: Path
) -> None:
    users = "SEQUENTIAL\n" + "".join(
        f"{200 + n};[authentication username={200 + n} password=secret-{n}]\n" for n in range(50)
    )
    report = place_calls("registers", switch.sip, "x", tmp_path, calls=50, rate=20, users=users)
    assert (report.successful, report.failed) == (50, 0), report.output

    def registered() -> set[tuple[str, str]]:
        rows = json.loads(api("show registrations as json")).get("rows", [])
        return {(row["reg_user"], row["realm"]) for row in rows}

    all_of_them = {(str(200 + n), "pressline.internal") for n in range(50)}
    eventually(lambda: all_of_them <= registered(), "all are told of", LIMIT)


def test_a_phone_hears_the_line_and_is_known_by_its_password(
    switch: RenderedFreeSwitch, api: Callable[[str], str], desk: DeskPhone
) -> None:
    assert desk.register(switch.sip, SECRET) == 200
    desk.number = "200"  # what it claims to be
    desk.call_with(switch.sip, TONE, SECRET, user="300").wait_answer(LIMIT)
    eventually(lambda: len(desk.line.heard()) > 8000, "a second of it was heard", LIMIT)

    def known_as() -> list[str]:
        """The callers of that line, as the callbox would be told."""
        rows = json.loads(api("show channels as json")).get("rows", [])
        dumps = [api(f"uuid_dump {row['uuid']}") for row in rows if row["dest"] == TONE]
        return [line for dump in dumps for line in dump.splitlines() if line.startswith(CALLER)]

    eventually(lambda: known_as() == [f"{CALLER}300"], "its number is that of its password", LIMIT)


def test_a_wrong_password_is_refused_and_logged(
    switch: RenderedFreeSwitch, desk: DeskPhone
) -> None:
    assert desk.register(switch.sip, "wrong") == 403
    line = "SIP auth failure (REGISTER) on sofia profile 'phones' for [300@"
    eventually(lambda: line in switch.logged(), "the log tells it", LIMIT)
    desk.call_with(switch.sip, TONE, "wrong")
    assert desk.answer_of(2) == 403


def test_nobody_calls_without_a_password(switch: RenderedFreeSwitch) -> None:
    assert stranger_calls(switch.sip, TONE) == 407
    assert stranger_calls(switch.trunks, TONE) == 403
    line = 'IP 127.0.0.66 Rejected by acl "trunks"'
    eventually(lambda: line in switch.logged(), "the log tells it", LIMIT)


def test_the_boxs_own_programs_call_without_one(
    switch: RenderedFreeSwitch, desk: DeskPhone
) -> None:
    inside = switch.facts.listening.inside
    assert inside
    desk.call(inside, TONE).wait_answer(LIMIT)


def test_a_provider_on_the_list_calls(switch: RenderedFreeSwitch, tmp_path: Path) -> None:
    report = place_calls("caller-hangs-up", switch.trunks, PARK, tmp_path)
    assert (report.successful, report.failed) == (1, 0), report.output


def test_the_box_registers_with_its_provider_and_calls_over_it(
    switch: RenderedFreeSwitch, api: Callable[[str], str], provider: Provider
) -> None:
    eventually(lambda: bool(provider.accepted), "it showed the right password", LIMIT)
    eventually(lambda: running.gateways(api)["account"].state == "REGED", "registered", LIMIT)
    answer = api("originate {originate_timeout=20}sofia/gateway/account/+4930123 &park()")
    assert answer.startswith("+OK"), answer
    assert provider.invited.is_set()
    first = provider._invite
    assert first and first.first.startswith("INVITE sip:+4930123@")
    api(f"uuid_kill {answer.split()[1]}")


def test_its_provider_calls_in_over_the_registration(
    switch: RenderedFreeSwitch, api: Callable[[str], str], provider: Provider
) -> None:
    eventually(lambda: running.gateways(api)["account"].state == "REGED", "registered", LIMIT)
    provider.call_in(TONE).wait_answer(LIMIT)
    eventually(lambda: len(provider.line.heard()) > 8000, "a second of the line is heard", LIMIT)
    rows = json.loads(api("show channels as json"))["rows"]
    assert [(row["cid_num"], row["dest"]) for row in rows] == [("+4930555", TONE)]
    provider.hang_up()


def test_calls_go_over_a_trunk_that_was_added_while_it_runs(
    switch: RenderedFreeSwitch, api: Callable[[str], str], tmp_path: Path
) -> None:
    callee = Callee("callee-answers", tmp_path)
    try:
        added = Gateway("added", f"{HOST}:{callee.port}")
        done = applied(switch, api, gateways=(*switch.facts.gateways, added))
        assert (done.added, done.removed) == (["added"], [])
        answer = api("originate {originate_timeout=20}sofia/gateway/added/030123 &park()")
        assert answer.startswith("+OK"), answer
        api(f"uuid_kill {answer.split()[1]}")
        assert callee.report().successful == 1
    finally:
        callee.close()


def test_changes_end_no_call_and_are_all_taken_up(
    switch: RenderedFreeSwitch, api: Callable[[str], str], desk: DeskPhone
) -> None:
    inside = switch.facts.listening.inside
    assert inside
    desk.call(inside, TONE).wait_answer(LIMIT)
    dead = free_port()
    kept = [one for one in switch.facts.gateways if one.name == "account"]
    many = [Gateway(f"t{n}", f"{HOST}:{dead}", addresses=(f"10.0.{n}.0/24",)) for n in range(50)]
    done = applied(switch, api, gateways=(*kept, *many), phones=many_phones(500))
    assert len(done.added) == 50
    changed = [replace(one, expires=900) for one in many[:10]]
    done = applied(switch, api, gateways=(*kept, *changed))
    assert {one.name for one in many} <= set(done.removed)
    assert sorted(done.added) == sorted(one.name for one in changed)
    eventually(lambda: set(running.gateways(api)) == {"account", *(g.name for g in changed)},
               "only those are there", LIMIT)  # fmt: skip
    assert running.differing(switch.facts.gateways, running.gateways(api)) == []
    assert running.generation(api) == generation(render(switch.facts))
    before = len(desk.line.heard())
    eventually(lambda: len(desk.line.heard()) > before + 8000, "the call goes on", LIMIT)
    assert not desk.ended.is_set()


def test_a_provider_that_answers_nothing_is_told(
    switch: RenderedFreeSwitch, api: Callable[[str], str]
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind((HOST, 0))
        address = f"{HOST}:{silent.getsockname()[1]}"
        account = Gateway("silent", address, user="u", password="p")
        applied(switch, api, gateways=(*switch.facts.gateways, account))
        told = running.trouble(running.gateways(api)["silent"], account)
        assert told.startswith("trunk silent is not registered")
        assert running.trouble(None, account) == "trunk silent: FreeSWITCH does not have it"


def test_only_a_provider_with_a_certificate_of_its_name_learns_of_an_account(
    switch: RenderedFreeSwitch, api: Callable[[str], str], certificates: Sequence[Certificate]
) -> None:
    known, unknown, elsewhere = (
        SecureProvider(name, certificate)
        for name, certificate in zip(("known", "unknown", "other"), certificates, strict=True)
    )
    try:
        made = [one.gateway for one in (known, unknown, elsewhere)]
        applied(switch, api, gateways=(*switch.facts.gateways, *made))
        assert known.registered.wait(LIMIT)
        assert unknown.refused.wait(LIMIT) and elsewhere.refused.wait(LIMIT)
        assert not unknown.registered.is_set() and not elsewhere.registered.is_set()
        eventually(lambda: running.gateways(api)["known"].state == "REGED", "registered", LIMIT)
        told = running.trouble(running.gateways(api)["unknown"], unknown.gateway)
        assert "not registered" in told and "certificate" in told
    finally:
        for one in (known, unknown, elsewhere):
            one.close()


def test_another_port_is_told_and_not_done(
    switch: RenderedFreeSwitch, api: Callable[[str], str]
) -> None:
    moved = replace(switch.facts, listening=replace(switch.facts.listening, trunks=5999))
    told = running.needs_restart(api, moved)[0]
    assert told.startswith(f"trunks (sip) listens on port {switch.trunks[1]}, and ought to on 5999")


def test_a_phone_calls_by_tls_with_encrypted_audio(switch: RenderedFreeSwitch) -> None:
    caller = SecureCaller((HOST, switch.facts.listening.tls), TONE)
    try:
        assert caller.line.version() in ("TLSv1.2", "TLSv1.3")
        first = caller.invite()
        assert first.status == 407
        answer = caller.invite(caller.proof(first, "200", "secret-0"))
        assert answer.status == 200
        assert "RTP/SAVP" in answer.body and "a=crypto:" in answer.body
    finally:
        caller.line.close()
