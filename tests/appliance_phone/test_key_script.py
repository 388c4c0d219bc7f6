"""The words that tell the test phone what to do, and what it says to other words."""

import pytest

from appliance.phone.errors import BadKeyScript
from appliance.phone.key_script import Act, When, parse_script


def test_bare_groups_wait_for_the_end_of_a_prompt() -> None:
    assert parse_script("1 1234#") == (
        Act(When.PROMPT_ENDED, 0.0, "1"),
        Act(When.PROMPT_ENDED, 0.0, "1234#"),
    )


def test_a_moment_since_the_answer_and_a_pause_since_the_last_word() -> None:
    assert parse_script("@3.5:1 ~0.5:*") == (
        Act(When.SINCE_ANSWER, 3.5, "1"),
        Act(When.SINCE_LAST, 0.5, "*"),
    )


def test_speaking_and_hanging_up_are_words_too() -> None:
    acts = parse_script("2 speak ~1:hangup")
    assert [act.action for act in acts] == ["2", "speak", "hangup"]
    assert [act.keys for act in acts] == ["2", "", ""]


def test_small_letters_are_keys_as_well() -> None:
    assert parse_script("ab")[0].keys == "AB"


def test_an_empty_script_presses_nothing() -> None:
    assert parse_script("  ") == ()


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("1 12x", '"12x" is neither keys nor speak nor hangup'),
        ("@:1", 'has "" for seconds'),
        ("@soon:1", 'has "soon" for seconds'),
        ("~-1:1", 'has "-1" for seconds'),
        ("@nan:1", 'has "nan" for seconds'),
        ("@1e9:1", 'has "1e9" for seconds'),
        ("@3", '"@3" is neither'),
        ("@3:", '"@3:" is neither'),
        ("1 " * 201, "is word 201"),
    ],
)
def test_a_word_that_is_none_is_named_with_what_was_expected(script: str, complaint: str) -> None:
    with pytest.raises(BadKeyScript) as error:
        parse_script(script)
    assert complaint in str(error.value)
    assert "expected words such as" in str(error.value)
