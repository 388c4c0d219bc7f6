"""What is approved can be read and heard by everybody; what is not, by nobody."""

import os
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import numpy as np
import pytest
import soundfile

from appliance.piece_sounds import Sounds
from lines.pieces import reviewing
from lines.pieces.errors import NotPublished, SoundFailed
from lines.pieces.publishing import Exported, Imprint, export
from lines.pieces.publishing.exporting import is_due
from store.models import ExpertLine, ExpertSession, Piece
from tests.lines.pieces.hours import CALLER, CONTACT, NUMBER, make_piece, make_session
from tests.lines.pieces.well_formed import elements

pytestmark = pytest.mark.usefixtures("store")
IMPRINT = Imprint("The Daily", "https://daily.example/experts", ZoneInfo("Europe/Paris"))
SITE = "https://daily.example/"
NASTY = '<script>alert(1)</script> & "quotes" ]]> {{ 7*7 }} \x07 \ufffe'


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


Publish = Callable[[], Exported]


@pytest.fixture
def publish(public: Path, folder: Path, sounds: Sounds) -> Publish:
    def now() -> Exported:
        done = export(public, folder, IMPRINT, sounds)
        assert done is not None
        return done

    return now


def approved(folder: Path, session: ExpertSession | None = None, **facts: object) -> Piece:
    made = make_piece(folder, session, **facts)
    reviewing.approve(made.id, "eva")
    return made


def seen(public: Path) -> set[str]:
    return {str(path.relative_to(public)) for path in public.rglob("*") if path.is_file()}


def texts(public: Path) -> Iterator[str]:
    for path in public.rglob("*"):
        if path.suffix in (".html", ".xml"):
            yield path.read_text()


def items(public: Path, line: str = "garden") -> list[feedparser.FeedParserDict]:
    read = feedparser.parse((public / "experts" / line / "feed.xml").read_bytes())
    assert not read.bozo, read.bozo_exception
    return list(read.entries)


def test_an_approved_piece_has_a_page_a_sound_and_a_place_in_the_feed(
    public: Path, folder: Path, publish: Publish
) -> None:
    id = approved(folder, title="When to prune").id
    assert publish().stories == 1
    (item,) = items(public)
    assert item.title == "When to prune"
    assert item.link == f"https://daily.example/experts/garden/{id}.html"
    assert "when do I prune them" in item.description
    (sound,) = item.enclosures
    path = public / sound.href.removeprefix(SITE)
    assert (sound.type, int(sound.length)) == ("audio/mpeg", path.stat().st_size)
    page = (public / "experts/garden" / f"{id}.html").read_text()
    for told in ("When to prune", "Pruning apple trees", "Dr Rosa Field", "November 21, 2026"):
        assert told in page
    assert path.name in page
    assert f'href="{id}.html"' in (public / "experts/garden/index.html").read_text()
    assert "garden/index.html" in (public / "experts/index.html").read_text()


def test_what_is_open_rejected_or_lost_is_not_published(
    public: Path, folder: Path, publish: Publish
) -> None:
    make_piece(folder)
    reviewing.reject(make_piece(folder).id, "eva")
    assert publish().stories == 0
    assert items(public) == []
    assert not [name for name in seen(public) if name.endswith(".mp3")]


def test_a_withdrawn_piece_vanishes_altogether(
    public: Path, folder: Path, publish: Publish
) -> None:
    kept, gone = approved(folder), approved(folder)
    publish()
    reviewing.reopen(gone.id, "eva")
    publish()
    assert [item.id for item in items(public)] == [f"urn:uuid:{_uuid(kept.id)}"]
    assert not [name for name in seen(public) if gone.id in name]
    assert not [text for text in texts(public) if gone.id in text]


def test_callers_names_and_numbers_are_in_no_file(
    public: Path, folder: Path, publish: Publish
) -> None:
    approved(folder)
    publish()
    for path in public.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in (CALLER, "Weaver", NUMBER, NUMBER[3:], CONTACT, CONTACT[3:]):
            assert secret.encode() not in content, path


def test_exporting_again_changes_no_file(public: Path, folder: Path, publish: Publish) -> None:
    approved(folder)
    publish()
    before = {path: path.stat().st_mtime_ns for path in public.rglob("*.*") if path.is_file()}
    done = publish()
    assert (done.written, done.removed) == (0, 0)
    after = {path: path.stat().st_mtime_ns for path in before if path.name[0] != "."}
    assert after == {path: at for path, at in before.items() if path.name[0] != "."}


def test_guid_and_date_stay_whatever_is_edited(
    public: Path, folder: Path, publish: Publish
) -> None:
    id = approved(folder).id
    publish()
    (before,) = items(public)
    reviewing.entitle(id, "Another title", "eva")
    reviewing.correct(id, "Other words.", "eva")
    reviewing.reopen(id, "eva")
    publish()
    reviewing.approve(id, "eva")
    publish()
    (after,) = items(public)
    assert (after.id, after.published) == (before.id, before.published)
    assert (after.title, "Other words." in after.description) == ("Another title", True)


def test_readers_hear_the_cut_to_the_sample_with_soft_ends(
    public: Path, folder: Path, sounds: Sounds, publish: Publish
) -> None:
    row = approved(folder)
    reviewing.cut(row.id, 0.5, 2.25, "eva", folder, sounds)
    publish()
    (mp3,) = (public / "experts/garden").glob("*.mp3")
    heard, rate = soundfile.read(mp3)
    whole, own = soundfile.read(folder / row.path)
    part = whole[round(0.5 * own) : round(2.25 * own)]
    assert len(heard) / rate == pytest.approx(1.75, abs=0.15)
    every = rate // own
    likeness, late = _alike(heard[::every], part)
    assert likeness > 0.85
    assert late / own < 0.1  # what a coder puts before the first sample


def test_another_cut_has_another_address_so_that_no_cache_plays_the_old_one(
    public: Path, folder: Path, sounds: Sounds, publish: Publish
) -> None:
    id = approved(folder).id
    publish()
    (first,) = (public / "experts/garden").glob("*.mp3")
    reviewing.cut(id, 0.5, None, "eva", folder, sounds)
    publish()
    (second,) = (public / "experts/garden").glob("*.mp3")
    assert first.name != second.name


def test_hostile_texts_are_shown_as_they_are_and_do_nothing(
    public: Path, folder: Path, publish: Publish
) -> None:
    session = make_session(NASTY[:150])
    ExpertLine.update(title=NASTY).execute()
    approved(folder, session, title=NASTY, corrected=NASTY)
    publish()
    for text in texts(public):
        assert "<script" not in text
        assert "{{ 7*7 }}" in text or "7*7" not in text
    for path in (public / "experts").rglob("*.html"):
        assert "script" not in elements(path.read_bytes())
    (item,) = items(public)
    assert "<script>alert(1)</script>" in item.title_detail.value or "&lt;script" in item.title


def test_pages_and_feed_are_well_formed(public: Path, folder: Path, publish: Publish) -> None:
    approved(folder)
    approved(folder, make_session("Roses", "flowers & more"), language="zh", corrected="剪枝\n春天")
    publish()
    pages = list((public / "experts").rglob("*.html"))
    assert len(pages) == 5
    for page in pages:
        assert elements(page.read_bytes()).count("h1") == 1
    for found in (public / "experts").rglob("feed.xml"):
        assert ElementTree.parse(found).getroot().get("version") == "2.0"


def test_a_line_whose_name_is_no_address_gets_its_number(
    public: Path, folder: Path, publish: Publish
) -> None:
    for name in ("../../etc", "专家", "line-1", "A b"):
        approved(folder, make_session("Roses", name))
    publish()
    folders = {path.name for path in (public / "experts").iterdir() if path.is_dir()}
    assert folders == {f"line-{line.id}" for line in ExpertLine.select()}
    assert len(folders) == 4


class Killed(BaseException):
    """No handler of ours sees a kill."""


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies just before it gives a file its name, or removes one, for that time."""
    left = [step]

    def dying(act: Callable[..., object]) -> Callable[..., object]:
        def done(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return act(*arguments, **named)

        return done

    monkeypatch.setattr("os.replace", dying(os.replace))
    monkeypatch.setattr("lines.pieces.publishing.shelf.Path.unlink", dying(Path.unlink))


def test_an_export_that_dies_at_any_moment_shows_whole_things_and_is_completed(
    public: Path, folder: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = approved(folder)
    publish()
    reviewing.reopen(gone.id, "eva")
    new = approved(folder)
    deaths = 0
    for step in range(30):
        with monkeypatch.context() as patched:
            kill_at(step, patched)
            try:
                publish()
                break
            except Killed:
                deaths += 1
        assert is_due(public, IMPRINT)
        for item in items(public):
            assert (public / item.enclosures[0].href.removeprefix(SITE)).exists()
            assert (public / item.link.removeprefix(SITE)).exists()
    assert deaths >= 4  # each gets further than the one before
    assert not is_due(public, IMPRINT)
    assert not [name for name in seen(public) if gone.id in name]
    assert [item.title for item in items(public)] == [new.session.topic]


def test_what_a_kill_left_unfinished_is_removed(
    public: Path, folder: Path, publish: Publish
) -> None:
    approved(folder)
    publish()
    (public / "experts/garden/.half.part").write_bytes(b"half")
    (public / "experts/old-line").mkdir()
    (public / "experts/old-line/index.html").write_text("old")
    publish()
    assert not [name for name in seen(public) if name.endswith(".part") or "old" in name]


def test_it_is_due_only_when_something_has_changed(
    public: Path, folder: Path, publish: Publish
) -> None:
    id = approved(folder).id
    assert is_due(public, IMPRINT)
    publish()
    assert not is_due(public, IMPRINT)
    make_piece(folder)
    assert not is_due(public, IMPRINT)
    reviewing.entitle(id, "Another", "eva")
    assert is_due(public, IMPRINT)
    publish()
    ExpertSession.update(topic="Renamed").execute()
    assert is_due(public, IMPRINT)


def test_a_sound_that_cannot_be_made_does_not_keep_the_others_back(
    public: Path, folder: Path, publish: Publish
) -> None:
    good, bad = approved(folder), approved(folder)
    (folder / bad.path).write_bytes(b"no sound")
    done = publish()
    assert (done.stories, done.failed) == (1, 1)
    assert [item.link for item in items(public)] == [
        f"https://daily.example/experts/garden/{good.id}.html"
    ]
    assert is_due(public, IMPRINT)


def test_the_second_of_two_at_once_leaves_it_to_the_first(
    public: Path, folder: Path, sounds: Sounds
) -> None:
    approved(folder)
    asked = []

    class Meanwhile(Sounds):
        def publish(self, path: Path, into: Path, start: float, end: float) -> None:
            asked.append(export(public, folder, IMPRINT, sounds))
            super().publish(path, into, start, end)

    export(public, folder, IMPRINT, Meanwhile(folder))
    assert asked == [None]


def test_pieces_stand_by_session_in_the_order_in_which_they_were_spoken(
    public: Path, folder: Path, publish: Publish
) -> None:
    session = make_session()
    first = approved(folder, session, title="First")
    second = approved(folder, session, title="Second")
    Piece.update(begun_at=first.begun_at + timedelta(minutes=5)).where(
        Piece.id == second.id
    ).execute()
    later = make_session("Roses")
    ExpertSession.update(starts_at=session.starts_at + timedelta(days=7)).where(
        ExpertSession.id == later.id
    ).execute()
    approved(folder, later, title="Third")
    publish()
    page = (public / "experts/garden/index.html").read_text()
    assert page.index("Third") < page.index("First") < page.index("Second")


def test_a_disk_that_refuses_is_told(folder: Path, sounds: Sounds, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotPublished, match="cannot write into"):
        export(tmp_path / "file" / "public", folder, IMPRINT, sounds)


def test_marks_behind_the_sound_that_is_there_are_told(folder: Path, sounds: Sounds) -> None:
    row = make_piece(folder)
    with pytest.raises(SoundFailed, match="no samples"):
        sounds.publish(folder / row.path, folder / "out.mp3", 60.0, 70.0)
    assert not (folder / "out.mp3").exists()


def _alike(heard: np.ndarray, said: np.ndarray) -> tuple[float, int]:
    """How much two sounds are the same, and how many samples the first one is late."""
    size = len(heard) + len(said)
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size))
    match = np.fft.irfft(spectrum, size)
    return float(match.max() / np.sqrt((heard**2).sum() * (said**2).sum())), int(match.argmax())


def _uuid(id: str) -> str:
    return f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
