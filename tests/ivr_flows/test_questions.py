"""say, menu, gather, language: prompts, keys, attempts, typing ahead."""

import pytest

from ivr_flows.languages import WRONG_KEY, WRONG_NUMBER
from ivr_flows.trace import RunEnd
from tests.ivr_flows.doubles import call_of

MENU = """
a: {menu: {say: "Press 1 or star.", options: {"1": one, "*": star}, noinput: none, nomatch: bad}}
one: {say: "One."}
star: {say: "Star."}
none: {say: "None."}
bad: {say: "Bad."}
"""
GATHER = """
a:
  gather: {say: "Number?", digits: 4..8, store: n, attempts: 2}
  on: {noinput: none, invalid: bad}
  next: tell
tell: {say: "Keyed {{ n }}."}
none: {say: "None."}
bad: {say: "Bad."}
"""


@pytest.mark.parametrize(("key", "heard"), [("1", "One."), ("*", "Star.")])
def test_a_key_leads_to_its_step(key: str, heard: str) -> None:
    assert call_of(MENU, keys=[key]).call.heard == ["Press 1 or star.", heard]


def test_a_caller_who_keys_nothing_hears_the_menu_three_times_and_goes_on() -> None:
    assert call_of(MENU).call.heard == ["Press 1 or star."] * 3 + ["None."]


def test_a_wrong_key_is_answered_with_a_hint() -> None:
    heard = call_of(MENU, keys=["7", "1"]).call.heard
    assert heard == ["Press 1 or star.", WRONG_KEY["en"], "Press 1 or star.", "One."]


def test_three_wrong_keys_are_no_match() -> None:
    assert call_of(MENU, keys=["7", "8", "#"]).call.heard[-1] == "Bad."


def test_wrong_keys_go_where_no_keys_go_if_the_flow_does_not_say_more() -> None:
    steps = MENU.replace(", nomatch: bad", "").replace('bad: {say: "Bad."}', "")
    assert call_of(steps, keys=["7"] * 3).call.heard[-1] == "None."


def test_a_gathered_number_keeps_its_leading_nought() -> None:
    assert call_of(GATHER, keys=["0123#"]).call.heard[-1] == "Keyed 0123."


def test_a_full_entry_needs_no_finishing_key() -> None:
    assert call_of(GATHER, keys=["12345678"]).call.heard[-1] == "Keyed 12345678."


def test_a_short_entry_is_asked_again_then_invalid() -> None:
    heard = call_of(GATHER, keys=["12#", "#"]).call.heard
    assert heard == ["Number?", WRONG_NUMBER["en"], "Number?", "Bad."]


def test_a_star_is_not_a_number() -> None:
    assert call_of(GATHER, keys=["12*4#", "**"]).call.heard[-1] == "Bad."


def test_nothing_keyed_is_no_input() -> None:
    assert call_of(GATHER).call.heard == ["Number?", "Number?", "None."]


def test_an_entry_is_confirmed_with_1_and_asked_again_otherwise() -> None:
    steps = """
a:
  gather: {say: "Number?", digits: 4, store: n, confirm: "You keyed {{ n }}."}
  next: b
b: {say: "Thanks for {{ n }}."}
"""
    heard = call_of(steps, keys=["1111", "2", "2222", "1"]).call.heard
    assert heard == [
        "Number?", "You keyed 1111.", "Number?", "You keyed 2222.", "Thanks for 2222."
    ]  # fmt: skip
    never = call_of(steps, keys=["1111", "2", "1111", "2", "1111", "2"])
    assert never.run.end is RunEnd.FAILED


def test_a_key_ends_a_text_and_counts_for_the_next_menu() -> None:
    simulation = call_of(
        MENU.replace("a: {menu", "m: {menu")
        + 'a: {say: ["Welcome, it is long.", "Never heard."], next: m}',
        keys=[{"at": "500ms", "press": "1"}],
    )
    assert simulation.call.heard == ["Welcome, it is long.", "One."]


def test_a_text_without_barge_in_is_heard_to_its_end() -> None:
    simulation = call_of(
        MENU.replace("a: {menu", "m: {menu")
        + 'a: {say: {text: ["Please listen.", "All of it."], barge_in: false}, next: m}',
        keys=[{"at": "500ms", "press": "1"}],
    )
    assert simulation.call.heard == ["Please listen.", "All of it.", "One."]


def test_keys_typed_ahead_pass_through_menu_and_gather_without_a_prompt() -> None:
    steps = GATHER.replace("a:\n", "g:\n", 1) + 'a: {menu: {say: "Press 1.", options: {"1": g}}}'
    simulation = call_of(steps, keys=[{"at": "0s", "press": "11234#"}])
    assert simulation.call.heard == ["Keyed 1234."]


def test_a_caller_chooses_a_language_and_texts_follow() -> None:
    steps = """
a: {language: {offer: {say: "English 1.", options: {"1": en, "2": zh}}}, next: b}
b: {say: {en: "Hello.", zh: "您好。"}, next: c}
c: {say: {en: "Only English."}}
"""
    assert call_of(steps, keys=["2"]).call.heard == ["English 1.", "您好。", "Only English."]
    assert call_of(steps, keys=["9"]).call.heard[-2:] == ["Hello.", "Only English."]


def test_filters_speak_the_language_in_which_the_text_is_given() -> None:
    steps = """
a: {language: zh, next: b}
b: {say: {en: "{{ dialed | digits }}", zh: "{{ dialed | digits }}"}, next: c}
c: {say: {en: "{{ dialed | digits }}"}}
"""
    chinese, english = call_of(steps).call.heard
    assert "零" in chinese
    assert "zero" in english
