"""The editor: mistakes in place, drafts that nobody overwrites unseen."""

import time
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.flows.presence import GONE_AFTER, Presence
from store import flows
from store.fields import now
from store.models import AuditEntry, Call, CallStep
from tests.admin.flows.texts import BROKEN, CHANGED, MAIN
from tests.admin.panels import signed_in, user

pytestmark = pytest.mark.usefixtures("main")
CHECK, SAVE, HERE = (f"/flows/edit/main/{what}" for what in ("check", "save", "here"))


def checked(editor: FlaskClient, text: str) -> dict[str, Any]:
    answer = editor.post(CHECK, json={"text": text})
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def test_the_page_carries_the_newest_text(editor: FlaskClient) -> None:
    flows.save_draft("main", MAIN.replace("news.", "<script>alert(1)</script>"), author="ben")
    page = editor.get("/flows/edit/main").text
    assert "\\u003cscript\\u003ealert(1)" in page
    assert "<script>alert" not in page


def test_each_mistake_is_told_with_its_place_and_step(editor: FlaskClient) -> None:
    found = checked(editor, BROKEN)
    assert found["problems"] == [
        {
            "line": 9,
            "column": 16,
            "step": "ask",
            "message": 'there is no step "bey", did you mean "bye"?',
        }
    ]
    assert [step["name"] for step in found["steps"]] == ["ask", "news", "bye"]
    assert ["1", "news"] in found["steps"][0]["ways"]


def test_a_text_without_mistakes_has_none(editor: FlaskClient) -> None:
    assert checked(editor, CHANGED)["problems"] == []


def test_names_that_do_not_exist_in_the_box_are_mistakes(editor: FlaskClient) -> None:
    found = checked(editor, MAIN.replace('{say: "Here is the news."', "{flow: weather"))
    assert [one["message"] for one in found["problems"]] == ['there is no flow "weather"']


def test_a_text_that_names_another_flow_is_a_mistake(editor: FlaskClient) -> None:
    (found,) = checked(editor, MAIN.replace("flow: main", "flow: maim"))["problems"]
    assert (found["line"], found["column"]) == (1, 7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 50_000,
        "a: " * 20_000,
        "&a [*a]",
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "\n".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefghi")),
        "flow: !!python/object/apply:os.system [id]",
        "flow: main\nflow: main\nstart: a\nsteps: {a: {say: x}, a: {say: y}}",
        "\u202emain: \U0001f4de",
        "{{ [1] * 10 ** 9 }}",
        "<<: *x",
    ],
)
def test_hostile_texts_are_told_as_mistakes(editor: FlaskClient, text: str) -> None:
    assert checked(editor, text)["problems"]


@pytest.mark.parametrize("given", [None, 5, [], {"text": None}, {"text": ["x"]}, {"no": "text"}])
def test_what_is_no_text_is_refused(editor: FlaskClient, given: Any) -> None:
    for address in (CHECK, SAVE):
        answer = editor.post(address, json=given, headers={"Accept": "application/json"})
        assert answer.status_code == 409
        assert answer.json and answer.json["error"]


@pytest.mark.parametrize("text", ["a: \0", "a: \ud800", "x" * 100_001, "中" * 40_000])
def test_what_no_store_takes_or_nobody_reads_is_refused(editor: FlaskClient, text: str) -> None:
    answer = editor.post(SAVE, json={"text": text, "from": 1})
    assert answer.status_code == 409
    assert len(flows.versions("main")) == 1


def test_five_megabytes_are_refused_before_they_are_read(editor: FlaskClient) -> None:
    answer = editor.post(
        CHECK, json={"text": "x" * 5_000_000}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 413


def test_a_draft_is_kept_with_its_author_mistakes_or_not(editor: FlaskClient) -> None:
    answer = editor.post(SAVE, json={"text": BROKEN.replace("\n", "\r\n"), "from": 1})
    assert answer.json and answer.json["number"] == 2
    kept = flows.version("main")
    assert (kept.text, kept.author) == (BROKEN, "editor")
    live = flows.live("main")
    assert live is not None and live.number == 1
    entry = AuditEntry.get()
    assert (entry.user, entry.action, entry.subject_id) == ("editor", "save", "main")
    assert (entry.before, entry.after) == ({"version": 1}, {"version": 2})


def test_the_same_text_again_is_no_new_version_and_no_entry(editor: FlaskClient) -> None:
    editor.post(SAVE, json={"text": MAIN, "from": 1})
    assert len(flows.versions("main")) == 1
    assert AuditEntry.select().count() == 0


def test_nothing_is_overwritten_that_somebody_else_saved_meanwhile(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED, author="ben")
    answer = editor.post(SAVE, json={"text": BROKEN, "from": 1})
    assert answer.status_code == 409
    theirs = (answer.json or {})["newest"]
    assert (theirs["number"], theirs["author"], theirs["text"]) == (2, "ben", CHANGED)
    assert flows.version("main").text == CHANGED
    kept = editor.post(SAVE, json={"text": BROKEN, "from": 2})
    assert (kept.json or {})["number"] == 3


@pytest.mark.parametrize("number", [None, "", "x", -1, 1.5, "9" * 30, "²"])
def test_a_save_that_does_not_tell_where_it_began_is_refused(
    editor: FlaskClient, number: Any
) -> None:
    assert editor.post(SAVE, json={"text": CHANGED, "from": number}).status_code == 409
    assert len(flows.versions("main")) == 1


def test_two_who_edit_the_same_flow_are_told_of_each_other(app: Flask) -> None:
    ann = signed_in(app, user(Role.EDITOR, "ann"))
    ben = signed_in(app, user(Role.EDITOR, "ben"))
    assert (ann.post(HERE, json={"tab": "1"}).json or {})["others"] == []
    assert (ben.post(HERE, json={"tab": "2"}).json or {})["others"] == ["ann"]
    assert (ann.post(HERE, json={"tab": "1"}).json or {})["others"] == ["ben"]
    ben.post(HERE, json={"tab": "2", "gone": True})
    assert (ann.post(HERE, json={"tab": "1"}).json or {})["others"] == []


def test_an_editor_that_is_silent_is_gone_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    presence, at = Presence(), time.monotonic()
    presence.here("main", "ann", "1")
    assert presence.here("main", "ben", "2") == ["ann"]
    monkeypatch.setattr(time, "monotonic", lambda: at + GONE_AFTER + 1)
    assert presence.here("main", "ben", "2") == []


def test_callers_who_hung_up_are_counted_by_step_within_the_days_asked(
    editor: FlaskClient,
) -> None:
    call = Call.create(uuid="a", flow="main", started_at=now())
    steps = [("ask", "1"), ("ask", "hangup"), ("ask", "hangup"), ("news", "hangup")]
    for position, (step, event) in enumerate(steps):
        CallStep.create(
            call=call, position=position, flow="main", step=step, verb="menu",
            started_at=now(), seconds=1, event=event,
        )  # fmt: skip
    assert editor.get("/flows/edit/main/left.json?days=7").json == {"ask": 2, "news": 1}
    assert editor.get("/flows/edit/other/left.json?days=7").json == {}
    assert editor.get("/flows/edit/main/left.json?days=9999999").status_code == 404


def test_the_words_name_what_there_is_in_the_box(editor: FlaskClient) -> None:
    words = editor.get("/flows/edit/words.json").json or {}
    assert words["names"]["flow"] == ["main"]
    assert words["verbs"]["menu"]["fields"]["noinput"]["names"] == "step"


def test_who_may_only_look_sees_the_flow_and_keeps_nothing(app: Flask) -> None:
    reader = signed_in(app, Role.READ_ONLY)
    assert "Save draft" not in reader.get("/flows/edit/main").text
    assert reader.post(CHECK, json={"text": MAIN}).status_code == 200
    assert reader.post(SAVE, json={"text": CHANGED, "from": 1}).status_code == 403
    assert reader.post(HERE, json={"tab": "1"}).status_code == 403


def test_a_flow_that_does_not_exist_is_not_found(editor: FlaskClient) -> None:
    assert editor.get("/flows/edit/nobody").status_code == 404
    assert editor.post("/flows/edit/nobody/save", json={"text": MAIN, "from": 0}).status_code == 404
    assert editor.get("/flows/edit/").headers["Location"] == "/flows/"
