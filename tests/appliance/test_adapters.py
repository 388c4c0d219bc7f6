import pytest

from appliance.adapters import SidecarHttp, SidecarQueries, SidecarSpeech
from appliance.book import NamedQuery
from appliance.errors import SidecarError, SidecarTimeout
from desk.query import Query
from desk.sources import Source
from ivr_flows.ports import Prompt, QueryOutcome, QueryResult, SpeechFailed
from tests.doubles import FakeSidecar

PROMPTS = [Prompt("/prompts/hello.wav", "Hello.")]  # type: ignore[arg-type]
QUERY = NamedQuery(
    Query(name="ends", source="paper", sql="SELECT 1", time_limit=1.5),
    Source(name="paper", url="sqlite:///paper.db"),
)


def test_a_text_is_rendered_once_and_then_known() -> None:
    sidecar = FakeSidecar(PROMPTS)
    speech = SidecarSpeech(sidecar)
    assert speech.say("Hello.", "en") == speech.say("Hello.", "en") == PROMPTS
    assert sidecar.asked == [("say", "Hello.", "en", "")]


def test_another_language_or_voice_is_another_prompt() -> None:
    sidecar = FakeSidecar(PROMPTS)
    speech = SidecarSpeech(sidecar)
    speech.say("Hello.", "en")
    speech.say("Hello.", "zh")
    speech.say("Hello.", "en", "Annie")
    assert len(sidecar.asked) == 3


def test_after_a_reload_only_recordings_are_asked_for_again() -> None:
    sidecar = FakeSidecar(PROMPTS)
    speech = SidecarSpeech(sidecar)
    for _ in range(2):
        speech.say("Hello.", "en")
        speech.recording("jingle", "en")
        speech.forget_recordings()
    assert [request[0] for request in sidecar.asked] == ["say", "recording", "recording"]


def test_what_cannot_be_spoken_is_not_remembered() -> None:
    sidecar = FakeSidecar(SidecarTimeout("say was not done in 8 s"))
    speech = SidecarSpeech(sidecar)
    with pytest.raises(SpeechFailed, match="not done in 8 s"):
        speech.say("Hello.", "en")
    sidecar.answer = PROMPTS
    assert speech.say("Hello.", "en") == PROMPTS


def test_a_query_has_its_own_time_limit_and_a_little_grace() -> None:
    sidecar = FakeSidecar(QueryResult(QueryOutcome.EMPTY))
    assert SidecarQueries(sidecar, {"ends": QUERY}).run("ends", {"a": 1}).outcome == "empty"
    assert sidecar.asked == [("query", *QUERY, {"a": 1})]
    assert sidecar.limits == [2.5]


@pytest.mark.parametrize("name", ["ends", "unknown"])
def test_a_query_never_raises(name: str) -> None:
    sidecar = FakeSidecar(SidecarTimeout("query was not done in 2.5 s"))
    result = SidecarQueries(sidecar, {"ends": QUERY}).run(name, {})
    assert result.outcome is QueryOutcome.ERROR
    assert result.error


def test_an_http_request_whose_process_fails_is_no_reply() -> None:
    sidecar = FakeSidecar(SidecarError("died"))
    reply = SidecarHttp(sidecar).request("GET", "http://127.0.0.1/", None, {}, 1.0)
    assert (reply.status, reply.error) == (0, "died")
