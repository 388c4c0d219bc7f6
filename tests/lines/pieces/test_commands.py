"""`pressline pieces`, as an editor uses it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appliance.command import main
from appliance.home import Home
from store import database
from store.models.expert import PieceState, Review
from tests.lines.pieces.hours import CALLER, NUMBER, make_piece
from tests.ports import free_port


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home with a store; nothing runs."""
    home = Home(tmp_path / "home")
    monkeypatch.setenv("PRESSLINE_HOME", str(home.root))
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("PRESSLINE_PIECES_URL", "https://daily.example/experts/")
    monkeypatch.delitem(sys.modules, "appliance.jobs", raising=False)  # its queue is in the home
    assert pressline("pieces").output == "No pieces.\n"
    yield home
    database.disconnect()


def pressline(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def done(*words: str) -> str:
    result = pressline("pieces", *words)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_piece_is_reviewed_published_and_withdrawn(home: Home) -> None:
    id = make_piece(home.recordings).id
    assert id in done("--review", "open")
    done("title", id, "When to prune", "--by", "eva")
    done("correct", id, "When do I prune my apple trees?", "--by", "eva")
    done("cut", id, "0.5", "2.5", "--by", "eva")
    assert "2 s  approved  When to prune" in done("approve", id, "--by", "max")
    assert "1 published" in done("publish")
    page = home.public / "experts" / "garden" / f"{id}.html"
    assert "When do I prune my apple trees?" in page.read_text()
    assert "https://daily.example/experts/garden/" in (page.parent / "feed.xml").read_text()
    done("reject", id)
    assert "0 published" in done("publish")
    assert not page.exists()


def test_a_piece_is_shown_with_its_words_and_what_was_done_with_it(home: Home) -> None:
    id = make_piece(home.recordings).id
    done("cut", id, "0.6", "2.4", "--by", "eva")
    told = done("show", id)
    for part in (
        CALLER,
        NUMBER,
        "never published",
        "cut  0.6 s to 2.4 s",
        "do I prune",
        "eva: cut",
    ):
        assert part in told
    assert Path(done("path", id).strip()).is_file()


def test_what_a_caller_gave_cannot_steer_the_terminal(home: Home) -> None:
    people = [{"role": "caller", "name": "\x1b[2J\nAnn", "number": "\x07"}]
    told = done("show", make_piece(home.recordings, people=people).id)
    assert "\x1b" not in told
    assert "\x07" not in told


def test_words_can_come_from_a_file(home: Home, tmp_path: Path) -> None:
    id = make_piece(home.recordings).id
    (tmp_path / "words.txt").write_text("First.\nSecond.")
    done("correct", id, "--file", str(tmp_path / "words.txt"))
    assert "First. Second." in done("show", id)
    assert pressline("pieces", "correct", id).exit_code == 2


def test_refusals_are_sentences(home: Home) -> None:
    id = make_piece(home.recordings).id
    for words, told in (
        (("approve", "nobody"), "there is no piece 'nobody'"),
        (("cut", id, "2", "99"), "it must lie between 0 and 3.00 s"),
        (("cut", id, "nan"), "it must lie between 0 and 3.00 s"),
        (("again", "nobody"), "there is no piece"),
        (("path", make_piece(home.recordings, path="", state="recording").id), "no recording"),
    ):
        result = pressline("pieces", *words)
        assert result.exit_code == 1
        assert told in result.output
        assert "Traceback" not in result.output


def test_lost_pieces_are_listed_when_asked_for(home: Home) -> None:
    lost = make_piece(home.recordings, state=PieceState.LOST, reason="nothing was recorded").id
    assert lost not in done()
    assert lost in done("--all")
    assert "because: nothing was recorded" in done("show", lost)
    assert done("--review", Review.APPROVED) == "No pieces.\n"


def test_a_piece_can_be_heard_again(home: Home) -> None:
    assert "written down again" in done("again", make_piece(home.recordings).id)
