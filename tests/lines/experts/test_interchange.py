"""Expert lines in the paper's YAML file."""

import pytest

from lines.experts import interchange, records
from store.models import Mailbox
from store.yaml_text import read

PAPER = """\
mailboxes: {tips: {}}
experts:
  science:
    title: Ask science
    language: zh
    mailbox: tips
    callback_hours: {mon-fri: ["09:00-12:00", "14:00-18:00"]}
  garden: {}
"""


def gather(text: str) -> interchange.Content:
    return interchange.gather(read(text, "paper.yaml"), "paper.yaml")


def test_lines_go_in_and_come_out_as_they_were_written(store: str) -> None:
    content = gather(PAPER)
    assert content.mistakes == []
    assert interchange.keep(content) == 2
    assert interchange.section() == {
        "garden": {},
        "science": {
            "title": "Ask science",
            "language": "zh",
            "mailbox": "tips",
            "callback_hours": {"mon-fri": ["09:00-12:00", "14:00-18:00"]},
        },
    }
    assert records.languages() == {"en", "zh"}


def test_a_line_that_is_named_again_is_changed_and_others_stay(store: str) -> None:
    interchange.keep(gather(PAPER))
    interchange.keep(gather("experts: {garden: {title: The garden}}"))
    assert records.entries()["garden"].title == "The garden"
    assert "science" in records.names()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Science: {}", "String should match pattern"),
        ("science: {titel: x}", 'did you mean "title"'),
        ("science: {language: fr}", "given 'fr'"),
        ("science: {callback_hours: {mon: noon}}", 'hours "noon"'),
        ("science: {mailbox: tisp}", 'there is no mailbox "tisp"'),
        ("science: 7", "expected fields"),
    ],
)
def test_a_mistake_is_told_with_its_line(store: str, line: str, said: str) -> None:
    (mistake,) = gather(f"mailboxes: {{tips: {{}}}}\nexperts:\n  {line}\n").mistakes
    assert said in str(mistake)
    assert str(mistake).startswith("paper.yaml:3")


def test_a_mailbox_that_is_there_already_will_do(store: str) -> None:
    Mailbox.create(name="tips")
    assert gather("experts: {science: {mailbox: tips}}").mistakes == []


@pytest.mark.parametrize("text", ["experts:", "7", "experts: {}", "mailboxes: 7\nexperts: {a: {}}"])
def test_an_odd_document_breaks_nothing(store: str, text: str) -> None:
    assert gather(text).entries in ([], [*gather("experts: {a: {}}").entries])
