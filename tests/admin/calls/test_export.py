"""Calls taken away as a table."""

import csv
import io

import pytest
from flask import Flask

from admin.access.roles import Role
from store.models import AuditEntry
from tests.admin.calls.rows import a_call
from tests.admin.panels import signed_in


def exported(app: Flask, **form: str) -> list[dict[str, str]]:
    answer = signed_in(app).post("/calls/export.csv", data=form)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_what_was_found_is_exported_with_local_times(app: Flask) -> None:
    a_call("a", 0, flow="ads", tags=["scoop", "late"])
    a_call("b", 1)
    (row,) = exported(app, flow="ads")
    assert (row["id"], row["started"], row["seconds"]) == ("a", "2026-11-22 09:00:00", "70.0")
    assert row["tags"] == "scoop, late"


def test_no_cell_is_a_formula(app: Flask) -> None:
    a_call("a", caller_name="=HYPERLINK(1)", caller_number="+4930", tags=["@x"])
    (row,) = exported(app)
    assert row["caller_name"] == "'=HYPERLINK(1)"
    assert row["caller_number"] == "'+4930"
    assert row["tags"] == "'@x"


def test_who_hid_the_number_stays_hidden(app: Flask) -> None:
    a_call("a", withheld=True)
    (row,) = exported(app)
    assert (row["caller_number"], row["caller_name"], row["withheld"]) == ("", "", "yes")


def test_all_pages_are_in_it_up_to_the_most(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("admin.calls.export.AT_ONCE", 2)
    for number in range(7):
        a_call(f"c{number}", number, steps=0)
    assert [row["id"] for row in exported(app)] == [f"c{n}" for n in reversed(range(7))]
    monkeypatch.setattr("admin.calls.export.MOST_ROWS", 5)
    assert len(exported(app)) == 5


def test_an_export_is_kept_in_the_audit_log(app: Flask) -> None:
    exported(app, flow="main", nonsense="x")
    entry = AuditEntry.get()
    assert (entry.action, entry.subject, entry.after) == ("export", "calls", {"flow": "main"})


def test_who_may_not_export_is_refused(app: Flask) -> None:
    assert signed_in(app, Role.READ_ONLY).post("/calls/export.csv").status_code == 403
    assert signed_in(app).get("/calls/export.csv").status_code in (404, 405)
