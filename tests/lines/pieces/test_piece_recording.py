"""Pieces while they are on air: the callbox's part, with a switch that is told what it records."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gevent
import pytest

from appliance.errors import SidecarFailed
from appliance.home import Home
from appliance.piece_tasks import piece_tasks
from appliance.switchboard import piece_recording, room_files
from appliance.switchboard.piece_recording import PieceRecorder
from lines.experts.ports import LineFacts, Seat, SessionFacts
from lines.pieces.ports import OnAir, PieceDraft
from lines.rooms import Room
from store import database, migrate
from store.models import Piece
from store.models.expert import PieceState
from store.writer import Writer
from tests.lines.pieces.hours import CALLER, NOON, NUMBER, make_question, make_session
from tests.voicemail.sounds import speech, write_wav


@dataclass
class Stand:
    """What a recorder stands among."""

    home: Home
    writer: Writer
    recorded: set[str] = field(default_factory=set)
    """Paths that the switch's list tells of."""
    told: set[str] = field(default_factory=set)
    """Paths that its events have told of."""
    taken: list[str] = field(default_factory=list)
    away: bool = False

    def __post_init__(self) -> None:
        self.session = make_session()
        self.question = make_question(self.session)
        self.tasks = piece_tasks(self.home)
        self.recorder = self.restarted()

    def restarted(self) -> PieceRecorder:
        self.recorder = PieceRecorder(self.home, self, self.writer, self, self, self.taken.append)  # type: ignore[arg-type]
        return self.recorder

    def begin(self) -> PieceDraft:
        line = LineFacts(1, "garden")
        session = SessionFacts(self.session.id, line, "Roses", NOON, NOON + timedelta(hours=1))
        people = [OnAir(Seat.CALLER, CALLER, NUMBER), OnAir(Seat.EXPERT, "Dr Rosa Field")]
        return self.recorder.begin(session, self.question.id, people, "en", NUMBER)

    # As a sidecar, a switch and a keeper of rooms.

    def run(self, task: str, *arguments: Any, limit: float) -> Any:
        if self.away:
            raise SidecarFailed(task, "away")
        return self.tasks[task](*arguments)

    def api(self, command: str) -> str:
        members = [{"type": "recording_node", "record_path": path} for path in self.recorded]
        return json.dumps([{"conference_name": "hall-1", "members": members}])

    @property
    def rooms(self) -> dict[str, Room]:
        return {"hall-1": Room("hall-1", "1", recordings=set(self.told))}


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    home = Home(tmp_path / "home").make()
    database.connect(home.root / "pressline.db")
    migrate.migrate()
    writer = Writer(home.journal)
    writer.start()
    yield Stand(home, writer)
    writer.stop()
    database.disconnect()


def until(done: Callable[[], bool]) -> None:
    with gevent.Timeout(30):
        while not done():
            gevent.sleep(0.02)


def row(draft: PieceDraft) -> Piece:
    return Piece.get_by_id(draft.id)


def test_a_piece_has_its_row_before_the_switch_is_told(stand: Stand) -> None:
    draft = stand.begin()
    found = row(draft)
    assert (found.state, found.question_id) == (PieceState.RECORDING, stand.question.id)
    assert found.people[0] == {"role": "caller", "name": CALLER, "number": NUMBER}
    assert draft.path.is_absolute()
    assert draft.path.parent.is_dir()


def test_its_end_waits_until_the_switch_has_closed_the_file(stand: Stand) -> None:
    draft = stand.begin()
    write_wav(draft.path, speech(1.0))
    stand.told = stand.recorded = {str(draft.path)}
    ended = datetime.now(UTC)
    stand.recorder.end(draft, ended)
    gevent.sleep(0.3)
    stand.recorded = set()
    gevent.sleep(0.3)
    assert row(draft).state == PieceState.RECORDING
    write_wav(draft.path, speech(2.0))
    stand.told = set()
    until(lambda: stand.taken == [draft.id])
    found = row(draft)
    assert (found.state, found.seconds, found.ended_at) == (PieceState.KEPT, 2.0, ended)


def test_a_piece_that_never_came_on_air_is_lost(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_files, "APPEAR_LIMIT", 0.1)
    draft = stand.begin()
    stand.recorder.end(draft, datetime.now(UTC))
    until(lambda: row(draft).state == PieceState.LOST)
    assert stand.taken == []


def test_a_piece_that_the_switch_goes_on_recording_is_not_touched(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_files, "CLOSE_LIMIT", 0.2)
    draft = stand.begin()
    write_wav(draft.path, speech(1.0))
    stand.recorded = {str(draft.path)}
    stand.recorder.end(draft, datetime.now(UTC))
    gevent.sleep(0.5)
    stand.recorder.look()
    assert draft.path.exists()
    assert row(draft).state == PieceState.RECORDING


def test_the_next_callbox_keeps_what_the_last_one_left(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lines.pieces.salvaging.STILL_WRITTEN", timedelta(0))
    draft = stand.begin()
    write_wav(draft.path, speech(1.5), told_bytes=0)
    stand.recorder.look()
    assert row(draft).state == PieceState.RECORDING  # it is about to be recorded
    stand.restarted().look()
    until(lambda: row(draft).state == PieceState.KEPT)
    assert row(draft).seconds == 1.5
    until(lambda: stand.taken == [draft.id])


def test_a_piece_whose_conductor_never_ends_it_is_found_in_the_end(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lines.pieces.salvaging.STILL_WRITTEN", timedelta(0))
    monkeypatch.setattr(piece_recording, "TO_BEGIN", 0.0)
    draft = stand.begin()
    write_wav(draft.path, speech(1.5))
    stand.recorded = {str(draft.path)}
    stand.recorder.look()
    assert draft.path.exists()
    stand.recorded = set()
    stand.recorder.look()
    until(lambda: row(draft).state == PieceState.KEPT)


def test_what_the_sidecar_could_not_do_is_done_by_salvage(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lines.pieces.salvaging.STILL_WRITTEN", timedelta(0))
    draft = stand.begin()
    write_wav(draft.path, speech(1.0))
    stand.away = True
    stand.recorder.end(draft, datetime.now(UTC))
    gevent.sleep(0.3)
    assert draft.path.exists()
    stand.away = False
    stand.recorder.look()
    until(lambda: row(draft).state == PieceState.KEPT)


def test_a_piece_is_known_again_by_the_path_that_the_switch_tells(stand: Stand) -> None:
    draft = stand.begin()
    assert stand.restarted().draft_at(str(draft.path)) == draft
    for path in ("/etc/passwd", f"/elsewhere/{draft.path.name}", f"{draft.path}.wav", ""):
        assert stand.recorder.draft_at(path) is None
