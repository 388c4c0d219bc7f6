"""Messages found by what was said in them: SQLite's FTS5, PostgreSQL's text search.

Both are given plain words only: letters and digits in small letters, Chinese characters one by
one, so that neither database's own ideas of a word, or of a query's syntax, come into play.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import peewee

from store.database import database, is_sqlite, translated, writing
from store.models import Correction, Message, MessageIndex, Transcript
from store.models.message import TranscriptState

UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters and kana: nothing stands between two words of them."""
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
RUN = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
LONGEST_WORD = 64
LONGEST_SEARCH = 200
"""Characters."""
MOST_WORDS = 8
"""Of a search: more make it no clearer."""
MOST_INDEXED = 30_000
"""Words of one message: three hours of fast talk."""
MOST_FOUND = 5_000
"""The newest of so many hits are looked at, so that a word of every message costs no more."""
AT_ONCE = 500


def words_of(text: str) -> Iterator[str]:
    for found in WORD.finditer(text.casefold()):
        yield found[0][:LONGEST_WORD]


@translated()
def index(message_id: str) -> None:
    """Have a message found by its words as they are now; by none when it has none any more.

    Raises `StoreAway`.
    """
    with writing():  # within another transaction it is a part of it
        message = Message.get_or_none(Message.id == message_id)
        if message is not None:
            _put(message)


@translated()
def forget(message_id: str) -> None:
    """Its words are gone; call it in the transaction that removes them."""
    row = MessageIndex.get_or_none(MessageIndex.message == message_id)
    if row is not None:
        _execute("DELETE FROM message_words WHERE rowid = ?", row.id)
        row.delete_instance()


@translated()
def catch_up(most: int = AT_ONCE) -> int:
    """Index what was heard and is not indexed yet, the oldest first; how many messages."""
    known = MessageIndex.select(MessageIndex.message)
    rows = (
        Transcript.select(Transcript.message)
        .join(Message)
        .where(Transcript.state == TranscriptState.DONE, Message.id.not_in(known))
        .order_by(Message.started_at)
        .limit(most)
    )
    ids = [row.message_id for row in rows]
    for id in ids:
        index(id)
    return len(ids)


def sought(text: str) -> Sequence[str]:
    """What is searched for: each word, or run of Chinese characters, once."""
    runs = (found[0][:LONGEST_WORD] for found in RUN.finditer(text[:LONGEST_SEARCH].casefold()))
    return list(dict.fromkeys(runs))[:MOST_WORDS]


def hits(sought: Sequence[str], boxes: Sequence[int | None]) -> Any:
    """A subquery: the numbers (`MessageIndex.id`) of messages in `boxes` with all that is
    `sought`, the newest first. Beginnings of words are enough. None of `boxes`: in no mailbox.
    """
    marks = [_mark(box) for box in boxes]
    runs = [list(words_of(run)) for run in sought]
    match = _sqlite_match(runs, marks) if is_sqlite() else _postgresql_match(runs, marks)
    condition = "message_words MATCH ?" if is_sqlite() else "words @@ to_tsquery('simple', ?)"
    sql = f"(SELECT rowid FROM message_words WHERE {condition} ORDER BY rowid DESC LIMIT ?)"
    return peewee.SQL(sql.replace("?", database.param), (match, MOST_FOUND))


def _sqlite_match(runs: Sequence[Sequence[str]], boxes: Sequence[str]) -> str:
    what = " AND ".join(f'"{" ".join(run)}" *' for run in runs)
    return f"(words : ({what})) AND (box : ({' OR '.join(boxes)}))"


def _postgresql_match(runs: Sequence[Sequence[str]], boxes: Sequence[str]) -> str:
    what = " & ".join("(" + " <-> ".join(f"{word}:*D" for word in run) + ")" for run in runs)
    return f"{what} & ({' | '.join(f'{box}:A' for box in boxes)})"


def _put(message: Message) -> None:
    text = " ".join(words_of(_text(message)))
    row = MessageIndex.get_or_none(message=message) or MessageIndex.create(message=message)
    _execute("DELETE FROM message_words WHERE rowid = ?", row.id)
    words = " ".join(text.split(" ")[:MOST_INDEXED])
    box = _mark(message.mailbox_id)
    if is_sqlite():
        _execute(
            "INSERT INTO message_words (rowid, words, box) VALUES (?, ?, ?)", row.id, words, box
        )
    else:
        _execute(
            "INSERT INTO message_words (rowid, words) VALUES (?, to_tsvector('simple', ?) "
            "|| setweight(to_tsvector('simple', ?), 'A'))",
            row.id, words, box,
        )  # fmt: skip


def _text(message: Message) -> str:
    """Who called, and what was said as it is known best."""
    corrections = Correction.select().where(Correction.message == message)
    best = corrections.order_by(Correction.id.desc()).first() or Transcript.get_or_none(
        Transcript.message == message
    )
    who = "" if message.withheld else message.caller_name
    return f"{who} {best.text if best else ''}"


def _mark(box: int | None) -> str:
    """One word for a mailbox."""
    return f"box{box or 0}"


def _execute(sql: str, *values: object) -> None:
    database.execute_sql(sql.replace("?", database.param), values)
