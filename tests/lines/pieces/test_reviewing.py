"""Editors correct, cut and judge pieces; who a caller is does not get through."""

import math
from pathlib import Path

import numpy as np
import pytest

from appliance.piece_sounds import Sounds
from lines.pieces import reviewing
from lines.pieces.errors import CutRefused, PieceNotReady, PieceUnknown
from lines.pieces.wording import words_of
from store.models import Piece
from store.models.expert import PieceState, Review
from tests.lines.pieces.hours import make_piece, make_session
from tests.voicemail.sounds import silence, speech, write_wav

pytestmark = pytest.mark.usefixtures("store")


def test_every_edit_is_remembered_with_its_author(folder: Path, sounds: Sounds) -> None:
    id = make_piece(folder).id
    reviewing.entitle(id, "  When to \n prune ", "eva")
    reviewing.correct(id, "When do I prune them?", "eva")
    reviewing.cut(id, 0.5, 2.5, "max", folder, sounds)
    reviewing.approve(id, "max")
    told = [(edit.what, edit.value, edit.author) for edit in reviewing.edits(id)]
    assert told == [
        ("title", "When to prune", "eva"),
        ("text", "When do I prune them?", "eva"),
        ("cut", "0.5 2.5", "max"),
        ("approved", "", "max"),
    ]
    row = reviewing.piece(id)
    assert (row.review, row.reviewed_by) == (Review.APPROVED, "max")
    assert row.reviewed_at is not None


@pytest.mark.parametrize(
    ("start", "end"),
    [(-1, None), (2, 1), (1, 1), (0, 3.5), (4, None), (math.nan, 2), (0, math.nan), (0, math.inf),
     (1, 1.5)],
)  # fmt: skip
def test_marks_outside_of_the_recording_or_too_close_are_refused(
    folder: Path, sounds: Sounds, start: float, end: float | None
) -> None:
    id = make_piece(folder).id
    with pytest.raises(CutRefused):
        reviewing.cut(id, start, end, "eva", folder, sounds)
    assert reviewing.edits(id) == []


def test_a_cut_to_where_nothing_is_said_is_refused(folder: Path, sounds: Sounds) -> None:
    row = make_piece(folder, seconds=6.0)
    samples = [*speech(3.0), *silence(3.0)]
    write_wav(folder / row.path, np.array(samples, dtype=np.int16))
    with pytest.raises(CutRefused, match="nothing is said there"):
        reviewing.cut(row.id, 4.0, None, "eva", folder, sounds)


def test_words_outside_of_the_marks_are_not_shown(folder: Path, sounds: Sounds) -> None:
    id = make_piece(folder).id
    reviewing.cut(id, 0.6, 2.4, "eva", folder, sounds)
    assert words_of(reviewing.piece(id)) == "do I prune"
    reviewing.correct(id, "Own words", "eva")
    assert words_of(reviewing.piece(id)) == "Own words"


def test_words_of_a_language_without_spaces_stay_together(folder: Path, sounds: Sounds) -> None:
    words = [
        {"text": text, "start": at, "end": at + 0.5, "confidence": 1.0}
        for at, text in enumerate("春天剪枝")
    ]
    id = make_piece(folder, language="zh", words=words, transcript="春天剪枝", seconds=4.0).id
    Piece.update(cut_start=0.9).where(Piece.id == id).execute()
    assert words_of(reviewing.piece(id)) == "天剪枝"


@pytest.mark.parametrize(
    "text",
    [
        "call me at +49 30 123456",
        "030/123-456",
        "it is 0 3 0 1 2 3 4 5 6",
        "or 0176 98 765 at night",
        "one two three four five six",
        "my number is three oh one two, three four five six.",
        "一二三四五六",
        "１２３４５６",
        "thanks, said ann WEAVER.",
        "Ann\nWeaver",
    ],
)
def test_a_piece_that_tells_who_the_caller_is_cannot_be_approved(folder: Path, text: str) -> None:
    id = make_piece(folder).id
    reviewing.correct(id, text, "eva")
    with pytest.raises(PieceNotReady, match="the caller's"):
        reviewing.approve(id, "eva")
    assert reviewing.piece(id).review == Review.OPEN
    assert [edit.what for edit in reviewing.edits(id)] == ["text"]


def test_an_approved_piece_cannot_come_to_tell_it(folder: Path) -> None:
    id = make_piece(folder, transcript="my number is 0 3 0 1 2 3 4 5 6", words=[]).id
    reviewing.correct(id, "No number here.", "eva")
    reviewing.approve(id, "eva")
    with pytest.raises(PieceNotReady):
        reviewing.entitle(id, "Ann Weaver asks", "eva")
    with pytest.raises(PieceNotReady):
        reviewing.correct(id, "", "eva")  # the machine's words would be seen again
    assert words_of(reviewing.piece(id)) == "No number here."


@pytest.mark.parametrize(
    "text", ["1 2 3 4 5", "we have 123 450 000 trees", "one two three", "weaver ants, said Ann"]
)
def test_texts_that_only_look_like_it_are_approved(folder: Path, text: str) -> None:
    id = make_piece(folder).id
    reviewing.correct(id, text, "eva")
    reviewing.approve(id, "eva")
    assert reviewing.piece(id).review == Review.APPROVED


@pytest.mark.parametrize("name", ["the", "May", "", "a b"])
def test_a_hostile_name_does_not_keep_every_text_back(folder: Path, name: str) -> None:
    people = [{"role": "caller", "name": name, "number": "12"}]
    row = make_piece(folder, people=people, contact_number="")
    Piece.update(question=None).where(Piece.id == row.id).execute()
    reviewing.correct(row.id, "the roses in May: a b 12", "eva")
    reviewing.approve(row.id, "eva")
    assert reviewing.piece(row.id).review == Review.APPROVED


def test_what_was_not_recorded_cannot_be_approved(folder: Path) -> None:
    id = make_piece(folder, state=PieceState.LOST).id
    with pytest.raises(PieceNotReady, match="no recording"):
        reviewing.approve(id, "eva")


def test_pieces_are_listed_by_session_and_by_what_became_of_them(folder: Path) -> None:
    session = make_session("Roses")
    first, second = (make_piece(folder, session) for _ in range(2))
    other = make_piece(folder)
    reviewing.approve(first.id, "eva")
    reviewing.reject(second.id, "eva")
    assert {row.id for row in reviewing.listing(session.id)} == {first.id, second.id}
    assert [row.id for row in reviewing.listing(review=Review.APPROVED)] == [first.id]
    assert [row.id for row in reviewing.listing(review=Review.OPEN)] == [other.id]
    assert reviewing.listing(state=PieceState.LOST) == []


def test_a_piece_that_is_not_there_is_told(folder: Path) -> None:
    for act in (reviewing.approve, reviewing.reject, reviewing.reopen):
        with pytest.raises(PieceUnknown, match="nobody"):
            act("nobody", "eva")
