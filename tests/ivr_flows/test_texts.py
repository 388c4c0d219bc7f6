"""What is said in which language, and what can be rendered before anybody calls."""

import pytest

from ivr_flows.errors import FlowInvalid
from ivr_flows.texts import constant_texts
from tests.ivr_flows.doubles import call_of, flow_of

MENU = """\
a:
  say:
    - Welcome to {{ paper.name }}. Here is the news.
    - zh: 听中文，请按9。
    - {prompt: jingle}
"""


def test_a_piece_in_a_list_may_have_a_language_of_its_own() -> None:
    texts = {(text, language) for text, language, _ in constant_texts(flow_of(MENU))}
    assert ("听中文，请按9。", "zh") in texts
    assert ("Here is the news.", "en") in texts


def test_it_is_heard_among_the_others_whatever_the_call_speaks() -> None:
    heard = " ".join(call_of(MENU).call.heard)
    assert heard == "Welcome to Daily. Here is the news. 听中文，请按9。 [jingle]"


def test_its_numbers_are_said_in_its_own_language() -> None:
    steps = 'a: {say: ["In {{ 2027 | number }},", {zh: "{{ 9 | number }}"}]}'
    assert call_of(steps).call.heard[-1] == "九"


@pytest.mark.parametrize("piece", ["{xx: Hello}", "{zh: {en: Hello}}", "{en: A, zh: B}"])
def test_anything_else_in_a_list_is_refused(piece: str) -> None:
    with pytest.raises(FlowInvalid, match="is not a text, expected words or"):
        flow_of(f"a: {{say: [Hello, {piece}]}}")
