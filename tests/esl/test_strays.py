import pytest

from esl import strays
from esl.errors import CommandFailed

ROW = {
    "uuid": "u-1",
    "direction": "inbound",
    "dest": "100",
    "context": "public",
    "application": "socket",
}


def sent(**facts: str) -> str:
    asked: list[str] = []
    strays.fetch(lambda command: asked.append(command) or "+OK", ROW | facts)
    (command,) = asked
    return command


def test_a_call_is_sent_through_the_dialplan_anew() -> None:
    assert sent() == "uuid_transfer u-1 100 XML public"


@pytest.mark.parametrize("dest", ["", "ann", "100 inline:hangup", "1\nexit", "9" * 30])
def test_what_was_dialled_is_told_on_only_when_it_is_a_number(dest: str) -> None:
    assert sent(dest=dest) == "uuid_transfer u-1 unknown XML public"


def test_a_strange_context_is_left_to_the_switch() -> None:
    assert sent(context="a b") == "uuid_transfer u-1 100"


def test_a_call_that_the_box_had_placed_is_ended() -> None:
    assert sent(direction="outbound") == "uuid_kill u-1"


def test_a_call_that_is_gone_is_no_trouble(caplog: pytest.LogCaptureFixture) -> None:
    def api(command: str) -> str:
        raise CommandFailed(command, "-ERR No such channel!")

    with caplog.at_level("INFO"):
        strays.fetch(api, ROW)
    assert "is gone" in caplog.text


def test_only_calls_that_nothing_runs_for_are_found() -> None:
    playing = ROW | {"uuid": "u-2", "application": "playback"}
    assert strays.waiting([ROW, playing]) == {"u-1": ROW}
