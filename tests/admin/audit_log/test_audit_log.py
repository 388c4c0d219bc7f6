"""The audit log: looked through, given out, never altered."""

import csv
import io
from datetime import UTC, datetime

import peewee
import pytest
from flask import Flask
from flask.testing import FlaskClient

from store.models import AuditEntry
from tests.admin.panels import signed_in


@pytest.fixture
def boss(app: Flask) -> FlaskClient:
    return signed_in(app)


def entry(**fields: object) -> AuditEntry:
    given = {"user": "anna", "action": "change", "subject": "mailbox", "subject_id": "desk"}
    return AuditEntry.create(**{**given, **fields})


def test_what_changed_stands_side_by_side(boss: FlaskClient) -> None:
    entry(before={"title": "Old", "same": 1}, after={"title": "New", "same": 1})
    page = boss.get("/audit-log/").text
    assert "<del><bdi>Old</bdi></del>" in page
    assert "<ins><bdi>New</bdi></ins>" in page
    assert "same" not in page


def test_what_was_not_filled_in_is_not_told(boss: FlaskClient) -> None:
    entry(before=None, after={"title": "New", "mail": "", "hours": None, "shared": False})
    page = boss.get("/audit-log/").text
    assert "<ins><bdi>New</bdi></ins>" in page
    assert "<ins><bdi>false</bdi></ins>" in page
    assert "mail</span>" not in page
    assert "hours</span>" not in page


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"text": "needle"}, {1}),
        ({"text": "针"}, {2}),
        ({"text": "100%"}, {3}),
        ({"text": "%"}, {3}),
        ({"text": "' OR 1=1 --"}, set()),
        ({"user": "berta"}, {2}),
        ({"subject": "flow"}, {3}),
        ({"action": "publish"}, {3}),
        ({"since": "2026-05-02", "until": "2026-05-02"}, {2}),
        ({"until": "2026-05-01"}, {1}),
        ({"since": "no day", "until": "9999-12-31"}, {1, 2, 3}),
        ({"text": "x" * 5000}, set()),
    ],
)
def test_it_is_searched(boss: FlaskClient, search: dict[str, str], found: set[int]) -> None:
    entry(subject_id="1", after={"a": "a needle"}, at=datetime(2026, 5, 1, 12, tzinfo=UTC))
    # Half past midnight of the second of May, on the paper's clocks in Berlin.
    second = datetime(2026, 5, 1, 22, 30, tzinfo=UTC)
    entry(subject_id="2", user="berta", before={"b": "大海捞针"}, at=second)
    third = datetime(2026, 5, 3, 12, tzinfo=UTC)
    entry(subject_id="3", subject="flow", action="publish", after={"c": "100%"}, at=third)
    rows = csv.DictReader(io.StringIO(boss.get("/audit-log/export", query_string=search).text))
    assert {int(row["subject_id"]) for row in rows} == found
    assert boss.get("/audit-log/", query_string=search).status_code == 200


def test_it_is_paged(boss: FlaskClient) -> None:
    for at in range(120):
        entry(subject_id=f"<{at}>")
    first = boss.get("/audit-log/").text
    assert "&lt;119&gt;" in first and "&lt;70&gt;" in first and "&lt;69&gt;" not in first
    second = boss.get("/audit-log/?before=71").text
    assert "&lt;69&gt;" in second and "&lt;20&gt;" in second and "&lt;70&gt;" not in second


@pytest.mark.parametrize("before", ["-1", "x", "9" * 40, ""])
def test_a_page_that_is_none_is_the_first(boss: FlaskClient, before: str) -> None:
    entry()
    assert "desk" in boss.get(f"/audit-log/?before={before}").text


def test_a_cell_is_no_formula(boss: FlaskClient) -> None:
    entry(subject_id="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in boss.get("/audit-log/export").text


def test_the_store_itself_refuses_to_alter_or_remove_an_entry(store: None) -> None:
    entry()
    for act in (AuditEntry.update(user="nobody"), AuditEntry.delete()):
        with pytest.raises(peewee.DatabaseError):
            act.execute()
