"""`${…}` in the arguments of applications."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softswitch.variables import expanded

KNOWN = {"key": "1", "nested": "${key}"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a ${key} b", "a 1 b"),
        ("${missing}|", "|"),
        ("${nested}", "${key}"),
        ("\\${key}", "${key}"),
        ("\\${cond(x\\${key} == x1 ? a : b)}", "${cond(x${key} == x1 ? a : b)}"),
        ("${cond(x${key} == x1 ? answer : hangup:CALL_REJECTED)}", "answer"),
        ("${cond(x${missing} == x1 ? answer : hangup:CALL_REJECTED)}", "hangup:CALL_REJECTED"),
        ("${cond(1 != 1 ? a : b)}", "b"),
        ("${cond(what)}", "-ERR"),
        ("$ {key} ${key", "$ {key} ${key"),
    ],
)
def test_references_and_conditions_are_replaced_once(text: str, meant: str) -> None:
    assert expanded(text, KNOWN) == meant


@given(st.text(alphabet="${}\\cond( )=?:x1", max_size=400))
def test_nothing_that_is_written_breaks_it(text: str) -> None:
    assert isinstance(expanded(text, KNOWN), str)
