"""Messages are found by their words, alike on both databases."""

import pytest

from store import message_search
from store.fields import now
from store.message_search import catch_up, forget, hits, index, sought
from store.models import Correction, Mailbox, Message, MessageIndex, Transcript


def message(id: str, text: str, box: str | None = "desk", **facts: object) -> Message:
    mailbox = Mailbox.get_or_none(name=box) or Mailbox.create(name=box) if box else None
    row = Message.create(id=id, mailbox=mailbox, state="new", started_at=now(), **facts)
    Transcript.create(message=row, state="done", text=text)
    return row


def found(search: str, *boxes: str | None) -> list[str]:
    places = [Mailbox.get(name=box).id if box else None for box in boxes or ["desk"]]
    rows = MessageIndex.select().where(MessageIndex.id.in_(hits(sought(search), places)))
    return [row.message_id for row in rows.order_by(MessageIndex.id.desc())]


def test_all_words_must_be_there_or_begin_so(store: str) -> None:
    for id, text in (("a", "The main road, closed!"), ("b", "the main ROADS"), ("c", "main")):
        message(id, text)
        index(id)
    assert found("road main") == ["b", "a"]
    assert found("CLOSED the") == ["a"]
    assert found("oad") == []


def test_chinese_is_found_in_the_middle_and_in_its_order(store: str) -> None:
    message("a", "我想举报新闻大楼着火了")
    index("a")
    assert found("新闻") == ["a"]
    assert found("大楼 举报") == ["a"]
    assert found("闻新") == []


def test_each_mailbox_is_searched_by_itself(store: str) -> None:
    for id, box in (("a", "desk"), ("b", "sport"), ("c", None)):
        message(id, "the same words", box)
        index(id)
    assert found("same", "desk") == ["a"]
    assert found("same", "sport", None) == ["c", "b"]
    assert found("box1 desk box") == []


def test_a_correction_is_what_is_found(store: str) -> None:
    row = message("a", "the lake is toast")
    index("a")
    Correction.create(message=row, text="the lake is closed")
    index("a")
    assert found("closed") == ["a"]
    assert found("toast") == []


def test_names_are_found_unless_they_were_withheld(store: str) -> None:
    message("a", "", caller_name="Ann Réader")
    message("b", "", caller_name="Ann Reader", withheld=True)
    index("a"), index("b")
    assert found("ann") == ["a"]


def test_what_is_forgotten_is_not_found(store: str) -> None:
    message("a", "words")
    index("a")
    forget("a")
    assert found("words") == []
    forget("a")
    index("nobody")


def test_what_was_heard_before_is_caught_up_with_once(store: str) -> None:
    message("a", "early")
    message("b", "late")
    Transcript.update(state="waiting").where(Transcript.message == "b").execute()
    assert catch_up() == 1
    assert catch_up() == 0
    assert found("early") == ["a"]


@pytest.mark.parametrize(
    "search",
    [
        '"', "a OR b", "words:x", "NEAR(a b)", "(", "*", "^a", "-a", "a:*D | !b", "'; --", "\x00",
        "\U0001f600", "\xb2", "\xbd \u2460", "\xaa\xba", "\ufb01", "\u0301", "e\u0301",
        "a" * 9_000, "\ud55c\uad6d", "\u05e2\u05d1", "\u202eabc", "\U0001f600新闻", "\u0130stanbul",
        "\u01c6", "_", "0x1f", "1e9", "-1.5", "a@b.c", "http://a.b/c", "AND", "NOT",
    ],
)  # fmt: skip
def test_no_search_is_a_mistake_to_the_database(store: str, search: str) -> None:
    message("a", f"{search.replace(chr(0), '')} and more")
    index("a")
    if sought(search):
        assert found(search) in (["a"], [])


def test_endless_talk_is_indexed_as_far_as_it_goes(store: str) -> None:
    message("a", "first " + " ".join(f"w{n}" for n in range(60_000)))
    index("a")
    assert found("first") == ["a"]
    assert found("w59999") == []
    assert message_search.MOST_INDEXED < 60_000
