"""Texts with variables: what they may do, and that nothing in them can run away."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ivr_flows.compiler import BadTemplate, Compiler
from ivr_flows.errors import TextFailed
from ivr_flows.speaking import FILTERS

COMPILER = Compiler(FILTERS)
VALUES: dict[str, Any] = {
    "name": "Ann",
    "items": list(range(100)),
    "sub": {"title": "The Daily", "ends": date(2027, 5, 3), "price": Decimal("12.50")},
    "now": datetime(2027, 5, 3, 14, 30),
    "long": "a" * 9_000,
    "nothing": None,
}
REFUSED = [
    "{% for a in range(10**9) %}a{% endfor %}",
    "{{ 'a'*10**9 }}",
    "{{ 9**9**9 }}",
    "{% set a = 'x' %}{{ a }}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% block b %}{% endblock %}",
    "{% filter upper %}a{% endfilter %}",
    "{% with x = 1 %}{{ x }}{% endwith %}",
    "{% call name() %}{% endcall %}",
    "{{ name.upper() }}",
    "{{ name.__class__ }}",
    "{{ name['__class__'] }}",
    "{{ _speaking }}",
    "{{ ''|attr('__class__') }}",
    "{{ name|format(1) }}",
    "{{ name|center(1000000000) }}",
    "{{ name|replace('a', 'b') }}",
    "{{ items|map('upper')|list }}",
    "{{ items|rounds }}",
    "{{ namespace() }}",
    "{{ lipsum(1000) }}",
    "{{ cycler }}{{ joiner() }}",
    "{{ name",
    "{% if name %}",
    "{{ " + "(" * 3000,
    "{{ " + "-" * 5000 + "1 }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ name is callable }}",
    "a" * 7_000,
]
FAILING = [
    "{{ 'a'*1000000000 }}",
    "{{ items*1000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ long + long }}",
    "{{ long }}{{ long }}",
    "{% for a in items %}{% for b in items %}.{% endfor %}{% endfor %}",
    "{% for a in items %}{{ long }}{% endfor %}",
    "{{ long | join(long) }}",
    "{{ 99999999999999999999999 * 99999999999999999999999 * 99999999999999999999999999999999 }}",
    "{{ 1 / 0 }}",
    "{{ name + 1 }}",
    "{{ name.length }}",
    "{{ sub.nothing }}",
    "{{ sub.items }}",
    "{{ missing }}",
    "{{ 'x' | date }}",
    "{{ name | money }}",
    "{{ [1, 'a'] | sort }}",
]


def said(source: str, language: str = "en") -> str:
    return COMPILER.text(source).render(dict(VALUES), language)


@pytest.mark.parametrize("source", REFUSED, ids=lambda source: source[:40])
def test_what_could_run_away_is_refused_when_it_is_loaded(source: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        COMPILER.text(source)
    assert all(message for message, _ in caught.value.faults)


@pytest.mark.parametrize("source", FAILING, ids=lambda source: source[:40])
def test_what_is_too_much_with_these_values_ends_with_a_clear_error(source: str) -> None:
    with pytest.raises(TextFailed, match="in the text"):
        said(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Dear {{ name }}.", "Dear Ann."),
        ("{{ sub.title }} / {{ sub['title'] }}", "The Daily / The Daily"),
        ("{{ sub.ends.year }} {{ now.hour }}", "2027 14"),
        ("{% for i in items[:3] %}{{ loop.index }}{{ i }},{% endfor %}", "10,21,32,"),
        ("{% if name == 'Ann' %}yes{% else %}no{% endif %}", "yes"),
        ("{{ missing | default('nobody') }}", "nobody"),
        ("{{ items | length }} {{ items[:2] | join(' and ') }}", "100 0 and 1"),
        ("{{ 5 | round(-1000000000) }} {{ 2.345 | round(2) }}", "5 2.35"),
        ("{{ nothing }}", ""),
        ("  {{ name }}\x00\x07 ", "Ann"),
        ("{{ 7 // 2 + 7 % 2 }}", "4"),
        ("plain", "plain"),
    ],
)
def test_what_a_text_can_say(source: str, expected: str) -> None:
    assert said(source) == expected


def test_a_filter_is_told_the_language() -> None:
    assert said("{{ sub.ends | date }}", "en") != said("{{ sub.ends | date }}", "zh")


def test_a_lone_expression_has_its_type() -> None:
    template = COMPILER.text("{{ sub.price * 2 }}")
    assert template.value(dict(VALUES), "en") == Decimal("25.00")
    assert COMPILER.text(" {{ sub.ends }} ").value(dict(VALUES), "en") == date(2027, 5, 3)


def test_a_lone_expression_that_is_not_set_fails() -> None:
    with pytest.raises(TextFailed):
        COMPILER.text("{{ missing }}").value(dict(VALUES), "en")


def test_values_of_a_url_are_encoded_and_its_own_words_are_not() -> None:
    url = COMPILER.url("https://x.org/a?b={{ name }}{{ ' &/' }}")
    assert url.render(dict(VALUES), "en") == "https://x.org/a?b=Ann%20%26%2F"


def test_a_template_knows_what_it_reads_and_what_is_constant() -> None:
    template = COMPILER.text("Dear {{ name }}. {% if sub %}Yes.{% endif %} Goodbye.")
    assert template.reads == {"name", "sub"}
    assert not template.constant
    assert COMPILER.text("Goodbye.").constant
