"""The host's desk and the screener's, while an hour is held."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.errors import Refused
from store.models import AuditEntry
from tests.admin.panels import Asked, signed_in

from .hours import an_hour, held, question, staff


def refuse(**_: object) -> None:
    raise Refused("no hour of session 1 is held now; held now: none")


def test_the_desk_shows_who_is_on_air_who_waits_and_who_is_here(
    host: FlaskClient, box: Asked
) -> None:
    hour = an_hour()
    on_air = question("q1", name="Ann", state="on_air", on_air_at="2027-05-03T12:10:00+02:00")
    waiting = question("q2", number="", contact="0307654321", note="keeps bees", priority=2)
    box.answers["experts.state"] = held(
        hour.id, waiting, on_air=on_air, recording=True, staff=[staff("expert")]
    )
    page = host.get(f"/hours/{hour.id}/desk").text
    for words in ("The weather", "Ann", "recording", "keeps bees", "priority 2", "Expert: here"):
        assert words in page
    assert "can be reached at 0307654321" in page
    assert 'data-until="2027-05-03T13:00:00+02:00"' in page
    assert 'aria-keyshortcuts="2"' in page  # off air
    assert "Next caller on air" not in page  # one at a time


@pytest.mark.parametrize(
    ("order", "wish", "asked"),
    [
        ("next", {}, ("experts.next", {"question": ""})),
        ("next", {"question": "q2"}, ("experts.next", {"question": "q2"})),
        ("off", {}, ("experts.off", {})),
        ("mute", {}, ("experts.mute", {})),
        ("jingle", {}, ("experts.jingle", {})),
        ("extend", {"minutes": "5"}, ("experts.extend", {"minutes": 5})),
        ("close", {}, ("experts.close", {})),
        ("call_expert", {}, ("experts.call_expert", {})),
        ("remove", {"question": "q2"}, ("experts.remove", {"question": "q2"})),
        ("announce", {"text": " Ten\nminutes "}, ("experts.announce", {"text": "Ten minutes"})),
    ],
)
def test_what_the_host_orders_is_done_and_kept(
    host: FlaskClient, box: Asked, order: str, wish: dict[str, str], asked: tuple[str, Any]
) -> None:
    hour = an_hour()
    box.answers[asked[0]] = held(hour.id, question("q2"))
    answer = host.post(f"/hours/{hour.id}/desk/{order}", json=wish)
    assert box.questions == [(asked[0], {"session": hour.id, **asked[1]})]
    assert "Waiting to ask" in answer.json["part"]
    kept = AuditEntry.get()
    assert (kept.action, kept.subject, kept.user) == (
        order.replace("_", " "),
        "expert's hour",
        "host",
    )


def test_the_desk_works_without_a_script(host: FlaskClient, box: Asked) -> None:
    hour = an_hour()
    box.answers |= {"experts.next": held(hour.id), "experts.state": held(hour.id)}
    answer = host.post(f"/hours/{hour.id}/desk/next", follow_redirects=True)
    assert (answer.request.path, answer.status_code) == (f"/hours/{hour.id}/desk", 200)
    assert "Done." in answer.text


def test_the_screener_notes_orders_and_drops(screener: FlaskClient, box: Asked) -> None:
    hour = an_hour()
    url = f"/hours/{hour.id}/screening"
    state = held(hour.id, question("q2"), staff=[staff("screener")])
    for verb in ("state", "note", "priority", "aside", "back", "remove"):
        box.answers[f"experts.{verb}"] = state
    screener.post(f"{url}/note", json={"question": "q2", "text": "asks about wasps"})
    screener.post(f"{url}/priority", json={"question": "q2", "priority": "-1"})
    screener.post(f"{url}/aside", json={"question": "q2"})
    screener.post(f"{url}/back", json={"question": "q2"})
    screener.post(f"{url}/remove", json={"question": "q2"})
    asked = [(verb, given) for verb, given in box.questions if verb != "experts.state"]
    q2 = {"session": hour.id, "question": "q2"}
    assert asked == [
        ("experts.note", {**q2, "text": "asks about wasps"}),
        ("experts.priority", {**q2, "priority": -1}),
        ("experts.aside", {**q2, "screener": ""}),
        ("experts.back", q2),
        ("experts.remove", q2),
    ]


def test_whoever_is_on_air_is_not_the_screeners_to_drop(screener: FlaskClient, box: Asked) -> None:
    hour = an_hour()
    box.answers["experts.state"] = held(hour.id, on_air=question("q1", state="on_air"))
    for wish in ({"question": "q1"}, {}):
        answer = screener.post(f"/hours/{hour.id}/screening/remove", json=wish)
        assert answer.status_code == 409
    assert "experts.remove" not in dict(box.questions)


def test_a_screener_cannot_host(screener: FlaskClient, box: Asked) -> None:
    hour = an_hour()
    assert screener.get(f"/hours/{hour.id}/desk").status_code == 403
    assert screener.get(f"/hours/{hour.id}/desk/now").status_code == 403
    assert screener.post(f"/hours/{hour.id}/desk/next").status_code == 403
    assert box.questions == []


def test_whoever_may_only_look_opens_neither_desk(app: Flask) -> None:
    hour = an_hour()
    reader = signed_in(app, Role.READ_ONLY)
    page = reader.get(f"/hours/{hour.id}/")
    assert page.status_code == 200
    assert "/desk" not in page.text
    assert reader.get(f"/hours/{hour.id}/screening").status_code == 403


def test_before_the_hour_the_desk_tells_when_it_begins(host: FlaskClient, box: Asked) -> None:
    hour = an_hour()
    box.answers["experts.state"] = refuse
    assert "This hour has not begun" in host.get(f"/hours/{hour.id}/desk").text
    assert "This hour has not begun" in host.get(f"/hours/{hour.id}/desk/now").text


def test_while_the_box_is_away_the_desk_says_so_and_works(host: FlaskClient, box: Asked) -> None:
    hour = an_hour()
    box.away = True
    page = host.get(f"/hours/{hour.id}/desk")
    assert page.status_code == 200
    assert "The box does not answer just now" in page.text
    assert host.get(f"/hours/{hour.id}/desk/now").status_code == 409
    acted = host.post(f"/hours/{hour.id}/desk/next", json={})
    assert (acted.status_code, acted.json["error"]) == (409, "the callbox does not answer")


def test_what_callers_show_is_only_words(host: FlaskClient, box: Asked) -> None:
    hour = an_hour()
    odd = question("q1", name='<img src=x onerror="a()">', number="'><script>", note="</li><b>💐")
    box.answers["experts.state"] = held(hour.id, odd, on_air={**odd, "on_air_at": "x"})
    for page in ("desk/now", "screening/now"):
        text = host.get(f"/hours/{hour.id}/{page}").text
        assert "<img" not in text
        assert "<script" not in text
        assert "<b>" not in text


@pytest.mark.parametrize(
    ("page", "wish"),
    [
        ("desk/extend", {"minutes": "0"}), ("desk/extend", {"minutes": "121"}),
        ("desk/extend", {"minutes": "1e9"}), ("desk/announce", {"text": ""}),
        ("desk/announce", {"text": "x" * 501}), ("screening/note", {"text": "no question"}),
        ("screening/note", {"question": "q2", "text": "\n\t"}),
        ("screening/priority", {"question": "q2", "priority": "10"}),
        ("screening/priority", {"question": "q2"}), ("screening/priority", {"priority": "1"}),
    ],
)  # fmt: skip
def test_odd_orders_are_refused_before_the_box_is_asked(
    host: FlaskClient, box: Asked, page: str, wish: dict[str, str]
) -> None:
    answer = host.post(f"/hours/{an_hour().id}/{page}", json=wish)
    assert answer.status_code == 409
    assert box.questions == []


@pytest.mark.parametrize("url", ["/hours/9/", "/hours/9/desk", "/hours/9/desk/now", "/hours/x/"])
def test_an_hour_that_is_not_there_is_told(host: FlaskClient, url: str) -> None:
    assert host.get(url).status_code == 404
