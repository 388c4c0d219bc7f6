"""What stands in FreeSWITCH's files, whatever the values hold."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provisioning.freeswitch.checking import check
from provisioning.freeswitch.errors import ConfigurationInvalid, ValueUnsafe
from provisioning.freeswitch.facts import Gateway, Listening, Phone, Rule
from provisioning.freeswitch.rendering import GENERATION, ROOT, render
from tests.provisioning.freeswitch.facts import HOSTILE, facts
from tests.switch_config import documented_profiles

OURS = re.compile(r"<X-PRE-PROCESS cmd=\"(?:set|include)\" data=\"[a-z_=./*0-9A-Z]*\"/>")


def params(text: str, place: str = ".//param") -> Mapping[str, str]:
    """By name; the last one of a name."""
    tree = ElementTree.fromstring(text)
    return {one.attrib["name"]: one.attrib["value"] for one in tree.findall(place)}


def preprocessed(text: str) -> Iterator[str]:
    """What FreeSWITCH's first reading would act upon, beside our own lines."""
    for line in text.splitlines():
        rest = OURS.sub("", line)
        if re.search(r"x-pre-process|<\?|<!--#|\$\$\{", rest, re.IGNORECASE):
            yield line


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_read_back_as_it_was(tmp_path: Path, value: str) -> None:
    gateway = Gateway("main", "sip.example", user=value, password=value, domain=value)
    told = facts(tmp_path / "h", gateways=(gateway,), event_socket_password=value)
    files = render(told)
    check(files)
    read = params(files["gateways.xml"])
    assert (read["username"], read["password"], read["realm"]) == (value, value, value)
    assert params(files["configuration/event_socket.conf.xml"])["password"] == value


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_says_nothing_to_the_first_reading(tmp_path: Path, value: str) -> None:
    gateway = Gateway("main", "sip.example", user=value, password=value, number=value)
    told = facts(
        tmp_path / value.replace("/", "_"),
        gateways=(gateway,),
        event_socket_password=value,
        phones=(Phone("200", value, value),),
        rules=(Rule(value, value, ((value, value),)),),
        listening=Listening(value, public_ip=value, inside=(value, 5070)),
    )
    files = render(told)
    assert [line for text in files.values() for line in preprocessed(text)] == [
        '<?xml version="1.0"?>'
    ]


@pytest.mark.parametrize("value", ["a\nb", "a\rb", "a\0b", "a\x1bb", "a\ud800b"])
def test_what_the_files_cannot_hold_is_refused_in_words(tmp_path: Path, value: str) -> None:
    gateway = Gateway("main", "sip.example", user="u", password=value)
    with pytest.raises(ValueUnsafe, match="cannot hold"):
        render(facts(tmp_path, gateways=(gateway,)))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_that_phones_show_has_nothing_that_a_channel_would_expand(
    tmp_path: Path, title: str
) -> None:
    text = render(facts(tmp_path, phones=(Phone("200", title, "x"),)))["directory.xml"]
    tree = ElementTree.fromstring(text)
    names = [
        one.attrib["value"]
        for one in tree.findall(".//variable")
        if one.attrib["name"] == "effective_caller_id_name"
    ]
    assert len(names) == 1 and not set(names[0]) & set("${}'\"\\<>&,|`")


def test_no_password_of_a_phone_stands_in_the_files(tmp_path: Path) -> None:
    files = render(facts(tmp_path))
    assert "desk-secret" not in "".join(files.values())
    # HA1 of RFC 2617, 3.2.2.2, reckoned apart from the code: md5sum of 200:pressline.internal:…
    assert params(files["directory.xml"])["a1-hash"] == "b92f3af5ae8335c45445984ae1b9c456"


def test_phones_must_prove_who_they_are_and_providers_where_they_are(tmp_path: Path) -> None:
    files = render(facts(tmp_path))
    phones, trunks = params(files["profiles/phones.xml"]), params(files["profiles/trunks.xml"])
    assert phones["auth-calls"] == "true" and phones["log-auth-failures"] == "true"
    assert phones["channel-xml-fetch-on-nightmare-transfer"] == "true"
    assert trunks["apply-inbound-acl"] == "trunks" and trunks["disable-transfer"] == "true"
    lists = ElementTree.fromstring(files["configuration/acl.conf.xml"])
    nodes = [node.attrib["cidr"] for node in lists.iter("node")]
    assert nodes == ["192.0.2.0/28"]
    assert [one.attrib["default"] for one in lists.iter("list")] == ["deny"]


def test_a_provider_known_by_its_address_is_let_in_without_a_list(tmp_path: Path) -> None:
    gateway = Gateway("main", "192.0.2.9:5070")
    files = render(facts(tmp_path, gateways=(gateway,)))
    lists = ElementTree.fromstring(files["configuration/acl.conf.xml"])
    assert [node.attrib["cidr"] for node in lists.iter("node")] == ["192.0.2.9/32"]


def test_an_account_without_its_password_does_not_try_to_register(tmp_path: Path) -> None:
    gateway = Gateway("main", "sip.example", user="84930")
    assert params(render(facts(tmp_path, gateways=(gateway,)))["gateways.xml"])["register"] == (
        "false"
    )


def test_calls_from_outside_meet_no_rule_but_those_that_lead_to_the_callbox(tmp_path: Path) -> None:
    tree = ElementTree.fromstring(render(facts(tmp_path))["dialplan.xml"])
    contexts = {one.attrib["name"]: one for one in tree.iter("context")}
    actions = {
        action.attrib["application"]
        for context in contexts.values()
        for action in context.iter("action")
    }
    assert set(contexts) == {"phones", "trunks"}
    assert actions == {"answer", "park", "record", "set_profile_var"}


def test_rules_keep_their_patterns_and_variables(tmp_path: Path) -> None:
    tree = ElementTree.fromstring(render(facts(tmp_path))["dialplan.xml"])
    patterns = [one.attrib["expression"] for one in tree.iter("condition")]
    data = [one.attrib["data"] for one in tree.iter("action")]
    assert r"^\+?[0-9]{1,15}$(?!\n)" in patterns
    assert "/x/${uuid}_unknown.wav 120 200 5" in data


def test_rooms_are_as_they_are_documented(tmp_path: Path) -> None:
    text = render(facts(tmp_path))["configuration/conference.conf.xml"]
    rendered = ElementTree.fromstring(text).findall(".//profiles/profile")
    told = ElementTree.fromstring(f"<all>{documented_profiles()}</all>")

    def kept(profile: ElementTree.Element) -> tuple[str, Mapping[str, str]]:
        found = params(ElementTree.tostring(profile, encoding="unicode"))
        return profile.attrib["name"], {k: v for k, v in found.items() if k != "domain"}

    assert [kept(one) for one in rendered] == [kept(one) for one in told]


@pytest.mark.parametrize(
    ("given", "file", "name", "value"),
    [
        ({"srtp": "required"}, "profiles/phones.xml", "require-secure-rtp", "true"),
        ({"srtp": "offered"}, "profiles/phones.xml", "require-secure-rtp", "false"),
        ({"sessions": 77}, "configuration/switch.conf.xml", "max-sessions", "77"),
    ],
)
def test_a_setting_stands_in_its_file(
    tmp_path: Path, given: dict[str, Any], file: str, name: str, value: str
) -> None:
    assert params(render(facts(tmp_path, **given))[file])[name] == value


def test_without_tls_no_certificate_is_asked_for(tmp_path: Path) -> None:
    on = Listening("127.0.0.1", tls=0, wss=0)
    assert "tls" not in params(render(facts(tmp_path, listening=on))["profiles/phones.xml"])


def test_every_change_makes_another_generation_and_nothing_else_does(tmp_path: Path) -> None:
    told = facts(tmp_path)
    first = render(told)
    assert render(told) == first
    others = [
        replace(told, sessions=5),
        replace(told, phones=()),
        replace(told, gateways=told.gateways[:1]),
    ]
    found = {_generation(render(one)) for one in (told, *others)}
    assert len(found) == 4


def test_a_gateway_has_another_digest_for_each_change() -> None:
    one = Gateway("main", "sip.example", user="u", password="p")
    changed = [replace(one, password="q"), replace(one, expires=99), replace(one, transport="tcp")]
    assert len({each.digest for each in (one, *changed)}) == 4
    assert one.digest != "p" and "password" not in repr(one)


def test_a_file_that_is_no_xml_is_refused_by_its_name() -> None:
    with pytest.raises(ConfigurationInvalid, match=r"b\.xml: no XML"):
        check({"a.xml": "<a/>", "b.xml": "<b>"})


def _generation(files: Mapping[str, str]) -> str:
    found = re.search(rf"{GENERATION}=([0-9a-f]{{16}})", files[ROOT])
    assert found
    return found[1]
