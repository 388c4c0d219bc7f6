"""The list of flows: states, new ones, import, export."""

import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.flows.gallery import Pattern, patterns
from appliance.steps import TABLE, simulated_services
from ivr_flows.loader import load_flow
from ivr_flows.trials import run_tests
from store import flows, routes
from store.fields import now
from store.models import AuditEntry, Call
from tests.admin.flows.texts import BROKEN, CHANGED, MAIN
from tests.admin.panels import signed_in


def test_the_list_tells_what_is_live_who_reaches_it_and_how_many_called_today(
    editor: FlaskClient, main: str
) -> None:
    routes.replace([{"number": "100", "flow": "main"}, {"number": "1*", "flow": "main"}])
    Call.create(uuid="a", flow="main", started_at=now())
    page = editor.get("/flows/").text
    assert "Main line" in page
    assert "version 1 is live" in page
    assert "100, 1*" in page
    assert '<td data-label="Calls today" class="number">1</td>' in page
    assert "draft 1" not in page


def test_a_draft_with_mistakes_is_told_beside_the_live_version(
    editor: FlaskClient, main: str
) -> None:
    flows.save_draft("main", BROKEN, author="ben")
    page = editor.get("/flows/").text
    assert "version 1 is live" in page
    assert "draft 2" in page
    assert "1 mistake in the draft" in page
    assert "ben" in page


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_each_flow_of_the_gallery_loads_under_a_new_name_and_passes_its_test_calls(
    pattern: Pattern,
) -> None:
    assert pattern.title and pattern.about
    flow = load_flow(pattern.called("front-page"), "front-page", table=TABLE)
    results = run_tests(flow, services=simulated_services)
    assert flow.name == "front-page"
    assert results
    assert [str(result) for result in results if not result.passed] == []


def test_a_new_flow_begins_as_a_draft_from_the_gallery(editor: FlaskClient) -> None:
    answer = editor.post("/flows/new", data={"name": "front-page", "pattern": "welcome"})
    assert answer.headers["Location"] == "/flows/edit/front-page"
    assert flows.version("front-page").text.startswith("flow: front-page\n")
    assert flows.live("front-page") is None
    assert AuditEntry.get().action == "create"


@pytest.mark.parametrize(
    ("name", "pattern", "told"),
    [
        ("main", "welcome", "There is a flow of that name already."),
        ("", "welcome", "A name has letters"),
        ("../etc", "welcome", "A name has letters"),
        ("a" * 65, "welcome", "A name has letters"),
        ("new", "nonsense", "Choose what to begin with."),
        ("new", "", "Choose what to begin with."),
    ],
)
def test_a_new_flow_that_cannot_be_is_refused_with_words(
    editor: FlaskClient, main: str, name: str, pattern: str, told: str
) -> None:
    answer = editor.post("/flows/new", data={"name": name, "pattern": pattern})
    assert answer.status_code == 200
    assert told in answer.text
    assert len(flows.versions("main")) == 1


def upload(editor: FlaskClient, *files: tuple[str, bytes]) -> str:
    data = {"files": [(io.BytesIO(content), name) for name, content in files]}
    return editor.post("/flows/import", data=data, follow_redirects=True).text


def test_files_are_taken_in_as_drafts_mistakes_or_not(editor: FlaskClient, main: str) -> None:
    page = upload(editor, ("a.yaml", CHANGED.encode()), ("b.yaml", b"flow: other\nsteps: 3"))
    assert "a.yaml: kept as version 2 of main, not live yet." in page
    assert "b.yaml: kept as version 1 of other, not live yet." in page
    live = flows.live("main")
    assert live is not None and live.number == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00" * 50,
        b"steps: {}",
        b"flow: ../x",
        b"x" * 200_000,
        b"PK\x03\x04",
    ],
)
def test_a_file_that_is_no_flow_is_refused_by_its_name(editor: FlaskClient, content: bytes) -> None:
    page = upload(editor, ("../../<b>odd</b>.yaml", content))
    assert "&lt;b&gt;odd&lt;/b&gt;.yaml" in page
    assert flows.live_numbers() == {}


def test_all_flows_are_given_out_as_they_are_live(editor: FlaskClient, main: str) -> None:
    flows.save_draft("main", CHANGED)
    flows.save_draft("never-live", BROKEN)
    packed = zipfile.ZipFile(io.BytesIO(editor.get("/flows/export.zip").data))
    assert packed.namelist() == ["main.yaml", "never-live.yaml"]
    assert packed.read("main.yaml").decode() == MAIN


def test_who_may_only_look_can_neither_begin_nor_import(app: Flask, main: str) -> None:
    reader = signed_in(app, Role.READ_ONLY)
    assert reader.get("/flows/").status_code == 200
    assert "New flow" not in reader.get("/flows/").text
    assert reader.get("/flows/new").status_code == 403
    assert reader.post("/flows/import").status_code == 403
