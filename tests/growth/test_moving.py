"""From a file to a server, with all that there is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance import pulse
from appliance.command import main
from store import calls, flows, message_search
from store.database import connect, disconnect, is_sqlite
from store.errors import MoveFailed
from store.jobs import CallEnded, CallStarted, StepTaken
from store.migrate import migrate
from store.models import Call, CallStep, Flow, Message, MessageIndex, Transcript
from store.models.message import MessageState, TranscriptState
from store.moving import move
from tests.servers import postgresql_database

__all__ = ["postgresql_database"]

NOON = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)
HOSTILE = 'Ann O\'Neil\t\\N\n陳大文 \U0001f4de "x"'
NUMBER = "+49301234"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A store with something in it, closed."""
    path = tmp_path / "pressline.db"
    connect(path)
    migrate()
    started = CallStarted("u1", NOON, caller_name=HOSTILE, caller_number=NUMBER, withheld=True)
    step = StepTaken("main", "look", "query", NOON, 0.1 + 0.2, detail=HOSTILE)
    calls.ended([CallEnded(started, NOON, "finished", tags=("vip",), steps=(step,))])
    calls.started([CallStarted(f"open {number}", NOON) for number in range(2_500)])
    flows.save_draft("main", f"flow: main # {HOSTILE}")
    message = Message.create(id="m1", started_at=NOON, state=MessageState.NEW, call="u1")
    Transcript.create(message=message, state=TranscriptState.DONE, text="the harbour 港口")
    message_search.catch_up()
    disconnect()
    yield path
    disconnect()


def test_all_rows_are_the_same_and_new_ones_get_numbers_of_their_own(
    file: Path, postgresql_database: str
) -> None:
    moved = move(file, postgresql_database)
    assert moved["call"] == 2_501 and moved["message"] == 1
    connect(postgresql_database)
    assert not is_sqlite()
    call, step = Call.get_by_id("u1"), CallStep.get()
    assert (call.caller_name, call.withheld, call.started_at) == (HOSTILE, True, NOON)
    assert (call.tags, step.detail, round(step.seconds, 6)) == (["vip"], HOSTILE, 0.3)
    assert Flow.create(name="second").id == Flow.get(Flow.name == "main").id + 1
    hits = message_search.hits(message_search.sought("harb 港"), [None])
    assert [row.message_id for row in MessageIndex.select().where(MessageIndex.id.in_(hits))] == [
        "m1"
    ]


def test_a_database_with_rows_is_left_alone(file: Path, postgresql_database: str) -> None:
    connect(postgresql_database)
    migrate()
    flows.save_draft("theirs", "flow: theirs")
    disconnect()
    with pytest.raises(MoveFailed, match="rows in flow"):
        move(file, postgresql_database)
    connect(postgresql_database)
    assert not Call.select().exists()


def test_the_command_moves_a_box_that_is_stopped_and_tells_how_to_go_on(
    file: Path, postgresql_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSLINE_HOME", str(file.parent))
    pulse.beat(file.parent, "callbox", {})
    refused = CliRunner().invoke(main, ["store", "move", postgresql_database])
    assert refused.exit_code == 1 and "the box runs (callbox); stop it first" in refused.output
    (file.parent / "run" / "callbox.json").unlink()
    done = CliRunner().invoke(main, ["store", "move", postgresql_database])
    assert done.exit_code == 0, done.output
    assert "and compared" in done.output and "pressline.toml" in done.output
