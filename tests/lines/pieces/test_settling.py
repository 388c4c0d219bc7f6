"""A recorded piece comes to its place, whole, whatever happened to its writer."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.piece_sounds import Sounds
from lines.pieces.places import IN_PROGRESS, dated_path, in_progress
from lines.pieces.settling import settle
from store.applying import apply
from store.models import Piece
from store.models.expert import PieceState
from store.models.message import TranscriptState
from store.piece_jobs import PieceKept, PieceLost, Speaker
from store.pieces import verify
from store.recordings import checksum
from tests.lines.pieces.hours import (
    NOON,
    begun,
    make_piece,
    make_question,
    make_session,
    record,
    stored,
)
from tests.voicemail.sounds import silence, speech, write_wav

pytestmark = pytest.mark.usefixtures("store")


def test_a_piece_lies_in_the_folder_of_its_day_and_waits_to_be_heard(
    folder: Path, sounds: Sounds
) -> None:
    session = make_session()
    question = make_question(session)
    piece = stored(begun(session, question))
    record(folder, piece, speech(3.0))
    assert apply([settle(folder, sounds, piece, NOON)]) == 0
    row = Piece.get_by_id(piece.id)
    assert row.state == PieceState.KEPT
    assert row.path == str(dated_path(piece.id, NOON)) == f"2026/11/21/{piece.id}.wav"
    assert row.seconds == pytest.approx(3.0)
    assert row.sha256 == checksum(folder / row.path)
    assert row.question_id == question.id
    assert row.transcript_state == TranscriptState.WAITING
    assert list((folder / IN_PROGRESS).iterdir()) == []


def test_a_piece_whose_switch_was_killed_counts_what_was_written(
    folder: Path, sounds: Sounds
) -> None:
    piece = stored(begun(make_session()))
    write_wav(folder / in_progress(piece.session, piece.id), speech(2.0), told_bytes=0)
    kept = settle(folder, sounds, piece, NOON)
    assert isinstance(kept, PieceKept)
    assert kept.seconds == pytest.approx(2.0)


def test_settling_twice_changes_nothing(folder: Path, sounds: Sounds) -> None:
    piece = stored(begun(make_session()))
    record(folder, piece, speech(2.0))
    first, second = (settle(folder, sounds, piece, NOON) for _ in range(2))
    assert first == second
    assert apply([first]) == apply([second]) == 0
    assert Piece.get_by_id(piece.id).state == PieceState.KEPT


def test_a_late_second_end_does_not_undo_what_was_kept(folder: Path, sounds: Sounds) -> None:
    piece = stored(begun(make_session()))
    record(folder, piece, speech(2.0))
    apply([settle(folder, sounds, piece, NOON)])
    apply([PieceLost(piece, NOON, "nothing"), piece])
    assert Piece.get_by_id(piece.id).state == PieceState.KEPT


def test_a_piece_that_was_never_written_is_lost_and_says_so(folder: Path, sounds: Sounds) -> None:
    piece = stored(begun(make_session()))
    apply([settle(folder, sounds, piece, NOON)])
    row = Piece.get_by_id(piece.id)
    assert (row.state, row.reason) == (PieceState.LOST, "nothing was recorded")
    assert row.transcript_state == ""


@pytest.mark.parametrize("seconds", [0.0, 4.0])
def test_a_piece_in_which_nothing_can_be_heard_is_lost_but_its_file_stays(
    folder: Path, sounds: Sounds, seconds: float
) -> None:
    piece = stored(begun(make_session()))
    record(folder, piece, silence(seconds))
    apply([settle(folder, sounds, piece, NOON)])
    row = Piece.get_by_id(piece.id)
    assert row.state == PieceState.LOST
    assert (folder / row.path).is_file()


def test_a_piece_whose_beginning_was_never_stored_is_kept_all_the_same(
    folder: Path, sounds: Sounds
) -> None:
    piece = begun(make_session())
    record(folder, piece, speech(2.0))
    assert apply([settle(folder, sounds, piece, NOON)]) == 0
    row = Piece.get_by_id(piece.id)
    assert (row.state, row.contact_number) == (PieceState.KEPT, piece.contact_number)


def test_a_question_that_is_stored_after_its_piece_began_is_joined_at_the_end(
    folder: Path, sounds: Sounds
) -> None:
    session = make_session()
    question = make_question(session)
    facts = dict(question.__data__)
    question.delete_instance()
    piece = stored(begun(session, question))
    assert Piece.get_by_id(piece.id).question is None
    type(question).create(**facts)
    record(folder, piece, speech(2.0))
    apply([settle(folder, sounds, piece, NOON)])
    assert Piece.get_by_id(piece.id).question_id == question.id


def test_hostile_names_are_kept_as_text(folder: Path, sounds: Sounds) -> None:
    odd = Speaker("caller", "a\0b\ud800" + "x" * 999, "9" * 999)
    piece = stored(replace(begun(make_session()), people=(odd,) * 50))
    row = Piece.get_by_id(piece.id)
    assert len(row.people) == 20
    assert len(row.people[0]["name"]) <= 200
    assert "\0" not in row.people[0]["name"]


def test_the_ledger_tells_of_pieces_that_are_missing_or_changed(folder: Path) -> None:
    make_piece(folder)
    gone, changed = make_piece(folder), make_piece(folder)
    (folder / gone.path).unlink()
    (folder / changed.path).write_bytes(b"other")
    found = dict(verify(folder))
    assert found == {gone.path: "missing", changed.path: "changed"}
