"""A backup of a box that goes on working, restored on another: all rows and files are equal."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from appliance.settings import Settings
from provisioning.backup import making, restoring, state, verifying
from provisioning.backup.errors import NotAsItWas, RestoreRefused, TargetGone
from provisioning.backup.key import key_of
from provisioning.backup.places import Places
from provisioning.backup.stores import store_at
from store.database import connect, disconnect
from store.models import ALL, AuditEntry, CallTag
from store.recordings import checksum
from tests.provisioning.filling import add_row, tables

UNKEPT = ("prompts/made-anew.wav",)


@contextmanager
def writers_at_work(settings: Settings) -> Iterator[list[int]]:
    """Rows keep being written, by another connection; gives how many so far."""
    done, stop = [0], threading.Event()

    def write() -> None:
        connect(settings.store_url)
        while not stop.is_set():
            add_row(CallTag)
            done[0] += 1
        disconnect()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield done
    finally:
        stop.set()
        thread.join(60)


def files(home: Path) -> dict[str, str]:
    folders = ("voicemail", "recordings", "own-prompts", "spool")
    paths = [path for name in folders for path in (home / name).rglob("*") if path.is_file()]
    paths += [home / "secrets.toml", home / "pressline.toml"]
    return {str(path.relative_to(home)): checksum(path) for path in paths}


def other_box(settings: Settings, tmp_path: Path, database: str = "") -> Settings:
    home = tmp_path / "other"
    home.mkdir()
    key = key_of("", Places(settings.home))
    return settings.model_copy(
        update={"home": home, "database": database, "backup_password": SecretStr(key)}
    )


def new_database(url: str) -> str:
    """Another, empty database on the same server."""
    name = url.rsplit("/", 1)[1] + "_other"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
    return f"{url}_other"


def test_another_box_gets_every_row_and_file_while_writers_go_on(
    any_box: Settings, tmp_path: Path
) -> None:
    with writers_at_work(any_box) as written:
        made = making.backup(any_box, Places(any_box.home))
        assert written[0] > 0
    then = made.manifest.tables
    assert {model._meta.table_name for model in ALL} <= set(then)
    assert all(then[model._meta.table_name].rows for model in ALL)

    database = new_database(any_box.database) if any_box.database else ""
    other = other_box(any_box, tmp_path, database)
    done = restoring.restore(other, Places(other.home), "latest", replace=False)

    assert store_at(other.store_url).sums() == then
    assert files(other.home) == files(any_box.home)
    assert not any((other.home / path).exists() for path in UNKEPT)
    assert done.aside is None
    disconnect()
    connect(other.store_url)
    add_row(CallTag)  # what comes back can be written to: keys go on where they were
    with pytest.raises(Exception, match=r"audit|never"):
        AuditEntry.delete().execute()


def test_a_backup_is_proven_and_a_file_that_rotted_is_found_out(
    box: Settings, places: Places
) -> None:
    making.backup(box, places)
    proven = verifying.verify(box, places)
    assert set(tables()) >= {model._meta.table_name for model in ALL}
    assert proven.files == len(files(box.home)) - 4  # spool and journal travel apart
    message = box.home / "voicemail/2026/11/22/one.wav"
    rot(message)
    making.backup(box, places)
    with pytest.raises(NotAsItWas, match=r"2026/11/22/one\.wav: other content"):
        verifying.verify(box, places)
    assert not places.scratch.exists()


def rot(path: Path) -> None:
    """Other content, while size and time stay: what a failing disk does."""
    facts = path.stat()
    path.write_bytes(b"?" * facts.st_size)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def test_a_home_with_data_is_not_overwritten_but_moved_aside_when_that_is_wanted(
    box: Settings, places: Places
) -> None:
    making.backup(box, places)
    before = store_at(box.store_url).sums()
    add_row(CallTag)
    (box.home / "own-prompts" / "newer.wav").write_bytes(b"newer")
    disconnect()
    with pytest.raises(RestoreRefused, match="is not empty: own-prompts"):
        restoring.restore(box, places, "latest", replace=False)
    done = restoring.restore(box, places, "latest", replace=True)
    assert done.aside
    assert (done.aside / "own-prompts" / "newer.wav").read_bytes() == b"newer"
    assert (done.aside / "pressline.db").exists()
    assert not (box.home / "own-prompts" / "newer.wav").exists()
    assert store_at(box.store_url).sums() == before


def test_an_archive_that_is_gone_is_never_made_anew_unasked(
    box: Settings, places: Places, target: Path
) -> None:
    making.backup(box, places)
    good = state.read(places)
    target.rename(target.with_name("unplugged"))
    with pytest.raises(TargetGone, match="plugged in"):
        making.backup(box, places)
    assert not target.exists()
    after = state.read(places)
    assert (after.good_at, after.snapshot) == (good.good_at, good.snapshot)
    assert "plugged in" in after.fault
    target.with_name("unplugged").rename(target)
    other = box.model_copy(update={"backup_password": SecretStr("another")})
    with pytest.raises(TargetGone, match="the key the same"):
        making.backup(other, places)
    making.backup(box, places)
    assert state.read(places).fault == ""
