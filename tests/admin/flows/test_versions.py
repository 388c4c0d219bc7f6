"""Versions: their differences, publishing with test calls, rolling back."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.errors import Refused
from admin.panel import Panel
from store import flows
from store.models import AuditEntry
from tests.admin.flows.texts import BROKEN, CHANGED, FAILING, MAIN
from tests.admin.panels import FlowsAtHand, signed_in, without_csrf

pytestmark = pytest.mark.usefixtures("main")
PUBLISH, VERSIONS = "/flows/versions/main/publish", "/flows/versions/main"
CALLER = """\
flow: caller
start: a
steps:
  a: {flow: {name: main}}
"""


def live() -> int:
    return flows.live_numbers()["main"]


def test_publishing_shows_the_test_calls_and_what_was_heard(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED)
    page = editor.get(PUBLISH).text
    assert "no mistakes, and 1 test call passed" in page
    assert "a caller hears the news" in page
    assert "To hear the news, press 1." in page
    assert "ask → news → bye" in page
    assert live() == 1


def test_a_version_that_passes_goes_live_with_its_note(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED)
    answer = editor.post(PUBLISH, data={"version": "2", "note": "clearer"}, follow_redirects=True)
    assert "Live now: main 2. The box takes it up now." in answer.text
    assert live() == 2
    assert flows.version("main", 2).note == "clearer"
    entry = AuditEntry.get()
    assert (entry.action, entry.before) == ("publish", {"version": 1})
    assert entry.after == {"version": 2, "note": "clearer"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BROKEN, "there is no step &#34;bey&#34;"),
        (FAILING, "hears: &#34;Here is the news&#34; was not heard"),
        (MAIN.replace("flow: main", "flow: pressline-main"), "given &#34;pressline-main&#34;"),
        ("steps: [", "not valid YAML"),
    ],
)
def test_what_would_strand_a_caller_is_refused_with_reasons(
    editor: FlaskClient, text: str, told: str
) -> None:
    flows.save_draft("main", text)
    answer = editor.post(PUBLISH, data={"version": "2"})
    assert "This cannot go live." in answer.text
    assert told in answer.text
    assert live() == 1
    assert AuditEntry.select().count() == 0


def test_what_would_break_another_live_flow_is_refused_and_goes_live_together_with_it(
    editor: FlaskClient,
) -> None:
    flows.save_draft("caller", CALLER)
    flows.go_live("caller", 1)
    flows.save_draft("main", MAIN.replace("start: ask", "takes: [desk]\nstart: ask"))
    answer = editor.post(PUBLISH, data={"version": "2"})
    assert "Other flows would break" in answer.text
    assert "takes &#34;desk&#34;, not given" in answer.text
    flows.save_draft("caller", CALLER.replace("name: main", "name: main, with: {desk: x}"))
    assert 'value="caller"' in editor.get(PUBLISH).text
    editor.post(PUBLISH, data={"version": "2", "beside": "caller"})
    assert flows.live_numbers() == {"main": 2, "caller": 2}


def test_the_version_asked_for_goes_live_not_a_newer_one(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED)
    flows.save_draft("main", BROKEN)
    editor.post(PUBLISH, data={"version": "2"})
    assert live() == 2


def test_an_older_version_can_be_published_again(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED)
    flows.go_live("main", 2)
    assert "Publish again" in editor.get(VERSIONS).text
    editor.post(PUBLISH, data={"version": "1"})
    assert live() == 1
    assert len(flows.versions("main")) == 2


def test_rolling_back_makes_the_version_before_live(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED)
    flows.go_live("main", 2)
    assert "Roll back to version 1" in editor.get(VERSIONS).text
    answer = editor.post(f"{VERSIONS}/roll-back", follow_redirects=True)
    assert "Version 1 is live again. The box takes it up now." in answer.text
    assert live() == 1
    entry = AuditEntry.get()
    assert (entry.action, entry.before, entry.after) == (
        "roll back",
        {"version": 2},
        {"version": 1},
    )


def test_where_nothing_was_live_before_there_is_no_way_back(editor: FlaskClient) -> None:
    assert "Roll back" not in editor.get(VERSIONS).text
    answer = editor.post(f"{VERSIONS}/roll-back")
    assert answer.status_code == 409
    assert "No version was live before this one." in answer.text


class FlowsUntold(FlowsAtHand):
    def announce(self, versions: object) -> str:
        raise Refused("nobody could be told")


def test_what_went_live_stays_live_when_the_box_cannot_be_told(panel: Panel) -> None:
    from appliance.settings import Settings

    deaf = replace(panel, flows=FlowsUntold(Settings(home=panel.home)))
    editor = signed_in(without_csrf(deaf), Role.EDITOR)
    flows.save_draft("main", CHANGED)
    answer = editor.post(PUBLISH, data={"version": "2"}, follow_redirects=True)
    assert "Live now: main 2. nobody could be told" in answer.text
    assert live() == 2


def test_the_versions_tell_who_wrote_and_who_published(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED, author="ben", note="<b>odd</b>")
    editor.post(PUBLISH, data={"version": "2"})
    page = editor.get(VERSIONS).text
    assert ", ben</td>" in page
    assert ", editor</td>" in page
    assert "&lt;b&gt;odd&lt;/b&gt;" in page


def test_any_two_versions_can_be_compared(editor: FlaskClient) -> None:
    flows.save_draft("main", CHANGED)
    page = editor.get(f"{VERSIONS}/compare").text
    assert "For the news" in page and "To hear the news" in page
    same = editor.get(f"{VERSIONS}/compare?a=2&b=2").text
    assert "Both texts are the same." in same
    assert editor.get(f"{VERSIONS}/compare?a=77&b=1").status_code == 404
    assert editor.get(f"{VERSIONS}/compare?a=x&b=1").status_code == 409


def test_a_version_is_given_out_as_it_was_written(editor: FlaskClient) -> None:
    answer = editor.get(f"{VERSIONS}/1.yaml")
    assert answer.text == MAIN
    assert answer.headers["Content-Disposition"] == 'attachment; filename="main.yaml"'
    assert editor.get(f"{VERSIONS}/9.yaml").status_code == 404
    assert editor.get(f"{VERSIONS}/99999999999999999999.yaml").status_code == 404


def test_who_may_not_publish_is_refused(app: Flask) -> None:
    flows.save_draft("main", CHANGED)
    reader = signed_in(app, Role.READ_ONLY)
    assert reader.get(VERSIONS).status_code == 200
    assert reader.get(PUBLISH).status_code == 403
    assert reader.post(PUBLISH, data={"version": "2"}).status_code == 403
    assert reader.post(f"{VERSIONS}/roll-back").status_code == 403
    assert live() == 1


def test_a_flow_or_version_that_does_not_exist_is_not_found(editor: FlaskClient) -> None:
    for address in ("", "/compare", "/publish", "/1.yaml"):
        assert editor.get(f"/flows/versions/nobody{address}").status_code == 404
    assert editor.get(f"{PUBLISH}?version=9").status_code == 404
    assert editor.get(f"{PUBLISH}?beside=nobody").status_code == 404
