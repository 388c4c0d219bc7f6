"""The step in a flow: its fields, its events, what it stores, what is known before a call."""

import pytest

from ivr_flows.errors import FlowInvalid
from ivr_flows.loader import load_flow
from ivr_flows.texts import constant_texts
from ivr_flows.world import World
from tests.voicemail.access.doubles import TABLE, everything_kept, inside, listen, mailroom
from voicemail.access.words import menus, signing
from voicemail.ports import MAILBOX

WORLD = World(named={MAILBOX: {"desk", "tips"}})


def faults(step: str) -> str:
    text = f"flow: main\nstart: a\nsteps:\n  a: {{mailbox: {step}}}\n"
    with pytest.raises(FlowInvalid) as refused:
        load_flow(text, "main.yaml", WORLD, TABLE)
    return str(refused.value)


def test_a_box_that_does_not_exist_is_told_when_the_flow_is_loaded() -> None:
    assert 'there is no mailbox "desc", did you mean "desk"?' in faults("{box: desc}")
    assert 'there is no mailbox "desc", did you mean "desk"?' in faults("desc")


def test_a_language_that_nobody_speaks_is_told_when_the_flow_is_loaded() -> None:
    assert 'unknown language "zn", expected one of en, yue, zh' in faults("{language: zn}")


def test_a_box_can_come_from_a_variable() -> None:
    heard = inside("#", step="{box: '{{ dialed }}'}")
    assert heard.event == "denied"
    assert inside("#", step="{box: 'de{{ \"sk\" }}'}").event == "done"


def test_the_step_alone_asks_for_the_number() -> None:
    assert listen("801#", "80715#", "#", step="{}").event == "done"


def test_after_the_pin_the_box_speaks_its_own_language() -> None:
    heard = inside("#", room=mailroom(language="zh"))
    assert heard.call.heard[0] == signing.ASK_PIN["en"]
    assert menus.MAIN["zh"] in heard.call.heard


def test_a_language_of_the_step_goes_before_that_of_the_box_and_of_the_call() -> None:
    heard = inside("#", room=mailroom(language="zh"), step="{box: desk, language: yue}")
    assert heard.call.heard[0] == signing.ASK_PIN["yue"]
    assert menus.MAIN["yue"] in heard.call.heard


def test_a_language_without_sentences_is_english() -> None:
    heard = inside("#", room=mailroom(language="de"))
    assert menus.MAIN["en"] in heard.call.heard


def test_the_rest_of_the_flow_speaks_its_own_language() -> None:
    then = ", next: b}\n  b: {say: {en: Bye., zh: 再见。}"
    heard = inside("#", room=mailroom(language="zh"), then=then)
    assert heard.call.heard[-1] == "Bye."


def test_what_was_done_is_stored_and_in_the_trace() -> None:
    then = ", next: b}\n  b: {say: '{{ v.box }} {{ v.heard }} {{ v.saved }} {{ v.deleted }}'"
    heard = inside("1", "8", "7", "6", "*", "#", step="{box: desk, store: v}", then=then)
    assert heard.call.heard[-1] == "desk 3 1 1"
    assert heard.step.detail == {
        "pin": "right",
        "box": "desk",
        "heard": 3,
        "saved": 1,
        "deleted": 1,
    }


def test_what_was_done_before_a_hang_up_is_in_the_trace_too() -> None:
    heard = inside("1", "8", hangs_up=70.0)
    assert heard.event == "hangup"
    assert heard.step.detail["saved"] == 1


def test_a_guesser_leaves_a_trace_without_digits() -> None:
    heard = listen("1111#", "2222#", "3333#")
    assert heard.step.detail == {"pin": "wrong | wrong | wrong"}
    assert not [text for text in everything_kept(heard.run) if "1111" in text]


@pytest.mark.parametrize("language", ["en", "zh", "yue"])
def test_what_it_says_is_rendered_before_anybody_calls(language: str) -> None:
    text = f"flow: main\nlanguage: {language}\nstart: a\nsteps:\n  a: {{mailbox: {{}}}}\n"
    rendered = list(constant_texts(load_flow(text, "main.yaml", table=TABLE)))
    for words in (menus.MAIN, menus.AFTER, menus.HELP, signing.ASK_PIN, signing.AWAY):
        assert (words[language], language, "") in rendered
