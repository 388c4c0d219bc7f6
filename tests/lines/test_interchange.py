"""People, trunks and dialling rules in the paper's YAML file."""

from pathlib import Path

import pytest

from appliance import paper_file
from lines.dialling import records as dialling
from lines.people import records as people
from store.errors import ImportRefused

GOOD = """\
people:
  anna:
    title: Anna Berg
    language: zh
    numbers:
    - kind: phone
      number: '202'
      ring_seconds: 15.0
    - kind: outside
      number: 0171 1234567
      confirm: false
trunks:
  main:
    host: sip.example:5061
    shows: '+49301234567'
    numbers:
    - +49*
  backup:
    gateway: provider
    form: national
dialling:
  limits:
    per_hour: 100
    per_day:
  classes:
    mobile:
      each_per_day: 5
  rules:
    not-at-night:
      refuse: true
      classes:
      - mobile
      hours:
        mon-sun: 22:00-06:00
    home:
      to:
      - +49*
      doors:
      - mailbox
"""
BAD = """\
people:
  Anna: {title: x}
  bob: {numbers: [{kind: outside, number: "0171-CALL"}, {kind: outside, number: "+49 3"}]}
  cid: {nmbers: []}
trunks:
  main: {host: a, gateway: b}
  other: {host: a, shows: me}
dialling:
  limits: {per_hour: many}
  classes: {cheap: {}}
  rules:
    none: {}
    odd: {to: ["030 1"], countries: [Germany], doors: [window], hours: {mon: "8-9"}}
mailboxes: {desk: {numbers: [x]}}
rutes: []
"""


def take_in(text: str, country: str = "DE") -> paper_file.Taken:
    return paper_file.take_in(text, "paper.yaml", Path(), country)


def mistakes(text: str, country: str = "DE") -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        take_in(text, country)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_what_goes_in_comes_out_again(store: str) -> None:
    assert "1 people" in str(take_in(GOOD))
    assert paper_file.give_out() == GOOD
    take_in(paper_file.give_out())
    assert paper_file.give_out() == GOOD


def test_all_mistakes_are_told_at_once_each_with_its_line(store: str) -> None:
    told = mistakes(BAD)
    assert [one.split(":")[1] for one in told] == [
        "2", "3", "3", "4", "6", "7", "9", "10", "12", "13", "13", "13", "13", "14", "15",
    ]  # fmt: skip
    joined = "\n".join(told)
    for part in (
        'paper.yaml:4: people.cid.nmbers: "nmbers" is unknown',
        "'0171-CALL': it has other characters than the digits",
        "expected either host or gateway",
        "expected caller, nothing, or a number",
        "expected a country as two letters",
        "expected to, countries or classes",
    ):
        assert part in joined
    assert people.entries() == {}
    assert dialling.trunks() == []


def test_national_numbers_need_the_papers_country(store: str) -> None:
    (told,) = mistakes('people: {a: {numbers: [{kind: outside, number: "030 1234567"}]}}', "")
    assert "the setting `country` names no country" in told


def test_trunks_and_rules_are_replaced_and_people_are_added(store: str) -> None:
    take_in(GOOD)
    take_in("people: {bob: {}}")
    assert set(people.entries()) == {"anna", "bob"}
    assert len(dialling.trunks()) == 2
    take_in("trunks: {}\ndialling: {rules: {only: {countries: [DE]}}}")
    assert list(dialling.trunks()) == []
    assert list(dialling.rulebook().rules) == ["only"]
    assert set(people.entries()) == {"anna", "bob"}


def test_trunks_and_rules_can_change_places(store: str) -> None:
    a, b, c, d = "a: {host: x}", "b: {host: y}", "c: {to: ['1']}", "d: {to: ['2']}"
    take_in(f"trunks: {{{a}, {b}}}\ndialling: {{rules: {{{c}, {d}}}}}")
    take_in(f"trunks: {{{b}, {a}}}\ndialling: {{rules: {{{d}, {c}}}}}")
    assert [trunk.name for trunk in dialling.trunks()] == ["b", "a"]
    assert list(dialling.rulebook().rules) == ["d", "c"]


@pytest.mark.parametrize(
    "text", ["people: 7", "trunks: [a]", "dialling: [a]", "dialling: {rules: 7}", "people: {a: 7}"]
)
def test_sections_of_an_odd_shape_are_mistakes(store: str, text: str) -> None:
    assert len(mistakes(text)) == 1


def test_empty_sections_are_none(store: str) -> None:
    take_in("people:\ntrunks:\ndialling:\n")
    assert paper_file.give_out() == "{}\n"
