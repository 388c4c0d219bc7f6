"""A page of the store's file is overwritten, as a failing disk does."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.alarms import raise_alarms
from appliance.attention import needs
from appliance.backing_up import look_through_store
from appliance.home import Home
from appliance.settings import Settings
from provisioning.backup import making, restoring, state
from provisioning.backup.errors import StoreFaulty
from provisioning.backup.places import Places
from provisioning.backup.sqlite_store import assert_sound
from provisioning.backup.store_check import fault_of
from provisioning.backup.stores import store_at
from store.applying import apply
from store.database import connect, database, disconnect, translated
from store.errors import StoreAway
from store.jobs import MessageBegun
from store.models import Message

PAGE = 4096


@pytest.fixture
def damaged(box: Settings, places: Places) -> Settings:
    """With a good backup of before."""
    making.backup(box, places)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    (root,) = database.execute_sql(
        "SELECT rootpage FROM sqlite_master WHERE name = 'message'"
    ).fetchone()
    disconnect()
    overwrite_page(box.home / "pressline.db", root)
    return box


def overwrite_page(path: Path, number: int) -> None:
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def test_it_is_found_and_told_though_the_store_itself_cannot_be_asked(damaged: Settings) -> None:
    home = Home(damaged.home)
    assert "damaged" in look_through_store(damaged, home)
    connect(damaged.store_url)
    assert "pressline restore" in needs(home)["damage"]
    assert "damage" in raise_alarms(damaged, home)
    disconnect()


def test_it_goes_into_no_backup_and_the_last_good_one_stays(
    damaged: Settings, places: Places
) -> None:
    good = state.read(places)
    with pytest.raises(StoreFaulty, match="damaged"):
        making.backup(damaged, places)
    after = state.read(places)
    assert (after.snapshot, after.good_at) == (good.snapshot, good.good_at)
    assert "damaged" in after.fault


def test_restoring_the_store_alone_mends_it_and_leaves_newer_files(
    damaged: Settings, places: Places
) -> None:
    newer = damaged.home / "voicemail" / "2026" / "11" / "22" / "newer.wav"
    newer.write_bytes(b"spoken after the backup")
    done = restoring.restore(damaged, places, "latest", replace=True, store_only=True)
    assert_sound(damaged.home / "pressline.db")
    assert fault_of(damaged.store_url) == ""
    assert store_at(damaged.store_url).sums()["message"].rows == 3
    assert newer.exists()
    assert done.aside
    assert (done.aside / "pressline.db").exists()


def test_for_whoever_asks_it_a_damaged_store_is_a_store_that_is_away(damaged: Settings) -> None:
    """So that the box does what it does without a store: calls go on, what is new waits."""
    connect(damaged.store_url)
    with pytest.raises(StoreAway, match="malformed"), translated():
        list(Message.select())
    begun = MessageBegun("m1", "desk", "c1", datetime(2026, 11, 22, tzinfo=UTC))
    with pytest.raises(StoreAway, match="malformed"):
        apply([begun])
    disconnect()
