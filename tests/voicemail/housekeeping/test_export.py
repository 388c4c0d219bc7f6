"""A mailbox as a ZIP that anybody can open, and that does nobody harm."""

import csv
import io
import tracemalloc
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.models import Correction, Message, Transcript
from tests.voicemail.sounds import speech, write_wav
from tests.voicemail.stored import make_box, make_message
from voicemail.errors import BoxUnknown
from voicemail.housekeeping import export

ZONE = ZoneInfo("Europe/Berlin")
EVIL = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "../../etc/passwd",
    'a","b\n=1',
]

pytestmark = pytest.mark.usefixtures("store")


def exported(root: Path, name: str = "desk") -> zipfile.ZipFile:
    into = io.BytesIO()
    export(root, name, into, ZONE)
    archive = zipfile.ZipFile(into)
    assert archive.testzip() is None
    return archive


def table(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    text = archive.read("index.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_message_is_there_with_its_sound_and_its_words(tmp_path: Path) -> None:
    box = make_box()
    first = make_message(box, 1, root=tmp_path, caller_name="Ann", urgent=True)
    second = make_message(box, 2, root=tmp_path, state="saved", comment_path="comments/c.wav")
    make_message(box, 3, root=tmp_path, state="deleted")
    make_message(make_box("tips"), 4, root=tmp_path)
    write_wav(tmp_path / "comments" / "c.wav", speech(1))
    Transcript.create(message=first, state="done", text="the rode is closed")
    Correction.create(message=first, text="the road is closed")
    archive = exported(tmp_path)
    rows = table(archive)
    assert [row["file"] for row in rows] == [
        f"20261121-093100-{first}.wav",
        f"20261121-093200-{second}.wav",
    ]
    assert rows[0]["received"] == "2026-11-21 09:31:00"
    assert (rows[0]["urgent"], rows[0]["transcript"]) == ("yes", "the road is closed")
    for row, message in zip(rows, (first, second), strict=True):
        assert (
            archive.read(row["file"]) == (tmp_path / Message.get_by_id(message).path).read_bytes()
        )
    comment = archive.read(rows[1]["comment"])
    assert comment == (tmp_path / "comments" / "c.wav").read_bytes()
    page = archive.read("index.html").decode()
    assert "the road is closed" in page
    assert f'src="{rows[0]["file"]}"' in page


@pytest.mark.parametrize("evil", EVIL)
def test_what_callers_give_as_their_name_does_nothing(evil: str, tmp_path: Path) -> None:
    box = make_box(title=evil)
    message = make_message(box, 1, root=tmp_path, caller_name=evil, caller_number=evil[:64])
    Transcript.create(message=message, text=evil)
    archive = exported(tmp_path)
    (row,) = table(archive)
    for cell in (row["caller"], row["name"], row["transcript"]):
        assert cell.strip("'") in (evil, evil[:64])
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert sorted(archive.namelist()) == sorted([row["file"], "index.csv", "index.html"])
    assert tags(archive) <= {
        "html", "head", "meta", "title", "style", "body", "h1", "article", "h2", "audio", "p",
    }  # fmt: skip


def tags(archive: zipfile.ZipFile) -> set[str]:
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add(tag)
            assert {name for name, _ in attrs} <= {
                "charset", "name", "content", "controls", "preload", "src",
            }  # fmt: skip

    Reader().feed(archive.read("index.html").decode())
    return found


def test_a_message_whose_file_is_gone_is_in_the_index_all_the_same(tmp_path: Path) -> None:
    make_message(make_box(), 1)
    archive = exported(tmp_path)
    assert len(table(archive)) == 1
    assert sorted(archive.namelist()) == ["index.csv", "index.html"]


def test_an_empty_box_gives_an_empty_index(tmp_path: Path) -> None:
    make_box()
    assert table(exported(tmp_path)) == []


def test_a_box_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoxUnknown):
        exported(tmp_path, "none")


def test_a_large_box_is_not_held_in_memory(tmp_path: Path) -> None:
    box = make_box()
    for number in range(8):
        message = make_message(box, number, root=tmp_path)
        with (tmp_path / Message.get_by_id(message).path).open("ab") as file:
            file.truncate(20_000_000)
    tracemalloc.start()
    with (tmp_path / "export.zip").open("wb") as into:
        assert export(tmp_path, "desk", into, ZONE) == 8
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "export.zip").stat().st_size > 160_000_000
    assert most < 20_000_000
