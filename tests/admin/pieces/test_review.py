"""Pieces are heard, set right and approved in the browser."""

from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.panel import Panel
from lines.pieces import reviewing
from store.models import AuditEntry, Piece
from store.models.expert import PieceState, Review
from tests.admin.panels import signed_in
from tests.lines.pieces.hours import CALLER, NUMBER, make_piece

from .doubles import FakeAir


@pytest.fixture
def air(panel: Panel) -> FakeAir:
    return cast(FakeAir, panel.air)


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    return signed_in(app, Role.EDITOR)


@pytest.fixture
def reviewer(app: Flask) -> FlaskClient:
    return signed_in(app, Role.REVIEWER)


@pytest.fixture
def piece(store: None, tmp_path: Path) -> Piece:
    return make_piece(tmp_path / "recordings")


def posted(client: FlaskClient, piece: Piece, act: str, **wish: Any) -> Any:
    return client.post(f"/pieces/{piece.id}/{act}", data=wish, follow_redirects=True)


def test_the_list_shows_what_is_to_be_reviewed(reviewer: FlaskClient, piece: Piece) -> None:
    page = reviewer.get("/pieces/").text
    assert f"/pieces/{piece.id}/" in page
    assert "0:03" in page
    reviewing.reject(piece.id, "anna")
    assert piece.id not in reviewer.get("/pieces/").text
    assert piece.id in reviewer.get("/pieces/?review=rejected").text
    assert piece.id in reviewer.get(f"/pieces/?session={piece.session_id}").text


@pytest.mark.parametrize(
    "odd", ["review=none", "session=x", "session=-1", "page=99999999999999999999", "page=²"]
)
def test_an_odd_list_is_the_usual_one(reviewer: FlaskClient, piece: Piece, odd: str) -> None:
    assert reviewer.get(f"/pieces/?{odd}").status_code == 200


def test_the_page_tells_the_desk_who_called(reviewer: FlaskClient, piece: Piece) -> None:
    page = reviewer.get(f"/pieces/{piece.id}/").text
    assert CALLER in page
    assert NUMBER in page
    assert 'data-start="0.7"' in page


def test_the_sound_is_played_and_jumped_in(reviewer: FlaskClient, piece: Piece) -> None:
    whole = reviewer.get(f"/pieces/{piece.id}/audio")
    part = reviewer.get(f"/pieces/{piece.id}/audio", headers={"Range": "bytes=44-143"})
    assert (whole.status_code, part.status_code) == (200, 206)
    assert part.data == whole.data[44:144]
    picture = reviewer.get(f"/pieces/{piece.id}/peaks").json
    assert picture["seconds"] == 3.0
    assert 0 < max(picture["peaks"]) <= 1


def test_title_words_and_cut_are_kept_and_audited(
    reviewer: FlaskClient, piece: Piece, air: FakeAir
) -> None:
    posted(reviewer, piece, "title", title="When to prune")
    posted(reviewer, piece, "words", words="When do I prune?\r\nIn spring.")
    posted(reviewer, piece, "cut", start="0.5", end="2,5")
    kept = reviewing.piece(piece.id)
    assert (kept.title, kept.corrected) == ("When to prune", "When do I prune?\nIn spring.")
    assert (kept.cut_start, kept.cut_end) == (0.5, 2.5)
    assert [edit.author for edit in reviewing.edits(piece.id)] == ["reviewer"] * 3
    assert [entry.action for entry in AuditEntry.select()] == ["title", "words", "cut"]
    assert AuditEntry.get().after == {"title": "When to prune"}
    assert air.published == 3


def test_a_cut_without_its_second_mark_goes_to_the_end(reviewer: FlaskClient, piece: Piece) -> None:
    posted(reviewer, piece, "cut", start="1", end="")
    assert reviewing.piece(piece.id).cut_end is None


@pytest.mark.parametrize(
    ("start", "end"),
    [("2", "1"), ("0", "99"), ("nan", ""), ("inf", "2"), ("two", "3"), ("2.5", "2.6"), ("-1", "2")],
)
def test_a_cut_that_cannot_be_is_told_and_what_was_typed_stays(
    reviewer: FlaskClient, piece: Piece, start: str, end: str
) -> None:
    answer = posted(reviewer, piece, "cut", start=start, end=end)
    assert answer.status_code == 409
    assert 'class="note bad"' in answer.text
    assert f'value="{start}"' in answer.text
    assert not reviewing.edits(piece.id)


def test_a_cut_around_silence_is_told(reviewer: FlaskClient, piece: Piece, air: FakeAir) -> None:
    air.sounds.silent = True
    assert "nothing is said there" in posted(reviewer, piece, "cut", start="0", end="2").text


def test_an_editor_approves_and_takes_back(editor: FlaskClient, piece: Piece, air: FakeAir) -> None:
    assert "approved" in posted(editor, piece, "approve").text
    assert reviewing.piece(piece.id).review == Review.APPROVED
    posted(editor, piece, "reopen")
    assert reviewing.piece(piece.id).review == Review.OPEN
    assert air.published == 2


def test_words_that_tell_who_called_are_not_approved(editor: FlaskClient, piece: Piece) -> None:
    posted(editor, piece, "words", words=f"My number is {NUMBER}")
    answer = posted(editor, piece, "approve")
    assert answer.status_code == 409
    assert "number" in answer.text
    assert reviewing.piece(piece.id).review == Review.OPEN


def test_a_reviewer_does_not_publish(reviewer: FlaskClient, piece: Piece) -> None:
    for act in ("approve", "reject", "reopen"):
        assert posted(reviewer, piece, act).status_code == 403
    assert "Approve" not in reviewer.get(f"/pieces/{piece.id}/").text


def test_what_readers_see_is_changed_only_by_who_may_publish(
    reviewer: FlaskClient, editor: FlaskClient, piece: Piece
) -> None:
    reviewing.approve(piece.id, "anna")
    assert posted(reviewer, piece, "title", title="Mine").status_code == 403
    assert 'name="title"' not in reviewer.get(f"/pieces/{piece.id}/").text
    assert posted(editor, piece, "title", title="Better").status_code == 200
    assert reviewing.piece(piece.id).title == "Better"


def test_a_piece_is_written_down_once_more(
    reviewer: FlaskClient, piece: Piece, air: FakeAir
) -> None:
    posted(reviewer, piece, "again")
    assert air.heard == [piece.id]


def test_a_piece_that_is_lost_says_why(reviewer: FlaskClient, piece: Piece) -> None:
    Piece.update(state=PieceState.LOST, path="", reason="nothing was recorded").execute()
    page = reviewer.get(f"/pieces/{piece.id}/").text
    assert "nothing was recorded" in page
    assert "<audio" not in page
    assert reviewer.get(f"/pieces/{piece.id}/audio").status_code == 404


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "‮𝕏💐", "x\0y", "=1+1", "\ud800"])
def test_odd_words_are_only_words(reviewer: FlaskClient, piece: Piece, text: str) -> None:
    given = text.encode("utf-8", "surrogatepass")
    for act, field in (("title", "title"), ("words", "words")):
        answer = posted(reviewer, piece, act, **{field: given})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "url", ["/pieces/none/", "/pieces/none/audio", "/pieces/%00/", "/pieces/💐/"]
)
def test_a_piece_that_is_not_there_is_told(reviewer: FlaskClient, url: str) -> None:
    assert reviewer.get(url).status_code == 404


def test_hosts_do_not_review(app: Flask, piece: Piece) -> None:
    assert signed_in(app, Role.HOST).get(f"/pieces/{piece.id}/audio").status_code == 403
