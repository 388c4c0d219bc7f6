"""The page on which a flow is tried out, over a double of the box."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.errors import Refused
from admin.panel import Panel
from ivr_flows.loader import load_flow
from ivr_flows.simulator import FACTS
from ivr_flows.trial import Trial
from ivr_flows.trying_out import Said, TryOut, try_out
from store import flows as store_flows
from store.models import AuditEntry
from tests.admin.panels import signed_in, without_csrf
from tests.ivr_flows.test_trying_out import FLOW
from tts_asr.sound import from_pcm
from tts_asr.wav import wav_bytes


class Desk:
    """Tries flows out in memory, and speaks one second of silence."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "said.wav"
        self._file.write_bytes(wav_bytes(from_pcm(bytes(16_000), 8_000)))
        self.said: list[Said] = []

    def attempt(self, text: str, trial: Trial, *, typing: bool, really_ask: bool) -> TryOut:
        if "steps" not in text:
            raise Refused("main.yaml:1:1 there are no steps")
        return try_out(
            load_flow(text, "main.yaml"),
            trial,
            typing=typing,
            flows=lambda _: None,
            facts=FACTS,
            services={},
        )

    def queries_of(self, text: str) -> Sequence[str]:
        return ["subscription"]

    def sound(self, said: Said) -> Sequence[Path]:
        self.said.append(said)
        return [self._file]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def app(panel: Panel, desk: Desk) -> Flask:
    store_flows.save_draft("main", FLOW)
    return without_csrf(replace(panel, trying=desk))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app, Role.EDITOR)


def attempt(client: FlaskClient, **wish: Any) -> Any:
    return client.post("/try/main/attempt", json=wish)


def test_the_page_has_a_key_pad_and_the_queries_of_the_flow(client: FlaskClient) -> None:
    page = client.get("/try/main?draft=1").text
    assert page.count('class="key"') == 12
    assert 'data-query="subscription"' in page


def test_pressing_a_key_leads_on(client: FlaskClient) -> None:
    told = attempt(client, keys=["1"]).json
    assert told["waits"] is True
    assert told["pieces"][-1]["text"] == "Key in your number, then hash."
    assert told["trace"][0]["step"] == "welcome"


def test_what_is_live_is_tried_until_the_draft_is_asked_for(client: FlaskClient) -> None:
    store_flows.mark_checked(store_flows.versions("main")[0])
    store_flows.publish("main")
    store_flows.save_draft("main", FLOW.replace("For your", "To see your"))
    asked = [client.post(f"/try/main/attempt{more}", json={}) for more in ("", "?draft=1")]
    heard = [answer.json["pieces"][0]["text"] for answer in asked if answer.json]
    assert heard == ["For your subscription press 1.", "To see your subscription press 1."]


def test_a_text_with_mistakes_is_refused_in_words(client: FlaskClient) -> None:
    store_flows.save_draft("main", "flow: main")
    answer = client.post(
        "/try/main/attempt?draft=1", json={}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 409
    assert answer.json["error"] == "main.yaml:1:1 there are no steps"


def test_only_what_a_try_out_says_can_be_heard(client: FlaskClient, desk: Desk) -> None:
    sound = attempt(client).json["pieces"][0]["sound"]
    answer = client.get(f"/try/sound/{sound}")
    assert answer.mimetype == "audio/wav"
    assert answer.data[:4] == b"RIFF"
    assert desk.said[0].text == "For your subscription press 1."
    assert client.get(f"/try/sound/{sound}x").status_code == 404


def test_a_try_out_is_kept_as_a_test_call_that_passes(client: FlaskClient) -> None:
    answer = client.post(
        "/try/main/keep",
        json={"keys": ["1"], "name": "a subscriber is asked for the number"},
    )
    assert answer.json == {"version": 2}
    text = store_flows.versions("main")[0].text
    assert text.startswith(FLOW)
    (test,) = load_flow(text, "main.yaml").tests
    assert test.name == "a subscriber is asked for the number"
    assert test.hears == ("Key in your number, then hash.",)
    assert AuditEntry.get(AuditEntry.action == "keep test call").subject_id == "main"


def test_one_more_test_call_stands_behind_the_others(client: FlaskClient) -> None:
    for name in ("first", "second"):
        client.post("/try/main/keep", json={"keys": ["1"], "name": name})
    text = store_flows.versions("main")[0].text
    assert [test.name for test in load_flow(text, "main.yaml").tests] == ["first", "second"]


@pytest.mark.parametrize(
    "wish",
    [
        {"keys": ["x"]},
        {"keys": "1"},
        {"keys": ["1"] * 10_000},
        {"at": "noon"},
        {"results": {"subscription": "perhaps"}},
        {"unknown": 1},
        {"caller": "5" * 1_000},
        {"speaks": -1},
    ],
)
def test_odd_wishes_are_refused_or_harmless(client: FlaskClient, wish: Any) -> None:
    assert attempt(client, **wish).status_code in (200, 409)


def test_no_json_at_all_is_refused(client: FlaskClient) -> None:
    assert client.post("/try/main/attempt", data=b"\xff\xfe").status_code == 409


def test_a_flow_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/try/nowhere").status_code == 404
    assert client.post("/try/nowhere/attempt", json={}).status_code == 404


def test_a_reader_may_not_try_flows_out(app: Flask) -> None:
    assert signed_in(app, Role.READ_ONLY).get("/try/main").status_code == 403
