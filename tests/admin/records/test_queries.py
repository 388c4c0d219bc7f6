"""Data sources and queries in the panel: kept, tried, and passwords never shown."""

import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from desk import records
from store.models import AuditEntry, DataSource, SavedQuery
from tests.admin.panels import signed_in
from tests.admin.records.doubles import FakeRecords
from tests.admin.records.nasty import NASTY, survives

SOURCE = {"name": "paper", "url": "", "password": "", "password_env": ""}
SQL = "SELECT title, ends_on, price FROM subscription WHERE number = :number"
QUERY = {
    "name": "subscription",
    "source": "paper",
    "note": "until when",
    "sql": SQL,
    "parameters-0-name": "number",
    "parameters-0-type": "digits",
    "parameters-0-max_length": "8",
    "row_limit": "20",
    "time_limit": "2s",
    "fresh_max_age": "",
}


@pytest.fixture
def source(client: FlaskClient, tmp_path: Path) -> DataSource:
    file = tmp_path / "paper.db"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE subscription (number, title, ends_on, price)")
        database.execute(
            "INSERT INTO subscription VALUES ('12', '<script>alert(1)</script>', '2027-05-03', 3)"
        )
    given = {**SOURCE, "url": f"sqlite:///{file}"}
    assert client.post("/records/sources/new/", data=given).status_code == 302
    found: DataSource = DataSource.get()
    return found


@pytest.fixture
def query(client: FlaskClient, source: DataSource) -> SavedQuery:
    assert client.post("/records/queries/new/", data=QUERY).status_code == 302
    found: SavedQuery = SavedQuery.get()
    return found


def test_the_password_of_a_source_goes_in_and_never_comes_out(client: FlaskClient) -> None:
    given = {**SOURCE, "url": "postgresql://reader@db.example/paper", "password": "p@ss/word"}
    assert client.post("/records/sources/new/", data=given).status_code == 302
    assert records.sources()["paper"].password == "p@ss/word"
    row = DataSource.get()
    pages = ("", f"edit/?id={row.id}", f"details/?id={row.id}")
    for page in pages:
        text = client.get(f"/records/sources/{page}").text
        assert "p@ss" not in text
        assert "p%40ss" not in text
    assert "p%40ss" not in str([(row.before, row.after) for row in AuditEntry.select()])


def test_the_kept_password_stays_when_the_address_does(client: FlaskClient) -> None:
    given = {**SOURCE, "url": "postgresql://reader@db.example/paper", "password": "secret"}
    client.post("/records/sources/new/", data=given)
    url = f"/records/sources/edit/?id={DataSource.get().id}"
    shown = re.search(r'name="url"[^>]*value="([^"]*)"', client.get(url).text)
    assert shown
    assert client.post(url, data={**SOURCE, "url": shown[1]}).status_code == 302
    assert records.sources()["paper"].password == "secret"
    elsewhere = shown[1].replace("db.example", "evil.example")
    assert "write it out" in client.post(url, data={**SOURCE, "url": elsewhere}).text


def test_a_refused_form_does_not_send_the_password_back(client: FlaskClient) -> None:
    given = {**SOURCE, "url": "oracle://reader:hush@db.example/paper", "password": "secret"}
    answer = client.post("/records/sources/new/", data=given)
    assert answer.status_code == 200
    assert "hush" not in answer.text
    assert "secret" not in answer.text


def test_whether_a_source_answers_is_told(
    client: FlaskClient, source: DataSource, tmp_path: Path
) -> None:
    url = "/records/sources/check"
    page = client.post(url, data={"id": source.id}, follow_redirects=True).text
    assert "It answers." in page
    DataSource.update(url=f"sqlite:///{tmp_path}/gone.db").execute()
    page = client.post(url, data={"id": source.id}, follow_redirects=True).text
    assert "It does not answer" in page


def test_a_query_is_kept_with_its_parameters(query: SavedQuery) -> None:
    kept = records.queries()["subscription"]
    assert kept.parameters["number"].type == "digits"
    assert kept.parameters["number"].max_length == 8
    assert kept.time_limit == 2.0


def test_a_query_comes_back_into_its_form(client: FlaskClient, query: SavedQuery) -> None:
    url = f"/records/queries/edit/?id={query.id}"
    given = {**QUERY, "fresh_max_age": "26h", "fresh_column": "ends_on", "time_limit": "500ms"}
    assert client.post(url, data=given).status_code == 302
    page = client.get(url).text
    assert 'value="26h"' in page
    assert 'value="0.5s"' in page
    assert 'value="number"' in page


def test_a_parameter_that_nobody_declared_is_told(client: FlaskClient, source: DataSource) -> None:
    given = {**QUERY, "parameters-0-name": ""}
    answer = client.post("/records/queries/new/", data=given)
    assert "sql uses :number, which parameters does not declare" in answer.text


def test_a_tried_query_shows_what_it_finds_and_how_it_is_spoken(
    client: FlaskClient, query: SavedQuery
) -> None:
    sentence = "Until {{ row.ends_on | date }}."
    given = {"with-number": "12", "sentence": sentence, "language": "en"}
    page = client.post(f"/records/queries/try?id={query.id}", data=given).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "Until Monday, the third of May, twenty twenty-seven." in page


def test_without_a_sentence_the_values_are_spoken(client: FlaskClient, query: SavedQuery) -> None:
    page = client.post(f"/records/queries/try?id={query.id}", data={"with-number": "12"}).text
    assert "{{ row.title }}, {{ row.ends_on }}, {{ row.price }}" in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"with-number": "99"}, "Nothing was found."),
        ({"with-number": "1 OR 1=1"}, "expected digits"),
        ({"with-number": ""}, "is missing"),
    ],
)
def test_what_goes_wrong_is_told_in_plain_words(
    client: FlaskClient, query: SavedQuery, given: dict[str, str], told: str
) -> None:
    assert told in client.post(f"/records/queries/try?id={query.id}", data=given).text


def test_a_mistake_in_the_question_is_told(client: FlaskClient, query: SavedQuery) -> None:
    SavedQuery.update(sql="SELEC :number").execute()
    page = client.post(f"/records/queries/try?id={query.id}", data={"with-number": "1"}).text
    assert "syntax error" in page


@pytest.mark.parametrize(
    "sentence", ["{{ row.nothing }}", "{{ 'a' * 10**9 }}", "{% for", "{{ row.__class__ }}"]
)
def test_a_bad_sentence_is_told(client: FlaskClient, query: SavedQuery, sentence: str) -> None:
    given = {"with-number": "12", "sentence": sentence}
    page = client.post(f"/records/queries/try?id={query.id}", data=given)
    assert page.status_code == 200
    assert '<p class="note bad">' in page.text


def test_hostile_text_breaks_nothing(client: FlaskClient, query: SavedQuery) -> None:
    survives(client, "/records/sources/new/", {**SOURCE, "url": "sqlite:///x"}, *SOURCE)
    fields = [name for name in QUERY if name != "parameters-0-max_length"]
    survives(client, "/records/queries/new/", QUERY, *fields, "parameters-0-pattern")
    for text in NASTY.values():
        given = {"with-number": text, "sentence": text, "language": text}
        answer = client.post(f"/records/queries/try?id={query.id}", data=given)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_what_is_asked_for_is_not_removed(
    client: FlaskClient, query: SavedQuery, box: FakeRecords
) -> None:
    source = DataSource.get()
    page = client.post("/records/sources/delete/", data={"id": source.id}, follow_redirects=True)
    assert "query subscription" in page.text
    box.needed["subscription"] = ["main"]
    client.post("/records/queries/delete/", data={"id": query.id})
    assert SavedQuery.select().exists()
    box.needed.clear()
    client.post("/records/queries/delete/", data={"id": query.id})
    client.post("/records/sources/delete/", data={"id": source.id})
    assert not DataSource.select().exists()


def test_an_editor_tries_queries_and_does_not_change_them(app: Flask, query: SavedQuery) -> None:
    editor = signed_in(app, Role.EDITOR)
    url = f"/records/queries/try?id={query.id}"
    assert "Found." in editor.post(url, data={"with-number": "12"}).text
    assert editor.post("/records/queries/new/", data=QUERY).status_code == 403
    reader = signed_in(app, Role.READ_ONLY)
    assert reader.post(url, data={"with-number": "12"}).status_code == 403
