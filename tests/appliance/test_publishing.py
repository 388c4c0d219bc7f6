"""Nothing goes live that would strand a caller."""

import pytest

from appliance.book import Book, load_book
from appliance.errors import PublishRefused
from appliance.flow_files import FlowText
from appliance.publishing import Published, publish
from appliance.settings import Settings
from store import flows

pytestmark = pytest.mark.usefixtures("store")

HELLO = """\
flow: hello
start: greet
steps:
  greet: {say: "Hello from {{ paper.name }}."}
tests:
  - {name: a caller is greeted, hears: [Hello from the Echo]}
"""
MAIN = """\
flow: main
start: ask
steps:
  ask: {flow: {name: hello}}
"""
SETTINGS = Settings(paper_name="the Echo")


def text(source: str, name: str = "flow.yaml") -> FlowText:
    return FlowText(name, source.encode())


def go_live(*sources: str) -> list[Published]:
    return publish([text(s) for s in sources], SETTINGS, load_book(), author="Ann")


def test_a_flow_goes_live_with_who_and_how_many_tests() -> None:
    (done,) = go_live(HELLO)
    assert (done.flow, done.version, done.changed, done.tests) == ("hello", 1, True, 1)
    assert load_book().versions == {"hello": 1}
    assert flows.versions("hello")[0].author == "Ann"


def test_the_same_text_again_is_no_new_version() -> None:
    go_live(HELLO)
    (again,) = go_live(HELLO)
    assert (again.version, again.changed) == (1, False)


def test_flows_that_call_each_other_go_live_together() -> None:
    assert [done.flow for done in go_live(MAIN, HELLO)] == ["main", "hello"]


def test_every_mistake_of_every_file_is_told_and_nothing_changes() -> None:
    with pytest.raises(PublishRefused) as refused:
        publish(
            [
                text(HELLO.replace("say:", "sya:"), "hello.yaml"),
                text(MAIN.replace("start: ask", "start: aks"), "main.yaml"),
            ],
            SETTINGS,
            load_book(),
            author="Ann",
        )
    told = str(refused.value)
    assert 'hello.yaml:4:11 step "greet": unknown verb "sya"' in told
    assert "main.yaml:2:8" in told
    assert load_book().flows == {}


def test_a_failing_test_call_keeps_a_flow_from_going_live() -> None:
    go_live(HELLO)
    with pytest.raises(PublishRefused, match='hears: "Hello from the Echo" was not heard'):
        go_live(HELLO.replace("Hello from {{", "Bye from {{"))
    assert load_book().versions == {"hello": 1}


def test_a_name_of_the_boxs_own_flows_is_refused() -> None:
    with pytest.raises(PublishRefused, match="names that begin with 'pressline-'"):
        go_live(HELLO.replace("flow: hello", "flow: pressline-answer"))


def test_a_flow_that_would_break_a_live_one_is_refused() -> None:
    go_live(MAIN, HELLO)
    taking = HELLO.replace("start: greet", "start: greet\ntakes: [desk]")
    taking = taking.replace("Hello from {{ paper.name }}", "Hello {{ desk }}").split("tests:")[0]
    with pytest.raises(PublishRefused, match=r'main \(live\).*takes "desk"'):
        go_live(taking)


def test_a_flow_that_calls_an_unknown_flow_is_refused() -> None:
    with pytest.raises(PublishRefused, match='there is no flow "hello"'):
        go_live(MAIN)


def test_a_query_or_phone_that_is_not_there_is_refused() -> None:
    source = """\
flow: odd
start: look
on: {error: end}
steps:
  look: {query: {name: subscription}, on: {empty: end, stale: end}, next: ring}
  ring: {dial: {to: Nobody}, on: {busy: end, no_answer: end, refused: end, unreachable: end}}
  end: {hangup: {}}
"""
    with pytest.raises(PublishRefused) as refused:
        go_live(source)
    assert 'there is no query "subscription"' in str(refused.value)
    assert 'nobody in the directory is called "Nobody"' in str(refused.value)


def test_without_a_store_a_book_is_empty_and_says_so() -> None:
    assert Book.empty().exists is False
