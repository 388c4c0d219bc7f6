"""What is not kept cannot be taken away: calls and callers are forgotten in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.forgetting import forget
from appliance.home import Home
from appliance.settings import Settings
from store import forgetting
from store.forgetting import Forgotten, forget_calls, forget_numbers
from store.models import AuditEntry, Call, CallStep, CallTag, DialAttempt, Recording
from store.models.call import OPEN
from store.models.line import DialState, Door

NOW = datetime(2027, 5, 3, 4, 20, tzinfo=UTC)
LIMIT = NOW - timedelta(days=30)


def call(uuid: str, days: float, **facts: Any) -> Call:
    at = NOW - timedelta(days=days)
    known: dict[str, Any] = {
        "caller_number": "5551234",
        "caller_tail": "4321555",
        "caller_name": "Ann",
    }
    known |= {"state": "finished", "sip_call_id": "x@10.0.0.1"}
    row: Call = Call.create(uuid=uuid, started_at=at, **known | facts)
    CallStep.create(
        call=row, position=0, flow="main", step="number", verb="gather", started_at=at, seconds=1.0,
        detail="keyed 4711",
    )  # fmt: skip
    CallTag.create(call=row, tag="tip", started_at=at)
    return row


def recording(call: Call, folder: Path) -> Path:
    path = folder / f"{call.uuid}-1.wav"
    path.write_bytes(b"voice")
    Recording.create(path=path.name, call=call, seconds=1.0, sha256="", created_at=call.started_at)
    return path


def test_old_calls_go_with_all_that_they_left_and_young_ones_stay(
    store: str, tmp_path: Path
) -> None:
    old, young = recording(call("old", 31), tmp_path), recording(call("young", 29), tmp_path)
    assert forget_calls(LIMIT, tmp_path) == Forgotten(calls=1, recordings=1)
    assert not old.exists() and young.exists()
    assert [row.uuid for row in Call.select()] == ["young"]
    assert [row.call_id for row in CallStep.select()] == ["young"]
    assert [row.call_id for row in CallTag.select()] == ["young"]
    assert [row.path for row in Recording.select()] == [young.name]


def test_that_something_was_forgotten_stands_in_the_audit_log(store: str, tmp_path: Path) -> None:
    call("old", 31)
    forget_calls(LIMIT, tmp_path)
    forget_calls(LIMIT, tmp_path)
    entry = AuditEntry.get()
    assert (entry.action, entry.subject, entry.user) == ("forget", "calls", "")
    assert entry.after["calls"] == 1


def test_a_recording_whose_file_is_gone_is_no_trouble(store: str, tmp_path: Path) -> None:
    recording(call("old", 31), tmp_path).unlink()
    assert forget_calls(LIMIT, tmp_path).recordings == 1
    assert not Recording.select().exists()


def test_who_called_is_forgotten_and_that_somebody_did_is_not(store: str) -> None:
    call("old", 31)
    call("young", 29)
    assert forget_numbers(LIMIT).calls == 1
    old, young = Call.get_by_id("old"), Call.get_by_id("young")
    assert (old.caller_number, old.caller_tail, old.caller_name, old.sip_call_id) == ("",) * 4
    assert (young.caller_number, young.caller_name) == ("5551234", "Ann")
    kept = {row.call_id: row.detail for row in CallStep.select()}
    assert kept == {"old": "", "young": "keyed 4711"}
    assert forget_numbers(LIMIT).calls == 0


def test_the_dialling_log_forgets_who_asked(store: str) -> None:
    for days in (31, 29):
        DialAttempt.create(
            at=NOW - timedelta(days=days), number="+49301", door=Door.DIAL, asked_by="5551234",
            state=DialState.SETTLED,
        )  # fmt: skip
    forget_numbers(LIMIT)
    asked = [row.asked_by for row in DialAttempt.select().order_by(DialAttempt.at)]
    assert asked == ["", "5551234"]


def test_a_call_that_still_lasts_is_left_alone(store: str, tmp_path: Path) -> None:
    call("endless", 31, state=OPEN)
    assert not forget_calls(LIMIT, tmp_path)
    assert not forget_numbers(LIMIT)


def test_more_than_one_part_is_forgotten_to_the_end(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    for number in range(5):
        call(f"old-{number}", 31)
    assert forget_numbers(LIMIT).calls == 5
    assert forget_calls(LIMIT, tmp_path).calls == 5


def test_the_settings_say_what_is_forgotten_and_by_default_nothing_is(
    store: str, tmp_path: Path
) -> None:
    call("old", 31)
    home = Home(tmp_path)
    forget(Settings(home=tmp_path), home, NOW)
    assert Call.get().caller_number == "5551234"
    forget(Settings(home=tmp_path, keep_numbers=30), home, NOW)
    assert Call.get().caller_number == ""
    forget(Settings(home=tmp_path, keep_calls=30), home, NOW)
    assert not Call.select().exists()
